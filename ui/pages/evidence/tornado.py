"""The tornado: the inputs that would change a saturation most, as a chart and as a table."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.language import _
from app.method.policy import policy_of
from app.method.uncertainty.tornado import InputKind, Swing, Tornado
from app.model.figures import Figures
from app.report.chart_rows import post_name, scale_of
from app.report.charts.tornado_rows import input_name, swing_bars
from ui.look import number_format
from ui.look.theme import APART, NEAR, is_dark, set_role
from ui.pages.page import Where
from ui.tables.table import ShownColumn, TableModel, TableView
from ui.widgets.cards import Card
from ui.widgets.figure import FigureView
from ui.work.jobs import Job
from ui.work.workspace import Workspace

MOST_BARS = 12


class TornadoView(QWidget):
    """Left the chart, right the inputs behind it; a double click goes to the input."""

    asked = Signal(object)

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self._workspace = workspace
        self._unit_code = ""
        self._wanted: object = None
        self._job: Job | None = None
        self.post = QComboBox()
        self.post.setAccessibleName(_("Post"))
        self.post.currentIndexChanged.connect(self._compute)
        self.stopped = QLabel(_("Stopped. Choose the tab again to compute it anew."))
        self.stopped.hide()
        set_role(self.stopped, "muted")
        self.chart = FigureView(workspace.jobs)
        self.rows: TableModel[Swing] = TableModel(
            self._columns(), key=lambda row: (row.kind, row.code)
        )
        self.table = TableView(self.rows, name=_("Inputs"), key="tornado")
        self.table.opened.connect(self._open)
        self._lay_out()

    def refresh(self) -> None:
        """Forget what was computed; the inputs have changed."""
        self._wanted = None

    def show_unit(self, unit_code: str, post_code: str | None = None) -> None:
        """Show the tornado of a unit, of one of its posts, or of the county."""
        figures = self._workspace.figures
        chosen = self.post.currentData() if post_code is None else post_code
        self._unit_code = unit_code
        self.post.blockSignals(True)
        self.post.clear()
        self.post.addItem(_("All posts together"), "")
        for code, post in figures.posts.items():
            if unit_code and post.unit_code == unit_code:
                self.post.addItem(post_name(figures, code, within=unit_code), code)
        self.post.setCurrentIndex(max(0, self.post.findData(chosen)))
        self.post.setVisible(bool(unit_code))
        self.post.blockSignals(False)
        self._compute()

    def _compute(self) -> None:
        project = self._workspace.project
        if project is None:
            return
        unit_code, post_code = self._unit_code, self.post.currentData() or ""
        wanted = (id(self._workspace.county), unit_code, post_code)
        if wanted == self._wanted:
            return
        if self._job is not None:
            self._job.cancel()
        self._wanted, judging = wanted, project.judging
        job = Job(
            _("Moving the inputs one by one…"),
            lambda job: judging.tornado(
                unit_code=unit_code or None,
                post_code=post_code or None,
                number=30,
                should_stop=job.should_stop,
            ),
            may_cancel=True,
        )
        job.cancelled.connect(partial(self._forget, wanted))
        self._job = job
        self.stopped.hide()
        self._workspace.run(job, lambda found: self._show(found, wanted))

    def _forget(self, wanted: object) -> None:
        """Say that the user stopped it; when it is asked for again it is computed anew."""
        if wanted == self._wanted:
            self._wanted = self._job = None
            self.stopped.show()

    def _show(self, found: Tornado, wanted: object) -> None:
        if wanted != self._wanted or not self._workspace.is_open:
            return
        self._job = None
        self.rows.set_rows(found.swings)
        self._show_chart(found, self._workspace.figures)

    def _show_chart(self, found: Tornado, figures: Figures) -> None:
        county = self._workspace.county
        bars = swing_bars(county, figures, found, most=MOST_BARS)
        is_now_dark, scale = is_dark(), scale_of(figures)
        today, probe = found.saturation or 0.0, policy_of(county).probe
        name = self._subject(figures, found.code)

        def draw(width: float) -> Any:
            from app.report.charts.tornado_chart import tornado_chart  # noqa: PLC0415 - slow, in a worker
            from app.report.theme import DARK, LIGHT  # noqa: PLC0415 - slow, in a worker

            return tornado_chart(
                bars,
                today=today,
                title=_("What the saturation of {name} rests on").format(name=name),
                scale=scale,
                probe=probe,
                width=width,
                ground=DARK if is_now_dark else LIGHT,
            )

        self.chart.show_figure(
            draw, description=_("Inputs by how far they would move the saturation, as bars")
        )

    def _subject(self, figures: Figures, code: str) -> str:
        if code in figures.posts:
            return post_name(figures, code, within=self._unit_code)
        return figures.units[code].name if code in figures.units else _("the county")

    def _open(self, at: int) -> None:
        swing = self.rows.row_at(at)
        if swing.kind is InputKind.ABILITY:
            post = self._workspace.figures.posts[swing.code]
            self.asked.emit(Where("posts", unit_code=post.unit_code, post_code=swing.code))
        elif swing.kind is not InputKind.WORKING_TIME:
            self.asked.emit(Where("duties", unit_code=self._unit_code, task_code=swing.code))

    def _columns(self) -> tuple[ShownColumn[Swing], ...]:
        def name(row: Swing) -> str:
            return input_name(self._workspace.county, self._workspace.figures, row)

        return (
            ShownColumn(_("Input"), name, most_digits=26),
            ShownColumn(_("Swing %"), lambda row: row.swing * 100, number_format.hundredths),
            ShownColumn(_("Low"), lambda row: row.low, number_format.tenths),
            ShownColumn(_("Today"), lambda row: row.today, number_format.tenths),
            ShownColumn(_("High"), lambda row: row.high, number_format.tenths),
            ShownColumn(
                _("Band"),
                lambda row: _("changes") if row.changes_band else _("stays"),
                tip=_("Whether one end leads to another band"),
            ),
            ShownColumn(
                _("Range"), lambda row: _("from evidence") if row.is_range else _("only assumed")
            ),
        )

    def _lay_out(self) -> None:
        set_role(self.table, "plain")
        holder = QWidget()
        inside = QVBoxLayout(holder)
        inside.setContentsMargins(0, 0, NEAR, 0)
        inside.addWidget(self.chart)
        inside.addStretch(1)
        area = QScrollArea()
        set_role(area, "reader")
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidget(holder)
        left = QVBoxLayout()
        left.setSpacing(NEAR)
        left.addWidget(self.stopped)
        left.addWidget(self.post)
        left.addWidget(Card("", area), 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, NEAR, 0, 0)
        row.setSpacing(APART)
        row.addLayout(left, 1)
        hint = _("Double-click an input to go where it is changed.")
        row.addWidget(Card(_("Inputs"), self.table, hint=hint), 1)
