"""`docs/kinds.md`: the catalogue for who writes another program.

`python -m tests.support.kinds_page` writes it anew.
"""

from pathlib import Path
from typing import Final

from sync.catalogue import CATALOGUE
from sync.catalogue.declare import LINE, Field, Kind

PAGE: Final = Path(__file__).parents[2] / "docs" / "kinds.md"
_HEAD: Final = f"""# Kinds and fields by number

Made from `sync/catalogue` by `python -m tests.support.kinds_page`; a test holds both together.
Numbers are given out once and for ever. Each line is a field: number, name, type, rule of merging;
then what it must keep to. A text has at most {LINE} characters unless it says more (of a set each
element), a number is at most its limit either way. Moments are milliseconds since 1970 in UTC, days
`YYYY-MM-DD`, references ids.

*Key*: the fields that a record's id follows from; without one it follows from the group that makes
the record. *May*: who makes, changes, deletes: anyone in the space; the creator and facilitators;
the owner, who is the member that the owner field names, or without one the record's own id;
facilitators; the server alone, which may do everything.
"""


def page() -> str:
    """The whole page."""
    kinds = sorted(CATALOGUE, key=lambda kind: kind.number)
    return _HEAD + "".join(f"\n{_kind(kind)}" for kind in kinds)


def _kind(kind: Kind) -> str:
    rule = kind.write
    facts = [f"Space: {kind.space}.", f"May: {rule.create}, {rule.change}, {rule.delete}."]
    if kind.key:
        facts.append(f"Key: {', '.join(kind.key)}.")
    if kind.owner:
        facts.append(f"Owner: {kind.owner}.")
    fields = "".join(f"- {_field(each)}\n" for each in kind.fields)
    return f"## {kind.number} {kind.name}\n\n{' '.join(facts)}\n\n{fields}"


def _field(field: Field) -> str:
    words = [f"{field.number} `{field.name}` {field.type}, {field.merge}"]
    if field.required:
        words.append("required")
    if field.limit != LINE:
        words.append(f"at most {field.limit}")
    if field.refers_to:
        words.append(f"of {', '.join(field.refers_to)}")
    if field.choices:
        words.append(f"one of {', '.join(field.choices)}")
    return "; ".join(words)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
