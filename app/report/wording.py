"""Wording: the sentences of reports about figures, plans and measures."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from app.errors import told
from app.language import _, word
from app.method.overtime import per_week
from app.model.county import County
from app.model.figures import Figures, Load, PostFigures, count_in
from app.model.plan import SHAKY, SOLID, Measure, Plan
from app.model.reasons import joined_parts, parts_of, task_name
from app.model.remarks import GAPS, gap_sentence, gaps_of
from app.model.vocabulary import OVERLOADED, Band, Burden, Goal, MeasureKind, Outcome
from app.numbers import counted
from app.report.chart_rows import band_after, band_before, post_name

NAMED_UNITS = 3
"""As many units of a measure are named; of more, how many there are is said too."""

COUNTY_KINDS = (
    MeasureKind.CUT,
    MeasureKind.FILL,
    MeasureKind.TRANSFER,
    MeasureKind.DRAW,
    MeasureKind.TEMPORARY,
)
"""What a unit cannot decide by itself."""
_HALF_AN_HOUR = 0.5
"""Hours; less does not show where hours are rounded."""
TELLING_GAP = 0.2
"""A relative gap above this says nothing: a bound of a few hours makes any value look far off."""


def percent(ratio: float | None) -> str:
    """Return a ratio as it is shown, a dash where there is none."""
    return "—" if ratio is None else f"{ratio:.0%}"


def amount(number: float) -> str:
    """Return a number with one decimal, without it where it is whole."""
    return f"{number:,.0f}" if abs(number - round(number)) < 0.05 else f"{number:,.1f}"


def signed(number: float) -> str:
    """Return a number with its sign, a real minus and one decimal."""
    return f"{number:+,.1f}".replace("-", "−")


def mark_word(share: float) -> str:
    """Return what a measure is called that stays in this share of the draws."""
    if share >= SOLID:
        return _("solid")
    return _("shaky") if share < SHAKY else _("depends on unit times")


def month_name(month: int) -> str:
    """Return a month by its number, 1 for January."""
    return _("month {number}").format(number=month)


def load_headline(load: Load, posts: list[PostFigures]) -> str:
    """Return the one sentence about a county or a unit: load, overloaded posts, people required."""
    return _(
        "Saturation {saturation}; overloaded: {over} of {posts} posts, {severe} of them severely; "
        "with room: {under}; people required: {required}, on the posts: {existing} ({difference})."
    ).format(
        saturation=percent(load.saturation),
        posts=len(posts),
        over=count_in(posts, OVERLOADED),
        severe=count_in(posts, {Band.SEVERE}),
        under=count_in(posts, {Band.UNDER}),
        required=amount(load.required),
        existing=amount(load.existing),
        difference=signed(load.difference),
    )


def plan_headline(figures: Figures, plan: Plan) -> str:
    """Return the one sentence about a plan: overloaded posts and unassigned hours before, after.

    Its measures are told beside it, with the share of its relief that they bring where that is not
    nearly all: an official signs them, not the plan.
    """
    unassigned = plan.goal(Goal.UNASSIGNED_HOURS)
    before, after = overloaded_posts(figures, plan)
    shares = (row.share for row in plan.remarks if row.code not in GAPS)
    share = next((share for share in shares if share is not None), None)
    sentence = (
        _(
            "The plan brings the overloaded posts from {before} to {after} and the unassigned "
            "hours from {open_before:,.0f} to {open_after:,.0f} a year; measures: {measures}."
        )
        if share is None
        else _(
            "The plan brings the overloaded posts from {before} to {after} and the unassigned "
            "hours from {open_before:,.0f} to {open_after:,.0f} a year; measures: {measures}, "
            "which bring {share:.0%} of its relief."
        )
    )
    headline = sentence.format(
        share=share,
        measures=len(plan.measures),
        before=before,
        after=after,
        open_before=unassigned.before,
        open_after=unassigned.reached,
    )
    return told(told(headline, _overtime(plan)), _over_gaps(plan))


def overloaded_posts(figures: Figures, plan: Plan) -> tuple[int, int]:
    """Return how many posts are over the line today and after the measures."""
    before = sum(band_before(row, figures) in OVERLOADED for row in plan.posts)
    after = sum(band_after(row, figures) in OVERLOADED for row in plan.posts)
    return before, after


def _overtime(plan: Plan) -> str:
    """Return the overtime of the overloaded posts, hours per person and week, before and after."""
    before, after = (_weekly(plan, is_after=is_after) for is_after in (False, True))
    if before is None:
        return ""
    return _(
        "Overtime of those above capacity: {before:.1f} h a person and week, {after:.1f} h after."
    ).format(before=before, after=after or 0.0)


def _weekly(plan: Plan, *, is_after: bool) -> float | None:
    """Return `Σ max(0, workload − capacity) ÷ people ÷ 52` of the posts above capacity today."""
    hours = people = 0.0
    for post in plan.posts:
        count = sum(post.people_before.values())
        if count > 0 and post.workload_before > post.capacity_before:
            work = post.workload_after if is_after else post.workload_before
            room = post.capacity_after if is_after else post.capacity_before
            hours += max(0.0, work - room)
            people += sum(post.people_after.values()) if is_after else count
    return per_week(hours, people=people) if people else None


def _over_gaps(plan: Plan) -> str:
    """Return that a plan stands on inputs with gaps, and on which; '' where it does not."""
    found = ""
    for gap in gaps_of(plan):
        found = told(found, gap_sentence(gap))
    return _("Planned over gaps in the inputs: {gaps}").format(gaps=found) if found else ""


def outcome_sentence(plan: Plan) -> str:
    """Return how far a plan is proven, and that it was recomputed."""
    if plan.outcome is Outcome.BLOCKED:
        return _("There is no plan: limits set by yourselves cannot hold together.")
    if plan.outcome is Outcome.LIMIT and plan.gap > TELLING_GAP:
        proof = _("The run stopped at its time limit before every goal was proven best.")
    elif plan.outcome is Outcome.LIMIT:
        proof = _(
            "The run stopped at its time limit; every goal is at most {gap:.1%} from the best."
        )
    elif gaps_of(plan):
        proof = _("Every goal is settled for inputs with gaps, which proves nothing of the county.")
    else:
        proof = _("Every goal is proven best within its tolerance.")
    if not plan.is_verified:
        return proof.format(gap=plan.gap)
    return _("{proof} All rules and goals were recomputed independently and hold.").format(
        proof=proof.format(gap=plan.gap)
    )


def measure_sentence(measure: Measure, county: County, figures: Figures) -> str:
    """Return what is to be done, in one sentence."""
    task = county.tasks.get((measure.task_code,))
    is_form = task is not None and task.burden is Burden.NECESSARY_FORMAL
    return _measure_text(measure, is_form=is_form).format(
        task=task_name(measure.task_code, county),
        count=len(measure.task_codes),
        posts=len(measure.to_post_codes),
        parts=joined_parts(parts_of(measure, county), _("; ")),
        hours=measure.hours,
        amount=_amount_of_cut(measure, figures),
        people=counted(measure.people),
        category=measure.category,
        units=len(measure.unit_codes),
        names=_(", ").join(_most_relieved(measure, figures)),
        giver=_name(measure.post_code, figures),
        giving_unit=_unit_name(measure.unit_code, figures),
        taker=_taker_name(measure, figures),
    )


def _most_relieved(measure: Measure, figures: Figures) -> list[str]:
    """Return the names of the units that a measure relieves most, at most `NAMED_UNITS`."""
    hours: dict[str, float] = defaultdict(float)
    for part in measure.parts:
        hours[part.unit_code] += part.hours
    codes = sorted(hours, key=lambda code: -hours[code])[:NAMED_UNITS]
    return [figures.units[code].name if code in figures.units else code for code in codes]


def _measure_text(measure: Measure, *, is_form: bool) -> str:
    if measure.kind is MeasureKind.REASSIGN:
        return _reassign_text(measure)
    if measure.kind is MeasureKind.CUT:
        return _merge_text(measure) if is_form else _cut_text(measure)
    if measure.is_vacancy:
        return _(
            "Hand over {people:g} vacant headcount ({category}) of {giving_unit} and take somebody "
            "on with it at {taker}."
        )
    return {
        MeasureKind.MOVE: _("Move {people:g} ({category}) from {giver} to {taker}."),
        MeasureKind.FILL: _("Fill {people:g} vacant ({category}) on {taker}."),
        MeasureKind.TRANSFER: _(
            "Transfer {people:g} ({category}) with the headcount from {giver} to {taker}."
        ),
        MeasureKind.DRAW: _("Draw {people:g} ({category}) from the county pool for {taker}."),
        MeasureKind.TEMPORARY: _("Hire {people:g} temporary for {taker}."),
    }[measure.kind]


def _reassign_text(measure: Measure) -> str:
    if len(measure.to_post_codes) > 1 and not measure.post_code:
        return _("Give {hours:,.0f} h carried by nobody evenly to {posts} equal posts: {parts}.")
    if len(measure.to_post_codes) > 1 and measure.saturation_before is not None:
        return _("Share {hours:,.0f} h of {giver} evenly with {posts} equal posts: {parts}.")
    if len(measure.to_post_codes) > 1:
        return _("Share out the work of the vacant post {giver}, {hours:,.0f} h: {parts}.")
    if len(measure.task_codes) > 1 and not measure.post_code:
        return _("Give {count} tasks, {hours:,.0f} h carried by nobody, to {taker}: {parts}.")
    if len(measure.task_codes) > 1:
        return _("Hand {count} tasks, {hours:,.0f} h, from {giver} to {taker}: {parts}.")
    if not measure.post_code:
        return _("Give “{task}”, {hours:,.0f} h carried by nobody, to {taker}.")
    if not measure.to_post_code:
        return _("Take {hours:,.0f} h of “{task}” off {giver}.")
    return _("Hand {hours:,.0f} h of “{task}” from {giver} to {taker}.")


def _cut_text(measure: Measure) -> str:
    if len(measure.unit_codes) > NAMED_UNITS:
        return _("Cut or return {amount} of “{task}” in {units} units, most at {names}.")
    if len(measure.unit_codes) > 1:
        return _("Cut or return {amount} of “{task}” at {names}.")
    if not measure.post_code:
        return _("Cut or return {amount} of “{task}”.")
    return _("Cut or return {amount} of “{task}” at {giver}.")


def _merge_text(measure: Measure) -> str:
    """Return what is done about form that is necessary: it is merged, never cut."""
    if len(measure.unit_codes) > NAMED_UNITS:
        return _("Merge or report “{task}” once, {amount} less in {units} units, most at {names}.")
    if len(measure.unit_codes) > 1:
        return _("Merge or report “{task}” once, {amount} less at {names}.")
    if not measure.post_code:
        return _("Merge or report “{task}” once, {amount} less.")
    return _("Merge or report “{task}” once, {amount} less at {giver}.")


def _amount_of_cut(measure: Measure, figures: Figures) -> str:
    """Return the hours of a cut and of how many: an hour of two is not an hour of a thousand.

    The whole is what the task has in the units concerned. Where they have less by now, since the
    cut is carried out or the inputs have changed, nothing is said of it.
    """
    places = {(part.unit_code, measure.task_of(part)) for part in measure.parts}
    found = [figures.tasks[place].hours for place in sorted(places & figures.tasks.keys())]
    if len(found) < max(len(places), 1) or sum(found) < measure.hours - _HALF_AN_HOUR:
        return _("{hours:,.0f} h").format(hours=measure.hours)
    several = _("{hours:,.0f} of altogether {whole:,.0f} h")
    text = several if len(found) > 1 else _("{hours:,.0f} of {whole:,.0f} h")
    return text.format(hours=measure.hours, whole=sum(found))


def _name(post_code: str, figures: Figures) -> str:
    return post_name(figures, post_code) if post_code in figures.posts else post_code


def _taker_name(measure: Measure, figures: Figures) -> str:
    """Return the receiving post without what it shares with the giving one."""
    giver = figures.posts.get(measure.post_code)
    taker = figures.posts.get(measure.to_post_code)
    if giver is None or taker is None or giver.unit_code != taker.unit_code:
        return _name(measure.to_post_code, figures)
    if giver.office == taker.office:
        return taker.title
    return post_name(figures, taker.post_code, within=giver.unit_code)


def county_requests(measures: Iterable[Measure], *, unit_code: str) -> list[str]:
    """Return what these measures ask of the county for one unit, one sentence for each kind.

    Of a cut that relieves several units, only the hours of this one count.
    """
    people: dict[tuple[MeasureKind, str], float] = defaultdict(float)
    cut_hours = 0.0
    for measure in measures:
        if measure.kind is MeasureKind.CUT:
            parts = [part.hours for part in measure.parts if part.unit_code == unit_code]
            cut_hours += sum(parts) if measure.parts else measure.hours
        elif measure.kind in COUNTY_KINDS:
            people[measure.kind, measure.category] += measure.people
    requests = [
        _("To approve: {measure}, {people:g} ({category}).").format(
            measure=word(kind), people=counted(count), category=category
        )
        for (kind, category), count in people.items()
    ]
    if cut_hours:
        requests.append(
            _("To approve: {measure}, {hours:,.0f} h a year.").format(
                measure=word(MeasureKind.CUT), hours=cut_hours
            )
        )
    return requests


def _unit_name(unit_code: str, figures: Figures) -> str:
    """Return the name of a unit, its code where it is gone."""
    return figures.units[unit_code].name if unit_code in figures.units else unit_code
