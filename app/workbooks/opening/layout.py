"""Layout of .xlsx sheets: what is hidden, and units that stand in number formats alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import IO
from xml.etree import ElementTree
from xml.parsers import expat

from app.workbooks.cells.grid import position

_MOST_COLUMNS = 16_384
_QUOTED = re.compile(r'"([^"]*)"|\\(.)|\[\$([^\]-]*)[^\]]*\]')
_UNIT = re.compile(
    r"(?:分钟|小时|工作日|天|[百千万亿]?(?:件|次|份|户|人|张|篇|条|个|家|项|起|场)|[万千亿]元|元|[万亿]|亩|万亩|公顷)"
)
_TRUE = frozenset({"1", "true", "on"})
HIDDEN_MARK = b"hidden="


@dataclass
class Layout:
    """What a sheet's XML tells besides its cells; rows and columns by index from 0."""

    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    units: dict[tuple[int, int], str] = field(default_factory=dict)


def unit_formats(styles: ElementTree.Element) -> Mapping[str, str]:
    """Return, by the number of a cell's style, the unit that its number format writes behind it."""
    codes = {
        element.get("numFmtId", ""): element.get("formatCode", "")
        for element in _named(styles, "numFmt")
    }
    found: dict[str, str] = {}
    for group in _named(styles, "cellXfs"):
        for number, style in enumerate(group):
            words = "".join(
                part
                for match in _QUOTED.findall(
                    codes.get(style.get("numFmtId", ""), "").partition(";")[0]
                )
                for part in match
            ).strip(" /（）()")
            if _UNIT.fullmatch(words.partition("/")[0]):
                found[str(number)] = words.partition("/")[0]
    return found


def _named(root: ElementTree.Element, name: str) -> Iterator[ElementTree.Element]:
    return (element for element in root.iter() if element.tag.rpartition("}")[2] == name)


def layout_of(part: IO[bytes], units: Mapping[str, str]) -> Layout:
    """Return what is hidden on a sheet, and the units of its cells' formats.

    Raises:
        expat.ExpatError: the XML is damaged or would grow without end.
    """
    found = Layout()
    row = -1

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal row
        name = tag.rpartition(":")[2]
        if name == "row":
            row = int(attributes["r"]) - 1 if "r" in attributes else row + 1
            if attributes.get("hidden") in _TRUE:
                found.hidden_rows.add(row)
        elif name == "col" and attributes.get("hidden") in _TRUE:
            last = min(int(attributes.get("max", "1")), _MOST_COLUMNS)
            found.hidden_columns.update(range(int(attributes.get("min", "1")) - 1, last))
        elif name == "c" and "r" in attributes and attributes.get("s") in units:
            found.units[position(attributes["r"])] = units[attributes["s"]]

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    parser.ParseFile(part)
    return found
