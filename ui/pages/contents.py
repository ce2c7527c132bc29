"""The pages of an open plan, in the order of the navigation."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

from app.language import _
from ui.look.icons import Icon
from ui.pages.page import Page
from ui.work.workspace import Workspace


@dataclass(frozen=True)
class PageEntry:
    """One entry of the navigation: the page's name, its words, its icon and where it is made.

    The page's packages come when it is seen for the first time, or when nothing else is to do.
    """

    name: str
    text: str
    icon: Icon
    place: str
    """Its module below `ui.pages` and its class, such as "planning.plan.PlanPage"."""
    shortcut: str = ""
    """Its keys; '' for Ctrl and its number while that has one digit."""

    def counted(self, findings: int) -> str:
        """Return its words; those of the check-up say how much it found."""
        has_count = self.name == "checkup" and findings
        return f"{self.text}  {findings:,}" if has_count else self.text

    def page_type(self) -> type[Page]:
        """Return the class of the page, importing what it needs."""
        module, _dot, name = self.place.rpartition(".")
        found: type[Page] = getattr(import_module(f"ui.pages.{module}"), name)
        return found

    def make(self, workspace: Workspace) -> Page:
        """Make the page."""
        made: Callable[[Workspace], Page] = self.page_type()  # a page needs no more than this
        return made(workspace)


def entries() -> tuple[PageEntry, ...]:
    """Return the entries with their words in the current language."""
    return (
        PageEntry("overview", _("Overview"), Icon.OVERVIEW, "overview.OverviewPage"),
        PageEntry("units", _("Units and headcount"), Icon.UNITS, "units.UnitsPage"),
        PageEntry("posts", _("Posts"), Icon.POSTS, "posts.PostsPage"),
        PageEntry("duties", _("Duties and tasks"), Icon.DUTIES, "duties.duty_page.DutiesPage"),
        PageEntry("matrix", _("Matrix"), Icon.MATRIX, "matrix.MatrixPage"),
        PageEntry("checkup", _("Check-up"), Icon.CHECKUP, "checkup.CheckupPage"),
        PageEntry(
            "evidence", _("Evidence and risk"), Icon.EVIDENCE, "evidence.evidence_page.EvidencePage"
        ),
        PageEntry("plan", _("Plan"), Icon.PLAN, "planning.plan.PlanPage"),
        PageEntry(
            "scenarios",
            _("Scenarios and years"),
            Icon.SCENARIOS,
            "comparing.scenarios.ScenariosPage",
        ),
        PageEntry(
            "intake", _("Intake of new duties"), Icon.INTAKE, "intake.intake_page.IntakePage"
        ),
        PageEntry(
            "records",
            _("Basic data"),
            Icon.OPEN,
            "records.records_page.RecordsPage",
            "Ctrl+Shift+B",
        ),
        PageEntry("township", _("Unit on a page"), Icon.LEADER, "township.TownshipPage", "Ctrl+T"),
        PageEntry(
            "outputs", _("Export and reports"), Icon.REPORT, "outputs.OutputsPage", "Ctrl+Shift+E"
        ),
        PageEntry("history", _("History"), Icon.HISTORY, "history.HistoryPage"),
    )
