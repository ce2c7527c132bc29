"""Assisting: help, command search, tour and the list of keys, opened when somebody asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox

from app import VERSION
from app.language import _
from ui.look.messages import versions

if TYPE_CHECKING:
    from ui.dialogs.help import HelpWindow
    from ui.look.help_texts import Chapter
    from ui.shell.shell import Shell


def show_help(window: Shell, page: str = "window", anchor: str = "") -> None:
    """Open the help at an anchor, or at what is said about the page of the window shown now."""
    from ui.look.help_texts import page_anchor  # noqa: PLC0415 - the window starts without its help

    _help_window(window).show_anchor(*((page, anchor) if anchor else page_anchor(_shown(window))))


def show_chapter(window: Shell, chapter: Chapter) -> None:
    """Open the help at a chapter."""
    _help_window(window).show_chapter(chapter)


def _shown(window: Shell) -> str:
    """Return the name of the page shown, '' for the start page."""
    current = window.stack.currentWidget()
    return next((name for name, page in window.pages.items() if page is current), "")


def _help_window(window: Shell) -> HelpWindow:
    from ui.dialogs.help import HelpWindow  # noqa: PLC0415 - the window starts without its help

    if window.help is None:
        window.help = HelpWindow(window)
        window.help.destroyed.connect(lambda: _forget_help(window))
    window.help.show()
    window.help.raise_()
    window.help.activateWindow()
    return window.help


def _forget_help(window: Shell) -> None:
    window.help = None


def show_shortcuts(window: Shell) -> None:
    """Show the list of keyboard shortcuts."""
    from ui.dialogs.shortcuts import Group, ShortcutsDialog  # noqa: PLC0415 - seldom asked for
    from ui.pages.matrix import matrix_keys  # noqa: PLC0415 - its packages come with a plan

    assert window.actions_made is not None
    groups: list[Group] = [
        (
            menu.name,
            [(act.text.rstrip("…"), act.shortcut) for act in menu.actions if act and act.shortcut],
        )
        for menu in window.actions_made.menus
    ]
    groups.append((_("In the matrix"), matrix_keys()))
    dialog = ShortcutsDialog(groups, window)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()


def show_about(window: Shell) -> None:
    """Show what this program is and under which licence."""
    QMessageBox.about(
        window,
        _("About Hengbian"),
        _("Hengbian keeps duties, tasks, workload and headcount in agreement.")
        + f"\n\nHengbian {VERSION} · {versions()}\nApache License 2.0",
    )


def start_tour(window: Shell) -> None:
    """Lead through the window from the first stop."""
    from ui.shell.tour import Tour  # noqa: PLC0415 - once in a life

    put_away_tour(window)
    if window.workspace.is_open:
        window.tour = Tour(window)
        window.tour.show_stop(0)


def offer_tour(window: Shell) -> None:
    """Start the tour for somebody who has not seen it."""
    if not window.memory.has_seen("tour"):
        start_tour(window)


def put_away_tour(window: Shell) -> None:
    """End the tour, if it is under way."""
    if window.tour is not None:
        window.tour.end()


def put_away(window: Shell) -> None:
    """Close what speaks the language or wears the colours of before."""
    put_away_tour(window)
    if window.help is not None:
        window.help.close()
        window.help = None
