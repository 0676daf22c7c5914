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
        QT_TRANSLATE_NOOP(
            "Messages", "What was saved before is safe; what you are typing stays in its box."
        ),
        QT_TRANSLATE_NOOP(
            "Messages", "Make some room, for example by emptying the bin, and try again."
        ),
        "bad",
    ),
    "LittleRoom": Message(
        QT_TRANSLATE_NOOP(
            "Messages", "The disk of this computer is nearly full, so nothing new is received."
        ),
        QT_TRANSLATE_NOOP("Messages", "What you write is still saved here, and sent."),
        QT_TRANSLATE_NOOP(
            "Messages",
            "Make some room, for example by emptying the bin. Messages and files then come by"
            " themselves.",
        ),
    ),
    "OnReserve": Message(
        QT_TRANSLATE_NOOP(
            "Messages",
            "The disk of this computer is full. This program had kept some room for what you"
            " write, and uses that now.",
        ),
        QT_TRANSLATE_NOOP("Messages", "What you write is still saved here, and sent."),
        QT_TRANSLATE_NOOP("Messages", "Make some room soon, for example by emptying the bin."),
        "bad",
    ),
    "DiskTrouble": Message(
        QT_TRANSLATE_NOOP("Messages", "The disk of this computer did not read or write something."),
        QT_TRANSLATE_NOOP(
            "Messages", "What was saved before is untouched; what you are typing stays in its box."
        ),
        QT_TRANSLATE_NOOP(
            "Messages",
            "If it is a stick, push it in firmly; then start the program again. If it happens"
            " again, tell the IT person soon: the disk may be failing.",
        ),
        "bad",
    ),
    "UnsafeFolder": Message(
        QT_TRANSLATE_NOOP(
            "Messages",
            "The folder with your community is on a drive where two computers could write at"
            " once, so it was not opened.",
        ),
        QT_TRANSLATE_NOOP("Messages", "Nothing was changed."),
        QT_TRANSLATE_NOOP(
            "Messages", "Ask the IT person for a folder on the disk of this computer."
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
        QT_TRANSLATE_NOOP("Messages", "What others already have can be downloaded again."),
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
