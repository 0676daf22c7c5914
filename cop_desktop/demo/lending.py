"""What happens in the library of the sample community."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Final

from cop_desktop.demo.cast import Actor
from cop_desktop.demo.content import Item, Sample, Use
from cop_desktop.demo.events import Days, Event, Made
from cop_desktop.services.care import Care
from cop_desktop.services.library import NewItem, UseText

_SUBMIT, _ASK, _PUBLISH, _RETIRE = "submit", "ask", "publish", "retire"
_STEPS: Final[dict[str, tuple[str, ...]]] = {
    "draft": (),
    "submitted": (_SUBMIT,),
    "in review": (_SUBMIT, _ASK),
    "published": (_SUBMIT, _ASK, _PUBLISH),
    "retired": (_SUBMIT, _ASK, _PUBLISH, _RETIRE),
}
_ANSWERED_IN_DAYS: Final = 14
"""How long reviewers usually get."""


@dataclass(frozen=True, slots=True)
class Lending:
    """Items, their files, who reviewed them, and who used them in their school."""

    sample: Sample
    days: Days
    made: Made

    def events(self) -> Iterator[Event]:
        """Item after item."""
        for item in self.sample.items:
            yield from self._of_item(item)

    def _of_item(self, item: Item) -> Iterator[Event]:
        needs = frozenset({item.key})
        yield Event(self.days.ago(item.days_ago), item.author, self._adding(item), item.key)
        for version in item.versions:
            path = self.sample.file(version.file)
            when = self.days.ago(version.days_ago) + timedelta(minutes=1)
            deed = self._attaching(item, path, version.note)
            yield Event(when, item.author, deed, needs=needs)
        yield from self._steps(item)
        for use in item.uses:
            yield Event(
                self.days.ago(use.days_ago), use.member, self._using(item, use), needs=needs
            )
        if item.care is not None:
            when = self.days.ago(item.days_ago - 1)
            deed = self._caring(item, item.care.note)
            yield Event(when, item.care.by, deed, needs=needs)

    def _steps(self, item: Item) -> Iterator[Event]:
        when = self.days.ago(max(item.days_ago - 1, 0), "08:00") + timedelta(minutes=2)
        before = frozenset({item.key})
        does = {
            # Only facilitators ask; whom they asked may publish.
            _SUBMIT: (item.author, self._submitting(item)),
            _ASK: (self.sample.series.chair, self._asking(item)),
            _PUBLISH: (item.reviewer or self.sample.series.chair, self._publishing(item)),
            _RETIRE: (item.author, self._retiring(item)),
        }
        for step in _STEPS[item.status]:
            who, deed = does[step]
            after = f"{item.key} after {step}"
            yield Event(when, who, deed, after, before)
            before = frozenset({after})
            when += timedelta(minutes=3)

    def _adding(self, item: Item) -> Callable[[Actor], None]:
        def deed(actor: Actor) -> None:
            year = self.days.ago(item.days_ago).year if item.authors else None
            new = NewItem(
                title=item.title,
                summary=item.summary,
                type=item.type,
                tags=tuple(item.tags),
                strategies=tuple(self.sample.strategy(key) for key in item.strategies),
                evidence=item.evidence,
                reading_minutes=item.reading_minutes,
                credit=item.credit,
                authors=item.authors,
                year=year,
            )
            self.made.items[item.key] = actor.library.add_item(actor.community, new).id

        return deed

    def _attaching(self, item: Item, path: Path, note: str) -> Callable[[Actor], None]:
        def deed(actor: Actor) -> None:
            actor.library.attach(self.made.items[item.key], path, note)

        return deed

    def _submitting(self, item: Item) -> Callable[[Actor], None]:
        def deed(actor: Actor) -> None:
            actor.library.submit(self.made.items[item.key])

        return deed

    def _asking(self, item: Item) -> Callable[[Actor], None]:
        in_days = item.answer_by_in_days
        if in_days is None:
            in_days = _ANSWERED_IN_DAYS - item.days_ago

        def deed(actor: Actor) -> None:
            reviewer = self.made.member(item.reviewer or self.sample.series.chair)
            actor.library.ask(self.made.items[item.key], reviewer, self.days.ahead(in_days))

        return deed

    def _publishing(self, item: Item) -> Callable[[Actor], None]:
        in_days = item.review_by_in_days

        def deed(actor: Actor) -> None:
            review_by = None if in_days is None else self.days.ahead(in_days)
            actor.library.publish(self.made.items[item.key], review_by, item.review_note)

        return deed

    def _retiring(self, item: Item) -> Callable[[Actor], None]:
        def deed(actor: Actor) -> None:
            actor.library.retire(self.made.items[item.key])

        return deed

    def _using(self, item: Item, use: Use) -> Callable[[Actor], None]:
        def deed(actor: Actor) -> None:
            used_on = self.days.ahead(-use.days_ago)
            actor.library.report_use(self.made.items[item.key], UseText(use.text, used_on))

        return deed

    def _caring(self, item: Item, note: str) -> Callable[[Actor], None]:
        def deed(actor: Actor) -> None:
            Care(actor.replica).flag(self.made.items[item.key], note)

        return deed
