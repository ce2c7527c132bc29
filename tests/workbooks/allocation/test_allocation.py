"""The allocation workbook: its numbers are right, live, and come back through the matrix."""

from __future__ import annotations

import math
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from openpyxl import load_workbook

from app.advice.planning import make_plan
from app.errors import UserError
from app.language import _, use_language
from app.method.assessing import assess
from app.method.checks.checkup import find
from app.model.county import Assignment, County
from app.model.figures import Figures
from app.model.plan import Plan
from app.model.reasons import because
from app.model.vocabulary import Severity
from app.reporting import Reporting
from app.store.records.history import Step
from app.workbooks.allocation.layouts import sheet_titles
from app.workbooks.importing import read_workbooks
from tests import builders
from tests.workbooks.allocation.recalculating import SOFFICE, cells, recalculated
from tests.workbooks.counties import counties

pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")

POSTS = "Posts before and after"
STEPS = (
    Step(
        1,
        "2026-01-05T03:04:05Z",
        "=HYPERLINK(1)",
        "do",
        "@导入",
        None,
        frozenset(),
        1,
        "",
        "",
    ),
)


@cache
def county() -> County:
    """Return two units with odd names, a post without people, work without a post."""
    return builders.small_county(
        builders.unit("U2", name="很长很长很长的名字/带[符号]*的单位:名称'超过三十一个字符吗？"),
        builders.unit("U3", name="空乡"),
        builders.post("Q1", "U2", title="=1+1", office=""),
        builders.staffing("Q1", "事业", 2.0),
        builders.volume("U2", "T1", volume=900.0),
        builders.assignment("U2", "T1", "Q1", share=1 / 3),
        builders.category_allowance(value=0.07),
        builders.individual_allowance(scope="党政办"),
        builders.profile(),
    )


@cache
def planned() -> Plan:
    return make_plan(county(), assess(county()))


def written(path: Path, *, plan: Plan | None, unit_code: str | None = None) -> Figures:
    figures = assess(county())
    reporting = Reporting(county(), figures, find(county(), figures), plan, STEPS)
    reporting.write_allocation(path, unit_code)
    return figures


def sheet_of(path: Path, title: str) -> dict[str, dict[str, object]]:
    """Return a table sheet as rows by their code or name, each cell by its heading."""
    rows = list(load_workbook(path, data_only=True)[title].iter_rows(values_only=True))
    top = next(n for n, row in enumerate(rows) if row[0] in {"Unit", "Unit code", "No."})
    heading = [str(cell) for cell in rows[top]]
    key = heading.index("Post code") if "Post code" in heading else 0
    return {str(row[key]): dict(zip(heading, row, strict=True)) for row in rows[top + 1 :]}


@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not on this machine")
@pytest.mark.parametrize("has_plan", [True, False])
def test_libreoffice_computes_what_is_stored(tmp_path: Path, has_plan: bool) -> None:
    path = tmp_path / "allocation.xlsx"
    written(path, plan=planned() if has_plan else None)

    stored, computed = cells(path), cells(recalculated(path, tmp_path))

    assert stored.keys() == computed.keys()
    for place, value in stored.items():
        if isinstance(value, int | float):
            assert math.isclose(value, computed[place], rel_tol=1e-9, abs_tol=1e-6), place  # type: ignore[arg-type]
        else:
            assert value == computed[place], place
            assert not str(value).startswith("#"), place


@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not on this machine")
def test_a_changed_cell_reaches_post_unit_and_band(tmp_path: Path) -> None:
    path, changed = tmp_path / "allocation.xlsx", tmp_path / "changed.xlsx"
    written(path, plan=None)
    workbook = load_workbook(path)
    matrix = workbook["矩阵·U1镇"]
    row = next(cell.row for cell in matrix["A"] if cell.value == "T1")
    column = next(cell.column for cell in matrix[1] if cell.value == "P1")
    matrix.cell(row, column).value = 10.0
    workbook.save(changed)

    out = recalculated(changed, tmp_path)

    post = sheet_of(out, POSTS)["P1"]
    assert post["Workload (h) · today"] == pytest.approx(10 / 0.93 + 100)
    assert post["Band · today"] == "under-loaded"
    before = sheet_of(path, "Summary")["U1"]["Workload (h) · today"]
    after = sheet_of(out, "Summary")["U1"]["Workload (h) · today"]
    assert float(str(before)) - float(str(after)) == pytest.approx(1990 / 0.93)


