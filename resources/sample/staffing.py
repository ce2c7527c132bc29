"""The townships and departments of the sample county, their posts and the people on them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from random import Random

from app.model.county import Establishment, Post, Staffing, Unit
from app.model.vocabulary import DEFAULT_CATEGORIES, OUTSIDE_ESTABLISHMENT, UnitKind
from resources.sample.catalogue import read_table

OFFICER, CAREER, WORKMAN, _TEMPORARY = DEFAULT_CATEGORIES
JOINED_OFFICES = {
    "退役军人服务站": "社会事务办公室",
    "文化站": "党群服务中心",
    "党群服务中心": "党建工作办公室",
    "综治（网格化）中心": "平安法治办公室",
    "财政所": "经济发展办公室",
    "应急管理办公室": "规划建设办公室",
    "农业综合服务中心": "乡村振兴（农业农村）办公室",
}
"""Where the posts of an office stand in a township that does not have it."""

NOTE_ON_LEADERS = "人员和编制不含领导班子成员"


@dataclass(frozen=True)
class Place:
    """A unit with what its volumes grow with, its people, and how loaded it is to be."""

    unit: Unit
    drivers: Mapping[str, float]
    people: Mapping[str, int]
    post_count: int
    saturation: float
    missing_offices: frozenset[str]


@dataclass(frozen=True)
class PostKind:
    """A post as townships or one department have it; leanings say which people it draws."""

    name: str
    office: str
    title: str
    joined_title: str
    joins: str
    leanings: Mapping[str, int]
    qualifications: tuple[str, ...]
    min_people: float | None
    max_people: float | None
    is_pinned: bool
    note: str


def read_places() -> list[Place]:
    """Return every unit in the order of its table."""
    return [_place(row) for row in read_table("units")]


def read_post_kinds(place: Place) -> dict[str, PostKind]:
    """Return the posts a unit could have, by short name, in the order of its offices."""
    is_department = place.unit.kind is UnitKind.COUNTY_DEPARTMENT
    holder = place.unit.name if is_department else "乡镇"
    return {
        row["简称"]: _post_kind(row) for row in read_table("posts") if row["适用单位"] == holder
    }


def merged_posts(
    kinds: Mapping[str, PostKind], hours: Mapping[str, float], *, post_count: int
) -> dict[str, str]:
    """Return for every kind of post the one that does its work when only so many are kept.

    Of all posts that may join another, the two with the least work together do, again and again.
    """
    carried = {name: hours.get(name, 0.0) for name in kinds}
    keeper = {name: name for name in kinds}
    while len(carried) > post_count:
        targets = {name: keeper[kinds[name].joins] for name in carried if kinds[name].joins}
        least = min(targets, key=lambda name: carried[name] + carried[targets[name]])
        target = targets[least]
        carried[target] += carried.pop(least)
        keeper = {name: target if post == least else post for name, post in keeper.items()}
    return keeper


def make_posts(
    place: Place, kinds: Mapping[str, PostKind], keeper: Mapping[str, str]
) -> dict[str, Post]:
    """Return the posts a unit really has, by short name; a post keeps what joined it in mind."""
    posts: dict[str, Post] = {}
    for name, kind in kinds.items():
        if keeper[name] != name:
            continue
        members = [kinds[other] for other in kinds if keeper[other] == name]
        qualifications = dict.fromkeys(text for member in members for text in member.qualifications)
        posts[name] = Post(
            post_code=f"{place.unit.unit_code}-{len(posts) + 1:02d}",
            unit_code=place.unit.unit_code,
            title=kind.joined_title if len(members) > 1 else kind.title,
            office=_office(kind.office, place),
            min_people=kind.min_people,
            max_people=kind.max_people,
            qualifications=tuple(qualifications),
            is_pinned=kind.is_pinned,
            note=kind.note,
        )
    return posts


def heads(hours: Mapping[str, float], posts: Mapping[str, Post], *, people: int) -> dict[str, int]:
    """Share whole people out among posts by their hours, largest remainder first."""
    fewest = {name: int(post.min_people or 1) for name, post in posts.items()}
    most = {name: int(post.max_people or people) for name, post in posts.items()}
    each = sum(hours.values()) / people
    wanted = {name: max(fewest[name], hours.get(name, 0.0) / each) for name in posts}
    placed = {name: min(most[name], max(fewest[name], int(wanted[name]))) for name in posts}
    while sum(placed.values()) != people:
        step = 1 if sum(placed.values()) < people else -1
        free = [
            name
            for name in posts
            if (placed[name] < most[name] if step > 0 else placed[name] > fewest[name])
        ]
        chosen = max(free, key=lambda name: step * (wanted[name] - placed[name]) / placed[name])
        placed[chosen] += step
    return placed


def make_staffing(
    place: Place,
    kinds: Mapping[str, PostKind],
    posts: Mapping[str, Post],
    placed: Mapping[str, int],
) -> list[Staffing]:
    """Return who is on which post: every category by leaning, those without any fill up."""
    free = dict(placed)
    people: dict[tuple[str, str], int] = {}
    for category in (OFFICER, WORKMAN, OUTSIDE_ESTABLISHMENT, CAREER):
        for _head in range(place.people[category]):
            name = _next_post(category, kinds, placed=placed, free=free, people=people)
            people[(name, category)] = people.get((name, category), 0) + 1
            free[name] -= 1
    return [
        Staffing(posts[name].post_code, category, float(people[(name, category)]))
        for name in posts
        for category in DEFAULT_CATEGORIES
        if (name, category) in people
    ]


def make_establishment(place: Place, random: Random) -> list[Establishment]:
    """Return a unit's authorised headcount so that its people on duty are those on its posts."""
    rows = []
    for category in DEFAULT_CATEGORIES:
        on_duty = place.people[category]
        if category == OUTSIDE_ESTABLISHMENT:
            rows.append(Establishment(place.unit.unit_code, category, in_post=float(on_duty)))
            continue
        is_small = category == WORKMAN or place.unit.kind is UnitKind.COUNTY_DEPARTMENT
        lent, absent, borrowed = random.choice(
            [(0, 0, 0)] if is_small else [(1, 0, 0), (2, 1, 0), (3, 0, 1), (2, 0, 0), (1, 1, 0)]
        )
        vacancies = random.choice([0, 0, 1]) if is_small else random.choice([1, 2, 3, 4])
        in_post = on_duty + lent + absent - borrowed
        reserved = random.choice([0, 1]) if vacancies > 1 else 0
        pending = random.choice([0, 1]) if vacancies > 2 else 0
        figures = (in_post + vacancies, in_post, reserved, pending, lent, borrowed, absent)
        rows.append(Establishment(place.unit.unit_code, category, *map(float, figures)))
    return rows


