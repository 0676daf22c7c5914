"""Errors in words for people: what happened, that their work is safe, what to do.

Words are looked up by the error's `cause` code, else by the name of its class or of a class
it comes from (screens may not import the classes of the store and of sync). An error with a
`why` first looks under "Class.why". To add words, add a line to `TROUBLES`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

_noop = QT_TRANSLATE_NOOP


@dataclass(frozen=True, slots=True)
class Message:
    """What to tell. safe: what is true of the person's work now. tone: warn or bad."""

    happened: str
    safe: str
    to_do: str
    tone: str = "warn"

    def sentence(self) -> str:
        """All of it in one paragraph."""
        return " ".join(part for part in (self.happened, self.safe, self.to_do) if part)


SAFE_HERE = _noop("Messages", "Everything you wrote is safe on this computer.")
SAFE_WAITS = _noop(
    "Messages", "Everything you wrote is safe on this computer and goes by itself later."
)
SAFE_TEXT = _noop("Messages", "Your text is still here.")
SAFE_AS_IT_WAS = _noop("Messages", "Nothing was changed.")
TRY_AGAIN = _noop("Messages", "Please try again in a moment.")

UNKNOWN = Message(
    _noop("Messages", "Something went wrong that the program did not expect."),
    SAFE_HERE,
    _noop("Messages", "If it happens again, choose Help, “Report a problem”."),
    "bad",
)

TROUBLES: Mapping[str, Message] = {
    # sync, by cause
    "no_network": Message(
        _noop("Messages", "This computer has no connection right now."),
        SAFE_WAITS,
        _noop("Messages", "There is nothing you need to do."),
    ),
    "no_answer": Message(
        _noop("Messages", "The community's server did not answer."),
        SAFE_WAITS,
        _noop("Messages", "There is nothing you need to do."),
    ),
    "server_down": Message(
        _noop("Messages", "The network is there, but the community's server is not."),
        SAFE_WAITS,
        _noop("Messages", "There is nothing you need to do; the server will be back."),
    ),
    "server_busy": Message(
        _noop("Messages", "The community's server is busy and asked to wait a little."),
        SAFE_WAITS,
        _noop("Messages", "There is nothing you need to do."),
    ),
    "network_in_the_way": Message(
        _noop("Messages", "Something in the network here answers in place of the server."),
        SAFE_WAITS,
        _noop("Messages", "Show the IT sheet on the Sync page to the school's IT person."),
    ),
    "sign_in_page": Message(
        _noop("Messages", "The school's network wants you to sign in first."),
        SAFE_WAITS,
        _noop("Messages", "Open your web browser, sign in there, then choose “Sync now”."),
    ),
    "proxy_password": Message(
        _noop("Messages", "The school's network asks for a password this program does not have."),
        SAFE_WAITS,
        _noop("Messages", "Show the IT sheet on the Sync page to the school's IT person."),
    ),
    "inspected_connection": Message(
        _noop("Messages", "The network here opens secure connections, so it was not used."),
        SAFE_WAITS,
        _noop("Messages", "Show the IT sheet on the Sync page to the school's IT person."),
    ),
    "clock_wrong": Message(
        _noop("Messages", "The clock of this computer is wrong, so the secure line fails."),
        SAFE_WAITS,
        _noop("Messages", "Set the date and time of this computer, then choose “Sync now”."),
    ),
    "not_admitted": Message(
        _noop("Messages", "The community's server does not let this computer in."),
        SAFE_HERE,
        _noop("Messages", "Ask your facilitator for a new invitation."),
        "bad",
    ),
    "unknown_replica": Message(
        _noop("Messages", "The community's server does not know this computer any more."),
        SAFE_HERE,
        _noop("Messages", "Ask your facilitator for a new invitation."),
        "bad",
    ),
    "revoked": Message(
        _noop("Messages", "The access of this computer was ended."),
        SAFE_HERE,
        _noop("Messages", "If that is a surprise, ring your facilitator."),
        "bad",
    ),
    "invitation_refused": Message(
        _noop("Messages", "This invitation code is mistyped, used already or has expired."),
        SAFE_AS_IT_WAS,
        _noop("Messages", "Check it letter by letter, or ask your facilitator for a new one."),
    ),
    "newer_version_needed": Message(
        _noop("Messages", "The community now uses a newer version of this program."),
        SAFE_HERE,
        _noop("Messages", "Install the new version; what waits is sent then."),
    ),
    "too_big": Message(
        _noop("Messages", "The network or the server refuses something of this size."),
        SAFE_HERE,
        _noop("Messages", "Look on the Sync page which file is too big, and take it back."),
    ),
    "broken_answer": Message(
        _noop("Messages", "An answer arrived damaged and was not used."),
        SAFE_WAITS,
        _noop("Messages", "There is nothing you need to do; it is asked for again."),
    ),
    "not_here": Message(
        _noop("Messages", "The server does not have this file yet."),
        SAFE_HERE,
        _noop("Messages", "It comes when the computer that holds it next connects."),
    ),
    # this computer
    "ReplicaInUse": Message(
        _noop("Messages", "Somebody else uses this community on this computer right now."),
        SAFE_HERE,
        _noop("Messages", "Close the other window, or sign the other person out, and start again."),
    ),
    "DiskFull": Message(
        _noop("Messages", "The disk of this computer is full."),
        _noop("Messages", "What was saved before is safe."),
        _noop("Messages", "Make some room, for example by emptying the bin, and try again."),
        "bad",
    ),
    "ReadOnly": Message(
        _noop("Messages", "The folder with your community may not be written to."),
        _noop("Messages", "What was saved before is safe."),
        _noop("Messages", "Ask the IT person to let you write there again."),
        "bad",
    ),
    "NewerDatabase": Message(
        _noop("Messages", "A newer version of this program was used on this computer."),
        SAFE_HERE,
        _noop("Messages", "Start the newer version, or install it again."),
        "bad",
    ),
    "Busy": Message(
        _noop("Messages", "The computer was too busy to save this in time."), SAFE_TEXT, TRY_AGAIN
    ),
    "FileLocked": Message(
        _noop("Messages", "Another program, perhaps the virus scanner, is holding the file."),
        SAFE_TEXT,
        TRY_AGAIN,
    ),
    "Damaged": Message(
        _noop("Messages", "A part of what is stored here can no longer be read."),
        _noop("Messages", "What others already have can be fetched again."),
        _noop("Messages", "Close the program and start it again; it mends itself."),
        "bad",
    ),
    "OwnGroupLost": Message(
        _noop("Messages", "An older copy of your community was put back on this computer."),
        _noop("Messages", "What the server has is safe and comes back."),
        _noop("Messages", "There is nothing you need to do."),
    ),
    # what somebody asked for
    "NotFound": Message(
        _noop("Messages", "This is not on this computer yet."),
        SAFE_HERE,
        _noop("Messages", "It may still be on its way."),
    ),
    "NotHere": Message(
        _noop("Messages", "The content of this file is not on this computer yet."),
        SAFE_HERE,
        _noop("Messages", "Choose “Fetch” and it comes with the next connection."),
    ),
    "NotAllowed": Message(_noop("Messages", "This is not yours to change."), SAFE_AS_IT_WAS, ""),
    "NotAllowed.not a member": Message(
        _noop("Messages", "Only members of this community can do that."), SAFE_TEXT, ""
    ),
    "NotAllowed.facilitators only": Message(
        _noop("Messages", "Only a facilitator can do that."),
        SAFE_AS_IT_WAS,
        _noop("Messages", "Ask the facilitator of this community."),
    ),
    "NotAllowed.locked": Message(
        _noop("Messages", "This discussion is closed for new replies."),
        SAFE_TEXT,
        _noop("Messages", "You can start a new one that links to it."),
    ),
    "NotAllowed.in trash": Message(
        _noop("Messages", "This is in the trash."),
        SAFE_TEXT,
        _noop("Messages", "Put it back first, then change it."),
    ),
    "AlreadySent": Message(
        _noop("Messages", "It has left this computer, so it cannot be called back."),
        SAFE_AS_IT_WAS,
        _noop("Messages", "You can move it to the trash for everybody."),
    ),
    "Empty": Message(_noop("Messages", "Something still has to be filled in."), SAFE_TEXT, ""),
    "TooLong": Message(
        _noop("Messages", "This is too long; {limit} characters fit."), SAFE_TEXT, ""
    ),
    "BadInput": Message(
        _noop("Messages", "What was entered cannot be used like this."), SAFE_TEXT, ""
    ),
    "RefusedFile": Message(_noop("Messages", "“{name}” cannot be attached."), SAFE_TEXT, ""),
    "RefusedFile.program": Message(
        _noop("Messages", "“{name}” is a program. Programs are not passed on here."),
        SAFE_TEXT,
        _noop("Messages", "Send a document or a picture instead."),
    ),
    "RefusedFile.too large": Message(
        _noop("Messages", "“{name}” is too big to attach."),
        SAFE_TEXT,
        _noop("Messages", "Make it smaller, or write where people can get it."),
    ),
    "RefusedFile.empty": Message(_noop("Messages", "“{name}” is empty."), SAFE_TEXT, ""),
    "RefusedFile.unreadable": Message(
        _noop("Messages", "“{name}” could not be read; another program may be holding it."),
        SAFE_TEXT,
        TRY_AGAIN,
    ),
    "CannotWrite": Message(
        _noop("Messages", "“{path}” could not be written."),
        SAFE_HERE,
        _noop("Messages", "Choose another folder, or make some room there."),
    ),
    "Cancelled": Message(
        _noop("Messages", "Stopped."), _noop("Messages", "What was done until then stays."), ""
    ),
}


