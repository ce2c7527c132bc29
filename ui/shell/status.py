"""The line at the foot of the window: hours that reconcile, what is divided by, work under way."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QToolButton, QWidget

from app.language import _
from app.model.bands import scheme_named
from app.model.figures import Figures, UnitFigures
from ui.look import icons, number_format
from ui.look.icons import Icon
from ui.look.theme import APART, NEAR, TIGHT, set_role
from ui.widgets.elided import ElidedLabel
from ui.work.jobs import Job

SMALL = 12
"""So low that the line does not grow, and the page above it not jump, when work begins."""


class StatusLine(QWidget):
    """Left what the county's hours add up to, right the work under way with its cancel."""

    def __init__(self) -> None:
        super().__init__()
        self.hours, self._scale, self._work = QLabel(), ElidedLabel(), QLabel()
        for label in (self.hours, self._scale, self._work):
            set_role(label, "caption")
        self._bar = QProgressBar()
        self._bar.setRange(0, 0)
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(96)
        self._cancel = QToolButton()
        self._cancel.setIcon(icons.icon(Icon.STOP))
        set_role(self._cancel, "small")
        self._cancel.setIconSize(QSize(SMALL, SMALL))
        self._cancel.setToolTip(_("Cancel this work"))
        self._cancel.setAccessibleName(_("Cancel this work"))
        self._cancel.clicked.connect(self._stop)
        self._job: Job | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(APART, TIGHT, NEAR, TIGHT)
        row.setSpacing(NEAR)
        row.addWidget(self.hours)
        row.addSpacing(NEAR)
        row.addWidget(self._scale, 1)
        for widget in (self._work, self._bar, self._cancel):
            row.addWidget(widget)
        self.show_jobs([])

    def show_figures(self, figures: Figures | None) -> None:
        """Say that task hours are assigned hours and unassigned hours, or nothing."""
        if figures is None:
            self.hours.setText("")
            self._scale.setText("")
            return
        self.hours.setText(_reconciled(figures.county))
        scheme = scheme_named(figures.band_scheme).word
        self._scale.setText(f"{scheme} · {figures.denominator}")

    def show_jobs(self, jobs: list[Job]) -> None:
        """Show the first piece of work under way."""
        self._job = jobs[0] if jobs else None
        self._work.setText(self._job.text if self._job is not None else "")
        for widget in (self._work, self._bar):
            widget.setVisible(self._job is not None)
        self._cancel.setVisible(self._job is not None and self._job.may_cancel)

    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel()


def _reconciled(county: UnitFigures) -> str:
    """Return that task hours are assigned and unassigned hours, in whole hours that add up."""
    tasks, assigned = round(county.demand_hours), round(county.assigned_hours)
    surplus = round(county.surplus_hours)
    sentence = (
        _(
            "Tasks {tasks} h = assigned {assigned} h + unassigned {unassigned} h "
            "− shared out too often {surplus} h"
        )
        if surplus
        else _("Tasks {tasks} h = assigned {assigned} h + unassigned {unassigned} h")
    )
    return sentence.format(
        tasks=number_format.whole(tasks),
        assigned=number_format.whole(assigned),
        unassigned=number_format.whole(max(0, tasks - assigned + surplus)),
        surplus=number_format.whole(surplus),
    )
