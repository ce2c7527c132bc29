"""Reading workbooks in this process, as hundreds of children tell no more, and surveys sent out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from app.surveying import Surveying
from app.workbooks import gathering
from app.workbooks.opening.extracted import Refused
from app.workbooks.opening.extracting import extract
from app.workbooks.opening.reading import Ask, Opened, go_on
from tests.workbooks.survey.surveyed import DUE, county


@pytest.fixture
def in_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave out the child process, which has its own tests."""

    def answers(paths: Sequence[Path], _ask: Ask = go_on) -> Iterator[Opened]:
        for path in paths:
            try:
                yield extract(str(path))
            except Refused as refused:
                yield refused

    monkeypatch.setattr(gathering, "answers", answers)


@pytest.fixture
def sent(tmp_path: Path) -> Path:
    """Send the surveys of the two units out into a folder."""
    Surveying(county()).write(tmp_path / "surveys", due=DUE)
    return tmp_path / "surveys"
