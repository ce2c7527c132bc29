"""The panel that starts a planning run: means, time limit, progress and cancel."""

from __future__ import annotations

import time
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QLabel,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from app.language import _, word
from app.model.county import Change, PolicyValue
from app.model.settings import Policy
from app.model.vocabulary import Goal, Lever
from ui.dialogs.questions import ask_about_gaps
from ui.look import icons, number_format
from ui.look.icons import Icon
from ui.look.theme import APART, NEAR, TIGHT, set_role
from ui.widgets.number_box import NumberBox
from ui.work.jobs import Job
from ui.work.workspace import Workspace

LEAST_WIDTH = 240
LEAST_BOUND = 0.05


class RunPanel(QFrame):
    """The user chooses how far the ladder may go and how long to look, then starts."""

    policy_asked = Signal()
    """The user wants to see goals and limits."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self._workspace = workspace
        self._job: Job | None = None
        set_role(self, "card")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self.levers = {lever: QCheckBox(_numbered(lever)) for lever in Lever}
        self.limit = NumberBox()
        self.limit.setDecimals(0)
        self.limit.setRange(1, 86_400)
        self.limit.setSingleStep(30)
        self.limit.setSuffix(_(" s"))
        self.limit.setAccessibleName(_("Time limit in seconds"))
        self.run = QPushButton(icons.icon(Icon.RUN, is_on_accent=True), _("Find a plan"))
        set_role(self.run, "primary")
        self.run.clicked.connect(self.start)
        self.policy = QPushButton(icons.icon(Icon.FILTER), _("Goals and limits…"))
        self.policy.clicked.connect(self.policy_asked)
        self.cancel = QPushButton(icons.icon(Icon.STOP), _("Cancel"))
        self.cancel.clicked.connect(self._cancel)
        self.goal, self.value, self._time = QLabel(), QLabel(), QLabel()
        self.value.setWordWrap(True)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._progress = QWidget()
        self._reached: dict[int, str] = {}
        self._shown: Policy | None = None
        self._lay_out()
        widest = max(box.sizeHint().width() for box in self.levers.values())
        self.setFixedWidth(max(LEAST_WIDTH, widest + 2 * APART + TIGHT))
        self._tick = QTimer(self, interval=500)
        self._tick.timeout.connect(self._show_time)
        for box in self.levers.values():
            box.clicked.connect(self._keep_levers)
        self.limit.editingFinished.connect(self._keep_limit)
        workspace.state_changed.connect(self.follow)

    def show_policy(self) -> None:
        """Set means and time limit to what the policy of the open plan says."""
        project = self._workspace.project
        assert project is not None
        policy = project.policy
        if policy == self._shown:
            return
        self._shown = policy
        for lever, box in self.levers.items():
            box.setChecked(lever in policy.levers)
        self.limit.setValue(policy.time_limit)

    def start(self) -> None:
        """Look for a plan with the means chosen; over gaps in the inputs only on purpose."""
        project = self._workspace.project
        gaps = project.advising.gaps if project is not None else ()
        if gaps and not ask_about_gaps(self, gaps):
            return
        chosen = frozenset(lever for lever, box in self.levers.items() if box.isChecked())
        self._workspace.start_planning(levers=chosen, time_limit=self.limit.value())

    def _keep_levers(self) -> None:
        chosen = [lever for lever, box in self.levers.items() if box.isChecked()]
        names = _(", ").join(map(word, chosen)) or _("no means")
        value = ",".join(lever.value for lever in chosen) or "none"
        self._keep(_("Let plans use: {names}").format(names=names), "levers", value)

    def _keep_limit(self) -> None:
        if self._shown is not None and self.limit.value() != self._shown.time_limit:
            value = f"{self.limit.value():g}"
            label = _("Set the time limit to {seconds} s").format(seconds=value)
            self._keep(label, "time_limit", value)

    def _keep(self, label: str, key: str, value: str) -> None:
        """Make a setting part of the policy, as one undoable step."""
        project = self._workspace.project
        if project is None or not self._workspace.may_edit or self._workspace.is_busy:
            return
        before = self._workspace.county.policy.get((key,))
        change = Change(before=before, after=PolicyValue(key, value))
        self._workspace.change_widely(label, lambda: project.change(label, [change]))

    def follow(self) -> None:
        """Show the run under way, or that none is."""
        job = self._workspace.planning
        if job is not None and job is not self._job:
            self._job = job
            job.progressed.connect(self._show_progress)
            self._tick.start()
            self.goal.setText(_("Laying out the problem…"))
            self.value.setText("")
            self._reached.clear()
            self._bar.setRange(0, 0)
            self._show_time()
            if job.progress is not None:
                self._show_progress(job.progress)
        if job is None:
            self._job = None
            self._tick.stop()
        self._progress.setVisible(job is not None)
        self.run.setVisible(job is None)
        self.run.setEnabled(self._workspace.may_edit and not self._workspace.is_busy)
        self.policy.setEnabled(self.run.isEnabled() and job is None)
        self.cancel.setEnabled(True)
        for box in self.levers.values():
            box.setEnabled(job is None)
        self.limit.setEnabled(job is None)

    def _show_progress(self, progress: Any) -> None:
        """Show a `Progress` of `app.advice.planning`, whose packages come with the run."""
        goal = Goal.read(progress.goal)
        if goal is None:
            words = _("The plan is found. How far each means gets: {number} of {of}")
        else:
            words = _("Goal {number} of {of}: {goal}")
        named = word(goal) if goal is not None else ""
        self.goal.setText(words.format(number=progress.number, of=progress.of, goal=named))
        self._bar.setRange(0, max(1, progress.of))
        self._bar.setValue(max(0, progress.number - 1))
        if progress.value is not None and progress.bound is not None:
            # That nothing is below 0 need not be said.
            has_bound = progress.bound >= LEAST_BOUND
            words = _("{goal}: {value}, at least {bound}") if has_bound else _("{goal}: {value}")
            self._reached[progress.number] = words.format(
                goal=named,
                value=number_format.tenths(progress.value),
                bound=number_format.tenths(progress.bound),
            )
            lines = [self._reached[number] for number in sorted(self._reached)]
            self.value.setText("\n".join(lines[-len(Goal) :]))

    def _show_time(self) -> None:
        seconds = time.monotonic() - self._job.started if self._job is not None else 0.0
        self._time.setText(
            _("{seconds} s of {limit} s").format(
                seconds=number_format.whole(seconds), limit=number_format.whole(self.limit.value())
            )
        )

    def _cancel(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self.goal.setText(_("Stopping…"))
            self.cancel.setEnabled(False)

    def _lay_out(self) -> None:
        inside = QVBoxLayout(self)
        inside.setContentsMargins(APART, NEAR + TIGHT, APART, APART)
        inside.setSpacing(NEAR)
        title = QLabel(_("Means the plan may use"))
        title.setWordWrap(True)
        title.setWordWrap(True)
        set_role(title, "heading")
        inside.addWidget(title)
        for lever, box in self.levers.items():
            box.setToolTip(_explanation(lever))
            inside.addWidget(box)
        inside.addSpacing(NEAR)
        caption = QLabel(_("Time limit"))
        set_role(caption, "muted")
        inside.addWidget(caption)
        inside.addWidget(self.limit)
        inside.addWidget(self.policy)
        inside.addSpacing(NEAR)
        inside.addWidget(self.run)
        inside.addWidget(self._progress)
        inside.addStretch(1)
        shown = QVBoxLayout(self._progress)
        shown.setContentsMargins(0, 0, 0, 0)
        shown.setSpacing(NEAR)
        for widget in (self.goal, self._bar, self.value, self._time, self.cancel):
            shown.addWidget(widget)
        self.goal.setWordWrap(True)
        for label in (self.value, self._time):
            set_role(label, "muted")
        self.run.setCursor(Qt.CursorShape.PointingHandCursor)


def _numbered(lever: Lever) -> str:
    return f"{'①②③④⑤'[list(Lever).index(lever)]}  {word(lever)}"


def _explanation(lever: Lever) -> str:
    return {
        Lever.REASSIGN: _("Hand tasks to other posts of the same office or unit."),
        Lever.MOVE: _("Let people change their post inside the unit."),
        Lever.CUT: _("Cut formalistic work up to its cap and return what is not the unit’s."),
        Lever.TRANSFER: _("Fill vacancies and transfer headcount between units."),
        Lever.TEMPORARY: _("Hire temporaries, up to the number the policy allows."),
    }[lever]
