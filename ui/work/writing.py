"""Writing: a file is made in a worker and told of, or offered under a second name."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from app.language import _
from app.placing import TargetInUse
from ui.look.messages import Message
from ui.work.host import Host
from ui.work.jobs import Job


def run_writing(workspace: Host, path: Path, write: Callable[[Path], object]) -> Job:
    """Write a file or a folder in a worker; a file in use is offered under a second name."""

    def work(_job: Job) -> TargetInUse | None:
        try:
            write(path)
        except TargetInUse as error:
            if path.is_dir():
                raise
            return error
        return None

    def tell(in_use: TargetInUse | None) -> None:
        workspace.told.emit(written(path) if in_use is None else _offered(workspace, in_use, write))

    return workspace.run(Job(_("Writing {name}…").format(name=path.name), work), tell)


def open_path(path: Path) -> None:
    """Open a file or folder with the program the system has for it."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


def written(path: Path) -> Message:
    """Return that a file is there, and the offer to open it."""
    return Message(
        _("Written: {path}").format(path=path),
        action_text=_("Open"),
        action=lambda: open_path(path),
    )


def _offered(workspace: Host, in_use: TargetInUse, write: Callable[[Path], object]) -> Message:
    """Return the offer to write a file under its second name, as another program has the first."""
    return Message(
        in_use.message,
        in_use.remedy,
        is_problem=True,
        action_text=_("Write “{name}”").format(name=in_use.suggested.name),
        action=lambda: run_writing(workspace, in_use.suggested, write),
    )
