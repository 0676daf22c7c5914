"""Why the server did not take something, in words."""

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QCoreApplication

from cop_desktop.ui.messages.message import QT_TRANSLATE_NOOP

_REASONS: Final[Mapping[str, str]] = {
    "no_access": QT_TRANSLATE_NOOP("Reasons", "You no longer belong to this community."),
    "unknown_space": QT_TRANSLATE_NOOP("Reasons", "The server does not know this community."),
    "unknown_record": QT_TRANSLATE_NOOP("Reasons", "What it belongs to is not on the server."),
    "not_creator": QT_TRANSLATE_NOOP("Reasons", "Only who wrote it, or a facilitator, may."),
    "not_owner": QT_TRANSLATE_NOOP("Reasons", "It is about somebody else, who alone may."),
    "not_facilitator": QT_TRANSLATE_NOOP("Reasons", "Only a facilitator of the community may."),
    "server_only": QT_TRANSLATE_NOOP("Reasons", "Only the people who run the server may."),
    "invalid": QT_TRANSLATE_NOOP("Reasons", "Something in it is not as the server takes it."),
    "unknown_replica": QT_TRANSLATE_NOOP("Reasons", "The server does not know this computer."),
    "bad_signature": QT_TRANSLATE_NOOP("Reasons", "The server could not tell that it is yours."),
    "unproven": QT_TRANSLATE_NOOP("Reasons", "What shows who wrote it has not arrived yet."),
    "wrong_author": QT_TRANSLATE_NOOP("Reasons", "This computer belongs to another member."),
    "wrong_space": QT_TRANSLATE_NOOP("Reasons", "The server keeps such things elsewhere."),
    "wrong_kind": QT_TRANSLATE_NOOP("Reasons", "The server knows it as something else."),
    "wrong_id": QT_TRANSLATE_NOOP("Reasons", "The server knows it under another name."),
    "too_big": QT_TRANSLATE_NOOP(
        "Reasons", "The network lets nothing of this size through; try another network."
    ),
    "fork": QT_TRANSLATE_NOOP("Reasons", "A copy of this computer's data has sent before it."),
}


def reason_words(code: str) -> str:
    """What a refusal's code means; the code itself where there are no words for it."""
    words = _REASONS.get(code)
    if words is None:
        unknown = QCoreApplication.translate("Reasons", "The server gave this reason: {0}")
        return unknown.format(code.replace("_", " "))
    return QCoreApplication.translate("Reasons", words)
