"""Number formats: the units that a workbook's formats write behind its numbers (0"分钟")."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from xml.etree import ElementTree

from app.workbooks.cells.quantities import Quantity

_SHOWN = re.compile(
    r"(?:general|g/通用格式|[#0?,]*[#0?](?:\.[0#?]+)?)(?:\\? |_.)*"
    r"(?:\"(?P<quoted>[^\"]+)\"|(?P<bare>(?:\\?[一-鿿/])+))(?:_.|\\? )*",
    re.IGNORECASE,
)
"""Digits and one unit behind them; a comma before it would divide what is shown (0,"千")."""
_PART = "xl/styles.xml"


def shown_units(archive: zipfile.ZipFile) -> Mapping[str, str]:
    """Return the unit that each cell style of a workbook shows, by the style's number as text."""
    if _PART not in archive.namelist():
        return {}
    root = ElementTree.parse(io.BytesIO(archive.read(_PART))).getroot()
    units = {}
    for element in root.iter():
        if element.tag.rpartition("}")[2] == "numFmt":
            unit = unit_shown(element.get("formatCode", ""))
            if unit:
                units[element.get("numFmtId")] = unit
    if not units:
        return {}
    styles = next((one for one in root if one.tag.rpartition("}")[2] == "cellXfs"), None)
    numbered = enumerate(styles if styles is not None else ())
    return {
        str(at): units[style.get("numFmtId")]
        for at, style in numbered
        if style.get("numFmtId") in units
    }


def unit_shown(code: str) -> str:
    """Return the unit that a number format shows behind a number as it is, '' where none."""
    plain = re.sub(r"\[[^\]]*\]", "", code.split(";", maxsplit=1)[0])
    found = _SHOWN.fullmatch(plain)
    if found is None or re.search(r"[#0?],+(?:\"|\\|[一-鿿])", plain):
        return ""
    unit = (found["quoted"] or found["bare"].replace("\\", "")).strip()
    times = Quantity.TIMES.factor(unit)
    others = (Quantity.HOURS, Quantity.MONEY, Quantity.PEOPLE, Quantity.AREA)
    is_known = times not in {None, 1.0} or any(one.factor(unit) is not None for one in others)
    return unit if is_known else ""
