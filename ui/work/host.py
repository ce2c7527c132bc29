"""The host of work in the background: what a piece of work may ask of the workspace it runs in."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from ui.work.jobs import Job

if TYPE_CHECKING:
    from app.project import Project
    from app.store.document.recovering import Lost


class Host(QObject):
    """A project, a way to run jobs, and a word to the user; only the `Workspace` is one."""

    project: Project | None
    told = Signal(object)
    """A `Message` for the user."""

    def run(self, job: Job, show: Callable[..., None]) -> Job:
        """Start `job`, hand its result to `show`, and tell the user if it fails."""
        raise NotImplementedError

    def hold(self, project: Project | None) -> None:
        """Put `project` in place of the one that is open, which is closed."""
        raise NotImplementedError

    def show_lost(self, lost: tuple[Lost, ...]) -> None:
        """Take up which plans were never saved when the program ended at once."""
        raise NotImplementedError
