"""The plan file: what a step stores, what it refuses, and what a document holds."""

from __future__ import annotations

import math
import shutil
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from app.errors import BlockedByData, ReadOnlyPlan, UnreadableFile, UserError
from app.model.county import Change, County, Profile
from app.model.vocabulary import Form, Table
from app.store.file import PlanFile
from tests import builders
from tests.store.steps import added, altered, kept_plan, removed, reopened, rows_in_order, set_share


def test_new_plan_file_is_an_empty_saved_document(document: Path) -> None:
    with closing(PlanFile.create(document)) as plan_file:
        assert (plan_file.path, plan_file.is_modified) == (document, False)
        assert plan_file.county == County()
        assert plan_file.steps() == ()
    assert reopened(document) == County()


def test_create_refuses_a_name_that_is_taken(document: Path) -> None:
    document.write_text("something else")
    with pytest.raises(UserError, match="already a file"):
        PlanFile.create(document)
    assert document.read_text() == "something else"


def test_document_holds_every_table_in_order(plan_file: PlanFile, document: Path) -> None:
    rest = (builders.working_time(), builders.profile(), builders.policy("scope", "unit"))
    allowances = (builders.category_allowance(), builders.individual_allowance())
    plan_file.apply("其余", added((*rest, *allowances)))
    plan_file.save()
    assert rows_in_order(reopened(document)) == rows_in_order(plan_file.county)
    assert all(rows_in_order(plan_file.county).values())


def test_step_says_who_when_and_what(plan_file: PlanFile) -> None:
    step = set_share(plan_file, 0.5)
    assert (step.number, step.kind, step.label, step.target) == (2, "do", "份额 0.5", None)
    assert (step.tables, step.row_count) == (frozenset({Table.ASSIGNMENTS}), 1)
    assert step.time.endswith("+00:00") and " @ " in step.who
    assert step.previous == plan_file.steps()[0].digest
    assert plan_file.steps()[1] is step


def test_unsaved_steps_make_it_modified(plan_file: PlanFile) -> None:
    assert not plan_file.is_modified
    set_share(plan_file, 0.5)
    assert plan_file.is_modified
    plan_file.save()
    assert not plan_file.is_modified
    plan_file.undo()
    assert plan_file.is_modified


def test_untouched_tables_and_rows_stay_the_same_objects(plan_file: PlanFile) -> None:
    before = plan_file.county
    set_share(plan_file, 0.5)
    assert plan_file.county.tasks is before.tasks
    other = ("U1", "T2", "P2")
    assert plan_file.county.assignments[other] is before.assignments[other]


def test_changes_of_one_row_in_one_step_are_one_change(plan_file: PlanFile) -> None:
    duty = builders.duty("D9", name="一")
    renamed = replace(duty, name="二")
    step = plan_file.apply("两次", [*added([duty]), Change(before=duty, after=renamed)])
    assert step.row_count == 1
    assert plan_file.county.duties[("D9",)].name == "二"


def test_row_replaced_in_one_step_keeps_its_place(plan_file: PlanFile, document: Path) -> None:
    first = plan_file.county.tasks[("T1",)]
    changes = [*removed([first]), *added([replace(first, name="换")])]
    plan_file.apply("替换", changes)
    plan_file.save()
    assert next(iter(plan_file.county.tasks)) == ("T1",)
    assert rows_in_order(reopened(document)) == rows_in_order(plan_file.county)


def test_step_that_changes_nothing_is_none(plan_file: PlanFile) -> None:
    duty = builders.duty("D9")
    with pytest.raises(BlockedByData, match="changes nothing"):
        plan_file.apply("空", [*added([duty]), *removed([duty])])
    assert len(plan_file.steps()) == 1


def test_memory_holds_what_the_tables_hold(plan_file: PlanFile, document: Path) -> None:
    post = builders.post("P9", qualifications=("执法证；会计", " "), ability=2)
    plan_file.apply("岗位", added([post]))
    plan_file.save()
    assert plan_file.county.posts[("P9",)].qualifications == ("执法证", "会计")
    assert reopened(document) == plan_file.county


