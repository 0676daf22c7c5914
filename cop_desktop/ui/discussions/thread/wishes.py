"""What can be asked for at a topic or a reply, and which of it is offered when."""

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QCoreApplication, QObject, Signal

from cop_desktop.services.access import Rights
from cop_desktop.services.care import CareView
from cop_desktop.services.discussions.rows import PostView, TopicView
from cop_desktop.services.following import Level
from cop_desktop.ui.discussions.activities import ending


class Wish(StrEnum):
    """One thing to do with a part of a thread."""

    REPLY = "reply"
    QUOTE = "quote"
    EDIT = "edit"
    COPY = "copy"
    WHO = "who"
    ANSWER = "answer"
    NOT_ANSWER = "not answer"
    HISTORY = "history"
    VERSIONS = "versions"
    RECALL = "recall"
    TRASH = "trash"
    RESTORE = "restore"
    PIN = "pin"
    UNPIN = "unpin"
    LOCK = "lock"
    UNLOCK = "unlock"
    KEEP_UNREAD = "keep unread"
    MARK_READ = "mark read"
    END = "end"
    REOPEN = "reopen"
    FOLLOW = "follow"
    MUTE = "mute"
    AS_USUAL = "as usual"
    GO_TO_ANSWER = "go to answer"
    GO_TO_PARENT = "go to parent"
    CARE = "care"
    SHOW_ANYWAY = "show anyway"


@dataclass(frozen=True, slots=True)
class Offer:
    """A line of the menu "More". apart: a line stands over it."""

    wish: Wish
    words: str
    icon: str = ""
    keys: str = ""
    apart: bool = False


class Wishes(QObject):
    """Carries wishes from cells to the presenter; a part is named by its key.

    reacted: key, sort, given. file_wished: a wish of `file_words`, the file as it was shown.
    """

    wished = Signal(str, str)
    reacted = Signal(str, str, bool)
    file_wished = Signal(str, object)
    tag_chosen = Signal(str)
    link_activated = Signal(str)


def _tr(words: str) -> str:
    return QCoreApplication.translate("Wishes", words)


def offers_for_reply(post: PostView, topic: TopicView) -> tuple[Offer, ...]:
    """What the menu of a reply holds."""
    if post.trashed:
        put_back = Offer(Wish.RESTORE, _tr("&Put back"), "undo")
        return (put_back, _history()) if post.rights.remove else (_history(),)
    offers = [Offer(Wish.COPY, _tr("&Copy the text"), "copy")]
    if post.reactions:
        offers.append(Offer(Wish.WHO, _tr("&Who said thanks or used this…"), "people"))
    if topic.rights.change:
        offers.append(
            Offer(Wish.NOT_ANSWER, _tr("Not the &answer after all"), "undo", "", apart=True)
            if post.is_answer
            else Offer(Wish.ANSWER, _tr("Mark as the &answer"), "check", "A", apart=True)
        )
    return (*offers, *_writers(post.rights, two_versions=post.two_versions), _care(post.care))


def offers_for_topic(topic: TopicView) -> tuple[Offer, ...]:
    """What the menu of a topic holds."""
    if topic.trashed:
        put_back = Offer(Wish.RESTORE, _tr("&Put back"), "undo")
        return (put_back, _history()) if topic.rights.remove else (_history(),)
    offers = [
        Offer(Wish.MARK_READ, _tr("Mark as &read"), "check", "M"),
        Offer(Wish.KEEP_UNREAD, _tr("&Keep unread"), "unread", "U"),
        *_levels(topic),
        Offer(Wish.COPY, _tr("&Copy the text"), "copy", apart=True),
    ]
    if topic.reactions:
        offers.append(Offer(Wish.WHO, _tr("&Who said thanks or used this…"), "people"))
    if topic.rights.change:
        offers += _endings(topic)
    if topic.can_moderate:
        offers += [
            Offer(Wish.UNPIN, _tr("Un&pin"), "pin", apart=True)
            if topic.pinned
            else Offer(Wish.PIN, _tr("&Pin to the top for everybody"), "pin", apart=True),
            Offer(Wish.UNLOCK, _tr("Un&lock for replies"), "lock")
            if topic.locked
            else Offer(Wish.LOCK, _tr("&Lock: take no more replies"), "lock"),
        ]
    return (*offers, *_writers(topic.rights, two_versions=topic.two_versions), _care(topic.care))


def _levels(topic: TopicView) -> tuple[Offer, Offer]:
    """How much one wants to hear of it."""
    follows, muted = topic.level is Level.FOLLOW, topic.level is Level.MUTE
    return (
        Offer(Wish.AS_USUAL, _tr("Stop &following"), "follow", "F", apart=True)
        if follows
        else Offer(Wish.FOLLOW, _tr("&Follow"), "follow", "F", apart=True),
        Offer(Wish.AS_USUAL, _tr("Un&mute"), "mute", "Shift+M")
        if muted
        else Offer(Wish.MUTE, _tr("&Mute: do not count what is new"), "mute", "Shift+M"),
    )


def _endings(topic: TopicView) -> list[Offer]:
    """What whoever looks after a topic can say of how it stands."""
    if topic.ended:
        offers = [
            Offer(Wish.END, _tr("&Edit what came of it…"), "edit", apart=True),
            Offer(Wish.REOPEN, _tr("&Open it again"), "undo", "Shift+E"),
        ]
    else:
        words = f"&{ending(topic.activity).verb}…"
        offers = [Offer(Wish.END, words, "resolve", "Shift+E", apart=True)]
    if topic.answer is not None:
        offers.append(Offer(Wish.NOT_ANSWER, _tr("Not &answered after all"), "undo"))
    return offers


def _writers(rights: Rights, *, two_versions: bool) -> list[Offer]:
    """What everybody sees, and what those who may change or remove it do."""
    offers = [Offer(Wish.EDIT, _tr("&Edit"), "edit", "E", apart=True)] if rights.change else []
    offers.append(_history(apart=not offers))
    if two_versions:
        words = _tr("Compare the two &versions…")
        offers.append(Offer(Wish.VERSIONS, words, "versions", "Ctrl+Shift+V"))
    if rights.recall:
        offers.append(
            Offer(Wish.RECALL, _tr("&Take back (it has not left yet)"), "undo", apart=True)
        )
    elif rights.remove:
        offers.append(Offer(Wish.TRASH, _tr("Move to &trash"), "trash", "Del", apart=True))
    return offers


def _care(care: CareView | None) -> Offer:
    """Everybody may ask for it, and say that it is not needed."""
    words = _tr("Ask for &care…") if care is None else _tr("No longer ask for &care")
    return Offer(Wish.CARE, words, "care", apart=True)


def _history(*, apart: bool = False) -> Offer:
    return Offer(Wish.HISTORY, _tr("&History…"), "history", "Ctrl+H", apart=apart)
