"""A form made from the columns of the workbook: the fields of one record, or of many at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QGridLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from app.language import _, word
from app.model.county import Record
from app.workbooks.cells.column import Column, ColumnKind
from app.workbooks.standard.typed import as_typed, column_of, heading_of
from ui.look.theme import NEAR, TIGHT, set_role
from ui.widgets.elided import ElidedChoice

_SEVERAL = object()
"""What a field holds whose records differ."""


@dataclass(frozen=True)
class Shown:
    """One field on a form: its name in the record, the unit behind its label, how tall it is."""

    field: str
    unit: str = ""
    is_long: bool = False


class WheelGuard(QObject):
    """Keeps a field from turning under a wheel that only scrolls by."""

    def __init__(self, field: QWidget) -> None:
        super().__init__(field)
        self._field = field
        field.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        field.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: D102, N802
        if event.type() == QEvent.Type.Wheel and not self._field.hasFocus():
            event.ignore()
            return True
        return False


class _Choice(ElidedChoice):
    """A list to choose from, as narrow as its place."""

    def __init__(self) -> None:
        super().__init__()
        WheelGuard(self)
        self.setMinimumContentsLength(6)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)


class _Long(QPlainTextEdit):
    """A text of several lines that is done when the focus leaves it."""

    done = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setTabChangesFocus(True)
        self.setFixedHeight(self.fontMetrics().lineSpacing() * 3 + 2 * NEAR)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        super().focusOutEvent(event)
        if self.document().isModified():
            self.document().setModified(False)
            self.done.emit()


class RecordForm(QWidget):
    """Shows fields of records; typing into one asks for it to be changed in all of them."""

    edited = Signal(str, str)
    """A field and what was typed into it."""

    def __init__(self, kind: type[Record], fields: Sequence[Shown]) -> None:
        super().__init__()
        self._kind = kind
        self._fields = tuple(fields)
        self.editors: dict[str, QWidget] = {}
        self._showing: dict[str, Callable[[object], None]] = {}
        self._is_showing = False
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(NEAR)
        grid.setVerticalSpacing(TIGHT + 2)
        grid.setColumnStretch(1, 1)
        for row, shown in enumerate(self._fields):
            self._add(grid, row, shown)

    def show_records(self, records: Sequence[Record], *, may_edit: bool) -> None:
        """Show what the records have in common; a field that is being typed into stays."""
        self._is_showing = True
        for shown in self._fields:
            values = {getattr(record, shown.field) for record in records}
            self._showing[shown.field](values.pop() if len(values) == 1 else _SEVERAL)
            self.editors[shown.field].setEnabled(may_edit)
        self._is_showing = False

    def _add(self, grid: QGridLayout, row: int, shown: Shown) -> None:
        column = column_of(self._kind, shown.field)
        text = heading_of(column)
        label = QLabel(f"{text} {shown.unit}" if shown.unit else text)
        set_role(label, "muted")
        make = {ColumnKind.WORD: self._word, ColumnKind.YES_NO: self._yes_no}.get(
            column.kind, self._line
        )
        editor, show = self._long(column) if shown.is_long else make(column)
        editor.setAccessibleName(label.text())
        label.setBuddy(editor)
        self.editors[shown.field] = editor
        self._showing[shown.field] = show
        top = Qt.AlignmentFlag.AlignTop if shown.is_long else Qt.AlignmentFlag.AlignVCenter
        grid.addWidget(label, row, 0, top)
        grid.addWidget(editor, row, 1)

    def _tell(self, field: str, text: str) -> None:
        if not self._is_showing:
            self.edited.emit(field, text)

    def _line(self, column: Column) -> tuple[QWidget, Callable[[object], None]]:
        line = QLineEdit()
        line.setMinimumWidth(80)
        if column.is_numeric:
            line.setAlignment(Qt.AlignmentFlag.AlignRight)

        def show(value: object) -> None:
            if line.hasFocus() and line.isModified():
                return
            line.setPlaceholderText(_("several values") if value is _SEVERAL else "")
            line.setText("" if value is _SEVERAL else as_typed(value, column.kind))
            line.setCursorPosition(0)

        def done() -> None:
            if line.isModified():
                line.setModified(False)
                self._tell(column.field, line.text())

        line.editingFinished.connect(done)
        return line, show

    def _long(self, column: Column) -> tuple[QWidget, Callable[[object], None]]:
        text = _Long()

        def show(value: object) -> None:
            if text.hasFocus() and text.document().isModified():
                return
            text.setPlaceholderText(_("several values") if value is _SEVERAL else "")
            text.setPlainText("" if value is _SEVERAL else as_typed(value, column.kind))

        text.done.connect(lambda: self._tell(column.field, text.toPlainText()))
        return text, show

    def _word(self, column: Column) -> tuple[QWidget, Callable[[object], None]]:
        assert column.words is not None
        choice = _Choice()
        may_be_blank = not column.is_required and column.field != "method"
        if may_be_blank:
            choice.addItem(_("none"), "")
        for member in column.words:
            choice.addItem(word(member), str(member.value))

        def show(value: object) -> None:
            choice.setPlaceholderText(_("several values") if value is _SEVERAL else "")
            choice.setCurrentIndex(
                -1 if value is _SEVERAL else choice.findData(as_typed(value, column.kind))
            )

        choice.activated.connect(
            lambda at: self._tell(column.field, str(choice.itemData(at) or ""))
        )
        return choice, show

    def _yes_no(self, column: Column) -> tuple[QWidget, Callable[[object], None]]:
        box = QCheckBox(_("yes"))

        def show(value: object) -> None:
            box.setTristate(value is _SEVERAL)
            box.setCheckState(
                Qt.CheckState.PartiallyChecked
                if value is _SEVERAL
                else (Qt.CheckState.Checked if value else Qt.CheckState.Unchecked)
            )

        def tell(is_on: bool) -> None:
            box.setTristate(False)
            self._tell(column.field, "yes" if is_on else "no")

        box.clicked.connect(partial(_clicked, box, tell))
        return box, show


def _clicked(box: QCheckBox, tell: Callable[[bool], None], is_on: bool = False) -> None:
    tell(box.checkState() != Qt.CheckState.Unchecked)
