"""The matrix of one unit: tasks by posts, hours typed, copied and pasted as in a spreadsheet."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel, QLineEdit

from app.changing import Cell
from app.county import Change
from app.language import _
from app.vocabulary import Role, Table
from ui import figuring
from ui.grids import LEAST_DIFFERENCE, GridRow, unit_grid
from ui.pages.page import Page, Where
from ui.theme import set_role
from ui.widgets.matrix import MatrixView
from ui.workspace import Workspace


class MatrixPage(Page):
    """Every edit shows its effect on posts, unit and county at once."""

    NAME = "matrix"
    WATCHES = frozenset(Table) - {Table.PLANS}

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace, _("Matrix"))
        self.unit, self.search = QComboBox(), QLineEdit()
        self.open_only = QCheckBox(_("Only tasks not fully assigned"))
        self.matrix = MatrixView(self._write)
        self.empty = QLabel()
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        set_role(self.empty, "muted")
        self._lay_out()
        self._add_cell_actions()
        self.unit.currentIndexChanged.connect(self._show_unit)
        self.search.textChanged.connect(self._show_unit)
        self.open_only.toggled.connect(self._show_unit)
        self.matrix.body.cells.refused.connect(workspace.tell_error)
        self.matrix.body.told.connect(workspace.told)

    @property
    def unit_code(self) -> str:
        """Return the unit shown, '' when there is none."""
        return self.unit.currentData() or ""

    def refresh(self) -> None:
        """Show the unit chosen, or the first."""
        self.matrix.body.cells.may_edit = self.workspace.may_edit
        self._fill_units()
        self._show_unit()

    def go_to(self, where: Where) -> None:
        """Show a unit, a task and a post; with `is_open_only`, what is left to assign."""
        self.search.clear()
        self.open_only.setChecked(where.is_open_only)
        if where.unit_code:
            self.unit.setCurrentIndex(max(0, self.unit.findData(where.unit_code)))
        self.matrix.show_cell(where.task_code, where.post_code)
        self.matrix.body.setFocus()

    def here(self) -> Where:
        """Return the unit shown, to come back to it."""
        return Where(self.NAME, unit_code=self.unit_code)

    def focus_search(self) -> None:
        """Put the focus into the search field."""
        self.search.setFocus()

    def _fill_units(self) -> None:
        names = [(unit.name, unit.unit_code) for unit in self.workspace.figures.units.values()]
        shown = [
            (self.unit.itemText(at), self.unit.itemData(at)) for at in range(self.unit.count())
        ]
        if names == shown:
            return
        chosen = self.unit_code
        self.unit.blockSignals(True)
        self.unit.clear()
        for name, code in names:
            self.unit.addItem(name, code)
        self.unit.setCurrentIndex(max(0, self.unit.findData(chosen)))
        self.unit.blockSignals(False)

    def _show_unit(self) -> None:
        unit_code = self.unit_code
        if not unit_code or not self.workspace.is_open:
            self._say_empty(_("There is no unit in this plan yet. Import a standard workbook."))
            return
        figures = self.workspace.figures
        grid = unit_grid(self.workspace.county, figures, unit_code, accepts=self._accepts)
        self.matrix.set_grid(grid)
        if not grid.rows:
            self._say_empty(_("No task of this unit fits what you look for."))
            return
        self.matrix.show()
        self.empty.hide()
        unit = figures.units[unit_code]
        self.hint.setText(
            _("{tasks} tasks · {posts} posts · {unassigned} h not assigned").format(
                tasks=figuring.whole(sum(1 for row in grid.rows if row.task_code)),
                posts=figuring.whole(len(grid.posts)),
                unassigned=figuring.tenths(unit.unassigned_hours),
            )
        )

    def _say_empty(self, sentence: str) -> None:
        self.matrix.hide()
        self.hint.setText("")
        self.empty.setText(sentence)
        self.empty.show()

    def _accepts(self, row: GridRow) -> bool:
        wanted = self.search.text().strip().casefold()
        is_open = abs(row.hours - row.assigned_hours) >= LEAST_DIFFERENCE
        if self.open_only.isChecked() and not is_open:
            return False
        duty = self.workspace.county.duties[(row.duty_code,)].name
        return wanted in f"{row.name} {duty}".casefold()

    def _write(self, cells: Mapping[Cell, float | None]) -> bool:
        project = self.workspace.project
        assert project is not None
        if len(cells) == 1:
            ((cell, hours),) = cells.items()
            return self.workspace.change_now(lambda: project.set_hours(*cell, hours))
        label = _("Set {count} cells of the matrix").format(count=figuring.whole(len(cells)))
        return self.workspace.change_block(label, cells)

    def _set_role(self, role: Role) -> None:
        county = self.workspace.county
        rows = [county.assignments[cell] for cell in self.matrix.body.tasks_selected()]
        changes = [Change(before=row, after=replace(row, role=role)) for row in rows]
        label = _("Mark as lead") if role is Role.LEAD else _("Mark as assistant")
        if changes and self.workspace.may_edit:
            self.workspace.change(label, changes)

    def _add_cell_actions(self) -> None:
        body = self.matrix.body
        doings: tuple[Callable[[], None], ...] = (
            body.copy,
            body.paste,
            body.clear,
            lambda: self._set_role(Role.LEAD),
            lambda: self._set_role(Role.ASSIST),
        )
        for (text, keys), do in zip(matrix_keys(), doings, strict=True):
            action = QAction(text, body)
            action.setShortcut(keys)
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            action.triggered.connect(do)
            body.addAction(action)
        body.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)

    def _lay_out(self) -> None:
        self.unit.setAccessibleName(_("Unit"))
        self.unit.setMinimumWidth(140)
        self.search.setPlaceholderText(_("Find a duty or a task"))
        self.search.setAccessibleName(_("Find a duty or a task"))
        self.search.setClearButtonEnabled(True)
        self.search.setFixedWidth(200)
        self.head.insertWidget(1, self.unit)
        self.head.addWidget(self.open_only)
        self.head.addWidget(self.search)
        self.body.addWidget(self.matrix, 1)
        self.body.addWidget(self.empty, 1)
        self.empty.hide()


def matrix_keys() -> tuple[tuple[str, str], ...]:
    """Return what can be done to cells of the matrix, and by which keys."""
    return (
        (_("Copy"), "Ctrl+C"),
        (_("Paste"), "Ctrl+V"),
        (_("Take off this post"), "Del"),
        (_("Mark as lead"), "Ctrl+L"),
        (_("Mark as assistant"), "Ctrl+Shift+L"),
    )
