"""Placing: a finished file is written beside its target and moved over it at once."""

from __future__ import annotations

import errno
import os
import re
from contextlib import suppress
from pathlib import Path

from app.errors import UserError, reason_of
from app.language import _

FULL = frozenset({errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC), errno.EFBIG})
"""The errors of a disk without room, or of a user who may not have more of it."""
_FORBIDDEN = re.compile(r'[\\/:*?"<>|\x00-\x1f]')
_NUMBERED = re.compile(r"(?P<name>.*) \((?P<number>[0-9]{1,4})\)")


class TargetInUse(UserError):
    """A file that another program holds or that is protected; `suggested` is a free name by it."""

    def __init__(self, path: Path) -> None:
        self.suggested = second_name(path)
        super().__init__(
            _("“{file}” is open in another program or protected.").format(file=path.name),
            remedy=_("Close it there, or write to “{name}” instead.").format(
                name=self.suggested.name
            ),
        )


def place(data: bytes, path: Path) -> None:
    """Make `data` the whole content of the file at `path`, or leave everything as it was.

    Raises:
        TargetInUse: another program holds the target; the error carries a second name.
        UserError: the folder is missing or protected, the target is a folder, the disk full.
    """
    draft = path.with_name(f".{path.name}.{os.getpid()}.part")
    is_whole = False
    try:
        if path.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        with draft.open("xb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        is_whole = True
        draft.replace(path)
    except OSError as error:
        if is_whole and isinstance(error, PermissionError):
            raise TargetInUse(path) from None
        raise _told(error, path) from None
    finally:
        with suppress(OSError):
            draft.unlink(missing_ok=True)


def expect(path: Path) -> None:
    """Refuse a place that `place` could not write to, before long work for it begins.

    Raises:
        UserError: the folder is missing or protected, the target is a folder, the disk full.
    """
    draft = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        if path.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        draft.open("xb").close()
    except OSError as error:
        raise _told(error, path) from None
    finally:
        with suppress(OSError):
            draft.unlink(missing_ok=True)


def is_taken(path: Path) -> bool:
    """Tell whether there is a file at a path; what cannot be looked at is told on writing it."""
    try:
        return path.exists()
    except OSError:
        return False


def name_part(text: str) -> str:
    """Return a text as part of a file's name on every system; '' where nothing of it may be."""
    return _FORBIDDEN.sub("_", text).strip(" .")


def second_name(path: Path) -> Path:
    """Return the next free name beside a file: “plan.xlsx” gives “plan (2).xlsx”."""
    numbered = _NUMBERED.fullmatch(path.stem)
    name, number = (numbered["name"], int(numbered["number"])) if numbered else (path.stem, 1)
    while True:
        number += 1
        free = path.with_name(f"{name} ({number}){path.suffix}")
        if not is_taken(free):
            return free


def _told(error: OSError, path: Path) -> UserError:
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return UserError(
            _("There is no folder “{folder}”.").format(folder=path.parent),
            remedy=_("Create it, or choose another folder."),
        )
    if isinstance(error, IsADirectoryError):
        return UserError(
            _("“{file}” is a folder.").format(file=path.name),
            remedy=_("Choose another name for the file."),
        )
    if error.errno in FULL:
        return UserError(
            _("The disk is full; “{file}” was not written.").format(file=path.name),
            remedy=_("Free some space, or choose another disk."),
        )
    if isinstance(error, PermissionError) or error.errno == errno.EROFS:
        return UserError(
            _("The folder “{folder}” may not be written to.").format(folder=path.parent),
            remedy=_("Choose a folder of your own, such as the documents folder."),
        )
    return UserError(
        _("“{file}” cannot be written: {reason}.").format(file=path.name, reason=reason_of(error)),
        remedy=_("Choose another folder, best on this computer's own disk."),
    )
