"""Reading workbooks in this process: hundreds of children would tell nothing more."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.workbooks import importing
from app.workbooks.extracting import extract
from app.workbooks.grid import Grid


@pytest.fixture
def in_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave out the guards and the child process, which have their own tests."""

    def read(path: Path) -> list[Grid]:
        return [Grid(path.name, name, cells) for name, cells in extract(str(path))]

    monkeypatch.setattr(importing, "read_grids", read)
