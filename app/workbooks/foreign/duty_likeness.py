"""Which listed duty a task belongs to, by the longest words that both say."""

from __future__ import annotations

import re
from collections.abc import Mapping
from difflib import SequenceMatcher

_EMPTY = re.compile(
    "做好|负责|落实|开展|组织|加强|推进|统筹|抓好|配合|协助|本辖区|辖区|相关|有关|日常|工作|管理|服务|办理"
    "|审核|材料|宣传|情况|以及|各类|进行|指导|监督|检查|巡查|申请|受理|初审|及|和|与|等|的"
)
"""Words that stand in duties of every kind and tell none from another."""
_LEAST = 2
_SURE = 3
"""A shared word of so many characters tells a duty; a shorter one must be half of the task."""


class ListedDuties:
    """The names of listed duties, found by what they share with a task's."""

    def __init__(self, names: Mapping[str, str]) -> None:
        """Take the names by code."""
        self._telling = {code: _telling(name) for code, name in names.items()}
        self._with_pair: dict[str, list[str]] = {}
        for code, words in self._telling.items():
            for pair in _pairs(words):
                self._with_pair.setdefault(pair, []).append(code)

    def told_by(self, task: str) -> str:
        """Return the code of the one duty that says most of what a task says, '' for none."""
        words = _telling(task)
        length = len(words.replace(" ", ""))
        if length < _LEAST:
            return ""
        near = {code for pair in _pairs(words) for code in self._with_pair.get(pair, ())}
        found = {code: _shared(words, self._telling[code]) for code in near}
        best = max(found.values(), default=0)
        named = [code for code, shared in found.items() if shared == best]
        is_told = best >= _SURE or (best >= _LEAST and best >= length / 2)
        return named[0] if is_told and len(named) == 1 else ""


def _pairs(words: str) -> set[str]:
    """Return every two characters that stand side by side: what is shared holds one of them."""
    return {words[at : at + _LEAST] for at in range(len(words) - 1)}


def _telling(name: str) -> str:
    """Return a name without words that tell nothing, its parts apart by blanks."""
    return " ".join(_EMPTY.sub(" ", re.sub(r"[\W_]+", " ", name)).split())


def _shared(words: str, telling: str) -> int:
    """Return the length of the longest word that stands in both."""
    match = SequenceMatcher(None, words, telling, autojunk=False).find_longest_match()
    return len(words[match.a : match.a + match.size].strip())
