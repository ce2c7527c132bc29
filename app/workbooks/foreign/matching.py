"""Matching: which row of the plan a name in somebody else's table stands for."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from app.language import _
from app.model.county import Change, County, Record
from app.model.vocabulary import DutyList, Table
from app.numbers import quoted
from app.workbooks.cells.remarks import CellPlace, Remarks
from app.workbooks.foreign.duty_likeness import ListedDuties
from app.workbooks.foreign.mappings import Choices

NEAR_PERCENT = 75.0
"""Likeness from which a name is offered as one that may be meant."""
MOST_NEAR = 5
_SAME_UNIT = 0.99
"""Likeness of a unit's name that differs only in how its kind or its government is said."""

_BETWEEN = re.compile(r"[\W_]+")
_OFFICE = re.compile(r"(人民政府|政府|党委|机关|办事处)$")
_KIND = re.compile(r"(街道|镇|乡)$")


@dataclass(frozen=True, slots=True)
class Near:
    """A row of the plan that a name may stand for; `likeness` is a ratio."""

    code: str
    name: str
    likeness: float


@dataclass(frozen=True, slots=True)
class Question:
    """A name that is like others but like none exactly; `chosen` is '' while it counts as new.

    `key` is what `Choices.matches` has it under.
    """

    table: Table
    key: str
    text: str
    place: CellPlace
    near: tuple[Near, ...]
    chosen: str = ""


def name_key(text: str) -> str:
    """Return a name without what does not matter: width, letter case, spaces, punctuation."""
    return _BETWEEN.sub("", unicodedata.normalize("NFKC", text).casefold())


def unit_key(text: str) -> str:
    """Return a unit's name without 人民政府, 街道, 镇, 乡 at its end: 青山镇人民政府 is 青山."""
    plain = _OFFICE.sub("", name_key(text))
    return _KIND.sub("", plain) or plain


