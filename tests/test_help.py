"""The help on commands is what the generator makes, and says what every key means."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from app import answers as answers_room
from app.language import LANGUAGES
from resources.help.generate import GLOSSARY, HERE, answers, keys_of, page


@pytest.fixture(scope="module")
def said() -> Mapping[str, Any]:
    return answers()


@pytest.mark.parametrize("language", LANGUAGES)
def test_committed_page_is_what_the_generator_makes(language: str, said: Mapping[str, Any]) -> None:
    committed = (HERE / f"commands.{language}.md").read_text(encoding="utf-8")
    assert committed == page(language, said), "run `python -m resources.help.generate`"


def test_every_key_has_its_words_and_no_words_are_left_over(said: Mapping[str, Any]) -> None:
    keys = {key for answer in said.values() for key in keys_of(answer)}
    assert sorted(keys - set(GLOSSARY)) == [], "add them to resources/help/keys.csv"
    assert sorted(set(GLOSSARY) - keys) == []
    assert all(row["chinese"] and row["english"] for row in GLOSSARY.values())


def test_every_key_the_program_can_answer_is_on_the_page(said: Mapping[str, Any]) -> None:
    keys = {key for answer in said.values() for key in keys_of(answer)}
    written: set[str] = set()
    for path in Path(answers_room.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Dict):
                names = [key.value for key in node.keys if isinstance(key, ast.Constant)]
                written.update(str(name) for name in names)
    assert sorted(written - keys) == []
