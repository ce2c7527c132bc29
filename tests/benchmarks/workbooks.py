"""Import and export of the sample county beside bare library passes over the same cells."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import xlsxwriter
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from app.method.assessing import assess
from app.model.county import County
from app.workbooks.allocation.workbook import write_allocation
from app.workbooks.importing import read_workbooks
from app.workbooks.standard.exporting import write_standard
from tests import builders
from tests.benchmarks.timing import compare
from tests.places import SAMPLE

Cells = dict[str, list[tuple[int, int, object]]]


def main() -> None:
    """Print how long importing and exporting take, ours against the raw libraries."""
    with TemporaryDirectory() as folder:
        sample = SAMPLE if SAMPLE.exists() else _generated(Path(folder) / "generated.xlsx")
        _run(Path(folder), sample, name="sample")
        large = _generated(Path(folder) / "large.xlsx", units=40, tasks=1_250)
        _print_memory(large)
        _run(Path(folder), large, name="100,000 rows")


def _run(folder: Path, path: Path, *, name: str) -> None:
    county = County().with_changes(read_workbooks([path], County()).changes)
    figures = assess(county)
    standard, allocation = folder / "standard.xlsx", folder / "allocation.xlsx"
    write_standard(county, standard)
    write_allocation(allocation, county=county, figures=figures, findings=(), plan=None)
    standard_cells, allocation_cells = _cells(standard), _cells(allocation)
    print(f"{name}: {len(county.assignments):,} assignments, {len(county.volumes):,} volumes")

    def import_ours() -> object:
        return read_workbooks([path], County())

    compare(f"import of {name} / calamine", ours=import_ours, raw=lambda: _read_by_calamine(path))
    compare(f"import of {name} / openpyxl", ours=import_ours, raw=lambda: _read_by_openpyxl(path))
    compare(
        f"export of {name}, standard / XlsxWriter",
        ours=lambda: write_standard(county, standard),
        raw=lambda: _write(standard_cells, folder / "raw.xlsx"),
    )
    compare(
        f"export of {name}, allocation / XlsxWriter",
        ours=lambda: write_allocation(
            allocation, county=county, figures=figures, findings=(), plan=None
        ),
        raw=lambda: _write(allocation_cells, folder / "raw.xlsx"),
    )


def _print_memory(path: Path) -> None:
    """Print the most memory that an import took, of the reading process and of its child."""
    command = [sys.executable, "-m", "tests.benchmarks.workbooks", str(path)]
    print(subprocess.run(command, check=True, capture_output=True, text=True).stdout, end="")


def _import_alone(path: Path) -> None:
    """Import a workbook into an empty county and print the peak memory of both processes."""
    try:
        import resource  # noqa: PLC0415
    except ImportError:
        return
    read_workbooks([path], County())
    peaks = [resource.getrusage(who).ru_maxrss / 1024 for who in (0, resource.RUSAGE_CHILDREN)]
    own, child = peaks
    print(f"memory of the import of {path.name}: {own:.0f} MB here, {child:.0f} MB in the child")


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


def _generated(path: Path, *, units: int = 16, tasks: int = 340) -> Path:
    """Write a county, as large as the sample unless told: 30 posts a unit, two on every task."""
    write_standard(_county(range(units), range(tasks), range(30)), path)
    return path


def _county(units: range, tasks: range, posts: range) -> County:
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
    return builders.county(*records)


if __name__ == "__main__":
    _import_alone(Path(sys.argv[1]))
