"""Bands on written sheets: the scheme as a table of limits, and words that follow it live."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from xlsxwriter.worksheet import Worksheet

from app.language import word
from app.model.bands import DECIMALS, BandScheme
from app.model.colours import band_colours
from app.model.vocabulary import Band
from app.workbooks.cells.grid import cell_name
from app.workbooks.standard.style import Book, Formula, sheet_in_formula, text_in_formula

_BAR = {
    "type": "data_bar",
    "bar_solid": True,
    "min_type": "num",
    "min_value": 0,
    "max_type": "num",
    "max_value": 2,
}


class Banding:
    """The band scheme of a workbook: its limits stand on one sheet, all words refer to them."""

    def __init__(self, scheme: BandScheme, *, title: str, top: int) -> None:
        """Say where the table of limits stands: the sheet's title and the row of its first class.

        Column A holds the words and column B the upper limits.
        """
        self._scheme = scheme
        self._at = sheet_in_formula(title)
        self._top = top

    def rows(self) -> list[tuple[str, float | None]]:
        """Return the table: every class with its upper limit, the last one without."""
        last = self._scheme.classes[-1]
        return [(item.word, None if item is last else item.upper) for item in self._scheme.classes]

    def saturation(self, workload: str, capacity: str, *, hours: tuple[float, float]) -> Formula:
        """Return workload ÷ capacity of two cells, '—' without capacity.

        Args:
            workload: the cell of the workload.
            capacity: the cell of the capacity.
            hours: what the two cells hold now.
        """
        text = f'=IF({capacity}>0,{workload}/{capacity},"—")'
        return Formula(text, hours[0] / hours[1] if hours[1] > 0 else "—")

    def word(self, saturation: str, workload: str, *, hours: tuple[float, float]) -> Formula:
        """Return the band's word for a saturation cell, live by the table of limits."""
        *limited, last = range(len(self._scheme.classes))
        inner = f"{self._at}$A${self._top + last + 1}"
        for number in reversed(limited):
            row = self._top + number + 1
            sign = "<" if self._scheme.classes[number].is_below else "<="
            limit = f"{self._at}$B${row}"
            inner = f"IF(ROUND({saturation},{DECIMALS}){sign}{limit},{self._at}$A${row},{inner})"
        absent = f"IF({workload}>0,{_quoted(Band.NO_CAPACITY)},{_quoted(Band.NO_DATA)})"
        return Formula(f"=IF(ISNUMBER({saturation}),{inner},{absent})", self.word_now(hours))

    def word_now(self, hours: tuple[float, float]) -> str:
        """Return the band's word for a workload and a capacity."""
        workload, capacity = hours
        if capacity > 0:
            return self._scheme.class_of(workload / capacity).word
        return word(Band.NO_CAPACITY if workload > 0 else Band.NO_DATA)

    def lay_bars(self, tab: Worksheet, column: int, first: int, words: Sequence[str]) -> None:
        """Lay bars in the colours of the bands behind saturations, full at twice the capacity.

        Args:
            tab: the sheet.
            column: where the saturations stand.
            first: the row of the first of them.
            words: the band of each as it is now; a bar keeps its colour, its length is live.
        """
        for text, band in self._bands().items():
            rows = [first + place for place, shown in enumerate(words) if shown == text]
            if rows and band not in {Band.NO_CAPACITY, Band.NO_DATA}:
                ranges = " ".join(
                    f"{cell_name(start, column)}:{cell_name(end, column)}"
                    for start, end in _runs(rows)
                )
                colours = {
                    "bar_color": band_colours(band).tint,
                    "bar_border_color": band_colours(band).fill,
                }
                bar = _BAR | colours | {"multi_range": ranges}
                tab.conditional_format(rows[0], column, rows[-1], column, bar)

    def tint(
        self, book: Book, tab: Worksheet, cells: tuple[int, int, int, int], words: str
    ) -> None:
        """Colour cells by the band's word that `words` refers to, as seen from the first cell."""
        for text, band in self._bands().items():
            colours = band_colours(band)
            look = book.file.add_format({"bg_color": colours.tint, "font_color": colours.text})
            criteria = f"={words}={text_in_formula(text)}"
            tab.conditional_format(
                *cells, {"type": "formula", "criteria": criteria, "format": look}
            )

    def _bands(self) -> Mapping[str, Band]:
        """Return the band behind each word of the scheme."""
        bands = {item.word: item.band for item in self._scheme.classes}
        return bands | {word(band): band for band in (Band.NO_CAPACITY, Band.NO_DATA)}


def _runs(rows: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield rising rows as the first and the last of those that follow one another."""
    start = before = rows[0]
    for row in rows[1:]:
        if row != before + 1:
            yield start, before
            start = row
        before = row
    yield start, before


def _quoted(band: Band) -> str:
    return text_in_formula(word(band))
