"""Knows what can be gone to, and goes there."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Final

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QWidget

from cop_desktop.services.communities import CommunityRow
from cop_desktop.services.errors import NotFound
from cop_desktop.services.people import MemberRow
from cop_desktop.services.search import Scope, SearchHit
from cop_desktop.services.whereabouts import Destination
from cop_desktop.ui.going_to.dialog import GoToDialog
from cop_desktop.ui.going_to.offers import Offer, Sort, near, together
from cop_desktop.ui.going_to.tools import GoingTools
from cop_desktop.ui.guide.pages import headings
from cop_desktop.ui.records.fields import noun_words
from cop_desktop.ui.records.presenting import Presenting
from cop_desktop.ui.settings.sections import all_sections
from cop_desktop.ui.shell.actions import ActionSpec

_MOST_RECORDS: Final = 10
_LEAST_CHARACTERS: Final = 2
_GO, _OWN = "go.", ("edit.undo", "edit.redo", "edit.cut", "edit.copy", "edit.paste")
_LEFT_OUT: Final = frozenset({*_OWN, "edit.selectAll", "go_to", "view.next-pane"})
_ICONS: Final = {
    "topic": "discussions",
    "post": "reply",
    "library_item": "library",
    "file_version": "file",
    "extracted_text": "file",
    "meeting": "meetings",
    "series": "meetings",
    "member": "member",
    "school": "school",
    "community": "community",
}


def _tr(words: str) -> str:
    return QCoreApplication.translate("GoingTo", words)


@dataclass(frozen=True, slots=True)
class Known:
    """What is read when the dialog opens."""

    people: tuple[MemberRow, ...] = ()
    communities: tuple[CommunityRow, ...] = ()
    recent: tuple[Destination, ...] = ()


class GoingTo(Presenting):
    """Names are matched here at once; what the search finds comes under them a moment later."""

    def __init__(self, window: QWidget, tools: GoingTools) -> None:
        super().__init__(window, tools)
        self._tools = tools
        self._known = Known()
        self._near: list[Offer] = []
        self._offers: tuple[Offer, ...] = ()
        self.dialog = GoToDialog(tools.theme, window)
        self.dialog.typed.connect(self._find)
        self.dialog.chosen.connect(self._go)

    def open(self) -> None:
        """What Ctrl+K does."""
        if self.dialog.isVisible():
            return
        self._gather()
        self.dialog.open_over()
        self._find("")
        work = partial(self._read, self._tools.recent())
        self._tools.jobs.run(work, self._on_read, self._say_trouble, "going to.names")

    def _read(self, recent: tuple[bytes, ...]) -> Known:
        tools = self._tools
        found = []
        for record in recent:
            try:
                found.append(tools.whereabouts.of(record))
            except NotFound:
                continue  # let go of, since
        return Known(tools.people.members(), tools.communities.mine(), tuple(found))

    def _on_read(self, known: Known) -> None:
        self._known = known
        self._gather()
        self._find(self.dialog.box.text())

    def _gather(self) -> None:
        offers = (
            *self._places(),
            *self._people(),
            *self._communities(),
            *self._recent(),
            *self._actions(),
            *_settings(self._tools.show_setting),
            *self._guide(),
        )
        self._offers = tuple({offer.key: offer for offer in reversed(offers)}.values())[::-1]

    def _find(self, typed: str) -> None:
        typed = typed.strip()
        if not typed:
            self._tools.jobs.cancel("going to.records")
            shown = [*self._recent(), *self._places()]
            self.dialog.show_offers(shown, typed)
            return
        self._near = near(typed, self._offers)
        if len(typed) < _LEAST_CHARACTERS:
            self.dialog.show_offers(self._near, typed)
            return
        if self._near:
            self.dialog.show_offers(self._near, typed)
        scope = Scope(limit=_MOST_RECORDS)
        work = partial(self._tools.search.find, typed, scope)
        done = partial(self._on_found, typed)
        self._tools.jobs.run(work, done, self._say_trouble, "going to.records")

    def _on_found(self, typed: str, hits: tuple[SearchHit, ...]) -> None:
        if typed == self.dialog.box.text().strip():
            found = [self._record(hit) for hit in hits if hit.kind != "member"]
            self.dialog.show_offers(together(self._near, found), typed)

    def _go(self, offer: Offer) -> None:
        offer.go()

    # What there is

    def _places(self) -> list[Offer]:
        registry = self._tools.registry
        return [
            Offer(
                spec.key,
                Sort.PLACE,
                spec.name,
                _tr("Place"),
                partial(self._show_place, spec.key.removeprefix(_GO)),
                icon=spec.icon or "right",
                keys=_native(spec.shortcut),
            )
            for spec in registry.specs()
            if spec.key.startswith(_GO) and registry.action(spec.key).isEnabled()
        ]

    def _actions(self) -> list[Offer]:
        registry, names = self._tools.registry, self._tools.place_names()
        return [
            self._action(spec, names)
            for spec in registry.specs()
            if registry.action(spec.key).isEnabled()
            and not spec.key.startswith(_GO)
            and spec.key not in _LEFT_OUT
        ]

    def _action(self, spec: ActionSpec, names: dict[str, str]) -> Offer:
        where = names.get(spec.place, "")
        detail = _tr("Action in {0}").format(where) if where else _tr("Action")
        go = self._tools.registry.action(spec.key).trigger
        icon, keys = spec.icon or "right", _native(spec.shortcut)
        return Offer(spec.key, Sort.ACTION, spec.name, detail, go, icon, keys=keys)

    def _people(self) -> list[Offer]:
        return [
            Offer(
                one.id.hex(),
                Sort.PERSON,
                one.name,
                " · ".join(part for part in (one.position, one.school) if part) or _tr("Person"),
                partial(self._tools.open_member, one.id),
                avatar=one.name,
                also=" ".join((one.region, *one.expertise)),
            )
            for one in self._known.people
        ]

    def _communities(self) -> list[Offer]:
        return [
            Offer(
                one.id.hex(),
                Sort.COMMUNITY,
                one.name,
                _tr("Community"),
                partial(self._tools.choose_community, one.id),
                icon="community",
            )
            for one in self._known.communities
        ]

    def _recent(self) -> list[Offer]:
        return [
            Offer(
                one.open_id.hex(),
                Sort.RECENT,
                one.title or one.kind,
                _tr("You were here lately"),
                partial(self._tools.open_record, one),
                icon=_ICONS.get(one.kind, "file"),
                avatar=one.title if one.kind == "member" else "",
            )
            for one in self._known.recent
        ]

    def _guide(self) -> list[Offer]:
        show = self._tools.show_guide
        return [
            Offer(
                f"guide.{page.key}",
                Sort.GUIDE,
                page.title,
                _tr("Page of the guide"),
                partial(show, page.key),
                icon="help",
                also=headings(page),
            )
            for page in self._tools.guide
        ]

    def _record(self, hit: SearchHit) -> Offer:
        when = self._tools.when.short(hit.when)
        detail = " · ".join(part for part in (hit.place, hit.file or hit.who) if part)
        icon = _ICONS.get(hit.kind, _ICONS.get(hit.open_kind, "file"))
        go = partial(self._tools.open_record, hit)
        title = hit.title or noun_words(hit.noun)
        return Offer(hit.open_id.hex(), Sort.RECORD, title, detail, go, icon, keys=when)

    def _show_place(self, key: str) -> None:
        self._tools.show_place(key)


def _settings(show: Callable[[str], None]) -> list[Offer]:
    return [
        Offer(
            f"setting.{setting.key}",
            Sort.SETTING,
            setting.title,
            _tr("Setting · {0}").format(section.title),
            partial(show, section.key),
            icon="settings",
            also=setting.words,
        )
        for section in all_sections()
        for setting in section.settings
    ]


def _native(keys: str) -> str:
    return QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
