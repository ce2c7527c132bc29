"""Working time: what one person has in a year, and allowances converted to hours or shares."""

from __future__ import annotations

from dataclasses import replace

from app.errors import BlockedByData
from app.language import _
from app.method.calendars import calendar_of
from app.method.policy import policy_of
from app.model.county import County, WorkingTime
from app.model.vocabulary import Per

WEEKS_PER_YEAR = 52.0
MONTHS_PER_YEAR = 12.0
MINUTES_PER_HOUR = 60.0

LEAVE_BY_SENIORITY = (5.0, 10.0, 15.0)
"""Days of paid leave with under 10, 10 to 20, and 20 or more years of work.

Source: 《职工带薪年休假条例》, article 3.
"""


def working_time(county: County, category: str) -> WorkingTime:
    """Return the working year of a category.

    Without a row, the default of a new plan on the plan's calendar (248 − 10 leave − 3 sick
    − 12 training = 223 days = 1,784 h). Where policy `seniority.<category>` states how many people
    have how many years of work, the leave that follows takes the place of the row's.
    Source: method §1.

    Raises:
        UnreadablePolicy: a policy value does not fit its key.
    """
    year = county.working_time.get((category,)) or WorkingTime(
        category, working_days=calendar_of(county).working_days
    )
    people = policy_of(county).seniority.get(category)
    return year if people is None else replace(year, leave=seniority_leave(*people))


def seniority_leave(under_10: float, from_10_to_20: float, from_20: float) -> float:
    """Return the mean days of paid leave of people by their years of work.

    (5 × under 10 + 10 × 10 to 20 + 15 × 20 or more) ÷ people. Source: method §1.

    Raises:
        ZeroDivisionError: there are no people (`app.model.settings` refuses in the user's words).
    """
    people = (under_10, from_10_to_20, from_20)
    days = zip(people, LEAVE_BY_SENIORITY, strict=True)
    return sum(number * leave for number, leave in days) / sum(people)


def available_days(year: WorkingTime) -> float:
    """Return the available working days of one person: 年工作日 − 年休假 − 病假 − 培训 − 其他.

    `working_days` is A − B of the WISN formula A − (B + C + D + E): possible days less holidays.
    Source: method §1; WISN user's manual, available working time.

    Raises:
        BlockedByData: nothing is left, so no share of working time could be computed.
    """
    days = year.working_days - year.leave - year.sick - year.training - year.other
    if days <= 0 or year.hours_per_day <= 0 or year.days_per_week <= 0:
        raise BlockedByData(
            _("The working year of {category} leaves no working time.").format(
                category=year.category
            ),
            remedy=_("Correct its days and hours on sheet 工时."),
        )
    return days


def available_hours(year: WorkingTime) -> float:
    """Return AWT, the available working hours of one person a year: AWT days × hours per day.

    Source: method §1.

    Raises:
        BlockedByData: nothing is left.
    """
    return available_days(year) * year.hours_per_day


def individual_hours(value: float, *, per: Per, year: WorkingTime) -> float:
    """Return an individual allowance (IAS) of one person as hours a year.

    Per day × 52 × w (gross days, not net of leave), w = working days a week; per week × 52; per
    month × 12; days per month × hours per day × 12; days per year × hours per day; minutes ÷ 60.
    Source: method §1.

    Raises:
        ValueError: a share, which only a category allowance can be (`AllowanceBook` refuses one in
            the user's words).
    """
    days_per_year = WEEKS_PER_YEAR * year.days_per_week
    match per:
        case Per.MINUTES_PER_DAY:
            return value / MINUTES_PER_HOUR * days_per_year
        case Per.HOURS_PER_DAY:
            return value * days_per_year
        case Per.HOURS_PER_WEEK:
            return value * WEEKS_PER_YEAR
        case Per.HOURS_PER_MONTH:
            return value * MONTHS_PER_YEAR
        case Per.DAYS_PER_MONTH:
            return value * year.hours_per_day * MONTHS_PER_YEAR
        case Per.DAYS_PER_YEAR:
            return value * year.hours_per_day
        case Per.HOURS_PER_YEAR:
            return value
        case Per.SHARE:
            raise ValueError("an individual allowance cannot be a share")


def category_share(value: float, *, per: Per, year: WorkingTime) -> float:
    """Return a category allowance (CAS) as a share of working time.

    Per day ÷ hours per day; per week ÷ (w × hours per day); hours per month ÷ (AWT / 12); days per
    month ÷ (AWT days / 12); days per year ÷ AWT days; hours per year ÷ AWT; 占比 as it stands;
    minutes ÷ 60. Source: method §1.

    Raises:
        BlockedByData: the working year leaves no working time.
    """
    days = available_days(year)
    match per:
        case Per.MINUTES_PER_DAY:
            return value / MINUTES_PER_HOUR / year.hours_per_day
        case Per.HOURS_PER_DAY:
            return value / year.hours_per_day
        case Per.HOURS_PER_WEEK:
            return value / (year.days_per_week * year.hours_per_day)
        case Per.HOURS_PER_MONTH:
            return value / (days * year.hours_per_day / MONTHS_PER_YEAR)
        case Per.DAYS_PER_MONTH:
            return value / (days / MONTHS_PER_YEAR)
        case Per.DAYS_PER_YEAR:
            return value / days
        case Per.HOURS_PER_YEAR:
            return value / (days * year.hours_per_day)
        case Per.SHARE:
            return value
