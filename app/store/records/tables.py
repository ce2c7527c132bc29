"""Tables: the schema of a plan file, made from the records, with every rule they must keep."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields
from types import MappingProxyType
from typing import Any

from sqlalchemy import (
    BLOB,
    INTEGER,
    REAL,
    TEXT,
    CheckConstraint,
    Column,
    ForeignKey,
    MetaData,
    UniqueConstraint,
)
from sqlalchemy import Table as SqlTable
from sqlalchemy.types import TypeEngine

from app.model.county import RECORD_TYPES, Record
from app.model.plan import (
    Decision,
    Measure,
    MeasurePart,
    PlanGoal,
    PlanPost,
    PlanRung,
    PlanTask,
    Reason,
    Remark,
)
from app.model.vocabulary import Outcome, Table
from app.store.records.rows import MONTHS, ColumnShape, RecordShape

METADATA = MetaData()

SHAPES: Mapping[str, RecordShape[Record]] = MappingProxyType(
    {kind.TABLE.value: RecordShape(kind, blank_is_none={"profile"}) for kind in RECORD_TYPES}
)
"""Every record type by the name of its table, parents first."""

_EFFECTS = (
    "unassigned_after",
    "saturation_before",
    "saturation_after",
    "to_saturation_before",
    "to_saturation_after",
    "evidence",
)
"""What a measure changes; kept apart, because measures of files of version 2 do not say it."""

GOAL, RUNG, TASK = RecordShape(PlanGoal), RecordShape(PlanRung), RecordShape(PlanTask)
REASON, REMARK = RecordShape(Reason), RecordShape(Remark)
PART = RecordShape(MeasurePart, without={"task_code"})
"""Without the task, which measures of files before version 4 have only one of."""
DECISION = RecordShape(Decision)
MEASURE = RecordShape(Measure, without={*_EFFECTS, "parts", "reason"})
EFFECT = RecordShape(Measure, without={item.name for item in fields(Measure)} - {"rank", *_EFFECTS})
POST = RecordShape(PlanPost, without={"people_before", "people_after"})

_SQL_TYPES: Mapping[type, TypeEngine[Any]] = MappingProxyType(
    {str: TEXT(), float: REAL(), int: INTEGER(), bool: INTEGER()}
)
_PARENTS: Mapping[str, str] = MappingProxyType(
    {
        "unit_code": "units.unit_code",
        "category": "categories.category",
        "post_code": "posts.post_code",
        "duty_code": "duties.duty_code",
        "task_code": "tasks.task_code",
        "profile": "profiles.name",
    }
)
"""Where a column of this name points to, in every record table but the one it is the key of."""

_LARGEST = "1e300"
_RULES: Mapping[str, str] = MappingProxyType(
    {
        "amount": f"{{0}} >= 0 AND {{0}} < {_LARGEST}",
        "positive": f"{{0}} > 0 AND {{0}} < {_LARGEST}",
        "number": f"abs({{0}}) < {_LARGEST}",
        "share": "{0} BETWEEN 0 AND 1",
        "flag": "{0} IN (0, 1)",
        "filled": "{0} <> ''",
    }
)
"""What a single column can be asked for; infinity keeps none of the rules for numbers."""
_SHARES = frozenset({"share", "saving", "max_cut", *MONTHS})
_POSITIVE = frozenset({"ability", "days_per_week", "hours_per_day"})
_MAY_BE_BLANK_IN_KEY = frozenset({"scope"})

_ROW_RULES: Mapping[str, tuple[tuple[str, str], ...]] = MappingProxyType(
    {
        Table.POSTS.value: (("max_people:below_min", "min_people <= max_people"),),
        Table.TASKS.value: (("hours_high:below_low", "hours_low <= hours_high"),),
        Table.WORKING_TIME.value: (
            ("working_days:year", "working_days BETWEEN leave + sick + training + other AND 366"),
            ("days_per_week:week", "days_per_week <= 7"),
            ("hours_per_day:day", "hours_per_day <= 24"),
        ),
        Table.PROFILES.value: (("shares:whole", f"abs({' + '.join(MONTHS)} - 1) < 1e-6"),),
    }
)
"""Rules between columns of one row: (column:rule, condition)."""


def rule_name(column: str, rule: str) -> str:
    """Return the name of a constraint, from which `app.store.records.writing` makes a sentence."""
    return f"{column}:{rule}"


def _check(column: str, rule: str) -> CheckConstraint:
    return CheckConstraint(_RULES[rule].format(column), name=rule_name(column, rule))


def _codes(column: ColumnShape) -> CheckConstraint:
    codes = ", ".join(f"'{code}'" for code in column.codes)
    return CheckConstraint(f"{column.name} IN ({codes})", name=rule_name(column.name, "code"))


def _rules(
    column: ColumnShape, *, is_key: bool = False, is_result: bool = False
) -> Iterator[CheckConstraint]:
    """Yield what a column keeps to; results, unlike inputs, may be any finite number."""
    if column.codes:
        yield _codes(column)
    elif column.kind is bool:
        yield _check(column.name, "flag")
    elif column.kind is float and is_result:
        yield _check(column.name, "number")
    elif column.kind is float and column.name in _SHARES:
        yield _check(column.name, "share")
    elif column.kind is float:
        yield _check(column.name, "positive" if column.name in _POSITIVE else "amount")
    elif is_key and column.kind is str and column.name not in _MAY_BE_BLANK_IN_KEY:
        yield _check(column.name, "filled")


def _column(column: ColumnShape, *constraints: ForeignKey | CheckConstraint) -> Column[Any]:
    return Column(column.name, _SQL_TYPES[column.kind], *constraints, nullable=column.is_optional)


def _position() -> Column[Any]:
    return Column("position", INTEGER, primary_key=True, autoincrement=False)


def _reference(target: str) -> ForeignKey:
    # Checked at the end of a step, so that the order of its rows does not matter.
    return ForeignKey(target, deferrable=True, initially="DEFERRED")


def _record_table(kind: type[Record]) -> SqlTable:
    return SqlTable(
        kind.TABLE.value,
        METADATA,
        _position(),
        *_record_columns(kind),
        *_row_rules(kind),
        UniqueConstraint(*kind.KEY_FIELDS),
        sqlite_strict=True,
    )


def _scenario_table(kind: type[Record]) -> SqlTable:
    """Return the table of the rows of one type that scenarios have otherwise than the baseline.

    They keep to the same rules, but refer to no rows: those may be the scenario's own.
    """
    return SqlTable(
        scenario_table(kind.TABLE),
        METADATA,
        _position(),
        Column("scenario", TEXT, _reference("scenarios.scenario"), nullable=False),
        Column("is_removed", INTEGER, _check("is_removed", "flag"), nullable=False),
        *_record_columns(kind, has_references=False),
        *_row_rules(kind),
        UniqueConstraint("scenario", *kind.KEY_FIELDS),
        sqlite_strict=True,
    )


def scenario_table(table: Table) -> str:
    """Return the name of the table with the scenarios' own rows of a record table."""
    return f"scenario_{table.value}"


