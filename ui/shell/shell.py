"""The shell as its parts see it: what actions, menus, search and tour may ask of the window."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QListWidget, QMainWindow, QStackedWidget

from ui.look.icons import Icon
from ui.look.memory import Memory
from ui.work.workspace import Workspace

if TYPE_CHECKING:
    from app.workbooks.importing import Import
    from ui.dialogs.help import HelpWindow
    from ui.pages.contents import PageEntry
    from ui.pages.page import Page, Where
    from ui.shell.status import StatusLine


class Shell(QMainWindow):
    """The window without its making: only `Window` is one, and only it makes these things."""

    workspace: Workspace
    memory: Memory
    entries: tuple[PageEntry, ...]
    pages: dict[str, Page]
    actions_made: MadeActions | None
    navigation: QListWidget
    stack: QStackedWidget
    status: StatusLine
    help: HelpWindow | None
    tour: Endable | None

    @property
    def language(self) -> str:
        """Return the language the window speaks now."""
        raise NotImplementedError

    def show_page(self, name: str) -> Page:
        """Show a page, making it when it is seen for the first time."""
        raise NotImplementedError

    def go_to(self, where: Where) -> None:
        """Go to a page and a place on it, or do an action by its name."""
        raise NotImplementedError

    def search(self) -> None:
        """Put the focus where the page shown is searched."""
        raise NotImplementedError

    def switch_language(self) -> None:
        """Show everything in the other language."""
        raise NotImplementedError

    def switch_theme(self) -> None:
        """Change between light and dark."""
        raise NotImplementedError

    def use_theme(self, name: str) -> None:
        """Show everything in light or dark; '' follows the system."""
        raise NotImplementedError

    def leave_plan(self, then: Callable[[], object]) -> None:
        """Do `then`, which replaces the open plan, once unsaved work is saved or given up."""
        raise NotImplementedError

    def close_plan(self) -> None:
        """Close the plan and show the start page."""
        raise NotImplementedError

    def remember_plan(self) -> None:
        """Put the open plan first among the recent ones."""
        raise NotImplementedError

    def ask_import(self, imported: Import, names: str) -> Import | None:
        """Show what an import would do; return it as the user wants it stored, None for not."""
        raise NotImplementedError

    def print_table(self) -> None:
        """Ask for a printer and print the table that has the focus, or the first of the page."""
        raise NotImplementedError


class Endable(Protocol):
    """What goes on beside the work, and can be ended."""

    def end(self) -> None:
        """End it."""


class MadeActions(Protocol):
    """The actions as Qt has them, found by name or menu by menu."""

    @property
    def menus(self) -> Sequence[Menu]:
        """Return every menu with its actions."""

    def named(self, name: str) -> QAction:
        """Return an action by its name."""


def always(workspace: Workspace) -> bool:
    """Return whether what needs no plan is possible: whenever no work holds the program."""
    return not workspace.is_busy


@dataclass(frozen=True)
class Action:
    """One thing to do: its words, how to reach it, and when it is possible.

    `short` is what the toolbar calls it where `text` is too long. `text_now` gives words that
    depend on the state; `is_on` makes it one that is ticked.
    """

    name: str
    text: str
    do: Callable[[Shell], object]
    icon: Icon | None = None
    shortcut: str = ""
    tip: str = ""
    short: str = ""
    when: Callable[[Workspace], bool] = always
    text_now: Callable[[Workspace], str] | None = None
    is_on: Callable[[Shell], bool] | None = None


@dataclass(frozen=True)
class Menu:
    """One menu: its title and its actions; None is a separating line."""

    title: str
    actions: tuple[Action | None, ...]

    @property
    def name(self) -> str:
        """Return the title without the mark of its key: “文件(&F)” and “&File” without the &."""
        return re.sub(r"\(&.\)|&", "", self.title)
