"""Putting a finished file in its place: written beside the target, moved over it at once."""

from __future__ import annotations

import contextlib
import errno
import os
from pathlib import Path

from app.errors import UserError
from app.language import _

_FULL = frozenset({errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC), errno.EFBIG})


def place(data: bytes, path: Path) -> None:
    """Make `data` the whole content of the file at `path`, or leave everything as it was.

    Raises:
        UserError: the folder is missing, the target is open elsewhere or protected, the disk full.
    """
    draft = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        if path.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        try:
            with draft.open("xb") as stream:
                stream.write(data)
                stream.flush()
                os.fsync(stream.fileno())
            draft.replace(path)
        except BaseException:
            with contextlib.suppress(OSError):
                draft.unlink()
            raise
    except OSError as error:
        raise _told(error, path) from None


def _told(error: OSError, path: Path) -> UserError:
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return UserError(
            _("There is no folder “{folder}”.").format(folder=path.parent),
            remedy=_("Create it, or choose another folder."),
        )
    if isinstance(error, IsADirectoryError):
        return UserError(
            _("“{file}” is a folder.").format(file=path.name),
            remedy=_("Choose another name for the workbook."),
        )
    if error.errno in _FULL:
        return UserError(
            _("The disk is full; “{file}” was not written.").format(file=path.name),
            remedy=_("Free some space, or choose another disk."),
        )
    if isinstance(error, PermissionError) or error.errno == errno.EROFS:
        return UserError(
            _("“{file}” cannot be written.").format(file=path.name),
            remedy=_("Close it in other programs, or choose a folder you may write to."),
        )
    return UserError(
        _("“{file}” cannot be written: {reason}.").format(file=path.name, reason=error.strerror),
        remedy=_("Choose another folder, best on this computer's own disk."),
    )
