"""The container of old Office files: which streams it holds, and the bytes of one of them.

Source: [MS-CFB], sections 2.2 (header), 2.3 (FAT), 2.4 (mini FAT), 2.6 (directory).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

_END = 0xFFFFFFFA
"""Sector numbers from here on are marks, not sectors."""
_ENTRY_BYTES = 128
_STREAM, _ROOT = 2, 5


class BadContainer(ValueError):
    """A container that contradicts itself: cut off, overwritten or made to do harm."""


@dataclass(frozen=True, slots=True)
class _Entry:
    name: str
    kind: int
    start: int
    size: int


class Container:
    """An opened container; chains that leave the file or go in circles are refused."""

    def __init__(self, data: bytes) -> None:
        """Read header, allocation table and directory.

        Raises:
            BadContainer: one of them is damaged.
        """
        self._data = data
        try:
            self._read_header()
        except struct.error:
            raise BadContainer("header") from None
        directory = b"".join(self._sectors(self._directory_start))
        entries = [_entry(directory, at) for at in range(0, len(directory), _ENTRY_BYTES)]
        self._streams = {entry.name.casefold(): entry for entry in entries if entry.kind == _STREAM}
        roots = [entry for entry in entries if entry.kind == _ROOT]
        if not roots:
            raise BadContainer("a directory without its root")
        self._root = roots[0]

    def _read_header(self) -> None:
        data = self._data
        self._sector_bytes = 1 << min(struct.unpack_from("<H", data, 30)[0], 16)
        self._mini_bytes = 1 << min(struct.unpack_from("<H", data, 32)[0], 16)
        self._directory_start = struct.unpack_from("<I", data, 48)[0]
        self._mini_cutoff, self._mini_table = struct.unpack_from("<II", data, 56)
        next_block, blocks = struct.unpack_from("<II", data, 68)
        places = [*struct.unpack_from("<109I", data, 76)]
        for _number in range(min(blocks, len(data) // self._sector_bytes + 1)):
            if next_block >= _END:
                break
            *more, next_block = self._numbers(self._sector(next_block))
            places += more
        self._table = [
            number for at in places if at < _END for number in self._numbers(self._sector(at))
        ]

    def __contains__(self, name: str) -> bool:
        return name.casefold() in self._streams

    def stream(self, name: str) -> bytes:
        """Return the bytes of a stream.

        Raises:
            KeyError: there is no such stream.
            BadContainer: its chain is broken.
        """
        entry = self._streams[name.casefold()]
        if entry.size >= self._mini_cutoff:
            return b"".join(self._sectors(entry.start))[: entry.size]
        whole = b"".join(self._sectors(self._root.start))
        table = self._numbers(b"".join(self._sectors(self._mini_table)))
        size = self._mini_bytes
        found = [whole[at * size : (at + 1) * size] for at in _chain(entry.start, table)]
        return b"".join(found)[: entry.size]

    def _sectors(self, start: int) -> Iterator[bytes]:
        for number in _chain(start, self._table):
            yield self._sector(number)

    def _sector(self, number: int) -> bytes:
        at = (number + 1) * self._sector_bytes
        if at >= len(self._data):
            raise BadContainer("a sector beyond the end of the file")
        return self._data[at : at + self._sector_bytes]

    @staticmethod
    def _numbers(data: bytes) -> list[int]:
        return [*struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4])]


def _chain(start: int, table: list[int]) -> Iterator[int]:
    number, steps = start, 0
    while number < _END:
        if number >= len(table) or steps > len(table):
            raise BadContainer("a broken chain of sectors")
        yield number
        number = table[number]
        steps += 1


def _entry(directory: bytes, at: int) -> _Entry:
    part = directory[at : at + _ENTRY_BYTES]
    if len(part) < _ENTRY_BYTES:
        return _Entry("", 0, _END, 0)
    length = min(struct.unpack_from("<H", part, 64)[0], 64)
    name = part[: max(0, length - 2)].decode("utf-16-le", errors="replace")
    start, size = struct.unpack_from("<II", part, 116)
    return _Entry(name, part[66], start, size)