def _record_columns(kind: type[Record], *, has_references: bool = True) -> Iterator[Column[Any]]:
    name = kind.TABLE.value
    for column in SHAPES[name].columns:
        target = _PARENTS.get(column.name) if has_references else None
        is_own_key = target is not None and target.startswith(f"{name}.")
        references = [_reference(target)] if target and not is_own_key else []
        rules = _rules(column, is_key=column.name in kind.KEY_FIELDS)
        yield _column(column, *references, *rules)


def _row_rules(kind: type[Record]) -> Iterator[CheckConstraint]:
    for rule, condition in _ROW_RULES.get(kind.TABLE.value, ()):
        yield CheckConstraint(condition, name=rule)


def _plan_table(name: str, columns: tuple[ColumnShape, ...], *key: str) -> SqlTable:
    plan_id = Column("plan_id", TEXT, _reference("plans.plan_id"), nullable=False)
    return SqlTable(
        name,
        METADATA,
        _position(),
        plan_id,
        *(_column(item, *_rules(item, is_result=True)) for item in columns),
        UniqueConstraint("plan_id", *key),
        sqlite_strict=True,
    )


def _plans() -> SqlTable:
    columns = (
        ColumnShape("outcome", str, codes=tuple(member.value for member in Outcome)),
        ColumnShape("is_verified", bool),
        ColumnShape("gap", float),
        ColumnShape("levers", str),
        ColumnShape("conflicts", str),
        ColumnShape("omissions", str),
    )
    return SqlTable(
        Table.PLANS.value,
        METADATA,
        _position(),
        Column("plan_id", TEXT, _check("plan_id", "filled"), nullable=False, unique=True),
        *(_column(item, *_rules(item, is_result=True)) for item in columns),
        sqlite_strict=True,
    )


def _decisions() -> SqlTable:
    _measure, verdict, _plan_id = DECISION.columns
    return SqlTable(
        "decisions",
        METADATA,
        _position(),
        Column("measure", TEXT, _check("measure", "filled"), nullable=False, unique=True),
        _column(verdict, *_rules(verdict)),
        Column("plan_id", TEXT, _reference("plans.plan_id"), nullable=False),
        sqlite_strict=True,
    )


