"""The form of the data plan: fields, and both ways between what is typed and a plan."""

from datetime import time
from typing import Any

from PySide6.QtCore import QCoreApplication

from cop_desktop.ui.records.budget_words import internet_names
from cop_desktop.ui.widgets.form.fields import Choice, FormField, Kind
from sync.core.budget import GB, CheapHours, DataPlan, Internet

_MOST_GB = 100_000
_LAST_DAY = 31
_NONE, _FREE, _CHEAPER = "", "free", "cheaper"
_USUAL = CheapHours(time(1), time(7))
"""What the hours stand at before anybody chose them."""


def _tr(words: str) -> str:
    return QCoreApplication.translate("PlanForm", words)


def fields() -> tuple[FormField, ...]:
    """The questions, in order."""
    names = internet_names().items()
    return (
        FormField(
            "internet",
            _tr("Kind of &internet"),
            Kind.CHOICE,
            required=True,
            choices=tuple(Choice(kind.value, words) for kind, words in names),
        ),
        FormField(
            "allowance",
            _tr("&Allowance a month, in GB"),
            help=_tr("Of your own contract. Leave it empty if there is no limit."),
            placeholder=_tr("for example 20"),
            max_length=12,
        ),
        FormField(
            "renews_on",
            _tr("&Day of the month on which it begins anew"),
            help=_tr("It stands on the bill. In shorter months the last day counts."),
            max_length=2,
            required=True,
        ),
        FormField(
            "cheap",
            _tr("&Hours in which data costs less"),
            Kind.CHOICE,
            required=True,
            choices=(
                Choice("none", _tr("None")),
                Choice(_FREE, _tr("Free: they do not count against the allowance")),
                Choice(_CHEAPER, _tr("Cheaper, but counted")),
            ),
        ),
        FormField("begins", _tr("They &begin at"), Kind.TIME, required=True),
        FormField(
            "ends",
            _tr("They &end at"),
            Kind.TIME,
            required=True,
            help=_tr("NT time. Hours that go over midnight are fine."),
        ),
    )


def values_of(plan: DataPlan) -> dict[str, Any]:
    """What the form shows of a plan."""
    hours = plan.cheap or _USUAL
    cheap = _FREE if hours.free else _CHEAPER
    gigabytes = "" if plan.allowance_bytes is None else f"{plan.allowance_bytes / GB:.3f}"
    return {
        "internet": plan.internet.value,
        "allowance": gigabytes.rstrip("0").rstrip(".") if gigabytes else "",
        "renews_on": str(plan.renews_on),
        "cheap": "none" if plan.cheap is None else cheap,
        "begins": hours.begins,
        "ends": hours.ends,
    }


def plan_of(values: dict[str, Any]) -> DataPlan | dict[str, str]:
    """The plan, or what is wrong by field."""
    problems: dict[str, str] = {}
    allowance = _number(values["allowance"]) if values["allowance"] else None
    if values["allowance"] and (allowance is None or not 0 < allowance <= _MOST_GB):
        problems["allowance"] = _tr("Please give a number of GB, such as 20 or 0.5.")
    day = _number(values["renews_on"])
    if day is None or day != int(day) or not 1 <= day <= _LAST_DAY:
        problems["renews_on"] = _tr("Please give a day from 1 to 31.")
    if problems or day is None:
        return problems
    hours = CheapHours(values["begins"], values["ends"], free=values["cheap"] == _FREE)
    return DataPlan(
        internet=Internet(values["internet"]),
        allowance_bytes=None if allowance is None else round(allowance * GB),
        renews_on=int(day),
        cheap=hours if values["cheap"] in (_FREE, _CHEAPER) else None,
    )


def _number(typed: str) -> float | None:
    """What people type: 20, 20 GB, 0,5; None if it is no number."""
    plain = typed.lower().removesuffix("gb").strip().replace(",", ".")
    if not plain.replace(".", "", 1).isdecimal() or not plain.isascii():
        return None
    return float(plain)
