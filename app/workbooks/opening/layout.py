"""Layout of .xlsx sheets: which rows and columns do not show."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import IO
from xml.parsers import expat

_MOST_COLUMNS = 16_384
_TRUE = frozenset({"1", "true", "on"})
HIDDEN_MARK = b"hidden="


@dataclass
class Layout:
    """What a sheet's XML tells besides its cells; rows and columns by index from 0."""

    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)


def layout_of(part: IO[bytes]) -> Layout:
    """Return what is hidden on a sheet.

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

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    parser.ParseFile(part)
    return found
