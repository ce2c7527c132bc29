"""The inputs of a plan as frozen records: what a county has, does and decides."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from operator import attrgetter
from types import MappingProxyType
from typing import Any, ClassVar

from app.model.vocabulary import (
    AllowanceKind,
    Burden,
    DutyList,
    Evidence,
    Form,
    Measuring,
    Origin,
    Per,
    Role,
    Table,
    UnitKind,
)

Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Record:
    """One row of one table; `KEY_FIELDS` identify it and never change."""

    TABLE: ClassVar[Table]
    KEY_FIELDS: ClassVar[tuple[str, ...]]
    _read_key: ClassVar[Any]

    def __init_subclass__(cls) -> None:
        cls._read_key = attrgetter(*cls.KEY_FIELDS)

    @property
    def key(self) -> Key:
        """Return the values that identify this row inside its table."""
        found = self._read_key(self)
        return found if type(found) is tuple else (found,)


@dataclass(frozen=True, slots=True)
class Unit(Record):
    """A township, town, street or county department (单位)."""

    TABLE = Table.UNITS
    KEY_FIELDS = ("unit_code",)

    unit_code: str
    name: str
    kind: UnitKind
    travel: float = 1.0
    population: float | None = None
    villages: float | None = None
    area_km2: float | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class StaffCategory(Record):
    """A kind of staff (人员类别); its place in the table is the order of its column."""

    TABLE = Table.CATEGORIES
    KEY_FIELDS = ("category",)

    category: str


@dataclass(frozen=True, slots=True)
class Establishment(Record):
    """The headcount of one category in one unit (编制); None is unknown, never 0."""

    TABLE = Table.ESTABLISHMENT
    KEY_FIELDS = ("unit_code", "category")

    unit_code: str
    category: str
    authorised: float | None = None
    in_post: float | None = None
    reserved: float | None = None
    pending: float | None = None
    lent_out: float | None = None
    borrowed: float | None = None
    absent: float | None = None


@dataclass(frozen=True, slots=True)
class Post(Record):
    """A post (岗位); its people stand in `Staffing`."""

    TABLE = Table.POSTS
    KEY_FIELDS = ("post_code",)

    post_code: str
    unit_code: str
    title: str
    office: str = ""
    min_people: float | None = None
    max_people: float | None = None
    ability: float = 1.0
    qualifications: tuple[str, ...] = ()
    is_pinned: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Staffing(Record):
    """People of one category on duty on one post (在岗); an entry of 0 is an entry."""

    TABLE = Table.STAFFING
    KEY_FIELDS = ("post_code", "category")

    post_code: str
    category: str
    on_duty: float


@dataclass(frozen=True, slots=True)
class Duty(Record):
    """A duty item (职责 · 履职事项)."""

    TABLE = Table.DUTIES
    KEY_FIELDS = ("duty_code",)

    duty_code: str
    name: str
    list: DutyList
    area: str = ""
    superior: str = ""
    superior_duty: str = ""
    own_duty: str = ""
    basis: str = ""
    power: str = ""
    origin: Origin | None = None


@dataclass(frozen=True, slots=True)
class Task(Record):
    """A task of a duty (任务); hours are per piece, ratios are ratios."""

    TABLE = Table.TASKS
    KEY_FIELDS = ("task_code",)

    task_code: str
    duty_code: str
    name: str
    burden: Burden
    method: Measuring = Measuring.VOLUME
    measure: str = ""
    hours_each: float | None = None
    people_each: float = 1.0
    difficulty: float = 1.0
    is_field: bool = False
    saving: float = 0.0
    form: Form | None = None
    ordered_by: str = ""
    qualifications: tuple[str, ...] = ()
    is_officer_only: bool = False
    max_cut: float | None = None
    profile: str = ""
    evidence: Evidence | None = None
    hours_low: float | None = None
    hours_high: float | None = None


@dataclass(frozen=True, slots=True)
class Volume(Record):
    """How much of a task a unit has in a year (任务量); for fixed hours, the hours."""

    TABLE = Table.VOLUMES
    KEY_FIELDS = ("unit_code", "task_code")

    unit_code: str
    task_code: str
    volume: float
    hours_each: float | None = None


@dataclass(frozen=True, slots=True)
class Assignment(Record):
    """The share of a unit's task that a post carries (分工)."""

    TABLE = Table.ASSIGNMENTS
    KEY_FIELDS = ("unit_code", "task_code", "post_code")

    unit_code: str
    task_code: str
    post_code: str
    share: float
    role: Role | None = None
    is_pinned: bool = False


@dataclass(frozen=True, slots=True)
class WorkingTime(Record):
    """The working year of one category (工时), in days; defaults are those of a new plan."""

    TABLE = Table.WORKING_TIME
    KEY_FIELDS = ("category",)

    category: str
    working_days: float = 248.0
    leave: float = 10.0
    sick: float = 3.0
    training: float = 12.0
    other: float = 0.0
    days_per_week: float = 5.0
    hours_per_day: float = 8.0
    cost_per_year: float | None = None


@dataclass(frozen=True, slots=True)
class Allowance(Record):
    """Working time that belongs to no single task (占用); a blank scope is everybody."""

    TABLE = Table.ALLOWANCES
    KEY_FIELDS = ("name", "kind", "scope")

    name: str
    kind: AllowanceKind
    value: float
    per: Per
    scope: str = ""
    people: float | None = None

    @property
    def key(self) -> Key:
        """Return name, kind and scope; the kind as the plain text it is stored as."""
        return self.name, str(self.kind), self.scope


