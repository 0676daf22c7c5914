"""The widgets in a layout: which there are, and all of them taken away for good."""

from typing import TypeVar

from PySide6.QtWidgets import QLayout, QWidget

W = TypeVar("W", bound=QWidget)


def parts_of(layout: QLayout, kind: type[W]) -> list[W]:
    """The widgets of this kind in it, in their order."""
    items = [layout.itemAt(number) for number in range(layout.count())]
    widgets = [item.widget() for item in items if item is not None]
    return [widget for widget in widgets if isinstance(widget, kind)]


def take_all(layout: QLayout) -> None:
    """Takes every widget away for good."""
    while (taken := layout.takeAt(0)) is not None:
        widget = taken.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
