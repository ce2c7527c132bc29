"""Limits: the circuit breaker (熔断), how much of a form of burden a unit may get in a year."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from app.language import _, word
from app.method.burden.ledger import BurdenLedger, Effort, LedgerEntry, burden_ledger, together
from app.method.policy import policy_of
from app.model.county import County
from app.model.figures import Figures
from app.model.findings import Finding, Place
from app.model.settings import Policy
from app.model.vocabulary import Burden, Form, Severity, Table

_NOISE = 1e-9


@dataclass(frozen=True, slots=True)
class Excess:
    """One unit that gets more of a form than the policy's limit allows in a year."""

    unit_code: str
    form: Form
    key: str
    """The policy key of the limit: `limit.<form>` counts pieces, `limit_hours.<form>` hours."""
    limit: float
    found: float
    effort: Effort
    orders: tuple[LedgerEntry, ...]
    """The tasks behind it, most of what is limited first."""

    @property
    def excess(self) -> float:
        """Return what is above the limit, in pieces or hours."""
        return self.found - self.limit

    @property
    def is_hours(self) -> bool:
        """Return whether the limit is one of hours."""
        return self.key.startswith("limit_hours.")


def excesses(
    county: County, figures: Figures, *, ledger: BurdenLedger | None = None
) -> tuple[Excess, ...]:
    """Return every unit and form above its limit, units in their order.

    What counts are formalistic and formal but necessary tasks; substantive work of the same form
    (an enterprise inspected because it is dangerous) is the township's own and has no limit.
    """
    policy = policy_of(county)
    if not policy.piece_limits and not policy.hour_limits:
        return ()
    groups: dict[tuple[str, Form], list[LedgerEntry]] = {}
    for entry in (ledger or burden_ledger(county, figures)).entries:
        if entry.task.burden is not Burden.SUBSTANTIVE and entry.task.form is not None:
            groups.setdefault((entry.unit_code, entry.task.form), []).append(entry)
    return tuple(
        excess
        for unit_code in figures.units
        for form in Form
        for excess in _of(unit_code, form, groups.get((unit_code, form), ()), policy)
    )


def _of(
    unit_code: str, form: Form, entries: Sequence[LedgerEntry], policy: Policy
) -> Iterator[Excess]:
    limits: tuple[tuple[str, Mapping[Form, float], str], ...] = (
        ("limit", policy.piece_limits, "pieces"),
        ("limit_hours", policy.hour_limits, "hours"),
    )
    effort = together(entry.effort for entry in entries)
    for family, by_form, counted in limits:
        limit, found = by_form.get(form), getattr(effort, counted)
        if limit is None or found <= limit + _NOISE:
            continue
        orders = sorted(entries, key=lambda entry: -getattr(entry.effort, counted))
        yield Excess(
            unit_code=unit_code,
            form=form,
            key=f"{family}.{form.value}",
            limit=limit,
            found=found,
            effort=effort,
            orders=tuple(orders),
        )


def limit_exceeded(county: County, figures: Figures) -> Iterator[Finding]:
    """Find units that get more of a form of burden than the policy's limit (熔断)."""
    for excess in excesses(county, figures):
        largest = excess.orders[0].task
        sentence = (
            _(
                "{unit}: {found:,.0f} h a year for {form}, {excess:,.0f} h above the limit of"
                " {limit:,.0f} h; most for “{task}”."
            )
            if excess.is_hours
            else _(
                "{unit}: {found:,.0f} pieces of {form} a year, {excess:,.0f} above the limit of"
                " {limit:,.0f}; most are “{task}”."
            )
        )
        yield Finding(
            rule="limit_exceeded",
            severity=Severity.WARNING,
            unit_code=excess.unit_code,
            subject=excess.form.value,
            message=sentence.format(
                unit=county.units[(excess.unit_code,)].name,
                form=word(excess.form),
                found=excess.found,
                excess=excess.excess,
                limit=excess.limit,
                task=largest.name,
            ),
            remedy=_("Stop new orders of this form, merge what is there, return the rest."),
            place=Place(Table.VOLUMES, (excess.unit_code, largest.task_code)),
        )
