"""The history of a record as steps: what somebody did at one moment. No widgets."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby

from cop_desktop.services.history import Did, Revision
from sync.catalogue import CATALOGUE
from sync.core.merge import Merge


@dataclass(frozen=True, slots=True)
class Written:
    """One field as somebody left it. before: what it was, "" for nothing."""

    field: str
    text: str
    before: str
    can_restore: bool


@dataclass(frozen=True, slots=True)
class Step:
    """What somebody did at one moment. number: 0 for the latest."""

    number: int
    revision: Revision
    written: tuple[Written, ...]


def steps_of(
    revisions: Sequence[Revision], restorable: frozenset[str], shown: Callable[[object], str]
) -> list[Step]:
    """The steps, latest first; what was done in one go is one step.

    restorable: names of the fields whose earlier text can be put back. shown: a value as text.
    """
    steps: list[Step] = []
    values: dict[str, str] = {}
    latest = {revision.field: revision.value for revision in reversed(revisions)}
    for _, together in groupby(reversed(revisions), key=_moment):
        group = list(together)
        written = []
        for revision in group:
            if revision.did not in (Did.STARTED, Did.WROTE) or not revision.field:
                continue
            text = shown(revision.value)
            can_restore = (
                revision.field in restorable
                and isinstance(revision.value, str)
                and revision.value != latest[revision.field]
            )
            before = values.get(revision.field, "")
            written.append(Written(revision.field, text, before, can_restore))
            values[revision.field] = text
        # Starting a record is a group of writes; it is told as one start.
        began = next((one for one in group if one.did is Did.STARTED), group[0])
        steps.append(Step(0, began, tuple(written)))
    return [Step(at, s.revision, s.written) for at, s in enumerate(reversed(steps))]


def restorable_fields(kind: str) -> frozenset[str]:
    """The fields of a kind that people write by hand."""
    by_hand = (Merge.HUMAN, Merge.TEXT)
    fields = CATALOGUE.by_name[kind].fields
    return frozenset(field.name for field in fields if field.merge in by_hand)


def _moment(revision: Revision) -> tuple[object, ...]:
    did = Did.WROTE if revision.did is Did.STARTED else revision.did
    return revision.when, revision.who_id, did
