"""What the library's choices and steps are called on screen."""

from PySide6.QtCore import QCoreApplication

from cop_desktop.services.library import Step
from cop_desktop.ui.widgets.form.fields import Choice
from sync.catalogue.library import EVIDENCE, ITEM_TYPES, STATUSES


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
    return names.get(key or "", key or "")


def types() -> tuple[Choice, ...]:
    return tuple(Choice(key, choice_name(key)) for key in ITEM_TYPES)


def statuses() -> tuple[Choice, ...]:
    return tuple(Choice(key, choice_name(key)) for key in STATUSES)


def evidence() -> tuple[Choice, ...]:
    return tuple(Choice(key, choice_name(key)) for key in EVIDENCE)


def step_name(step: Step) -> str:
    """The words on the button of a step."""
    names = {
        Step.SUBMIT: tr("Submit for &review"),
        Step.WITHDRAW: tr("&Take back"),
        Step.START_REVIEW: tr("Start &review"),
        Step.SEND_BACK: tr("Send &back"),
        Step.PUBLISH: tr("&Publish"),
        Step.RETIRE: tr("Re&tire"),
        Step.REVIVE: tr("Publish a&gain"),
    }
    return names[step]
