"""A county of two units whose surveys are sent out, filled in and collected."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from openpyxl import load_workbook

from app.model.county import County
from app.surveying import Collection, Surveying
from tests import builders

DUE = date(2026, 12, 1)


def county() -> County:
    """Return two units with two posts each; U1 carries T1 and T2, U2 carries T1."""
    return builders.county(
        builders.unit("U1"),
        builders.unit("U2"),
        builders.establishment("U1", "行政", authorised=3.0, in_post=2.0),
        *(builders.post(code, unit) for code, unit in (("P1", "U1"), ("P2", "U1"), ("Q1", "U2"))),
        builders.staffing("P1", "行政", 2.0),
        builders.staffing("Q1", "行政", 1.0),
        builders.duty(),
        builders.task("T1", hours_each=2.0),
        builders.task("T2", hours_each=3.0),
        builders.volume("U1", "T1", 100.0),
        builders.volume("U1", "T2", 50.0, hours_each=4.0),
        builders.volume("U2", "T1", 80.0),
        builders.assignment("U1", "T1", "P1", 0.6),
        builders.assignment("U1", "T2", "P1", 1.0),
        builders.assignment("U2", "T1", "Q1", 1.0),
    )


def fill(path: Path, sheet: str, *cells: tuple[str, object]) -> None:
    book = load_workbook(path)
    for name, value in cells:
        book[sheet][name] = value
    book.save(path)


def collected(folder: Path, *, accepts: bool = False, today: date = DUE) -> Collection:
    return Surveying(county()).collect([folder], accepts=accepts, today=today)
