"""The child process that opens foreign files: a crash, a hang or memory hunger ends here.

Run as `python -m app.workbooks.opening.extracting FILE…`. For each file it writes a length (8
bytes) and a pickle of that length to standard output: either the list of its sheets or a `Refused`
that says why there are none. A file that kills the process has no answer, nor have those after it.
"""

from __future__ import annotations

import contextlib
import gc
import pickle
import struct
import sys
import zipfile
import zlib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from xml.etree import ElementTree
from xml.parsers import expat

from python_calamine import CalamineError, PasswordError

from app.workbooks.cells.grid import Trouble
from app.workbooks.opening.biff import extract_old
from app.workbooks.opening.extracted import Extracted, Refused
from app.workbooks.opening.markup import extract_page, extract_spreadsheet
from app.workbooks.opening.separated import extract_separated
from app.workbooks.opening.sniffing import FIRST_BYTES, FileFormat, sniff
from app.workbooks.opening.xlsx import extract_new

MEMORY_BYTES = 640 * 1024**2
"""What the child may take: with the reading parent beside it the two stay below 1 GiB."""
PROCESSOR_SECONDS = 60
LARGEST_ANSWER_BYTES = 100 * 1024**2
LENGTH = struct.Struct("<Q")
"""How long the answer is that follows."""

_SIGNS_OF_DAMAGE = (
    CalamineError,
    zipfile.BadZipFile,
    zlib.error,
    ElementTree.ParseError,
    expat.ExpatError,
    OSError,
    ValueError,
    LookupError,
    OverflowError,
    NotImplementedError,
    RecursionError,
    EOFError,
    struct.error,
)
_EXTRACTORS: Mapping[FileFormat | None, Callable[[bytes], list[Extracted]]] = {
    FileFormat.XLSX: lambda data: extract_new(data, is_bounded=_is_bounded()),
    FileFormat.XLS: extract_old,
    FileFormat.SPREADSHEETML: extract_spreadsheet,
    FileFormat.HTML: extract_page,
    FileFormat.CSV: extract_separated,
}


def main(paths: Sequence[str]) -> None:
    """Write what each file holds, or the trouble with it, to standard output."""
    _limit_resources()
    gc.disable()  # the process ends before it would pay
    for path in paths:
        answer = _answer(path)
        sys.stdout.buffer.write(LENGTH.pack(len(answer)))
        sys.stdout.buffer.write(answer)
        sys.stdout.buffer.flush()


def extract(path: str) -> list[Extracted]:
    """Return every worksheet of a file, in the order of the tabs.

    Raises:
        Exception: whatever the file makes the libraries raise; `main` sorts it out.
    """
    data = Path(path).read_bytes()
    extractor = _EXTRACTORS.get(sniff(data[:FIRST_BYTES]))
    if extractor is None:
        raise Refused(Trouble.NO_WORKBOOK)
    return extractor(data)


def _answer(path: str) -> bytes:
    try:
        data = pickle.dumps(extract(path), pickle.HIGHEST_PROTOCOL)
        if len(data) <= LARGEST_ANSWER_BYTES:
            return data
        refused = Refused(Trouble.TOO_LARGE)
    except Refused as error:
        refused = error
    except MemoryError:
        refused = Refused(Trouble.TOO_LARGE)
    except PasswordError:
        refused = Refused(Trouble.ENCRYPTED)
    except _SIGNS_OF_DAMAGE:
        refused = Refused(Trouble.DAMAGED)
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # what a panic of calamine arrives as
            raise
        is_out_of_memory = "pointer is null" in str(error)
        refused = Refused(Trouble.TOO_LARGE if is_out_of_memory else Trouble.DAMAGED)
    return pickle.dumps((refused.trouble, refused.detail))


def _limit_resources() -> None:
    """Cap memory and processor time, where the system knows such limits (not on Windows)."""
    try:
        import resource  # noqa: PLC0415
    except ImportError:
        return
    limits = {
        resource.RLIMIT_AS: MEMORY_BYTES,
        resource.RLIMIT_CPU: PROCESSOR_SECONDS,
        resource.RLIMIT_CORE: 0,
    }
    for name, limit in limits.items():
        with contextlib.suppress(ValueError, OSError):  # a system may refuse one of them
            resource.setrlimit(name, (limit, limit))


def _is_bounded() -> bool:
    """Tell whether the system ends this process before it takes memory beyond measure."""
    try:
        import resource  # noqa: PLC0415
    except ImportError:
        return False
    return resource.getrlimit(resource.RLIMIT_AS)[0] == MEMORY_BYTES


if __name__ == "__main__":
    main(sys.argv[1:])