def county_changes(plan_file: PlanFile) -> dict[str, tuple[Sequence[Change], str]]:
    county = plan_file.county
    share = county.assignments[("U1", "T1", "P1")]
    task, post, unit = county.tasks[("T1",)], county.posts[("P1",)], county.units[("U1",)]
    months = Profile("歪", (0.5,) * 12)
    year = builders.working_time(working_days=20.0)
    return {
        "share above 1": ([altered(share, share=1.5)], "share is 1.5, but must lie between 0"),
        "negative hours": ([altered(task, hours_each=-1.0)], "hours_each is -1.0, but must be a"),
        "infinite": ([altered(task, hours_each=math.inf)], "hours_each is inf, but must be"),
        "nan where empty is allowed": ([altered(task, hours_high=math.nan)], "hours_high is inf"),
        "nan elsewhere": ([altered(unit, travel=math.nan)], "travel is inf"),
        "no ability": ([altered(post, ability=0.0)], "ability is 0.0, but must be greater than 0"),
        "unknown code": ([altered(task, form=_FakeForm())], "form has the unknown value 传真"),
        "blank key": (added([builders.duty("")]), "duties: duty_code must not be empty"),
        "limits crossed": (
            [altered(post, min_people=3.0, max_people=2.0)],
            "most people are fewer",
        ),
        "hours crossed": ([altered(task, hours_low=3.0, hours_high=2.0)], "below the lower one"),
        "too few days": (added([year]), "行政: the days off must fit"),
        "eight days a week": (added([replace(year, working_days=248.0, days_per_week=8.0)]), "8"),
        "long days": (added([replace(year, working_days=248.0, hours_per_day=25.0)]), "24 hours"),
        "months": (added([months]), "歪: the twelve shares must add up to 1"),
        "unknown post": (
            added([builders.assignment(post_code="P7")]),
            "assignments, U1 · T1 · P7: posts P7 is not in the plan",
        ),
        "unknown profile": ([altered(task, profile="雨季")], "tasks, T1: profiles 雨季 is not in"),
        "used post removed": (removed([post]), "P1: posts P1 is not in the plan"),
        "half a character": ([altered(unit, note="\ud83d")], r"A text holds '\ud83d'"),
        "same key again": (added([unit]), "units, U1: this row is already there"),
        "outdated": (
            [altered(replace(unit, name="旧"), name="新")],
            "U1: this row has been changed",
        ),
        "gone": (removed([builders.duty("D7")]), "duties, D7: this row is no longer there"),
        "many rows, one bad": (
            added([builders.duty(f"D{n}") for n in range(10, 20)] + [builders.task("T9", "D99")]),
            "tasks, T9: duties D99 is not in the plan",
        ),
        "the third row is bad": (
            added([builders.duty("D11"), builders.duty("D12"), builders.duty("")]),
            "duties: duty_code",
        ),
    }


class _FakeForm:
    """A code that no list has."""

    value = "传真"


def test_refused_step_names_the_row_and_stores_nothing(plan_file: PlanFile) -> None:
    assert not isinstance(_FakeForm(), Form)
    before, document_before = plan_file.county, plan_file.steps()
    for name, (changes, sentence) in county_changes(plan_file).items():
        with pytest.raises(BlockedByData) as refusal:
            plan_file.apply(name, changes)
        assert sentence in refusal.value.message, name
        assert refusal.value.message.count("\n") == 0
        assert plan_file.county is before
    assert plan_file.steps() == document_before
    assert plan_file.verify() == ()
    assert set_share(plan_file, 0.5).number == 2


def test_order_of_rows_in_a_step_does_not_matter(document: Path) -> None:
    records = list(builders.small_county().records())
    with closing(PlanFile.create(document)) as plan_file:
        plan_file.apply("倒序", added(reversed(records)))
        plan_file.apply("全部删除", removed(records))
        assert plan_file.county == County()


def test_shares_of_a_task_may_exceed_one_together(plan_file: PlanFile) -> None:
    more = added([builders.assignment(post_code="P2"), builders.assignment(post_code="P3")])
    assert plan_file.apply("超过", more).row_count == 2


def test_assignment_without_volume_is_stored(plan_file: PlanFile) -> None:
    plan_file.apply("删除任务量", removed([plan_file.county.volumes[("U1", "T1")]]))
    assert ("U1", "T1", "P1") in plan_file.county.assignments


def test_plan_comes_back_as_it_was_kept(plan_file: PlanFile, document: Path) -> None:
    first, second = kept_plan(), kept_plan("2026-03-02T08:00:00.000000", conflicts=(), hours={})
    step = plan_file.plans.keep("保存方案", first)
    plan_file.plans.keep("保存方案", second)
    plan_file.save()
    with closing(PlanFile.open(document, read_only=True)) as again:
        assert again.plans.ids() == (first.plan_id, second.plan_id)
        assert again.plans.named(first.plan_id) == first
        assert again.plans.named(second.plan_id) == second
    assert step.tables == {Table.PLANS}


def test_plan_outlives_the_posts_it_speaks_of(plan_file: PlanFile) -> None:
    plan_file.plans.keep("保存方案", kept_plan())
    county = plan_file.county
    gone = removed([county.assignments[("U1", "T1", "P1")]])
    gone += removed([county.staffing[("P1", "行政")], county.posts[("P1",)]])
    plan_file.apply("撤销岗位", gone)
    assert plan_file.plans.named(kept_plan().plan_id) == kept_plan()


def test_same_plan_twice_or_without_a_number_is_refused(plan_file: PlanFile) -> None:
    plan_file.plans.keep("保存方案", kept_plan())
    with pytest.raises(BlockedByData, match=r"plans, 2026-03-01.*: this row is already there"):
        plan_file.plans.keep("保存方案", kept_plan())
    with pytest.raises(BlockedByData, match="gap is inf"):
        plan_file.plans.keep("保存方案", kept_plan("2", gap=math.nan))
    assert len(plan_file.steps()) == 2


