"""The sample county: its size, its consistency, its load, its flaws, and the committed workbook."""

from __future__ import annotations

from collections import Counter, defaultdict
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from app.method.assessing import assess
from app.method.checks.checkup import RULES, find
from app.model.county import Assignment, County
from app.model.figures import Figures
from app.model.findings import Finding
from app.model.settings import read_policy
from app.model.vocabulary import Band, DutyList, Severity, UnitKind
from app.workbooks.importing import read_workbooks
from app.workbooks.standard.exporting import write_standard
from resources.sample import flaws
from resources.sample.generate import WORKBOOK, sample_county

LEFT_TO_THE_IMPORT = {
    "shares_above_whole",
    "unit_time_missing",
    "assignment_without_volume",
    "assignment_to_other_unit",
    "season_unknown",
    "scope_unknown",
    "seniority_of_nobody",
}
"""Slips that the import refuses or remarks on, or that only a wrong key makes."""

BANDS = {"severely_overloaded", "overloaded", "under_loaded"}


@pytest.fixture(scope="module")
def county() -> County:
    return sample_county()


@pytest.fixture(scope="module")
def figures(county: County) -> Figures:
    return assess(county)


@pytest.fixture(scope="module")
def findings(county: County, figures: Figures) -> tuple[Finding, ...]:
    return find(county, figures)


def cells(path: Path) -> dict[str, list[list[object]]]:
    book = CalamineWorkbook.from_path(path)
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def carriers(county: County) -> dict[tuple[str, str], list[Assignment]]:
    rows: dict[tuple[str, str], list[Assignment]] = defaultdict(list)
    for row in county.assignments.values():
        rows[(row.unit_code, row.task_code)].append(row)
    return rows


def task_named(county: County, name: str) -> str:
    (code,) = [task.task_code for task in county.tasks.values() if task.name == name]
    return code


def test_committed_workbook_is_what_the_script_makes(county: County, tmp_path: Path) -> None:
    write_standard(county, tmp_path / "again.xlsx")
    assert cells(WORKBOOK) == cells(tmp_path / "again.xlsx")


def test_every_run_makes_the_same_county(county: County) -> None:
    assert county.changes_to(sample_county()) == []


def test_import_gives_the_county_back_without_a_remark(county: County) -> None:
    imported = read_workbooks([WORKBOOK], County())
    assert imported.findings == ()
    assert County().with_changes(imported.changes).changes_to(county) == []


def test_size_is_that_of_a_county(county: County) -> None:
    kinds = Counter(unit.kind for unit in county.units.values())
    assert kinds == {
        UnitKind.STREET: 3,
        UnitKind.TOWN: 8,
        UnitKind.RURAL_TOWNSHIP: 5,
        UnitKind.COUNTY_DEPARTMENT: 4,
    }
    assert Counter(duty.list for duty in county.duties.values()) == {
        DutyList.CORE: 117,
        DutyList.SUPPORTING: 99,
        DutyList.RECLAIMED: 124,
        DutyList.UNLISTED: 6,
    }


def test_units_have_the_posts_offices_and_people_of_real_ones(county: County) -> None:
    people: Counter[str] = Counter()
    for staffing in county.staffing.values():
        people[county.posts[(staffing.post_code,)].unit_code] += int(staffing.on_duty)
    for unit in county.units.values():
        posts = [post for post in county.posts.values() if post.unit_code == unit.unit_code]
        offices = {post.office for post in posts}
        if unit.kind is UnitKind.COUNTY_DEPARTMENT:
            assert len(posts) == 12
            assert 20 <= people[unit.unit_code] <= 40
            continue
        tasks = [row for row in county.volumes.values() if row.unit_code == unit.unit_code]
        assert 30 <= len(posts) <= 60
        assert 8 <= len(offices) <= 14
        assert 60 <= people[unit.unit_code] <= 150
        assert len(tasks) >= 200


def test_headcount_stays_within_what_townships_have(county: County) -> None:
    for row in county.establishment.values():
        kind = county.units[(row.unit_code,)].kind
        if kind is UnitKind.COUNTY_DEPARTMENT or row.category not in {"行政", "事业"}:
            continue
        low, high = (20, 40) if row.category == "行政" else (30, 60)
        assert row.authorised is not None
        assert low <= row.authorised <= high


def test_no_duty_task_or_post_of_a_unit_is_named_twice(county: County) -> None:
    names = [
        *(("duty", duty.name) for duty in county.duties.values()),
        *(("task", task.name) for task in county.tasks.values()),
        *((post.unit_code, post.title) for post in county.posts.values()),
    ]
    assert [name for name, times in Counter(names).items() if times > 1] == []


def test_every_code_and_season_resolves(county: County) -> None:
    assert {task.duty_code for task in county.tasks.values()} <= {key[0] for key in county.duties}
    for volume in county.volumes.values():
        assert (volume.unit_code,) in county.units
        assert (volume.task_code,) in county.tasks
    for row in county.assignments.values():
        assert (row.unit_code, row.task_code) in county.volumes
        assert county.posts[(row.post_code,)].unit_code == row.unit_code
    used = {task.profile for task in county.tasks.values()} - {""}
    assert used == {name for (name,) in county.profiles}
    for profile in county.profiles.values():
        assert sum(profile.shares) == pytest.approx(1, abs=1e-9)


def test_shares_are_whole_but_where_a_flaw_says_so(county: County) -> None:
    broken = {place[:2] for place in (*flaws.CARRIED_BY_NOBODY, *flaws.CARRIED_IN_PART)}
    shared = carriers(county)
    for key in county.volumes:
        total = sum(row.share for row in shared[(key[0], key[1])])
        is_flaw = (key[0], county.tasks[(key[1],)].name) in broken
        assert (total == pytest.approx(1)) is not is_flaw


