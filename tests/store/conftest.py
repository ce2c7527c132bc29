"""A document with an awkward name and a small county in it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from app.store.file import PlanFile
from tests.builders import small_county
from tests.store.steps import added


@pytest.fixture
def document(tmp_path: Path) -> Path:
    folder = tmp_path / "文件"
    folder.mkdir()
    return folder / "云岭 & 100%#?.hengbian"


@pytest.fixture
def plan_file(document: Path) -> Iterator[PlanFile]:
    """Return an open, saved plan file with one step: the small county."""
    with closing(PlanFile.create(document)) as opened:
        opened.apply("导入", added(small_county().records()))
        opened.save()
        yield opened


@pytest.fixture
def tamper(plan_file: PlanFile, document: Path) -> Callable[..., PlanFile]:
    """Return a function that closes the plan file, alters it by SQL and opens it again."""

    def run(*statements: str) -> PlanFile:
        plan_file.save()
        plan_file.close()
        with closing(sqlite3.connect(document)) as other_program:
            for statement in statements:
                other_program.execute(statement)
            other_program.commit()
        return PlanFile.open(document, read_only=True)

    return run
