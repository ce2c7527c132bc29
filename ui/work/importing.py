"""Importing: reading workbooks in a worker, at first and again with every choice of the user."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from app.errors import Cancelled
from app.language import _
from ui.work.host import Host
from ui.work.jobs import Job

if TYPE_CHECKING:
    from app.project import Project
    from app.workbooks.foreign.mappings import Choices
    from app.workbooks.importing import Import


def read_first(
    project: Project, paths: Sequence[Path], job: Job, *, decides: bool = False
) -> Import:
    """Open workbooks and say what they would change; kept mappings are used where they fit.

    `decides` reads the one file as what the county has decided on differences.

    Raises:
        Cancelled: the user stopped the job.
    """
    from app.workbooks.foreign.mappings import Choices  # noqa: PLC0415
    from app.workbooks.foreign.saved_mappings import kept_mappings  # noqa: PLC0415 - needs the workbooks
    from app.workbooks.material import gather  # noqa: PLC0415

    def tell(opened: int) -> None:
        if job.should_stop():
            raise Cancelled
        job.report(opened)

    kept = kept_mappings()
    return project.read_import(
        gather(paths, tell), choices=Choices(mappings=kept), kept=kept, decides=decides
    )


def reread(
    workspace: Host,
    imported: Import,
    choices: Choices,
    leaves_out: bool,
    show: Callable[[Import], None],
) -> Job:
    """Read what was opened again with other choices, in a worker; a cancelled result is dropped."""
    project = workspace.project
    assert project is not None

    def work(job: Job) -> Import:
        from app.workbooks.foreign.saved_mappings import kept_mappings  # noqa: PLC0415
        from app.workbooks.importing import without_refused  # noqa: PLC0415 - needs the workbooks

        material, chosen = imported.material, choices
        if leaves_out:
            chosen = without_refused(material, project.county, chosen)
        found = project.read_import(
            material, choices=chosen, kept=kept_mappings(), decides=imported.decides
        )
        if job.should_stop():
            raise Cancelled
        return found

    return workspace.run(Job(_("Reading the workbooks…"), work, may_drop=True), show)
