"""The window: navigation, pages, menus and the line that reconciles the county's hours."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QSize, Qt
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QStackedWidget,
    QToolBar,
    QVBoxLayout,
    QWidget,
)

from app.language import _, current_language
from ui.dialogs.questions import UnsavedChoice, ask_about_unsaved, ask_to_stop
from ui.look import icons
from ui.look.memory import Memory
from ui.look.messages import Message, MessageBar
from ui.look.theme import FAR, NEAR, is_dark
from ui.pages.start import StartPage
from ui.shell import file_actions, help_actions
from ui.shell.actions import ActionSet
from ui.shell.menus import menus
from ui.shell.shell import Shell
from ui.shell.status import StatusLine
from ui.shell.veil import Veil
from ui.work.importing import reread
from ui.work.recovering import recover, special
from ui.work.workspace import SUFFIX, Workspace

if TYPE_CHECKING:
    from app.workbooks.importing import Import
    from ui.pages.contents import PageEntry
    from ui.pages.page import Page, Where

NAVIGATION_WIDTHS = (148, 220)
FIRST_SIZE = QSize(1280, 800)
SMALLEST = QSize(960, 520)
"""Fits a screen of 1366 × 768 at 125 %, less the bars of the system."""


class Window(Shell):
    """One window, one plan. Language and colours change by building its contents anew."""

    def __init__(
        self,
        *,
        application: QCoreApplication,
        workspace: Workspace,
        memory: Memory,
        dress: Callable[[], None],
    ) -> None:
        """Make the window; `dress` applies language and colours of `memory` to the application."""
        super().__init__()
        self.workspace = workspace
        self.memory = memory
        self._dress = dress
        self.entries = ()
        self.pages = {}
        self.actions_made: ActionSet | None = None
        self._tool_bar = QToolBar()
        self._veil = Veil(self, application)
        self._is_leaving = False
        self._state_told: Message | None = None
        self.help = None
        self.tour = None
        self.setWindowIcon(icons.application_icon())
        self.setMinimumSize(SMALLEST)
        self.setAcceptDrops(True)
        self._tool_bar.setMovable(False)
        self._tool_bar.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self._tool_bar.setIconSize(QSize(icons.SIZE, icons.SIZE))
        self._tool_bar.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.addToolBar(self._tool_bar)
        self._connect()
        self.build()
        if not self.restoreGeometry(memory.geometry):
            self._fit_screen()

    def _fit_screen(self) -> None:
        """Begin in a handy size, or with all of a screen that is smaller."""
        room = self.screen().availableSize()
        self.resize(FIRST_SIZE.boundedTo(room))
        if self.size() != FIRST_SIZE:
            self.setWindowState(Qt.WindowState.WindowMaximized)

    @property
    def language(self) -> str:
        """Return the language the window speaks now."""
        return current_language()

    def build(self, shown: Where | None = None) -> None:
        """Make everything inside the window, in the language and colours of now, at a place."""
        help_actions.put_away(self)
        self.entries = self._entries()
        self.pages = {}
        self._build_centre()
        if self.actions_made is not None:
            self.actions_made.discard()
        self.actions_made = ActionSet(self, menus(self))
        self.actions_made.fill_menu_bar(self)
        self.actions_made.fill_tool_bar(self._tool_bar)
        self._veil.dress()
        self._veil.raise_()
        self._show_state()
        if shown is not None and self.workspace.is_open:
            self.go_to(shown)
        else:
            self._show_home()

    def _entries(self) -> tuple[PageEntry, ...]:
        if not self.workspace.is_open:
            return ()
        from ui.pages.contents import entries  # noqa: PLC0415 - its packages come with a plan

        return entries()

    def _build_centre(self) -> None:
        self.navigation = QListWidget()
        self.navigation.setObjectName("navigation")
        self.navigation.setAccessibleName(_("Pages"))
        self.navigation.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.navigation.setIconSize(QSize(icons.SIZE, icons.SIZE))
        for entry in self.entries:
            self.navigation.addItem(QListWidgetItem(icons.icon(entry.icon), entry.text))
        self._fit_navigation()
        self.navigation.setVisible(bool(self.entries))
        self.navigation.currentRowChanged.connect(self._follow_navigation)
        self.bar = MessageBar()
        self.stack = QStackedWidget()
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        right.addWidget(self.bar)
        right.addWidget(self.stack, 1)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.navigation)
        middle.addLayout(right, 1)
        self.status = StatusLine()
        self.status.setObjectName("status")
        centre = QWidget()
        whole = QVBoxLayout(centre)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(middle, 1)
        whole.addWidget(self.status)
        self.setCentralWidget(centre)

    def _fit_navigation(self) -> None:
        """Make the list of pages as wide as its longest name and the count of findings need."""
        metrics = self.navigation.fontMetrics()
        texts = [entry.counted(9_999) for entry in self.entries]
        widest = max((metrics.horizontalAdvance(text) for text in texts), default=0)
        room = icons.SIZE + 2 * (NEAR + NEAR) + FAR
        least, most = NAVIGATION_WIDTHS
        self.navigation.setFixedWidth(min(max(least, widest + room), most))

    def _show_home(self) -> None:
        if self.workspace.is_open:
            self.show_page(self.entries[0].name)
            return
        start = StartPage(
            choices=file_actions.beginnings(self),
            recent=self.memory.recent,
            open_plan=partial(file_actions.open_plan, self),
            lost=self.workspace.lost,
            recover=partial(recover, self.workspace),
        )
        self.stack.addWidget(start)
        self.stack.setCurrentWidget(start)
        start.setFocus()

    def _follow_lost(self) -> None:
        """Offer what was found on the start page, if that is what is shown."""
        shown = self.stack.currentWidget()
        if not self.workspace.is_open and shown is not None:
            shown.deleteLater()
            self._show_home()

    def show_page(self, name: str) -> Page:
        """Show a page, making it when it is seen for the first time."""
        names = [entry.name for entry in self.entries]
        at = names.index(name)
        if name not in self.pages:
            page = self.entries[at].make(self.workspace)
            page.asked.connect(self.go_to)
            self.pages[name] = page
            self.stack.addWidget(page)
        is_from_page = self.stack.isAncestorOf(self.focusWidget())
        self.stack.setCurrentWidget(self.pages[name])
        if is_from_page:
            self.pages[name].take_focus()
        self.navigation.setCurrentRow(at)
        return self.pages[name]

    def go_to(self, where: Where) -> None:
        """Go to a page and a place on it, or do an action by its name."""
        if where.name not in {entry.name for entry in self.entries}:
            assert self.actions_made is not None
            self.actions_made.named(where.name).trigger()
            return
        page = self.show_page(where.name)
        page.look()
        page.go_to(where)

    def search(self) -> None:
        """Put the focus where the page shown is searched."""
        for page in self.pages.values():
            if page is self.stack.currentWidget():
                page.focus_search()

    def _where_now(self) -> Where | None:
        return next(
            (page.here() for page in self.pages.values() if page is self.stack.currentWidget()),
            None,
        )

    def _follow_navigation(self, row: int) -> None:
        if 0 <= row < len(self.entries):
            self.show_page(self.entries[row].name)

    def switch_language(self) -> None:
        """Show everything in the other language."""
        self.memory.language = "en" if self.language == "zh_CN" else "zh_CN"
        self._redress()
        self.workspace.reword()

    def switch_theme(self) -> None:
        """Change between light and dark."""
        self.use_theme("light" if is_dark() else "dark")

    def use_theme(self, name: str) -> None:
        """Show everything in light or dark; '' follows the system."""
        self.memory.theme = name
        self._redress()

    def _redress(self) -> None:
        """Make everything anew; what was there is gone before, so that nobody dresses it.

        A message about the state of the plan is told again in the language of now; one about what
        happened a moment ago goes, as it speaks the language and leads to the pages of before.
        """
        shown = self._where_now()
        tells_state = self._state_told is not None and self.bar.message is self._state_told
        self.pages = {}
        centre = self.takeCentralWidget()
        if centre is not None:
            centre.deleteLater()
            QCoreApplication.sendPostedEvents(centre, QEvent.Type.DeferredDelete)
        self._dress()
        self.build(shown)
        if tells_state:
            self._tell_state()

    def leave_plan(self, then: Callable[[], object]) -> None:
        """Do `then`, which replaces the open plan, once unsaved work is saved or given up."""
        if not self.workspace.has_unsaved_work:
            then()
            return
        answer = self._ask_about_unsaved()
        if answer is UnsavedChoice.SAVE:
            file_actions.save(self, then)
        elif answer is UnsavedChoice.DISCARD:
            self.workspace.discard()
            then()

    def _ask_about_unsaved(self) -> UnsavedChoice:
        project = self.workspace.project
        assert project is not None
        return ask_about_unsaved(self, project.title)

    def close_plan(self) -> None:
        """Close the plan and show the start page."""
        self.leave_plan(lambda: self.workspace.hold(None))

    def remember_plan(self) -> None:
        """Put the open plan first among the recent ones."""
        project = self.workspace.project
        if project is not None and project.path is not None:
            self.memory.remember(project.path)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: D102, N802
        work = self.workspace.jobs.shown
        if not self._is_leaving and work and not ask_to_stop(self, work[0].text):
            event.ignore()
            return
        if not self._is_leaving and self.workspace.has_unsaved_work:
            answer = self._ask_about_unsaved()
            if answer is UnsavedChoice.SAVE:
                file_actions.save(self, self._close_for_good)
            if answer is not UnsavedChoice.DISCARD:
                event.ignore()
                return
            self.workspace.discard()
        self.memory.geometry = self.saveGeometry()
        self.memory.keep()
        self.workspace.close()
        event.accept()

    def _close_for_good(self) -> None:
        self._is_leaving = True
        self.close()

    def ask_import(self, imported: Import, names: str) -> Import | None:
        """Show what an import would do; return it as the user wants it stored, None for not."""
        from ui.dialogs.importing import ImportDialog  # noqa: PLC0415 - needs the workbooks

        categories = tuple(name for (name,) in self.workspace.county.categories)
        again = partial(reread, self.workspace)
        dialog = ImportDialog(imported, names, self, reread=again, categories=categories)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return dialog.imported if dialog.exec() else None

    def print_table(self) -> None:
        """Ask for a printer and print the table that has the focus, or the first of the page."""
        from ui.tables.table import TableView  # noqa: PLC0415 - comes with a plan

        focused = self.focusWidget()
        tables = [table for table in self.stack.findChildren(TableView) if table.isVisible()]
        table = focused if isinstance(focused, TableView) else next(iter(tables), None)
        if table is not None:
            table.menu.print_table()
        else:
            self.bar.say(Message(_("There is no table on this page.")))

    def _connect(self) -> None:
        self.workspace.opened.connect(self._follow_opening)
        self.workspace.changed.connect(self._show_figures)
        self.workspace.state_changed.connect(self._show_state)
        self.workspace.found.connect(self._show_state)
        self.workspace.told.connect(self._say)
        self.workspace.lost_found.connect(self._follow_lost)

    def _say(self, message: Message) -> None:
        self.bar.say(message)

    def _follow_opening(self) -> None:
        self.pages = {}
        self.build()
        if self.workspace.is_open:
            self.remember_plan()
            self._tell_state()

    def _tell_state(self) -> None:
        """Say what is special about the open plan: for reading only, or recovered."""
        project = self.workspace.project
        assert project is not None
        self._state_told = told = special(project)
        if told is not None:
            self.bar.say(told)

    def _show_figures(self) -> None:
        self.status.show_figures(self.workspace.figures if self.workspace.is_open else None)

    def _show_state(self) -> None:
        project = self.workspace.project
        name = _("Hengbian")
        self.setWindowTitle(f"[*]{project.title} — {name}" if project is not None else name)
        self.setWindowModified(project is not None and project.is_modified)
        self.status.show_jobs(self.workspace.jobs.shown)
        self._show_figures()
        self._veil.follow(self.workspace.jobs.running)
        if self.actions_made is not None:
            self.actions_made.update()
        for at, entry in enumerate(self.entries):
            item = self.navigation.item(at)
            if item is not None:
                item.setText(entry.counted(len(self.workspace.findings)))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: D102, N802
        if self._dropped(event) and not self.workspace.is_busy:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: D102, N802
        paths = self._dropped(event)
        plans = [path for path in paths if path.suffix.casefold() == SUFFIX]
        if plans:
            file_actions.open_plan(self, plans[0])
        elif paths:
            file_actions.import_workbooks(self, paths)
        event.acceptProposedAction()

    def _dropped(self, event: QDropEvent) -> list[Path]:
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        wanted = {SUFFIX, *file_actions.WORKBOOKS}
        return [path for path in paths if path.suffix.casefold() in wanted]
