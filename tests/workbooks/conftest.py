"""Reading workbooks in this process: hundreds of children would tell nothing more."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from app.workbooks import gathering
from app.workbooks.extracted import Refused
from app.workbooks.extracting import extract
from app.workbooks.reading import Answer, Ask


@pytest.fixture
def in_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave out the child process, which has its own tests."""

    def answers(paths: Sequence[Path], _ask: Ask) -> Iterator[Answer]:
        for path in paths:
            try:
                yield extract(str(path))
            except Refused as refused:
                yield refused

    monkeypatch.setattr(gathering, "answers", answers)
