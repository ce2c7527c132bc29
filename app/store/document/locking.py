"""Locking: a file beside a document that says who works on it, and frees itself after a crash.

The file names owner, machine, process and time for people and for other machines. On one machine
the operating system's lock on it decides: it goes with the process, however that ends, and unlike
a process number it can never belong to somebody else after a restart.
"""

from __future__ import annotations

import getpass
import json
import os
import socket
import sys
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Owner:
    """Who holds a lock, and since when (UTC, ISO form)."""

    user: str
    machine: str
    process_id: int
    since: str

    def __str__(self) -> str:
        return f"{self.user} @ {self.machine}"


def this_owner() -> Owner:
    """Return the user, machine and process that run now."""
    try:
        user = getpass.getuser()
    except (KeyError, ImportError, OSError):
        user = str(os.getuid()) if sys.platform != "win32" else "?"
    since = datetime.now(UTC).isoformat(timespec="seconds")
    return Owner(user, socket.gethostname(), os.getpid(), since)


class Held(Exception):
    """Somebody else holds the lock."""

    def __init__(self, owner: Owner) -> None:
        super().__init__(str(owner))
        self.owner = owner


class Lock:
    """The right to write one document, until `release` or the end of the process."""

    def __init__(self, path: Path, descriptor: int) -> None:
        self._path = path
        self._descriptor: int | None = descriptor

    @classmethod
    def take(cls, document: Path) -> Lock:
        """Take the lock of a document; one left by a dead process of this machine is taken over.

        Raises:
            Held: somebody works on the document, here or (as far as the file says) elsewhere.
            OSError: no lock can be made there, for instance because the folder is read-only.
        """
        path = lock_path(document)
        while True:
            descriptor = _open(path)
            try:
                owner = _holder(path, descriptor)
                if owner is not None:
                    raise Held(owner)
                if _is_same_file(path, descriptor):
                    _write_owner(descriptor, this_owner())
                    return cls(path, descriptor)
            except BaseException:
                os.close(descriptor)
                raise
            # Its holder removed the file between our opening and locking it.
            os.close(descriptor)

    def release(self) -> None:
        """Give the lock back; again does nothing."""
        if self._descriptor is None:
            return
        descriptor, self._descriptor = self._descriptor, None
        # Windows removes no open file; elsewhere it has to go while it is still ours.
        with suppress(PermissionError):
            self._path.unlink(missing_ok=True)
        os.close(descriptor)
        if sys.platform == "win32":
            with suppress(OSError):
                self._path.unlink(missing_ok=True)


def lock_path(document: Path) -> Path:
    """Return the lock file of a document; office programs and file synchronisers know the form."""
    return document.with_name(f"~${document.name}")


def _open(path: Path) -> int:
    try:
        return os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
    except OSError:
        owner = _read_owner(path)
        if owner is not None:
            raise Held(owner) from None
        raise


def _holder(path: Path, descriptor: int) -> Owner | None:
    """Return who holds the file that is open as `descriptor`; None means that we do now."""
    owner = _read_owner(path)
    if not _grab(descriptor):
        return owner or this_owner()
    if owner is not None and owner.machine != socket.gethostname():
        return owner
    return None


def _is_same_file(path: Path, descriptor: int) -> bool:
    try:
        return os.path.samestat(path.stat(), os.fstat(descriptor))
    except FileNotFoundError:
        return False


def _read_owner(path: Path) -> Owner | None:
    """Return what a lock file says, None if it is not there or says nothing."""
    try:
        return Owner(**json.loads(path.read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def _write_owner(descriptor: int, owner: Owner) -> None:
    os.ftruncate(descriptor, 0)
    os.lseek(descriptor, 0, os.SEEK_SET)
    os.write(descriptor, json.dumps(asdict(owner), ensure_ascii=False).encode())


if sys.platform == "win32":
    import msvcrt

    _FAR_BEYOND_THE_TEXT = 1 << 30
    """Windows locks bytes against reading too, so the locked byte is none that is read."""

    def _grab(descriptor: int) -> bool:
        os.lseek(descriptor, _FAR_BEYOND_THE_TEXT, os.SEEK_SET)
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _grab(descriptor: int) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
