"""What must hold however often everything was killed."""

from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

from cop_desktop.commands.session import system_clock
from cop_desktop.services.export import Export
from cop_desktop.store import Replica
from sync.server import spaces
from sync.server.rebuilding import log_of
from sync.server.site import open_site
from tests.killing.people import WORD, Person
from tests.killing.town import Town

Problems = list[str]
_LOST: Final = "{word} ({verb}) was saved by {name} and is not {where}"
_DOUBLED: Final = "{word} ({verb}) of {name} is {count} times {where}"


def check_calm(town: Town) -> Problems:
    """What is wrong now that everybody has everything: lost, doubled, different, or refused."""
    problems: Problems = [f"{p.name} was refused {what}" for p in town.people for what in p.failed]
    shown = [person.ask("read") for person in town.people]
    for person, texts in zip(town.people, shown, strict=True):
        for verb, found in texts.items():
            counted = _counted("".join(found).split()) if verb == "notes" else _counted(found)
            problems += _compared(town.people, verb, counted, f"with {person.name}")
        if {verb: sorted(found) for verb, found in texts.items()} != {
            verb: sorted(found) for verb, found in shown[0].items()
        }:
            problems.append(f"{person.name} reads something else than {town.people[0].name}")
    problems += [str(found) for found in town.server.run("check")["problems"]]
    return problems


def check_end(town: Town) -> tuple[Problems, int]:
    """What is wrong once all have stopped: logs, tables, exports; and how many groups there are."""
    problems: Problems = []
    exports = []
    for person in town.people:
        with Replica.open(person.folder, system_clock()) as replica:
            problems += replica.check().problems
            before = _exported(replica, person.folder / "before")
            replica.rebuild()
            problems += replica.check().problems
            exports.append(_exported(replica, person.folder / "after"))
            if before != exports[-1]:
                problems.append(f"{person.name}'s tables are not what their log says")
    if any(exported != exports[0] for exported in exports):
        problems.append("the exports differ")
    problems += [str(found) for found in town.server.run("check")["problems"]]
    raws = _all_groups(town.server.data)
    problems += _in_groups(town.people, raws)
    problems += [
        f"a fault is in {log}"
        for log in town.server.data.parent.rglob("*.log*")
        if "Traceback" in log.read_text()
    ]
    return problems, len(raws)


def _counted(texts: Iterable[str]) -> Mapping[str, int]:
    return Counter(text.removesuffix(".dat") for text in texts)


def _compared(
    people: list[Person], verb: str, counted: Mapping[str, int], where: str
) -> Iterable[str]:
    for person in people:
        for word, asked in person.asked.items():
            count = counted.get(word, 0)
            facts = {"word": word, "verb": verb, "name": person.name, "where": where}
            if asked == verb and count == 0 and word in person.saved:
                yield _LOST.format(**facts)
            if count > (asked == verb):
                yield _DOUBLED.format(**facts, count=count)


def _exported(replica: Replica, folder: Path) -> dict[str, bytes]:
    Export(replica).export(folder)
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


def _all_groups(data: Path) -> list[bytes]:
    with open_site(data) as site, site.database.read() as connection:
        rows = [log_of(connection, space.id) for space in spaces.everyone(connection)]
        return [bytes(row.raw) for of_space in rows for row in of_space]


def _in_groups(people: list[Person], raws: list[bytes]) -> Iterable[str]:
    """Whether each word is in one group alone; notes, whose edits name parts of words, aside."""
    kept = Counter(word for raw in raws for word in set(WORD.findall(raw)))
    for person in people:
        for word, verb in person.asked.items():
            count = 0 if verb == "notes" else kept[word.encode()]
            facts = {"word": word, "verb": verb, "name": person.name, "where": "in the log"}
            if count == 0 and verb != "notes" and word in person.saved:
                yield _LOST.format(**facts)
            if count > 1:
                yield _DOUBLED.format(**facts, count=count)
