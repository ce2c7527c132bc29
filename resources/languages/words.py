"""Compiles the Chinese texts of all rooms into one catalogue and names those that are missing."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from string import Formatter

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from app.resources import PROGRAM, resource

LANGUAGES = resource("languages")
FRAGMENTS = LANGUAGES / "zh_CN"
COMPILED = FRAGMENTS / "LC_MESSAGES" / "hengbian.mo"
ROOMS = ("app", "ui")
ARGUMENT_COUNTS = {"_": 1, "ngettext": 2}
"""The functions that translate, and how many of their first arguments are texts."""

BORROWED = "argparse.po"
"""Texts of the standard library; which of them it says depends on its version."""

Text = tuple[str, ...]
"""What the code says: one text, or its singular and its plural."""


def texts() -> dict[Text, str]:
    """Return every text the code translates, with the place that first does.

    Raises:
        ValueError: a text is computed, so that no catalogue can hold it.
    """
    found: dict[Text, str] = {}
    for room in ROOMS:
        for path in sorted((PROGRAM / room).rglob("*.py")):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            for text, line in _texts_in(tree, path):
                found.setdefault(text, f"{path.relative_to(PROGRAM).as_posix()}:{line}")
    return found


def _texts_in(tree: ast.Module, path: Path) -> Iterator[tuple[Text, int]]:
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
            continue
        count = ARGUMENT_COUNTS.get(node.func.id, 0)
        arguments = node.args[:count]
        literals = [
            item.value
            for item in arguments
            if isinstance(item, ast.Constant) and isinstance(item.value, str)
        ]
        if len(literals) < count:
            raise ValueError(f"{path}:{node.lineno}: a translated text must be a literal")
        if count:
            yield tuple(literals), node.lineno


def translations() -> dict[Text, Text]:
    """Return the Chinese of every text in the rooms' catalogues.

    Raises:
        ValueError: a text has two translations, or places to fill that differ from its own.
    """
    found: dict[Text, Text] = {}
    for fragment, text, chinese in _entries():
        if found.setdefault(text, chinese) != chinese:
            raise ValueError(f"{fragment}: two translations of “{text[0]}”")
        if _places(chinese) != _places(text):
            raise ValueError(f"{fragment}: other places in the translation of “{text[0]}”")
    return found


def _entries() -> Iterator[tuple[str, Text, Text]]:
    """Yield every translated text with the name of its fragment."""
    for path in sorted(FRAGMENTS.glob("*.po")):
        with path.open("rb") as fragment:
            catalogue = read_po(fragment, locale="zh_CN", abort_invalid=True)
        for message in catalogue:
            if message.id and message.string and not message.fuzzy:
                yield path.name, _as_text(message.id), _as_text(message.string)


def _as_text(value: str | list[str] | tuple[str, ...]) -> Text:
    return (value,) if isinstance(value, str) else tuple(value)


def _places(text: Text) -> set[str]:
    whole = " ".join(text)
    braces = {name for _, name, _, _ in Formatter().parse(whole) if name is not None}
    return braces | set(re.findall(r"%(?:\(\w+\))?[srd]", whole))


def missing() -> dict[Text, str]:
    """Return the texts without a translation, and where they stand."""
    known = translations()
    return {text: place for text, place in texts().items() if text not in known}


def stale() -> list[Text]:
    """Return the translations that no code asks for."""
    used = texts()
    return [text for name, text, _ in _entries() if name != BORROWED and text not in used]


def compiled() -> bytes:
    """Return the catalogue as gettext reads it; the same texts give the same bytes."""
    never = datetime(2026, 1, 1, tzinfo=UTC)
    catalogue = Catalog(
        locale="zh_CN", project="hengbian", creation_date=never, revision_date=never
    )
    for text, chinese in translations().items():
        catalogue[text[0]] = Message(
            text if len(text) > 1 else text[0], chinese if len(text) > 1 else chinese[0]
        )
    buffer = BytesIO()
    write_mo(buffer, catalogue)
    return buffer.getvalue()


def complaints() -> list[str]:
    """Return one line for every text without a translation and every translation unused."""
    lines = [f"{place}: no translation of “{text[0]}”" for text, place in missing().items()]
    return lines + [f"no code says “{text[0]}”" for text in stale()]


def main(arguments: list[str]) -> int:
    """Compile the catalogue, or with --check only compare; return 1 if anything is amiss."""
    lines = complaints()
    if "--check" not in arguments:
        COMPILED.parent.mkdir(exist_ok=True)
        COMPILED.write_bytes(compiled())
    elif not COMPILED.is_file() or COMPILED.read_bytes() != compiled():
        lines.append(f"{COMPILED.relative_to(PROGRAM)} is out of date: run `python3 dev.py words`")
    sys.stdout.writelines(f"{line}\n" for line in lines)
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
