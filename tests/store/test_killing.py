"""A process killed at any moment loses at most the step in flight and breaks no document."""

from __future__ import annotations

import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from app.store.file import PlanFile
from tests.builders import small_county
from tests.store.killing import killed_runs
from tests.store.steps import added
from tests.store.working_child import work

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is of Unix")

FILES = 10
KILLS_PER_FILE = 20


@pytest.mark.parametrize("number", range(FILES))
def test_kill_at_any_moment(tmp_path: Path, number: int) -> None:
    document = tmp_path / "云岭.hengbian"
    with closing(PlanFile.create(document)) as plan_file:
        plan_file.apply("开始", added(small_county().records()))
        plan_file.save()
    taken = saved = 1
    runs = killed_runs(work, document, times=KILLS_PER_FILE, longest_delay_seconds=0.1, seed=number)
    for reports in runs:
        saved = latest(reports, "saved", default=saved)
        saved_now = check_document(document, at_least=saved)
        taken = max(latest(reports, "taken", default=taken), saved_now)
        with closing(PlanFile.open(document)) as recovered:
            assert recovered.lock_owner == ""
            assert recovered.verify() == ()
            assert recovered.set_aside == ()
            assert taken <= len(recovered.steps()) <= taken + 1
            assert recovered.is_modified == (len(recovered.steps()) > saved_now)
            taken = len(recovered.steps())
            recovered.close(keep_unsaved=True)
        saved = saved_now


def latest(reports: list[Any], kind: str, *, default: int) -> int:
    numbers = [steps for what, steps in reports if what == kind]
    return numbers[-1] if numbers else default


def check_document(document: Path, *, at_least: int) -> int:
    """Return how many steps the document has: it is the one saved last or the one in flight."""
    with closing(PlanFile.open(document, read_only=True)) as as_saved:
        assert as_saved.verify() == ()
        assert len(as_saved.steps()) >= at_least
        return len(as_saved.steps())
