"""Who an action belongs to, from how its sentence is written."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from cop_desktop.intake.meeting.names import initials_of, is_certain_name
from cop_desktop.intake.meeting.people import Attendee

_EVERYBODY = re.compile(
    r"all|everyone|everybody|(?:all )?(?:members|principals|participants|staff|attendees|schools)"
    r"|(?:the )?(?:(?:co-?)?chair(?:person|s)?|secretary|treasurer|facilitators?|convenor"
    r"|executive|committee|team)",
    re.IGNORECASE,
)
_HANDLE = re.compile(r"@([A-Za-z0-9][\w-]{0,38})\s*(?:[:,\u2013\u2014-]\s*|to\s+)?")
_BEFORE_MARK = re.compile(
    r"(?P<who>[^:\uff1a\[\]()]{2,50}?)\s*(?:[:\uff1a]|\s[-\u2013\u2014]\s|\s?[\u2013\u2014]\s?)\s*"
    r"(?P<rest>\S.+)"
)
_IN_BRACKETS = re.compile(
    r"[\[(](?P<who>[^\[\]()]{2,50})[\])]\s*[:\u2013\u2014-]?\s*(?P<rest>\S.+)"
)
_OUGHT = re.compile(
    r"(?P<who>[^,;:()]{2,60}?)\s+"
    r"(?:to|will|shall|is to|are to|agreed to|volunteered to|offered to)\s+"
    r"(?P<rest>[a-z]\S*(?:\s.*)?)$"
)
_NO_VERB = re.compile(
    r"(?:a|an|be|been|the|this|that|these|our|their|his|her|my|your|all|each|date|have|not)\b"
)
_OWNER_LABEL = r"(?:owner|responsible|who|lead|assigned to)\s*[:=]\s*"
_AT_END = re.compile(
    rf"\s*(?:[-\u2013\u2014]\s*(?P<said1>{_OWNER_LABEL})?|[(\[]\s*(?P<said2>{_OWNER_LABEL})?"
    rf"|\b(?P<said3>{_OWNER_LABEL}))(?P<who>[^()\[\]:]{{2,50}}?)\s*[)\]]?\s*[.]?$",
    re.IGNORECASE,
)
_SEVERAL = re.compile(r"\s*(?:,|&|\+|/|\band\b)\s*")


@dataclass(frozen=True, slots=True)
class People:
    """The people of one meeting, and its date, which tell names from words."""

    names: frozenset[str]
    by_short: dict[str, str]
    held_on: date | None = None

    @classmethod
    def of(cls, attendance: Iterable[Attendee], held_on: date | None) -> "People":
        """From those named in the minutes: full names, first names, initials and handles."""
        people = tuple(attendance)
        short: dict[str, str] = {}
        for person in people:
            if person.handle:
                short[f"@{person.handle}".casefold()] = person.name
            if person.initials:
                short[person.initials.casefold()] = person.name
        names = {person.name.casefold() for person in people}
        names |= {person.name.split()[0].casefold() for person in people}
        names |= {initials_of(person.name).casefold() for person in people if person.initials}
        return cls(frozenset(names), short, held_on)

    def is_known(self, name: str) -> bool:
        """Whether every part of `name` is somebody in the minutes, or a role everybody knows."""
        parts = [part.strip(" .") for part in _SEVERAL.split(name)]
        return all(
            part.casefold() in self.names
            or part.casefold() in self.by_short
            or bool(_EVERYBODY.fullmatch(part))
            or self._is_known_with_initial(part)
            for part in parts
        )

    def is_owner(self, name: str) -> bool:
        """Whether `name` is somebody known, or written like a name."""
        if self.is_known(name):
            return True
        parts = [part.strip(" .") for part in _SEVERAL.split(name)]
        return all(is_certain_name(part) for part in parts)

    def full(self, name: str) -> str:
        """The name behind initials or a handle; what is written where nothing stands behind it."""
        return self.by_short.get(name.strip().casefold(), name.strip())

    def owner_and_rest(self, text: str) -> tuple[str, str]:
        """The owner a sentence names, and what is left to do; an empty owner when it names none."""
        handle = _HANDLE.match(text)
        if handle and text[handle.end() :].strip():
            return self.full(f"@{handle.group(1)}"), text[handle.end() :]
        for pattern in (_IN_BRACKETS, _BEFORE_MARK):
            match = pattern.fullmatch(text)
            if match and self.is_owner(match.group("who")):
                return match.group("who").strip(), match.group("rest")
        ought = _OUGHT.match(text)
        if ought and self.is_owner(ought.group("who")) and not _NO_VERB.match(ought.group("rest")):
            return ought.group("who").strip(), ought.group("rest")
        at_end = _AT_END.search(text)
        if at_end and at_end.start() > 3 and self._ends_with_owner(at_end):
            return at_end.group("who").strip(), text[: at_end.start()].strip()
        return "", text

    def _ends_with_owner(self, match: re.Match[str]) -> bool:
        labelled = match.group("said1") or match.group("said2") or match.group("said3")
        who = match.group("who")
        return self.is_owner(who) if labelled else self.is_known(who)

    def _is_known_with_initial(self, name: str) -> bool:
        """Whether it is like "Mike D" where a Mike Dolan was present."""
        first, _, letter = name.partition(" ")
        return len(letter.strip(".")) == 1 and first.casefold() in self.names
