"""Words for what is wrong with this computer or its copy, by class of error."""

from collections.abc import Mapping

from cop_desktop.ui.messages.message import (
    QT_TRANSLATE_NOOP,
    SAFE_HERE,
    SAFE_TEXT,
    TRY_AGAIN,
    Message,
)

TROUBLES: Mapping[str, Message] = {
    "ReplicaInUse": Message(
        QT_TRANSLATE_NOOP(
            "Messages", "Somebody else uses this community on this computer right now."
        ),
        SAFE_HERE,
        QT_TRANSLATE_NOOP(
            "Messages", "Close the other window, or sign the other person out, and start again."
        ),
    ),
    "DiskFull": Message(
        QT_TRANSLATE_NOOP("Messages", "The disk of this computer is full."),
        QT_TRANSLATE_NOOP("Messages", "What was saved before is safe."),
        QT_TRANSLATE_NOOP(
            "Messages", "Make some room, for example by emptying the bin, and try again."
        ),
        "bad",
    ),
    "ReadOnly": Message(
        QT_TRANSLATE_NOOP("Messages", "The folder with your community may not be written to."),
        QT_TRANSLATE_NOOP("Messages", "What was saved before is safe."),
        QT_TRANSLATE_NOOP("Messages", "Ask the IT person to let you write there again."),
        "bad",
    ),
    "NewerDatabase": Message(
        QT_TRANSLATE_NOOP("Messages", "A newer version of this program was used on this computer."),
        SAFE_HERE,
        QT_TRANSLATE_NOOP("Messages", "Start the newer version, or install it again."),
        "bad",
    ),
    "Busy": Message(
        QT_TRANSLATE_NOOP("Messages", "The computer was too busy to save this in time."),
        SAFE_TEXT,
        TRY_AGAIN,
    ),
    "FileLocked": Message(
        QT_TRANSLATE_NOOP(
            "Messages", "Another program, perhaps the virus scanner, is holding the file."
        ),
        SAFE_TEXT,
        TRY_AGAIN,
    ),
    "Damaged": Message(
        QT_TRANSLATE_NOOP("Messages", "A part of what is stored here can no longer be read."),
        QT_TRANSLATE_NOOP("Messages", "What others already have can be fetched again."),
        QT_TRANSLATE_NOOP("Messages", "Close the program and start it again; it mends itself."),
        "bad",
    ),
    "OwnGroupLost": Message(
        QT_TRANSLATE_NOOP(
            "Messages", "An older copy of your community was put back on this computer."
        ),
        QT_TRANSLATE_NOOP("Messages", "What the server has is safe and comes back."),
        QT_TRANSLATE_NOOP("Messages", "There is nothing you need to do."),
    ),
}
