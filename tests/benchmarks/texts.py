"""The words that measurements are made with: real threads if they are there, else the sample."""

import json
import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SHARED = Path(os.environ.get("COP_SHARED_DATA", ROOT.parent / "shared" / "data"))
_LEAST, _MOST = 200, 2_000


def posts(count: int) -> tuple[str, list[str]]:
    """Where they are from, and that many bodies of 200 to 2,000 characters; repeated if need be."""
    files = sorted((SHARED / "threads").glob("*.jsonl"))
    if files:
        lines = (line for file in files for line in file.read_text("utf-8").splitlines())
        found, source = [json.loads(line)["body"] for line in lines], "shared threads"
    else:
        topics = json.loads((ROOT / "resources/sample/threads.json").read_text("utf-8"))["topics"]
        found = [post["body"] for topic in topics for post in topic["posts"]]
        source = "sample community"
    fitting = [body for body in found if _LEAST <= len(body) <= _MOST]
    repeats = -(-count // len(fitting))
    return source, (fitting * repeats)[:count]
