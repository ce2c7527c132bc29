"""What a file is by its first bytes, whatever its name says."""

from __future__ import annotations

from enum import Enum


class FileFormat(Enum):
    """The formats that are read, each with the name a user knows it by."""

    XLSX = "Excel workbook (.xlsx)"
    XLS = "Excel 97–2003 or WPS workbook (.xls, .et)"
    SPREADSHEETML = "XML Spreadsheet 2003"
    HTML = "web page with tables"
    CSV = "CSV text"


USUAL_ENDINGS = {
    FileFormat.XLSX: (".xlsx", ".xlsm", ".xltx", ".xltm"),
    FileFormat.XLS: (".xls", ".et", ".xlt", ".ett"),
    FileFormat.SPREADSHEETML: (".xml", ".xls"),
    FileFormat.HTML: (".html", ".htm", ".xls"),
    FileFormat.CSV: (".csv", ".txt", ".tsv"),
}
"""What a file of a format is called; any other ending is a lie that is told, not refused."""

WORKBOOK_ENDINGS = frozenset(ending for endings in USUAL_ENDINGS.values() for ending in endings)
"""What a folder is searched for."""

FIRST_BYTES = 4096
"""As much as is looked at."""

OLE = bytes.fromhex("D0CF11E0A1B11AE1")
ZIP = b"PK\x03\x04"
_BARE_BIFF = (b"\x09\x08", b"\x09\x04", b"\x09\x02", b"\x09\x00")
"""The first record of workbooks older than Excel 5, which have no container."""
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_MARKUP = ("<?xml", "<html", "<!doctype html", "<table", "<meta", "<head", "<body", "<style")


def sniff(start: bytes) -> FileFormat | None:
    """Return the format that the first bytes of a file mean, None for none that is read."""
    if start.startswith(OLE):
        return FileFormat.XLS
    if start.startswith(ZIP):
        return FileFormat.XLSX
    text = _text(start)
    if text is None or start.startswith(_BARE_BIFF):
        return None
    plain = text.lstrip("\ufeff \t\r\n").casefold()
    if "urn:schemas-microsoft-com:office:spreadsheet" in plain and plain.startswith("<?xml"):
        return FileFormat.SPREADSHEETML
    if plain.startswith(_MARKUP):
        return FileFormat.HTML if "<html" in plain or "<table" in plain else None
    return FileFormat.CSV if plain else None


def _text(start: bytes) -> str | None:
    """Return the first bytes as text, None where they are none."""
    if start.startswith(_UTF_16):
        return start[: len(start) // 2 * 2].decode("utf-16", errors="replace")
    if b"\0" in start:
        return None
    return start.decode("utf-8", errors="replace")
