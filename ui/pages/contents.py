"""The pages of an open plan, in the order of the navigation."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from app.language import _
from ui.icons import Icon
from ui.pages.checkup import CheckupPage
from ui.pages.duties import DutiesPage
from ui.pages.evidence import EvidencePage
from ui.pages.history import HistoryPage
from ui.pages.intake import IntakePage
from ui.pages.matrix import MatrixPage
from ui.pages.overview import OverviewPage
from ui.pages.page import Page
from ui.pages.plan import PlanPage
from ui.pages.posts import PostsPage
from ui.pages.scenarios import ScenariosPage
from ui.pages.units import UnitsPage
from ui.workspace import Workspace


@dataclass(frozen=True)
class Entry:
    """One entry of the navigation: the page's name, its words, its icon and how it is made."""

    name: str
    text: str
    icon: Icon
    make: Callable[[Workspace], Page]


def entries() -> tuple[Entry, ...]:
    """Return the entries with their words in the current language."""
    return (
        Entry(OverviewPage.NAME, _("Overview"), Icon.OVERVIEW, OverviewPage),
        Entry(UnitsPage.NAME, _("Units and headcount"), Icon.UNITS, UnitsPage),
        Entry(PostsPage.NAME, _("Posts"), Icon.POSTS, PostsPage),
        Entry(DutiesPage.NAME, _("Duties and tasks"), Icon.DUTIES, DutiesPage),
        Entry(MatrixPage.NAME, _("Matrix"), Icon.MATRIX, MatrixPage),
        Entry(CheckupPage.NAME, _("Check-up"), Icon.CHECKUP, CheckupPage),
        Entry(EvidencePage.NAME, _("Evidence and risk"), Icon.EVIDENCE, EvidencePage),
        Entry(PlanPage.NAME, _("Plan"), Icon.PLAN, PlanPage),
        Entry(ScenariosPage.NAME, _("Scenarios and years"), Icon.SCENARIOS, ScenariosPage),
        Entry(IntakePage.NAME, _("Intake of new duties"), Icon.INTAKE, IntakePage),
        Entry(HistoryPage.NAME, _("History"), Icon.HISTORY, HistoryPage),
    )
