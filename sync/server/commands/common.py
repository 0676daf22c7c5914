"""What the commands share: the data folder, opening it, printing results."""

import argparse
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from platformdirs import user_data_path

from sync.server.errors import NotFound
from sync.server.site import Site, is_site, open_site

DONE: Final = 0
WRONG: Final = 1
REFUSED: Final = 4


def shared_options() -> argparse.ArgumentParser:
    """Options that every command takes, as a parent parser."""
    parser = argparse.ArgumentParser(add_help=False)
    parser.add_argument(
        "--data",
        type=Path,
        metavar="DIR",
        default=user_data_path("cop-server", appauthor=False),
        help="folder with the server's data (default: %(default)s)",
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    return parser


def present_site(args: argparse.Namespace) -> Site:
    """The server in the data folder.

    Raises NotFound if there is none, and what `open_site` raises.
    """
    if not is_site(args.data):
        raise NotFound(f"there is no server in {args.data}; `cop-server init` makes one")
    return open_site(args.data)


def show(args: argparse.Namespace, values: dict[str, Any], words: str) -> None:
    """Print the values as JSON if that was asked for, else the words."""
    print(json.dumps(values, ensure_ascii=False) if args.json else words)


def utc_text(moment_ms: int) -> str:
    """Milliseconds since 1970 as ISO 8601 in UTC, whole seconds."""
    return datetime.fromtimestamp(moment_ms // 1000, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
