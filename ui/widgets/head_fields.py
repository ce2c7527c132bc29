"""Head fields: what stands beside the title of a page, to choose a unit and to search for a row."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox, QLineEdit

from app.language import _
from app.model.figures import Figures


class UnitChoice(QComboBox):
    """The units in their order, below one entry for all of them where the page shows all."""

    def __init__(self, everywhere: str = "") -> None:
        super().__init__()
        self._everywhere = everywhere
        self.setAccessibleName(_("Unit"))

    @property
    def unit_code(self) -> str:
        """Return the unit that is chosen, '' for all of them or none."""
        return self.currentData() or ""

    def choose(self, unit_code: str) -> None:
        """Choose a unit, the first entry where it is not there."""
        self.setCurrentIndex(max(0, self.findData(unit_code)))

    def show_units(self, figures: Figures) -> None:
        """Offer the units of now; the choice stays, and nobody is told of a change."""
        wanted = [(unit.name, unit.unit_code) for unit in figures.units.values()]
        if self._everywhere:
            wanted.insert(0, (self._everywhere, ""))
        if wanted == [(self.itemText(at), self.itemData(at)) for at in range(self.count())]:
            return
        chosen = self.unit_code
        self.blockSignals(True)
        self.clear()
        for name, code in wanted:
            self.addItem(name, code)
        self.choose(chosen)
        self.blockSignals(False)


class SearchField(QLineEdit):
    """A field that says what can be found with it, and can be emptied at once."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self.setPlaceholderText(words)
        self.setAccessibleName(words)
        self.setClearButtonEnabled(True)
