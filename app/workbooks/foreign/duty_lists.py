"""Duty lists (履职事项清单): the items of the three lists become duties with codes of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from app.language import _
from app.model.county import Duty
from app.model.vocabulary import DutyList, Table
from app.workbooks.foreign.heading_paths import own_cells
from app.workbooks.foreign.mapped_rows import Foreign, said, whole
from app.workbooks.foreign.mappings import Shape
from app.workbooks.foreign.matching import name_key
from app.workbooks.foreign.shapes import LISTS
from app.workbooks.foreign.table_detection import is_category
from app.workbooks.standard.entries import Entry

PREFIXES: Mapping[DutyList, str] = {
    DutyList.CORE: "JB",
    DutyList.SUPPORTING: "PH",
    DutyList.RECLAIMED: "SH",
    DutyList.UNLISTED: "QT",
    DutyList.DEPARTMENT: "QZ",
}
"""What codes begin with that the program gives to the duties of a list."""

_COUNT = re.compile(r"[(（]\s*(?:共)?\s*([0-9０-９]+)\s*项\s*[)）]|共\s*([0-9０-９]+)\s*项")
_NUMERAL = re.compile(r"^\s*[(（]?[一二三四五六七八九十百]+[)）]?\s*[、.．:：]?\s*")
_TEXTS = ("superior", "superior_duty", "own_duty", "basis")


@dataclass
class _Item:
    """One item while its rows are being gathered."""

    row: int
    name: str
    area: str
    code: str
    duties: DutyList
    texts: dict[str, list[str]] = field(default_factory=dict)
    rows: list[int] = field(default_factory=list)
    """Further rows that go on with it."""


@dataclass
class _Area:
    """A category row: its name, the number of items it states, and those that follow it."""

    row: int
    name: str
    stated: int | None
    items: int = 0


def read_duties(foreign: Foreign) -> list[Entry]:
    """Return the duties of one list; each keeps the code of the duty of the same name it matches.

    A category row (一、党的建设（24项）) gives the area of the rows below it, and its count is
    compared with theirs. A row without a name goes on with the item above it.
    """
    assert isinstance(foreign.mapping.kind, Shape)
    items, areas = _gathered(foreign, LISTS[foreign.mapping.kind])
    _compare_counts(foreign, items, areas)
    return list(_entries(foreign, items))


def _gathered(foreign: Foreign, of_table: DutyList) -> tuple[list[_Item], list[_Area]]:
    items: list[_Item] = []
    areas: list[_Area] = []
    for row in foreign.numbers():
        category = _category(foreign, row)
        if category:
            areas.append(_area(row, category))
            continue
        name = foreign.text(row, "name")
        goes_on = bool(items) and (not name or foreign.is_merged_on(row, "name"))
        if not goes_on and not name:
            foreign.remarks.error(
                foreign.place(row, "name"),
                _("This row has no name of a duty."),
                _("Fill it in, or leave the row out."),
            )
            continue
        if not goes_on:
            area = foreign.text(row, "area") or (areas[-1].name if areas else "")
            duties = _list_of(foreign, row, of_table)
            items.append(_Item(row, name, _bare(area), foreign.text(row, "duty_code"), duties))
            if areas:
                areas[-1].items += 1
        items[-1].rows.append(row)
        _add_texts(foreign, row, items[-1])
    return items, areas


_LIST_MARKS = {
    DutyList.RECLAIMED: "收回",
    DutyList.SUPPORTING: "配合",
    DutyList.CORE: "基本",
    DutyList.UNLISTED: "清单外",
    DutyList.DEPARTMENT: "权责",
}


def _list_of(foreign: Foreign, row: int, of_table: DutyList) -> DutyList:
    """Return the list a row is on: what its column says, else that of the table."""
    text = foreign.text(row, "list")
    if not text:
        return of_table
    found = DutyList.read(text) or next(
        (duties for duties, mark in _LIST_MARKS.items() if mark in text), None
    )
    if found is None:
        foreign.remarks.error(
            foreign.place(row, "list"),
            _("“{text}” is none of the lists of duties.").format(text=said(text)),
            _("Write 基本, 配合, 收回 or 清单外."),
        )
    return found or of_table


def _add_texts(foreign: Foreign, row: int, item: _Item) -> None:
    """Add what a row says about an item; what a merged cell says again is said once."""
    for name in _TEXTS:
        text = foreign.text(row, name)
        known = item.texts.setdefault(name, [])
        if text and text not in known:
            known.append(text)


def _category(foreign: Foreign, row: int) -> str:
    """Return the words of a category row, '' where a row is an item.

    Its words are the only ones of the row; they stand left of the names, or look like a category.
    """
    cells = own_cells(foreign.grid, row)
    if len(cells) != 1 or not isinstance(cells[0][1], str):
        return ""
    at, text = cells[0]
    assert isinstance(text, str)
    name = foreign.places["name"]
    return text if at < name or (at == name and is_category(text)) else ""


def _area(row: int, text: str) -> _Area:
    return _Area(row, _bare(text), _stated(text))


def _stated(text: str) -> int | None:
    found = _COUNT.search(text)
    return int(found[1] or found[2]) if found else None


def _bare(text: str) -> str:
    """Return the name of an area without its numeral, its count and line breaks."""
    return _NUMERAL.sub("", _COUNT.sub("", "".join(text.split()))).strip()


def _compare_counts(foreign: Foreign, items: Sequence[_Item], areas: Sequence[_Area]) -> None:
    """Remark where a category or the title states another number of items than there are."""
    for area in areas:
        if area.stated is not None and area.stated != area.items:
            foreign.remarks.warning(
                foreign.place(area.row),
                _("“{area}” states {stated} items, but {found} follow.").format(
                    area=area.name, stated=area.stated, found=area.items
                ),
                _("Look for rows that are missing, doubled or in the wrong place."),
            )
    for row, title in foreign.titles()[:4]:
        stated = _stated(title)
        if stated is not None:
            if stated != len(items):
                foreign.remarks.warning(
                    foreign.cell(row, 0),
                    _("The title states {stated} items, but {found} were found.").format(
                        stated=stated, found=len(items)
                    ),
                    _("Look for rows that are missing, doubled or in the wrong place."),
                )
            return


def _entries(foreign: Foreign, items: Sequence[_Item]) -> Iterator[Entry]:
    taken: dict[str, _Item] = {}
    seen: dict[tuple[str, ...], _Item] = {}
    for item in items:
        known = seen.setdefault((name_key(item.name), *map(str, _texts(item).values())), item)
        if known is not item:
            foreign.set_aside(item.row)
            foreign.remarks.warning(
                foreign.place(item.row, "name"),
                _("“{name}” already stands in row {row} of this list; it was read once.").format(
                    name=said(item.name), row=known.row + 1
                ),
                _("Delete one of the two rows, or correct its name."),
            )
            continue
        duty = _duty(foreign, item, item.duties, taken)
        taken[duty.duty_code] = item
        places = {name: foreign.places.get(name) for name in ("name", "area", *_TEXTS)}
        yield foreign.entry(duty, item.row, item.rows, **places)


def _texts(item: _Item) -> dict[str, str]:
    return {name: "\n".join(parts) for name, parts in item.texts.items() if parts}


def _duty(foreign: Foreign, item: _Item, duties: DutyList, taken: Mapping[str, _Item]) -> Duty:
    """Return the duty an item is: one of the plan's by code or name, else a new one."""
    matching = foreign.matching
    name = whole(item.name)
    fields = {"area": item.area} if item.area else {}
    fields |= _texts(item)
    code = item.code if matching.is_known(Table.DUTIES, item.code) else None
    if code is None:
        place = foreign.place(item.row, "name")
        found = matching.find(Table.DUTIES, name, place, scope=duties.value, taken=taken)
        code = found if found is not None else item.code
    known = matching.county.duties.get((code,))
    if known is not None:
        same = name_key(known.name) == name_key(name)
        return replace(known, name=known.name if same else name, list=duties, **fields)  # type: ignore[arg-type]
    code = code or matching.new_code(Table.DUTIES, PREFIXES[duties])
    matching.add(Table.DUTIES, code, name, scope=duties.value)
    matching.add(Table.DUTIES, code, name)
    return Duty(code, name, duties, **fields)  # type: ignore[arg-type]
