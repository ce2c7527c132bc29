"""What is exported comes back as it was: every row, in its order, to the last digit."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from app.model.county import RECORD_TYPES, Change, County
from app.model.findings import ImportFinding
from app.model.vocabulary import Severity
from app.workbooks.importing import Import, read_workbooks
from app.workbooks.standard.exporting import write_standard, write_template
from tests import builders
from tests.workbooks.counties import counties


def rows(county: County) -> dict[str, list[object]]:
    """Return every table as a list, so that comparing also compares the order of rows."""
    tables = (kind.TABLE for kind in RECORD_TYPES)
    return {table.value: list(county.rows(table).values()) for table in tables}


def errors(findings: Iterable[ImportFinding]) -> list[ImportFinding]:
    return [finding for finding in findings if finding.severity is Severity.ERROR]


def taken_in(imported: Import, county: County) -> County:
    return county.with_changes(imported.changes)


@pytest.mark.usefixtures("in_process")
@settings(
    max_examples=80,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(county=counties())
def test_export_then_import_is_the_identity(county: County, tmp_path: Path) -> None:
    path = tmp_path / "county.xlsx"
    write_standard(county, path)

    imported = read_workbooks([path], County())

    assert errors(imported.findings) == []
    assert rows(taken_in(imported, County())) == rows(county)


def test_importing_the_same_file_again_changes_nothing(tmp_path: Path) -> None:
    county = builders.small_county(builders.profile(), builders.category_allowance())
    path = tmp_path / "county.xlsx"
    write_standard(county, path)

    imported = read_workbooks([path], county)

    assert imported.changes == ()
    assert (imported.added, imported.changed, imported.removed) == (0, 0, 0)
    assert imported.unchanged == sum(map(len, rows(county).values()))
    assert imported.findings == ()


def test_the_blank_template_reads_back_without_a_finding(tmp_path: Path) -> None:
    path = tmp_path / "template.xlsx"
    write_template(path)

    imported = read_workbooks([path], County())

    assert imported.findings == ()
    assert imported.changes == ()


def test_floats_keep_their_last_digit(tmp_path: Path) -> None:
    exact: Sequence[float] = (0.1 + 0.2, 1 / 3, 2 / 3, 123456789.12345678, 5e-324)
    county = builders.county(
        builders.unit(),
        builders.duty(),
        *(builders.task(f"T{number}") for number in range(len(exact))),
        *(
            builders.volume(task_code=f"T{number}", volume=value)
            for number, value in enumerate(exact)
        ),
    )
    path = tmp_path / "county.xlsx"
    write_standard(county, path)

    changes = read_workbooks([path], County()).changes

    assert {change.after for change in changes} >= set(county.volumes.values())
    assert all(isinstance(change, Change) for change in changes)
