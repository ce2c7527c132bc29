"""Limits: the circuit breaker, how much of a form a unit may get, and what is above it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.errors import UserError
from app.language import _, word
from app.method.burden.limits import Excess
from app.model.county import Change, PolicyValue
from app.model.vocabulary import Form
from app.numbers import read_number
from ui.look import number_format
from ui.look.theme import APART, NEAR, set_role
from ui.pages.page import Where
from ui.tables.table import ShownColumn, TableModel, TableView
from ui.widgets.cards import Card
from ui.work.workspace import Workspace

PIECES, HOURS = "limit", "limit_hours"


@dataclass(frozen=True, slots=True)
class FormLimit:
    """The limits of one form, and how many units are above them."""

    form: Form
    pieces: float | None
    hours: float | None
    units_above: int


class LimitsView(QWidget):
    """Left the limits, to be typed; right the units that are above one."""

    asked = Signal(object)

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self._workspace = workspace
        self.limits: TableModel[FormLimit] = TableModel(
            self._limit_columns(), key=lambda row: row.form
        )
        self.limits.refused.connect(workspace.tell_error)
        self.excesses: TableModel[Excess] = TableModel(
            self._excess_columns(), key=lambda row: (row.unit_code, row.key)
        )
        self.empty = QLabel()
        self._lay_out()

    def refresh(self) -> None:
        """Show limits and what exceeds them now."""
        project = self._workspace.project
        assert project is not None
        policy, found = project.policy, project.judging.excesses()
        self.limits.may_edit = self._workspace.may_edit
        self.limits.set_rows(
            FormLimit(
                form,
                policy.piece_limits.get(form),
                policy.hour_limits.get(form),
                len({excess.unit_code for excess in found if excess.form is form}),
            )
            for form in Form
        )
        self.excesses.set_rows(found)
        has_limits = bool(policy.piece_limits or policy.hour_limits)
        self._table.setVisible(bool(found))
        self.empty.setVisible(not found)
        self.empty.setText(
            _("No unit is above a limit.")
            if has_limits
            else _("No limit is set. Type one on the left, such as 100 for inspections.")
        )

    def _set(self, family: str, row: FormLimit, text: str) -> None:
        key = f"{family}.{row.form.value}"
        before = self._workspace.county.policy.get((key,))
        if not text.strip():
            after = None
        else:
            limit = read_number(text)
            if limit < 0:
                raise UserError(_("A limit cannot be below 0."), remedy=_("Enter 0 or more."))
            after = PolicyValue(key, f"{limit:g}")
        if before is None and after is None:
            return
        if after is None:
            label = _("Lift the limit on {form}").format(form=word(row.form))
        else:
            label = (
                _("Limit {form} to {limit} pieces a year and unit")
                if family == PIECES
                else _("Limit {form} to {limit} h a year and unit")
            ).format(form=word(row.form), limit=text.strip())
        project = self._workspace.project
        assert project is not None
        changes = [Change(before=before, after=after)]
        self._workspace.change_widely(label, partial(project.change, label, changes))

    def _limit_columns(self) -> tuple[ShownColumn[FormLimit], ...]:
        return (
            ShownColumn(_("Form"), lambda row: word(row.form)),
            ShownColumn(
                _("Most pieces"),
                lambda row: row.pieces,
                number_format.whole,
                tip=_("Pieces a year that a unit may get; blank is no limit; type to change"),
                edit=partial(self._set, PIECES),
            ),
            ShownColumn(
                _("Most h"),
                lambda row: row.hours,
                number_format.whole,
                tip=_("Hours a year that a unit may spend; blank is no limit; type to change"),
                edit=partial(self._set, HOURS),
            ),
            ShownColumn(_("Units above"), lambda row: row.units_above, number_format.whole),
        )

    def _excess_columns(self) -> tuple[ShownColumn[Excess], ...]:
        def unit(row: Excess) -> str:
            return self._workspace.unit_name(row.unit_code)

        return (
            ShownColumn(_("Unit"), unit),
            ShownColumn(_("Form"), lambda row: word(row.form)),
            ShownColumn(_("Counted"), lambda row: _("hours") if row.is_hours else _("pieces")),
            ShownColumn(_("Found"), lambda row: row.found, number_format.whole),
            ShownColumn(_("Limit"), lambda row: row.limit, number_format.whole),
            ShownColumn(_("Above"), lambda row: row.excess, number_format.whole),
            ShownColumn(_("Most of it"), lambda row: row.orders[0].task.name, most_digits=30),
            ShownColumn(_("Ordered by"), lambda row: row.orders[0].task.ordered_by, most_digits=18),
        )

    def _open(self, at: int) -> None:
        row = self.excesses.row_at(at)
        self.asked.emit(Where("duties", unit_code=row.unit_code, kind=row.form))

    def _lay_out(self) -> None:
        limits = TableView(self.limits, name=_("Limits"), key="limits.set")
        self._table = TableView(self.excesses, name=_("Above a limit"), key="limits")
        self._table.opened.connect(self._open)
        self.empty.setWordWrap(True)
        for table in (limits, self._table):
            set_role(table, "plain")
        set_role(self.empty, "muted")
        right = QWidget()
        inside = QVBoxLayout(right)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self._table, 1)
        inside.addWidget(self.empty)
        inside.addStretch(0)
        left = Card(
            _("Limits"),
            limits,
            hint=_("Formalistic and formal but necessary work counts, real work does not."),
        )
        left.setMaximumWidth(440)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, NEAR, 0, 0)
        row.setSpacing(APART)
        row.addWidget(left, 2)
        row.addWidget(Card(_("Above a limit"), right), 3)
