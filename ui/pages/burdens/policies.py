"""Policies: sliders that cut forms of burden, each with its substitute, and where they lead."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QInputDialog,
    QLabel,
    QPushButton,
    QScrollArea,
    QSlider,
    QVBoxLayout,
    QWidget,
)

from app.language import _
from app.method.burden.bundling import Bundle
from app.method.burden.reliefs import Effect
from app.method.burden.shipped_reliefs import RELIEFS, Relief
from app.model.scenario import Scenario
from ui.look import icons, number_format
from ui.look.icons import Icon
from ui.look.messages import Message
from ui.look.theme import APART, NEAR, TIGHT, set_role
from ui.pages.page import Where
from ui.tables.table import ShownColumn, TableModel, TableView
from ui.widgets.cards import Card, KeyFigure
from ui.widgets.form import WheelGuard
from ui.widgets.number_box import NumberBox
from ui.work.jobs import Job
from ui.work.workspace import Workspace

WAIT = 250
"""Milliseconds after the last touch of a slider until the effect is computed."""
MOST_HOURS = 10_000


@dataclass(frozen=True)
class _Row:
    """The controls of one policy."""

    relief: Relief
    box: QCheckBox
    slider: QSlider
    shown: QLabel
    hours: NumberBox

    @property
    def now(self) -> Relief:
        """Return the policy with the share and the substitute that are set."""
        return replace(
            self.relief,
            reduction=self.slider.value() / 100,
            substitute_hours=self.hours.value(),
        )


class PolicyView(QWidget):
    """Left the policies, right what they free together, unit by unit."""

    asked = Signal(object)

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self._workspace = workspace
        self._job: Job | None = None
        self.bundle: Bundle | None = None
        self._asked_for: object = None
        self.rows = [self._row(relief) for relief in RELIEFS.values()]
        self.cut, self.people, self.saturation = KeyFigure(), KeyFigure(), KeyFigure()
        self.units: TableModel[Effect] = TableModel(
            _columns(workspace), key=lambda row: row.unit_code
        )
        self.keep = QPushButton(icons.icon(Icon.SAVE), _("Keep as a scenario…"))
        self.keep.clicked.connect(self._keep)
        self.words = QLabel()
        self._timer = QTimer(self, singleShot=True, interval=WAIT)
        self._timer.timeout.connect(self._compute)
        self._lay_out()
        workspace.changed.connect(self._forget)
        workspace.opened.connect(self._forget)

    def follow(self) -> None:
        """Compute what the policies do to the inputs as they are now."""
        if self.bundle is None and self._workspace.is_open:
            self._compute()

    def chosen(self) -> tuple[Relief, ...]:
        """Return the policies that are ticked, as they are set."""
        return tuple(row.now for row in self.rows if row.box.isChecked())

    def _forget(self) -> None:
        self.bundle = None
        if self.isVisible():
            self._timer.start()

    def _compute(self) -> None:
        project = self._workspace.project
        if project is None:
            return
        if self._job is not None:
            self._job.cancel()
        judging, reliefs = project.judging, self.chosen()
        self._asked_for = judging, reliefs
        self.words.setText(_("Computing…"))
        self.keep.setEnabled(False)
        job = Job("", lambda job: judging.bundle(reliefs, should_stop=job.should_stop))
        self._job = job
        wanted = self._asked_for
        self._workspace.run(job, lambda found: self._show(found, wanted))

    def _show(self, found: Bundle, wanted: object) -> None:
        if wanted is not self._asked_for:
            return
        self.bundle, self._job = found, None
        county = found.county
        self.cut.show_figure(
            number_format.whole(found.cut.hours),
            unit=_("h"),
            caption=_("Cut in a year"),
            detail=_("{hours} h come back as substitutes").format(
                hours=number_format.whole(found.substitute.hours)
            ),
        )
        self.people.show_figure(
            number_format.tenths(county.people),
            unit=_("people"),
            caption=_("Freed"),
            detail=_("required {before} → {after}").format(
                before=number_format.tenths(county.required_before),
                after=number_format.tenths(county.required_after),
            ),
        )
        self.saturation.show_figure(
            number_format.per_cent(county.saturation_after),
            unit="",
            caption=_("Saturation of the county"),
            detail=_("today {saturation}").format(
                saturation=number_format.per_cent(county.saturation_before),
            ),
        )
        self.units.set_rows(found.units)
        self.words.setText(
            "" if found.reliefs else _("Tick a policy on the left to see what it frees.")
        )
        self.keep.setEnabled(self._workspace.may_edit and bool(found.changes))

    def _keep(self) -> None:
        project, found = self._workspace.project, self.bundle
        if project is None or found is None:
            return
        names = _(", ").join(relief.word for relief in found.reliefs)
        name, is_meant = QInputDialog.getText(
            self, _("Keep as a scenario"), _("Name of the scenario"), text=names[:40]
        )
        if not is_meant or not name.strip():
            return
        scenario = Scenario.of(name.strip(), found.changes, note=names)
        job = self._workspace.change_widely(
            _("Keeping the scenario…"), partial(project.keep_scenario, scenario)
        )
        job.succeeded.connect(self._tell_kept)

    def _tell_kept(self) -> None:
        self._workspace.told.emit(
            Message(
                _("The scenario is kept."),
                action_text=_("Show it"),
                action=lambda: self.asked.emit(Where("scenarios")),
            )
        )

    def _row(self, relief: Relief) -> _Row:
        box = QCheckBox(relief.word)
        box.setChecked(relief.key == next(iter(RELIEFS)))
        slider = QSlider(Qt.Orientation.Horizontal)
        slider.setRange(0, 100)
        slider.setSingleStep(5)
        slider.setPageStep(10)
        slider.setValue(round(relief.reduction * 100))
        slider.setAccessibleName(_("Share cut: {policy}").format(policy=relief.word))
        shown = QLabel(f"−{slider.value()}%")
        hours = NumberBox()
        hours.setRange(0, MOST_HOURS)
        hours.setDecimals(0)
        hours.setValue(relief.substitute_hours)
        hours.setSuffix(_(" h"))
        hours.setAccessibleName(_("Substitute hours: {policy}").format(policy=relief.word))
        WheelGuard(slider)
        WheelGuard(hours)
        row = _Row(relief, box, slider, shown, hours)
        box.toggled.connect(lambda is_on: self._timer.start())
        slider.valueChanged.connect(partial(self._slide, row))
        hours.valueChanged.connect(lambda value: self._touch(row))
        return row

    def _slide(self, row: _Row, value: int) -> None:
        row.shown.setText(f"−{value}%")
        self._touch(row)

    def _touch(self, row: _Row) -> None:
        row.box.setChecked(True)
        self._timer.start()

    def _lay_out(self) -> None:
        content = QWidget()
        grid = QGridLayout(content)
        grid.setContentsMargins(0, 0, NEAR, 0)
        grid.setHorizontalSpacing(NEAR)
        grid.setVerticalSpacing(TIGHT)
        grid.setColumnStretch(0, 1)
        for at, row in enumerate(self.rows):
            self._place(grid, 4 * at, row)
        grid.setRowStretch(4 * len(self.rows), 1)
        area = QScrollArea()
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidget(content)
        left = Card(
            _("Policies"),
            area,
            hint=_("The shares and substitutes are assumptions; set your own."),
        )
        left.setMinimumWidth(300)
        left.setMaximumWidth(412)
        figures = QHBoxLayout()
        figures.setSpacing(APART)
        for card in (self.cut, self.people, self.saturation):
            card.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            figures.addWidget(card, 1)
        self.cut.clicked.connect(lambda: self.asked.emit(Where("duties")))
        self.people.clicked.connect(lambda: self.asked.emit(Where("units")))
        self.saturation.clicked.connect(lambda: self.asked.emit(Where("units")))
        table = TableView(self.units, name=_("What the policies free in each unit"), key="policies")
        table.opened.connect(self._open)
        foot = QHBoxLayout()
        set_role(self.words, "muted")
        foot.addWidget(self.words, 1)
        foot.addWidget(self.keep)
        right = QVBoxLayout()
        right.setSpacing(APART)
        right.addLayout(figures)
        right.addWidget(table, 1)
        right.addLayout(foot)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, NEAR, 0, 0)
        whole.setSpacing(APART)
        whole.addWidget(left, 2)
        whole.addLayout(right, 3)

    def _place(self, grid: QGridLayout, at: int, row: _Row) -> None:
        row.shown.setMinimumWidth(row.shown.fontMetrics().horizontalAdvance("−100%"))
        row.shown.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        grid.addWidget(row.box, at, 0, 1, 2)
        grid.addWidget(row.slider, at + 1, 0)
        grid.addWidget(row.shown, at + 1, 1)
        text = row.relief.substitute
        words = QLabel(_("instead: {substitute}").format(substitute=text) if text else "")
        words.setWordWrap(True)
        set_role(words, "caption")
        if text:
            grid.addWidget(words, at + 2, 0)
            grid.addWidget(row.hours, at + 2, 1)
        grid.setRowMinimumHeight(at + 3, NEAR)

    def _open(self, at: int) -> None:
        self.asked.emit(Where("posts", unit_code=self.units.row_at(at).unit_code))


def _columns(workspace: Workspace) -> tuple[ShownColumn[Effect], ...]:
    def saturation(value: float | None) -> float | None:
        return number_format.hundred(value)

    return (
        ShownColumn(_("Unit"), lambda row: workspace.unit_name(row.unit_code)),
        ShownColumn(_("h before"), lambda row: row.demand_before, number_format.whole),
        ShownColumn(_("h after"), lambda row: row.demand_after, number_format.whole),
        ShownColumn(_("People freed"), lambda row: row.people, number_format.tenths),
        ShownColumn(
            _("% before"),
            lambda row: saturation(row.saturation_before),
            number_format.tenths,
            tip=_("Saturation"),
        ),
        ShownColumn(
            _("% after"),
            lambda row: saturation(row.saturation_after),
            number_format.tenths,
            tip=_("Saturation"),
        ),
        ShownColumn(
            _("Over before"),
            lambda row: row.overloaded_before,
            number_format.whole,
            tip=_("Posts in the bands above full"),
        ),
        ShownColumn(
            _("Over after"),
            lambda row: row.overloaded_after,
            number_format.whole,
            tip=_("Posts in the bands above full"),
        ),
    )