def test_unknown_plan_is_a_key_error(plan_file: PlanFile) -> None:
    with pytest.raises(KeyError):
        plan_file.plans.named("never")


def test_reading_only_refuses_every_step_and_leaves_no_trace(
    plan_file: PlanFile, document: Path
) -> None:
    plan_file.close()
    beside = sorted(path.name for path in document.parent.iterdir())
    content = document.read_bytes()
    with closing(PlanFile.open(document, read_only=True)) as reader:
        assert (reader.is_read_only, reader.lock_owner) == (True, "")
        for act in (reader.undo, reader.redo, reader.save, lambda: set_share(reader, 0.1)):
            with pytest.raises(ReadOnlyPlan, match="for reading only"):
                act()
        with pytest.raises(ReadOnlyPlan):
            reader.plans.keep("保存方案", kept_plan())
        assert sorted(path.name for path in document.parent.iterdir()) == beside
    assert document.read_bytes() == content


def test_any_thread_may_use_it(plan_file: PlanFile) -> None:
    failures: list[BaseException] = []

    def work() -> None:
        try:
            set_share(plan_file, 0.25)
            plan_file.save()
        except BaseException as error:
            failures.append(error)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert failures == []
    assert plan_file.county.assignments[("U1", "T1", "P1")].share == 0.25


def test_files_that_are_no_plan_files_get_a_sentence(plan_file: PlanFile, tmp_path: Path) -> None:
    plan_file.close()
    assert plan_file.path is not None
    whole = plan_file.path.read_bytes()
    torn = bytearray(whole)
    torn[4096 * 3 : 4096 * 5] = b"\xff" * 8192
    cases = {
        "missing": (None, "There is no file"),
        "empty": (b"", "is not a plan file"),
        "text": (b"unit,name\n" * 50, "is not a plan file"),
        "other database": (whole[:68] + b"\0\0\0\0" + whole[72:], "is not a plan file"),
        "version 0": (whole[:60] + b"\0\0\0\0" + whole[64:], "is not a plan file"),
        "later version": (whole[:60] + b"\0\0\0\x63" + whole[64:], "later version"),
        "trial version": (whole[:60] + b"\0\0\0\x04" + whole[64:], "trial version"),
        "cut off": (whole[: len(whole) // 2], "is damaged"),
        "torn pages": (bytes(torn), "is damaged"),
        "header alone": (whole[:100], "is damaged"),
    }
    for name, (content, sentence) in cases.items():
        path = tmp_path / f"{name}.hengbian"
        if content is not None:
            path.write_bytes(content)
        with pytest.raises(UnreadableFile) as refusal:
            PlanFile.open(path)
        assert sentence in refusal.value.message, name
        assert refusal.value.remedy
        assert not list(tmp_path.glob("~$*")), name


def test_folder_and_unreadable_working_folder_get_a_sentence(
    plan_file: PlanFile, tmp_path: Path, program_folder: Path
) -> None:
    plan_file.close()
    assert plan_file.path is not None
    with pytest.raises(UnreadableFile, match="is a folder"):
        PlanFile.open(tmp_path)
    shutil.rmtree(program_folder)
    program_folder.write_text("a file where a folder should be")
    with pytest.raises(UserError, match="cannot be written to"):
        PlanFile.open(plan_file.path)
    assert not list(plan_file.path.parent.glob("~$*"))


def test_closing_again_does_nothing(plan_file: PlanFile) -> None:
    assert plan_file.path is not None
    plan_file.close()
    plan_file.close()
    again = PlanFile.open(plan_file.path)
    assert not again.is_read_only
    again.close()


def test_threads_read_one_after_the_other(plan_file: PlanFile) -> None:
    plan_file.plans.keep("方案", kept_plan())
    (plan_id,) = plan_file.plans.ids()
    with ThreadPoolExecutor(4) as threads:
        found = list(threads.map(lambda _turn: plan_file.plans.named(plan_id), range(40)))
    assert all(plan == found[0] for plan in found)


def looping(folder: Path) -> Path:
    path = folder / "loop.hengbian"
    try:
        path.symlink_to(path)
    except OSError:
        pytest.skip("no links can be made here")
    return path


def too_long(folder: Path) -> Path:
    return folder / f"{'长' * 300}.hengbian"


@pytest.mark.parametrize("name", [looping, too_long])
def test_a_name_that_leads_nowhere_is_a_sentence(
    tmp_path: Path, name: Callable[[Path], Path]
) -> None:
    path = name(tmp_path)
    for attempt in (PlanFile.open, PlanFile.create):
        with pytest.raises(UnreadableFile) as raised:
            attempt(path)
        assert str(path) in raised.value.message
        assert raised.value.remedy
