"""Establishment ledgers (编制台账): units and their headcount under headings of several rows."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from app.language import _
from app.model.county import Establishment, Record, Unit
from app.model.vocabulary import Table, UnitKind
from app.workbooks.cells.quantities import Quantity
from app.workbooks.cells.remarks import CellPlace
from app.workbooks.foreign.heading_paths import STROKE, Path, joined, own_cells, paths, spread
from app.workbooks.foreign.mapped_rows import Foreign
from app.workbooks.foreign.mappings import ColumnMapping
from app.workbooks.foreign.matching import name_key
from app.workbooks.foreign.shapes import SUMS, ledger_category, ledger_measure
from app.workbooks.standard.entries import Entry

UNIT_PREFIX = "U"
_SUM_SLACK = 1e-6


@dataclass
class _Line:
    """The rows of one unit while they are being gathered: merged names may span several."""

    row: int
    name: str
    counted: dict[tuple[str, str], float] = field(default_factory=dict)
    columns: dict[tuple[str, str], int] = field(default_factory=dict)
    rows: dict[int, dict[tuple[str, str], float]] = field(default_factory=dict)
    """What each of its rows counts."""
    read: list[int] = field(default_factory=list)
    """All of its rows, those that count nobody among them."""


def read_ledger(foreign: Foreign) -> list[Entry]:
    """Return the units of a ledger and their headcounts by staff category.

    Subcategories are added up to the category that the mapping gives their column; a row whose
    unit's name is merged with the row above belongs to that unit and is added as well.
    """
    _note_sums(foreign)
    lines = list(_lines(foreign))
    _compare_sums(foreign, lines)
    _compare_totals(foreign, lines)
    return [entry for line in lines for entry in _entries(foreign, line)]


def _lines(foreign: Foreign) -> Iterator[_Line]:
    line: _Line | None = None
    for row in foreign.numbers():
        cells = own_cells(foreign.grid, row)
        if len(cells) == 1 and isinstance(cells[0][1], str):
            continue  # the name of a group of units stands alone
        name = foreign.text(row, "unit") or foreign.text(row, "unit_code")
        is_office_row = line is not None and not name and bool(foreign.text(row, "office"))
        if not name and not is_office_row:
            foreign.set_aside(row)
            foreign.remarks.warning(
                foreign.place(row, "unit"),
                _("This row names no unit and was left out."),
                _("Write the unit's name into it, or delete the row."),
            )
            continue
        if line is None or not (is_office_row or foreign.is_merged_on(row, "unit")):
            if line is not None:
                yield line
            line = _Line(row, name)
        line.read.append(row)
        for item in foreign.mapping.columns:
            if not item.category:
                continue
            span = foreign.span_at(row, item.column)
            if span is not None and span[0] != row:
                continue  # merged over several rows it is one amount, which counted where it begins
            number = foreign.number(row, item.column, quantity=Quantity.PEOPLE)
            if number is not None:
                line.rows.setdefault(row, {})[item.name, item.category] = number
                key = (item.name, item.category)
                line.counted[key] = line.counted.get(key, 0.0) + number
                line.columns.setdefault(key, item.column)
    if line is not None:
        yield line


def _entries(foreign: Foreign, line: _Line) -> Iterator[Entry]:
    unit, is_new = _unit(foreign, line)
    place = foreign.places.get("unit", foreign.places.get("unit_code"))
    if is_new or unit != foreign.matching.county.units.get((unit.unit_code,)):
        kind = foreign.places.get("kind")
        yield foreign.entry(unit, line.row, line.read, unit_code=place, name=place, kind=kind)
    for row, counted in line.rows.items():
        office = foreign.text(row, "office")
        for (measure, category), number in counted.items():
            if office and number and measure in ("in_post", "authorised") and category != "编外":
                foreign.matching.note_office(unit.unit_code, office, category, number)
    by_category: dict[str, dict[str, Any]] = defaultdict(dict)
    columns: dict[str, dict[str, int]] = defaultdict(dict)
    for (measure, category), number in line.counted.items():
        by_category[category][measure] = number
        columns[category][measure] = line.columns[measure, category]
    for category, fields in by_category.items():
        known = foreign.matching.county.establishment.get((unit.unit_code, category))
        record: Record = (
            replace(known, **fields)
            if known is not None
            else Establishment(unit.unit_code, category, **fields)
        )
        places = {"unit_code": place, **columns[category]}
        yield foreign.entry(record, line.row, line.read, **places)


def _unit(foreign: Foreign, line: _Line) -> tuple[Unit, bool]:
    """Return the unit of a line: the plan's by code or name, else a new one."""
    return unit_named(
        foreign,
        line.name,
        place=foreign.place(line.row, "unit"),
        code=foreign.text(line.row, "unit_code"),
        kind=UnitKind.read(foreign.text(line.row, "kind")),
    )


