"""From the name of a command to its answer, whatever happens on the way."""

import re
from argparse import Namespace
from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Final

from cop_desktop.commands.answer import Answer, Exit, tell, trouble
from cop_desktop.commands.errors import CommandError
from cop_desktop.services.errors import ServiceError
from cop_desktop.store.errors import StoreError
from sync.client.errors import NetworkInTheWay, NoAnswer, SyncError
from sync.core.errors import CoreError

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
    except (NoAnswer, NetworkInTheWay) as error:
        return trouble(error, error.cause, Exit.NO_CONNECTION)
    except SyncError as error:
        return trouble(error, error.cause, Exit.NEEDS_PERSON)
    except CommandError as error:
        return trouble(error, error.code, Exit.NEEDS_PERSON)
    except (StoreError, ServiceError, CoreError) as error:
        return trouble(error, _code_of(error), Exit.NEEDS_PERSON)


def _code_of(error: Exception) -> str:
    """The class's name as a code: NotFound → not_found."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", type(error).__name__).lower()
