"""Placing: a file is written beside its target and moved into place when it is whole."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from app.errors import UserError
from app.language import _


@contextmanager
def placed(path: Path) -> Iterator[Path]:
    """Yield a path beside `path` to write to; it replaces `path` once the block has ended well.

    Raises:
        UserError: the folder or the file cannot be written.
    """
    beside = path.with_name(f".{path.name}.part")
    try:
        yield beside
        beside.replace(path)
    except FileNotFoundError as error:
        raise UserError(
            _("There is no folder “{folder}”.").format(folder=path.parent),
            remedy=_("Create it, or choose another folder."),
        ) from error
    except PermissionError as error:
        raise UserError(
            _("“{file}” cannot be written.").format(file=path.name),
            remedy=_("Close it in other programs, or choose a folder you may write to."),
        ) from error
    except OSError as error:
        raise UserError(
            _("{file} cannot be written: {reason}.").format(
                file=path.name, reason=error.strerror or error
            ),
            remedy=_("Close it in other programs, or choose another folder."),
        ) from error
    finally:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
