"""One row of a short list of a meeting, as it is shown."""

from dataclasses import dataclass

from cop_desktop.ui.widgets.rows import Badge


@dataclass(frozen=True, slots=True)
class Part:
    """An agenda item, a decision or an action. key: its id as text.

    mark: stands in front, such as a number. done: None for what cannot be ticked.
    """

    key: str
    title: str
    detail: str = ""
    mark: str = ""
    done: bool | None = None
    badges: tuple[Badge, ...] = ()
    two_versions: bool = False


@dataclass(frozen=True, slots=True)
class PartRights:
    """What the rows of one list offer. enter: words for what Enter does, where that is no change.

    history: of the records behind the rows.
    """

    edit: bool = True
    move: bool = True
    remove: bool = True
    enter: str = ""
    history: bool = True
