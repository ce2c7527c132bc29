"""Starting: the application with its language, look and fonts, and the window in it."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from PySide6.QtCore import QLibraryInfo, Qt, QTimer, QTranslator
from PySide6.QtWidgets import QApplication

from app.language import use_language
from ui.dialogs.crash import CrashDialog
from ui.look import theme
from ui.look.memory import Memory
from ui.look.messages import CrashWatch
from ui.look.qt_words import QtWords
from ui.shell import file_actions
from ui.shell.window import Window
from ui.work.jobs import Job
from ui.work.recovering import look_for_lost
from ui.work.workspace import Workspace

FIRST_MODULES = ("app.project", "ui.pages.contents", "ui.pages.overview")
"""What a plan needs that is opened, beyond what the window needs; fetched before one is."""


@dataclass(frozen=True)
class Wishes:
    """What the command line asks of the window; '' leaves it to memory and system."""

    plan: Path | None = None
    has_sample: bool = False
    language: str = ""
    theme: str = ""


class Starter:
    """Holds what lives as long as the program does."""

    def __init__(self, application: QApplication, wishes: Wishes) -> None:
        self.application = application
        self.memory = Memory()
        self._wishes = wishes
        self._has_pages = False
        self._translator = QTranslator(application)
        self._words: QtWords | None = None
        self._dress_as(wishes.language or self.memory.language, wishes.theme or self.memory.theme)
        self.crashes = CrashWatch(application)
        self.workspace = Workspace(application)
        self.window = Window(
            application=application, workspace=self.workspace, memory=self.memory, dress=self.dress
        )
        self.workspace.crashed.connect(self.crashes.report)
        self.crashes.crashed.connect(self._show_crash)
        self.workspace.opened.connect(self._load_pages)
        application.styleHints().colorSchemeChanged.connect(self._follow_system)

    def begin(self) -> None:
        """Show the window, then open what was asked for."""
        self.window.show()
        self.workspace.jobs.start(Job("", lambda job: list(map(import_module, FIRST_MODULES))))
        if self._wishes.plan is not None:
            file_actions.open_plan(self.window, self._wishes.plan)
        elif self._wishes.has_sample:
            file_actions.open_sample(self.window)
        else:
            look_for_lost(self.workspace)

    def _load_pages(self) -> None:
        """Fetch what the other pages need while the user looks at the first one."""
        if self.workspace.is_open and not self._has_pages:
            self._has_pages = True
            self.workspace.jobs.start(Job("", _load_page_types))

    def stop(self) -> None:
        """Let go of the window and of everything it holds, without asking."""
        self.application.styleHints().colorSchemeChanged.disconnect(self._follow_system)
        self.workspace.close()
        for part in (self.window, self.workspace, self.crashes):
            part.deleteLater()

    def dress(self) -> None:
        """Give the application the language and the colours that are remembered."""
        self._dress_as(self.memory.language, self.memory.theme)

    def _dress_as(self, language: str, colours: str) -> None:
        code = use_language(language or None)
        theme.use_fonts(self.application, language=code)
        self.application.removeTranslator(self._translator)
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if self._translator.load(f"qtbase_{code}", folder):
            self.application.installTranslator(self._translator)
        if self._words is not None:
            self.application.removeTranslator(self._words)
        self._words = QtWords(self.application)
        self.application.installTranslator(self._words)
        theme.use_theme(self.application, colours)

    def _follow_system(self) -> None:
        if not self.memory.theme:
            self.window.use_theme("")

    def _show_crash(self, details: str) -> None:
        dialog = CrashDialog(details, self.window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()


def _load_page_types(job: Job) -> None:
    from ui.pages.contents import entries  # noqa: PLC0415 - comes with a plan

    for entry in entries():
        entry.page_type()


def prepare_input_methods() -> None:
    """Let fcitx reach the window: Qt's wheel has no plugin for it, but fcitx speaks ibus too."""
    if os.environ.get("QT_IM_MODULE", "").startswith("fcitx"):
        os.environ["QT_IM_MODULE"] = "ibus"
        os.environ["IBUS_USE_PORTAL"] = "1"


def run_window(wishes: Wishes) -> int:
    """Run the program with its window until it is closed; return the exit status."""
    prepare_input_methods()
    application = QApplication(sys.argv[:1])
    application.setApplicationName("hengbian")
    starter = Starter(application, wishes)
    starter.crashes.install()
    QTimer.singleShot(0, starter.begin)
    status = application.exec()
    starter.stop()
    starter.crashes.remove()
    return status
