"""The language of messages: English in the code, Chinese from the catalogue, one switch for all."""

from __future__ import annotations

import gettext
import locale
import os
from typing import Protocol

from app.resources import resource

LANGUAGES = ("zh_CN", "en")
CATALOGUES = resource("languages")


class _Speaking:
    """What messages are in now; one for the whole process."""

    code = "en"
    catalogue: gettext.NullTranslations = gettext.NullTranslations()


def use_language(code: str | None = None) -> str:
    """Switch every later message to `code` (zh_CN or en; None asks the system); return it."""
    _Speaking.code = code if code in LANGUAGES else system_language()
    _Speaking.catalogue = gettext.translation(
        "hengbian", CATALOGUES, languages=[_Speaking.code], fallback=True
    )
    return _Speaking.code


def current_language() -> str:
    """Return the language that messages are in now."""
    return _Speaking.code


def system_language() -> str:
    """Return zh_CN on a Chinese system and en elsewhere."""
    names = [os.environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG", "LANGUAGE")]
    names.append(locale.getlocale()[0] or "")
    stated = next((name for name in names if name and name not in {"C", "C.UTF-8", "POSIX"}), "")
    return "zh_CN" if stated.casefold().startswith(("zh", "chinese")) else "en"


def _(text: str) -> str:
    """Return `text` in the current language; fill its {places} with `.format` afterwards."""
    return _Speaking.catalogue.gettext(text)


def ngettext(one: str, many: str, number: int) -> str:
    """Return the form for `number` in the current language."""
    return _Speaking.catalogue.ngettext(one, many, number)


class Bilingual(Protocol):
    """What is called something in both languages: a word, a setting, a column, a calendar."""

    @property
    def chinese(self) -> str:
        """Return its Chinese name."""

    @property
    def english(self) -> str:
        """Return its English name."""


def word(item: Bilingual) -> str:
    """Return what a vocabulary word, or anything else with two names, is called now."""
    return item.chinese if _Speaking.code == "zh_CN" else item.english
