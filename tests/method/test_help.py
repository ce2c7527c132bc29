"""The help on figures names every rule, every policy key and every shipped choice, twice."""

from __future__ import annotations

import re

import pytest

from app.method.checks.checkup import BLOCKING_RULES, CHECKS, RULES
from app.model.parameters import BAND_SCHEMES, CALENDARS, FAMILIES, ROUNDINGS, SETTINGS
from app.resources import resource

HELP = resource("help")
PAGES = {language: HELP / f"figures.{language}.md" for language in ("zh_CN", "en")}


def codes(language: str) -> set[str]:
    """Return every word in backticks; of a family's key, what stands before the dot."""
    found = set(re.findall(r"`([^`]+)`", PAGES[language].read_text(encoding="utf-8")))
    families = {family.prefix for family in FAMILIES}
    return found | {code.partition(".")[0] for code in found} & families


@pytest.mark.parametrize("language", PAGES)
def test_every_rule_is_explained(language: str) -> None:
    rules = {rule.__name__ for rule in (*BLOCKING_RULES, *RULES)}
    assert sorted(rules - codes(language)) == []


@pytest.mark.parametrize("language", PAGES)
def test_every_policy_key_is_explained(language: str) -> None:
    keys = {setting.key for setting in SETTINGS} | {family.prefix for family in FAMILIES}
    assert sorted(keys - codes(language)) == []


@pytest.mark.parametrize("language", PAGES)
def test_choices_and_defaults_are_as_the_program_has_them(language: str) -> None:
    text = PAGES[language].read_text(encoding="utf-8")
    for choice in (*BAND_SCHEMES, *ROUNDINGS):
        assert f"`{choice}`" in text
    for year in CALENDARS:
        assert year in text
    for setting in SETTINGS:
        line = next(
            (row for row in text.splitlines() if row.startswith(f"| `{setting.key}` |")), ""
        )
        default = line.split("|")[2].strip() if line else setting.default
        if re.fullmatch(r"[\d.]+", default):
            assert float(default) == float(setting.default), setting.key


@pytest.mark.parametrize(("language", "field"), [("zh_CN", "chinese"), ("en", "english")])
def test_every_aspect_has_its_heading(language: str, field: str) -> None:
    headings = " ".join(re.findall(r"^### (.+)$", PAGES[language].read_text("utf-8"), re.MULTILINE))
    for aspect in CHECKS:
        assert getattr(aspect, field) in headings.casefold()


def test_both_languages_explain_the_same() -> None:
    def outline(language: str) -> list[int]:
        text = PAGES[language].read_text(encoding="utf-8")
        return [len(marks) for marks in re.findall(r"^(#+) ", text, re.MULTILINE)]

    assert outline("zh_CN") == outline("en")
