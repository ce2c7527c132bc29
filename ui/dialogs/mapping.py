"""How files are read, inside the import dialog: tables, their heading rows, columns and units."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QItemSelection, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from app.language import _, current_language, word
from app.model.vocabulary import DEFAULT_CATEGORIES
from app.workbooks.cells.grid import column_letters
from app.workbooks.cells.places import SheetPlace
from app.workbooks.foreign.heading_paths import MOST_HEADING_ROWS
from app.workbooks.foreign.mappings import (
    USUAL_SKIPS,
    ColumnMapping,
    Shape,
    TableKind,
    TableMapping,
)
from app.workbooks.foreign.shapes import Target, target_named, targets
from app.workbooks.foreign.sheet_kinds import RecognisedTable, SeenColumn, seen_columns
from app.workbooks.foreign.table_detection import columns_of
from app.workbooks.importing import Import
from app.workbooks.standard.sheets import SHEETS
from ui.look.theme import APART, NEAR, TIGHT, set_role
from ui.tables.table import ShownColumn, TableModel, TableView
from ui.widgets.number_box import WholeBox

_SEPARATOR = "、"


@dataclass(frozen=True, slots=True)
class _Line:
    """One column of the sheet and what it is read as, None where it is not read."""

    seen: SeenColumn
    mapping: ColumnMapping | None
    kind: TableKind


class TablesTab(QWidget):
    """The tables of an import on the left, and how the selected one is read on the right."""

    corrected = Signal(object, object)
    """A `SheetPlace` and the tuple of `TableMapping` that is to be read there."""

    def __init__(self, categories: Sequence[str]) -> None:
        super().__init__()
        self._imported: Import | None = None
        self._fitted: SheetPlace | None = None
        self._categories = tuple(dict.fromkeys([*categories, *DEFAULT_CATEGORIES]))
        self.tables: TableModel[RecognisedTable] = TableModel(_table_columns(), key=_table_key)
        self.list = TableView(self.tables, name=_("Tables of the files"), key="import.tables")
        self.lines: TableModel[_Line] = TableModel(
            _line_columns(), key=lambda line: line.seen.index
        )
        self.table = TableView(self.lines, name=_("Columns of the table"), key="import.columns")
        self.kind = QComboBox()
        self.first, self.last = WholeBox(), WholeBox()
        self.unit, self.skip = QLineEdit(), QLineEdit()
        self.meaning, self.category, self.measure = QComboBox(), QComboBox(), QComboBox()
        self.category.setEditable(True)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self.list.setFixedWidth(280)
        form = QGridLayout()
        form.setHorizontalSpacing(NEAR)
        form.setVerticalSpacing(TIGHT)
        rows = QHBoxLayout()
        rows.setSpacing(NEAR)
        rows.addWidget(self.first)
        rows.addWidget(QLabel(_("to row")))
        rows.addWidget(self.last)
        rows.addStretch(1)
        self._label(form, 0, 0, _("It is"), self.kind)
        heading = QLabel(_("Heading rows"))
        set_role(heading, "caption")
        form.addWidget(heading, 0, 2)
        form.addLayout(rows, 0, 3)
        self.first.setAccessibleName(_("First heading row"))
        self.last.setAccessibleName(_("Last heading row"))
        self._label(form, 1, 0, _("Unit"), self.unit)
        self._label(form, 1, 2, _("Skip rows beginning with"), self.skip)
        self.unit.setPlaceholderText(_("code or name, where no column says it"))
        form.setColumnStretch(1, 1)
        form.setColumnStretch(3, 1)
        below = QGridLayout()
        below.setHorizontalSpacing(NEAR)
        self._label(below, 0, 0, _("The selected column is"), self.meaning)
        self._label(below, 0, 2, _("Staff category"), self.category)
        self._label(below, 0, 4, _("Measured in"), self.measure)
        self.measure.setAccessibleName(_("Unit of its numbers"))
        below.setColumnStretch(1, 1)
        right = QVBoxLayout()
        right.setSpacing(NEAR)
        right.addLayout(form)
        right.addWidget(self.table, 1)
        right.addLayout(below)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, NEAR, 0, 0)
        whole.setSpacing(APART)
        whole.addWidget(self.list)
        whole.addLayout(right, 1)

    def _label(self, grid: QGridLayout, row: int, column: int, text: str, field: QWidget) -> None:
        label = QLabel(text)
        set_role(label, "caption")
        label.setBuddy(field)
        field.setAccessibleName(text)
        grid.addWidget(label, row, column)
        grid.addWidget(field, row, column + 1)

    def _connect(self) -> None:
        self.list.selectionModel().selectionChanged.connect(self._show_table)
        self.table.selectionModel().selectionChanged.connect(self._show_line)
        self.kind.activated.connect(self._change_kind)
        for box in (self.first, self.last):
            box.setKeyboardTracking(False)
            box.valueChanged.connect(self._change_rows)
        for text in (self.unit, self.skip):
            text.editingFinished.connect(self._change_texts)
        for choice in (self.meaning, self.measure, self.category):
            choice.activated.connect(self._change_column)

    def show_import(self, imported: Import) -> None:
        """Show the tables of another reading; the selected one stays selected."""
        chosen = self.list.rows_chosen()
        self._imported = imported
        self.tables.set_rows(imported.tables)
        if chosen and chosen[0] < len(imported.tables):
            self.list.selectRow(chosen[0])
        self.list.select_something()
        self._show_table()

    def _shown(self) -> RecognisedTable | None:
        rows = self.list.rows_chosen()
        return self.tables.row_at(rows[0]) if rows else None

    def _line(self) -> _Line | None:
        rows = self.table.rows_chosen()
        return self.lines.row_at(rows[0]) if rows else None

    def _show_table(self, *_selections: QItemSelection) -> None:
        table = self._shown()
        mapping = table.mapping if table is not None else None
        self._fill_kinds(table)
        fields = (self.first, self.last, self.unit, self.skip)
        for field in fields:
            field.setEnabled(mapping is not None)
            field.blockSignals(True)
        height = max(table.height, 1) if table is not None else 1
        for box, row in (
            (self.first, mapping and mapping.first),
            (self.last, mapping and mapping.last),
        ):
            box.setRange(1, height)
            box.setValue((row or 0) + 1)
        self.unit.setText(mapping.unit if mapping is not None else "")
        self.unit.setEnabled(mapping is not None and mapping.kind is Shape.WORKLOAD)
        self.skip.setText(_SEPARATOR.join(mapping.skip) if mapping is not None else "")
        for field in fields:
            field.blockSignals(False)
        self.skip.setCursorPosition(0)
        self.lines.set_rows(self._lines(table))
        if table is not None and table.place != self._fitted:
            self._fitted = table.place
            self.table.fit_columns()
        self._show_line()

    def _fill_kinds(self, table: RecognisedTable | None) -> None:
        self.kind.clear()
        self.kind.setEnabled(table is not None and not table.is_matrix)
        if table is None:
            return
        self.kind.addItem(_("matrix sheet") if table.is_matrix else _("not read"))
        self.kind.addItems([word(kind) for kind in kinds()])
        known = table.mapping
        self.kind.setCurrentIndex(kinds().index(known.kind) + 1 if known is not None else 0)

    def _lines(self, table: RecognisedTable | None) -> Iterator[_Line]:
        mapping = table.mapping if table is not None else None
        if table is None or mapping is None or self._imported is None:
            return
        grid = self._imported.material.grid(table.place)
        known = {item.column: item for item in mapping.columns}
        for seen in seen_columns(grid, mapping.first, mapping.last):
            yield _Line(seen, known.get(seen.index), mapping.kind)

    def _show_line(self, *_selections: QItemSelection) -> None:
        line = self._line()
        for choice in (self.meaning, self.category, self.measure):
            choice.clear()
            choice.setEnabled(False)
        if line is None:
            return
        self.meaning.setEnabled(True)
        self.meaning.addItem(_("not read"), "")
        for target in targets(line.kind):
            self.meaning.addItem(target_word(target), target.name)
        name = line.mapping.name if line.mapping is not None else ""
        self.meaning.setCurrentIndex(max(self.meaning.findData(name), 0))
        target_found = target_named(line.kind, name)
        if target_found is not None and target_found.has_category and line.mapping is not None:
            self.category.setEnabled(True)
            self.category.addItems(self._categories)
            self.category.setCurrentText(line.mapping.category)
        if target_found is not None and target_found.quantity is not None:
            self.measure.setEnabled(True)
            self.measure.addItem(_("as it says"), "")
            for unit in target_found.quantity.offered:
                self.measure.addItem(unit, unit)
            unit = line.mapping.unit if line.mapping is not None else ""
            self.measure.setCurrentIndex(max(self.measure.findData(unit), 0))

    def _change_kind(self, at: int) -> None:
        table, kind = self._shown(), kinds()[at - 1] if at > 0 else None
        if table is None or (kind is None and table.mapping is None):
            return
        if kind is None:
            self._correct(table, None)
            return
        old = table.mapping
        first, last = (old.first, old.last) if old is not None else (0, 0)
        end = old.end if old is not None else None
        skip = USUAL_SKIPS if isinstance(kind, Shape) else ()
        new = TableMapping(kind, first, last, (), end, skip, sheet=table.place.sheet)
        self._correct(table, self._with_columns(table, new))

    def _with_columns(self, table: RecognisedTable, new: TableMapping) -> TableMapping:
        """Return a mapping whose columns are proposed anew from its heading rows."""
        assert self._imported is not None
        grid = self._imported.material.grid(table.place)
        columns = columns_of(new.kind, grid, new.first, new.last, categories=self._categories)
        return replace(new, columns=columns)

    def _change_rows(self) -> None:
        table = self._shown()
        if table is None or table.mapping is None:
            return
        first = self.first.value() - 1
        last = min(max(self.last.value() - 1, first), first + MOST_HEADING_ROWS - 1)
        old = table.mapping
        if (first, last) != (old.first, old.last):
            self._correct(table, self._with_columns(table, replace(old, first=first, last=last)))

    def _change_texts(self) -> None:
        table = self._shown()
        if table is None or table.mapping is None:
            return
        words = self.skip.text().replace(",", _SEPARATOR).replace("，", _SEPARATOR)
        skip = tuple(part.strip() for part in words.split(_SEPARATOR) if part.strip())
        new = replace(table.mapping, unit=self.unit.text().strip(), skip=skip)
        if new != table.mapping:
            self._correct(table, new)

    def _change_column(self) -> None:
        table, line = self._shown(), self._line()
        if table is None or table.mapping is None or line is None:
            return
        rest = tuple(item for item in table.mapping.columns if item.column != line.seen.index)
        name = self.meaning.currentData()
        target = target_named(line.kind, name) if name else None
        if target is not None:
            category = self.category.currentText().strip() if self.category.isEnabled() else ""
            if target.has_category and not category:
                category = self._categories[0]
            measure = self.measure.currentData() if self.measure.isEnabled() else ""
            unit = measure if target.quantity is not None else ""
            new = ColumnMapping(
                line.seen.index,
                line.seen.heading,
                name,
                category if target.has_category else "",
                unit or "",
            )
            if not target.has_category:
                rest = tuple(item for item in rest if item.name != name)
            rest = tuple(sorted((*rest, new), key=lambda item: item.column))
        if rest != table.mapping.columns:
            self._correct(table, replace(table.mapping, columns=rest))

    def _correct(self, table: RecognisedTable, mapping: TableMapping | None) -> None:
        assert self._imported is not None
        tables = [
            mapping if other is table else other.mapping
            for other in self._imported.tables
            if other.place == table.place
        ]
        self.corrected.emit(table.place, tuple(item for item in tables if item is not None))


def kinds() -> tuple[TableKind, ...]:
    """Return everything a table may be: the shapes of others, then the standard sheets."""
    return (*Shape, *(sheet.table for sheet in SHEETS))


def target_word(target: Target) -> str:
    """Return what a column may be, in the language of now."""
    if current_language() == "zh_CN":
        return target.chinese
    return target.english.replace("_", " ")


def _table_key(table: RecognisedTable) -> tuple[SheetPlace, int]:
    return table.place, table.mapping.first if table.mapping is not None else -1


def _table_columns() -> tuple[ShownColumn[RecognisedTable], ...]:
    return (
        ShownColumn(_("Sheet"), lambda table: table.place.sheet, most_digits=14),
        ShownColumn(_("Read as"), _read_as, most_digits=20),
        ShownColumn(_("File"), lambda table: table.place.file),
    )


def _read_as(table: RecognisedTable) -> str:
    if table.is_matrix:
        return _("matrix sheet")
    return word(table.mapping.kind) if table.mapping is not None else _("not read")


def _line_columns() -> tuple[ShownColumn[_Line], ...]:
    return (
        ShownColumn(_("Column"), lambda line: column_letters(line.seen.index)),
        ShownColumn(_("Heading"), lambda line: line.seen.heading, most_digits=26),
        ShownColumn(_("First cells"), lambda line: _samples(line.seen), most_digits=24),
        ShownColumn(_("Read as"), _meaning, most_digits=20),
        ShownColumn(
            _("Staff category"), lambda line: line.mapping.category if line.mapping else ""
        ),
        ShownColumn(_("Measured in"), lambda line: line.mapping.unit if line.mapping else ""),
    )


def _samples(seen: SeenColumn) -> str:
    return " | ".join(" ".join(text.split()) for text in seen.samples)


def _meaning(line: _Line) -> str:
    target = target_named(line.kind, line.mapping.name) if line.mapping is not None else None
    return target_word(target) if target is not None else ""
