"""Likeness: how near two orders are to asking for the same, by what their names say."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import process
from rapidfuzz.distance import Indel

from app.model.county import Task
from app.model.vocabulary import Form

SYNONYMS = {
    "12345政务服务便民热线": "12345热线",
    "防灭火": "防火",
    "防止返贫": "防返贫",
    "预防溺水": "防溺水",
    "电信网络诈骗": "诈",
    "诈骗": "诈",
    "危险化学品": "危化品",
    "规模以上": "规上",
    "计划生育": "计生",
    "奖励扶助": "奖扶",
    "特别扶助": "特扶",
    "基本医疗保险": "医保",
    "医疗保险": "医保",
    "最低生活保障": "低保",
    "特困供养": "特困",
    "拖欠农民工工资": "农民工欠薪",
    "抽样检测": "抽检",
    "排查整治": "检查",
    "排查治理": "检查",
    "排查": "检查",
    "巡查": "检查",
    "调处": "化解",
    "隐患点": "点",
    "学校": "校园",
    "居住环境": "人居环境",
    "违法占地": "违法用地",
    "汛期": "防汛",
    "应用程序": "app",
    "政务应用": "政务app",
    "签到": "打卡",
    "户厕": "厕",
    "厕所": "厕",
}
"""Words that mean the same in orders, each with the word that stands for it."""

STOP_WORDS = (
    "花名册|责任制"
    "|城乡|农村|村级|全县|全镇|全乡|我县|我镇|本级|工作|情况|进展|完成|开展|落实|加强|推进|实施|做好"
    "|组织|报送|填报|上报|报告|报表|总结|材料|统计|台账|记录|登记|备案|清单|名单|名册|汇总|信息|数据"
    "|资料|管理|服务|动态|日常|定期|专项|专题|有关|相关|基本|责任|活动|人员|对象|资金|建设|问题|会议|调度"
    "|会|表"
)
"""Words that orders share whatever they ask for: a pattern, the longer ones first."""

CYCLES = {
    "每日": "日",
    "日报": "日",
    "每周": "周",
    "周报": "周",
    "每月": "月",
    "月度": "月",
    "月报": "月",
    "季度": "季",
    "季报": "季",
    "半年": "半年",
    "年度": "年",
    "年终": "年",
    "年报": "年",
}
"""Words that say how often something is asked for."""


_SYNONYM = re.compile("|".join(sorted(SYNONYMS, key=len, reverse=True)))
_STOP_WORD = re.compile(STOP_WORDS)
_CYCLE = re.compile(f"({'|'.join(CYCLES)})告?")
_NO_LETTER = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Deliverable:
    """What an order asks for: what it is about, the form it takes, and how often it is due."""

    subject: str
    form: Form | None
    cycles: frozenset[str]


def deliverable(task: Task) -> Deliverable:
    """Return what a task asks for, its name normalised.

    The name is brought to NFKC without punctuation, `SYNONYMS` to one word; words that say how
    often (`CYCLES`) are taken out and kept apart, `STOP_WORDS` dropped unless nothing else is left.
    """
    name = _NO_LETTER.sub("", unicodedata.normalize("NFKC", task.name).casefold())
    name = _SYNONYM.sub(lambda found: SYNONYMS[found[0]], name)
    cycles = frozenset(CYCLES[word] for word in _CYCLE.findall(name))
    name = _CYCLE.sub("", name)
    return Deliverable(_STOP_WORD.sub("", name) or name or task.name, task.form, cycles)


def may_serve_both(one: Deliverable, other: Deliverable) -> bool:
    """Return whether form and cycle agree; one that is not stated agrees with any."""
    same_form = None in {one.form, other.form} or one.form is other.form
    return same_form and (not one.cycles or not other.cycles or one.cycles == other.cycles)


def likeness(subjects: Sequence[str]) -> NDArray[np.float64]:
    """Return how alike every two subjects are, 0 to 1, as a square matrix.

    Chinese has no spaces, so the characters are the tokens, in any order. With `shared` the
    characters both have, 0.75 × shared ÷ those of the shorter + 0.25 × 2 × shared ÷ those of both:
    1 where both say the same, and still high where one says all that the other does. `shared` is
    the longest common subsequence of the sorted characters, (all − insertions and deletions) ÷ 2.
    """
    ordered = ["".join(sorted(subject)) for subject in subjects]
    lengths = np.array([len(subject) for subject in subjects], dtype=np.float64)
    both = np.add.outer(lengths, lengths)
    edits = process.cdist(ordered, ordered, scorer=Indel.distance, dtype=np.float64)
    shared = (both - edits) / 2
    alike: NDArray[np.float64] = (
        0.75 * shared / np.minimum.outer(lengths, lengths) + 0.25 * 2 * shared / both
    )
    return alike
