"""The one locator of files that come with the program: fonts, words, help, the sample county."""

from __future__ import annotations

from pathlib import Path

PROGRAM = Path(__file__).resolve().parent.parent
"""The folder that holds `app` and `resources` side by side, also where the program is frozen."""


def resource(*parts: str) -> Path:
    """Return the place of a file or folder below `resources/`."""
    return PROGRAM.joinpath("resources", *parts)
