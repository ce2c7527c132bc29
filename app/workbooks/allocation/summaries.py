"""The summary sheets of an allocation workbook: units and posts, today and in the plan."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from xlsxwriter.worksheet import Worksheet

from app.language import _
from app.model.county import Post
from app.workbooks.allocation.allocation_rows import PostState, Showing
from app.workbooks.allocation.band_table import Banding
from app.workbooks.allocation.headed_tables import (
    Field,
    HeadedTable,
    Sheets,
    mark_saturation,
    number_in,
)
from app.workbooks.allocation.layouts import Layout
from app.workbooks.standard.style import (
    COUNT,
    FACTOR,
    HEADCOUNT,
    HOURS,
    RATIO,
    Formula,
    WrittenCell,
)

TODAY, PLAN = "today", "plan"


@dataclass(frozen=True, slots=True)
class Summaries:
    """What the summary sheets of one workbook share.

    Of the two states, today and the plan, the one that the matrix sheets show is linked to them.
    """

    sheets: Sheets
    showing: Showing
    layouts: Mapping[str, Layout]
    banding: Banding

    def write_units(self, title: str) -> HeadedTable:
        """Write workload, capacity, saturation and required headcount of every unit."""
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
        tab, table = self.sheets.add(title, fields)
        for row, unit_code in enumerate(self.showing.unit_codes):
            table.rows.append(self._unit(table, row, unit_code))
        table.add_totals("required", "difference")
        for state in self._states():
            table.add_totals(*(f"{state}_{part}" for part in ("people", "workload", "capacity")))
            table.total.update(self._saturation(table, len(table.rows), state, table.total))
        table.total["name"] = _("Total")
        self._finish(tab, table, frozen=2)
        return table

    def write_posts(self, title: str) -> HeadedTable:
        """Write every post as it is and as the plan has it."""
        fields = {
            "unit": Field(_("Unit"), width=16),
            "office": Field(_("Office"), width=18),
            "code": Field(_("Post code"), width=11),
            "title": Field(_("Post"), width=20),
        }
        for state, name in self._states().items():
            categories = {
                f"{state}_{category}": Field(f"{category} · {name}", COUNT, 8)
                for category in self.showing.categories
            }
            fields |= categories | _state_fields(state, name)
        tab, table = self.sheets.add(title, fields)
        for unit_code in self.showing.unit_codes:
            for place, post in enumerate(self.showing.posts[unit_code]):
                table.rows.append(self._post(table, len(table.rows), post, place))
        self._finish(tab, table, frozen=4)
        return table

    def _states(self) -> dict[str, str]:
        """Return the states that are shown side by side, with their words."""
        return {TODAY: _("today")} | ({PLAN: _("plan")} if self.showing.plan else {})

    def _is_linked(self, state: str) -> bool:
        return state == (PLAN if self.showing.plan else TODAY)

    def _posts_of(self, state: str) -> Mapping[str, PostState]:
        return self.showing.today if state == TODAY else self.showing.shown

    def _unit(self, table: HeadedTable, row: int, unit_code: str) -> dict[str, WrittenCell]:
        load = self.showing.figures.units[unit_code].load
        layout = self.layouts[unit_code]
        cells: dict[str, WrittenCell] = {
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

    def _post(self, table: HeadedTable, row: int, post: Post, place: int) -> dict[str, WrittenCell]:
        layout = self.layouts[post.unit_code]
        cells: dict[str, WrittenCell] = {
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
    ) -> dict[str, WrittenCell]:
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
        self, table: HeadedTable, row: int, state: str, cells: Mapping[str, WrittenCell]
    ) -> dict[str, WrittenCell]:
        """Return saturation and band of a row, live from the two cells before them."""
        workload, capacity, ratio = (
            table.cell(f"{state}_{part}", row) for part in ("workload", "capacity", "saturation")
        )
        hours = number_in(cells[f"{state}_workload"]), number_in(cells[f"{state}_capacity"])
        return {
            f"{state}_saturation": self.banding.saturation(workload, capacity, hours=hours),
            f"{state}_band": self.banding.word(ratio, workload, hours=hours),
        }

    def _finish(self, tab: Worksheet, table: HeadedTable, *, frozen: int) -> None:
        self.sheets.finish(tab, table, frozen=frozen)
        for state in self._states():
            mark_saturation(self.sheets.book, tab, table, self.banding, state=state)


def _state_fields(state: str, name: str) -> dict[str, Field]:
    return {
        f"{state}_people": Field(_("People · {state}").format(state=name), COUNT, 10),
        f"{state}_workload": Field(_("Workload (h) · {state}").format(state=name), HOURS, 14),
        f"{state}_capacity": Field(_("Capacity (h) · {state}").format(state=name), HOURS, 14),
        f"{state}_saturation": Field(_("Saturation · {state}").format(state=name), RATIO),
        f"{state}_band": Field(_("Band · {state}").format(state=name), width=15),
    }


def _lines(layout: Layout) -> tuple[int, int, int]:
    """Return the rows of a matrix that hold people, workload and capacity."""
    return layout.people_row, layout.workload_row, layout.capacity_row
