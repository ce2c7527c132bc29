"""Keeping mappings: named ones in the program's folder, and in files that can be edited."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from app.errors import UserError, reason_of
from app.language import _
from app.model.vocabulary import Table
from app.placing import name_part
from app.store.document.working import home
from app.workbooks.cells.grid import column_letters, position
from app.workbooks.foreign.mappings import (
    ColumnMapping,
    ImportMapping,
    Shape,
    TableKind,
    TableMapping,
)
from app.workbooks.foreign.shapes import target_named
from app.workbooks.foreign.sheet_kinds import RecognisedTable

VERSION = 1
ENDING = ".json"


def folder() -> Path:
    """Return where named mappings are kept: with the program, for they serve many plans.

    What they decide is the rows of an import, and those are in the history of the plan together
    with the name of the mapping; the mapping itself is no part of any plan.
    """
    return home() / "mappings"


def kept_mappings() -> tuple[ImportMapping, ...]:
    """Return the mappings that are kept, by name; one that was damaged is left out."""
    found = []
    for path in sorted(folder().glob(f"*{ENDING}")):
        try:
            found.append(read_mapping(path))
        except UserError:
            continue
    return tuple(found)


def keep_mapping(mapping: ImportMapping) -> Path:
    """Keep a mapping under its name, in the place of one of the same name.

    Raises:
        UserError: it has no name, or the folder cannot be written to.
    """
    name = name_part(mapping.name)
    if not name.strip("._ "):
        raise UserError(_("A mapping needs a name."), remedy=_("Name it after its kind of table."))
    path = folder() / f"{name}{ENDING}"
    write_mapping(mapping, path)
    return path


def mapping_named(text: str) -> ImportMapping:
    """Return the mapping that a name or a path means.

    Raises:
        UserError: there is neither.
    """
    for mapping in kept_mappings():
        if mapping.name == text:
            return mapping
    path = Path(text)
    if path.is_file():
        return read_mapping(path)
    names = [mapping.name for mapping in kept_mappings()]
    raise UserError(
        _("There is no mapping “{name}”.").format(name=text),
        remedy=_("Kept are: {names}.").format(names=_(", ").join(names))
        if names
        else _("Write one with --dry-run --write-mapping FILE, and edit it."),
    )


def proposed(tables: Sequence[RecognisedTable], name: str) -> ImportMapping:
    """Return the tables that were recognised as one mapping, each shape of table once."""
    found: dict[tuple[object, ...], TableMapping] = {}
    for table in tables:
        mapping = table.mapping
        if mapping is not None:
            headings = tuple(item.heading for item in mapping.columns)
            found.setdefault((mapping.kind, headings), mapping)
    return ImportMapping(name, tuple(found.values()))


def digest(mapping: ImportMapping) -> str:
    """Return eight characters that tell this mapping from any other."""
    text = json.dumps(as_data(mapping), ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def write_mapping(mapping: ImportMapping, path: Path) -> None:
    """Write a mapping as a file to edit: rows and columns as Excel numbers and names them.

    Raises:
        UserError: it cannot be written there.
    """
    text = json.dumps(as_data(mapping), ensure_ascii=False, indent=2) + "\n"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = path.with_name(path.name + ".part")
        beside.write_text(text, encoding="utf-8")
        os.replace(beside, path)  # noqa: PTH105
    except OSError as error:
        raise UserError(
            _("“{file}” cannot be written: {reason}.").format(file=path, reason=reason_of(error)),
            remedy=_("Choose another folder."),
        ) from None


def read_mapping(path: Path) -> ImportMapping:
    """Read a mapping from a file.

    Raises:
        UserError: it cannot be read, or is not what `write_mapping` writes.
    """
    try:
        data = json.loads(path.read_text(encoding="utf-8-sig"))
        return _from_data(data, otherwise=path.stem)
    except OSError as error:
        raise UserError(
            _("“{file}” cannot be read: {reason}.").format(file=path, reason=reason_of(error))
        ) from None
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        raise UserError(
            _("“{file}” is no mapping: {reason}.").format(file=path.name, reason=error),
            remedy=_("Write a new one with --dry-run --write-mapping FILE, and edit that."),
        ) from None


def as_data(mapping: ImportMapping) -> dict[str, Any]:
    """Return a mapping as what JSON holds."""
    data: dict[str, Any] = {
        "mapping": VERSION,
        "name": mapping.name,
        "tables": [_table_data(table) for table in mapping.tables],
    }
    if mapping.matches:
        matches: dict[str, dict[str, str]] = {}
        for (table, key), code in mapping.matches.items():
            matches.setdefault(table.value, {})[key] = code
        data["matches"] = matches
    return data


def _table_data(table: TableMapping) -> dict[str, Any]:
    return {
        "kind": table.kind.value,
        "sheet": table.sheet,
        "heading_rows": [table.first + 1, table.last + 1],
        "columns": [_column_data(item) for item in table.columns],
        "skip_rows_beginning_with": list(table.skip),
        **({"unit": table.unit} if table.unit else {}),
    }


def _column_data(item: ColumnMapping) -> dict[str, str]:
    return {
        "column": column_letters(item.column),
        "heading": item.heading,
        "is": item.name,
        **({"category": item.category} if item.category else {}),
        **({"unit": item.unit} if item.unit else {}),
    }


def _from_data(data: Mapping[str, Any], *, otherwise: str) -> ImportMapping:
    if data.get("mapping") != VERSION:
        raise ValueError(_("it is not of version {version}").format(version=VERSION))
    matches = {
        (Table(table), str(key)): str(code)
        for table, codes in data.get("matches", {}).items()
        for key, code in codes.items()
    }
    tables = tuple(_table(item) for item in data["tables"])
    return ImportMapping(str(data.get("name") or otherwise), tables, matches)


def _table(data: Mapping[str, Any]) -> TableMapping:
    kind = _kind(str(data["kind"]))
    first, last = (int(row) - 1 for row in data["heading_rows"])
    if not 0 <= first <= last:
        raise ValueError(_("heading rows {rows}").format(rows=data["heading_rows"]))
    return TableMapping(
        kind,
        first,
        last,
        tuple(_column(item, kind) for item in data["columns"]),
        skip=tuple(str(word) for word in data.get("skip_rows_beginning_with", ())),
        unit=str(data.get("unit", "")),
        sheet=str(data.get("sheet", "")),
    )


def _column(data: Mapping[str, Any], kind: TableKind) -> ColumnMapping:
    name, unit = str(data["is"]), str(data.get("unit", ""))
    target = target_named(kind, name)
    if target is None:
        raise ValueError(_("“{name}” is no column of {kind}").format(name=name, kind=kind.value))
    if unit and (target.quantity is None or target.quantity.factor(unit) is None):
        raise ValueError(_("“{unit}” is no unit of “{name}”").format(unit=unit, name=name))
    _row, column = position(f"{data['column']}1")
    category = str(data.get("category", ""))
    return ColumnMapping(column, str(data.get("heading", "")), name, category, unit)


def _kind(text: str) -> TableKind:
    for kinds in (Shape, Table):
        for kind in kinds:
            if kind.value == text:
                return kind
    raise ValueError(_("“{kind}” is no kind of table").format(kind=text))
