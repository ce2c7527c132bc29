"""Import and export of the sample county beside bare library passes over the same cells."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import xlsxwriter
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from app.county import County
from app.method.assessing import assess
from app.workbooks.allocation import write_allocation
from app.workbooks.exporting import write_standard
from app.workbooks.importing import read_workbooks
from tests import builders
from tests.benchmarks.timing import compare

SAMPLE = Path(__file__).resolve().parents[2] / "resources" / "sample" / "yunling.xlsx"

Cells = dict[str, list[tuple[int, int, object]]]


def main() -> None:
    """Print how long importing and exporting take, ours against the raw libraries."""
    with TemporaryDirectory() as folder:
        _run(Path(folder))


def _run(folder: Path) -> None:
    path = SAMPLE if SAMPLE.exists() else _generated(folder / "generated.xlsx")
    county = County().with_changes(read_workbooks([path], County()).changes)
    figures = assess(county)
    standard, allocation = folder / "standard.xlsx", folder / "allocation.xlsx"
    write_standard(county, standard)
    write_allocation(allocation, county=county, figures=figures, findings=(), plan=None)
    standard_cells, allocation_cells = _cells(standard), _cells(allocation)

    def import_ours() -> object:
        return read_workbooks([path], County())

    compare("import / calamine", ours=import_ours, raw=lambda: _read_by_calamine(path))
    compare("import / openpyxl", ours=import_ours, raw=lambda: _read_by_openpyxl(path))
    compare(
        "export standard / XlsxWriter",
        ours=lambda: write_standard(county, standard),
        raw=lambda: _write(standard_cells, folder / "raw.xlsx"),
    )
    compare(
        "export allocation / XlsxWriter",
        ours=lambda: write_allocation(
            allocation, county=county, figures=figures, findings=(), plan=None
        ),
        raw=lambda: _write(allocation_cells, folder / "raw.xlsx"),
    )


def _read_by_calamine(path: Path) -> int:
    with CalamineWorkbook.from_path(path) as workbook:
        sheets = [workbook.get_sheet_by_name(name) for name in workbook.sheet_names]
        return sum(len(sheet.to_python()) for sheet in sheets)


def _read_by_openpyxl(path: Path) -> int:
    workbook = load_workbook(path, read_only=True, data_only=True)
    count = sum(1 for tab in workbook for _row in tab.iter_rows(values_only=True))
    workbook.close()
    return count


def _cells(path: Path) -> Cells:
    """Return every filled cell of a workbook; formulas as formulas."""
    workbook = load_workbook(path, read_only=True)
    found = {
        tab.title: [
            (cell.row - 1, cell.column - 1, cell.value)
            for row in tab.iter_rows()
            for cell in row
            if cell.value is not None
        ]
        for tab in workbook
    }
    workbook.close()
    return found


def _write(cells: Cells, path: Path) -> None:
    with xlsxwriter.Workbook(path, {"in_memory": True}) as workbook:
        for title, filled in cells.items():
            tab = workbook.add_worksheet(title)
            for row, column, value in filled:
                tab.write(row, column, value)


def _generated(path: Path) -> Path:
    """Write a county about as large as the sample: 16 units, 340 tasks, 30 posts each."""
    units, tasks, posts = range(16), range(340), range(30)
    records = [
        builders.duty(),
        *(builders.unit(f"U{unit}") for unit in units),
        *(builders.task(f"T{task}") for task in tasks),
        *(builders.post(f"P{unit}-{post}", f"U{unit}") for unit in units for post in posts),
        *(builders.staffing(f"P{unit}-{post}") for unit in units for post in posts),
        *(builders.volume(f"U{unit}", f"T{task}") for unit in units for task in tasks),
        *(
            builders.assignment(f"U{unit}", f"T{task}", f"P{unit}-{(task + part) % 30}", 0.5)
            for unit in units
            for task in tasks
            for part in (0, 7)
        ),
    ]
    write_standard(builders.county(*records), path)
    return path


if __name__ == "__main__":
    main()
