"""Rules on posts: how loaded they are, with how many duties, and who carries most (工作量—编制)."""

from __future__ import annotations

from collections.abc import Iterator

from app.language import _
from app.method.grouping import rows_by
from app.method.policy import policy_of
from app.method.saturation import saturation
from app.model.county import County
from app.model.figures import Figures, PostFigures
from app.model.findings import Finding, Place
from app.model.vocabulary import OVERLOADED, Band, Severity, Table

_ABOVE_PEERS = 0.1
"""How far above its peers' saturation an able post's has to be."""


def severely_overloaded(county: County, figures: Figures) -> Iterator[Finding]:
    """Find posts in the band SEVERE (严重超饱和)."""
    for post in _in_band(figures, Band.SEVERE):
        yield Finding(
            rule="severely_overloaded",
            severity=Severity.WARNING,
            unit_code=post.unit_code,
            subject=post.post_code,
            message=_(
                "{unit}: {post} is severely overloaded at {saturation:.0%},"
                " {workload:,.0f} h of work on {capacity:,.0f} h of capacity."
            ).format(**_load_words(county, post)),
            remedy=_("Take tasks off the post or put people on it; a plan shows which."),
            place=Place(Table.POSTS, (post.post_code,)),
        )


def overloaded(county: County, figures: Figures) -> Iterator[Finding]:
    """Find posts in the band OVER (超饱和)."""
    for post in _in_band(figures, Band.OVER):
        yield Finding(
            rule="overloaded",
            severity=Severity.NOTE,
            unit_code=post.unit_code,
            subject=post.post_code,
            message=_(
                "{unit}: {post} is overloaded at {saturation:.0%},"
                " {workload:,.0f} h of work on {capacity:,.0f} h of capacity."
            ).format(**_load_words(county, post)),
            remedy=_("Let a post with room in the same office take over some of its tasks."),
            place=Place(Table.POSTS, (post.post_code,)),
        )


def under_loaded(county: County, figures: Figures) -> Iterator[Finding]:
    """Find posts in the band UNDER (不饱和)."""
    for post in _in_band(figures, Band.UNDER):
        yield Finding(
            rule="under_loaded",
            severity=Severity.NOTE,
            unit_code=post.unit_code,
            subject=post.post_code,
            message=_(
                "{unit}: {post} is under-loaded at {saturation:.0%},"
                " {workload:,.0f} h of work on {capacity:,.0f} h of capacity."
            ).format(**_load_words(county, post)),
            remedy=_("Let it take over tasks of overloaded posts it is qualified for."),
            place=Place(Table.POSTS, (post.post_code,)),
        )


def work_without_people(county: County, figures: Figures) -> Iterator[Finding]:
    """Find posts with work and nobody on duty (有事无人): no saturation can be stated."""
    for post in _in_band(figures, Band.NO_CAPACITY):
        yield Finding(
            rule="work_without_people",
            severity=Severity.WARNING,
            unit_code=post.unit_code,
            subject=post.post_code,
            message=_(
                "{unit}: {workload:,.0f} h a year lie on {post}, where nobody is on duty."
            ).format(**_load_words(county, post)),
            remedy=_("Put people on the post, or give its tasks to another post."),
            place=Place(Table.POSTS, (post.post_code,)),
        )


def too_many_duties(county: County, figures: Figures) -> Iterator[Finding]:
    """Find posts whose duties come to more than policy `max_duties_per_person` each (一人多岗).

    Duties with hours on the post ÷ people on duty, at least one person. Source: method §5.
    """
    most = policy_of(county).max_duties_per_person
    duties: dict[str, set[str]] = {}
    for (_unit, task_code, post_code), hours in figures.hours.items():
        if hours > 0:
            duties.setdefault(post_code, set()).add(county.tasks[(task_code,)].duty_code)
    for post_code, carried in duties.items():
        post = figures.posts[post_code]
        each = len(carried) / max(1.0, post.load.existing)
        if post.load.existing > 0 and each > most:
            yield Finding(
                rule="too_many_duties",
                severity=Severity.WARNING,
                unit_code=post.unit_code,
                subject=post_code,
                message=_(
                    "{unit}: {post} bundles {duties} duties on {people:g} people, {each:.1f} each;"
                    " the policy allows {most:g}."
                ).format(
                    unit=county.units[(post.unit_code,)].name,
                    post=post.title,
                    duties=len(carried),
                    people=post.load.existing,
                    each=each,
                    most=most,
                ),
                remedy=_("Share its duties out among posts of the same office, or add a person."),
                place=Place(Table.POSTS, (post_code,)),
            )


def able_above_peers(county: County, figures: Figures) -> Iterator[Finding]:
    """Find able posts (ability above 1) that carry more than their less able peers (鞭打快牛).

    Overloaded, and by more than 10 points above Σ workload ÷ Σ capacity of the unit's posts with a
    lower ability. Source: method §5; domain §2.
    """
    posts_by_unit = rows_by("unit_code", county.posts)
    for post in county.posts.values():
        load = figures.posts[post.post_code].load
        if post.ability <= 1 or load.band not in OVERLOADED:
            continue
        peers = [
            figures.posts[peer.post_code].load
            for peer in posts_by_unit[post.unit_code]
            if peer.ability < post.ability
        ]
        usual = saturation(
            workload_hours=sum(peer.workload_hours for peer in peers),
            capacity_hours=sum(peer.capacity_hours for peer in peers),
        )
        if usual is None or load.saturation is None or load.saturation <= usual + _ABOVE_PEERS:
            continue
        yield Finding(
            rule="able_above_peers",
            severity=Severity.NOTE,
            unit_code=post.unit_code,
            subject=post.post_code,
            message=_(
                "{unit}: {post} works faster than most (ability {ability:g}) and is at"
                " {saturation:.0%}, its less able peers at {usual:.0%}."
            ).format(
                unit=county.units[(post.unit_code,)].name,
                post=post.title,
                ability=post.ability,
                saturation=load.saturation,
                usual=usual,
            ),
            remedy=_("Give new tasks to its peers first, and let ability count in assessment."),
            place=Place(Table.POSTS, post.key),
        )


def _in_band(figures: Figures, band: Band) -> Iterator[PostFigures]:
    return (post for post in figures.posts.values() if post.load.band is band)


def _load_words(county: County, post: PostFigures) -> dict[str, str | float]:
    return {
        "unit": county.units[(post.unit_code,)].name,
        "post": post.title,
        "saturation": post.load.saturation or 0.0,
        "workload": post.load.workload_hours,
        "capacity": post.load.capacity_hours,
    }
