"""The widgets in a layout: which there are, and all of them taken away for good."""

from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QWidget

W = TypeVar("W", bound=QWidget)

_DIRECT = Qt.FindChildOption.FindDirectChildrenOnly


def things_in(layout: QLayout) -> list[QWidget | QLayout]:
    """The widgets and layouts that stand in it, in their order.

    Not by `itemAt`: Python keeps the item that it gives for as long as the layout is there. Qt
    removes it with its widget, and whatever comes to stand at its address is taken for it.
    """
    around = layout.parentWidget()
    widgets = [] if around is None else around.findChildren(QWidget, options=_DIRECT)
    layouts = layout.findChildren(QLayout, options=_DIRECT)
    placed: list[tuple[int, QWidget | QLayout]] = [(layout.indexOf(one), one) for one in widgets]
    placed += [(layout.indexOf(one), one) for one in layouts]
    return [one for place, one in sorted(placed, key=_place) if place >= 0]


def _place(placed: tuple[int, object]) -> int:
    return placed[0]


def parts_of(layout: QLayout, kind: type[W]) -> list[W]:
    """The widgets of this kind in it, in their order."""
    return [one for one in things_in(layout) if isinstance(one, kind)]


def take_all(layout: QLayout) -> None:
    """Takes every widget away for good."""
    while (taken := layout.takeAt(0)) is not None:
        widget = taken.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