def _float(name: str, *, is_optional: bool = False) -> ColumnShape:
    return ColumnShape(name, float, is_optional)


_ASSIGNMENT_KEY = ("unit_code", "task_code", "post_code")
_RECORD_TABLES = tuple(_record_table(kind) for kind in RECORD_TYPES)
_PLAN_TABLES = (
    _plans(),
    _plan_table("plan_goals", GOAL.columns, "goal"),
    _plan_table("plan_rungs", RUNG.columns, "lever"),
    _plan_table("plan_posts", POST.columns, "post_code"),
    _plan_table(
        "plan_people",
        (
            ColumnShape("post_code", str),
            ColumnShape("category", str),
            _float("people_before", is_optional=True),
            _float("people_after", is_optional=True),
        ),
        "post_code",
        "category",
    ),
    _plan_table("plan_tasks", TASK.columns, "unit_code", "task_code"),
    _plan_table(
        "plan_hours",
        (*(ColumnShape(name, str) for name in _ASSIGNMENT_KEY), _float("hours")),
        *_ASSIGNMENT_KEY,
    ),
    _plan_table("plan_seconds", (ColumnShape("stage", str), _float("seconds")), "stage"),
    _plan_table("measures", MEASURE.columns, "rank"),
    _plan_table("measure_effects", EFFECT.columns, "rank"),
    _plan_table(
        "measure_parts",
        (ColumnShape("rank", int), ColumnShape("number", int), *PART.columns),
        "rank",
        "number",
    ),
    _plan_table(
        "measure_tasks",
        (ColumnShape("rank", int), ColumnShape("number", int), ColumnShape("task_code", str)),
        "rank",
        "number",
    ),
    _plan_table("plan_remarks", REMARK.columns, "code"),
    _plan_table("measure_reasons", (ColumnShape("rank", int), *REASON.columns), "rank"),
    _decisions(),
)

_SCENARIO_TABLES = (
    SqlTable(
        Table.SCENARIOS.value,
        METADATA,
        _position(),
        Column("scenario", TEXT, _check("scenario", "filled"), nullable=False, unique=True),
        Column("note", TEXT, nullable=False),
        sqlite_strict=True,
    ),
    *(_scenario_table(kind) for kind in RECORD_TYPES),
)

CONTENT: Mapping[str, SqlTable] = MappingProxyType(
    {table.name: table for table in (*_RECORD_TABLES, *_PLAN_TABLES, *_SCENARIO_TABLES)}
)
"""Every table that the history covers, parents first.

Each has a `position`: it keeps the order of the rows, so that an undone deletion puts a row back
where it stood, and it is what SQLite calls the row when it finds a fault in it.
"""

COLUMNS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        name: tuple(column.name for column in table.columns if column.name != "position")
        for name, table in CONTENT.items()
    }
)

KEYS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        name: next(
            tuple(column.name for column in constraint.columns)
            for constraint in table.constraints
            if isinstance(constraint, UniqueConstraint)
        )
        for name, table in CONTENT.items()
    }
)

STEPS = SqlTable(
    "steps",
    METADATA,
    Column("number", INTEGER, primary_key=True, autoincrement=False),
    Column("time", TEXT, nullable=False),
    Column("who", TEXT, nullable=False),
    Column("kind", TEXT, CheckConstraint("kind IN ('do', 'undo', 'redo')"), nullable=False),
    Column("label", TEXT, nullable=False),
    Column("target", INTEGER, ForeignKey("steps.number")),
    Column("tables", TEXT, nullable=False),
    Column("row_count", INTEGER, nullable=False),
    Column("changes", BLOB),
    Column("previous", TEXT, nullable=False),
    Column("digest", TEXT, nullable=False),
    CheckConstraint("(kind = 'do') = (target IS NULL)", name="only undo and redo have a target"),
    CheckConstraint("(kind = 'do') = (changes IS NOT NULL)", name="only do has changes"),
    sqlite_strict=True,
)
"""The history (`app.store.records.history`)."""

ABOUT = SqlTable(
    "about",
    METADATA,
    Column("only", INTEGER, CheckConstraint("only = 1"), primary_key=True, autoincrement=False),
    Column("plan_file_id", TEXT, nullable=False),
    Column("last_digest", TEXT, nullable=False),
    sqlite_strict=True,
)
"""One row: which plan file this is, and where its history ends."""


def table_word(name: str) -> Table:
    """Return the table that users know under the name of a content table."""
    if name in SHAPES:
        return Table(name)
    return Table.SCENARIOS if name.startswith("scenario") else Table.PLANS
