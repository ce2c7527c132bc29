"""The workspace: holds the open Project, runs its jobs and says what changed."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from app.errors import UserError
from app.language import _
from app.model.changing import Changed, template_changes
from app.model.findings import Finding
from app.model.plan import Plan
from app.model.vocabulary import Lever, Outcome, Table
from ui.look.messages import explained
from ui.work.host import Host
from ui.work.importing import read_first
from ui.work.jobs import Job, Jobs
from ui.work.recovering import look_for_lost

if TYPE_CHECKING:
    from app.model.changing import MatrixCell
    from app.model.county import Change, County
    from app.model.figures import Figures
    from app.project import Project
    from app.store.document.recovering import Lost
    from app.workbooks.importing import Import
    from ui.work.new_duty import DutyDraft

SUFFIX = ".hengbian"
"""What a plan file is called behind its name."""

CHECK_DELAY = 400
"""Milliseconds after a change until the check-up looks again."""

MOST_ROWS_AT_ONCE = 100
"""A larger change takes noticeable time and goes to a worker."""


class Workspace(Host):
    """What the pages look at: the open project, the work under way, and signals about both."""

    opened = Signal()
    """Another project, or none, is there."""
    changed = Signal(object)
    """Something in the project changed: a `Changed`."""
    state_changed = Signal()
    """What may be done changed: undo, redo, modified, jobs."""
    found = Signal()
    """The findings of the check-up are there, or others than before."""
    lost_found = Signal()
    """It is known which plans were never saved when the program ended at once."""
    crashed = Signal(object)
    """An exception that is a bug of ours."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.jobs = Jobs(self)
        self.jobs.changed.connect(self.state_changed)
        self.project = None
        self._unit_names: dict[str, str] = {}
        self.planning: Job | None = None
        self.blocked: Plan | None = None
        """The run found last where limits contradict each other; it is told, never kept."""
        self.is_untouched_sample = False
        self.draft: DutyDraft | None = None
        self._is_discarded = False
        self._writing = threading.Lock()
        self.findings: tuple[Finding, ...] = ()
        self.lost: tuple[Lost, ...] = ()
        self._plan: Plan | None = None
        self._check_timer = QTimer(self, singleShot=True, interval=CHECK_DELAY)
        self._check_timer.timeout.connect(self._check)
        self.opened.connect(self._check)
        self.changed.connect(self._check_timer.start)

    @property
    def county(self) -> County:
        """Return the inputs of the open project."""
        return self._open_project.county

    @property
    def figures(self) -> Figures:
        """Return the figures of the open project."""
        return self._open_project.figures

    def unit_name(self, unit_code: str) -> str:
        """Return a unit's name, the last one known while rows of a unit that went are shown."""
        unit = self.county.units.get((unit_code,))
        if unit is not None:
            self._unit_names[unit_code] = unit.name
        return self._unit_names.get(unit_code, "")

    @property
    def plan(self) -> Plan | None:
        """Return the plan kept last."""
        return self._plan

    @property
    def is_open(self) -> bool:
        """Return whether a project is open."""
        return self.project is not None

    @property
    def is_busy(self) -> bool:
        """Return whether work is under way during which nothing may be changed."""
        return self.jobs.is_exclusive

    @property
    def may_edit(self) -> bool:
        """Return whether the open project takes changes."""
        return self.project is not None and not self.project.is_read_only

    @property
    def has_unsaved_work(self) -> bool:
        """Return whether closing now would lose something the user did."""
        return (
            self.project is not None and self.project.is_modified and not self.is_untouched_sample
        )

    def open(self, path: Path) -> Job:
        """Open a plan file in place of the one that is open."""

        def work(job: Job) -> Project:
            from app.project import Project  # noqa: PLC0415 - slow to import, so not at start

            return _assessed(Project.open(path))

        return self.run(
            Job(_("Opening {name}…").format(name=path.name), work, is_exclusive=True), self.hold
        )

    def new(self, *, with_sample: bool = False, then: Callable[[], object] | None = None) -> Job:
        """Start an untitled plan, empty or with the sample county, then do `then`."""

        def work(job: Job) -> Project:
            from app.project import Project  # noqa: PLC0415 - slow to import, so not at start

            return _assessed(Project.new(with_sample=with_sample))

        def hold(project: Project) -> None:
            self.hold(project)
            self.is_untouched_sample = with_sample
            if then is not None:
                then()

        text = _("Preparing the sample county…") if with_sample else _("Preparing a new plan…")
        return self.run(Job(text, work, is_exclusive=True), hold)

    def new_from(self, template: Path) -> Job:
        """Start an untitled plan with the duties, tasks and settings of a plan file."""

        def work(job: Job) -> Project:
            from app.project import Project  # noqa: PLC0415 - slow to import, so not at start

            source = Project.open(template, read_only=True)
            try:
                changes = template_changes(source.county)
            finally:
                source.close()
            project = Project.new()
            project.change(_("Begin with {name} as template").format(name=template.stem), changes)
            return _assessed(project)

        text = _("Preparing a new plan…")
        return self.run(Job(text, work, is_exclusive=True), self.hold)

    def show_lost(self, lost: tuple[Lost, ...]) -> None:
        """Take up which plans were never saved when the program ended at once."""
        self.lost = lost
        self.lost_found.emit()

    def discard(self) -> None:
        """Note that the user gives up unsaved work, recovered work too."""
        self._is_discarded = True

    def hold(self, project: Project | None) -> None:
        """Put `project` in place of the one that is open, which is closed."""
        self._let_go()
        if self.planning is not None:
            self.planning.cancel()
        self.project = project
        self.draft = self.blocked = None
        self.is_untouched_sample = False
        self._plan = project.plan if project is not None else None
        self.opened.emit()
        self.state_changed.emit()
        if project is None and self.lost:
            look_for_lost(self)

    def save(self, path: Path | None = None, then: Callable[[], object] | None = None) -> Job:
        """Write the document, to `path` if one is given, then do `then`."""
        project = self._open_project

        def work(job: Job) -> None:
            with self._writing:
                if path is None:
                    project.save()
                else:
                    project.save_as(path)

        def saved(result: None) -> None:
            self.state_changed.emit()
            if then is not None:
                then()

        return self.run(Job(_("Saving…"), work, is_exclusive=True), saved)

    def change(self, label: str, changes: Iterable[Change]) -> None:
        """Make `changes` one step; a large one in a worker."""
        project, changes = self._open_project, list(changes)
        if len(changes) > MOST_ROWS_AT_ONCE:
            self._change_in_worker(label, lambda: project.change(label, changes))
        else:
            self.change_now(lambda: project.change(label, changes))

    def change_widely(self, text: str, take: Callable[[], Changed]) -> Job:
        """Take a step that concerns every unit or the scenarios, in a worker."""
        return self._change_in_worker(text, take)

    def change_now(self, take: Callable[[], Changed]) -> bool:
        """Take one small step at once; a refusal is told, and returned as False."""
        try:
            with self._writing:
                changed = take()
        except UserError as error:
            self.tell_error(error)
            return False
        self._tell_changed(changed)
        return True

    def change_block(self, label: str, cells: Mapping[MatrixCell, float | None]) -> bool:
        """Set many cells of the matrix as one step; a large block in a worker."""
        project = self._open_project
        if len(cells) > MOST_ROWS_AT_ONCE:
            self._change_in_worker(label, lambda: project.set_many_hours(label, cells))
            return True
        return self.change_now(lambda: project.set_many_hours(label, cells))

    def undo(self) -> Job:
        """Take back the last step."""
        return self._change_in_worker(_("Undoing…"), self._open_project.undo)

    def redo(self) -> Job:
        """Do again the step taken back last."""
        return self._change_in_worker(_("Redoing…"), self._open_project.redo)

    def read_import(
        self,
        paths: Sequence[Path],
        show: Callable[[Import], None],
        refused: Callable[[], None],
        *,
        decides: bool = False,
    ) -> Job:
        """Read workbooks without storing anything and `show` what importing them would do."""
        project = self._open_project
        job = Job(
            _("Reading the workbooks…"),
            lambda job: read_first(project, paths, job, decides=decides),
            is_exclusive=True,
            may_drop=True,
        )
        job.failed.connect(refused)
        job.cancelled.connect(refused)
        return self.run(job, show)

    def apply_import(self, imported: Import, label: str) -> Job:
        """Store what was read as one step."""
        project = self._open_project
        return self._change_in_worker(
            _("Storing the import…"), lambda: project.apply_import(imported, label)
        )

    def start_planning(self, *, levers: frozenset[Lever], time_limit: float) -> Job:
        """Look for a plan in a worker; it is kept when it is found."""
        project = self._open_project

        def work(job: Job) -> Plan:
            return project.compute_plan(
                levers=levers,
                time_limit=time_limit,
                on_progress=job.report,
                should_stop=job.should_stop,
            )

        def keep(plan: Plan) -> None:
            if self.project is project:
                self._take_plan(project, plan)

        job = Job(_("Planning…"), work, may_cancel=True)
        self.planning = job
        job.ended.connect(self._forget_planning)
        return self.run(job, keep)

    def _take_plan(self, project: Project, plan: Plan) -> None:
        if plan.outcome is Outcome.BLOCKED:
            self.blocked = plan
            self.changed.emit(Changed(tables=frozenset({Table.PLANS}), unit_codes=frozenset()))
        else:
            self._change_in_worker(_("Keeping the plan…"), lambda: project.keep_plan(plan))

    def run(self, job: Job, show: Callable[..., None]) -> Job:
        """Start `job`, hand its result to `show`, and tell the user if it fails."""
        job.succeeded.connect(show)
        job.failed.connect(self.tell_error)
        return self.jobs.start(job)

    def reword(self) -> None:
        """Compute the sentences among the figures and findings in the language of now.

        Limits that contradict each other are told by a run alone; their sentences go.
        """
        self._forget_blocked()
        project = self.project
        if project is not None:
            self.run(
                Job("", lambda job: _assessed(project)), lambda project: self._check_timer.start()
            )

    def tell_error(self, error: BaseException) -> None:
        """Tell the user about a failure, in the words of its kind."""
        message = explained(error)
        if message is None:
            self.crashed.emit(error)
        else:
            self.told.emit(message)

    def close(self) -> None:
        """Stop everything and let go of the project."""
        self.jobs.cancel_all()
        self.jobs.wait()
        self._let_go()
        self.project = None

    def _let_go(self) -> None:
        if self.project is not None:
            self.project.close(keep_unsaved=False if self._is_discarded else None)
        self._is_discarded = False

    @property
    def _open_project(self) -> Project:
        assert self.project is not None
        return self.project

    def _change_in_worker(self, text: str, take: Callable[[], Changed]) -> Job:
        project = self._open_project

        def work(job: Job) -> Changed:
            with self._writing:
                changed = take()
            _assessed(project)
            return changed

        return self.run(Job(text, work, is_exclusive=True), self._tell_changed)

    def _check(self) -> None:
        project = self.project
        if project is None:
            self._show_findings(())
            return

        def show(findings: tuple[Finding, ...]) -> None:
            if self.project is project:
                self._show_findings(findings)

        self.run(Job("", lambda job: project.check()), show)

    def _show_findings(self, findings: tuple[Finding, ...]) -> None:
        self.findings = findings
        self.found.emit()

    def _tell_changed(self, changed: Changed) -> None:
        if self.project is None:
            return
        if Table.PLANS in changed.tables:
            self._plan = self.project.plan
        if changed.tables:
            self.blocked = None
            self.is_untouched_sample = self._is_discarded = False
            self.changed.emit(changed)
        self.state_changed.emit()

    def _forget_blocked(self) -> None:
        if self.blocked is not None:
            self.blocked = None
            self.changed.emit(Changed(tables=frozenset({Table.PLANS}), unit_codes=frozenset()))

    def _forget_planning(self) -> None:
        if self.planning is not None and self.planning.is_ended:
            self.planning = None


def _assessed(project: Project) -> Project:
    """Compute the figures here, in the worker, so that the main thread finds them ready."""
    _ = project.figures
    return project
