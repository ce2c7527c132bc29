"""Shipped reliefs: policies that cut a form of burden, as data, each with its substitute."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.language import current_language, word
from app.model.county import Task
from app.model.vocabulary import Burden, Form

CUT_BURDENS = (Burden.FORMALISTIC, Burden.NECESSARY_FORMAL)
"""Kinds that a policy may cut; substantive work never is (method §6)."""


@dataclass(frozen=True, slots=True)
class Relief:
    """A policy that cuts demand before planning, and what takes the place of what is cut.

    It meets the tasks of these kinds, form and ordering department (None and '' mean any).
    `reduction` is the share of their volume that falls away; `substitute_hours` a year come back
    in every unit where something fell away.
    """

    key: str
    chinese: str
    english: str
    reduction: float
    form: Form | None = None
    ordered_by: str = ""
    burdens: tuple[Burden, ...] = CUT_BURDENS
    substitute_chinese: str = ""
    substitute_english: str = ""
    substitute_hours: float = 0.0

    @property
    def word(self) -> str:
        """Return the name of the policy in the current language."""
        return word(self)

    @property
    def substitute(self) -> str:
        """Return what takes the place of what is cut, in the current language."""
        if current_language() == "zh_CN":
            return self.substitute_chinese
        return self.substitute_english

    def meets(self, task: Task) -> bool:
        """Return whether the policy cuts this task."""
        return (
            task.burden in self.burdens
            and self.form in {None, task.form}
            and self.ordered_by in {"", task.ordered_by}
        )


RELIEFS: Mapping[str, Relief] = {
    relief.key: relief
    for relief in (
        Relief(
            "inspections",
            "督查检查减半",
            "inspections halved",
            0.5,
            Form.INSPECTION,
            substitute_chinese="每季度一次联合检查，平时看数据",
            substitute_english="one joint inspection a quarter, data in between",
            substitute_hours=64.0,
        ),
        Relief(
            "reports",
            "报表一次填报、多方调用",
            "reports: fill in once, use many times",
            0.6,
            Form.REPORT,
            substitute_chinese="每周维护一张基础数据表",
            substitute_english="one table of basic data kept up every week",
            substitute_hours=104.0,
        ),
        Relief(
            "meetings",
            "会议压减三成",
            "meetings cut by 30 %",
            0.3,
            Form.MEETING,
            substitute_chinese="每月一次合并会议",
            substitute_english="one combined meeting a month",
            substitute_hours=24.0,
        ),
        Relief(
            "documents",
            "文件压减三成",
            "documents cut by 30 %",
            0.3,
            Form.DOCUMENT,
            substitute_chinese="每月一份要点摘编",
            substitute_english="one digest a month",
            substitute_hours=24.0,
        ),
        Relief(
            "ledgers",
            "台账精简一半",
            "ledgers halved",
            0.5,
            Form.LEDGER,
            substitute_chinese="工作留痕由系统自动生成，每月核对一次",
            substitute_english="records made by the system and checked once a month",
            substitute_hours=24.0,
        ),
        Relief(
            "apps",
            "政务App整合（压减八成）",
            "apps merged (cut by 80 %)",
            0.8,
            Form.APP,
            substitute_chinese="统一入口每周办理一次",
            substitute_english="one portal, once a week",
            substitute_hours=26.0,
        ),
        Relief(
            "formalism",
            "形式主义事项减半，不设替代",
            "formalistic work halved, no substitute",
            0.5,
            burdens=(Burden.FORMALISTIC,),
        ),
    )
}
"""The shipped policies. Inspections halved is the notice of 2018; the other shares and the hours
of every substitute are assumptions, to be replaced by the county's own (64 h = four inspections of
two people for a day; 104 h = 2 h a week; 24 h = 2 h a month; 26 h = half an hour a week).
"""
