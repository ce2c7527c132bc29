"""The font we ship writes everything the program can say, and says whose it is."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from fontTools.ttLib import TTFont

from app.language import CATALOGUES
from app.model.vocabulary import Word
from app.report.theme import BOLD, FONT_FAMILY, FONTS, REGULAR
from app.resources import resource

MOST_BYTES = 9_000_000
FILES = pytest.mark.parametrize("path", [REGULAR, BOLD], ids=lambda path: path.stem)


@cache
def characters_of(path: Path) -> frozenset[str]:
    with TTFont(path) as font:
        return frozenset(map(chr, font.getBestCmap()))


def missing(text: str, path: Path) -> set[str]:
    return {character for character in text if character.isprintable()} - characters_of(path)


@FILES
@pytest.mark.parametrize("fragment", sorted(CATALOGUES.rglob("*.po")), ids=lambda path: path.stem)
def test_every_translation_can_be_written(path: Path, fragment: Path) -> None:
    with fragment.open("rb") as file:
        messages = list(read_po(file, locale="zh_CN"))
    said = "".join(
        text
        for message in messages
        for texts in (message.id, message.string)
        for text in (texts if isinstance(texts, (tuple, list)) else (texts,))
    )
    assert len(messages) > 1
    assert missing(said, path) == set()


@FILES
def test_every_word_can_be_written(path: Path) -> None:
    said = "".join(
        member.chinese + member.english for words in Word.__subclasses__() for member in words
    )
    assert "严重超饱和" in said
    assert missing(said, path) == set()


@FILES
def test_the_sample_can_be_written(path: Path) -> None:
    sources = sorted(resource("sample").rglob("*.py"))
    if not sources:
        pytest.skip("there is no sample yet")
    said = "".join(source.read_text(encoding="utf-8") for source in sources)
    assert missing(said, path) == set()


@FILES
def test_the_mainland_repertoire_is_there(path: Path) -> None:
    rows, cells = range(0xB0, 0xF8), range(0xA1, 0xFF)
    hanzi = "".join(
        bytes([row, cell]).decode("gb2312", errors="ignore") for row in rows for cell in cells
    )
    assert len(hanzi) == 6763
    assert missing(hanzi, path) == set()
    assert missing("→−×÷≤≥±·…–—“”％①②③④⑤⑥⑦⑧⑨⑩²㎡", path) == set()


@FILES
def test_figures_have_one_width(path: Path) -> None:
    with TTFont(path) as font:
        widths = {font["hmtx"][font.getBestCmap()[ord(figure)]][0] for figure in "0123456789"}
    assert len(widths) == 1


@FILES
def test_the_font_has_its_own_name_and_its_licence(path: Path) -> None:
    with TTFont(path) as font:
        names = {number: font["name"].getDebugName(number) for number in (0, 1, 4, 6, 13)}
    assert names[1] == FONT_FAMILY
    assert not re.search("Source|Noto", f"{names[1]} {names[4]} {names[6]}")
    assert "SIL Open Font License" in names[13]
    licence = (FONTS / "OFL.txt").read_text(encoding="utf-8")
    assert names[0].startswith("(c) 2014-2021 Adobe") and "Copyright 2014-2021 Adobe" in licence
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence


def test_the_fonts_are_small() -> None:
    assert REGULAR.stat().st_size + BOLD.stat().st_size <= MOST_BYTES
