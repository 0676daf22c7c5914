"""`cop-server serve`: take requests until told to stop."""

import argparse
import json

from sync.server.commands.common import DONE
from sync.server.logs import log_to_stderr
from sync.server.site import open_site


def add(commands: argparse._SubParsersAction, shared: argparse.ArgumentParser) -> None:  # type: ignore[type-arg]
    """Add the command."""
    parser = commands.add_parser("serve", parents=[shared], help="take requests until told to stop")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on")
    parser.add_argument("--port", type=int, default=8765, help="port; 0 takes a free one")
    parser.add_argument("--name", help="name of the server, if it begins in this folder")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Serve; the first line printed is {"url": ...}, once requests are taken."""
    # The other commands are done before this would be loaded.
    from sync.server.serving import Serving, bound_socket, url_of

    log_to_stderr()
    listening = bound_socket(args.host, args.port)
    url = url_of(listening)

    def tell() -> None:
        print(json.dumps({"url": url}), flush=True)

    with listening, open_site(args.data, args.name) as site:
        Serving(site, tell).run([listening])
    return DONE
