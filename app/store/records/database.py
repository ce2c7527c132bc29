"""Databases: what a plan file is on disk, checked before it is opened, and the way in."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote
from uuid import uuid4

from sqlalchemy import Connection, Engine, ExceptionContext, create_engine, event
from sqlalchemy.pool import QueuePool

from app.errors import UnreadableFile, reason_of
from app.language import _
from app.store.records.history import genesis
from app.store.records.schema import StrangeExtras, check_schema
from app.store.records.tables import ABOUT, METADATA

APPLICATION_ID = 0x4842504C
"""“HBPL” in the header says that a database is a plan file."""

VERSION = 5
"""The one version of plan files; files of trial versions before the first release are refused."""

MOST_BYTES = 2 * 1024**3
"""A plan file beyond is nobody's work; it would be copied, checked and read on opening."""

_MAGIC = b"SQLite format 3\x00"
_HEADER_LENGTH = 100


@dataclass(frozen=True, slots=True)
class Header:
    """The part of a database's first bytes that says what it is."""

    application_id: int
    version: int
    declared_size: int


def check_header(path: Path) -> None:
    """Look at the first bytes of a plan file.

    Raises:
        UnreadableFile: it is not there, not a plan file, cut off, or of another version.
    """
    header = _read_header(path)
    if header is None or header.application_id != APPLICATION_ID or header.version < 1:
        raise UnreadableFile(
            _("{name} is not a plan file.").format(name=path.name),
            remedy=_("Choose a plan file, or import the file if it is a workbook."),
        )
    _check_version(header.version, path.name)
    size = path.stat().st_size
    if size < header.declared_size:
        raise damaged(path)
    if size > MOST_BYTES:
        raise UnreadableFile(
            _("{name} is larger than any plan file ({gigabytes} GB at most).").format(
                name=path.name, gigabytes=MOST_BYTES // 1024**3
            ),
            remedy=_("Choose a plan file; the largest counties have some 100 MB."),
        )


def _read_header(path: Path) -> Header | None:
    try:
        if path.is_dir():
            raise UnreadableFile(
                _("{path} is a folder, not a plan file.").format(path=path),
                remedy=_("Choose a plan file in it."),
            )
        # Opening a pipe or a device waits for somebody at its other end, for ever.
        if path.exists() and not path.is_file():
            return None
        with path.open("rb") as file:
            raw = file.read(_HEADER_LENGTH)
    except FileNotFoundError:
        raise UnreadableFile(
            _("There is no file {path}.").format(path=path),
            remedy=_("Check the name, or create the plan file first."),
        ) from None
    except OSError as error:
        raise unreadable(path, error) from error
    if len(raw) < _HEADER_LENGTH or not raw.startswith(_MAGIC):
        return None

    def number(offset: int, length: int) -> int:
        return int.from_bytes(raw[offset : offset + length], "big")

    page_size = number(16, 2)
    # 1 stands for 65,536, which does not fit into two bytes.
    bytes_per_page = 65_536 if page_size == 1 else page_size
    return Header(number(68, 4), number(60, 4), bytes_per_page * number(28, 4))


def _check_version(version: int, name: str) -> None:
    """Refuse a plan file that another version of the program wrote.

    Raises:
        UnreadableFile: it is of an earlier trial version or of a later program.
    """
    if version > VERSION:
        raise UnreadableFile(
            _("{name} was made by a later version of this program.").format(name=name),
            remedy=_("Open it with that version, or export a workbook there and import it here."),
        )
    if version < VERSION:
        raise UnreadableFile(
            _("{name} was made by a trial version of this program.").format(name=name),
            remedy=_("Export its inputs as a workbook with that version and import it here."),
        )


def unreadable(path: Path, error: OSError) -> UnreadableFile:
    """Return the error that the system does not let a plan file be read."""
    return UnreadableFile(
        _("{path} cannot be read: {reason}.").format(path=path, reason=reason_of(error)),
        remedy=_("Choose a file that you may read."),
    )