class Messages:
    """Finds the words for an error or a cause, in the language of the window."""

    def __init__(self, troubles: Mapping[str, Message] | None = None) -> None:
        self._troubles = TROUBLES if troubles is None else troubles

    def for_error(self, error: BaseException) -> Message:
        """What to tell about `error`; never its own text, which is for the log."""
        for code in _codes(error):
            if code in self._troubles:
                return _translated(self._troubles[code], vars(error))
        return _translated(UNKNOWN, {})

    def for_cause(self, cause: str) -> Message:
        """What to tell about a cause that came as a code (in a SyncReport)."""
        return _translated(self._troubles.get(cause, UNKNOWN), {})


def _codes(error: BaseException) -> Iterator[str]:
    """Codes to look under, most exact first."""
    cause = getattr(error, "cause", None)
    if isinstance(cause, str):
        yield cause
    why = getattr(error, "why", None)
    for class_ in type(error).__mro__:
        if why is not None:
            yield f"{class_.__name__}.{why}"
        yield class_.__name__


class _Details(dict[str, Any]):
    def __missing__(self, name: str) -> str:
        return "…"


def _translated(message: Message, details: Mapping[str, Any]) -> Message:
    known = _Details(details)
    happened, safe, to_do = (
        QCoreApplication.translate("Messages", words).format_map(known) if words else ""
        for words in (message.happened, message.safe, message.to_do)
    )
    return Message(happened, safe, to_do, message.tone)
