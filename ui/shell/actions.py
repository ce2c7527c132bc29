"""The actions as Qt has them: in the menu bar, in the toolbar, and enabled when possible."""

from __future__ import annotations

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu, QSizePolicy, QToolBar, QToolButton, QWidget

from ui.look import icons
from ui.shell.shell import Action, Menu, Shell

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
    "commands",
    "language",
    "dark",
)
"""Actions of the toolbar by name; '' is a line, '>' what pushes the rest to the right."""


class ActionSet:
    """The actions as Qt has them: in the menu bar, in the toolbar, and enabled when possible."""

    def __init__(self, window: Shell, menus: tuple[Menu, ...]) -> None:
        self.menus = menus
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