def test_today_is_what_the_method_says(tmp_path: Path) -> None:
    path = tmp_path / "today.xlsx"
    figures = written(path, plan=None)

    for code, row in sheet_of(path, POSTS).items():
        load = figures.posts[code].load
        assert row["Workload (h) · today"] == pytest.approx(load.workload_hours)
        assert row["Capacity (h) · today"] == pytest.approx(load.capacity_hours)
        assert row["Saturation · today"] == (
            "—" if load.saturation is None else pytest.approx(load.saturation)
        )
        assert row["Band · today"] == load.band.english
    total = sheet_of(path, "Summary")["None"]
    assert total["Workload (h) · today"] == pytest.approx(figures.county.load.workload_hours)
    assert total["Required today: A × B + C"] == pytest.approx(figures.county.load.required)


def test_the_plan_is_what_the_planner_says(tmp_path: Path) -> None:
    path = tmp_path / "plan.xlsx"
    plan = planned()
    written(path, plan=plan)

    rows = sheet_of(path, POSTS)
    for post in plan.posts:
        row = rows[post.post_code]
        assert row["Workload (h) · plan"] == pytest.approx(post.workload_after, abs=1e-3)
        assert row["Capacity (h) · plan"] == pytest.approx(post.capacity_after)
        assert row["People · today"] == sum(post.people_before.values())
        assert row["People · plan"] == sum(post.people_after.values())
    measures = sheet_of(path, "Measures")
    told = [because(measure, county()) for measure in plan.measures]
    assert [row["Because"] for row in measures.values()] == told


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_the_matrix_of_today_reads_back_as_no_change(tmp_path: Path, language: str) -> None:
    use_language(language)
    path = tmp_path / "today.xlsx"
    written(path, plan=None)

    result = read_workbooks([path], county())

    assert result.changes == ()
    assert {finding.severity for finding in result.findings} <= {Severity.NOTE}
    assert (result.added, result.changed, result.removed) == (0, 0, 0)


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_the_matrix_of_a_plan_changes_nothing_and_says_so(tmp_path: Path, language: str) -> None:
    use_language(language)
    path = tmp_path / "plan.xlsx"
    written(path, plan=planned())

    result = read_workbooks([path], county())

    assert result.changes == ()
    notes = [f.message for f in result.findings if f.sheet == "矩阵·U1镇"]
    assert notes == [
        _("This matrix shows the county after the plan's measures; nothing of it is read.")
    ]


def test_hours_typed_into_a_matrix_become_shares(tmp_path: Path) -> None:
    path = tmp_path / "typed.xlsx"
    written(path, plan=None)
    workbook = load_workbook(path)
    matrix = workbook["矩阵·U1镇"]
    row = next(cell.row for cell in matrix["A"] if cell.value == "T2")
    columns = {cell.value: cell.column for cell in matrix[1]}
    matrix.cell(row, columns["P2"]).value = None
    matrix.cell(row, columns["P1"]).value = "125 小时"
    workbook.save(path)

    result = read_workbooks([path], county())

    after = county().with_changes(result.changes).assignments
    assert [row for key, row in after.items() if key[:2] == ("U1", "T2")] == [
        Assignment("U1", "T2", "P1", 0.25)
    ]