def damaged(path: Path) -> UnreadableFile:
    """Return the error that a plan file is broken."""
    return UnreadableFile(
        _("{name} is damaged and cannot be opened.").format(name=path.name),
        remedy=_("Open the copy beside it whose name ends in .bak."),
    )


def strange(path: Path, error: Exception) -> UnreadableFile:
    """Return the error that a plan file is made otherwise than this program makes it."""
    if isinstance(error, StrangeExtras):
        return UnreadableFile(
            _("{name} holds triggers, views or tables that no plan file has.").format(
                name=path.name
            ),
            remedy=_("`hengbian repair PLAN OUT` writes its own content alone as a new plan file."),
        )
    return UnreadableFile(
        _("The tables of {name} are not those of a plan file.").format(name=path.name),
        remedy=_("Ask for it again, or open the copy beside it whose name ends in .bak."),
    )


def open_engine(path: Path, *, mode: str = "rw") -> Engine:
    """Return an engine with one connection to an existing database, usable from any thread.

    Transactions are begun by ourselves: the driver's own handling would neither roll back
    changes of the schema nor take the write lock at the start. The pool hands the connection to
    one thread after the other.
    """

    def connect() -> sqlite3.Connection:
        return sqlite3.connect(database_uri(path, mode=mode), uri=True, check_same_thread=False)

    engine = create_engine(
        "sqlite://", creator=connect, poolclass=QueuePool, pool_size=1, max_overflow=0
    )

    @event.listens_for(engine, "connect")
    def _prepare(connection: sqlite3.Connection, _record: object) -> None:
        connection.isolation_level = None
        # What a foreign file defines may at least call nothing that reaches outside of it.
        connection.execute("PRAGMA trusted_schema = OFF")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA journal_mode = WAL")
        # Every commit reaches the disk before it returns: a step that was taken stays taken.
        connection.execute("PRAGMA synchronous = FULL")

    @event.listens_for(engine, "handle_error")
    def _tell(context: ExceptionContext) -> None:
        # Raised by whoever reads the row first, so that no reader needs to think of it.
        if "decode to UTF-8" in str(context.original_exception):
            raise damaged(path) from context.original_exception

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def database_uri(path: Path, *, mode: str) -> str:
    """Return the address under which SQLite opens a file; `mode` is ro, rw or rwc."""
    # Not Path.as_uri: it makes the server of a network share an authority, which SQLite refuses.
    posix = path.absolute().as_posix()
    slash = "" if posix.startswith("/") else "/"
    return f"file://{slash}{quote(posix)}?mode={mode}"


def create_database(path: Path) -> None:
    """Create an empty plan file of the current version."""
    engine = open_engine(path, mode="rwc")
    try:
        with engine.begin() as connection:
            connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.exec_driver_sql(f"PRAGMA user_version = {VERSION}")
            METADATA.create_all(connection)
            identity = str(uuid4())
            about = {"only": 1, "plan_file_id": identity, "last_digest": genesis(identity)}
            connection.execute(ABOUT.insert(), about)
    finally:
        engine.dispose()


def check_pages(connection: Connection) -> None:
    """Look at what there is, and let SQLite look at every page, row and reference.

    Raises:
        ValueError: it finds one that is not sound.
    """
    check_schema(driver_of(connection))
    found = connection.exec_driver_sql("PRAGMA quick_check(1)").scalar()
    if found != "ok":
        raise ValueError(found)
    if connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
        raise ValueError("foreign keys")


def check_version(engine: Engine) -> None:
    """Look at the version of a working copy.

    Raises:
        UnreadableFile: another version of the program left it.
    """
    with engine.connect() as connection:
        # Not from the header: after a crash it may still stand in the side file alone.
        version = driver_of(connection).execute("PRAGMA user_version").fetchone()[0]
    _check_version(version, _("The working copy"))


def driver_of(connection: Connection) -> sqlite3.Connection:
    """Return the driver's own connection, for what SQLAlchemy has no words for."""
    driver = connection.connection.driver_connection
    assert isinstance(driver, sqlite3.Connection)
    return driver
