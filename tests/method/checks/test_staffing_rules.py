"""Tests of the rules on posts and headcount: each where it speaks and where it is silent."""

from __future__ import annotations

from app.model.county import Record
from app.model.findings import Place
from app.model.vocabulary import Severity, Table, UnitKind
from tests.builders import (
    assignment,
    duty,
    establishment,
    policy,
    post,
    staffing,
    task,
    unit,
    volume,
)
from tests.method.checks.checking import found, rules_of, sound


def test_severely_overloaded() -> None:
    finding = found("severely_overloaded", sound(volume(volume=2676.0)))
    assert "150%, 2,676 h of work on 1,784 h of capacity" in finding.message
    assert finding.place == Place(Table.POSTS, ("P1",))


def test_overloaded() -> None:
    assert found("overloaded", sound(volume(volume=2000.0))).severity is Severity.NOTE


def test_under_loaded() -> None:
    assert found("under_loaded", sound(volume(volume=1000.0))).severity is Severity.NOTE


def test_work_without_people() -> None:
    here = sound(staffing(on_duty=0.0))
    assert found("work_without_people", here).message == (
        "U1镇: 1,700 h a year lie on P1岗, where nobody is on duty."
    )
    assert "work_without_people" not in rules_of(sound(post("P2")))


def test_too_many_duties() -> None:
    rows: list[Record] = []
    for number in range(2, 10):
        rows += [
            duty(f"D{number}"),
            task(f"T{number}", f"D{number}"),
            volume(task_code=f"T{number}", volume=1.0),
            assignment(task_code=f"T{number}"),
        ]
    finding = found("too_many_duties", sound(*rows))
    assert finding.message == (
        "U1镇: P1岗 bundles 9 duties on 1 people, 9.0 each; the policy allows 8."
    )
    assert finding.place == Place(Table.POSTS, ("P1",))
    for relief in (policy("max_duties_per_person", "9"), staffing(on_duty=2.0)):
        assert "too_many_duties" not in rules_of(sound(*rows, relief))
    half = (staffing(on_duty=0.5), policy("max_duties_per_person", "9"))
    assert "too_many_duties" not in rules_of(sound(*rows, *half))


def test_able_above_peers() -> None:
    """P1 has 2,400 h on 1,784 × 1.2, P2 1,700 on 1,784: 112 % against 95 %."""
    rows = (
        post(ability=1.2),
        volume(volume=2400.0),
        post("P2"),
        staffing("P2"),
        task("T2"),
        volume(task_code="T2", volume=1700.0),
        assignment(task_code="T2", post_code="P2"),
    )
    finding = found("able_above_peers", sound(*rows))
    assert finding.message == (
        "U1镇: P1岗 works faster than most (ability 1.2) and is at 112%, its less able peers at"
        " 95%."
    )
    for other in (
        post(ability=1.0),
        post("P2", ability=1.2),
        volume(volume=2100.0),
        volume(task_code="T2", volume=1900.0),
    ):
        assert "able_above_peers" not in rules_of(sound(*rows, other))


def test_vacant() -> None:
    finding = found("vacant", sound(establishment(authorised=4.0, in_post=1.0, reserved=1.0)))
    assert finding.message == "U1镇: 2 of 4 authorised places of 行政 are vacant."
    assert finding.place == Place(Table.ESTABLISHMENT, ("U1", "行政"))
    taken = establishment(authorised=3.0, in_post=1.0, reserved=1.0, pending=1.0)
    for silent in (taken, establishment(in_post=1.0)):
        assert "vacant" not in rules_of(sound(silent))


def test_too_few_officers() -> None:
    licence = ("行政执法证",)
    asked = (task(qualifications=licence), post(qualifications=licence))
    finding = found("too_few_officers", sound(*asked))
    assert finding.message == (
        "U1镇: “T1任务” needs two officers with 行政执法证, and there are 1."
    )
    assert finding.place == Place(Table.UNITS, ("U1",))
    helpers = (*asked, staffing(category="编外", on_duty=3.0))
    assert "too_few_officers" in rules_of(sound(*helpers))
    assert "too_few_officers" not in rules_of(sound(*asked, staffing(on_duty=2.0)))
    assert "too_few_officers" not in rules_of(sound(task(qualifications=("初级会计资格",))))
    assert "too_few_officers" not in rules_of(sound(*asked, volume(volume=0.0)))


def test_delegated_without_people() -> None:
    """1,900 h on one person of 1,784 h: 106.5 %, the work of 1.1 people."""
    handed_down = duty(basis="赋权下放事项目录")
    finding = found("delegated_without_people", sound(handed_down, volume(volume=1900.0)))
    assert finding.message == (
        "U1镇: the duty “D1职责”, handed down by the county, brings 1,900 h a year, the work of"
        " 1.1 people, to posts that are at 107%."
    )
    assert finding.place == Place(Table.ASSIGNMENTS, ("U1", "T1", "P1"))
    assert finding.subject == "D1"
    empty = found("delegated_without_people", sound(handed_down, staffing(on_duty=0.0)))
    assert empty.message.endswith("the work of 1.0 people, to posts where nobody is on duty.")
    for silent in (
        sound(handed_down),
        sound(volume(volume=1900.0)),
        sound(handed_down, volume(volume=1900.0), unit(kind=UnitKind.COUNTY_DEPARTMENT)),
        sound(handed_down, volume(volume=1900.0), policy("target_saturation", "1.1")),
    ):
        assert "delegated_without_people" not in rules_of(silent)


def test_over_strength() -> None:
    finding = found("over_strength", sound(establishment(authorised=1.0, in_post=2.0)))
    assert finding.message == "U1镇: 2 people of 行政 in post, 1 authorised."
    assert finding.place == Place(Table.ESTABLISHMENT, ("U1", "行政"))
    assert "over_strength" not in rules_of(sound(establishment(in_post=2.0)))


def test_people_disagree() -> None:
    here = sound(establishment(authorised=2.0, in_post=2.0, lent_out=0.5))
    finding = found("people_disagree", here)
    assert finding.message == (
        "U1镇: 1 people of 行政 on the posts, 1.5 on duty by the establishment."
    )
    assert "people_disagree" not in rules_of(sound(establishment(authorised=2.0)))
