"""The flaws of the sample county: one or two of every kind of finding, none that blocks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from app.model.county import Assignment, Change, County, Record, Staffing, Volume
from app.model.vocabulary import Role

CARRIED_BY_NOBODY = (
    ("T03", "送文化下乡和村级文化活动指导"),
    ("T07", "乡土人才建档和服务"),
    ("T11", "普查区划分、清查摸底和入户登记"),
)
CARRIED_IN_PART = (
    ("T05", "户厕改造核验和问题厕所整改", 0.6),
    ("T10", "村级会计委托代理记账", 0.8),
)
TWO_LEADS = (("T04", "矛盾纠纷定期排查和分析研判"), ("T06", "垃圾收运监督和分类宣传"))
NO_LEAD = (("T09", "公用设施报修处置和管护巡查"),)
LED_AS_ITS_OWN = (("T01", "餐饮场所用气安全巡查"), ("T08", "重点人员走访和关爱帮扶"))

STILL_RECLAIMED = (
    ("T02", "协税护税台账填报", 48, "企业走访和诉求办理"),
    ("T04", "创建申报资料制作", 6, "文明村镇、文明家庭推荐评选"),
    ("T06", "招商签约额月度统计报送", 24, "招商信息收集和客商接洽"),
    ("T10", "散埋乱葬整治执法", 6, "殡葬改革巡查劝导和公墓管护"),
    ("T13", "移动应用程序推广注册统计", 104, "政务应用每日登录打卡"),
)
"""Unit, reclaimed task, volume, and the task whose lead does it besides."""

FAR_LONGER = (("T16", "退役军人建档立卡和优待证办理", 2.4),)
"""Unit, task, and the hours of one piece it claims: four times the others'."""

EMPTY_POSTS = (("T09", "社区矫正对象走访和教育帮扶"),)
"""Unit and the task whose lead post has lost its people to the office clerks."""

CLERKS = "文稿起草和审核"

ABLE = (("T01", "重点工作督查和办结反馈"), ("T04", "来访接待和登记转办"), ("T08", CLERKS))
LEARNING = (("T07", "文化站免费开放和图书管理"), ("T15", "公文收发、拟办和流转"))
"""Unit and the task whose lead post works faster, or slower, than most."""

PEOPLE_DISAGREE = (("T05", "事业", 2.0), ("T14", "行政", -1.0))
"""Unit, category, and how many more people sheet 编制 has than the posts."""

OVER_STRENGTH = (("T13", "工勤"), ("D03", "行政"))


Changes = Iterator[Change]


def with_flaws(county: County) -> County:
    """Return the county with every flaw of this file."""
    flaws = (
        _take_carriers_away,
        _take_a_part_away,
        _add_second_leads,
        _take_leads_away,
        _lead_supporting_tasks,
        _keep_reclaimed_tasks,
        _claim_longer_times,
        _empty_posts,
        _set_abilities,
        _miscount_people,
    )
    for flaw in flaws:
        county = county.with_changes(flaw(county))
    return county


def _take_carriers_away(county: County) -> Changes:
    for place in CARRIED_BY_NOBODY:
        for row in _carriers(county, *place):
            yield Change(before=row, after=None)


def _take_a_part_away(county: County) -> Changes:
    for unit_code, task_name, part in CARRIED_IN_PART:
        for row in _carriers(county, unit_code, task_name):
            yield Change(before=row, after=replace(row, share=round(row.share * part, 2)))


def _add_second_leads(county: County) -> Changes:
    for place in TWO_LEADS:
        _lead, assistant = _carriers(county, *place)
        yield Change(before=assistant, after=replace(assistant, role=Role.LEAD))


def _take_leads_away(county: County) -> Changes:
    for place in NO_LEAD:
        lead = _lead(county, *place)
        yield Change(before=lead, after=replace(lead, role=Role.ASSIST))


def _lead_supporting_tasks(county: County) -> Changes:
    for place in LED_AS_ITS_OWN:
        first = _lead(county, *place)
        yield Change(before=first, after=replace(first, role=Role.LEAD))


def _keep_reclaimed_tasks(county: County) -> Changes:
    for unit_code, task_name, volume, neighbour in STILL_RECLAIMED:
        task_code = _task_code(county, task_name)
        post_code = _lead(county, unit_code, neighbour).post_code
        rows: tuple[Record, ...] = (
            Volume(unit_code, task_code, float(volume)),
            Assignment(unit_code, task_code, post_code, 1.0, Role.LEAD),
        )
        yield from (Change(before=None, after=row) for row in rows)


def _claim_longer_times(county: County) -> Changes:
    for unit_code, task_name, hours in FAR_LONGER:
        row = county.volumes[(unit_code, _task_code(county, task_name))]
        yield Change(before=row, after=replace(row, hours_each=hours))


def _empty_posts(county: County) -> Changes:
    for place in EMPTY_POSTS:
        clerks = _lead(county, place[0], CLERKS).post_code
        for row in _staff(county, _lead(county, *place).post_code):
            yield Change(before=row, after=replace(row, on_duty=0.0))
            yield _joined(county, clerks, row.category, row.on_duty)


def _set_abilities(county: County) -> Changes:
    for places, ability in ((ABLE, 1.1), (LEARNING, 0.9)):
        for place in places:
            post = county.posts[(_lead(county, *place).post_code,)]
            yield Change(before=post, after=replace(post, ability=ability))


def _miscount_people(county: County) -> Changes:
    for unit_code, category, people in PEOPLE_DISAGREE:
        row = county.establishment[(unit_code, category)]
        assert row.in_post is not None
        yield Change(before=row, after=replace(row, in_post=row.in_post + people))
    for key in OVER_STRENGTH:
        row = county.establishment[key]
        assert row.in_post is not None
        short = replace(row, authorised=row.in_post - 1, reserved=0.0, pending=0.0)
        yield Change(before=row, after=short)


def _task_code(county: County, task_name: str) -> str:
    return next(task.task_code for task in county.tasks.values() if task.name == task_name)


def _carriers(county: County, unit_code: str, task_name: str) -> list[Assignment]:
    task_code = _task_code(county, task_name)
    rows = [
        row
        for row in county.assignments.values()
        if (row.unit_code, row.task_code) == (unit_code, task_code)
    ]
    if not rows:
        raise ValueError(f"{unit_code} has no {task_name}")
    return rows


def _lead(county: County, unit_code: str, task_name: str) -> Assignment:
    return _carriers(county, unit_code, task_name)[0]


def _staff(county: County, post_code: str) -> list[Staffing]:
    return [row for row in county.staffing.values() if row.post_code == post_code]


def _joined(county: County, post_code: str, category: str, people: float) -> Change:
    there = county.staffing.get((post_code, category))
    before = there.on_duty if there else 0.0
    return Change(before=there, after=Staffing(post_code, category, before + people))
