"""The window on a real display (Xvfb), driven by real keys: open, edit a cell, undo, save."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import dev
from app.project import Project
from tests.places import ROOT

PATIENCE = 60.0
BREATH = 0.5
"""Seconds after keys that lead somewhere: a real display does not tell when one is there."""
IS_POSSIBLE = (
    shutil.which("Xvfb") is not None
    and shutil.which("xdotool") is not None
    and all(map(dev.is_loadable, dev.DISPLAY_LIBRARIES))
)

pytestmark = pytest.mark.skipif(not IS_POSSIBLE, reason="needs Xvfb, xdotool and Qt's libraries")


@pytest.fixture
def display() -> Iterator[str]:
    """Return the name of an X display of our own."""
    there, ready = os.pipe()
    server = subprocess.Popen(
        [
            "Xvfb",
            "-displayfd",
            str(ready),
            "-screen",
            "0",
            "1366x768x24",
            "-nolisten",
            "tcp",
            "-noreset",
        ],
        pass_fds=(ready,),
        stderr=subprocess.DEVNULL,
    )
    os.close(ready)
    with os.fdopen(there) as said:
        number = said.readline().strip()
    yield f":{number}"
    server.terminate()
    server.wait(timeout=PATIENCE)


def wait_until(is_so: Callable[[], bool], what: str) -> None:
    started = time.monotonic()
    while not is_so():
        assert time.monotonic() - started < PATIENCE, what
        time.sleep(0.1)


class Keyboard:
    """Real keys, sent to the program by the X server."""

    def __init__(self, display: str) -> None:
        self._environment = os.environ | {"DISPLAY": display}

    def xdotool(self, *words: str) -> str:
        result = subprocess.run(
            ["xdotool", *words],
            env=self._environment,
            capture_output=True,
            text=True,
            check=False,
        )
        return result.stdout.strip()

    def focus(self, title: str) -> bool:
        window = self.xdotool("search", "--onlyvisible", "--name", title).splitlines()
        if not window:
            return False
        self.xdotool("windowfocus", "--sync", window[0])
        return True

    def press(self, *keys: str) -> None:
        self.xdotool("key", "--delay", "60", *keys)

    def type(self, text: str) -> None:
        self.xdotool("type", "--delay", "60", text)


@pytest.fixture
def program(display: str, plan_path: Path, program_folder: Path) -> Iterator[Keyboard]:
    """Start the program as a user does, with a plan, and return the keyboard to it."""
    environment = os.environ | {
        "DISPLAY": display,
        "QT_QPA_PLATFORM": "xcb",
        "HENGBIAN_HOME": str(program_folder),
    }
    command = [sys.executable, "-m", "ui", str(plan_path), "--language", "en", "--theme", "light"]
    running = subprocess.Popen(command, cwd=ROOT, env=environment)
    keyboard = Keyboard(display)
    try:
        wait_until(lambda: keyboard.focus(plan_path.stem), "the window shows the plan")
        yield keyboard
        keyboard.press("ctrl+q")
        assert running.wait(timeout=PATIENCE) == 0
    finally:
        running.kill()
        running.wait()


def words_of(path: Path) -> list[tuple[str, str]]:
    project = Project.open(path, read_only=True)
    steps = [(step.kind, step.label) for step in project.history()]
    project.close()
    return steps


def test_a_cell_is_edited_undone_and_saved_with_real_keys(
    program: Keyboard, plan_path: Path
) -> None:
    time.sleep(2 * BREATH)
    program.press("ctrl+k")
    time.sleep(BREATH)
    program.type("T2")
    program.press("Return")
    time.sleep(BREATH)
    program.type("125")
    program.press("Return", "ctrl+s")
    first = ("do", "Set “T2任务” at P1岗 to 125.0 h")
    wait_until(lambda: words_of(plan_path)[-1] == first, "the edit is saved")
    program.press("ctrl+z")
    time.sleep(BREATH)
    program.press("ctrl+s")
    wait_until(lambda: words_of(plan_path)[-1] == ("undo", first[1]), "the undo is saved")
    project = Project.open(plan_path, read_only=True)
    assert ("U1", "T2", "P1") not in project.county.assignments
    assert project.verify_history() == ()
    project.close()
