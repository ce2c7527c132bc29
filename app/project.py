"""The Project: the one object that window and command line hold, one method per thing to do."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Unpack

from app.advice.whatif.scenarios import scenario_county
from app.judging import Assessed, Judging
from app.language import _
from app.method.assessing import assess
from app.method.checks.checkup import find, find_blocking
from app.method.checks.consistency import scores
from app.method.policy import policy_of
from app.model.changing import Changed, MatrixCell, affected_units, block_changes, hours_change
from app.model.county import Change, County
from app.model.figures import Figures
from app.model.findings import Finding, Score
from app.model.plan import Plan
from app.model.scenario import Scenario
from app.model.settings import Policy
from app.model.vocabulary import Lever, Verdict
from app.pausing import without_collecting
from app.resources import resource
from app.store.document.recovering import Lost
from app.store.file import PlanFile
from app.store.records.history import Step
from app.surveying import Surveying
from app.workbooks.importing import Import, Reading, read_workbooks
from app.workbooks.material import Input
from app.workbooks.standard.exporting import write_standard

if TYPE_CHECKING:
    from app.advice.planning import RunProgress
    from app.advising import Advising
    from app.reporting import Reporting

SAMPLE_WORKBOOK = resource("sample", "yunling.xlsx")


class Project:
    """An open plan file and everything a user can do with it.

    Methods that only compute (`read_import`, `compute_plan`, the exports) work on the frozen
    county of the moment and may run in a worker thread; methods that change the plan file are
    called one at a time.
    """

    def __init__(self, plan_file: PlanFile) -> None:
        self._file = plan_file
        self._assessed: Assessed | None = None
        self._plan: Plan | None = None
        self._advising: tuple[int, Advising] | None = None

    @classmethod
    def new(cls, path: Path | None = None, *, with_sample: bool = False) -> Project:
        """Create a plan file, empty or with the sample county; without a path it is untitled."""
        project = cls(PlanFile.create(path))
        if with_sample:
            imported = project.read_import([SAMPLE_WORKBOOK])
            project.apply_import(imported, _("Import the sample county"))
        if path is not None:
            project.save()
        return project

    @classmethod
    def open(cls, path: Path, *, read_only: bool = False) -> Project:
        """Open a plan file; if somebody else holds it, for reading only."""
        return cls(PlanFile.open(path, read_only=read_only))

    @classmethod
    def lost(cls) -> tuple[Lost, ...]:
        """Return the plans that were never saved when the program ended at once, last first."""
        return PlanFile.lost()

    @classmethod
    def recover(cls, folder: Path) -> Project:
        """Open one of `lost` by its folder as an untitled plan."""
        return cls(PlanFile.recover(folder))

    @property
    def path(self) -> Path | None:
        """Return where the document is saved, None while untitled."""
        return self._file.path

    @property
    def title(self) -> str:
        """Return the name to show for this plan file."""
        return self.path.stem if self.path is not None else _("Untitled")

    @property
    def is_read_only(self) -> bool:
        """Return whether changes are refused."""
        return self._file.is_read_only

    @property
    def lock_owner(self) -> str:
        """Return who else holds the document, '' if nobody."""
        return self._file.lock_owner

    @property
    def is_modified(self) -> bool:
        """Return whether steps have not been saved to the document yet."""
        return self._file.is_modified

    @property
    def was_recovered(self) -> bool:
        """Return whether unsaved steps of an earlier run were found and restored."""
        return self._file.was_recovered

    @property
    def recovered(self) -> tuple[Step, ...]:
        """Return the steps of an earlier run that were found and are not saved yet."""
        return self._file.recovered

    @property
    def set_aside(self) -> tuple[Path, ...]:
        """Return where unsaved steps were put that do not fit the document any more."""
        return self._file.set_aside

    @property
    def county(self) -> County:
        """Return the inputs as they are now."""
        return self._file.county

    @property
    def policy(self) -> Policy:
        """Return the policy as it is now."""
        return policy_of(self.county)

    @property
    def figures(self) -> Figures:
        """Return every figure of the method for the inputs as they are now."""
        county, assessed = self.county, self._assessed
        if assessed is None or not assessed.fits(county):
            assessed = self._assessed = Assessed.anew(county, assessed)
        return assessed.figures

    @property
    def plan(self) -> Plan | None:
        """Return the plan that was kept last, None before the first."""
        plan_ids = self._file.plans.ids()
        if not plan_ids:
            return None
        if self._plan is None or self._plan.plan_id != plan_ids[-1]:
            self._plan = self._file.plans.named(plan_ids[-1])
        return self._plan

    def change(self, label: str, changes: Iterable[Change]) -> Changed:
        """Store `changes` as one step named `label`; rows that stay as they are do not count.

        The figures come first, so that nothing is stored that no figure could be computed from.

        Raises:
            BlockedByData: the rows contradict each other; nothing is stored.
        """
        real = [change for change in changes if change.before != change.after]
        if not real:
            return Changed.nothing()
        with without_collecting():
            figures = self._figures_of(self.county.with_changes(real))
            return self._stepped(lambda: self._file.apply(label, real), figures)

    def set_hours(
        self, unit_code: str, task_code: str, post_code: str, hours: float | None
    ) -> Changed:
        """Give a post `hours` of its unit's task (one cell of the matrix); None takes it off.

        Raises:
            BlockedByData: the task has no hours in this unit, or fewer than asked for.
        """
        label, change = hours_change(
            self.county, self.figures, (unit_code, task_code, post_code), hours
        )
        return self.change(label, [change] if change is not None else [])

    def set_many_hours(self, label: str, cells: Mapping[MatrixCell, float | None]) -> Changed:
        """Set a block of matrix cells as one step named `label`.

        Raises:
            BlockedByData: a task has no hours in its unit, or fewer than asked for.
        """
        return self.change(label, block_changes(self.county, self.figures, cells))

    @property
    def undo_label(self) -> str | None:
        """Return the words of the step that undo would take back."""
        return self._file.undo_label

    @property
    def redo_label(self) -> str | None:
        """Return the words of the step that redo would do again."""
        return self._file.redo_label

    def undo(self) -> Changed:
        """Take back the last step."""
        return self._stepped(self._file.undo)

    def redo(self) -> Changed:
        """Do again the step taken back last."""
        return self._stepped(self._file.redo)

    def _stepped(self, take: Callable[[], Step], figures: Figures | None = None) -> Changed:
        before = self.county
        step = take()
        units = affected_units(before, self.county)
        figures = self._figures_of(self.county, since=before) if figures is None else figures
        self._assessed = Assessed.of(self.county, figures)
        return Changed(tables=step.tables, unit_codes=units or frozenset())

    def _figures_of(self, county: County, *, since: County | None = None) -> Figures:
        """Return the figures of `county`, computing only the units that differ from those known."""
        known, since = self._assessed, self.county if since is None else since
        if known is None or not known.fits(since):
            return assess(county)
        return known.figures_of(county)

    def read_import(self, source: Input, **choices: Unpack[Reading]) -> Import:
        """Say what importing files, or what `gather` opened, would do; nothing is stored."""
        return read_workbooks(source, self.county, **choices)

    @property
    def surveying(self) -> Surveying:
        """Return the surveys of the inputs as they are now; `change` stores what comes back."""
        return Surveying(self.county)

    def apply_import(self, imported: Import, label: str) -> Changed:
        """Store what `read_import` found as one step."""
        return self.change(label, imported.changes)

    def export_standard(self, path: Path) -> None:
        """Write the inputs as a standard workbook."""
        write_standard(self.county, path)

    def export_allocation(self, path: Path, unit_code: str | None = None) -> None:
        """Write the allocation workbook of the latest plan, or of today if there is none."""
        self.reporting.write_allocation(path, unit_code)

    def write_report(self, path: Path, unit_code: str | None = None) -> None:
        """Write the report as PDF or Word: the county's, or one unit's page."""
        self.reporting.write_report(path, unit_code)

    def write_pictures(self, folder: Path) -> tuple[Path, ...]:
        """Write the charts as pictures into `folder`."""
        return self.reporting.write_pictures(folder)

    @property
    def reporting(self) -> Reporting:
        """Return what can be written about the inputs as they are now, and shown beforehand."""
        from app.reporting import Reporting  # noqa: PLC0415 - start without what prints

        return Reporting(self.county, self.figures, self.check(), self.plan, self.history())

    def check(self) -> tuple[Finding, ...]:
        """Return the findings of the check-up, or what keeps it from computing any figure."""
        return find_blocking(self.county) or find(self.county, self.figures)

    def scores(self, findings: Sequence[Finding] | None = None) -> tuple[Score, ...]:
        """Return the consistency scores that the findings of `check` make, () where they block.

        Args:
            findings: what `check` has just returned; None lets it be asked again.
        """
        if find_blocking(self.county):
            return ()
        return scores(self.county, self.figures, self.check() if findings is None else findings)

    def compute_plan(
        self,
        *,
        levers: Iterable[Lever] | None = None,
        time_limit: float | None = None,
        on_progress: Callable[[RunProgress], None] | None = None,
        should_stop: Callable[[], bool] | None = None,
    ) -> Plan:
        """Find a plan for the inputs as they are now, around what is decided; nothing is stored.

        `levers` and `time_limit` (seconds) None are left to the policy. `on_progress` is called
        and `should_stop` asked from the solving thread; True ends it with the best plan so far.
        """
        return self.advising.compute_plan(
            levers=levers, time_limit=time_limit, on_progress=on_progress, should_stop=should_stop
        )

    def keep_plan(self, plan: Plan) -> Changed:
        """Store a plan as one step."""
        return self._stepped(lambda: self._file.plans.keep(_("Keep a plan"), plan))

    @property
    def advising(self) -> Advising:
        """Return what can be asked about the plan kept last and its measures."""
        from app.advising import Advising  # noqa: PLC0415 - start without the solver

        known, steps = self._advising, len(self._file.steps())
        if known is None or known[0] != steps or known[1].figures is not self.figures:
            decided, plan = self._file.decisions.decided(), self.plan
            done = self._file.decisions.carried_out(plan.plan_id) if plan else frozenset()
            known = steps, Advising(self.county, self.figures, plan, decided, done)
            self._advising = known
        return known[1]

    def decide(self, label: str, ranks: Sequence[int], verdict: Verdict | None) -> Changed:
        """Accept or reject measures of the plan kept last, or (None) take it back, as one step."""
        decisions = self.advising.decisions(ranks, verdict)
        return self._stepped(lambda: self._file.decisions.change(label, decisions))

    def withdraw_decisions(self, label: str) -> Changed:
        """Take back everything that was decided, about earlier plans too, as one step."""
        decisions = dict.fromkeys(self.advising.verdicts)
        return self._stepped(lambda: self._file.decisions.change(label, decisions))

    def carry_out(self) -> Changed:
        """Make the inputs those after the accepted measures, as one step; all of them or none."""
        advising = self.advising
        changes, done = advising.changes(), [measure.identity for measure in advising.accepted]
        label = _("Carry out {count} measures").format(count=len(done))
        figures = self._figures_of(self.county.with_changes(changes))
        return self._stepped(lambda: self._file.apply(label, changes, carried_out=done), figures)

    @property
    def judging(self) -> Judging:
        """Return what can be asked about the inputs as they are now."""
        return Judging(self.county, self.figures)

    def judging_of(self, county: County) -> Judging:
        """Return what can be asked about a variant of the inputs as they are now."""
        return Judging(county, self._figures_of(county))

    @property
    def scenarios(self) -> tuple[Scenario, ...]:
        """Return the named variants of the inputs, the oldest first."""
        return self._file.scenarios.all()

    def scenario_judging(self, name: str) -> Judging:
        """Return what can be asked about the inputs as they would be in a scenario.

        Raises:
            BlockedByData: there is none of this name, or its rows no longer fit the plan.
        """
        return self.judging_of(scenario_county(self.county, self._file.scenarios.named(name)))

    def keep_scenario(self, scenario: Scenario) -> Changed:
        """Store a scenario as one step, in the place of one of the same name.

        The figures come first, so that nothing is stored that no figure could be computed from.

        Raises:
            BlockedByData: its rows contradict each other or the plan; nothing is stored.
        """
        self._figures_of(scenario_county(self.county, scenario))
        label = _("Keep the scenario “{name}”").format(name=scenario.name)
        return self._stepped(lambda: self._file.scenarios.keep(label, scenario))

    def rename_scenario(self, name: str, new_name: str) -> Changed:
        """Give a scenario another name as one step."""
        label = _("Rename the scenario “{name}” to “{new}”").format(name=name, new=new_name)
        return self._stepped(lambda: self._file.scenarios.rename(label, name, new_name))

    def drop_scenario(self, name: str) -> Changed:
        """Remove a scenario as one step."""
        label = _("Remove the scenario “{name}”").format(name=name)
        return self._stepped(lambda: self._file.scenarios.drop(label, name))

    def adopt_scenario(self, name: str) -> Changed:
        """Make the inputs those of a scenario, as one step; the scenario stays.

        Raises:
            BlockedByData: there is none of this name, or its rows no longer fit the plan.
        """
        scenario = self._file.scenarios.named(name)
        scenario_county(self.county, scenario)
        label = _("Adopt the scenario “{name}”").format(name=name)
        return self.change(label, scenario.changes(self.county))

    def history(self) -> tuple[Step, ...]:
        """Return every step, oldest first."""
        return self._file.steps()

    def verify_history(self) -> tuple[str, ...]:
        """Return a sentence for every sign that history or data were altered; () if sound."""
        return self._file.verify()

    def save(self) -> None:
        """Write the document in one move, keeping the version before as backup."""
        self._file.save()

    def save_as(self, path: Path) -> None:
        """Write the document to another place and go on there."""
        self._file.save_as(path)

    def close(self, *, keep_unsaved: bool | None = None) -> None:
        """Let go of the document; unsaved steps are dropped.

        Recovered ones are dropped only if `keep_unsaved` is False, until they were saved once.
        """
        self._file.close(keep_unsaved=keep_unsaved)
