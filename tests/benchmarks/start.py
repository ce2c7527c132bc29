"""Starting: from nothing to a window one can use, ours beside a bare window of Qt's."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.benchmarks.timing import compare


def main() -> None:
    """Print the time until the window takes input, and until it shows a saved plan."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["HENGBIAN_HOME"] = folder
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
        plan = Path(folder) / "sample.hengbian"
        _run("-m", "app", "new", str(plan), "--sample")
        compare("start of the window", ours=lambda: _time("ours"), raw=lambda: _time("raw"))
        compare(
            "start with the sample county open",
            ours=lambda: _time("ours", str(plan)),
            raw=lambda: _time("raw"),
        )


def _time(window: str, *plan: str) -> None:
    _run("-m", "tests.benchmarks.start", window, *plan)


def _run(*arguments: str) -> None:
    subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL)


def show_raw() -> None:
    """Show an empty window and leave as soon as it takes input."""
    from PySide6.QtCore import QTimer  # noqa: PLC0415 - importing is a part of starting
    from PySide6.QtWidgets import QApplication, QMainWindow  # noqa: PLC0415

    application = QApplication([])
    window = QMainWindow()
    window.show()
    QTimer.singleShot(0, _leave)
    application.exec()


def show_ours(plan: Path | None) -> None:
    """Show our window and leave as soon as it takes input, with `plan` open if there is one."""
    from PySide6.QtCore import QTimer  # noqa: PLC0415 - importing is a part of starting
    from PySide6.QtWidgets import QApplication  # noqa: PLC0415

    from ui.shell.starting import Starter, Wishes  # noqa: PLC0415

    application = QApplication([])
    starter = Starter(application, Wishes(plan=plan))
    if plan is None:
        QTimer.singleShot(0, _leave)
    else:
        starter.workspace.opened.connect(lambda: QTimer.singleShot(0, _leave))
    starter.begin()
    application.exec()


def _leave() -> None:
    """End the process at once, so that only the start is timed."""
    os._exit(0)


if __name__ == "__main__":
    kind, *plans = sys.argv[1:]
    if kind == "raw":
        show_raw()
    else:
        show_ours(Path(plans[0]) if plans else None)