class Matching:
    """Finds rows by code, then by normalised name, and asks where a name is only near.

    A name that stands for nothing is new; `add` makes it known to the names after it. `scope` tells
    apart names that may repeat, such as the posts of different units.
    """

    def __init__(self, county: County, choices: Choices, remarks: Remarks) -> None:
        self.county = county
        self.remarks = remarks
        self._choices = choices
        self._codes: dict[Table, set[str]] = {}
        self._added: set[tuple[Table, str]] = set()
        self._names: dict[tuple[Table, str], dict[str, dict[str, str]]] = {}
        self._asked: dict[tuple[Table, str], Question] = {}
        self._told: dict[str, str] = {}
        self._listed: ListedDuties | None = None
        self._offices: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
        for table in (Table.UNITS, Table.POSTS, Table.DUTIES, Table.TASKS):
            self._codes[table] = {key[0] for key in county.rows(table)}
        for unit in county.units.values():
            self._know(Table.UNITS, "", unit.unit_code, unit.name)
        for post in county.posts.values():
            for office in {post.office, ""}:
                scope = post_scope(post.unit_code, office)
                self._know(Table.POSTS, scope, post.post_code, post.title)
        for duty in county.duties.values():
            self._know(Table.DUTIES, duty.list.value, duty.duty_code, duty.name)
            self._know(Table.DUTIES, "", duty.duty_code, duty.name)
        for task in county.tasks.values():
            self._know(Table.TASKS, task.duty_code, task.task_code, task.name)

    @property
    def questions(self) -> tuple[Question, ...]:
        """Return what was asked, in the order of the files."""
        return tuple(self._asked.values())

    def find(
        self,
        table: Table,
        text: str,
        place: CellPlace,
        *,
        scope: str = "",
        taken: Iterable[str] = (),
    ) -> str | None:
        """Return the code that a text stands for, None where it is new.

        Args:
            table: units, posts, duties or tasks.
            text: a code or a name.
            place: where it stands.
            scope: only among rows of this scope.
            taken: codes that stand for other rows already.
        """
        known = self._names.get((table, scope), {})
        used = set(taken)
        key = f"{scope} {name_key(text)}".strip()
        asked = self._choices.match(table, key)
        if asked is not None and (not asked or asked in self._codes[table]):
            near = self._near(table, known, text, used)
            self._note(Question(table, key, text, place, near, asked))
            return asked or None
        if text in self._codes[table] and any(text in codes for codes in known.values()):
            return text
        same = [code for code in known.get(name_key(text), {}) if code not in used]
        if same:
            return same[0]
        near = self._near(table, known, text, used)
        stems = [item for item in near if table is Table.UNITS and _is_same_unit(item.name, text)]
        if len(stems) == 1:
            self.remarks.note(
                place,
                _("“{text}” was taken for {name} ({code}).").format(
                    text=quoted(text), name=stems[0].name, code=stems[0].code
                ),
            )
            self._note(Question(table, key, text, place, near, stems[0].code))
            return stems[0].code
        if near:
            self._ask(Question(table, key, text, place, near))
        return None

    def add(self, table: Table, code: str, name: str, *, scope: str = "") -> None:
        """Make a new row known to the names that follow; it is not offered as a near one."""
        self._codes[table].add(code)
        self._added.add((table, code))
        self._know(table, scope, code, name)

    def learn(self, records: Iterable[Record]) -> None:
        """Take rows that were read into the county that later tables are read against."""
        self.county = self.county.with_changes(
            Change(before=None, after=record) for record in records
        )

    def duty_told_by(self, task: str) -> str:
        """Return the listed duty that a task's name tells, '' where none; each is sought once."""
        if self._listed is None:
            self._listed = ListedDuties(
                {
                    duty.duty_code: duty.name
                    for duty in self.county.duties.values()
                    if duty.list is not DutyList.UNLISTED and duty.list.is_townships
                }
            )
        if task not in self._told:
            self._told[task] = self._listed.told_by(task)
        return self._told[task]

    def note_office(self, unit_code: str, office: str, category: str, people: float) -> None:
        """Remember whom a ledger counts in an office, for the tables that only count heads."""
        self._offices[post_scope(unit_code, office)][category] += people

    def category_of(self, unit_code: str, office: str) -> str:
        """Return the staff category that most people of an office have, '' where none is known."""
        counted = self._offices.get(post_scope(unit_code, office))
        return max(counted, key=lambda name: counted[name]) if counted else ""

    def new_code(self, table: Table, prefix: str, *, digits: int = 3) -> str:
        """Return the next free code of a prefix: one more than the highest number in use."""
        pattern = re.compile(re.escape(prefix) + r"([0-9]+)")
        numbers = (pattern.fullmatch(code) for code in self._codes[table])
        highest = max((int(found[1]) for found in numbers if found), default=0)
        return f"{prefix}{highest + 1:0{digits}d}"

    def is_known(self, table: Table, code: str) -> bool:
        """Tell whether a code is the plan's, or of a row added before."""
        return code in self._codes[table]

    def _know(self, table: Table, scope: str, code: str, name: str) -> None:
        names = self._names.setdefault((table, scope), defaultdict(dict))
        names[name_key(name)][code] = name

    def _near(
        self, table: Table, known: Mapping[str, Mapping[str, str]], text: str, taken: set[str]
    ) -> tuple[Near, ...]:
        """Return the rows whose names are like a text, the likest first."""
        found = process.extract(
            name_key(text), list(known), scorer=fuzz.ratio, score_cutoff=NEAR_PERCENT, limit=None
        )
        likely = {key: score / 100 for key, score, _at in found}
        if table is Table.UNITS:
            same = (key for key, codes in known.items() if _is_any_same(codes.values(), text))
            likely |= dict.fromkeys(same, _SAME_UNIT)
        near = [
            Near(code, name, likeness)
            for key, likeness in likely.items()
            for code, name in known[key].items()
            if code not in taken and (table, code) not in self._added
        ]
        return tuple(sorted(near, key=lambda item: (-item.likeness, item.code))[:MOST_NEAR])

    def _ask(self, question: Question) -> None:
        if not self._note(question):
            return
        self.remarks.warning(
            question.place,
            _("“{text}” is like “{name}” ({code}) but not the same; it counts as new.").format(
                text=quoted(question.text),
                name=quoted(question.near[0].name),
                code=question.near[0].code,
            ),
            _("If they are the same, choose it before importing, or write the same name."),
        )

    def _note(self, question: Question) -> bool:
        """Keep a question for the user to answer; return whether it is a new one."""
        known = len(self._asked)
        self._asked.setdefault((question.table, question.key), question)
        return len(self._asked) > known


def post_scope(unit_code: str, office: str) -> str:
    """Return what a post's title is told apart by: its unit and its office."""
    return f"{unit_code}\n{name_key(office)}"


def _is_same_unit(name: str, text: str) -> bool:
    """Tell whether two names differ only in how the unit's kind or its government is said.

    青山镇 and 青山镇人民政府 are the same; 青山镇 and 青山乡 are two units.
    """
    one, other = (_OFFICE.sub("", name_key(item)) for item in (name, text))
    if one == other:
        return True
    kinds = [_KIND.search(item) for item in (one, other)]
    return None in kinds and unit_key(one) == unit_key(other)


def _is_any_same(names: Iterable[str], text: str) -> bool:
    return any(_is_same_unit(name, text) for name in names)
