"""The sheets of an allocation workbook agree with each other, print well, and hold no formula."""

from __future__ import annotations

import re
import subprocess
import zipfile
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

import pypdfium2
import pytest
from openpyxl import Workbook, load_workbook

from app.language import use_language
from app.method.assessing import assess
from app.method.burden.ledger import burden_ledger
from app.method.checks.checkup import find
from app.model.county import County
from app.model.figures import Figures
from app.model.plan import Plan
from app.model.vocabulary import Form, Goal, MeasureKind
from app.reporting import Reporting
from app.store.records.history import Step
from tests import builders
from tests.report.plans import measure, small_plan
from tests.workbooks.allocation.recalculating import SOFFICE

pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")

HOSTILE = '=HYPERLINK("x")'
STEPS = (Step(1, "2026-01-05T03:04:05Z", HOSTILE, "do", "@导入", None, frozenset(), 1, "", ""),)


@cache
def county() -> County:
    """Return two units, texts that look like formulas, 编外 people and a missing figure."""
    return builders.small_county(
        builders.unit("U2", name=HOSTILE),
        builders.establishment("U1", "编外", in_post=3.0),
        builders.establishment("U2", "事业", in_post=2.0),
        builders.post("Q1", "U2", title="+1", office="-1"),
        builders.staffing("Q1", "事业", 2.0),
        builders.task("T4", name="@SUM(A1)", form=Form.REPORT, ordered_by=HOSTILE),
        builders.volume("U2", "T4", volume=900.0),
        builders.assignment("U2", "T4", "Q1"),
    )


@cache
def figures() -> Figures:
    return assess(county())


@cache
def plan() -> Plan:
    rows = (
        measure(1, overload_after=150.0, because=HOSTILE, unassigned_after=100.0),
        measure(2, MeasureKind.CUT, overload_after=54.0, needs="=1+1"),
        measure(3, overload_after=0.0, unassigned_after=0.0),
    )
    return small_plan(figures(), *rows)


def reporting(*, has_plan: bool = True) -> Reporting:
    findings = find(county(), figures())
    return Reporting(county(), figures(), findings, plan() if has_plan else None, STEPS)


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    use_language("en")
    made = tmp_path_factory.mktemp("sheets") / "allocation.xlsx"
    reporting().write_allocation(made)
    yield made


@pytest.fixture(scope="module")
def book(path: Path) -> Workbook:
    return load_workbook(path, data_only=True)


Rows = list[Mapping[str, object]]


def rows(book: Workbook, title: str, first: str) -> Rows:
    """Return the rows of a table below the heading row that begins with `first`."""
    found = [list(row) for row in book[title].iter_rows(values_only=True)]
    top = next(n for n, row in enumerate(found) if row[0] == first)
    return [dict(zip(map(str, found[top]), row, strict=True)) for row in found[top + 1 :]]


def facts(book: Workbook) -> Mapping[str, tuple[object, ...]]:
    found = list(book["Cover"].iter_rows(values_only=True))
    end = next(place for place, row in enumerate(found) if row[0] == "Sheet")
    return {str(row[0]): row[1:3] for row in found[:end]}


def test_the_cover_says_what_the_other_sheets_say(book: Workbook) -> None:
    cover = facts(book)
    total = rows(book, "Summary", "Unit code")[-1]
    posts = rows(book, "Posts before and after", "Unit")
    for fact, field in (
        ("People on posts", "People"),
        ("Workload (h a year)", "Workload (h)"),
        ("Saturation", "Saturation"),
        ("Band", "Band"),
    ):
        assert cover[fact] == (total[f"{field} · today"], total[f"{field} · plan"])
    for place, state in enumerate(("today", "plan")):
        words = [row[f"Band · {state}"] for row in posts]
        over = sum(text in {"overloaded", "severely overloaded"} for text in words)
        assert cover["Overloaded posts"][place] == over
    assert cover["Measures"] == (None, 3)
    assert cover["Required headcount"] == (total["Required today: A × B + C"], None)
    assert cover["Workload (h a year)"][0] == pytest.approx(figures().county.load.workload_hours)