def unit_named(
    foreign: Foreign,
    name: str,
    *,
    place: CellPlace,
    code: str = "",
    kind: UnitKind | None = None,
) -> tuple[Unit, bool]:
    """Return the unit of a name or code, and whether it is a new one.

    A new unit gets the next free code; its kind is told by the end of its name.
    """
    matching = foreign.matching
    wanted = code if code and matching.is_known(Table.UNITS, code) else None
    found = wanted or matching.find(Table.UNITS, name, place)
    known = matching.county.units.get((found or "",))
    if known is not None:
        return (replace(known, kind=kind) if kind is not None else known), False
    if found is not None:
        return Unit(found, name, kind or kind_of(name)), False
    code = code or matching.new_code(Table.UNITS, UNIT_PREFIX, digits=2)
    matching.add(Table.UNITS, code, name)
    return Unit(code, name, kind or kind_of(name)), True


def kind_of(name: str) -> UnitKind:
    """Return what a unit is, told by its name: 青山镇 is a town, 县民政局 a department."""
    for kind in (UnitKind.STREET, UnitKind.TOWN, UnitKind.RURAL_TOWNSHIP):
        if name.removesuffix("人民政府").removesuffix("办事处").endswith(kind.chinese):
            return kind
    return UnitKind.COUNTY_DEPARTMENT


def _note_sums(foreign: Foreign) -> None:
    """State which columns are added up to which category, and which are not read."""
    groups: dict[tuple[str, str], list[ColumnMapping]] = defaultdict(list)
    for item in foreign.mapping.columns:
        if item.category:
            groups[item.name, item.category].append(item)
    place = foreign.place(foreign.mapping.last)
    for (_measure, category), items in groups.items():
        if len(items) > 1:
            foreign.remarks.note(
                place,
                _("These columns were added up as “{category}”: {names}.").format(
                    category=category, names=_(", ").join(item.heading for item in items)
                ),
                _("Give a column a category of its own in the mapping to keep it apart."),
            )


def _compare_sums(foreign: Foreign, lines: Sequence[_Line]) -> None:
    """Remark where a sum that the ledger states is not what its parts come to."""
    mapping = foreign.mapping
    read = {item.column for item in mapping.columns}
    found = paths(spread(foreign.grid).rows, mapping.first, mapping.last)
    for column, path in enumerate(found):
        if column in read or not path:
            continue
        keys = _summed(path, mapping.columns)
        if not keys:
            continue
        for line in lines:
            stated = foreign.number(line.row, column, quantity=Quantity.PEOPLE)
            parts = sum(line.counted.get(key, 0.0) for key in keys)
            if stated is not None and not math.isclose(stated, parts, abs_tol=_SUM_SLACK):
                foreign.remarks.warning(
                    foreign.cell(line.row, column),
                    _("{heading} states {stated:g}, but its parts come to {parts:g}.").format(
                        heading="/".join(path), stated=stated, parts=parts
                    ),
                    _("The parts were read; correct whichever is wrong."),
                )


def _compare_totals(foreign: Foreign, lines: Sequence[_Line]) -> None:
    """Compare rows that add up others with what was read.

    青山镇小计 sums the rows of that unit, 小计 alone those since the last sum, 合计 all above it.
    """
    read = sorted({row for line in lines for row in line.rows})
    of_unit = {name_key(line.name): set(line.read) for line in lines}
    since = 0
    for row in foreign.sum_rows():
        label = "".join(cell for cell in foreign.grid.rows[row] if isinstance(cell, str))
        first, since = (since if "小计" in label else 0), row
        named = of_unit.get(name_key(label).removesuffix("小计"))
        inside = [at for at in read if first <= at < row] if named is None else sorted(named)
        for item in foreign.mapping.columns if inside else ():
            printed = foreign.number(row, item.column) if item.category else None
            if printed is None:
                continue
            come_to = math.fsum(_own(foreign, at, item) for at in inside)
            place = foreign.cell(row, item.column)
            foreign.remarks.total(place, printed, come_to)
            if not math.isclose(printed, come_to, abs_tol=_SUM_SLACK):
                foreign.remarks.warning(
                    place,
                    _("{heading} states {stated:g} here, but the rows come to {parts:g}.").format(
                        heading=item.heading, stated=printed, parts=come_to
                    ),
                    _("The rows were read; look for one that is missing or merged."),
                )


def _own(foreign: Foreign, row: int, item: ColumnMapping) -> float:
    """Return what a row says in one column, an amount merged over rows where it begins."""
    span = foreign.span_at(row, item.column)
    if span is not None and span[0] != row:
        return 0.0
    return foreign.peek(row, item.column)


def _summed(path: Path, columns: Sequence[ColumnMapping]) -> tuple[tuple[str, str], ...]:
    """Return what a sum column sums, () where that cannot be told from the headings.

    Below a heading of its own it sums the columns beside it, else those of its measure.
    """
    if not re.search(SUMS, path[-1]):
        return ()
    counted = [item for item in columns if item.category]
    if len(path) > 1:
        above = joined(path[:-1]) + STROKE
        keys = {(i.name, i.category) for i in counted if i.heading.startswith(above)}
        others = {(i.name, i.category) for i in counted if not i.heading.startswith(above)}
        return () if keys & others else tuple(sorted(keys))
    measure, category = ledger_measure(path[0]), ledger_category(path, ())
    keys = {(item.name, item.category) for item in counted}
    return tuple(sorted(key for key in keys if key[0] == measure and category in ("", key[1])))
