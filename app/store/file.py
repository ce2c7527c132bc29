"""The plan file: a document, its working copy, and one undoable history of everything in it."""

from __future__ import annotations

import shutil
from collections.abc import Collection, Sequence
from contextlib import ExitStack
from functools import partial
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from app.errors import BlockedByData, UserError
from app.language import _
from app.model.county import Change, County
from app.store.document import recovering
from app.store.document.documents import Document, in_use, only_to_read, whole
from app.store.document.locking import Held, this_owner
from app.store.document.working import WorkingCopy, home_is_full, sweep
from app.store.records.contents import Contents
from app.store.records.database import (
    check_header,
    check_pages,
    check_version,
    create_database,
    open_engine,
)
from app.store.records.decisions import Decisions
from app.store.records.history import (
    Ledger,
    RowChange,
    Step,
    StepKind,
    append,
    digests,
    directed,
    next_step,
    pack,
    read_changes,
    read_steps,
)
from app.store.records.kept_plans import KeptPlans
from app.store.records.scenarios import Scenarios
from app.store.records.writing import step_transaction, write
from app.store.verifying import find_faults


class PlanFile:
    """An open plan file.

    Every change is stored in the working copy at once, so that a crash loses at most the step in
    flight; `save` brings the steps into the document. Any thread may use it, one at a time.

    Attributes:
        lock_owner: who else works on the document ("user @ machine"), '' if nobody.
        is_read_only: whether steps are refused.
        was_recovered: whether unsaved steps of an earlier run were found and are in here.
        set_aside: plan files with unsaved steps that do not follow on the document as it is now.
        plans, scenarios, decisions: what solving found, variants of the inputs, and what was
            decided on measures of plans.
    """

    def __init__(
        self,
        working: WorkingCopy,
        document: Document | None,
        *,
        is_read_only: bool = False,
        lock_owner: str = "",
        saved_digest: str | None = None,
        set_aside: tuple[Path, ...] = (),
    ) -> None:
        """Open a working copy; called by `create`, `open` and `recover`.

        `saved_digest` is where the document stands, None if nothing here is unsaved.
        """
        self._working = working
        self._document = document
        self.is_read_only = is_read_only
        self.lock_owner = lock_owner
        self.was_recovered = saved_digest is not None
        self._is_undecided = self.was_recovered
        self.set_aside = set_aside
        self._engine = open_engine(working.database)
        self.plans = KeptPlans(self._engine, self._do)
        self.scenarios = Scenarios(self._engine, self._do)
        self.decisions = Decisions(self._engine, self._do, lambda: self._ledger.in_force)
        self._is_open = True
        try:
            self._load()
        except (SQLAlchemyError, ValueError, LookupError) as error:
            self._engine.dispose()
            raise recovering.failure(self.path or working.database, error) from error
        except UserError:
            self._engine.dispose()
            raise
        self._saved_digest = saved_digest if saved_digest is not None else self._last_digest

    def _load(self) -> None:
        check_version(self._engine)
        with self._engine.connect() as connection:
            check_pages(connection)
            self._genesis = digests(connection)[0]
            self._ledger = Ledger(read_steps(connection))
            self._contents = Contents(connection)

    @classmethod
    def create(cls, path: Path | None) -> PlanFile:
        """Create an empty plan file; without a path it lives as a working copy until `save_as`.

        Raises:
            UserError: there is a file of this name already, or none can be written there.
        """
        with ExitStack() as on_failure:
            document = None
            if path is not None:
                document = Document.new(whole(path))
                on_failure.callback(document.release)
            working = WorkingCopy.make(create_database)
            on_failure.callback(working.abandon)
            plan_file = cls(working, document)
            on_failure.callback(plan_file._engine.dispose)
            if document is not None:
                plan_file.save()
            working.belongs_to(plan_file.path)
            on_failure.pop_all()
        return plan_file

    @classmethod
    def open(cls, path: Path, *, read_only: bool = False) -> PlanFile:
        """Open a plan file, with the unsaved steps that a crash left of it.

        Where somebody else works on it, it is opened for reading only and `lock_owner` says who.
        Reading leaves nothing beside the document.

        Raises:
            UnreadableFile: it is not there, not a plan file, damaged, or of a later program.
        """
        path = whole(path)
        check_header(path)
        try:
            sweep()
            if read_only:
                return cls._open_to_read(path)
            return cls._open_to_write(path)
        except Held as held:
            return cls._open_to_read(path, lock_owner=str(held.owner))
        except OSError as error:
            raise home_is_full(error) from error

    @classmethod
    def _open_to_read(cls, path: Path, *, lock_owner: str = "") -> PlanFile:
        working = WorkingCopy.make(partial(shutil.copyfile, path))
        try:
            document = Document(path, None, "")
            return cls(working, document, is_read_only=True, lock_owner=lock_owner)
        except BaseException:
            working.drop()
            raise

    @classmethod
    def _open_to_write(cls, path: Path) -> PlanFile:
        with ExitStack() as on_failure:
            document = Document.claimed(path)
            on_failure.callback(document.release)
            fresh = WorkingCopy.make(partial(shutil.copyfile, path))
            on_failure.callback(fresh.abandon)
            settled = recovering.settle(path, fresh)
            on_failure.callback(settled.working.abandon)
            plan_file = cls(
                settled.working,
                document,
                saved_digest=settled.saved_digest,
                set_aside=settled.set_aside,
            )
            on_failure.callback(plan_file._engine.dispose)
            settled.working.belongs_to(path)
            on_failure.pop_all()
        return plan_file

    @classmethod
    def lost(cls) -> tuple[recovering.Lost, ...]:
        """Return the plan files with steps that no document has, for `recover`, last first."""
        return recovering.lost()

    @classmethod
    def recover(cls, folder: Path) -> PlanFile:
        """Open one of `lost` by its folder as an untitled plan file.

        Raises:
            UserError: another window opened it meanwhile.
        """
        try:
            working = WorkingCopy(folder)
        except Held as held:
            raise in_use(folder, held) from None
        try:
            genesis = recovering.read_digests(working.database)[0]
            working.belongs_to(None)
            return cls(working, None, saved_digest=genesis)
        except BaseException:
            working.leave()
            raise

    @property
    def path(self) -> Path | None:
        """Return where the document is, None while it is untitled."""
        return self._document.path if self._document is not None else None

    @property
    def is_modified(self) -> bool:
        """Return whether there are steps that the document has not got."""
        return self._last_digest != self._saved_digest

    @property
    def recovered(self) -> tuple[Step, ...]:
        """Return the steps of an earlier run that are in here and that the document has not got."""
        return self._ledger.after(self._saved_digest) if self._is_undecided else ()

    @property
    def county(self) -> County:
        """Return the inputs as they are now."""
        return self._contents.county

    @property
    def undo_label(self) -> str | None:
        """Return the words of the step that undo would take back."""
        return self._ledger.to_undo.label if self._ledger.to_undo is not None else None

    @property
    def redo_label(self) -> str | None:
        """Return the words of the step that redo would do again."""
        return self._ledger.to_redo.label if self._ledger.to_redo is not None else None

    @property
    def _last_digest(self) -> str:
        return self._ledger.last.digest if self._ledger.last is not None else self._genesis

    def apply(
        self, label: str, changes: Sequence[Change], *, carried_out: Collection[str] = ()
    ) -> Step:
        """Store changes as one step, and with it the end of decisions on measures `carried_out`.

        Raises:
            BlockedByData: a row breaks a rule or is not as its change says; or nothing changes.
            ReadOnlyPlan: the plan file is open for reading only.
        """
        net = self._contents.net(changes)
        if not net:
            raise BlockedByData(_("This changes nothing."))
        ended = self.decisions.row_changes(dict.fromkeys(carried_out))
        return self._do(label, [*self._contents.row_changes(net), *ended])

    def undo(self) -> Step:
        """Take back the last step that was not taken back, by a step of its own.

        Raises:
            BlockedByData: there is none, or rows are not as the history says.
            ReadOnlyPlan: the plan file is open for reading only.
        """
        self._check_writable()
        if self._ledger.to_undo is None:
            raise BlockedByData(_("There is nothing to undo."))
        return self._about("undo", self._ledger.to_undo)

    def redo(self) -> Step:
        """Do again what undo took back last, by a step of its own.

        Raises:
            BlockedByData: there is nothing, or rows are not as the history says.
            ReadOnlyPlan: the plan file is open for reading only.
        """
        self._check_writable()
        if self._ledger.to_redo is None:
            raise BlockedByData(_("There is nothing to redo."))
        return self._about("redo", self._ledger.to_redo)

    def steps(self) -> tuple[Step, ...]:
        """Return the whole history, oldest first."""
        return tuple(self._ledger.steps)

    def verify(self) -> tuple[str, ...]:
        """Return a sentence for every sign that history or data were altered; () is sound."""
        with self._engine.connect() as connection:
            return find_faults(connection, self._ledger.steps)

    def _do(self, label: str, rows: Sequence[RowChange]) -> Step:
        return self._take("do", label, rows)

    def _about(self, kind: StepKind, target: Step) -> Step:
        with self._engine.connect() as connection:
            rows = read_changes(connection, target.number)
        return self._take(kind, target.label, directed(kind, rows), target=target.number)

    def _take(
        self, kind: StepKind, label: str, rows: Sequence[RowChange], *, target: int | None = None
    ) -> Step:
        self._check_writable()
        with step_transaction(self._engine) as connection:
            write(connection, rows)
            packed = pack(rows) if kind == "do" else b""
            step = next_step(
                kind=kind,
                label=label,
                who=str(this_owner()),
                rows=rows,
                packed=packed,
                target=target,
                number=self._ledger.next_number,
                previous=self._last_digest,
            )
            append(connection, step, packed)
        self._contents.follow(rows)
        self._ledger.follow(step)
        return step

    def _check_writable(self) -> None:
        if self.is_read_only:
            raise only_to_read(self.lock_owner)

    def save(self) -> None:
        """Bring every step into the document.

        Raises:
            UserError: it is untitled, was changed by others, or cannot be written; nothing is lost.
            ReadOnlyPlan: the plan file is open for reading only.
        """
        self._check_writable()
        if self._document is None:
            raise UserError(
                _("This plan has no name yet."), remedy=_("Save it under a name first.")
            )
        self._saved_as(self._document.written(self._engine))

    def save_as(self, path: Path) -> None:
        """Write the plan file to another place and go on there; it may be a file that exists.

        Raises:
            UserError: somebody works on that file, or it cannot be written; nothing is lost.
            ReadOnlyPlan: it is the document itself, which is open for reading only.
        """
        path = whole(path)
        if path == self.path:
            self.save()
            return
        try:
            document = Document.claimed(path)
        except Held as held:
            raise in_use(path, held) from None
        try:
            written = document.written(self._engine)
            self._working.belongs_to(path)
        except BaseException:
            document.release()
            raise
        if self._document is not None:
            self._document.release()
        self._saved_as(written)
        self.is_read_only, self.lock_owner = False, ""

    def _saved_as(self, document: Document) -> None:
        self._document, self._saved_digest = document, self._last_digest
        self._is_undecided = False

    def close(self, *, keep_unsaved: bool | None = None) -> None:
        """Let go of the document; what is kept is found again as after a crash.

        Unsaved steps are dropped, but recovered ones only if `keep_unsaved` is False: until they
        have been saved once nobody may have decided about them. Closing again does nothing.
        """
        if not self._is_open:
            return
        self._is_open = False
        self._engine.dispose()
        is_kept = self._is_undecided if keep_unsaved is None else keep_unsaved
        if is_kept and self.is_modified:
            self._working.leave()
        else:
            self._working.drop()
        if self._document is not None:
            self._document.release()