def _next_post(
    category: str,
    kinds: Mapping[str, PostKind],
    *,
    placed: Mapping[str, int],
    free: Mapping[str, int],
    people: Mapping[tuple[str, str], int],
) -> str:
    """Return the post that draws the next person of a category most: leaning × part still open."""

    def pull(name: str) -> tuple[float, int]:
        has = people.get((name, category), 0)
        mostly_own = category != OUTSIDE_ESTABLISHMENT or 2 * (has + 1) <= placed[name]
        leaning = kinds[name].leanings.get(category, 1) if mostly_own else 0
        return leaning * (1 - has / placed[name]), free[name]

    return max((name for name in placed if free[name] > 0), key=pull)


def _place(row: dict[str, str]) -> Place:
    kind = UnitKind.read(row["类型"])
    assert kind is not None
    people = {category: int(row[category]) for category in DEFAULT_CATEGORIES}
    is_department = kind is UnitKind.COUNTY_DEPARTMENT
    figures = {} if is_department else _drivers(row, people.values())
    unit = Unit(
        unit_code=row["编码"],
        name=row["名称"],
        kind=kind,
        travel=float(row["交通系数"]),
        population=None if is_department else float(row["常住人口"]),
        villages=figures.get("村社区"),
        area_km2=None if is_department else float(row["面积"]),
        note="" if is_department else NOTE_ON_LEADERS,
    )
    return Place(
        unit=unit,
        drivers=figures,
        people=people,
        post_count=int(row["岗位数"]),
        saturation=float(row["目标饱和度"]),
        missing_offices=frozenset(filter(None, row["不单设机构"].split("；"))),
    )


def _drivers(row: dict[str, str], people: Iterable[int]) -> dict[str, float]:
    figures = {
        heading: float(row[heading])
        for heading in list(row)[list(row).index("行政村") : list(row).index("岗位数")]
    }
    return figures | {
        "单位": 1.0,
        "千人": float(row["常住人口"]) / 1000,
        "村社区": figures["行政村"] + figures["社区"],
        "干部": float(sum(people)),
    }


def _post_kind(row: dict[str, str]) -> PostKind:
    leanings = {OFFICER: "行政倾向", OUTSIDE_ESTABLISHMENT: "编外倾向", WORKMAN: "工勤倾向"}
    return PostKind(
        name=row["简称"],
        office=row["内设机构"],
        title=row["岗位名称"],
        joined_title=row["合并后名称"],
        joins=row["可并入"],
        leanings={category: int(row[heading] or 0) for category, heading in leanings.items()},
        qualifications=tuple(filter(None, row["资质"].split("；"))),
        min_people=float(row["最少人数"]) if row["最少人数"] else None,
        max_people=float(row["最多人数"]) if row["最多人数"] else None,
        is_pinned=row["锁定"] == "是",
        note=row["备注"],
    )


def _office(office: str, place: Place) -> str:
    while office in place.missing_offices:
        office = JOINED_OFFICES[office]
    return office