def test_headcounts_add_up_and_leave_out_what_is_missing_or_outside(book: Workbook) -> None:
    units = rows(book, "Headcounts", "Unit")
    details = rows(book, "Headcounts by category", "Unit")
    first, second, total = units
    assert (first["Authorised (核定)"], first["In post (实有)"]) == (3, 2)
    assert second["Authorised (核定)"] is None and total["Authorised (核定)"] is None
    on_posts = [row["On posts"] for row in details if row["Unit"] == "U1镇"]
    assert first["On posts"] == sum(map(float, map(str, on_posts)))
    after = sum(sum(post.people_after.values()) for post in plan().posts)
    assert total["After the plan (调整后)"] == after
    assert total["Required (测算)"] == pytest.approx(figures().county.load.required)
    gap = float(str(total["After the plan (调整后)"])) - float(str(total["Required (测算)"]))
    assert total["After the plan − required"] == pytest.approx(gap)


def test_every_cut_of_the_burden_adds_up_to_all_hours(book: Workbook) -> None:
    ledger = rows(book, "Burden ledger", "Added up by")
    demand = figures().county.demand_hours
    for cut in ("Kind of burden", "Form", "Ordered by", "Task"):
        found = [row for row in ledger if row["Added up by"] == cut]
        assert sum(float(str(row["Hours a year"])) for row in found) == pytest.approx(demand)
        assert sum(float(str(row["Share"])) for row in found) == pytest.approx(1)
    people = burden_ledger(county(), figures()).total.people
    kinds = [row for row in ledger if row["Added up by"] == "Kind of burden"]
    assert sum(float(str(row["People busy with it"])) for row in kinds) == pytest.approx(people)


def test_measures_carry_their_effect_so_far(book: Workbook) -> None:
    found = rows(book, "Measures", "No.")
    before = next(goal.before for goal in plan().goals if goal.goal is Goal.OVERLOAD)
    left = [before, 150.0, 54.0, 0.0]
    for place, row in enumerate(found, start=1):
        assert row["Overload removed (weighted h)"] == left[place - 1] - left[place]
        assert row["Removed so far"] == before - left[place]
        assert row["Share of today's overload"] == pytest.approx(1 - left[place] / before)
    assert found[-1]["Unassigned hours left"] == 0


def test_scores_are_checked_less_flaws(book: Workbook) -> None:
    found = {row["Unit"]: row for row in rows(book, "Check-up scores", "Unit")}
    for score in reporting().scores:
        row = found[county().units[(score.unit_code,)].name]
        name = score.link.english
        assert row[f"{name}: checked"] == score.checked
        assert row[f"{name}: score"] == (
            None if score.score is None else pytest.approx(score.score)
        )


def test_the_basis_names_goals_with_bounds_evidence_sources_and_steps(book: Workbook) -> None:
    cells = [row for row in book["Basis"].iter_rows(values_only=True) if row[0] is not None]
    lines = {str(row[0]): row[1:] for row in cells}
    assert lines["overload (weighted hours)"][:3] == (216.0, 0.0, 0.0)
    assert lines["not stated"][0] == "4"
    assert "WISN" in str(lines["Required headcount, rounding"][0])
    assert lines["2026-01-05T03:04:05Z"][:2] == (HOSTILE, "@导入")
    assert "Measures that need an approval are proposals until it is given." in lines


def test_every_sheet_names_scheme_and_denominator_on_screen_and_paper(path: Path) -> None:
    for sheet in load_workbook(path):
        top = " ".join(str(cell.value) for row in sheet["A1:C5"] for cell in row if cell.value)
        assert "default bands (80/100/120)" in top, sheet.title
        assert "1,784" in top, sheet.title
        assert "&P / &N" in str(sheet.oddFooter.right.text or sheet.oddFooter.right)
        assert sheet.page_setup.paperSize in {8, 9} and sheet.page_setup.fitToHeight == 0
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        is_table = sheet.title not in {"Cover", "Charts"}
        assert not is_table or (sheet.print_title_rows and sheet.freeze_panes)


