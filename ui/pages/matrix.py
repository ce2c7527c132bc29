"""The matrix of one unit: tasks by posts, typed, filled, copied and pasted as in a spreadsheet."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from PySide6.QtCore import Qt

from app.errors import UserError
from app.language import _
from app.method.resharing import changed_cells
from app.model.changing import MatrixCell, share_changes
from app.model.county import Change, County
from app.model.figures import PostFigures
from app.model.vocabulary import OVERLOADED, Role, Table
from ui.look import number_format
from ui.look.messages import Message
from ui.matrix.bar import MatrixBar, RowsShown
from ui.matrix.hours_grid import GridRow, HoursGrid, Show, unit_grid, unit_posts
from ui.matrix.sides import MatrixView
from ui.pages.page import Page, Where
from ui.widgets.head_fields import SearchField, UnitChoice
from ui.widgets.own_actions import add_action
from ui.work.workspace import Workspace

LEAST_HOURS = 0.05
"""Hours that are shown as more than nought."""


class MatrixPage(Page):
    """Every edit shows its effect on posts, unit and county at once."""

    NAME = "matrix"
    WATCHES = frozenset(Table) - {Table.PLANS}

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace, _("Matrix"))
        self.unit, self.bar = UnitChoice(), MatrixBar()
        self.search = SearchField(_("Find a duty, a task or a post"))
        self.matrix = MatrixView(self._write)
        self._folded: dict[str, frozenset[str]] = {}
        self._shown: tuple[tuple[object, ...], County] | None = None
        self._lay_out()
        self._add_cell_actions()
        self._connect()

    @property
    def unit_code(self) -> str:
        """Return the unit shown, '' when there is none."""
        return self.unit.unit_code

    def refresh(self) -> None:
        """Show the unit chosen, or the first."""
        self.matrix.body.cells.may_edit = self.workspace.may_edit
        self.unit.show_units(self.workspace.figures)
        self._show_unit()

    def go_to(self, where: Where) -> None:
        """Show a unit, a task and a post; with `is_open_only`, what is left to assign."""
        self.search.clear()
        self.bar.choose(
            rows=RowsShown.OPEN if where.is_open_only else RowsShown.ALL, all_posts=True
        )
        if where.unit_code:
            self.unit.choose(where.unit_code)
        if where.bands:
            self.matrix.show_next(lambda post: post.load.band in where.bands)
        else:
            self._unfold(where.task_code)
            self.matrix.show_cell(where.task_code, where.post_code)
        self.matrix.body.setFocus()

    def here(self) -> Where:
        """Return the unit shown, to come back to it."""
        return Where(self.NAME, unit_code=self.unit_code)

    def take_focus(self) -> None:
        """Put the focus into the cells."""
        self.matrix.body.setFocus()

    def focus_search(self) -> None:
        """Put the focus into the search field."""
        self.search.setFocus()
        self.search.selectAll()

    def _show_unit(self) -> None:
        if not self.unit_code or not self.workspace.is_open:
            self.matrix.hide()
            if self.workspace.is_open:
                self.offer_import(self.bar, self.unit, self.search)
            return
        self.offer_import(self.bar, self.unit, self.search)
        grid = self._renewed() or self._laid_out()
        self._shown = self._key(), self.workspace.county
        self.matrix.set_grid(grid)
        if not grid.rows or not grid.posts:
            self._say_nothing_fits()
            return
        self.matrix.show()
        self.nothing.hide()
        tasks = (grid.whole or grid).rows
        unassigned = grid.demand_hours - grid.assigned_hours
        words = (
            _("{tasks} tasks · {posts} posts · {hours} h too many assigned")
            if unassigned < -LEAST_HOURS
            else _("{tasks} tasks · {posts} posts · {hours} h not assigned")
        )
        self.hint.setText(
            words.format(
                tasks=number_format.whole(sum(1 for row in tasks if row.task_code)),
                posts=number_format.whole(len(grid.posts)),
                hours=number_format.tenths(abs(unassigned)),
            )
        )

    def _key(self) -> tuple[object, ...]:
        return self.unit_code, self._wanted(), *self.bar.key

    def _renewed(self) -> HoursGrid | None:
        """Return the grid shown with the cells that changed, None if more than cells did."""
        grid, shown = self.matrix.grid, self._shown
        if grid is None or shown is None or shown[0] != self._key() or self.bar.depends_on_hours:
            return None
        county = self.workspace.county
        cells = changed_cells(shown[1], county)
        return None if cells is None else grid.renewed(county, self.workspace.figures, cells)

    def _laid_out(self) -> HoursGrid:
        county, figures, unit_code = self.workspace.county, self.workspace.figures, self.unit_code
        posts = unit_posts(figures, unit_code)
        self.bar.show_offices(tuple(dict.fromkeys(post.office for post in posts)))
        wanted, rows = self._wanted(), self.bar.rows

        def accepts(row: GridRow) -> bool:
            duty = county.duties[(row.duty_code,)].name
            return rows.accepts(row) and wanted in f"{row.name} {duty}".casefold()

        grid = unit_grid(
            county,
            figures,
            unit_code,
            accepts=accepts,
            accepts_post=self.bar.accepts_post,
            show=self.bar.show_as,
        )
        if not grid.rows and wanted and any(self._is_wanted(post) for post in posts):
            grid = unit_grid(
                county,
                figures,
                unit_code,
                accepts=rows.accepts,
                accepts_post=self.bar.accepts_post,
                show=self.bar.show_as,
            )
        return grid if wanted else grid.folded(self._folded.get(unit_code, frozenset()))

    def _wanted(self) -> str:
        return self.search.text().strip().casefold()

    def _is_wanted(self, post: PostFigures) -> bool:
        return self._wanted() in f"{post.title} {post.office}".casefold()

    def _find_next(self) -> None:
        """Go to the next post that is searched for, or to the first task found."""
        if self._wanted() and self.matrix.show_next(self._is_wanted):
            return
        self.matrix.show_cell("", "")
        self.matrix.body.setFocus()

    def _say_nothing_fits(self) -> None:
        self.matrix.hide()
        self.hint.setText("")
        self.nothing.say(
            _("No task of this unit fits. Change the filter, or clear the search."),
            _("Show everything"),
            self._show_everything,
        )
        self.nothing.show()

    def _show_everything(self) -> None:
        self.search.clear()
        self.bar.choose(rows=RowsShown.ALL, all_posts=True)
        self._show_unit()

    def _fold(self, duty_code: str) -> None:
        folded = self._folded.get(self.unit_code, frozenset())
        self._set_folded(folded ^ {duty_code})

    def _fold_all(self, is_folded: bool) -> None:
        grid = self.matrix.grid
        rows = (grid.whole or grid).rows if grid is not None and is_folded else ()
        self._set_folded(frozenset(row.duty_code for row in rows))

    def _unfold(self, task_code: str) -> None:
        task = self.workspace.county.tasks.get((task_code,))
        folded = self._folded.get(self.unit_code, frozenset())
        if task is not None and task.duty_code in folded:
            self._set_folded(folded - {task.duty_code})

    def _set_folded(self, duty_codes: frozenset[str]) -> None:
        self._folded[self.unit_code] = duty_codes
        if self.matrix.grid is not None:
            self.matrix.set_grid(self.matrix.grid.folded(duty_codes))

    def _show_overloaded(self) -> None:
        if not self.matrix.show_next(lambda post: post.load.band in OVERLOADED):
            self.workspace.told.emit(Message(_("No post of this unit is overloaded.")))

    def _write(self, cells: Mapping[MatrixCell, float | None], show: Show) -> bool:
        project = self.workspace.project
        assert project is not None
        if show is Show.HOURS and len(cells) == 1:
            ((cell, hours),) = cells.items()
            return self.workspace.change_now(lambda: project.set_hours(*cell, hours))
        label = _("Set {count} cells of the matrix").format(count=number_format.whole(len(cells)))
        if show is Show.HOURS:
            return self.workspace.change_block(label, cells)
        try:
            changes = share_changes(self.workspace.county, cells)
        except UserError as error:
            self.workspace.tell_error(error)
            return False
        self.workspace.change(self._share_label(cells) or label, changes)
        return True

    def _share_label(self, cells: Mapping[MatrixCell, float | None]) -> str:
        """Return the words for one share that is set, '' for more or for none."""
        county = self.workspace.county
        for (_unit, task_code, post_code), share in cells.items() if len(cells) == 1 else ():
            if share is not None:
                return _("Set “{task}” at {post} to {share}").format(
                    task=county.tasks[(task_code,)].name,
                    post=county.posts[(post_code,)].title,
                    share=number_format.per_cent(share),
                )
        return ""

    def _set_role(self, role: Role) -> None:
        county = self.workspace.county
        rows = [county.assignments[cell] for cell in self.matrix.body.tasks_selected()]
        changes = [Change(before=row, after=replace(row, role=role)) for row in rows]
        label = _("Mark as lead") if role is Role.LEAD else _("Mark as assistant")
        if changes and self.workspace.may_edit:
            self.workspace.change(label, changes)

    def _ask_post(self, post_code: str) -> None:
        self.asked.emit(Where("posts", unit_code=self.unit_code, post_code=post_code))

    def _add_cell_actions(self) -> None:
        body = self.matrix.body
        doings: tuple[Callable[[], None], ...] = (
            body.copy,
            body.copy_with_headings,
            body.paste,
            body.fill_down,
            body.fill_right,
            body.clear,
            lambda: self._set_role(Role.LEAD),
            lambda: self._set_role(Role.ASSIST),
            self._show_overloaded,
        )
        for (text, keys), do in zip(matrix_keys(), doings, strict=True):
            add_action(body, text, do, keys)
        body.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)

    def _connect(self) -> None:
        self.unit.currentIndexChanged.connect(self._show_unit)
        self.search.textChanged.connect(self._show_unit)
        self.search.returnPressed.connect(self._find_next)
        self.bar.changed.connect(self._show_unit)
        self.bar.fold_asked.connect(self._fold_all)
        self.bar.next_asked.connect(self._show_overloaded)
        self.matrix.fold_asked.connect(self._fold)
        self.matrix.post_asked.connect(self._ask_post)
        self.matrix.body.cells.refused.connect(self.workspace.tell_error)
        self.matrix.body.told.connect(self.workspace.told)

    def _lay_out(self) -> None:
        self.unit.setMinimumWidth(140)
        self.search.setFixedWidth(240)
        self.head.insertWidget(1, self.unit)
        self.head.addWidget(self.search)
        self.body.addWidget(self.bar)
        self.body.addWidget(self.matrix, 1)
        self.body.addWidget(self.nothing, 1)


def matrix_keys() -> tuple[tuple[str, str], ...]:
    """Return what can be done to cells of the matrix, and by which keys."""
    return (
        (_("Copy"), "Ctrl+C"),
        (_("Copy with headings"), "Ctrl+Shift+C"),
        (_("Paste"), "Ctrl+V"),
        (_("Fill down"), "Ctrl+D"),
        (_("Fill right"), "Ctrl+R"),
        (_("Take off this post"), "Del"),
        (_("Mark as lead"), "Ctrl+L"),
        (_("Mark as assistant"), "Ctrl+Shift+L"),
        (_("Next overloaded post"), "F8"),
    )
