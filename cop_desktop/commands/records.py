"""search, show."""

from argparse import Namespace
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from cop_desktop.commands.answer import Answer
from cop_desktop.commands.session import opened
from cop_desktop.services.discussions import Discussions
from cop_desktop.services.places import found_record
from cop_desktop.services.reading import elements
from cop_desktop.services.records import Records
from cop_desktop.services.search import Scope, Search
from cop_desktop.store import Replica
from sync.catalogue.declare import Field
from sync.core.ids import Id, id_text, parse_id
from sync.core.merge import Merge


def search(arguments: Namespace) -> Answer:
    """Search everything on this replica, best first."""
    with opened(arguments.data) as replica:
        scope = Scope(limit=arguments.limit, best_first=True)
        hits = Search(replica).find(arguments.query, scope)
    results = [
        {
            "kind": hit.kind,
            "id": id_text(hit.id),
            "title": hit.title,
            "snippet": "".join(piece.text for piece in hit.snippet),
            "open_kind": hit.open_kind,
            "open_id": id_text(hit.open_id),
        }
        for hit in hits
    ]
    lines = [f"{hit['open_id']}  {hit['title']}: {hit['snippet']}" for hit in results]
    return Answer(tuple(lines), {"results": results})


def show(arguments: Namespace) -> Answer:
    """Everything known of a record: its fields, both of two versions, its history."""
    record = parse_id(arguments.record)
    with opened(arguments.data) as replica:
        values = _record(replica, record)
        if values["kind"] == "topic":
            values["posts"] = _posts(replica, record)
    return Answer(tuple(_lines(values)), values)


def _lines(values: Mapping[str, Any], above: str = "") -> Iterator[str]:
    """Everything a line each, what belongs to something indented below it."""
    for name, value in values.items():
        if isinstance(value, Mapping):
            yield f"{above}{name}:"
            yield from _lines(value, f"{above}  ")
        elif isinstance(value, list) and value and isinstance(value[0], Mapping):
            yield f"{above}{name}:"
            for each in value:
                yield f"{above}  {', '.join(f'{part}: {said}' for part, said in each.items())}"
        else:
            said = ", ".join(map(str, value)) if isinstance(value, list) else value
            yield f"{above}{name}: {said}"


def _record(replica: Replica, record: Id) -> dict[str, Any]:
    records = Records(replica)
    with replica.read() as rows:
        kind, row = found_record(replica, rows, record)
    fields = {field.name: _field(field, row[field.name]) for field in kind.fields}
    return {
        "id": id_text(record),
        "kind": kind.name,
        "fields": {name: value for name, value in fields.items() if value is not None},
        "state": str(replica.item_state(record)),
        "two_versions": [versions.field for versions in records.versions(record)],
        "versions": {
            versions.field: [version.value for version in versions.versions]
            for versions in records.versions(record)
        },
        "history": [
            {
                "when_utc": revision.when.isoformat(),
                "who": revision.who,
                "did": str(revision.did),
                "field": revision.field,
                "value": _plain(revision.value),
            }
            for revision in records.history(record)
        ],
    }


def _posts(replica: Replica, topic: Id) -> list[Mapping[str, Any]]:
    return [
        {"id": id_text(post.id), "author": post.author, "body": post.body}
        for post in Discussions(replica).thread(topic).posts
    ]


def _field(field: Field, value: object) -> Any:
    return list(elements(str(value))) if field.merge is Merge.SET and value else _plain(value)


def _plain(value: object) -> Any:
    match value:
        case bytes():
            return value.hex()
        case datetime():
            return value.isoformat()
        case tuple():
            return list(value)
        case _:
            return value
