"""What can be done with any table: columns arranged and remembered, filtered, filled, printed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHeaderView,
    QInputDialog,
    QLabel,
    QLineEdit,
    QMenu,
    QVBoxLayout,
)

from app.errors import UserError
from app.language import _
from ui.look.memory import Memory
from ui.look.number_format import whole
from ui.look.theme import NEAR, set_role
from ui.tables.clipping import clipboard_block
from ui.tables.filling import repeats
from ui.widgets.own_actions import add_action

if TYPE_CHECKING:
    from ui.tables.printing import PrintSheet
    from ui.tables.table import TableView

REMEMBER_AFTER = 400
"""Milliseconds after the last move of a column until its place is remembered."""


class TableMenu(QObject):
    """The menus of one table: that of its cells, and that of its headings."""

    def __init__(self, table: TableView) -> None:
        super().__init__(table)
        self._table = table
        self._is_remembering = True
        self._first_state: QByteArray | None = None
        self.is_arranged = False
        """Whether the columns are as the user arranged them, now or in an earlier run."""
        self._later = QTimer(self, singleShot=True, interval=REMEMBER_AFTER)
        self._later.timeout.connect(self.remember)
        header = table.horizontalHeader()
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(self._show_heading_menu)
        header.sectionMoved.connect(self._note)
        header.sectionResized.connect(self._note_width)
        table.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        add_action(table, _("Go there"), self._go_there, "Return")
        add_action(table, _("Copy with headings"), table.copy, QKeySequence.StandardKey.Copy)
        self._paste = add_action(table, _("Paste"), self.paste, QKeySequence.StandardKey.Paste)
        self._set = add_action(table, _("Set in the selected rows…"), self.ask_value, "Ctrl+Return")
        add_action(table, _("Filter this column…"), self._filter_here, "Ctrl+Shift+F")
        add_action(table, _("Show all rows"), self.lift_filters)
        add_action(table, _("Print…"), self.print_table)
        add_action(table, _("Save as PDF…"), self.ask_pdf)

    def _go_there(self) -> None:
        """Open the first of the rows selected, as a double click does."""
        for row in self._table.rows_chosen()[:1]:
            self._table.opened.emit(row)

    @contextmanager
    def unremembered(self) -> Iterator[None]:
        """Arrange columns for the program, not for the user, inside this."""
        before, self._is_remembering = self._is_remembering, False
        try:
            yield
        finally:
            self._is_remembering = before

    def restore(self) -> None:
        """Arrange the columns as the user left them; those of another number are left alone."""
        header = self._table.horizontalHeader()
        self._first_state = header.saveState()
        state = Memory().table(self._key) if self._table.key else QByteArray()
        self.is_arranged = bool(state) and header.restoreState(state)
        if self.is_arranged:
            self._table.table.sort(header.sortIndicatorSection(), header.sortIndicatorOrder())

    def remember(self) -> None:
        """Remember how the columns are arranged now."""
        if self._table.key:
            Memory().set_table(self._key, self._table.horizontalHeader().saveState())

    def arrange_as_first(self) -> None:
        """Arrange the columns as the program does and forget what the user did."""
        if self._first_state is not None:
            with self.unremembered():
                self._table.horizontalHeader().restoreState(self._first_state)
                self._table.table.sort(-1)
        self.is_arranged = False
        self._table.widths.fit()
        if self._table.key:
            Memory().set_table(self._key, QByteArray())

    @property
    def _key(self) -> str:
        return f"{self._table.key}-{len(self._table.table.columns)}"

    def _note(self) -> None:
        if self._is_remembering and self._table.isVisible():
            self.is_arranged = True
            self._later.start()

    def _note_width(self, at: int, before: int, after: int) -> None:
        """Note a width that the user gave, not one that followed from the room there is.

        Qt hides hidden columns anew whenever rows are sorted, which is no work of the user's.
        """
        if not before or not after:
            return
        header, shown = self._table.horizontalHeader(), self._table.columns_shown()
        is_last = header.stretchLastSection() and shown[-1:] == [at]
        if not is_last and header.sectionResizeMode(at) != QHeaderView.ResizeMode.Stretch:
            self._note()

    def show_column(self, at: int, *, is_shown: bool) -> None:
        """Show or hide a column; the last one stays."""
        if is_shown or len(self._table.columns_shown()) > 1:
            self.is_arranged = True
            self._table.setColumnHidden(at, not is_shown)
            self._table.widths.stretch()
            self._table.widths.fit()
            self.remember()

    def heading_menu(self, at: int) -> QMenu:
        """Return the menu of a heading: its filter, and which columns are shown."""
        menu, columns = QMenu(self._table), self._table.table.columns
        if at >= 0:
            text = _("Filter “{column}”…").format(column=columns[at].title)
            menu.addAction(text).triggered.connect(partial(self.filter_column, at))
        lift = menu.addAction(_("Show all rows"))
        lift.setEnabled(bool(self._table.table.conditions))
        lift.triggered.connect(self.lift_filters)
        menu.addSeparator()
        for number, column in enumerate(columns):
            action = menu.addAction(column.title)
            action.setCheckable(True)
            action.setChecked(not self._table.isColumnHidden(number))
            action.triggered.connect(partial(self._toggle, number))
        menu.addSeparator()
        menu.addAction(_("Columns as at first")).triggered.connect(self.arrange_as_first)
        return menu

    def _toggle(self, at: int, is_shown: bool) -> None:
        self.show_column(at, is_shown=is_shown)

    def _show_heading_menu(self, place: QPoint) -> None:
        header = self._table.horizontalHeader()
        menu = self.heading_menu(header.logicalIndexAt(place))
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(header.viewport().mapToGlobal(place))

    def filter_column(self, at: int) -> None:
        """Let the user type what the rows shown have to have in a column."""
        header = self._table.horizontalHeader()
        corner = QPoint(header.sectionViewportPosition(at), header.height())
        field = FilterField(self._table, at)
        field.move(header.viewport().mapToGlobal(corner))
        field.show()
        field.line.setFocus()

    def _filter_here(self) -> None:
        self.filter_column(max(0, self._table.currentIndex().column()))

    def lift_filters(self) -> None:
        """Show all rows again."""
        for at in list(self._table.table.conditions):
            self._table.table.set_condition(at, "")

    def paste(self) -> None:
        """Write the clipboard's block from the current cell; one value into all selected rows."""
        table = self._table
        try:
            lines = clipboard_block()
        except UserError as error:
            table.table.refused.emit(error)
            return
        rows, columns = table.rows_chosen(), table.columns_shown()
        here = table.currentIndex()
        if not lines or not rows or here.column() not in columns:
            return
        first = columns.index(here.column())
        is_one = len(lines) == 1 and len(lines[0]) == 1
        down, _across = repeats(lines, len(rows), 1) if not is_one else (len(rows), 1)
        block = lines * down
        places = rows if len(block) == len(rows) else self._rows_below(rows, here.row(), len(block))
        texts, lost = {}, 0
        for at, line in enumerate(block):
            for beside, text in enumerate(line):
                place = self._place(places, at, columns, first + beside)
                if place is not None and table.table.columns[place[1]].change is not None:
                    texts[place] = text
                elif not self._stands(place, text):
                    lost += 1
        if (table.table.set_texts(texts) or not texts) and lost:
            self._tell_lost(lost)

    def _rows_below(self, rows: list[int], here: int, count: int) -> list[int]:
        """Return the rows that a block goes into: as they are seen, from the first one on."""
        start = rows[0] if len(rows) > 1 else here
        return [at for at in range(start, start + count) if at < len(self._table.table.shown)]

    def _place(
        self, rows: list[int], at: int, columns: list[int], beside: int
    ) -> tuple[int, int] | None:
        return (rows[at], columns[beside]) if at < len(rows) and beside < len(columns) else None

    def _stands(self, place: tuple[int, int] | None, text: str) -> bool:
        """Return whether a text that cannot be written is blank or there already."""
        if place is None or not text.strip():
            return not text.strip()
        return text == str(self._table.table.index(*place).data(Qt.ItemDataRole.EditRole) or "")

    def _tell_lost(self, count: int) -> None:
        self._table.table.refused.emit(
            UserError(
                _("{count} cells of the pasted block have no place here.").format(
                    count=whole(count)
                ),
                remedy=_("They lie outside the table, or in columns that are not typed."),
            )
        )

    def ask_value(self) -> None:
        """Ask for one value and write it into the current column of all selected rows."""
        table = self._table
        at, rows = table.currentIndex().column(), table.rows_chosen()
        if at < 0 or not rows or table.table.columns[at].change is None:
            return
        column = table.table.columns[at]
        text, is_given = QInputDialog.getText(
            table,
            _("Set in the selected rows"),
            _("{column} in {count} rows:").format(column=column.title, count=len(rows)),
        )
        if is_given:
            table.table.set_texts({(row, at): text for row in rows})

    def sheet(self) -> PrintSheet:
        """Return the rows shown, or the selected ones where there are several, to be printed."""
        from ui.tables.printing import PrintSheet  # noqa: PLC0415 - printing is slow to load and rare
        from ui.tables.table import shown_text  # noqa: PLC0415 - tables make this menu

        table = self._table
        columns = [table.table.columns[at] for at in table.columns_shown()]
        chosen = table.rows_chosen()
        shown = table.table.shown
        rows = [shown[at] for at in chosen] if len(chosen) > 1 else list(shown)
        return PrintSheet(
            title=table.accessibleName(),
            headings=tuple(column.title for column in columns),
            lines=tuple(tuple(shown_text(column, row) for column in columns) for row in rows),
            are_numbers=tuple(column.show is not None for column in columns),
        )

    def print_table(self) -> None:
        """Ask for a printer and print the table."""
        from ui.tables.printing import print_sheet  # noqa: PLC0415 - printing is slow to load and rare

        print_sheet(self.sheet(), self._table)

    def ask_pdf(self) -> None:
        """Ask where to write the table as PDF and write it."""
        memory = Memory()
        suggested = str(Path(memory.folder) / f"{self._table.accessibleName()}.pdf")
        name, _kind = QFileDialog.getSaveFileName(self._table, _("Save as PDF"), suggested, "*.pdf")
        if name:
            memory.folder = str(Path(name).parent)
            self.write_pdf(Path(name).with_suffix(".pdf"))

    def write_pdf(self, path: Path) -> None:
        """Write the table as PDF; a refusal is told as that of an edit is."""
        from ui.tables.printing import write_pdf  # noqa: PLC0415 - printing is slow to load and rare

        try:
            write_pdf(self.sheet(), path)
        except UserError as error:
            self._table.table.refused.emit(error)


class FilterField(QFrame):
    """A field under a heading; what is typed filters at once."""

    def __init__(self, table: TableView, at: int) -> None:
        super().__init__(table, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        set_role(self, "card")
        self.line = QLineEdit(table.table.conditions.get(at, ""))
        title = table.table.columns[at].title
        self.line.setAccessibleName(_("Filter “{column}”…").format(column=title))
        self.line.setClearButtonEnabled(True)
        self.line.setMinimumWidth(200)
        self.line.textChanged.connect(partial(table.table.set_condition, at))
        self.line.returnPressed.connect(self.close)
        hint = QLabel(_("A part of the text, or > 100, <= 5, = 0; a bare = finds what is missing"))
        hint.setWordWrap(True)
        set_role(hint, "caption")
        column = QVBoxLayout(self)
        column.setContentsMargins(NEAR, NEAR, NEAR, NEAR)
        column.addWidget(self.line)
        column.addWidget(hint)
