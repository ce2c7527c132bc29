"""Tests of the rules on duties, tasks and orders: each where it speaks and where it is silent."""

from __future__ import annotations

from app.model.county import Duty
from app.model.findings import Place
from app.model.vocabulary import DutyList, Form, Role, Table, UnitKind
from tests.builders import assignment, duty, post, task, unit, volume
from tests.method.checks.checking import found, rules_of, sound


def test_two_leads() -> None:
    here = sound(assignment(share=0.5), post("P2"), assignment(post_code="P2", share=0.5))
    finding = found("two_leads", here)
    assert finding.message == "U1镇: “T1任务” has 2 leads (主办): P1岗, P2岗."
    assert finding.place == Place(Table.ASSIGNMENTS, ("U1", "T1", "P2"))
    assert (finding.unit_code, finding.subject) == ("U1", "T1")


def test_task_without_lead() -> None:
    assisted = sound(assignment(role=Role.ASSIST))
    assert found("task_without_lead", assisted).place == Place(
        Table.ASSIGNMENTS, ("U1", "T1", "P1")
    )
    assert "task_without_lead" not in rules_of(sound(assignment(role=None)))
    supporting = duty(list=DutyList.SUPPORTING, superior="县应急局")
    assert "task_without_lead" not in rules_of(sound(assignment(role=Role.ASSIST), supporting))


def test_duty_without_task() -> None:
    finding = found("duty_without_task", sound(duty("D2")))
    assert finding.place == Place(Table.DUTIES, ("D2",))
    assert "duty_without_task" not in rules_of(sound(duty("D2", list=DutyList.RECLAIMED)))


def test_reclaimed_duty_with_hours() -> None:
    finding = found("reclaimed_duty_with_hours", sound(duty(list=DutyList.RECLAIMED)))
    assert "1,700 h" in finding.message
    assert finding.place == Place(Table.VOLUMES, ("U1", "T1"))
    department = unit(kind=UnitKind.COUNTY_DEPARTMENT)
    assert "reclaimed_duty_with_hours" not in rules_of(
        sound(duty(list=DutyList.RECLAIMED), department)
    )


def supporting(**fields: str) -> Duty:
    texts = {"superior": "县应急局", "superior_duty": "牵头", "own_duty": "协助"}
    return duty(list=DutyList.SUPPORTING, **texts | fields)


def test_supporting_led_as_own() -> None:
    finding = found("supporting_led_as_own", sound(supporting()))
    assert finding.message == (
        "U1镇: P1岗 leads “T1任务” (主办), though 县应急局 answers for the supporting item"
        " “D1职责” (配合)."
    )
    assert finding.place == Place(Table.ASSIGNMENTS, ("U1", "T1", "P1"))
    several = found("supporting_led_as_own", sound(supporting(superior="县公安局；县卫健局")))
    assert "though 县公安局, 县卫健局 answers" in several.message
    for role in (Role.ASSIST, None):
        assert rules_of(sound(supporting(), assignment(role=role))) == set()
    department = unit(kind=UnitKind.COUNTY_DEPARTMENT)
    assert rules_of(sound(supporting(), department)) == set()
    assert (
        "the superior department"
        in found("supporting_led_as_own", sound(supporting(superior=""))).message
    )


def test_supporting_without_superior() -> None:
    finding = found("supporting_without_superior", sound(supporting(superior="")))
    assert finding.place == Place(Table.DUTIES, ("D1",))
    assert "supporting_without_superior" not in rules_of(sound(supporting()))
    assert "supporting_without_superior" not in rules_of(sound(duty(superior="")))


def test_supporting_without_division() -> None:
    finding = found("supporting_without_division", sound(supporting(own_duty="")))
    assert finding.message == "The supporting item “D1职责” leaves blank: 乡镇职责."
    both = found("supporting_without_division", sound(supporting(own_duty="", superior_duty="")))
    assert both.message.endswith("leaves blank: 上级部门职责, 乡镇职责.")
    assert "supporting_without_division" not in rules_of(sound(supporting()))


def test_duty_carried_by_nobody() -> None:
    listed = (duty("D2"), task("T2", "D2"))
    finding = found("duty_carried_by_nobody", sound(*listed))
    assert finding.place == Place(Table.DUTIES, ("D2",))
    assert "duty_without_task" not in rules_of(sound(*listed))
    carried = (volume(task_code="T2", volume=1.0), assignment(task_code="T2"))
    assert "duty_carried_by_nobody" not in rules_of(sound(*listed, *carried))
    reclaimed = (duty("D2", list=DutyList.RECLAIMED), task("T2", "D2"))
    assert "duty_carried_by_nobody" not in rules_of(sound(*reclaimed))


def test_task_carried_by_nobody() -> None:
    here = sound(task("T2"), volume(task_code="T2", volume=40.0))
    finding = found("task_carried_by_nobody", here)
    assert finding.message == "U1镇: nobody carries “T2任务” (40 h a year)."
    assert finding.place == Place(Table.VOLUMES, ("U1", "T2"))
    assert "shares_below_whole" not in rules_of(here)


def test_task_outside_list() -> None:
    here = sound(
        duty(list=DutyList.UNLISTED),
        unit("U2"),
        volume("U2", volume=40.0),
        task("T2"),
    )
    finding = found("task_outside_list", here)
    assert finding.message == (
        "“T1任务” belongs to no item of the list and takes 2 units 1,740 h a year."
    )
    assert (finding.unit_code, finding.place) == ("", Place(Table.TASKS, ("T1",)))


def test_duplicate_order() -> None:
    orders = (
        task(name="安全生产隐患排查整治台账", form=Form.LEDGER, ordered_by="县应急局"),
        task("T2", name="安全生产隐患排查治理工作台账", form=Form.LEDGER, ordered_by="县工信局"),
        volume(task_code="T2", volume=60.0),
        assignment(task_code="T2", post_code="P1"),
    )
    finding = found("duplicate_order", sound(*orders))
    assert finding.message == (
        "“安全生产隐患排查治理工作台账” (县工信局) asks for what “安全生产隐患排查整治台账”"
        " (县应急局) asks for already, alike by 100%; handing in once would save 1 units 60 h a"
        " year."
    )
    assert finding.place == Place(Table.TASKS, ("T2",))
