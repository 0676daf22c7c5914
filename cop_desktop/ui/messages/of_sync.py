"""Words for what keeps sync waiting, by the `cause` code of the error."""

from collections.abc import Mapping

from cop_desktop.ui.messages.message import (
    QT_TRANSLATE_NOOP,
    SAFE_AS_IT_WAS,
    SAFE_HERE,
    SAFE_WAITS,
    Message,
)

TROUBLES: Mapping[str, Message] = {
    "no_network": Message(
        QT_TRANSLATE_NOOP("Messages", "This computer has no connection right now."),
        SAFE_WAITS,
        QT_TRANSLATE_NOOP("Messages", "There is nothing you need to do."),
    ),
    "no_answer": Message(
        QT_TRANSLATE_NOOP("Messages", "Nothing came back from the community's server in time."),
        SAFE_WAITS,
        QT_TRANSLATE_NOOP("Messages", "There is nothing you need to do."),
    ),
    "cut_off": Message(
        QT_TRANSLATE_NOOP("Messages", "The connection broke off in the middle."),
        SAFE_WAITS,
        QT_TRANSLATE_NOOP("Messages", "There is nothing you need to do; it goes on from there."),
    ),
    "proxy_down": Message(
        QT_TRANSLATE_NOOP(
            "Messages", "This computer is set to go through a proxy, and that does not answer."
        ),
        SAFE_WAITS,
        QT_TRANSLATE_NOOP(
            "Messages", "If it stays so away from school, ask the IT person about the proxy."
        ),
    ),
    "server_down": Message(
        QT_TRANSLATE_NOOP("Messages", "The network is there, but the community's server is not."),
        SAFE_WAITS,
        QT_TRANSLATE_NOOP("Messages", "There is nothing you need to do; the server will be back."),
    ),
    "server_full": Message(
        QT_TRANSLATE_NOOP(
            "Messages", "The community's server has no room left, so it takes nothing new."
        ),
        SAFE_WAITS,
        QT_TRANSLATE_NOOP(
            "Messages", "Tell your facilitator, so that those who run the server make some room."
        ),
    ),
    "server_busy": Message(
        QT_TRANSLATE_NOOP("Messages", "The community's server is busy and asked to wait a little."),
        SAFE_WAITS,
        QT_TRANSLATE_NOOP("Messages", "There is nothing you need to do."),
    ),
    "network_in_the_way": Message(
        QT_TRANSLATE_NOOP(
            "Messages", "Something in the network here answers in place of the server."
        ),
        SAFE_WAITS,
        QT_TRANSLATE_NOOP(
            "Messages", "Ask the school's IT person to let this program reach its server."
        ),
    ),
    "sign_in_page": Message(
        QT_TRANSLATE_NOOP("Messages", "The school's network wants you to sign in first."),
        SAFE_WAITS,
        QT_TRANSLATE_NOOP(
            "Messages", "Open your web browser, sign in there, then choose “Sync now”."
        ),
    ),
    "proxy_password": Message(
        QT_TRANSLATE_NOOP(
            "Messages", "The school's network asks for a password this program does not have."
        ),
        SAFE_WAITS,
        QT_TRANSLATE_NOOP(
            "Messages", "Ask the school's IT person to let this program through without one."
        ),
    ),
    "inspected_connection": Message(
        QT_TRANSLATE_NOOP(
            "Messages", "The network here opens secure connections, so it was not used."
        ),
        SAFE_WAITS,
        QT_TRANSLATE_NOOP(
            "Messages", "Ask the school's IT person to let this program through unopened."
        ),
    ),
    "secure_line_broken": Message(
        QT_TRANSLATE_NOOP(
            "Messages", "No secure connection could be made, so nothing was sent over this one."
        ),
        SAFE_WAITS,
        QT_TRANSLATE_NOOP(
            "Messages", "Ask the school's IT person to let this program reach its server."
        ),
    ),
    "clock_wrong": Message(
        QT_TRANSLATE_NOOP(
            "Messages", "By the clock of this computer the server's certificate is not valid today."
        ),
        SAFE_WAITS,
        QT_TRANSLATE_NOOP(
            "Messages",
            "Set its date and time, then choose “Sync now”. If they are right, tell your"
            " facilitator.",
        ),
    ),
    "not_admitted": Message(
        QT_TRANSLATE_NOOP("Messages", "The community's server does not let this computer in."),
        SAFE_HERE,
        QT_TRANSLATE_NOOP("Messages", "Ask your facilitator for a new invitation."),
        "bad",
    ),
    "unknown_replica": Message(
        QT_TRANSLATE_NOOP(
            "Messages", "The community's server does not know this computer any more."
        ),
        SAFE_HERE,
        QT_TRANSLATE_NOOP("Messages", "Ask your facilitator for a new invitation."),
        "bad",
    ),
    "other_server": Message(
        QT_TRANSLATE_NOOP(
            "Messages", "Another server answers at the address of the community's server."
        ),
        SAFE_HERE,
        QT_TRANSLATE_NOOP("Messages", "Tell your facilitator: who runs the server must mend it."),
        "bad",
    ),
    "revoked": Message(
        QT_TRANSLATE_NOOP("Messages", "The access of this computer was ended."),
        SAFE_HERE,
        QT_TRANSLATE_NOOP("Messages", "If that is a surprise, ring your facilitator."),
        "bad",
    ),
    "invitation_refused": Message(
        QT_TRANSLATE_NOOP(
            "Messages", "This invitation code is mistyped, used already or has expired."
        ),
        SAFE_AS_IT_WAS,
        QT_TRANSLATE_NOOP(
            "Messages", "Check it letter by letter, or ask your facilitator for a new one."
        ),
    ),
    "newer_version_needed": Message(
        QT_TRANSLATE_NOOP("Messages", "The community now uses a newer version of this program."),
        SAFE_HERE,
        QT_TRANSLATE_NOOP("Messages", "Install the new version; what waits is sent then."),
    ),
    "older_server": Message(
        QT_TRANSLATE_NOOP("Messages", "The server runs an older version of this program."),
        SAFE_HERE,
        QT_TRANSLATE_NOOP(
            "Messages", "Tell your facilitator that it needs the update; what waits is sent then."
        ),
    ),
    "NewerPage": Message(
        QT_TRANSLATE_NOOP("Messages", "Something came that only a newer program can read."),
        SAFE_HERE,
        QT_TRANSLATE_NOOP("Messages", "Install the new version; what waits is sent then."),
    ),
    "BadPage": Message(
        QT_TRANSLATE_NOOP("Messages", "What the server sent does not fit what is here."),
        SAFE_WAITS,
        QT_TRANSLATE_NOOP("Messages", "If it stays like this for a day, tell your facilitator."),
    ),
    "too_big": Message(
        QT_TRANSLATE_NOOP("Messages", "The network or the server refuses something of this size."),
        SAFE_HERE,
        QT_TRANSLATE_NOOP("Messages", "Tell your facilitator; until then it stays here."),
    ),
    "fault": Message(
        QT_TRANSLATE_NOOP("Messages", "Syncing tripped over a mistake in this program."),
        SAFE_WAITS,
        QT_TRANSLATE_NOOP("Messages", "It tries again; if this stays, start the program anew."),
    ),
    "page_not_understood": Message(
        QT_TRANSLATE_NOOP("Messages", "An answer arrived damaged and was not used."),
        SAFE_WAITS,
        QT_TRANSLATE_NOOP("Messages", "There is nothing you need to do; it is asked for again."),
    ),
    "broken_answer": Message(
        QT_TRANSLATE_NOOP("Messages", "An answer arrived damaged and was not used."),
        SAFE_WAITS,
        QT_TRANSLATE_NOOP("Messages", "There is nothing you need to do; it is asked for again."),
    ),
    "not_here": Message(
        QT_TRANSLATE_NOOP("Messages", "The server does not have this file yet."),
        SAFE_HERE,
        QT_TRANSLATE_NOOP("Messages", "It comes when the computer that holds it next connects."),
    ),
}
