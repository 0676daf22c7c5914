"""Tab in the order in which things stand: what is made later would otherwise come last."""

from collections.abc import Iterator
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QWidget

from cop_desktop.ui.widgets.layout_parts import things_in


def tab_as_laid_out(root: QWidget) -> None:
    """From now on Tab goes through what is in `root` in the order of its layouts."""
    layout = root.layout()
    stops = [] if layout is None else list(_stops(layout))
    for before, after in pairwise(stops):
        QWidget.setTabOrder(before, after)


def _stops(layout: QLayout) -> Iterator[QWidget]:
    for thing in things_in(layout):
        yield from _stops(thing) if isinstance(thing, QLayout) else _of(thing)


def _of(widget: QWidget) -> Iterator[QWidget]:
    policy = widget.focusPolicy()
    # Of rows of which one is the stop, the others may become it.
    if policy is not Qt.FocusPolicy.NoFocus:
        yield widget
    if not policy & Qt.FocusPolicy.TabFocus and (layout := widget.layout()) is not None:
        yield from _stops(layout)
