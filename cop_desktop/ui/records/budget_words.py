"""The data budget in words: what was used, what waits and until when, what something costs."""

from datetime import date, datetime, time, timedelta

from PySide6.QtCore import QCoreApplication

from cop_desktop.services.data_budget import BudgetStanding, Cost, HeldPart
from cop_desktop.ui.records.when import When
from cop_desktop.ui.widgets.sizes import size_words
from sync.core.budget import GB, DataPlan, Internet, Lane, WaitUntil

_MINUTE_S = 60
_HOUR_S = 3_600
_LONG_S = 90 * _MINUTE_S
_WHOLE_SHARE = 1.0
_ONE_PERCENT = 0.01


def _tr(words: str) -> str:
    return QCoreApplication.translate("DataBudget", words)


def amount_words(size_bytes: int) -> str:
    """As `size_words`, and in GB where that is plainer: "1.4 GB", "20 GB"."""
    if size_bytes < GB:
        return size_words(size_bytes)
    return _tr("{0} GB").format(f"{size_bytes / GB:.1f}".removesuffix(".0"))


def internet_names() -> dict[Internet, str]:
    """Each kind of internet, in words."""
    return {
        Internet.GOOD: _tr("Good most of the time"),
        Internet.METERED: _tr("Satellite, or paid by the megabyte"),
        Internet.SOMETIMES: _tr("Only sometimes"),
        Internet.STICK: _tr("Hardly ever; carried on a stick"),
    }


def used_words(standing: BudgetStanding) -> str:
    """As in "340 MB of 20 GB used by this computer, 19.7 GB left"."""
    used, allowance = amount_words(standing.used_bytes), standing.plan.allowance_bytes
    if allowance is None or standing.left_bytes is None:
        return _tr("{0} used by this computer").format(used)
    if not standing.left_bytes:
        words = _tr("{0} used by this computer; the allowance of {1} is used up")
        return words.format(used, amount_words(allowance))
    words = _tr("{0} of {1} used by this computer, {2} left")
    return words.format(used, amount_words(allowance), amount_words(standing.left_bytes))


def month_words(standing: BudgetStanding) -> str:
    """Which days are counted, and what came beside that in free hours."""
    since = _tr("Counted since {0}; begins anew on {1}.")
    words = since.format(_day(standing.since), _day(standing.renews))
    if standing.free_bytes:
        free = _tr("{0} came and went in free hours and does not count.")
        words = f"{words} {free.format(amount_words(standing.free_bytes))}"
    return words


def plan_words(plan: DataPlan) -> str:
    """As in "Satellite, or paid by the megabyte · 20 GB a month · free from 1:00 am to 7:00 am"."""
    parts = [internet_names()[plan.internet]]
    if plan.allowance_bytes is not None:
        parts.append(_tr("{0} a month").format(amount_words(plan.allowance_bytes)))
    if plan.cheap is not None:
        words = _tr("free from {0} to {1}") if plan.cheap.free else _tr("cheaper from {0} to {1}")
        parts.append(words.format(_clock(plan.cheap.begins), _clock(plan.cheap.ends)))
    return " · ".join(parts)


def rule_words(plan: DataPlan) -> str:
    """What the program makes of the plan."""
    small = _tr("What people write always comes and goes at once.")
    if plan.cheap is not None:
        large = _tr("Large files and older parts wait for the cheap hours.")
    elif plan.allowance_bytes is not None:
        large = _tr("What takes more than a tenth of what is left waits until you say so.")
    elif plan.internet is Internet.METERED:
        large = _tr("Large files and older parts wait until you say so.")
    else:
        large = _tr(
            "Older parts come as soon as there is a connection, files when you ask for them."
        )
    return f"{small} {large}"


def held_words(part: HeldPart, when: When, now: datetime) -> tuple[str, str]:
    """What waits, and until when."""
    names = {
        Lane.SEND: _tr("{0} of your files to send"),
        Lane.FETCH: _tr("{0} of files you asked for"),
        Lane.HISTORY: _tr("Older parts of your communities, about {0}"),
    }
    name = names[part.lane].format(amount_words(part.size_bytes))
    return name, until_words(part.until, when, now)


def until_words(until: datetime | None, when: When, now: datetime) -> str:
    """As in "waits until 1:00 am", "waits until Tue 1 Sep", "waits until you say so"."""
    if until is None:
        return _tr("waits until you say so")
    if until - now < timedelta(hours=24):
        return _tr("waits until {0}").format(when.clock(until))
    return _tr("waits until {0}").format(when.spoken(until))


def from_words(until: datetime | None, when: When, now: datetime) -> str:
    """As in "from 1:00 am", "from Tue 1 Sep, 12:00 am", "when you say so"."""
    if until is None:
        return _tr("when you say so")
    soon = until - now < timedelta(hours=24)
    return _tr("from {0}").format(when.clock(until) if soon else when.spoken(until))


def now_words(standing: BudgetStanding, when: When) -> str:
    """What is special at this moment; empty if nothing is."""
    if standing.let_go_until is not None:
        words = _tr("You let everything go, until {0}.")
        return words.format(when.clock(standing.let_go_until))
    if standing.cheap_until is not None:
        words = _tr("The cheap hours are now, until {0}.")
        return words.format(when.clock(standing.cheap_until))
    return ""


def cost_words(cost: Cost) -> str:
    """As in "86 MB · about 12 minutes · 4 % of what is left this month"."""
    parts = [amount_words(cost.size_bytes)]
    if cost.seconds is not None:
        parts.append(_duration(cost.seconds))
    if cost.share is not None:
        parts.append(_share(cost.share))
    return " · ".join(parts)


def when_it_goes(cost: Cost, when: When, now: datetime) -> str:
    """When the content comes if nobody hurries it; empty if at once."""
    if cost.goes:
        return ""
    if isinstance(cost.verdict, WaitUntil):
        return until_words(cost.verdict.moment, when, now)
    return until_words(None, when, now)


def _duration(seconds: float) -> str:
    if seconds < _MINUTE_S:
        return _tr("less than a minute")
    if seconds < _LONG_S:
        minutes = round(seconds / _MINUTE_S)
        return _tr("about 1 minute") if minutes == 1 else _tr("about {0} minutes").format(minutes)
    hours = f"{seconds / _HOUR_S:.1f}".removesuffix(".0")
    return _tr("about {0} hours at the speed of late").format(hours)


def _share(share: float) -> str:
    if share > _WHOLE_SHARE:
        return _tr("more than is left this month")
    if share < _ONE_PERCENT:
        return _tr("less than 1 % of what is left this month")
    return _tr("{0} % of what is left this month").format(round(share * 100))


def _clock(at: time) -> str:
    half = _tr("am") if at.hour < 12 else _tr("pm")
    return f"{at.hour % 12 or 12}:{at.minute:02} {half}"


def _day(day: date) -> str:
    months = (
        *(_tr("Jan"), _tr("Feb"), _tr("Mar"), _tr("Apr"), _tr("May"), _tr("Jun")),
        *(_tr("Jul"), _tr("Aug"), _tr("Sep"), _tr("Oct"), _tr("Nov"), _tr("Dec")),
    )
    return f"{day.day} {months[day.month - 1]}"
