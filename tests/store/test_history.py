"""The history: undo and redo of anything, in order, across restarts, without losing a step."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.errors import BlockedByData
from app.model.county import Change, County
from app.model.vocabulary import Table
from app.store.file import PlanFile
from app.store.records.history import RowChange, pack, unpack
from tests import builders
from tests.store.steps import added, altered, kept_plan, removed, reopened, rows_in_order, set_share


def test_undo_and_redo_are_steps_about_a_step(plan_file: PlanFile) -> None:
    set_share(plan_file, 0.5)
    undone, redone = plan_file.undo(), plan_file.redo()
    assert (undone.kind, undone.target, undone.label) == ("undo", 2, "份额 0.5")
    assert (redone.kind, redone.target, redone.label) == ("redo", 2, "份额 0.5")
    assert undone.tables == redone.tables == {Table.ASSIGNMENTS}
    assert [step.number for step in plan_file.steps()] == [1, 2, 3, 4]


def test_undo_restores_a_deleted_row_at_its_place(plan_file: PlanFile, document: Path) -> None:
    before = rows_in_order(plan_file.county)
    plan_file.apply("删除", removed([plan_file.county.volumes[("U1", "T2")]]))
    plan_file.undo()
    plan_file.save()
    assert rows_in_order(plan_file.county) == before
    assert rows_in_order(reopened(document)) == before


def test_import_and_kept_plan_are_undone_and_redone(plan_file: PlanFile) -> None:
    imported = plan_file.county
    plan_file.plans.keep("保存方案", kept_plan())
    assert plan_file.undo().label == "保存方案"
    assert plan_file.plans.ids() == ()
    plan_file.undo()
    assert plan_file.county == County()
    plan_file.redo()
    assert rows_in_order(plan_file.county) == rows_in_order(imported)
    plan_file.redo()
    assert plan_file.plans.named(kept_plan().plan_id) == kept_plan()
    assert plan_file.verify() == ()


def test_undo_and_redo_survive_a_restart(plan_file: PlanFile, document: Path) -> None:
    set_share(plan_file, 0.5)
    set_share(plan_file, 0.25)
    plan_file.undo()
    plan_file.save()
    plan_file.close()
    with closing(PlanFile.open(document)) as again:
        assert (again.undo_label, again.redo_label) == ("份额 0.5", "份额 0.25")
        again.redo()
        assert again.county.assignments[("U1", "T1", "P1")].share == 0.25
        again.undo()
        again.undo()
        assert again.county.assignments[("U1", "T1", "P1")].share == 1.0
        assert (again.undo_label, again.redo_label) == ("导入", "份额 0.5")


def test_new_step_ends_redo_but_the_record_keeps_what_was_undone(plan_file: PlanFile) -> None:
    set_share(plan_file, 0.5)
    plan_file.undo()
    set_share(plan_file, 0.25)
    assert plan_file.redo_label is None
    with pytest.raises(BlockedByData, match="nothing to redo"):
        plan_file.redo()
    labels = [step.label for step in plan_file.steps()]
    assert labels == ["导入", "份额 0.5", "份额 0.5", "份额 0.25"]


def test_nothing_to_undo_is_a_sentence(document: Path) -> None:
    with closing(PlanFile.create(document)) as plan_file:
        assert (plan_file.undo_label, plan_file.redo_label) == (None, None)
        with pytest.raises(BlockedByData, match="nothing to undo"):
            plan_file.undo()


def test_packed_changes_come_back() -> None:
    changes = (
        RowChange("policy", 3, None, ("scope", "单位")),
        RowChange("categories", 1, ("行政",), None),
        RowChange("policy", 4, ("a", "1"), ("a", "2")),
    )
    assert sorted(unpack(pack(changes)), key=lambda change: (change.table, change.position)) == [
        changes[1],
        changes[0],
        changes[2],
    ]


def test_packed_changes_of_another_shape_are_refused() -> None:
    columns = b'["policy",["name","value"],'
    for packed in (
        b"",
        b"{}{}",
        b"[1]",
        b"\xff",
        b'[["policy",["name"],[[1,null,["a"]]]]]',
        b'[["nothing",["name"],[[1,null,["a"]]]]]',
        b"[" + columns + b'[[1,null,["a"]]]]]',
        b"[" + columns + b"[[1,null,null]]]]",
        b"[" + columns + b'[["1",null,["a","b"]]]]]',
        b"[" + columns + b"[[1,null]]]]",
    ):
        with pytest.raises(ValueError):
            unpack(packed)
    assert unpack(b"[" + columns + b'[[1,null,["a","b"]]]]]')[0].after == ("a", "b")


CODES = st.sampled_from(["A", "B", "C", "D"])
ACTIONS = st.one_of(
    st.tuples(st.just("duty"), CODES, CODES),
    st.tuples(st.just("task"), CODES, CODES),
    st.tuples(st.just("remove"), CODES, CODES),
    st.tuples(st.just("undo"), CODES, CODES),
    st.tuples(st.just("redo"), CODES, CODES),
    st.tuples(st.just("restart"), CODES, CODES),
)


def duty_changes(county: County, code: str, name: str) -> list[Change]:
    """Rename a duty, or add it."""
    present = county.duties.get((code,))
    if present is None:
        return added([builders.duty(code, name=name)])
    return [altered(present, name=name)] if present.name != name else []


def task_changes(county: County, code: str, duty_code: str) -> list[Change]:
    """Move a task to another duty, or add it together with the duty."""
    changes = added([builders.duty(duty_code)]) if (duty_code,) not in county.duties else []
    present = county.tasks.get((code,))
    if present is None:
        return [*changes, *added([builders.task(code, duty_code)])]
    return [*changes, altered(present, duty_code=duty_code)]


def removal_changes(county: County, code: str, _other: str) -> list[Change]:
    """Remove a duty with its tasks."""
    tasks = [task for task in county.tasks.values() if task.duty_code == code]
    duties = [county.duties[(code,)]] if (code,) in county.duties else []
    return removed([*tasks, *duties])


CHANGES: dict[str, Any] = {
    "duty": duty_changes,
    "task": task_changes,
    "remove": removal_changes,
}


@settings(max_examples=25)
@given(st.lists(ACTIONS, max_size=14))
def test_undo_and_redo_of_any_sequence_restore_every_row(actions: list[Any]) -> None:
    """A model with a list of states: undo and redo walk along it, a new step cuts it off."""
    with TemporaryDirectory() as folder:
        document = Path(folder) / "plan.hengbian"
        plan_file = PlanFile.create(document)
        states, place, steps = [rows_in_order(County())], 0, 0
        for name, code, other in actions:
            if name == "restart":
                plan_file.save()
                plan_file.close()
                plan_file = PlanFile.open(document)
            elif name in {"undo", "redo"}:
                next_place = place - 1 if name == "undo" else place + 1
                if 0 <= next_place < len(states):
                    place, steps = next_place, steps + 1
                    plan_file.undo() if name == "undo" else plan_file.redo()
            else:
                changes = CHANGES[name](plan_file.county, code, other)
                if any(change.before != change.after for change in changes):
                    plan_file.apply(name, changes)
                    states = [*states[: place + 1], rows_in_order(plan_file.county)]
                    place, steps = place + 1, steps + 1
            assert rows_in_order(plan_file.county) == states[place]
        while plan_file.undo_label is not None:
            plan_file.undo()
            place, steps = place - 1, steps + 1
            assert rows_in_order(plan_file.county) == states[place]
        while plan_file.redo_label is not None:
            plan_file.redo()
            place, steps = place + 1, steps + 1
            assert rows_in_order(plan_file.county) == states[place]
        assert place == len(states) - 1
        assert plan_file.verify() == ()
        assert len(plan_file.steps()) == steps
        plan_file.save()
        plan_file.close()
        assert rows_in_order(reopened(document)) == states[-1]
