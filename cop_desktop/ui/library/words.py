"""What the library's choices and steps are called on screen."""

from datetime import date
from textwrap import shorten
from typing import Final

from PySide6.QtCore import QCoreApplication

from cop_desktop.services.library import Attention, Step, UseCount
from cop_desktop.ui.widgets.form.fields import Choice
from sync.catalogue.library import EVIDENCE, ITEM_TYPES, STATUSES

_MOST_CHARS: Final = 40
"""Of the name of a choice that only a newer program knows."""


def tr(words: str) -> str:
    """In the language of the window."""
    return QCoreApplication.translate("Library", words)


def choice_name(key: str | None) -> str:
    """A type, status or basis of evidence as it is read; one of a newer program as it came."""
    names = {
        "guide": tr("Guide"),
        "template": tr("Template"),
        "lesson": tr("Lesson"),
        "research": tr("Research"),
        "policy": tr("Policy"),
        "story": tr("Story"),
        "other": tr("Other"),
        "draft": tr("Draft"),
        "submitted": tr("Submitted"),
        "in review": tr("In review"),
        "published": tr("Published"),
        "retired": tr("Retired"),
        "experience": tr("Experience"),
        "both": tr("Experience and research"),
    }
    return names.get(key or "", _as_it_came(key or ""))


def _as_it_came(key: str) -> str:
    words = " ".join(key.split())
    return shorten(words[:1].upper() + words[1:], _MOST_CHARS, placeholder="…")


def basis_words(evidence: str | None) -> str:
    """The basis of evidence in a sentence of facts, where a type may be called the same."""
    names = {
        "experience": tr("from experience"),
        "research": tr("from research"),
        "both": tr("from experience and research"),
    }
    return names.get(evidence or "", _as_it_came(evidence or ""))


def types(held: str | None = None) -> tuple[Choice, ...]:
    """held: the type of the item, offered although only a newer program knows it."""
    return _choices(ITEM_TYPES, held)


def statuses() -> tuple[Choice, ...]:
    return tuple(Choice(key, choice_name(key)) for key in STATUSES)


def evidence(held: str | None = None) -> tuple[Choice, ...]:
    """held: as for `types`."""
    return _choices(EVIDENCE, held)


def _choices(known: tuple[str, ...], held: str | None) -> tuple[Choice, ...]:
    newer = (held,) if held and held not in known else ()
    return tuple(Choice(key, choice_name(key)) for key in (*known, *newer))


def attention_name(sort: Attention) -> str:
    """What somebody is to do something about, as the filter calls it."""
    names = {
        Attention.WAITING: tr("Waiting for review"),
        Attention.MINE: tr("Mine to review"),
        Attention.LATE: tr("Answer is late"),
        Attention.AGAIN: tr("To be looked at again"),
        Attention.SENT_BACK: tr("Sent back to me"),
    }
    return names[sort]


_ICONS = {
    "guide": "notes",
    "template": "agenda",
    "lesson": "edit",
    "research": "search",
    "policy": "decision",
    "story": "discussions",
}


def type_icon(kind: str | None) -> str:
    """The icon that stands for a type."""
    return _ICONS.get(kind or "", "library")


def use_words(count: UseCount) -> str:
    """As in "Used in 3 schools"; "" where nobody said so."""
    if count.schools > 1:
        return tr("Used in {0} schools").format(count.schools)
    if count.schools == 1:
        return tr("Used in 1 school")
    if count.reports:
        return tr("Used by 1") if count.reports == 1 else tr("Used by {0}").format(count.reports)
    return ""


def day_words(day: date) -> str:
    """As in "12 Aug 2026", the same on every computer."""
    months = (
        *(tr("Jan"), tr("Feb"), tr("Mar"), tr("Apr"), tr("May"), tr("Jun")),
        *(tr("Jul"), tr("Aug"), tr("Sep"), tr("Oct"), tr("Nov"), tr("Dec")),
    )
    return f"{day.day} {months[day.month - 1]} {day.year}"


def step_name(step: Step, status: str) -> str:
    """The words on the button of a step. status: of the item now."""
    in_review = status == "in review"
    names = {
        Step.SUBMIT: tr("Submit for &review"),
        Step.WITHDRAW: tr("&Take back"),
        Step.RENEW: tr("Still &right…"),
        Step.START_REVIEW: tr("&Review it myself"),
        Step.PUBLISH: tr("&Publish…"),
        Step.SEND_BACK: tr("Send &back…"),
        Step.ASK: tr("Hand it o&n…") if in_review else tr("As&k somebody to review…"),
        Step.RETIRE: tr("Re&tire"),
        Step.REVIVE: tr("Publish agai&n…"),
    }
    return names[step]
