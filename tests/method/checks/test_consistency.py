"""Tests of the consistency scores: what is checked, and that the list adds up to the score."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from app.method.assessing import assess
from app.method.checks.checkup import find, link_of
from app.method.checks.consistency import scores
from app.model.county import County, Record
from app.model.findings import Place, Score
from app.model.vocabulary import DutyList, Link, Role, Table, UnitKind
from tests.builders import assignment, duty, establishment, post, task, unit, volume
from tests.method.checks.checking import sound
from tests.method.test_properties import counties


def scored(here: County) -> dict[tuple[str, Link], Score]:
    figures = assess(here)
    return {(row.unit_code, row.link): row for row in scores(here, figures, find(here, figures))}


def test_sound_county_scores_1_everywhere() -> None:
    rows = scored(sound()).values()
    assert [(row.link, row.checked, row.score) for row in rows] == [
        (Link.DUTY_TASK, 1, 1.0),
        (Link.TASK_WORKLOAD, 1, 1.0),
        (Link.WORKLOAD_HEADCOUNT, 3, 1.0),
    ]


def test_thing_with_two_findings_counts_once_and_lists_both() -> None:
    """T1 has two leads and 10 % too little shared out: one duty of two is not free."""
    rows: list[Record] = [
        post("P2"),
        assignment(share=0.5),
        assignment(post_code="P2", share=0.4),
        duty("D2"),
        task("T2", "D2"),
        volume(task_code="T2", volume=1.0),
        assignment(task_code="T2"),
    ]
    score = scored(sound(*rows))[("U1", Link.DUTY_TASK)]
    (flaw,) = score.flaws
    assert flaw.place == Place(Table.DUTIES, ("D1",))
    assert [finding.rule for finding in flaw.findings] == ["two_leads", "shares_below_whole"]
    assert (score.checked, score.score) == (2, 0.5)


def test_tasks_count_for_workload_and_posts_and_categories_for_headcount() -> None:
    rows = (
        volume(volume=900.0),
        task("T2", hours_each=None),
        volume(task_code="T2", volume=7.0),
        establishment(authorised=1.0, in_post=2.0, lent_out=1.0),
    )
    found = scored(sound(*rows))
    workload, headcount = found["U1", Link.TASK_WORKLOAD], found["U1", Link.WORKLOAD_HEADCOUNT]
    assert [flaw.place for flaw in workload.flaws] == [Place(Table.TASKS, ("T2",))]
    assert workload.score == 0.5
    assert [flaw.place for flaw in headcount.flaws] == [
        Place(Table.POSTS, ("P1",)),
        Place(Table.ESTABLISHMENT, ("U1", "行政")),
    ]
    assert headcount.score == pytest.approx(1 / 3)


def test_finding_about_no_unit_counts_where_the_thing_is() -> None:
    rows = (
        duty("D2", list=DutyList.UNLISTED),
        task("T2", "D2"),
        task("T3", "D2"),
        unit("U2"),
        unit("U3"),
        volume("U2", "T2", 5.0),
        volume("U3", "T3", 0.0),
        duty("D4"),
    )
    found = scored(sound(*rows))
    flawed = {
        code: {flaw.place.key[0] for flaw in found[code, Link.DUTY_TASK].flaws}
        for code in ("U1", "U2", "U3")
    }
    assert flawed == {"U1": {"D4"}, "U2": {"D2", "D4"}, "U3": {"D4"}}


def test_department_answers_for_its_own_tasks_only_and_may_have_nothing_to_check() -> None:
    found = scored(sound(duty("D2"), unit("U2", kind=UnitKind.COUNTY_DEPARTMENT)))
    assert found["U1", Link.DUTY_TASK].checked == 2
    assert found["U2", Link.DUTY_TASK].checked == 0
    assert found["U2", Link.DUTY_TASK].score is None


def test_findings_about_inputs_weaken_no_link() -> None:
    here = sound(task(profile="无此季节"), assignment(role=Role.ASSIST))
    found = scored(here)
    assert found["U1", Link.DUTY_TASK].score == found["U1", Link.TASK_WORKLOAD].score == 0


@given(counties)
@settings(max_examples=40)
def test_list_adds_up_to_the_score_and_holds_every_finding_of_its_link(here: County) -> None:
    figures = assess(here)
    findings = find(here, figures)
    rows = scores(here, figures, findings)
    assert {(row.unit_code, row.link) for row in rows} == {
        (code, link) for (code,) in here.units for link in Link
    }
    for row in rows:
        assert len({flaw.place for flaw in row.flaws}) == len(row.flaws) <= row.checked
        if row.checked:
            assert row.score == (row.checked - len(row.flaws)) / row.checked
        listed = [finding for flaw in row.flaws for finding in flaw.findings]
        own = [
            finding
            for finding in findings
            if finding.unit_code == row.unit_code and link_of(finding.rule) is row.link
        ]
        assert [finding for finding in own if finding not in listed] == []
        assert {link_of(finding.rule) for finding in listed} <= {row.link}
