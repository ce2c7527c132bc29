"""Actions as data: what the user can do, from which menus, toolbar and shortcut list are made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu, QSizePolicy, QToolBar, QToolButton, QWidget

from app.language import _
from ui import filing, icons
from ui.icons import Icon
from ui.theme import is_dark
from ui.workspace import Workspace

if TYPE_CHECKING:
    from ui.window import Window


def _always(workspace: Workspace) -> bool:
    return not workspace.is_busy


def _is_open(workspace: Workspace) -> bool:
    return workspace.is_open and not workspace.is_busy


def _may_edit(workspace: Workspace) -> bool:
    return workspace.may_edit and not workspace.is_busy


def _may_import(workspace: Workspace) -> bool:
    return not workspace.is_busy and (workspace.may_edit or not workspace.is_open)


def _may_undo(workspace: Workspace) -> bool:
    project = workspace.project
    return _may_edit(workspace) and project is not None and project.undo_label is not None


def _may_redo(workspace: Workspace) -> bool:
    project = workspace.project
    return _may_edit(workspace) and project is not None and project.redo_label is not None


def _may_save(workspace: Workspace) -> bool:
    project = workspace.project
    return (
        _may_edit(workspace)
        and project is not None
        and (project.is_modified or project.path is None)
    )


def _undo_text(workspace: Workspace) -> str:
    label = workspace.project.undo_label if workspace.project is not None else None
    return _("Undo: {step}").format(step=label) if label else _("Undo")


def _redo_text(workspace: Workspace) -> str:
    label = workspace.project.redo_label if workspace.project is not None else None
    return _("Redo: {step}").format(step=label) if label else _("Redo")


@dataclass(frozen=True)
class Action:
    """One thing to do: its words, how to reach it, and when it is possible.

    `short` is what the toolbar calls it where `text` is too long. `text_now` gives words that
    depend on the state; `is_on` makes it one that is ticked.
    """

    name: str
    text: str
    do: Callable[[Window], object]
    icon: Icon | None = None
    shortcut: str = ""
    tip: str = ""
    short: str = ""
    when: Callable[[Workspace], bool] = _always
    text_now: Callable[[Workspace], str] | None = None
    is_on: Callable[[Window], bool] | None = None


@dataclass(frozen=True)
class Menu:
    """One menu: its title and its actions; None is a separating line."""

    title: str
    actions: tuple[Action | None, ...]


def menus(window: Window) -> tuple[Menu, ...]:
    """Return every action of the window, menu by menu, in the current language."""
    return (_file_menu(), _edit_menu(), _view_menu(window), _help_menu())


TOOLBAR = (
    "open",
    "save",
    "",
    "undo",
    "redo",
    "",
    "import",
    "export",
    "report",
    ">",
    "language",
    "dark",
)
"""Actions of the toolbar by name; '' is a line, '>' what pushes the rest to the right."""


def _file_menu() -> Menu:
    return Menu(
        _("&File"),
        (
            Action("new", _("New plan"), filing.new_plan, Icon.NEW, "Ctrl+N"),
            Action("open", _("Open…"), filing.ask_open, Icon.OPEN, "Ctrl+O"),
            Action("sample", _("Open the sample county"), filing.open_sample, Icon.SAMPLE),
            None,
            *_import_actions(),
            None,
            Action("save", _("Save"), filing.save, Icon.SAVE, "Ctrl+S", when=_may_save),
            Action(
                "save_as",
                _("Save as…"),
                filing.ask_save,
                Icon.SAVE_AS,
                "Ctrl+Shift+S",
                when=_is_open,
            ),
            None,
            *_export_actions(),
            None,
            Action(
                "close",
                _("Close the plan"),
                lambda window: window.close_plan(),
                None,
                "Ctrl+W",
                when=_is_open,
            ),
            Action("quit", _("Quit"), lambda window: window.close(), None, "Ctrl+Q"),
        ),
    )


def _import_actions() -> tuple[Action, ...]:
    return (
        Action(
            "import",
            _("Import workbooks…"),
            filing.ask_import,
            Icon.IMPORT,
            "Ctrl+I",
            when=_may_import,
            short=_("Import"),
            tip=_("Read standard workbooks; you see what would change before it is stored"),
        ),
        Action(
            "template",
            _("Save a blank workbook…"),
            filing.ask_template,
            tip=_("The standard workbook to fill in, with lists and explanations"),
        ),
    )


def _export_actions() -> tuple[Action, ...]:
    return (
        Action(
            "export",
            _("Export the allocation…"),
            filing.ask_export,
            Icon.EXPORT,
            "Ctrl+E",
            short=_("Export"),
            tip=_("A workbook with summary, posts, measures and the matrix of each unit"),
            when=_is_open,
        ),
        Action(
            "export_standard",
            _("Export the inputs as a standard workbook…"),
            filing.ask_export_standard,
            when=_is_open,
        ),
        Action(
            "report",
            _("Save the report as PDF…"),
            filing.ask_report,
            Icon.REPORT,
            "Ctrl+P",
            short=_("Report"),
            when=_is_open,
        ),
        Action("pictures", _("Save the charts as pictures…"), filing.ask_pictures, when=_is_open),
    )


def _edit_menu() -> Menu:
    return Menu(
        _("&Edit"),
        (
            Action(
                "undo",
                _("Undo"),
                lambda window: window.workspace.undo(),
                Icon.UNDO,
                "Ctrl+Z",
                when=_may_undo,
                text_now=_undo_text,
            ),
            Action(
                "redo",
                _("Redo"),
                lambda window: window.workspace.redo(),
                Icon.REDO,
                "Ctrl+Y",
                when=_may_redo,
                text_now=_redo_text,
            ),
            None,
            Action(
                "find",
                _("Find on this page"),
                lambda window: window.search(),
                None,
                "Ctrl+F",
                when=_is_open,
            ),
        ),
    )


def _show_page(window: Window, *, name: str) -> None:
    window.show_page(name)


def _view_menu(window: Window) -> Menu:
    pages = tuple(
        Action(
            f"page_{entry.name}",
            entry.text,
            partial(_show_page, name=entry.name),
            entry.icon,
            f"Ctrl+{number}",
            when=_is_open,
        )
        for number, entry in enumerate(window.entries, start=1)
    )
    return Menu(
        _("&View"),
        (
            *pages,
            *((None,) if pages else ()),
            Action(
                "language",
                "English" if window.language == "zh_CN" else "中文",
                lambda window: window.switch_language(),
                Icon.LANGUAGE,
                tip=_("Show the program in the other language"),
            ),
            Action(
                "dark",
                _("Light colours") if is_dark() else _("Dark colours"),
                lambda window: window.switch_theme(),
                Icon.SUN if is_dark() else Icon.MOON,
                short=_("Light") if is_dark() else _("Dark"),
            ),
            Action(
                "system_theme",
                _("Colours as the system has them"),
                lambda window: window.use_theme(""),
                is_on=lambda window: window.memory.theme == "",
            ),
        ),
    )


def _help_menu() -> Menu:
    return Menu(
        _("&Help"),
        (
            Action(
                "shortcuts",
                _("Keyboard shortcuts"),
                lambda window: window.show_shortcuts(),
                Icon.HELP,
                "F1",
            ),
            Action("about", _("About Hengbian"), lambda window: window.show_about(), Icon.INFO),
        ),
    )


class ActionSet:
    """The actions as Qt has them: in the menu bar, in the toolbar, and enabled when possible."""

    def __init__(self, window: Window) -> None:
        self.menus = menus(window)
        self._window = window
        self._made: dict[str, tuple[Action, QAction]] = {}
        self._shown_menus: list[QMenu] = []
        for menu in self.menus:
            for action in menu.actions:
                if action is not None:
                    self._made[action.name] = (action, self._make(action))

    def fill_menu_bar(self, window: QMainWindow) -> None:
        """Put the menus into the menu bar in place of what was there."""
        bar = window.menuBar()
        bar.clear()
        for menu in self.menus:
            shown = QMenu(menu.title, bar)
            for action in menu.actions:
                if action is None:
                    shown.addSeparator()
                else:
                    shown.addAction(self._made[action.name][1])
            bar.addMenu(shown)
            self._shown_menus.append(shown)

    def fill_tool_bar(self, bar: QToolBar) -> None:
        """Put the toolbar's actions into `bar` in place of what was there."""
        bar.clear()
        for name in TOOLBAR:
            if name == "":
                bar.addSeparator()
            elif name == ">":
                space = QWidget()
                space.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
                bar.addWidget(space)
            else:
                bar.addAction(self._made[name][1])
                button = bar.widgetForAction(self._made[name][1])
                if isinstance(button, QToolButton):
                    button.setFocusPolicy(button.focusPolicy().TabFocus)

    def update(self) -> None:
        """Enable what is possible now and say what undo and redo would do."""
        workspace = self._window.workspace
        for action, made in self._made.values():
            made.setEnabled(action.when(workspace))
            if action.text_now is not None:
                made.setText(action.text_now(workspace))
                made.setIconText(action.short or action.text)
                made.setToolTip(_tool_tip(made.text(), action.shortcut))
            if action.is_on is not None:
                made.setChecked(action.is_on(self._window))

    def named(self, name: str) -> QAction:
        """Return an action by its name."""
        return self._made[name][1]

    def discard(self) -> None:
        """Take actions and menus off the window before others are made."""
        for menu in self._shown_menus:
            menu.deleteLater()
        for _action, made in self._made.values():
            self._window.removeAction(made)
            made.deleteLater()

    def _make(self, action: Action) -> QAction:
        made = QAction(action.text, self._window)
        if action.icon is not None:
            made.setIcon(icons.icon(action.icon))
        if action.shortcut:
            made.setShortcut(QKeySequence(action.shortcut))
        made.setIconText(action.short or action.text.rstrip("…"))
        made.setToolTip(_tool_tip(action.tip or action.text.rstrip("…"), action.shortcut))
        made.setStatusTip(action.tip)
        made.setCheckable(action.is_on is not None)
        made.triggered.connect(lambda: action.do(self._window))
        self._window.addAction(made)
        return made


def _tool_tip(text: str, shortcut: str) -> str:
    return f"{text}  ({shortcut})" if shortcut else text
