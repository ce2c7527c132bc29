"""Pictures: the charts of a county, as figures and as PNG and SVG files."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from matplotlib.figure import Figure

from app.errors import UserError
from app.language import _
from app.model.county import County
from app.model.figures import Figures, count_in
from app.model.plan import Plan
from app.model.remarks import ladder_note
from app.model.vocabulary import OVERLOADED
from app.placing import place
from app.report import chart_rows
from app.report.charts.bars import comparison_chart, heat_map, ladder_chart, saturation_chart
from app.report.charts.showing import evenness_chart, forms_chart, months_chart
from app.report.theme import DOTS_PER_INCH, PRINT, SLIDE_WIDTH, Ground

WORD_WIDTH = 6.1
"""Inches between the margins of a page in Word."""


def units_chart(
    figures: Figures, *, most: int = 30, width: float = SLIDE_WIDTH, ground: Ground = PRINT
) -> Figure:
    """Return the ranking of the units."""
    over = sum(unit.load.band in OVERLOADED for unit in figures.units.values())
    title = _("Saturation of the units: {over} of {all} are overloaded")
    return saturation_chart(
        chart_rows.unit_bars(figures),
        title=title.format(over=over, all=len(figures.units)),
        scale=chart_rows.scale_of(figures),
        most=most,
        width=width,
        ground=ground,
    )


def posts_chart(
    figures: Figures,
    *,
    unit_code: str | None = None,
    most: int = 30,
    width: float = SLIDE_WIDTH,
    ground: Ground = PRINT,
) -> Figure:
    """Return the ranking of the posts of one unit or of all."""
    posts = [post for post in figures.posts.values() if unit_code in {None, post.unit_code}]
    title = _("The most loaded posts: {over} of {all} are overloaded")
    return saturation_chart(
        chart_rows.post_bars(figures, unit_code=unit_code),
        title=title.format(over=count_in(posts, OVERLOADED), all=len(posts)),
        scale=chart_rows.scale_of(figures),
        most=most,
        width=width,
        ground=ground,
    )


def offices_chart(
    figures: Figures, *, most: int = 30, width: float = SLIDE_WIDTH, ground: Ground = PRINT
) -> Figure | None:
    """Return the heat map of units and offices, None where no post names its office."""
    lines, columns = chart_rows.heat_rows(figures)
    if len(columns) == 1:
        return None
    return heat_map(
        lines,
        columns=columns,
        title=_("Saturation by unit and office"),
        scale=chart_rows.scale_of(figures),
        most=most,
        width=width,
        ground=ground,
    )


def plan_chart(
    figures: Figures,
    plan: Plan,
    *,
    unit_code: str | None = None,
    most: int = 20,
    width: float = SLIDE_WIDTH,
    ground: Ground = PRINT,
) -> Figure | None:
    """Return saturations before and after the plan, None where it changes none."""
    shifts = chart_rows.shifts(figures, plan, unit_code=unit_code)
    if not shifts:
        return None
    return comparison_chart(
        shifts,
        title=_("Saturation today and in the plan"),
        scale=chart_rows.scale_of(figures),
        most=most,
        width=width,
        ground=ground,
    )


def rungs_chart(plan: Plan, *, width: float = SLIDE_WIDTH, ground: Ground = PRINT) -> Figure | None:
    """Return the ladder of a plan, None where it has none."""
    if not plan.rungs:
        return None
    return ladder_chart(
        chart_rows.steps(plan),
        title=_("The ladder: what is left once each means is used besides those above it"),
        note="\n".join(
            (
                _("Overload is weighted: the hours of the most loaded posts count most."),
                ladder_note(plan),
            )
        ),
        width=width,
        ground=ground,
    )


def write_pictures(
    folder: Path,
    *,
    county: County,
    figures: Figures,
    plan: Plan | None,
    width: float = SLIDE_WIDTH,
) -> tuple[Path, ...]:
    """Write every chart that has something to show as PNG and SVG, `width` inches wide.

    Returns:
        the files.

    Raises:
        UserError: the folder or a file cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UserError(
            _("The folder {folder} cannot be made.").format(folder=folder),
            remedy=_("Choose another folder."),
        ) from error
    written: list[Path] = []
    for name, figure in _charts(county, figures, plan, width):
        for suffix in (".png", ".svg"):
            path = folder / f"{name}{suffix}"
            _write(figure, path)
            written.append(path)
    return tuple(written)


def _charts(
    county: County, figures: Figures, plan: Plan | None, width: float
) -> Iterator[tuple[str, Figure]]:
    if figures.units:
        yield _("Saturation of units"), units_chart(figures, width=width)
    if figures.posts:
        yield _("Most loaded posts"), posts_chart(figures, width=width)
    for name, figure in (
        (_("Units and offices"), offices_chart(figures, width=width)),
        (_("Month by month"), months_chart(county, figures, width=width)),
        (_("Burden by form"), forms_chart(county, figures, width=width)),
        (_("Evenness of load"), evenness_chart(figures, width=width)),
        (
            _("Before and after"),
            plan_chart(figures, plan, width=width) if plan is not None else None,
        ),
        (_("Ladder of means"), rungs_chart(plan, width=width) if plan is not None else None),
    ):
        if figure is not None:
            yield name, figure


def _write(figure: Figure, path: Path) -> None:
    kind = path.suffix.removeprefix(".")
    metadata = {"Date": None} if kind == "svg" else None
    content = BytesIO()
    figure.savefig(content, format=kind, dpi=DOTS_PER_INCH, metadata=metadata)
    place(content.getvalue(), path)
