"""Ending: a run that found no plan says which limits contradict each other and what would do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from app.advice.county_problem import Formulation
from app.language import _
from app.model.county import Post
from app.model.findings import Place
from app.model.plan import Measure
from app.model.vocabulary import Table
from solver.search.elastic import UNPINNED
from solver.solution import Conflict, Solution

_CEILINGS = ("max_moves", "max_temporaries", "budget")
"""Limits of the policy that have one row in the whole county."""


@dataclass(frozen=True)
class Ending:
    """Sentences about what cannot hold, and the cells they are about (None where there is none)."""

    sentences: tuple[str, ...]
    places: tuple[Place | None, ...]


def ending_of(
    formulation: Formulation, solution: Solution, decided: Iterable[Measure] = ()
) -> Ending:
    """Return the shortages of a blocked run one by one, then the ways out of the conflict."""
    known = {measure.identity: measure for measure in decided}
    told = [(_shortage(formulation, one, known), _place(one)) for one in solution.conflicts]
    open_ways = [way for way in solution.ways_out if _is_in_hand(formulation, way)]
    if open_ways:
        ways = [_way_out(formulation, way) for way in open_ways]
        sentence = _("Each of these alone would resolve it: {ways}.").format(
            ways=_("; ").join(ways)
        )
        told.append((sentence, None))
    return Ending(
        sentences=tuple(sentence for sentence, _cell in told),
        places=tuple(cell for _sentence, cell in told),
    )


def _shortage(formulation: Formulation, conflict: Conflict, known: Mapping[str, Measure]) -> str:
    amount, rules = conflict.amount, formulation.problem.rules
    if conflict.rule in {"min", "max"}:
        post = _post(formulation, conflict.subject)
        sentence = {
            "min": _("{post} asks for at least {limit:g} people; {amount:g} cannot be found."),
            "max": _("{post} allows at most {limit:g} people; it has {amount:g} too many."),
        }[conflict.rule]
        limits = {"min": post.min_people, "max": post.max_people}
        limit = limits[conflict.rule]
        return sentence.format(
            post=post_named(formulation, post), limit=1.0 if limit is None else limit, amount=amount
        )
    if conflict.rule in _CEILINGS:
        sentence = {
            "max_moves": _("At most {limit:g} people may move; {amount:g} more would have to."),
            "max_temporaries": _(
                "At most {limit:g} temporaries may come; {amount:g} more are needed."
            ),
            "budget": _("The budget is {limit:g} (10,000 yuan a year); {amount:g} more is needed."),
        }[conflict.rule]
        return sentence.format(limit=getattr(rules, conflict.rule) or 0.0, amount=amount)
    if conflict.rule == "pinned":
        return _("“{task}” has {amount:,.1f} h less than the shares that are pinned.").format(
            task=_task(formulation, conflict.subject), amount=amount
        )
    return _decided_shortage(known.get(conflict.subject), amount)


def _decided_shortage(measure: Measure | None, amount: float) -> str:
    if measure is None:
        return _("What was asked for cannot be done; {amount:g} is missing.").format(amount=amount)
    return _("The decision on measure {rank} cannot hold; {amount:g} is missing.").format(
        rank=measure.rank, amount=amount
    )


def _way_out(formulation: Formulation, way: Sequence[Conflict]) -> str:
    """Return what would have to give, all limits of one rule, as part of a sentence."""
    rule, amount = way[0].rule, sum(one.amount for one in way)
    if rule in _CEILINGS:
        limit = getattr(formulation.problem.rules, rule) or 0.0
        return {
            "max_moves": _("let {value:g} people move in place of {limit:g}"),
            "max_temporaries": _("allow {value:g} temporaries in place of {limit:g}"),
            "budget": _("raise the budget from {limit:g} to {value:g}"),
        }[rule].format(limit=limit, value=limit + amount)
    if rule in {"min", "max"}:
        names = [post_named(formulation, _post(formulation, one.subject)) for one in way]
        return {
            "min": _("ask for {amount:g} fewer people at {posts}"),
            "max": _("allow {amount:g} more people at {posts}"),
        }[rule].format(amount=amount, posts=_(", ").join(names))
    if rule == UNPINNED:
        names = [post_named(formulation, _post(formulation, one.subject)) for one in way]
        return _("unlock {posts}, so that people may come and go").format(posts=_(", ").join(names))
    if rule == "pinned":
        names = [_task(formulation, one.subject) for one in way]
        return _("unpin shares of {tasks}").format(tasks=_(", ").join(names))
    return _("withdraw what was decided or asked for")


def _is_in_hand(formulation: Formulation, way: Sequence[Conflict]) -> bool:
    """Return whether a way out is the user's: posts that a wish alone pins cannot be unlocked."""
    return all(one.rule != UNPINNED or _post(formulation, one.subject).is_pinned for one in way)


def _place(conflict: Conflict) -> Place | None:
    """Return the cell that holds the limit."""
    if conflict.rule in {"min", "max"}:
        return Place(Table.POSTS, (conflict.subject,))
    if conflict.rule in _CEILINGS:
        return Place(Table.POLICY, (conflict.rule,))
    if conflict.rule == "pinned":
        return Place(Table.VOLUMES, tuple(conflict.subject.split("/", 1)))
    return None


def _post(formulation: Formulation, post_code: str) -> Post:
    return formulation.county.posts[(post_code,)]


def post_named(formulation: Formulation, post: Post) -> str:
    """Return a post with its unit: titles repeat from unit to unit."""
    unit = formulation.county.units[(post.unit_code,)]
    return _("{post} of {unit}").format(post=post.title, unit=unit.name)


def _task(formulation: Formulation, demand_code: str) -> str:
    index = formulation.problem.demand_codes.index(demand_code)
    unit = formulation.county.units[(formulation.demands[index][0],)]
    return _("{task} of {unit}").format(task=formulation.tasks[index].name, unit=unit.name)
