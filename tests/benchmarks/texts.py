"""The words that measurements are made with: real ones if they are there, else made-up ones."""

import io
import json
import os
import random
from dataclasses import dataclass
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]
SHARED: Final = Path(os.environ.get("COP_SHARED_DATA", ROOT.parent / "shared" / "data"))
TOPICS, REPLIES, NOTES, ITEMS = 1_500, 7_000, 300, 1_200
_REPLY: Final = range(200, 2_001)
_NOTES: Final = range(2_000, 6_001)
_MORE: Final = range(200, 900)
"""Of summaries, and of replies where there are not enough."""
_PIECE: Final = 4_000


@dataclass(frozen=True)
class Texts:
    """The texts of 10,000 records, no two alike. source: where they are from."""

    source: str
    titles: list[str]
    replies: list[str]
    notes: list[str]
    items: list[tuple[str, str]]

    def as_one_file(self) -> bytes:
        """All of them, one after the other."""
        lines = [*self.titles, *self.replies, *self.notes]
        return "\n".join([*lines, *(part for item in self.items for part in item)]).encode()


def texts(seed: int = 1) -> Texts:
    """The texts of the workload; the same every time."""
    dice = random.Random(seed)
    found = _shared() if (SHARED / "threads").is_dir() else None
    source = "shared data" if found else "generated words"
    subjects, posts, prose = found or _generated(dice)
    replies = [post for post in posts if len(post) in _REPLY][:REPLIES]
    rest = _shuffled("\n\n".join([*(p for p in posts if len(p) not in _REPLY), *prose]), dice)
    replies += [rest.read(dice.choice(_MORE)) for _ in range(REPLIES - len(replies))]
    notes = [rest.read(dice.choice(_NOTES)) for _ in range(NOTES)]
    summaries = [rest.read(dice.choice(_MORE)) for _ in range(ITEMS)]
    titles = list(dict.fromkeys([*subjects, *(f"{s}, again" for s in subjects)]))
    dice.shuffle(replies)
    items = [(text[:60].replace("\n", " "), text) for text in summaries]
    return Texts(source, titles[:TOPICS], replies, notes, items)


def _shuffled(text: str, dice: random.Random) -> io.StringIO:
    """The text, its pieces of some thousand characters in another order."""
    pieces = [text[at : at + _PIECE] for at in range(0, len(text), _PIECE)]
    dice.shuffle(pieces)
    return io.StringIO("".join(pieces))


def _shared() -> tuple[list[str], list[str], list[str]]:
    files = sorted((SHARED / "threads").glob("*.jsonl"))
    lines = [json.loads(line) for f in files for line in f.read_text("utf-8").splitlines()]
    folders = (SHARED / "minutes", SHARED / "documents")
    prose = [p.read_text("utf-8", "replace") for f in folders for p in sorted(f.rglob("*.md"))]
    return list(dict.fromkeys(x["subject"] for x in lines)), [x["body"] for x in lines], prose


def _generated(dice: random.Random) -> tuple[list[str], list[str], list[str]]:
    """Words as often as in a language (Zipf's law), made of syllables."""
    syllables = [c + v for c in "bdfghklmnprstvw" for v in ("a", "e", "i", "o", "u", "ai", "ou")]
    words = ["".join(dice.choices(syllables, k=dice.randint(1, 4))) for _ in range(20_000)]
    weights = [1 / rank for rank in range(1, len(words) + 1)]

    def text(count: int) -> str:
        return " ".join(dice.choices(words, weights, k=count))

    subjects = [text(7) for _ in range(TOPICS)]
    posts = [text(dice.randint(40, 260))[: _REPLY[-1]] for _ in range(REPLIES)]
    return subjects, posts, [text(4_000) for _ in range(110)]
