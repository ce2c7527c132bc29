"""Poses the pages of duties, evidence, scenarios and intake, every tab and state of them."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from app.method.burden.shipped_reliefs import RELIEFS
from app.model.county import Change
from app.model.scenario import Scenario
from app.model.vocabulary import Burden
from app.project import Project
from ui.pages.comparing.scenarios import SCENARIOS, YEARS, ScenariosPage
from ui.pages.duties.duty_page import LEDGER, LIMITS, POLICIES, DutiesPage
from ui.pages.evidence.evidence_page import MEASURING, OPINIONS, RISKS, TORNADO, EvidencePage
from ui.pages.intake.intake_page import IntakePage
from ui.pages.page import Where
from ui.shell.window import Window

Pose = tuple[str, Callable[[], object]]
"""What a picture is called, and what is done before it is taken."""


def poses(window: Window) -> Iterator[Pose]:
    """Yield every pose of these pages in order; the plan open is the sample county."""
    yield from _duties(window)
    yield from _evidence(window)
    yield from _scenarios(window)
    yield from _intake(window)


def _duties(window: Window) -> Iterator[Pose]:
    page = window.show_page("duties")
    assert isinstance(page, DutiesPage)
    county = window.workspace.county
    duty = next(code for (code,), row in county.duties.items() if row.own_duty)
    task = next(code for (code,) in county.tasks)
    yield "duties-task", lambda: page.go_to(Where("duties", task_code=task))
    yield "duties-duty", lambda: page.go_to(Where("duties", duty_code=duty))
    yield "duties-found", lambda: page.search.setText("人居")
    yield "duties-nothing-found", lambda: page.search.setText("没有这样的任务")
    page.search.clear()
    for name, tab in (
        ("duties-ledger", LEDGER),
        ("duties-policies", POLICIES),
        ("duties-limits", LIMITS),
    ):
        yield name, lambda tab=tab: page.tabs.setCurrentIndex(tab)  # type: ignore[misc]


def _evidence(window: Window) -> Iterator[Pose]:
    page = window.show_page("evidence")
    assert isinstance(page, EvidencePage)
    for name, tab in (
        ("evidence-risks", RISKS),
        ("evidence-tornado", TORNADO),
        ("evidence-measuring", MEASURING),
        ("evidence-opinions", OPINIONS),
    ):
        yield name, lambda tab=tab: page.tabs.setCurrentIndex(tab)  # type: ignore[misc]


def _scenarios(window: Window) -> Iterator[Pose]:
    page = window.show_page("scenarios")
    assert isinstance(page, ScenariosPage)
    workspace = window.workspace
    project = workspace.project
    assert project is not None
    yield "years-empty", lambda: page.tabs.setCurrentIndex(YEARS)
    changes = project.judging.relief_changes(RELIEFS["inspections"])
    kept = Scenario.of("督查检查减半", changes, note="按 2018 年通知测算")
    if kept.name not in {item.name for item in project.scenarios}:
        workspace.change_widely("", lambda: project.keep_scenario(kept))
    yield "scenarios-figures", lambda: page.tabs.setCurrentIndex(SCENARIOS)
    yield "scenarios-cells", lambda: page.variant.tabs.setCurrentIndex(1)
    page.tabs.setCurrentIndex(YEARS)
    if not page.years.paths:
        yield "years", lambda: page.years.add([_last_year(project)])
    yield "years-figures", lambda: page.years.tabs.setCurrentIndex(1)


def _last_year(project: Project) -> Path:
    """Return a plan file of the same county with fewer formalistic orders."""
    path = Path(tempfile.mkdtemp(prefix="hengbian-last-year-")) / "2025.hengbian"
    earlier, county = Project.new(path), project.county
    fewer = [
        Change(before=None, after=replace(row, volume=row.volume * 0.7))
        for row in county.volumes.values()
        if county.tasks[(row.task_code,)].burden is not Burden.SUBSTANTIVE
    ]
    rows = [Change(before=None, after=row) for row in county.records()]
    earlier.change("2025", rows)
    earlier.change(
        "2025",
        [Change(before=county.volumes[one.record.key], after=one.after) for one in fewer],
    )
    earlier.save()
    earlier.close()
    return path


def _intake(window: Window) -> Iterator[Pose]:
    page = window.show_page("intake")
    assert isinstance(page, IntakePage)
    view = page.draft_view
    yield "intake-empty", view.begin

    def describe() -> None:
        for field, text in (
            ("name", "电动自行车充电设施排查"),
            ("superior", "县消防救援大队"),
            ("area", "应急管理及消防"),
        ):
            view.duty_form.edited.emit(field, text)
        view.tabs.setCurrentIndex(1)

    yield "intake-task", describe

    def measure() -> None:
        view.task_form.edited.emit("hours_each", "1.5")
        view.same.setText("1200")
        view.fill.click()
        view.tabs.setCurrentIndex(2)

    yield "intake-verdicts", measure
