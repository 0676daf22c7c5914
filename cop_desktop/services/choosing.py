"""One text chosen in place of its two versions, the choice undone; an earlier text put back."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from cop_desktop.services.access import me_about
from cop_desktop.services.checks import checked
from cop_desktop.services.places import found_record
from cop_desktop.services.reading import state_of_row
from cop_desktop.services.versions import FieldVersions, Seen, versions_of
from cop_desktop.store import Changed, Replica
from sync.catalogue.declare import Kind
from sync.core.ids import Id
from sync.core.merge import FieldState, Merge, RecordState, Register, Version


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a choice changed, and what it takes to undo it: the versions before, the state after."""

    changed: Changed
    before: tuple[FieldVersions, ...]
    after: Seen


def choose(
    replica: Replica, record: Id, chosen: Mapping[str, str], seen: Seen | None = None
) -> Chosen:
    """Give fields one text each in place of all their versions, all of it in one go.

    chosen: field → one of its versions, or one made of them. seen: the record when they were shown.
    """
    with replica.write() as action:
        kind, row = found_record(replica, action.rows, record)
        me_about(replica, action.rows, kind, row).must_change(kind.name, row)
        before = versions_of(replica, action.rows, kind, row)
        for field, value in chosen.items():
            text = checked(kind.name, field, value)
            action.resolve(kind.name, record, field, text, seen=seen)
        now = action.state(kind.name, record)
    numbers = [kind.by_name[field].number for field in chosen]
    after = _written(state_of_row(kind, row), now, numbers)
    replaced = [_replaced(each, kind, now, after) for each in before if each.field in chosen]
    return Chosen(action.changed, tuple(replaced), after)


def _written(before: RecordState, now: RecordState, numbers: Iterable[int]) -> RecordState:
    """The versions of these fields that are there now and were not before, and nothing else."""
    fields: dict[int, FieldState] = {}
    for number in numbers:
        known = {version.stamp for version in _versions(before, number)}
        new = [version for version in _versions(now, number) if version.stamp not in known]
        fields[number] = Register(tuple(new))
    return RecordState(fields)


def _replaced(
    versions: FieldVersions, kind: Kind, now: RecordState, after: RecordState
) -> FieldVersions:
    """Those that are no longer there: what came too late to be seen still stands by itself."""
    number = kind.by_name[versions.field].number
    new = {version.stamp for version in _versions(after, number)}
    left = {version.value for version in _versions(now, number) if version.stamp not in new}
    gone = tuple(view for view in versions.versions if view.value not in left)
    return replace(versions, versions=gone)


def _versions(state: RecordState, number: int) -> tuple[Version, ...]:
    register = state.fields.get(number)
    return register.versions if isinstance(register, Register) else ()


def undo(replica: Replica, record: Id, chosen: Chosen) -> Changed:
    """Let there be the versions again that a choice took the place of.

    What was written since that choice stays beside them.
    """
    most = max((len(each.versions) for each in chosen.before), default=0)
    with replica.write() as action:
        kind, row = found_record(replica, action.rows, record)
        me_about(replica, action.rows, kind, row).must_change(kind.name, row)
        # The version to be shown is written last; each knows of the choice alone, as if apart.
        for place in reversed(range(most)):
            fields = {
                each.field: each.versions[place].value
                for each in chosen.before
                if place < len(each.versions)
            }
            action.new_groups()
            for field, value in fields.items():
                action.resolve(kind.name, record, field, value, seen=chosen.after)
    return action.changed


@dataclass(frozen=True, slots=True)
class PutBack:
    """An earlier text is back. before: what stood there until now, to undo it with."""

    before: str
    changed: Changed


def put_back(replica: Replica, record: Id, field: str, text: str) -> PutBack:
    """Give a field an earlier text, in place of all its versions.

    A text that several write together is changed only where it differs.
    """
    with replica.write() as action:
        kind, row = found_record(replica, action.rows, record)
        me_about(replica, action.rows, kind, row).must_change(kind.name, row)
        declared = kind.by_name[field]
        before = state_of_row(kind, row).value(declared.number)
        if declared.merge is Merge.TEXT:
            action.edit_text(kind.name, record, field, text)
        else:
            action.resolve(kind.name, record, field, checked(kind.name, field, text))
    return PutBack(str(before or ""), action.changed)