@dataclass(frozen=True, slots=True)
class Profile(Record):
    """The seasonal course of a task (季节): twelve shares, January first, sum 1."""

    TABLE = Table.PROFILES
    KEY_FIELDS = ("name",)

    name: str
    shares: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class PolicyValue(Record):
    """One policy setting as it was written (政策); `app.model.settings` knows its meaning."""

    TABLE = Table.POLICY
    KEY_FIELDS = ("name",)

    name: str
    value: str


RECORD_TYPES: tuple[type[Record], ...] = (
    Unit,
    StaffCategory,
    Establishment,
    Post,
    Staffing,
    Duty,
    Task,
    Volume,
    Assignment,
    WorkingTime,
    Allowance,
    Profile,
    PolicyValue,
)
"""Every input table, parents before the tables that refer to them."""


@dataclass(frozen=True, slots=True)
class Change:
    """One row before and after; `before` None adds it, `after` None removes it."""

    before: Record | None
    after: Record | None

    def __post_init__(self) -> None:
        """Reject a change of nothing, of two tables, or of a key."""
        if self.before is None and self.after is None:
            raise ValueError("a change needs a row before or after")
        if self.before is None or self.after is None:
            return
        if type(self.before) is not type(self.after) or self.before.key != self.after.key:
            raise ValueError("a change keeps its table and its key")

    @property
    def record(self) -> Record:
        """Return the row that is there, the later one first."""
        found = self.after if self.after is not None else self.before
        assert found is not None
        return found

    @property
    def table(self) -> Table:
        """Return the table this change touches."""
        return self.record.TABLE

    def reversed(self) -> Change:
        """Return the change that undoes this one."""
        return Change(before=self.after, after=self.before)


def _empty() -> Mapping[Key, Any]:
    return MappingProxyType({})


@dataclass(frozen=True)
class County:
    """All inputs of one plan file, each table a mapping from key to record in row order."""

    units: Mapping[Key, Unit] = field(default_factory=_empty)
    categories: Mapping[Key, StaffCategory] = field(default_factory=_empty)
    establishment: Mapping[Key, Establishment] = field(default_factory=_empty)
    posts: Mapping[Key, Post] = field(default_factory=_empty)
    staffing: Mapping[Key, Staffing] = field(default_factory=_empty)
    duties: Mapping[Key, Duty] = field(default_factory=_empty)
    tasks: Mapping[Key, Task] = field(default_factory=_empty)
    volumes: Mapping[Key, Volume] = field(default_factory=_empty)
    assignments: Mapping[Key, Assignment] = field(default_factory=_empty)
    working_time: Mapping[Key, WorkingTime] = field(default_factory=_empty)
    allowances: Mapping[Key, Allowance] = field(default_factory=_empty)
    profiles: Mapping[Key, Profile] = field(default_factory=_empty)
    policy: Mapping[Key, PolicyValue] = field(default_factory=_empty)

    @classmethod
    def of(cls, records: Iterable[Record]) -> County:
        """Build a county from records of any tables; later records replace earlier ones."""
        return cls().with_records(records)

    def rows(self, table: Table) -> Mapping[Key, Record]:
        """Return one table by its name."""
        return getattr(self, table.value)  # type: ignore[no-any-return]

    def records(self) -> Iterable[Record]:
        """Yield every record, parents before the rows that refer to them."""
        for record_type in RECORD_TYPES:
            yield from self.rows(record_type.TABLE).values()

    def with_records(self, records: Iterable[Record], without: Iterable[Record] = ()) -> County:
        """Return the county with `records` in the place of those of their keys, and `without`."""
        tables: dict[type[Record], dict[Key, Record]] = {}
        for record in records:
            kind = type(record)
            if kind not in tables:
                tables[kind] = dict(self.rows(kind.TABLE))
            tables[kind][record.key] = record
        for record in without:
            rows = tables.setdefault(type(record), dict(self.rows(record.TABLE)))
            rows.pop(record.key, None)
        return self._with_tables({kind.TABLE.value: rows for kind, rows in tables.items()})

    def with_changes(self, changes: Iterable[Change]) -> County:
        """Return the county after `changes`; tables they do not touch are shared, not copied."""
        tables: dict[str, dict[Key, Record]] = {}
        for change in changes:
            name = change.table.value
            if name not in tables:
                rows = getattr(self, name)
                tables[name] = rows.copy() if isinstance(rows, MappingProxyType) else dict(rows)
            if change.after is None:
                tables[name].pop(change.record.key, None)
            else:
                tables[name][change.after.key] = change.after
        return self._with_tables(tables)

    def _with_tables(self, tables: Mapping[str, Mapping[Key, Record]]) -> County:
        frozen: dict[str, Any] = {name: MappingProxyType(rows) for name, rows in tables.items()}
        return replace(self, **frozen)

    def changes_to(self, other: County) -> list[Change]:
        """Return the changes that turn this county into `other`, removals last, children first."""
        kept: list[Change] = []
        removed: list[Change] = []
        for record_type in RECORD_TYPES:
            mine, theirs = self.rows(record_type.TABLE), other.rows(record_type.TABLE)
            if mine is theirs:
                continue
            if not mine:
                kept += [Change(before=None, after=record) for record in theirs.values()]
                continue
            for key, record in theirs.items():
                if mine.get(key) != record:
                    kept.append(Change(before=mine.get(key), after=record))
            gone = [record for key, record in mine.items() if key not in theirs]
            removed[:0] = [Change(before=record, after=None) for record in gone]
        return kept + removed


def field_names(record_type: type[Record]) -> tuple[str, ...]:
    """Return the names of a record's fields, in order."""
    return tuple(item.name for item in fields(record_type))
