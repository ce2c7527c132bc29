"""Counties made by hypothesis: valid by the rules of the workbook, odd in every other way."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from app.model.county import (
    Allowance,
    Assignment,
    County,
    Duty,
    Establishment,
    PolicyValue,
    Post,
    Profile,
    Record,
    StaffCategory,
    Staffing,
    Task,
    Unit,
    Volume,
    WorkingTime,
)
from app.model.vocabulary import (
    AllowanceKind,
    Burden,
    DutyList,
    Evidence,
    Form,
    Measuring,
    Per,
    Role,
    Table,
    UnitKind,
)
from app.workbooks.cells.sums import is_headcount, is_sum
from app.workbooks.standard.headings import names_in, plain
from app.workbooks.standard.sheets import BY_TABLE

_ODD = [
    "=1+1",
    "+1",
    "-1",
    "@x",
    "'x",
    "001",
    "1e5",
    "TRUE",
    "#REF!",
    "_x0041_",
    "是",
    "a\nb",
    "😀",
]
_TITLES = {
    plain(title)
    for column in BY_TABLE[Table.POSTS].columns
    for title in (column.chinese, column.english)
}


def _is_kept(text: str) -> bool:
    """Tell whether a workbook keeps a text: trimmed, and nothing that XML has no place for."""
    is_escape = "_x" in text.casefold() and text not in _ODD
    return text == text.strip() and not is_escape and not {"\ufffe", "\uffff"} & set(text)


def _names_no_column(text: str) -> bool:
    return bool(plain(text)) and not _TITLES & set(names_in(text))


def _is_key(text: str) -> bool:
    """Tell whether a text can name a row: a sum, or a line of help, is no record of a workbook."""
    return not text.startswith("【") and not is_sum(text)


TEXTS = st.one_of(st.sampled_from(_ODD), st.text(max_size=6).filter(_is_kept))
NAMES = TEXTS.filter(bool)
CODES = NAMES.filter(_is_key)
CATEGORIES = CODES.filter(lambda text: _names_no_column(text) and not is_headcount(text))
SCOPES = TEXTS.filter(_is_key)
LISTS = st.lists(NAMES.filter(lambda text: not {";", "；"} & set(text)), max_size=3).map(tuple)
SHARES = st.floats(0, 1)
POLICIES = {"target_saturation": "1.05", "levers": "reassign, 临聘", "integer": "否", "budget": ""}


def numbers(high: float, *, is_positive: bool = False) -> st.SearchStrategy[float]:
    """Return floats as a column allows them: whole ones, and those with all their digits."""
    whole = st.integers(1 if is_positive else 0, int(min(high, 999))).map(float)
    return st.one_of(whole, st.floats(0.001 if is_positive else 0, high))


def _maybe(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.one_of(st.none(), values)


def _some(of: list[str], size: int = 3) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(of), max_size=size, unique=True) if of else st.just([])


@st.composite
def counties(draw: st.DrawFn) -> County:
    """Draw a county whose rows fit together; tables may be empty, orders are arbitrary."""
    names = draw(st.lists(CATEGORIES, max_size=3, unique_by=plain))
    units = draw(st.lists(CODES, max_size=3, unique=True))
    profiles = draw(st.lists(CODES, max_size=2, unique=True))
    duties = draw(st.lists(CODES, max_size=3, unique=True))
    tasks = draw(st.lists(CODES, max_size=4, unique=True)) if duties else []
    posts = draw(st.lists(CODES, max_size=4, unique=True)) if units else []
    records: list[Record] = [
        *[draw(_unit(code)) for code in units],
        *map(StaffCategory, names),
        *[draw(_establishment(unit, name)) for unit in draw(_some(units)) for name in names],
        *[draw(_profile(name)) for name in profiles],
        *[draw(_duty(code)) for code in duties],
        *[draw(_task(code, duties, profiles)) for code in tasks],
        *[draw(_post(code, units)) for code in posts],
        *[draw(_working_time(name)) for name in draw(_some(names))],
        *[draw(_allowance(name)) for name in draw(st.lists(CODES, max_size=2, unique=True))],
        *[PolicyValue(key, POLICIES[key]) for key in draw(_some(list(POLICIES)))],
    ]
    county = County.of(records)
    for post in county.posts.values():
        for name in names:
            people = draw(_maybe(numbers(100)))
            if people is not None:
                records.append(Staffing(post.post_code, name, people))
        for task in draw(_some(tasks)):
            records.append(draw(_assignment(post, task)))
    for unit in units:
        records += [draw(_volume(unit, task)) for task in draw(_some(tasks))]
    return County.of(records)


def _unit(code: str) -> st.SearchStrategy[Unit]:
    return st.builds(
        Unit,
        unit_code=st.just(code),
        name=NAMES,
        kind=st.sampled_from(UnitKind),
        travel=numbers(10, is_positive=True),
        population=_maybe(numbers(1e8)),
        villages=_maybe(numbers(1e4)),
        area_km2=_maybe(numbers(1e6)),
        note=TEXTS,
    )


def _establishment(unit: str, category: str) -> st.SearchStrategy[Establishment]:
    people = _maybe(numbers(1000))
    return st.builds(
        Establishment,
        unit_code=st.just(unit),
        category=st.just(category),
        authorised=people,
        in_post=people,
        reserved=people,
        pending=people,
        lent_out=people,
        borrowed=people,
        absent=people,
    )


def _profile(name: str) -> st.SearchStrategy[Profile]:
    weights = st.lists(numbers(1000), min_size=12, max_size=12).filter(lambda row: sum(row) > 1e-3)
    return weights.map(lambda row: Profile(name, tuple(share / sum(row) for share in row)))


def _duty(code: str) -> st.SearchStrategy[Duty]:
    return st.builds(
        Duty,
        duty_code=st.just(code),
        name=NAMES,
        list=st.sampled_from(DutyList),
        area=TEXTS,
        superior=TEXTS,
        superior_duty=TEXTS,
        own_duty=TEXTS,
        basis=TEXTS,
    )


def _task(code: str, duties: list[str], profiles: list[str]) -> st.SearchStrategy[Task]:
    return st.builds(
        Task,
        task_code=st.just(code),
        duty_code=st.sampled_from(duties),
        name=NAMES,
        burden=st.sampled_from(Burden),
        method=st.sampled_from(Measuring),
        measure=TEXTS,
        hours_each=numbers(1e4),
        people_each=numbers(100),
        difficulty=numbers(10),
        is_field=st.booleans(),
        saving=SHARES,
        form=_maybe(st.sampled_from(Form)),
        ordered_by=TEXTS,
        qualifications=LISTS,
        is_officer_only=st.booleans(),
        max_cut=_maybe(SHARES),
        profile=st.sampled_from(["", *profiles]),
        evidence=_maybe(st.sampled_from(Evidence)),
        hours_low=_maybe(numbers(10)),
        hours_high=_maybe(st.floats(11, 20)),
    )


def _post(code: str, units: list[str]) -> st.SearchStrategy[Post]:
    return st.builds(
        Post,
        post_code=st.just(code),
        unit_code=st.sampled_from(units),
        title=NAMES,
        office=TEXTS,
        min_people=_maybe(numbers(5)),
        max_people=_maybe(st.floats(5, 20)),
        ability=numbers(10, is_positive=True),
        qualifications=LISTS,
        is_pinned=st.booleans(),
        note=TEXTS,
    )


def _volume(unit: str, task: str) -> st.SearchStrategy[Volume]:
    return st.builds(
        Volume,
        unit_code=st.just(unit),
        task_code=st.just(task),
        volume=numbers(1e6),
        hours_each=_maybe(numbers(1e4)),
    )


def _assignment(post: Post, task: str) -> st.SearchStrategy[Assignment]:
    return st.builds(
        Assignment,
        unit_code=st.just(post.unit_code),
        task_code=st.just(task),
        post_code=st.just(post.post_code),
        share=SHARES,
        role=_maybe(st.sampled_from(Role)),
        is_pinned=st.booleans(),
    )


def _working_time(category: str) -> st.SearchStrategy[WorkingTime]:
    return st.builds(
        WorkingTime,
        category=st.just(category),
        working_days=st.floats(200, 366),
        leave=numbers(40),
        sick=numbers(40),
        training=numbers(40),
        other=numbers(40),
        days_per_week=numbers(7, is_positive=True),
        hours_per_day=numbers(24, is_positive=True),
        cost_per_year=_maybe(numbers(1000)),
    )


def _allowance(name: str) -> st.SearchStrategy[Allowance]:
    return st.builds(
        Allowance,
        name=st.just(name),
        kind=st.sampled_from(AllowanceKind),
        value=numbers(1000),
        per=st.sampled_from([per for per in Per if per is not Per.SHARE]),
        scope=SCOPES,
        people=_maybe(numbers(100)),
    )
