"""What every place offers for the record that is shown, the same keys everywhere."""

from PySide6.QtCore import QCoreApplication

from cop_desktop.ui.shell.actions import ActionSpec, Menu


def history_key(place: str) -> str:
    """Names the action that shows the history of what is current."""
    return f"{place}.history"


def versions_key(place: str) -> str:
    """Names the action that compares the versions of what is current."""
    return f"{place}.versions"


def trash_key(place: str) -> str:
    """Names the action that shows the trash of the community."""
    return f"{place}.show_trash"


def record_actions(place: str, *, has_trash: bool = True) -> tuple[ActionSpec, ...]:
    """The actions of a place, for its registration."""
    history = ActionSpec(
        history_key(place),
        _tr("&History…"),
        Menu.EDIT,
        "Ctrl+H",
        place,
        "history",
        group="record",
    )
    versions = ActionSpec(
        versions_key(place),
        _tr("T&wo versions…"),
        Menu.EDIT,
        "Ctrl+Shift+V",
        place,
        "versions",
        group="record",
    )
    trash = ActionSpec(
        trash_key(place), _tr("&Trash…"), Menu.FILE, "Ctrl+Shift+Del", place, "trash", group="trash"
    )
    return (history, versions, trash) if has_trash else (history, versions)


def _tr(words: str) -> str:
    return QCoreApplication.translate("RecordActions", words)
