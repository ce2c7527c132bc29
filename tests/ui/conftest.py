"""A window of its own for every test, and proof that it leaves nothing behind."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.language import use_language
from app.model.county import Change
from app.model.vocabulary import Role
from app.project import Project
from tests.builders import assignment, small_county
from tests.ui.driving import Driver
from ui.dialogs import questions
from ui.shell.starting import Starter, Wishes


@pytest.fixture
def driver(qapp: QApplication, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Driver]:
    """Return the window of a program that has just been started, in English and in light."""
    before = _own_threads()
    starter = Starter(qapp, Wishes(language="en", theme="light"))
    starter.memory.language, starter.memory.theme = "en", "light"
    starter.window.resize(1366, 768)
    driver = Driver(starter, qtbot)
    starter.window.show()
    yield driver
    driver.settle()
    crashed = list(driver.crashes)
    monkeypatch.setattr(questions, "ask_about_unsaved", None)
    starter.stop()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert crashed == []
    assert starter.workspace.jobs.running == []
    # A worker that has handed over its result still needs a moment to end on a busy machine.
    qtbot.waitUntil(lambda: _own_threads() <= before, timeout=10_000)


def _own_threads() -> int:
    """Count threads; Python never forgets the record of a foreign one (of Qt) that has ended."""
    return sum(not isinstance(one, threading._DummyThread) for one in threading.enumerate())


@pytest.fixture(scope="session")
def sample_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the sample county as a saved plan, made once and in Chinese; nobody saves over it."""
    folder = tmp_path_factory.mktemp("sample")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HENGBIAN_HOME", str(folder / "home"))
        use_language("zh_CN")
        project = Project.new(folder / "样例.hengbian", with_sample=True)
        project.close()
        use_language("en")
    return folder / "样例.hengbian"


@pytest.fixture
def plan_path(tmp_path: Path) -> Path:
    """Return a saved plan: one unit, three posts, three tasks, one of them assisted with."""
    path = tmp_path / "小县.hengbian"
    project = Project.new(path)
    county = small_county(
        assignment(task_code="T1", post_code="P1", share=0.9),
        assignment(task_code="T1", post_code="P2", share=0.1, role=Role.ASSIST),
    )
    project.change("录入", [Change(before=None, after=row) for row in county.records()])
    project.save()
    project.close()
    return path
