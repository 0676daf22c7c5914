"""Words for what cannot be done as it was asked for, by class and reason of error."""

from collections.abc import Mapping

from cop_desktop.ui.messages.message import (
    QT_TRANSLATE_NOOP,
    SAFE_AS_IT_WAS,
    SAFE_HERE,
    SAFE_TEXT,
    TRY_AGAIN,
    Message,
)

TROUBLES: Mapping[str, Message] = {
    "NotFound": Message(
        QT_TRANSLATE_NOOP("Messages", "This is not on this computer yet."),
        SAFE_HERE,
        QT_TRANSLATE_NOOP("Messages", "It may still be on its way."),
    ),
    "NotHere": Message(
        QT_TRANSLATE_NOOP("Messages", "The content of this file is not on this computer yet."),
        SAFE_HERE,
        QT_TRANSLATE_NOOP("Messages", "Ask for it, and it comes with the next connection."),
    ),
    "NotAllowed": Message(
        QT_TRANSLATE_NOOP("Messages", "This is not yours to change."), SAFE_AS_IT_WAS, ""
    ),
    "NotAllowed.not a member": Message(
        QT_TRANSLATE_NOOP("Messages", "Only members of this community can do that."), SAFE_TEXT, ""
    ),
    "NotAllowed.facilitators only": Message(
        QT_TRANSLATE_NOOP("Messages", "Only a facilitator can do that."),
        SAFE_AS_IT_WAS,
        QT_TRANSLATE_NOOP("Messages", "Ask the facilitator of this community."),
    ),
    "NotAllowed.locked": Message(
        QT_TRANSLATE_NOOP("Messages", "This discussion is closed for new replies."),
        SAFE_TEXT,
        QT_TRANSLATE_NOOP("Messages", "You can start a new one that links to it."),
    ),
    "NotAllowed.in trash": Message(
        QT_TRANSLATE_NOOP("Messages", "This is in the trash."),
        SAFE_TEXT,
        QT_TRANSLATE_NOOP("Messages", "Put it back first, then change it."),
    ),
    "NotAllowed.wrong status": Message(
        QT_TRANSLATE_NOOP("Messages", "Somebody has taken it another way meanwhile."),
        SAFE_AS_IT_WAS,
        QT_TRANSLATE_NOOP("Messages", "Look at how it stands now, then decide."),
    ),
    "AlreadySent": Message(
        QT_TRANSLATE_NOOP("Messages", "It has left this computer, so it cannot be called back."),
        SAFE_AS_IT_WAS,
        QT_TRANSLATE_NOOP("Messages", "You can move it to the trash for everybody."),
    ),
    "Empty": Message(
        QT_TRANSLATE_NOOP("Messages", "Something still has to be filled in."), SAFE_TEXT, ""
    ),
    "TooLong": Message(
        QT_TRANSLATE_NOOP("Messages", "This is too long; {limit} characters fit."), SAFE_TEXT, ""
    ),
    "BadInput": Message(
        QT_TRANSLATE_NOOP("Messages", "What was entered cannot be used like this."), SAFE_TEXT, ""
    ),
    "RefusedFile": Message(
        QT_TRANSLATE_NOOP("Messages", "“{name}” cannot be attached."), SAFE_TEXT, ""
    ),
    "RefusedFile.program": Message(
        QT_TRANSLATE_NOOP("Messages", "“{name}” is a program. Programs are not passed on here."),
        SAFE_TEXT,
        QT_TRANSLATE_NOOP("Messages", "Send a document or a picture instead."),
    ),
    "RefusedFile.too large": Message(
        QT_TRANSLATE_NOOP("Messages", "“{name}” is too big to attach."),
        SAFE_TEXT,
        QT_TRANSLATE_NOOP("Messages", "Make it smaller, or write where people can get it."),
    ),
    "RefusedFile.empty": Message(
        QT_TRANSLATE_NOOP("Messages", "“{name}” is empty."), SAFE_TEXT, ""
    ),
    "RefusedFile.unreadable": Message(
        QT_TRANSLATE_NOOP(
            "Messages", "“{name}” could not be read; another program may be holding it."
        ),
        SAFE_TEXT,
        TRY_AGAIN,
    ),
    "NotACalendar": Message(
        QT_TRANSLATE_NOOP("Messages", "“{name}” is no calendar file that this program can read."),
        SAFE_AS_IT_WAS,
        QT_TRANSLATE_NOOP(
            "Messages", "Save the calendar again where it comes from, as iCalendar (.ics)."
        ),
    ),
    "NotACalendar.too large": Message(
        QT_TRANSLATE_NOOP("Messages", "“{name}” holds more than can be taken in at once."),
        SAFE_AS_IT_WAS,
        QT_TRANSLATE_NOOP(
            "Messages", "Save a part of that calendar, such as this year, and open that file."
        ),
    ),
    "NotACalendar.unreadable": Message(
        QT_TRANSLATE_NOOP(
            "Messages", "“{name}” could not be read; another program may be holding it."
        ),
        SAFE_AS_IT_WAS,
        TRY_AGAIN,
    ),
    "CannotWrite": Message(
        QT_TRANSLATE_NOOP("Messages", "“{path}” could not be written."),
        SAFE_HERE,
        QT_TRANSLATE_NOOP("Messages", "Choose another folder, or make some room there."),
    ),
    "Cancelled": Message(
        QT_TRANSLATE_NOOP("Messages", "Stopped."),
        QT_TRANSLATE_NOOP("Messages", "What was done until then stays."),
        "",
    ),
}
