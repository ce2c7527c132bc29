"""House rules: what every file, text and word of the project has to keep to."""

from __future__ import annotations

import ast
import re
import tomllib
from collections import Counter
from pathlib import Path

import pytest
from importlinter.cli import lint_imports

from app.language import CATALOGUES, use_language
from app.model.vocabulary import Word
from resources.languages import words
from tests.places import ROOT
from ui.look.icons import Icon
from ui.pages.contents import entries

PROGRAM = ("app", "solver", "ui")
MOST_LINES = 400
MOST_MODULES = 15
VAGUE_NAMES = {"utils", "helpers", "common", "misc", "manager", "base", "core"}
ADDRESS = re.compile(r"https?://|index-url")
BANNER_OR_DEBT = re.compile(r"^\s*#\s*(?:[-=#*]{2,}|TODO|FIXME|XXX)", re.MULTILINE)


FOLDERS = (*PROGRAM, "resources", "tests")
PYTHON_FILES = [
    ROOT / "dev.py",
    *(path for folder in FOLDERS for path in sorted((ROOT / folder).rglob("*.py"))),
]


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", PYTHON_FILES, ids=name_of)
def test_file_begins_with_one_sentence(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    said = ast.get_docstring(ast.parse(text))
    assert said, "the first line is a docstring"
    first_line = said.splitlines()[0]
    assert text.startswith(f'"""{first_line}')
    assert first_line.endswith((".", "…")) and ". " not in first_line


@pytest.mark.parametrize("path", PYTHON_FILES, ids=name_of)
def test_file_is_short_and_its_name_says_something(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= MOST_LINES
    assert path.stem not in VAGUE_NAMES
    assert path.parent.name not in VAGUE_NAMES


@pytest.mark.parametrize("path", PYTHON_FILES, ids=name_of)
def test_comments_are_no_banners_and_leave_nothing_to_do(path: Path) -> None:
    assert BANNER_OR_DEBT.findall(path.read_text(encoding="utf-8")) == []


def test_imports_point_one_way(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    assert lint_imports(no_cache=True, no_logo=True) == 0


def test_every_package_is_installed() -> None:
    with (ROOT / "pyproject.toml").open("rb") as file:
        stated = tomllib.load(file)["tool"]["setuptools"]["packages"]
    there = [
        name_of(path.parent).replace("/", ".")
        for folder in PROGRAM
        for path in (ROOT / folder).rglob("__init__.py")
    ]
    assert sorted(stated) == sorted(there)


def test_no_file_of_the_set_up_holds_an_address() -> None:
    files = [ROOT / ".ci" / "run", *ROOT.glob("*.toml"), *ROOT.glob("*.lock"), *ROOT.glob("*.txt")]
    assert [name_of(path) for path in files if ADDRESS.search(path.read_text("utf-8"))] == []


def stated_tree() -> list[str]:
    """Return every path of the README's tree; two more spaces are one level further down."""
    tree = (ROOT / "README.md").read_text(encoding="utf-8").split("```text\n")[1].split("```")[0]
    paths: list[str] = []
    above: list[str] = []
    for line in tree.splitlines():
        level = (len(line) - len(line.lstrip())) // 2
        name, said = line.split(maxsplit=1)
        assert said, f"{name} says what it is for"
        above[level:] = [name.rstrip("/")]
        paths.append("/".join(above))
    return paths


def test_readme_tree_is_the_real_tree() -> None:
    ignored = (ROOT / ".gitignore").read_text(encoding="utf-8").replace("/", "").split()
    top = [path.name for path in ROOT.iterdir() if not path.name.startswith(".")]
    rooms = [
        name_of(folder)
        for inside in (*PROGRAM, "resources")
        for folder in (ROOT / inside).rglob("*")
        if folder.is_dir() and any(folder.glob("*.py"))
    ]
    assert sorted(stated_tree()) == sorted([name for name in top if name not in ignored] + rooms)


def test_no_folder_holds_more_than_a_dozen_modules_or_so() -> None:
    """Fifteen is a dozen or so; where there are more, wings are due."""
    counts = Counter(path.parent for path in PYTHON_FILES if path.stem != "__init__")
    assert {name_of(folder): n for folder, n in counts.items() if n > MOST_MODULES} == {}


@pytest.mark.parametrize(
    ("language", "heading"),
    [("en", "## From workbooks to a plan"), ("zh_CN", "### 从工作簿到方案")],
)
def test_readme_names_pages_as_the_window_does(language: str, heading: str) -> None:
    use_language(language)
    part = (ROOT / "README.md").read_text(encoding="utf-8").split(f"\n{heading}\n")[1]
    named = re.findall(r"\*\*(.+?)\*\*", part.split("\n#")[0])
    assert len(named) == 4
    assert set(named) <= {entry.text for entry in entries()}


def test_every_text_has_its_chinese() -> None:
    assert words.complaints() == []


def test_compiled_texts_are_those_of_the_catalogues() -> None:
    assert words.COMPILED.is_relative_to(CATALOGUES)
    is_current = words.COMPILED.read_bytes() == words.compiled()
    assert is_current, "run `python3 dev.py words`"


def test_every_icon_has_its_file_and_every_file_its_icon() -> None:
    files = {path.stem for path in (ROOT / "resources" / "icons").glob("*.svg")}
    assert files - {"hengbian", "hengbian-small"} == {icon.value for icon in Icon}


def test_every_word_is_said_in_both_languages() -> None:
    members = [member for kind in Word.__subclasses__() for member in kind]
    assert len(members) > 50
    assert [repr(member) for member in members if not (member.chinese and member.english)] == []
    assert [repr(member) for member in members if not member.english.isascii()] == []
