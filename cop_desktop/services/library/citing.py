"""How an item is cited, in the style of the APA and plainly. Pure.

Publication Manual of the American Psychological Association, 7th edition: author, year, title,
source.
"""

import re
from dataclasses import dataclass
from typing import Final

_BETWEEN_AUTHORS: Final = re.compile(r"\s*(?:;|\n|\s&\s|\sand\s)\s*")
_NAME_PART: Final = re.compile(r"[^\W\d_][\w.'\u2019\-]*")
_MOST_PARTS: Final = 4
_MOST_NAMED: Final = 20
"""As many authors as the APA style names; of more, the first ones and the last."""

_BODIES: Final = (
    "of for in the association board centre center college committee community council department",
    "education foundation government group institute learning ministry network nt office program",
    "programme project public school schools services society team territory university",
)
_NOT_OF_A_PERSON: Final = frozenset(word for line in _BODIES for word in line.split())


@dataclass(frozen=True, slots=True)
class Cited:
    """What a citation is made from. authors: as they were entered, or who added the item."""

    authors: str
    year: int
    title: str
    kind: str
    community: str


@dataclass(frozen=True, slots=True)
class Citation:
    """Ready to copy. apa: without its italics, which a plain text cannot have."""

    apa: str
    plain: str


def citation(cited: Cited) -> Citation:
    """The texts that name an item in somebody's own writing."""
    named = authors_in(cited.authors)
    title = cited.title.strip().rstrip(".")
    kind = f" [{cited.kind}]" if cited.kind else ""
    source = f" {cited.community.strip().rstrip('.')}." if cited.community.strip() else ""
    who = _joined([_turned(name) for name in named], "&", ", ")
    if who and not who.endswith("."):
        who += "."
    ended = "" if title.endswith(("?", "!")) and not kind else "."
    apa = f"{who} ({cited.year}). {title}{kind}{ended}{source}".strip()
    said = _joined(named, "and", " ")
    after = f", {said}" if said else ""
    where = f" In the library of {cited.community.strip()}." if cited.community.strip() else ""
    return Citation(apa, f"“{title}”{after}, {cited.year}.{where}")


def authors_in(text: str) -> list[str]:
    """The names in what was entered: between them stands a semicolon, an "and" or an "&".

    The name of a body ("Department of Education and Training") is one, whatever is in it.
    """
    parts = [part for part in text.split(";") if part.strip()]
    if len(parts) == 1 and _is_body(parts[0]):
        return [_tidy(parts[0])]
    names = [name for part in parts for name in _split(part)]
    return [name for name in map(_tidy, names) if name]


def _split(part: str) -> list[str]:
    return [part] if _is_body(part) else _BETWEEN_AUTHORS.split(part)


def _is_body(name: str) -> bool:
    return any(word.casefold().strip(",.") in _NOT_OF_A_PERSON for word in name.split())


def _turned(name: str) -> str:
    """As in "Smith, K. J."; what is not plainly a person's name in the usual order stays."""
    parts = name.split()
    plain = all(_NAME_PART.fullmatch(part) and part[0].isupper() for part in parts)
    if not 1 < len(parts) <= _MOST_PARTS or not plain or _is_body(name):
        return name
    first = " ".join(f"{part[0]}." for part in parts[:-1])
    return f"{parts[-1]}, {first}"


def _joined(names: list[str], last: str, before: str) -> str:
    """As in "A", "A & B", "A, B, & C". before: what stands before `last` where there are two."""
    if len(names) > _MOST_NAMED:
        return f"{', '.join(names[: _MOST_NAMED - 1])}, … {names[-1]}"
    if len(names) <= 1:
        return "".join(names)
    between = before if len(names) == 2 or last == "and" else ", "
    return f"{', '.join(names[:-1])}{between}{last} {names[-1]}"


def _tidy(name: str) -> str:
    return " ".join(name.split()).strip(" ,")
