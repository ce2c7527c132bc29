"""What imports answer in JSON: counts and findings, and before storing every row and mapping."""

from __future__ import annotations

from collections.abc import Sequence

from app.answers import Answer
from app.answers.planning import imported as counted
from app.workbooks.balance import SheetBalance
from app.workbooks.foreign.mappings import ImportMapping
from app.workbooks.foreign.matching import Question
from app.workbooks.foreign.saved_mappings import as_data
from app.workbooks.foreign.sheet_kinds import RecognisedTable
from app.workbooks.importing import Import
from app.workbooks.previewing import PreviewRow


def imported(result: Import, rows: Sequence[PreviewRow] | None = None) -> Answer:
    """Return what an import did; with `rows`, what it would do to each, and how it reads."""
    answer = counted(result) | {"balance": [sheet_balance(item) for item in result.balance]}
    if rows is None:
        return answer
    return answer | {
        "rows": [row(item) for item in rows],
        "tables": [table(item) for item in result.tables],
        "questions": [question(item) for item in result.questions],
    }


def sheet_balance(item: SheetBalance) -> Answer:
    """Return what became of the rows, columns and printed sums of one sheet."""
    return {
        "file": item.place.file,
        "sheet": item.place.sheet,
        "hidden": list(item.hidden),
        "recognised": item.recognised,
        "rows": item.rows,
        "stored": item.stored,
        "unchanged": item.unchanged,
        "refused": item.refused,
        "left_out": item.left_out,
        "other": item.other,
        "columns_read": list(item.columns_read),
        "columns_unread": list(item.columns_unread),
        "totals": [
            {"cell": total.place.cell, "printed": total.printed, "read": total.read}
            for total in item.totals
        ],
    }


def row(item: PreviewRow) -> Answer:
    """Return one row that an import would touch or leave out."""
    return {
        "state": item.state.value,
        "table": item.table.value if item.table is not None else None,
        "key": list(item.key),
        "text": item.text,
        "file": item.place.file if item.place is not None else "",
        "sheet": item.place.sheet if item.place is not None else "",
        "cell": item.cell,
        "message": item.message,
        "cells": [
            {
                "column": cell.column,
                "before": cell.before,
                "after": cell.after,
                "cell": cell.cell,
            }
            for cell in item.cells
        ],
    }


def table(item: RecognisedTable) -> Answer:
    """Return one table that was recognised, as a mapping file has it."""
    mapping = ImportMapping("", (item.mapping,) if item.mapping is not None else ())
    tables = as_data(mapping)["tables"]
    return {
        "file": item.place.file,
        "sheet": item.place.sheet,
        "used": item.used,
        "offers": list(item.offers),
        "mapping": tables[0] if tables else None,
    }


def question(item: Question) -> Answer:
    """Return a name that is like others of the plan."""
    return {
        "table": item.table.value,
        "match": item.key,
        "text": item.text,
        "file": item.place.file,
        "sheet": item.place.sheet,
        "cell": item.place.cell,
        "chosen": item.chosen,
        "near": [
            {"code": near.code, "name": near.name, "likeness": near.likeness} for near in item.near
        ],
    }
