"""Times the check-up: five hundred orders compared, beside the bare library on the same names."""

from __future__ import annotations

from dataclasses import replace

from rapidfuzz import process
from rapidfuzz.distance import Indel

from app.method.assessing import assess
from app.method.burden.duplicates import duplicate_orders
from app.method.checks.checkup import find
from app.model.county import County, Task
from app.model.figures import Figures
from resources.sample.generate import sample_county
from tests.benchmarks.timing import compare

ORDERS = 500


def main() -> None:
    """Compare duplicate orders with one similarity matrix, and the whole check-up with that."""
    county = sample_county()
    figures = assess(county)
    orders = _orders(county)
    names = ["".join(sorted(task.name)) for task in orders.tasks.values()]
    order_figures = assess(orders)

    def matrix() -> object:
        return process.cdist(names, names, scorer=Indel.distance)

    compare("duplicates of 500 orders", ours=lambda: _fresh(orders, order_figures), raw=matrix)
    compare("check-up of the sample county", ours=lambda: _fresh_find(county, figures), raw=matrix)


def _orders(county: County) -> County:
    """Return the county with its tasks brought to five hundred, the first ones ordered twice."""
    tasks = list(county.tasks.values())
    more = [_again(task, number) for number, task in enumerate(tasks[: ORDERS - len(tasks)])]
    return County.of([*county.records(), *more])


def _again(task: Task, number: int) -> Task:
    return replace(task, task_code=f"X{number}", ordered_by="县数据局")


def _fresh(county: County, figures: Figures) -> object:
    """Return the duplicates as of a county just edited, whose names nothing remembers."""
    return duplicate_orders(replace(county, tasks=dict(county.tasks)), figures)


def _fresh_find(county: County, figures: Figures) -> object:
    return find(replace(county, tasks=dict(county.tasks)), figures)
