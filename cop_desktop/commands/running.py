"""From the name of a command to its answer, whatever happens on the way."""

import logging
from argparse import Namespace
from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Final

from cop_desktop import paths
from cop_desktop.commands.answer import Answer, Exit, tell, trouble
from cop_desktop.commands.errors import CommandError, Usage
from cop_desktop.commands.troubles import code_of, in_words
from cop_desktop.logs import start_log
from cop_desktop.services.errors import ServiceError
from cop_desktop.store.errors import StoreError
from sync.client.errors import BrokenAnswer, NetworkInTheWay, NoAnswer, SyncError, TooBig
from sync.core.errors import CoreError

_log = logging.getLogger(__name__)
_EXPECTED: Final = (SyncError, CommandError, StoreError, ServiceError, CoreError)
# Name → module and function, so that a command loads what it needs and no more.
_COMMANDS: Final[Mapping[str, tuple[str, str]]] = {
    "enrol": ("account", "enrol"),
    "sync": ("account", "sync"),
    "status": ("account", "status"),
    "topic new": ("discussions", "topic_new"),
    "topic list": ("discussions", "topic_list"),
    "reply": ("discussions", "reply"),
    "item new": ("library", "item_new"),
    "item set": ("library", "item_set"),
    "item list": ("library", "item_list"),
    "attach": ("library", "attach"),
    "fetch": ("library", "fetch"),
    "meeting new": ("meetings", "meeting_new"),
    "meeting list": ("meetings", "meeting_list"),
    "notes get": ("meetings", "notes_get"),
    "notes set": ("meetings", "notes_set"),
    "search": ("records", "search"),
    "show": ("records", "show"),
    "export": ("upkeep", "export"),
    "repair": ("upkeep", "repair"),
    "intake": ("intake", "intake"),
}


def run(arguments: Namespace) -> int:
    """Do what is asked and tell the answer; the exit code."""
    return tell(_answer(arguments), as_json=arguments.json)


def _answer(arguments: Namespace) -> Answer:
    module, name = _COMMANDS[arguments.command]
    command: Callable[[Namespace], Answer] = getattr(
        import_module(f"cop_desktop.commands.{module}"), name
    )
    try:
        return command(arguments)
    except KeyboardInterrupt:
        return trouble("Stopped. What was done until then stays.", "stopped", Exit.NEEDS_PERSON)
    except _EXPECTED as error:
        return trouble(in_words(error), code_of(error), _ending(error))
    except Exception as error:  # noqa: BLE001 - the top of the program's only thread
        return _unexpected(error)


def _ending(error: Exception) -> Exit:
    if isinstance(error, Usage):
        return Exit.USAGE
    is_line = isinstance(error, NoAnswer | NetworkInTheWay | TooBig | BrokenAnswer)
    return Exit.NO_CONNECTION if is_line else Exit.NEEDS_PERSON


def _unexpected(error: Exception) -> Answer:
    """Our bug: what the program was at goes to its log, because nobody at a school can use it."""
    words = "Something went wrong that the program did not expect. What was saved before is safe."
    try:
        log = start_log(paths.log_dir())
    except OSError:
        return trouble(f"{words} ({type(error).__name__})", "unexpected", Exit.NEEDS_PERSON)
    _log.error("a command failed", exc_info=error)
    return trouble(f"{words} Details are in {log}.", "unexpected", Exit.NEEDS_PERSON)
