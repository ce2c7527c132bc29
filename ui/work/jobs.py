"""Jobs: long work in a worker thread, with progress and cancel, its end told on the main thread.

Python may collect garbage in any thread, and a Qt object must not end in a worker. So whatever is a
Qt object has a Qt parent, which ends it on the main thread; only its Python shell is collected.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QThreadPool, Signal

from app.errors import Cancelled

Work = Callable[["Job"], object]


class Job(QObject):
    """One piece of long work; exactly one of `succeeded`, `failed`, `cancelled` ends it.

    `work` runs in a worker thread and gets the job, to `report` how far it is and to ask
    `should_stop`. All signals are emitted on the thread the job was made on. Of work that changes
    nothing, a job that `may_drop`, a cancel is the end at once: nobody waits for the worker.
    """

    progressed = Signal(object)
    succeeded = Signal(object)
    failed = Signal(object)
    cancelled = Signal()
    ended = Signal()

    _arrived = Signal(str, object)

    def __init__(
        self,
        text: str,
        work: Work,
        *,
        is_exclusive: bool = False,
        may_cancel: bool = False,
        may_drop: bool = False,
    ) -> None:
        super().__init__()
        self.text = text
        """What is under way, for the user; '' for quiet work that nobody waits for."""
        self.is_exclusive = is_exclusive
        self.may_cancel = may_cancel or may_drop
        self.may_drop = may_drop
        self.is_ended = False
        """Whether the work is done; who waits for it may not have been told yet."""
        self.is_told = False
        """Whether everybody was told; before that a dialog may still be open in a slot."""
        self.started = time.monotonic()
        self.progress: object = None
        self._work = work
        self._stop = threading.Event()
        self._is_dropped = False
        self._telling = threading.Lock()
        self._arrived.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def report(self, progress: object) -> None:
        """Tell how far the work is; called from the worker thread."""
        self._tell("progressed", progress)

    def should_stop(self) -> bool:
        """Return whether the user asked to stop; called from the worker thread."""
        return self._stop.is_set()

    def cancel(self) -> None:
        """Ask the work to stop soon."""
        self._stop.set()
        if self.may_drop and not self.is_ended:
            self._tell("cancelled", None)
            with self._telling:
                self._is_dropped = True

    def run(self) -> None:
        """Do the work; called in the worker thread by `Jobs`."""
        try:
            result = self._work(self)
        except Cancelled:
            self._tell("cancelled", None)
        except Exception as error:  # every failure of a worker has to reach the user
            self._tell("failed", error)
        else:
            self._tell("succeeded", result)

    def _tell(self, kind: str, content: object) -> None:
        """Have something delivered, unless the job was dropped and may be gone by now."""
        with self._telling:
            if not self._is_dropped:
                self._arrived.emit(kind, content)

    def _deliver(self, kind: str, content: object) -> None:
        if self.is_ended:
            return
        if kind == "progressed":
            self.progress = content
            self.progressed.emit(content)
            return
        self.is_ended = True
        if kind == "cancelled":
            self.cancelled.emit()
        elif kind == "failed":
            self.failed.emit(content)
        else:
            self.succeeded.emit(content)
        self.is_told = True
        self.ended.emit()


class Jobs(QObject):
    """The jobs under way: exclusive ones one after the other, the rest side by side."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.running: list[Job] = []
        self._in_turn = QThreadPool(self)
        self._in_turn.setMaxThreadCount(1)
        self._side_by_side = QThreadPool(self)

    @property
    def is_exclusive(self) -> bool:
        """Return whether work is under way during which nothing may be changed."""
        return any(job.is_exclusive and not job.is_ended for job in self.running)

    @property
    def shown(self) -> list[Job]:
        """Return the work under way that the user should know of."""
        return [job for job in self.running if job.text and not job.is_ended]

    def start(self, job: Job) -> Job:
        """Start `job`, or queue it behind the exclusive ones, and return it."""
        self.running.append(job)
        job.setParent(self)
        job.ended.connect(self._forget_ended)
        pool = self._in_turn if job.is_exclusive else self._side_by_side
        pool.start(job.run)
        self.changed.emit()
        return job

    def cancel_all(self) -> None:
        """Ask everything under way to stop."""
        for job in self.running:
            job.cancel()

    def wait(self) -> None:
        """Return when no worker runs any more; results that are not delivered yet are dropped."""
        self._in_turn.waitForDone()
        self._side_by_side.waitForDone()

    def _forget_ended(self) -> None:
        for job in self.running:
            if job.is_told:
                job.deleteLater()
        self.running = [job for job in self.running if not job.is_told]
        self.changed.emit()
