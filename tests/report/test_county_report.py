"""Pages: the PDF holds what it has to say, in our font, and the brief stays one page."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from app.errors import UserError
from app.language import use_language
from app.method.assessing import assess
from app.method.checks.checkup import find
from app.model.county import County
from app.model.plan import Plan
from app.model.vocabulary import Outcome
from app.report.pages.county_report import MOST_MEASURES
from app.report.pages.document import ReportColumn
from app.report.pages.pdf_pages import table
from app.report.pages.writing import write_report
from tests import builders
from tests.report.plans import measure, small_plan

needs_poppler = pytest.mark.skipif(shutil.which("pdftotext") is None, reason="no pdftotext")


def written(path: Path, county: County, *, plan: Plan | None, unit_code: str | None = None) -> Path:
    figures = assess(county)
    findings = find(county, figures)
    write_report(
        path, county=county, figures=figures, findings=findings, plan=plan, unit_code=unit_code
    )
    return path


def pages(path: Path) -> int:
    return len(re.findall(rb"/Type /Page\b", path.read_bytes()))


def said(path: Path) -> str:
    shown = subprocess.run(
        ["pdftotext", "-raw", str(path), "-"], capture_output=True, check=True
    ).stdout.decode()
    return re.sub(r"\s+", "", shown)


@pytest.fixture
def county() -> County:
    return builders.small_county()


@pytest.fixture
def plan(county: County) -> Plan:
    return small_plan(assess(county))


@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.parametrize("unit_code", [None, "U1"])
def test_report_is_a_pdf_with_our_font_embedded(
    tmp_path: Path, county: County, plan: Plan, language: str, unit_code: str | None
) -> None:
    use_language(language)
    path = written(tmp_path / "报告.pdf", county, plan=plan, unit_code=unit_code)
    content = path.read_bytes()
    assert content.startswith(b"%PDF") and b"%%EOF" in content[-10:]
    assert b"HengbianSans-Regular" in content and b"/FontFile2" in content
    assert b"/BaseFont /Helvetica" not in content
    assert [item.name for item in tmp_path.iterdir()] == ["报告.pdf"]


@needs_poppler
def test_county_report_says_facts_assumptions_goals_and_findings(
    tmp_path: Path, county: County, plan: Plan
) -> None:
    use_language("zh_CN")
    text = said(written(tmp_path / "r.pdf", county, plan=plan))
    for phrase in (
        "岗位工作量与编制测算报告",
        "饱和度70%：3个岗位中1个超饱和",
        "1,784小时",
        "默认分档（80／100／120）",
        "任务2,600小时=已分配2,500+未落实100",
        "全部规则和目标已独立复算，均成立。",
        "“T1任务”400小时由“U1镇·党政办·P1岗”转给“P2岗”。",
        "四要素体检",
        "第1页，共",
    ):
        assert phrase in text


@needs_poppler
def test_report_without_a_plan_says_so(tmp_path: Path, county: County) -> None:
    text = said(written(tmp_path / "r.pdf", county, plan=None))
    assert "Noplanhasbeencomputedyet." in text


@needs_poppler
def test_conflicts_of_a_blocked_plan_are_printed(
    tmp_path: Path, county: County, plan: Plan
) -> None:
    blocked = replace(plan, outcome=Outcome.BLOCKED, measures=(), conflicts=("max < min",))
    text = said(written(tmp_path / "r.pdf", county, plan=blocked))
    assert "Conflict:max<min" in text


@needs_poppler
def test_measures_beyond_the_printed_ones_are_counted(tmp_path: Path, county: County) -> None:
    rows = [measure(rank) for rank in range(1, MOST_MEASURES + 3)]
    path = written(tmp_path / "r.pdf", county, plan=small_plan(assess(county), *rows))
    assert "2moremeasuresstandintheallocationworkbook." in said(path)


def test_brief_is_one_page_however_long_its_words_are(tmp_path: Path, county: County) -> None:
    rows = [measure(rank, because="因为" * 400, needs="需要" * 200) for rank in range(1, 9)]
    plan = small_plan(assess(county), *rows)
    assert pages(written(tmp_path / "b.pdf", county, plan=plan, unit_code="U1")) == 1


@needs_poppler
def test_brief_names_worst_posts_measures_and_requests(
    tmp_path: Path, county: County, plan: Plan
) -> None:
    text = said(written(tmp_path / "b.pdf", county, plan=plan, unit_code="U1"))
    assert "U1镇:loadandproposals" in text
    assert "党政办·P1岗11.1112%overloadedT1任务(2,000h)" in text
    assert 'Hand400hof"T1任务"' in text
    assert "theunitcandecideallofitsmeasuresbyitself" in text


def test_user_text_is_no_markup_and_rare_characters_are_printed(
    tmp_path: Path, county: County, plan: Plan
) -> None:
    odd = builders.small_county(builders.unit("U1", name="<b>龘&镇</i>"))
    assert pages(written(tmp_path / "b.pdf", odd, plan=plan, unit_code="U1")) == 1


def test_an_empty_county_has_a_report(tmp_path: Path) -> None:
    assert pages(written(tmp_path / "r.pdf", builders.county(), plan=None)) == 1


def test_a_unit_that_is_not_there_is_refused(tmp_path: Path, county: County) -> None:
    with pytest.raises(UserError, match="There is no unit U9"):
        written(tmp_path / "r.pdf", county, plan=None, unit_code="U9")


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path, county: County) -> None:
    with pytest.raises(UserError, match="There is no folder"):
        written(tmp_path / "no" / "r.pdf", county, plan=None)


def test_columns_hold_the_longest_word_of_their_titles() -> None:
    narrow = table([ReportColumn("Saturation", 0.1), ReportColumn("x", 10)], [["1", "2"]])
    heading = narrow._cellvalues[0][0]
    heading.wrap(narrow._colWidths[0] - 8, 100)
    assert len(heading.blPara.lines) == 1
