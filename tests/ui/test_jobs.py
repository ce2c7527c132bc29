"""Jobs: where their ends arrive, cancel, order, and that no thread is left."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from app.advice.planning import RunProgress
from app.errors import Cancelled, UserError
from app.project import Project
from tests.ui.driving import Driver
from ui.dialogs.crash import CrashDialog
from ui.pages.planning.plan import PlanPage
from ui.work.jobs import Job, Jobs


def ends_of(job: Job) -> list[str]:
    ends: list[str] = []
    job.succeeded.connect(lambda result: ends.append(f"succeeded {result}"))
    job.failed.connect(lambda error: ends.append(f"failed {error}"))
    job.cancelled.connect(lambda: ends.append("cancelled"))
    job.ended.connect(lambda: ends.append(f"ended in {threading.current_thread().name}"))
    return ends


def run(qtbot: QtBot, job: Job) -> list[str]:
    jobs = Jobs()
    ends = ends_of(job)
    with qtbot.waitSignal(job.ended, timeout=5000):
        jobs.start(job)
    jobs.wait()
    assert jobs.running == []
    return ends


def test_work_runs_elsewhere_and_ends_here(qtbot: QtBot) -> None:
    names = []

    def work(job: Job) -> int:
        names.append(threading.current_thread().name)
        return 7

    assert run(qtbot, Job("", work)) == ["succeeded 7", "ended in MainThread"]
    assert names != ["MainThread"]


def test_a_failure_arrives_whole(qtbot: QtBot) -> None:
    def work(job: Job) -> None:
        raise UserError("No.", remedy="Yes.")

    assert run(qtbot, Job("", work)) == ["failed No. Yes.", "ended in MainThread"]


def test_a_cancel_is_no_error(qtbot: QtBot) -> None:
    def work(job: Job) -> None:
        job.cancel()
        if job.should_stop():
            raise Cancelled

    assert run(qtbot, Job("", work)) == ["cancelled", "ended in MainThread"]


def test_a_job_that_changes_nothing_is_dropped_at_once(qtbot: QtBot) -> None:
    jobs, gate, left = Jobs(), threading.Event(), threading.Event()

    def work(job: Job) -> int:
        gate.wait(5)
        job.report(1)
        left.set()
        return 7

    job = Job("reading", work, is_exclusive=True, may_drop=True)
    ends = ends_of(job)
    jobs.start(job)
    with qtbot.waitSignal(job.ended, timeout=5000):
        job.cancel()
    assert not left.is_set() and not jobs.is_exclusive and jobs.running == []
    job.cancel()
    gate.set()
    jobs.wait()
    assert left.is_set()
    qtbot.wait(20)
    assert ends == ["cancelled", "ended in MainThread"]


def test_progress_arrives_in_order(qtbot: QtBot) -> None:
    def work(job: Job) -> None:
        for step in range(5):
            job.report(step)

    job = Job("", work)
    seen: list[Any] = []
    job.progressed.connect(seen.append)
    run(qtbot, job)
    assert seen == [0, 1, 2, 3, 4]


def test_exclusive_work_is_done_in_turn(qtbot: QtBot) -> None:
    jobs, order, gate = Jobs(), [], threading.Event()

    def first(job: Job) -> None:
        gate.wait(5)
        order.append("first")

    def second(job: Job) -> None:
        order.append("second")

    jobs.start(Job("one", first, is_exclusive=True))
    last = jobs.start(Job("two", second, is_exclusive=True))
    assert jobs.is_exclusive
    with qtbot.waitSignal(last.ended, timeout=5000):
        gate.set()
    assert order == ["first", "second"]
    assert not jobs.is_exclusive


def endless(self: Project, **options: Any) -> None:
    """Report progress until somebody asks to stop, as a planner does that finds nothing."""
    while not options["should_stop"]():
        options["on_progress"](
            RunProgress(goal="overload", number=2, of=6, value=120.0, bound=80.0, seconds=1.0)
        )
        threading.Event().wait(0.01)
    raise Cancelled


def test_planning_shows_its_progress_and_can_be_cancelled(
    driver: Driver, plan_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Project, "compute_plan", endless)
    driver.open(plan_path)
    page = driver.show("plan")
    assert isinstance(page, PlanPage)
    page.panel.run.click()
    goal = page.panel.goal
    driver.qtbot.waitUntil(lambda: goal.text() == "Goal 2 of 6: overload (weighted hours)")
    assert page.panel.value.text() == "overload (weighted hours): 120.0, at least 80.0"
    driver.type_hours("T3", "P2", "40")
    assert driver.project.undo_label is not None
    driver.show("plan")
    page.panel.cancel.click()
    driver.settle()
    assert driver.workspace.plan is None
    assert page.panel.run.isVisible()
    assert driver.window.bar.text == ""


def test_closing_while_work_runs_asks(
    driver: Driver, plan_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Project, "compute_plan", endless)
    answers = iter(["Go on", "Stop and close"])

    def answer(box: QMessageBox) -> int:
        wanted = next(answers)
        next(button for button in box.buttons() if button.text() == wanted).click()
        return 0

    monkeypatch.setattr(QMessageBox, "exec", answer)
    driver.open(plan_path)
    page = driver.show("plan")
    assert isinstance(page, PlanPage)
    page.panel.run.click()
    assert not driver.window.close()
    assert driver.window.isVisible() and driver.workspace.planning is not None
    assert driver.window.close()
    assert not driver.workspace.is_open
    assert next(answers, None) is None


@pytest.mark.parametrize(
    ("button", "outcome"),
    [("Save", (True, True)), ("Don’t save", (True, False)), ("Cancel", (False, False))],
)
def test_closing_with_unsaved_work_asks(
    driver: Driver,
    plan_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    button: str,
    outcome: tuple[bool, bool],
) -> None:
    is_closed, is_saved = outcome

    def answer(box: QMessageBox) -> int:
        next(item for item in box.buttons() if item.text() == button).click()
        return 0

    monkeypatch.setattr(QMessageBox, "exec", answer)
    driver.open(plan_path)
    driver.type_hours("T3", "P2", "40")
    driver.window.close()
    driver.settle()
    assert driver.window.isVisible() is not is_closed
    if is_closed:
        project = Project.open(plan_path)
        assert (("U1", "T3", "P2") in project.county.assignments) is is_saved
        project.close()


@pytest.mark.qt_log_ignore("does not support propagateSizeHints")
def test_a_bug_in_a_worker_shows_the_crash_dialog_once(
    driver: Driver, program_folder: Path
) -> None:
    driver.workspace.crashed.disconnect(driver.crashes.append)

    def work(job: Job) -> None:
        raise ZeroDivisionError("a bug of ours")

    for _attempt in range(3):
        driver.workspace.run(Job("", work), lambda result: None)
    driver.settle()
    dialogs = driver.window.findChildren(CrashDialog)
    assert len(dialogs) == 1
    assert "a bug of ours" in dialogs[0].details.toPlainText()
    assert "ZeroDivisionError" in dialogs[0].details.toPlainText()
    dialogs[0].reject()


def test_what_nobody_caught_is_logged_and_told_once(
    driver: Driver, program_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    watch = driver.starter.crashes
    watch.crashed.disconnect()
    watch.crashed.connect(told.append)
    for _attempt in range(60):
        watch.report(ValueError("raised while painting"))
    assert len(told) == 1
    assert "raised while painting" in told[0]


def test_a_job_whose_result_opens_a_dialog_outlives_the_jobs_that_end_meanwhile(
    driver: Driver,
) -> None:
    jobs, other = driver.workspace.jobs, Job("", lambda job: None)
    first = Job("reading", lambda job: 7, is_exclusive=True)
    ends, others = ends_of(first), ends_of(other)

    def show(result: object) -> None:
        assert not jobs.is_exclusive and jobs.shown == []
        jobs.start(other)
        driver.qtbot.waitUntil(lambda: len(others) == 2, timeout=5000)
        driver.qtbot.wait(20)

    first.succeeded.connect(show)
    jobs.start(first)
    driver.qtbot.waitUntil(lambda: len(ends) == 2, timeout=5000)
    driver.settle()
    assert ends == ["succeeded 7", "ended in MainThread"]
