"""What is looked at before a foreign workbook is opened: its first bytes and its declared sizes."""

from __future__ import annotations

import zipfile
from pathlib import Path

from app.errors import UnreadableFile
from app.language import _

LARGEST_BYTES = 300 * 1024**2
"""All parts unpacked; a full sheet of 100,000 × 12 cells has about 45 MB."""
LARGEST_RATIO = 100
"""Unpacked to packed; real workbooks stay below 30."""
SMALL_BYTES = 1024**2
"""A workbook this small unpacked is harmless at any ratio."""
MOST_PARTS = 5_000

_OLE = bytes.fromhex("D0CF11E0A1B11AE1")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_ZIP = b"PK\x03\x04"
_FIRST_BYTES = 4096


def guard(path: Path) -> None:
    """Refuse a file that is no .xlsx or .xlsm workbook, or that unpacks beyond all measure.

    Raises:
        UnreadableFile: what is wrong with the file and how to mend it.
    """
    name = path.name
    try:
        if path.is_dir():
            raise UnreadableFile(
                _("“{file}” is a folder, not a workbook.").format(file=name),
                remedy=_("Name the workbooks inside it."),
            )
        if path.exists() and not path.is_file():
            raise _no_xlsx(name)
        with path.open("rb") as stream:
            start = stream.read(_FIRST_BYTES)
            rest = stream.read(LARGEST_BYTES) if start.startswith(_OLE) else b""
        if start.startswith(_OLE) and _ENCRYPTED in start + rest:
            raise encrypted(name)
        if not start.startswith(_ZIP):
            raise _no_archive(start, name=name)
        _guard_archive(path)
    except FileNotFoundError:
        raise UnreadableFile(
            _("There is no file “{file}”.").format(file=path),
            remedy=_("Check the name and the folder."),
        ) from None
    except PermissionError:
        raise UnreadableFile(
            _("“{file}” cannot be opened.").format(file=name),
            remedy=_("Close it in other programs, and check that you may read it."),
        ) from None
    except OSError as error:
        raise UnreadableFile(
            _("“{file}” cannot be read: {reason}.").format(file=name, reason=error.strerror),
            remedy=_("Copy the file to this computer's own disk and try again."),
        ) from None


def _guard_archive(path: Path) -> None:
    """Check the table of contents of a zip file without unpacking anything."""
    name = path.name
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        raise UnreadableFile(
            _("“{file}” is damaged: its end is missing or broken.").format(file=name),
            remedy=_("Copy or download it again, or save it anew in Excel or WPS."),
        ) from None
    if "xl/workbook.xml" not in {part.filename for part in parts}:
        raise _no_xlsx(name)
    if any(part.flag_bits & 1 for part in parts):
        raise encrypted(name)
    size = sum(part.file_size for part in parts)
    packed = max(1, sum(part.compress_size for part in parts))
    is_bomb = size > SMALL_BYTES and size > LARGEST_RATIO * packed
    if len(parts) > MOST_PARTS or size > LARGEST_BYTES or is_bomb:
        raise too_large(name)


def _no_archive(start: bytes, *, name: str) -> UnreadableFile:
    """Return what to tell about a file that is no zip archive, judged by its first bytes."""
    if not start:
        return UnreadableFile(
            _("“{file}” is empty (0 bytes).").format(file=name),
            remedy=_("Copy or download it again; the transfer was probably cut off."),
        )
    if name.startswith("~$"):
        return UnreadableFile(
            _("“{file}” only marks that the workbook is open elsewhere.").format(file=name),
            remedy=_("Choose the workbook itself, the name without “~$”."),
        )
    text = start.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith(_OLE):
        message = _("“{file}” is in the old .xls or .et format.")
    elif text.startswith((b"<html", b"<!doctype html", b"<table", b"<?xml")):
        message = _("“{file}” is a web page or an XML file, not an .xlsx workbook.")
    elif b"\0" not in start:
        message = _("“{file}” is a text file such as CSV, not an .xlsx workbook.")
    else:
        return _no_xlsx(name)
    return UnreadableFile(message.format(file=name), remedy=_save_as_xlsx())


def _no_xlsx(name: str) -> UnreadableFile:
    return UnreadableFile(
        _("“{file}” is not an .xlsx workbook, whatever its name says.").format(file=name),
        remedy=_save_as_xlsx(),
    )


def _save_as_xlsx() -> str:
    return _("Open it in Excel or WPS and save it as “Excel workbook (.xlsx)”.")


def encrypted(name: str) -> UnreadableFile:
    """Return what to tell about a workbook with a password."""
    return UnreadableFile(
        _("“{file}” is protected by a password.").format(file=name),
        remedy=_("Open it in Excel or WPS, remove the password and save it."),
    )


def too_large(name: str) -> UnreadableFile:
    """Return what to tell about a workbook that would take too much memory or time."""
    return UnreadableFile(
        _("“{file}” unpacks to more than this program reads.").format(file=name),
        remedy=_("Copy the filled rows into a new workbook, without empty rows below or beside."),
    )
