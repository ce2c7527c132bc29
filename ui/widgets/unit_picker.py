"""The unit picker: a button that says for which units, and opens the list to tick them in."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QPushButton,
    QVBoxLayout,
    QWidget,
    QWidgetAction,
)

from app.language import _
from app.model.figures import UnitFigures
from ui.look import number_format
from ui.look.theme import NEAR, TIGHT, set_role
from ui.widgets.buttons import link_button

LIST_WIDTH, LIST_HEIGHT = 260, 320
_CODE = Qt.ItemDataRole.UserRole


class UnitPicker(QPushButton):
    """One line however many units there are; every unit is ticked until the user says otherwise."""

    picked = Signal()
    """Other units are ticked now."""

    def __init__(self) -> None:
        super().__init__()
        set_role(self, "picker")
        self.list = QListWidget()
        self.list.setAccessibleName(_("Units"))
        self.list.setFixedSize(LIST_WIDTH, LIST_HEIGHT)
        self.list.itemChanged.connect(self._follow)
        menu = QMenu(self)
        inside = QWidgetAction(menu)
        inside.setDefaultWidget(self._panel())
        menu.addAction(inside)
        menu.aboutToShow.connect(self.list.setFocus)
        self.setMenu(menu)
        self._name()

    @property
    def codes(self) -> list[str]:
        """Return the codes of the units that are ticked."""
        return [str(item.data(_CODE)) for item in self._items() if _is_on(item)]

    def show_units(self, units: Iterable[UnitFigures]) -> None:
        """Offer the units of now; those that were left out stay so, new ones are ticked."""
        left_out = {item.data(_CODE) for item in self._items() if not _is_on(item)}
        self.list.blockSignals(True)
        self.list.clear()
        for unit in units:
            item = QListWidgetItem(unit.name)
            item.setData(_CODE, unit.unit_code)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(_state(is_on=unit.unit_code not in left_out))
            self.list.addItem(item)
        self.list.blockSignals(False)
        self._follow()

    def tick_all(self, *, is_on: bool) -> None:
        """Tick every unit, or none."""
        self.list.blockSignals(True)
        for item in self._items():
            item.setCheckState(_state(is_on=is_on))
        self.list.blockSignals(False)
        self._follow()

    def _follow(self) -> None:
        self._name()
        self.picked.emit()

    def _name(self) -> None:
        """Say how many units are ticked; the button is read without being opened."""
        ticked, known = len(self.codes), self.list.count()
        text = _("all {count}") if ticked == known else _("{ticked} of {count}")
        self.setText(
            text.format(ticked=number_format.whole(ticked), count=number_format.whole(known))
        )
        self.setAccessibleName(f"{_('For which units')}: {self.text()}")

    def _items(self) -> list[QListWidgetItem]:
        return [self.list.item(at) for at in range(self.list.count())]

    def _panel(self) -> QWidget:
        panel, row = QWidget(), QHBoxLayout()
        column = QVBoxLayout(panel)
        column.setContentsMargins(NEAR, TIGHT, NEAR, NEAR)
        column.setSpacing(TIGHT)
        for text, is_on in ((_("All units"), True), (_("None"), False)):
            row.addWidget(link_button(text, partial(self.tick_all, is_on=is_on)))
        row.addStretch(1)
        column.addLayout(row)
        column.addWidget(self.list)
        return panel


def _is_on(item: QListWidgetItem) -> bool:
    return item.checkState() == Qt.CheckState.Checked


def _state(*, is_on: bool) -> Qt.CheckState:
    return Qt.CheckState.Checked if is_on else Qt.CheckState.Unchecked
