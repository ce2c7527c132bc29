"""The summary sheets of an allocation workbook: units, posts, measures, headcounts, findings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from xlsxwriter.worksheet import Worksheet

from app.county import Post
from app.figures import Headcount
from app.language import _, word
from app.workbooks.banding import Banding
from app.workbooks.layouts import Layout
from app.workbooks.showing import PostState, Showing
from app.workbooks.style import COUNT, FACTOR, HEADCOUNT, HOURS, RATIO, Book, Cell, Formula
from app.workbooks.tables import (
    Field,
    Table,
    add_tab,
    mark_saturation,
    number_in,
    write_table,
)

TODAY, PLAN = "today", "plan"


@dataclass(frozen=True, slots=True)
class Summaries:
    """What the summary sheets of one workbook share.

    Of the two states, today and the plan, the one that the matrix sheets show is linked to them.
    """

    book: Book
    showing: Showing
    layouts: Mapping[str, Layout]
    banding: Banding
    notes: Sequence[str]

    def write_units(self, title: str) -> None:
        """Write workload, capacity, saturation and required headcount of every unit."""
        tab, top = add_tab(self.book, title, self.notes)
        fields = {"code": Field(_("Unit code"), width=10), "name": Field(_("Unit"), width=20)}
        for state, name in self._states().items():
            fields |= _state_fields(state, name)
        fields |= {
            "a": Field(_("A: task hours ÷ working time"), HEADCOUNT, 12),
            "b": Field(_("B: factor for allowances"), FACTOR, 12),
            "c": Field(_("C: single allowances ÷ working time"), HEADCOUNT, 12),
            "required": Field(_("Required today: A × B + C"), HEADCOUNT, 12),
            "difference": Field(_("People today − required"), HEADCOUNT, 12),
        }
        table = Table(fields, top)
        for row, unit_code in enumerate(self.showing.unit_codes):
            table.rows.append(self._unit(table, row, unit_code))
        table.add_totals("required", "difference")
        for state in self._states():
            table.add_totals(*(f"{state}_{part}" for part in ("people", "workload", "capacity")))
            table.total.update(self._saturation(table, len(table.rows), state, table.total))
        table.total["name"] = _("Total")
        self._finish(tab, table, frozen=2)

    def write_posts(self, title: str) -> None:
        """Write every post as it is and as the plan has it."""
        tab, top = add_tab(self.book, title, self.notes)
        fields = {
            "unit": Field(_("Unit"), width=16),
            "office": Field(_("Office"), width=18),
            "code": Field(_("Post code"), width=11),
            "title": Field(_("Post"), width=18),
        }
        for state, name in self._states().items():
            categories = {
                f"{state}_{category}": Field(f"{category} · {name}", COUNT, 8)
                for category in self.showing.categories
            }
            fields |= categories | _state_fields(state, name)
        table = Table(fields, top)
        for unit_code in self.showing.unit_codes:
            for place, post in enumerate(self.showing.posts[unit_code]):
                table.rows.append(self._post(table, len(table.rows), post, place))
        self._finish(tab, table, frozen=4)

    def write_measures(self, title: str) -> None:
        """Write what is to be done, in an order that makes sense wherever one stops."""
        tab, top = add_tab(self.book, title, self.notes)
        fields = {
            "rank": Field(_("No."), COUNT, 6),
            "kind": Field(_("Measure"), width=16),
            "giver": Field(_("From"), width=26),
            "taker": Field(_("To"), width=26),
            "task": Field(_("Task"), width=28),
            "category": Field(_("Staff category"), width=10),
            "people": Field(_("People"), COUNT, 8),
            "hours": Field(_("Hours a year"), HOURS),
            "because": Field(_("Because"), width=48),
            "needs": Field(_("Needs"), width=30),
            "overload": Field(_("Overload left (weighted h)"), HOURS, 13),
        }
        rows: list[dict[str, Cell]] = [
            {
                "rank": float(measure.rank),
                "kind": word(measure.kind),
                "giver": self._place(measure.unit_code, measure.post_code),
                "taker": self._place(measure.to_unit_code, measure.to_post_code),
                "task": self.showing.task_name(measure.task_code),
                "category": measure.category,
                "people": measure.people or None,
                "hours": measure.hours or None,
                "because": measure.because,
                "needs": measure.needs,
                "overload": measure.overload_after,
            }
            for measure in self.showing.measures
        ]
        self._finish(tab, Table(fields, top, rows))

    def write_headcounts(self, title: str) -> None:
        """Write 核定 / 实有 / 在岗 beside the people on posts, by unit and category."""
        tab, top = add_tab(self.book, title, self.notes)
        fields = {
            "unit": Field(_("Unit"), width=20),
            "category": Field(_("Staff category"), width=12),
            "authorised": Field(_("Authorised (核定)"), COUNT),
            "in_post": Field(_("In post (实有)"), COUNT),
            "on_duty": Field(_("On duty (在岗)"), COUNT),
            "on_posts": Field(_("On posts"), COUNT),
            "vacancies": Field(_("Vacancies (空编)"), COUNT),
            "required": Field(_("Required (测算)"), HEADCOUNT),
            "rounded": Field(_("Required, rounded"), COUNT),
        }
        by_unit: dict[str, list[Headcount]] = {}
        for headcount in self.showing.figures.headcounts.values():
            by_unit.setdefault(headcount.unit_code, []).append(headcount)
        rows: list[dict[str, Cell]] = []
        for unit_code in self.showing.unit_codes:
            found = by_unit.get(unit_code, [])
            rows += [self._headcount(row) for row in found]
            rows.append(self._headcount_of_unit(unit_code, found))
        self._finish(tab, Table(fields, top, rows), frozen=2)

    def write_findings(self, title: str) -> None:
        """Write what the check-up found, with the remedies."""
        tab, top = add_tab(self.book, title, self.notes)
        fields = {
            "severity": Field(_("Severity"), width=8),
            "unit": Field(_("Unit"), width=18),
            "subject": Field(_("Subject"), width=28),
            "message": Field(_("Finding"), width=60),
            "remedy": Field(_("Remedy"), width=48),
        }
        rows: list[dict[str, Cell]] = [
            {
                "severity": word(finding.severity),
                "unit": self.showing.unit_name(finding.unit_code),
                "subject": finding.subject,
                "message": finding.message,
                "remedy": finding.remedy,
            }
            for finding in self.showing.findings
        ]
        self._finish(tab, Table(fields, top, rows))

    def _states(self) -> dict[str, str]:
        """Return the states that are shown side by side, with their words."""
        return {TODAY: _("today")} | ({PLAN: _("plan")} if self.showing.plan else {})

    def _is_linked(self, state: str) -> bool:
        return state == (PLAN if self.showing.plan else TODAY)

    def _posts_of(self, state: str) -> Mapping[str, PostState]:
        return self.showing.today if state == TODAY else self.showing.shown

    def _unit(self, table: Table, row: int, unit_code: str) -> dict[str, Cell]:
        load = self.showing.figures.units[unit_code].load
        layout = self.layouts[unit_code]
        cells: dict[str, Cell] = {
            "code": unit_code,
            "name": self.showing.unit_name(unit_code),
            "a": load.a,
            "b": load.b,
            "c": load.c,
        }
        required = load.a * load.b + load.c
        a, b, c = (table.cell(name, row) for name in "abc")
        cells["required"] = Formula(f"={a}*{b}+{c}", required)
        for state in self._states():
            posts = [self._posts_of(state)[post.post_code] for post in layout.posts]
            cells |= self._amounts(state, posts, [layout.total(line) for line in _lines(layout)])
            cells |= self._saturation(table, row, state, cells)
        people, need = table.cell(f"{TODAY}_people", row), table.cell("required", row)
        today = number_in(cells[f"{TODAY}_people"])
        cells["difference"] = Formula(f"={people}-{need}", today - required)
        return cells

    def _post(self, table: Table, row: int, post: Post, place: int) -> dict[str, Cell]:
        layout = self.layouts[post.unit_code]
        cells: dict[str, Cell] = {
            "unit": self.showing.unit_name(post.unit_code),
            "office": post.office,
            "code": post.post_code,
            "title": post.title,
        }
        for state in self._states():
            now = self._posts_of(state)[post.post_code]
            for category in self.showing.categories:
                cells[f"{state}_{category}"] = now.people.get(category)
            links = [layout.cell(line, place) for line in _lines(layout)]
            cells |= self._amounts(state, [now], links)
            cells |= self._saturation(table, row, state, cells)
        return cells

    def _amounts(
        self, state: str, posts: Iterable[PostState], links: Sequence[str]
    ) -> dict[str, Cell]:
        """Return people, workload and capacity of some posts, linked to the matrix or as values."""
        found = list(posts)
        values = (
            sum(sum(post.people.values()) for post in found),
            sum(post.workload_hours for post in found),
            sum(post.capacity_hours for post in found),
        )
        names = (f"{state}_{part}" for part in ("people", "workload", "capacity"))
        if not self._is_linked(state):
            return dict(zip(names, values, strict=True))
        formulas = (Formula(f"={link}", value) for link, value in zip(links, values, strict=True))
        return dict(zip(names, formulas, strict=True))

    def _saturation(
        self, table: Table, row: int, state: str, cells: Mapping[str, Cell]
    ) -> dict[str, Cell]:
        """Return saturation and band of a row, live from the two cells before them."""
        workload, capacity, ratio = (
            table.cell(f"{state}_{part}", row) for part in ("workload", "capacity", "saturation")
        )
        hours = number_in(cells[f"{state}_workload"]), number_in(cells[f"{state}_capacity"])
        return {
            f"{state}_saturation": self.banding.saturation(workload, capacity, hours=hours),
            f"{state}_band": self.banding.word(ratio, workload, hours=hours),
        }

    def _headcount(self, row: Headcount) -> dict[str, Cell]:
        return {
            "unit": self.showing.unit_name(row.unit_code),
            "category": row.category,
            "authorised": row.authorised,
            "in_post": row.in_post,
            "on_duty": row.on_duty,
            "on_posts": row.on_posts,
            "vacancies": row.vacancies,
        }

    def _headcount_of_unit(self, unit_code: str, rows: Sequence[Headcount]) -> dict[str, Cell]:
        """Return the sums of a unit; where a figure is missing its sum is missing too."""
        load = self.showing.figures.units[unit_code].load
        sums: dict[str, Cell] = {
            name: None if None in values or not values else sum(filter(None, values))
            for name in ("authorised", "in_post", "on_duty", "on_posts", "vacancies")
            for values in [[getattr(row, name) for row in rows]]
        }
        return sums | {
            "unit": self.showing.unit_name(unit_code),
            "category": _("Total"),
            "required": load.required,
            "rounded": load.required_rounded,
        }

    def _place(self, unit_code: str, post_code: str) -> str:
        names = [self.showing.unit_name(unit_code)] if unit_code else []
        names += [self.showing.post_name(post_code)] if post_code else []
        return " · ".join(names)

    def _finish(self, tab: Worksheet, table: Table, *, frozen: int = 1) -> None:
        write_table(self.book, tab, table, frozen=frozen)
        for state in self._states():
            if f"{state}_band" in table.fields:
                mark_saturation(self.book, tab, table, self.banding, state=state)


def _state_fields(state: str, name: str) -> dict[str, Field]:
    return {
        f"{state}_people": Field(_("People · {state}").format(state=name), COUNT, 9),
        f"{state}_workload": Field(_("Workload (h) · {state}").format(state=name), HOURS, 13),
        f"{state}_capacity": Field(_("Capacity (h) · {state}").format(state=name), HOURS, 13),
        f"{state}_saturation": Field(_("Saturation · {state}").format(state=name), RATIO),
        f"{state}_band": Field(_("Band · {state}").format(state=name), width=13),
    }


def _lines(layout: Layout) -> tuple[int, int, int]:
    """Return the rows of a matrix that hold people, workload and capacity."""
    return layout.people_row, layout.workload_row, layout.capacity_row
