"""The first sheet of an allocation workbook: the facts that matter, and what is on which sheet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from app.language import _, word
from app.model.remarks import outcome_name
from app.model.vocabulary import OVERLOADED, Band, Goal, Outcome
from app.workbooks.allocation.allocation_rows import Showing
from app.workbooks.allocation.headed_tables import HeadedTable, Sheets, add_tab
from app.workbooks.allocation.summaries import PLAN, TODAY
from app.workbooks.cells.grid import column_letters
from app.workbooks.standard.style import (
    COUNT,
    FAINT,
    HEADCOUNT,
    HOURS,
    RATIO,
    RULE,
    SHADE,
    Formula,
    WrittenCell,
    set_page,
    sheet_in_formula,
    text_in_formula,
    write_cell,
)

SheetList = Sequence[tuple[str, str]]
"""Sheets and what is on each."""


def write_cover(
    sheets: Sheets,
    showing: Showing,
    *,
    title: str,
    contents: SheetList,
    summary: HeadedTable,
    posts: HeadedTable,
) -> None:
    """Write the cover; its figures are links to the sheets, so they follow every change.

    It stands first and is written last, when the other sheets know where their cells are.
    """
    book = sheets.book
    tab, top = add_tab(book, title, sheets.notes)
    states = (TODAY, PLAN) if showing.plan is not None else (TODAY,)
    head = book.look(bold=True, bg_color=SHADE, bottom=1)
    names = {TODAY: _("Today"), PLAN: _("Plan")}
    for column, text in enumerate((_("Facts"), *(names[state] for state in states))):
        write_cell(tab, top, column, text, head)
    row = top + 1
    for name, number_format, cells in _facts(showing, states, summary, posts):
        write_cell(tab, row, 0, name, book.look(bottom=4, bottom_color=RULE))
        look = book.look(
            num_format=number_format, bottom=4, bottom_color=RULE, bold=True, align="right"
        )
        for column, cell in enumerate(cells, start=1):
            write_cell(tab, row, column, cell, look)
        row += 1
    row += 1
    write_cell(tab, row, 0, _("Sheet"), head)
    write_cell(tab, row, 1, _("What is on it"), head)
    link = book.look(font_color="#23508e", underline=1)
    for place, (name, text) in enumerate(contents, start=row + 1):
        tab.write_url(place, 0, f"internal:{sheet_in_formula(name)}A1", link, name)
        write_cell(tab, place, 1, text, book.look(font_color=FAINT))
    tab.set_column(0, 0, 36)
    tab.set_column(1, 2, 24)
    tab.set_column(3, 5, 16)
    set_page(tab, is_upright=True, header=" ".join(sheets.notes))


_Fact = tuple[str, str, Sequence[WrittenCell]]


def _facts(
    showing: Showing, states: Sequence[str], summary: HeadedTable, posts: HeadedTable
) -> Iterator[_Fact]:
    yield _("Written on"), "", [date.today().isoformat()]
    yield _("Units"), COUNT, [float(len(showing.unit_codes))]
    yield _("Posts"), COUNT, [float(len(posts.rows))]
    end = len(summary.rows)
    for part, name, number_format in (
        ("people", _("People on posts"), COUNT),
        ("workload", _("Workload (h a year)"), HOURS),
        ("capacity", _("Capacity (h a year)"), HOURS),
        ("saturation", _("Saturation"), RATIO),
        ("band", _("Band"), ""),
    ):
        fields = [f"{state}_{part}" for state in states]
        yield name, number_format, [_linked(summary, field, end) for field in fields]
    for name, bands in (
        (_("Overloaded posts"), OVERLOADED),
        (_("Posts with room"), (Band.UNDER,)),
    ):
        words = _words_of(showing, bands)
        yield name, COUNT, [_counted(posts, f"{state}_band", words) for state in states]
    required = _linked(summary, "required", end)
    yield _("Required headcount"), HEADCOUNT, [required]
    if showing.plan is not None:
        yield from _outcome(showing)


def _outcome(showing: Showing) -> Iterator[_Fact]:
    plan = showing.plan
    assert plan is not None
    unassigned = plan.goal(Goal.UNASSIGNED_HOURS)
    yield (
        _("Unassigned hours in the whole plan"),
        HOURS,
        [unassigned.before, unassigned.reached],
    )
    yield _("Measures"), COUNT, [None, float(len(showing.measures))]
    verified = _("recomputed independently") if plan.is_verified else _("not recomputed")
    yield _("Outcome"), "", [None, outcome_name(plan)]
    yield _("Verification"), "", [None, verified]
    if plan.outcome is Outcome.LIMIT:
        yield _("Distance from the best, at most"), RATIO, [None, plan.gap]


def _linked(table: HeadedTable, name: str, row: int) -> WrittenCell:
    """Return a live link to a cell of the row of totals."""
    cell = table.total.get(name)
    value = cell.value if isinstance(cell, Formula) else cell
    return Formula(f"={table.link(name, row)}", value) if value is not None else None


def _counted(posts: HeadedTable, name: str, words: Sequence[str]) -> WrittenCell:
    """Return how many posts are in bands of these words, live."""
    if not posts.rows or not words:
        return 0.0
    column = column_letters(posts.column(name))
    first, last = posts.top + 2, posts.top + 1 + len(posts.rows)
    span = f"{sheet_in_formula(posts.sheet)}${column}${first}:${column}${last}"
    text = "+".join(f"COUNTIF({span},{text_in_formula(found)})" for found in words)
    shown = (row[name] for row in posts.rows)
    now = (cell.value if isinstance(cell, Formula) else cell for cell in shown)
    return Formula(f"={text}", float(sum(value in words for value in now)))


def _words_of(showing: Showing, bands: Sequence[Band]) -> list[str]:
    """Return the words of the scheme's classes in some bands, without double ones."""
    words: Mapping[str, None] = dict.fromkeys(
        [item.word for item in showing.scheme.classes if item.band in bands]
        + [word(band) for band in bands if band in {Band.NO_CAPACITY, Band.NO_DATA}]
    )
    return list(words)