def test_bad_hours_in_a_matrix_name_their_cell(tmp_path: Path) -> None:
    path = tmp_path / "bad.xlsx"
    written(path, plan=None)
    workbook = load_workbook(path)
    matrix = workbook["矩阵·U1镇"]
    rows = {cell.value: cell.row for cell in matrix["A"]}
    matrix.cell(rows["T2"], 5).value = 501
    matrix.cell(rows["T3"], 5).value = "30余"
    matrix.insert_rows(rows["T3"] + 1)
    matrix.cell(rows["T3"] + 1, 4).value = 7
    workbook.save(path)

    findings = read_workbooks([path], county()).findings

    assert [(f.cell, f.message) for f in findings if f.severity is Severity.ERROR] == [
        (f"E{rows['T2']}", "501 h are more than the 500 h this task has."),
        (f"E{rows['T3']}", "“30余” is only a rough number."),
        (f"D{rows['T3'] + 1}", "This row has hours but belongs to no task of the plan."),
    ]


def test_one_unit_alone(tmp_path: Path) -> None:
    path = tmp_path / "unit.xlsx"
    written(path, plan=planned(), unit_code="U2")

    assert list(sheet_of(path, POSTS)) == ["Q1"]
    assert [name for name in load_workbook(path).sheetnames if name.startswith("矩阵·")] != []
    with pytest.raises(UserError, match="no unit “U9”"):
        written(path, plan=None, unit_code="U9")


def test_the_sheets_speak_chinese(tmp_path: Path) -> None:
    use_language("zh_CN")
    path = tmp_path / "chinese.xlsx"
    written(path, plan=planned())

    names = load_workbook(path, read_only=True).sheetnames
    assert names[:11] == [
        "封面",
        "汇总",
        "图表",
        "岗位前后对比",
        "措施",
        "编制对照",
        "编制对照·分类别",
        "负担明细",
        "四要素体检",
        "体检得分",
        "依据",
    ]


def test_sheet_names_are_allowed_short_and_unique() -> None:
    names = ["甲/乙[丙]", "长" * 40, "长" * 41, "Ab", "aB", "'引号'", ""]
    titles = sheet_titles([(str(number), name) for number, name in enumerate(names)])

    assert len({title.casefold() for title in titles.values()}) == len(names)
    for title in titles.values():
        assert title.startswith("矩阵·") and len(title) <= 31
        assert not set(title) & set("[]:*?/\\") and not title.endswith("'")


def test_a_plan_of_an_older_county_shows_what_is_still_there(tmp_path: Path) -> None:
    path = tmp_path / "older.xlsx"
    plan = planned()
    stale = {("U1", "T9", "P1"): 500.0, ("U2", "T1", "P1"): 500.0, ("U1", "T1", "P9"): 500.0}
    written(path, plan=replace(plan, posts=plan.posts[1:], hours={**plan.hours, **stale}))

    rows = sheet_of(path, POSTS)
    assert list(rows) == [code for (code,) in county().posts]
    after = {post.post_code: post.workload_after for post in plan.posts}
    assert rows["P2"]["Workload (h) · plan"] == pytest.approx(after["P2"], abs=1e-3)


@pytest.mark.usefixtures("in_process")
@settings(
    max_examples=25,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(drawn=counties())
def test_any_matrix_reads_back_as_the_hours_it_was_written_from(
    drawn: County, tmp_path: Path
) -> None:
    county = replace(drawn.with_records(builders.small_county().records()), allowances={})
    path = tmp_path / "any.xlsx"
    figures = assess(county)
    Reporting(county, figures, find(county, figures), None).write_allocation(path)

    again = read_workbooks([path], county)
    anew = read_workbooks([path], replace(county, assignments={}))

    assert not again.is_blocked
    assert again.changes == ()
    assert not anew.is_blocked
    hours = assess(replace(county, assignments={}).with_changes(anew.changes)).hours
    wanted = {key: value for key, value in figures.hours.items() if value > 1e-6}
    found = {key: value for key, value in hours.items() if value > 1e-6}
    assert found == pytest.approx(wanted, rel=1e-9)
