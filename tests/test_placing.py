"""A file is placed whole or not at all, and each reason why not has its own sentence."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import Any

import pytest

from app.errors import UserError
from app.language import use_language
from app.placing import TargetInUse, place, second_name


def failing(code: int) -> Any:
    def fail(*_arguments: object, **_more: object) -> None:
        raise OSError(code, os.strerror(code))

    return fail


def test_an_existing_file_is_replaced_at_once(tmp_path: Path) -> None:
    path = tmp_path / "out.xlsx"
    path.write_bytes(b"old")
    place(b"new", path)
    assert path.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(
    ("method", "code", "gist"),
    [
        ("open", errno.EACCES, "folder .* may not be written to"),
        ("open", errno.EROFS, "folder .* may not be written to"),
        ("open", errno.ENOENT, "no folder"),
        ("open", errno.ENOSPC, "disk is full"),
        ("open", errno.EIO, "Input/output error"),
        ("replace", errno.ENOSPC, "disk is full"),
        ("replace", errno.EACCES, "open in another program"),
    ],
)
def test_a_file_that_cannot_be_written_is_told_and_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, method: str, code: int, gist: str
) -> None:
    path = tmp_path / "out.xlsx"
    path.write_bytes(b"old")
    with monkeypatch.context() as patch:
        patch.setattr(Path, method, failing(code))
        with pytest.raises(UserError, match=gist) as raised:
            place(b"new", path)
    assert raised.value.remedy
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_disk_that_fills_up_half_way_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "fsync", failing(errno.ENOSPC))
    with pytest.raises(UserError, match="disk is full"):
        place(b"new", tmp_path / "out.xlsx")
    assert list(tmp_path.iterdir()) == []


def test_a_file_in_use_comes_with_a_second_name_that_can_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    use_language("zh_CN")
    path = tmp_path / "方案.xlsx"
    path.write_bytes(b"old")
    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", failing(errno.EACCES))
        with pytest.raises(TargetInUse) as raised:
            place(b"new", path)
    assert raised.value.suggested == tmp_path / "方案 (2).xlsx"
    assert raised.value.remedy == "请在那里关闭它，或改写到“方案 (2).xlsx”。"
    place(b"new", raised.value.suggested)
    assert sorted(item.name for item in tmp_path.iterdir()) == ["方案 (2).xlsx", "方案.xlsx"]


def test_second_names_count_on(tmp_path: Path) -> None:
    names = ["a.pdf", "a (2).pdf", "a (3).pdf", "(7).pdf"]
    for name in names[:3]:
        (tmp_path / name).touch()
    found = [second_name(tmp_path / name).name for name in names]
    assert found == ["a (4).pdf", "a (4).pdf", "a (4).pdf", "(7) (2).pdf"]