def test_posts_hold_what_their_tasks_ask_for(county: County) -> None:
    for row in county.assignments.values():
        asked = set(county.tasks[(row.task_code,)].qualifications)
        assert asked <= set(county.posts[(row.post_code,)].qualifications)


def test_unit_times_lie_within_their_range(county: County) -> None:
    for task in county.tasks.values():
        if task.evidence is None:
            assert task.hours_low is task.hours_high is None
            continue
        assert task.hours_low is not None
        assert task.hours_each is not None
        assert task.hours_high is not None
        assert 0 < task.hours_low <= task.hours_each <= task.hours_high


def test_volumes_are_whole_numbers(county: County) -> None:
    assert all(row.volume.is_integer() and row.volume > 0 for row in county.volumes.values())


def test_policy_is_readable(county: County) -> None:
    policy = read_policy((row.name, row.value) for row in county.policy.values())
    assert policy.pool == {"事业": 6.0}
    assert policy.max_temporaries == 0


def test_load_is_that_of_a_county_worth_planning(figures: Figures) -> None:
    bands = Counter(post.load.band for post in figures.posts.values())
    total = len(figures.posts)
    assert figures.county.load.saturation == pytest.approx(0.975, abs=0.025)
    assert 0.20 <= (bands[Band.OVER] + bands[Band.SEVERE]) / total <= 0.30
    assert 0.03 <= bands[Band.SEVERE] / total <= 0.06
    assert 0.05 <= bands[Band.UNDER] / total <= 0.15
    assert bands[Band.NO_DATA] == 0


def test_one_township_is_overloaded_and_one_has_room(county: County, figures: Figures) -> None:
    loads = sorted(
        (figures.units[unit.unit_code].load.saturation or 0.0, unit.name)
        for unit in county.units.values()
        if unit.kind is not UnitKind.COUNTY_DEPARTMENT
    )
    assert loads[0][1] == "岩背乡"
    assert loads[0][0] < 0.85
    assert loads[-1][1] == "城关街道"
    assert loads[-1][0] > 1.05


@pytest.mark.parametrize(
    ("task", "months"),
    [
        ("汛期巡查和值守", range(5, 10)),
        ("秸秆禁烧值守和巡查", (6, 10)),
        ("兵役登记和征兵宣传、走访调查", (2, 3, 8, 9)),
    ],
)
def test_seasonal_posts_peak_in_their_season(
    county: County, figures: Figures, task: str, months: range | tuple[int, ...]
) -> None:
    code = task_named(county, task)
    leads = [rows[0] for (_unit, name), rows in carriers(county).items() if name == code]
    peaks = [figures.posts[row.post_code].load.peak_month for row in leads]
    assert len(peaks) >= 12
    assert sum(peak in months for peak in peaks) >= 0.75 * len(peaks)


def test_no_finding_blocks(findings: tuple[Finding, ...]) -> None:
    assert [item for item in findings if item.severity is Severity.ERROR] == []


def test_the_planted_flaws_are_found(findings: tuple[Finding, ...], county: County) -> None:
    found = {(item.rule, item.unit_code, item.subject) for item in findings}
    by_task = {
        "task_carried_by_nobody": flaws.CARRIED_BY_NOBODY,
        "shares_below_whole": flaws.CARRIED_IN_PART,
        "two_leads": flaws.TWO_LEADS,
        "supporting_led_as_own": flaws.LED_AS_ITS_OWN,
        "unit_time_far_longer": flaws.FAR_LONGER,
        "task_without_lead": flaws.NO_LEAD,
        "reclaimed_duty_with_hours": flaws.STILL_RECLAIMED,
    }
    for rule, places in by_task.items():
        for unit_code, name, *_more in places:
            assert (rule, unit_code, task_named(county, name)) in found
    rules = Counter(rule for rule, _unit, _subject in found)
    assert rules["duty_without_task"] == 1
    assert rules["work_without_people"] == len(flaws.EMPTY_POSTS)
    assert rules["people_disagree"] == len(flaws.PEOPLE_DISAGREE)
    assert rules["over_strength"] == len(flaws.OVER_STRENGTH)
    assert rules["able_above_peers"] == len(flaws.ABLE)


@pytest.mark.parametrize(
    "rule", sorted({rule.__name__ for rule in RULES} - LEFT_TO_THE_IMPORT - BANDS)
)
def test_the_check_up_has_an_instance_to_show(findings: tuple[Finding, ...], rule: str) -> None:
    assert 1 <= sum(item.rule == rule for item in findings) <= 50


def test_what_the_import_asks_about_is_not_in_the_sample(findings: tuple[Finding, ...]) -> None:
    assert {item.rule for item in findings} & LEFT_TO_THE_IMPORT == set()
    assert {rule.__name__ for rule in RULES} >= LEFT_TO_THE_IMPORT | BANDS


def test_two_unit_times_have_no_evidence(county: County) -> None:
    assert [task.name for task in county.tasks.values() if task.evidence is None] == [
        "古树名木巡查",
        "流动加油和废品收购点排查",
    ]


def test_nobody_outside_the_establishment_does_officer_only_work_alone(county: County) -> None:
    crews: dict[str, set[str]] = defaultdict(set)
    for entry in county.staffing.values():
        if entry.on_duty > 0:
            crews[entry.post_code].add(entry.category)
    working = {
        row.post_code
        for row in county.assignments.values()
        if county.tasks[(row.task_code,)].is_officer_only
    }
    crews_at_work = [crews[code] for code in working if crews[code]]
    assert len(crews_at_work) > 100
    assert all(crew & {"行政", "事业"} for crew in crews_at_work)