def test_no_text_is_a_formula_or_a_link(path: Path) -> None:
    book = load_workbook(path)
    formulas = [
        str(cell.value)
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    ]
    assert len(formulas) > 100
    bare = [re.sub("'[^']*'!|\"[^\"]*\"", "", text) for text in formulas]
    assert not [text for text in bare if re.search("HYPERLINK|SUM\\(A1\\)|=1\\+1$", text)]
    links = [cell.hyperlink for sheet in book for row in sheet for cell in row if cell.hyperlink]
    assert links and not [link for link in links if link.target]


def test_charts_refer_to_filled_cells(path: Path, book: Workbook) -> None:
    with zipfile.ZipFile(path) as archive:
        names = [name for name in archive.namelist() if name.startswith("xl/charts/chart")]
        texts = [archive.read(name).decode() for name in names]
    assert len(texts) == 5
    ladders = []
    for text in texts:
        references = re.findall(r"<c:f>([^<]+)</c:f>", text)
        assert references
        for reference in references:
            title, _mark, span = reference.replace("&apos;", "'").rpartition("!")
            cells = book[title.strip("'")][span.replace("$", "")]
            values = (
                [cell.value for row in cells for cell in row]
                if isinstance(cells, tuple)
                else [cells.value]
            )
            assert any(value is not None for value in values), reference
            ladders += [values] if "Today" in values and len(values) > 1 else []
    assert ladders == [["Today", "reassign tasks", "move people inside units"]] * len(ladders) != []
    assert any("pattFill" in text for text in texts)


def test_bars_lie_in_the_colours_of_the_bands(path: Path) -> None:
    with zipfile.ZipFile(path) as archive:
        sheets = [
            archive.read(name).decode() for name in archive.namelist() if "sheets/sheet" in name
        ]
    colours = {
        colour for text in sheets for colour in re.findall(r'<x14:borderColor rgb="FF(\w+)"', text)
    }
    assert {"7A8FB8", "C98313"} <= colours


def test_a_unit_alone_has_its_own_burden_and_no_other(tmp_path: Path) -> None:
    path = tmp_path / "unit.xlsx"
    reporting(has_plan=False).write_allocation(path, "U2")
    ledger = rows(load_workbook(path, data_only=True), "Burden ledger", "Added up by")
    tasks = [row for row in ledger if row["Added up by"] == "Task"]
    assert [(row["Kind, form, department or task"], row["Hours a year"]) for row in tasks] == [
        ("@SUM(A1)", 900)
    ]


def test_control_characters_in_names_leave_a_workbook_that_opens(tmp_path: Path) -> None:
    odd = builders.small_county(builders.unit("U1", name="甲\x07乙\n镇"))
    made = assess(odd)
    path = tmp_path / "odd.xlsx"
    Reporting(odd, made, find(odd, made), small_plan(made)).write_allocation(path)
    assert "矩阵·甲 乙 镇" in load_workbook(path).sheetnames
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            if name.endswith(".xml"):
                ElementTree.fromstring(archive.read(name))


def test_an_empty_plan_has_a_workbook(tmp_path: Path) -> None:
    empty = builders.county()
    made = assess(empty)
    path = tmp_path / "empty.xlsx"
    Reporting(empty, made, find(empty, made), None).write_allocation(path)
    assert "Cover" in load_workbook(path).sheetnames


@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not on this machine")
def test_libreoffice_prints_every_sheet(path: Path, tmp_path: Path) -> None:
    assert SOFFICE is not None
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [SOFFICE, profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path)]
    subprocess.run([*command, str(path)], check=True, capture_output=True, timeout=170)
    document = pypdfium2.PdfDocument(tmp_path / "allocation.pdf")
    said = [page.get_textpage().get_text_bounded() for page in document]
    document.close()
    for title in load_workbook(path, read_only=True).sheetnames:
        assert any(title in text for text in said), title
    assert not [text for text in said if "###" in text]
