"""Answering: the JSON of every command, in keys that stay as they are."""

from __future__ import annotations

from typing import Any, TypeAlias

Answer: TypeAlias = dict[str, Any]
