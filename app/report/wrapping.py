"""Wrapping: how wide a text is, and where Chinese and English lines may break."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence

POINTS_PER_INCH = 72.0
DOT = "·"
"""What stands between the parts of a name."""

_WIDE, _NARROW, _SPACE = 1.0, 0.57, 0.23
_PIECES = re.compile(
    r"(?:（[^（）\s]{1,4}）|\([^()\s]{1,4}\)|[（《“‘【]*(?:[^\s·（《“‘【\u2e80-\uffff]+|\S))"
    r"[，。；：、！？）》”’】…·]*\s*"
)
"""A piece never begins with a closing mark, never ends with an opening one, and keeps together
words and what is short and in brackets, like （小时） or (核定).
"""


def ems(text: str) -> float:
    """Return about how wide `text` is in ems: 1 for a Chinese character, 0.57 for a Latin one."""
    wide = sum(unicodedata.east_asian_width(character) in "WFA" for character in text)
    spaces = text.count(" ")
    return wide * _WIDE + spaces * _SPACE + (len(text) - wide - spaces) * _NARROW


def inches(text: str, *, size: float) -> float:
    """Return about how wide the longest line of `text` is at `size` points."""
    return max(map(ems, text.split("\n"))) * size / POINTS_PER_INCH


def pieces(text: str) -> list[str]:
    """Return the parts of `text` that are kept together: words, and characters with their marks."""
    return [piece.rstrip() for piece in _PIECES.findall(text)]


def broken(text: str, fits: Callable[[str], bool]) -> list[str]:
    """Return `text` in lines that fit; a word breaks only where it does not fit a line alone."""
    lines = [""]
    for piece in _PIECES.findall(text):
        if lines[-1] and not fits(lines[-1] + piece.rstrip()):
            lines.append("")
        if lines[-1] or fits(piece.rstrip()):
            lines[-1] += piece
            continue
        for character in piece:
            if lines[-1] and not fits(lines[-1] + character):
                lines.append("")
            lines[-1] += character
    return [line.rstrip() for line in lines]


def wrapped(text: str, *, width: float, size: float) -> str:
    """Return `text` in lines of at most about `width` inches at `size` points."""
    return "\n".join(
        line
        for paragraph in text.split("\n")
        for line in broken(paragraph, lambda line: inches(line, size=size) <= width)
    )


def label_lines(text: str, *, width: float, size: float) -> str:
    """Return a name like 单位·机构·岗位 in one line, or broken at a · where that suffices."""
    if inches(text, size=size) <= width or DOT not in text:
        return wrapped(text, width=width, size=size)
    parts = text.split(DOT)
    breaks = [(DOT.join(parts[:at]), DOT.join(parts[at:])) for at in range(1, len(parts))]
    first, second = min(breaks, key=lambda lines: max(map(ems, lines)))
    return "\n".join(wrapped(line, width=width, size=size) for line in (first, second))


def shared(width: float, wanted: Sequence[float], least: Sequence[float]) -> list[float]:
    """Return `width` shared out as `wanted`, none below its least; that is taken from the rest."""
    shares = [part / sum(wanted) * width for part in wanted]
    spare = [max(0.0, share - needed) for share, needed in zip(shares, least, strict=True)]
    lacking = sum(max(0.0, needed - share) for share, needed in zip(shares, least, strict=True))
    return [
        max(needed, share - lacking * free / sum(spare)) if free else needed
        for share, needed, free in zip(shares, least, spare, strict=True)
    ]
