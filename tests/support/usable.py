"""Whether what a window shows can be named, hit and read: each check lists what is amiss."""

from collections.abc import Iterator
from itertools import combinations

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QCheckBox,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QSplitter,
    QStackedWidget,
    QTabBar,
    QToolButton,
    QWidget,
)

from cop_desktop.ui.discussions.thread.posts import Posts
from cop_desktop.ui.widgets.labels import ElidedLabel

LEAST_TARGET_PX = 24
"""WCAG 2.2, 2.5.8."""

_SLACK_PX = 2
_HIT = (QAbstractButton, QComboBox, QLineEdit, QAbstractSpinBox)
_WITH_WORDS = (QPushButton, QToolButton, QCheckBox, QRadioButton)
_SOLID = (QLabel, QAbstractItemView, *_HIT)


def nameless(window: QWidget) -> list[str]:
    """What Tab comes to, or a mouse presses, and a screen reader has no name for."""
    return [
        f"no name: {described(each)}"
        for each in _shown(window)
        if (_takes_tab(each) or isinstance(each, _HIT)) and not _inside(each) and not _name(each)
    ]


def unexplained(window: QWidget) -> list[str]:
    """Buttons with a picture alone that do not say what they do when the mouse rests on them."""
    return [
        f"no tooltip: {described(each)}"
        for each in _shown(window)
        if isinstance(each, QToolButton)
        and _is_picture(each)
        and not each.toolTip()
        and not _inside(each)
    ]


def small_targets(window: QWidget) -> list[str]:
    """What is too small to be hit by an unsure hand."""
    found = []
    for each in _shown(window):
        if isinstance(each, _HIT) and not _inside(each):
            sizes = [each.size()]
        elif isinstance(each, QTabBar):
            sizes = [each.tabRect(tab).size() for tab in range(each.count())]
        elif isinstance(each, QAbstractItemView) and each.model() and each.model().rowCount():
            box = each.visualRect(each.model().index(0, 0))
            sizes = [box.size()] if box.isValid() else []
        else:
            continue
        found += [
            f"{size.width()} x {size.height()} px: {described(each)}"
            for size in sizes
            if min(size.width(), size.height()) < LEAST_TARGET_PX
        ]
    return found


def cut_off(window: QWidget) -> list[str]:
    """Words without room, controls that stick out at the side, and things over each other."""
    found = []
    for each in _shown(window):
        if not _has_room(each):
            found.append(f"words cut: {described(each)}")
        if isinstance(each, _SOLID) and not _inside(each) and _sticks_out(each, window):
            found.append(f"sticks out: {described(each)}")
        found += [
            f"over each other: {described(one)} and {described(other)}"
            for one, other in _over_each_other(each)
        ]
    return found


def unreached(window: QWidget, stops: list[QWidget]) -> list[str]:
    """What a mouse can press and Tab does not lead to. stops: where it led."""
    reached = {id(stop) for stop in stops}
    return [
        f"not reached: {described(each)}"
        for each in _shown(window)
        if _takes_tab(each)
        and each.isEnabled()
        and each.focusProxy() is None
        and id(each) not in reached
        and not _led_by_arrows(each, reached)
    ]


def described(widget: QWidget) -> str:
    """A widget for who has to find it."""
    names = (_name(widget), widget.objectName(), widget.toolTip())
    parents = []
    parent = widget.parentWidget()
    while parent is not None and len(parents) < 3:
        parents.append(type(parent).__name__)
        parent = parent.parentWidget()
    name = next((name for name in names if name), "")
    return f"{type(widget).__name__} {name[:60]!r} in {'/'.join(parents)}"


def _shown(window: QWidget) -> Iterator[QWidget]:
    for each in window.findChildren(QWidget):
        if each.isVisible() and each.window() is window and not each.size().isEmpty():
            yield each


def _name(widget: QWidget) -> str:
    told = QAccessible.queryAccessibleInterface(widget)
    return told.text(QAccessible.Text.Name) if told is not None else ""


def _is_picture(button: QToolButton) -> bool:
    alone = button.toolButtonStyle() == Qt.ToolButtonStyle.ToolButtonIconOnly
    return not button.text() or (alone and not button.icon().isNull())


def _takes_tab(widget: QWidget) -> bool:
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)


def _inside(widget: QWidget) -> bool:
    """Whether it is a part of another control, which stands for it."""
    parent = widget.parentWidget()
    if isinstance(widget, QHeaderView):
        return True
    return isinstance(parent, QComboBox | QAbstractSpinBox | QLineEdit | QTabBar) or (
        isinstance(parent, QAbstractItemView) and not isinstance(widget, QAbstractItemView)
    )


def _led_by_arrows(widget: QWidget, reached: set[int]) -> bool:
    """One of a group: Tab comes to the chosen one, arrows go on from there."""
    posts = _posts_of(widget)
    if posts is not None:
        return id(posts) in reached
    if not isinstance(widget, QAbstractButton):
        return False
    group = widget.group()
    if group is not None:
        others = group.buttons()
    elif isinstance(widget, QRadioButton) and widget.parentWidget() is not None:
        others = widget.parentWidget().findChildren(QRadioButton)
    else:
        return False
    return any(id(other) in reached for other in others)


def _posts_of(widget: QWidget) -> Posts | None:
    parent = widget.parentWidget()
    while parent is not None and not isinstance(parent, Posts):
        parent = parent.parentWidget()
    return parent


def _has_room(widget: QWidget) -> bool:
    if isinstance(widget, QLabel):
        if isinstance(widget, ElidedLabel) or not widget.text():
            return True
        if widget.wordWrap():
            return widget.height() + _SLACK_PX >= widget.heightForWidth(widget.width())
        return widget.width() + _SLACK_PX >= widget.sizeHint().width()
    is_picture = isinstance(widget, QToolButton) and _is_picture(widget)
    if isinstance(widget, _WITH_WORDS) and widget.text() and not is_picture:
        if type(widget).paintEvent not in _PLAIN:
            return True
        return widget.width() + _SLACK_PX >= widget.sizeHint().width()
    return True


_PLAIN = tuple(kind.paintEvent for kind in _WITH_WORDS)
"""Those who paint themselves may put dots where there is no room."""


def _sticks_out(widget: QWidget, window: QWidget) -> bool:
    """Whether a part of it can neither be seen nor scrolled to."""
    area = _area_of(widget, window)
    if area is None:
        box = QRect(widget.mapTo(window, QPoint()), widget.size())
        return not window.rect().adjusted(-1, -1, 1, 1).contains(box)
    if area.horizontalScrollBar().maximum() > 0:
        return False
    ground = area.viewport()
    left = widget.mapTo(ground, QPoint()).x()
    return left < -_SLACK_PX or left + widget.width() > ground.width() + _SLACK_PX


def _area_of(widget: QWidget, window: QWidget) -> QAbstractScrollArea | None:
    parent = widget.parentWidget()
    while parent is not None and parent is not window:
        if isinstance(parent, QAbstractScrollArea):
            return parent
        parent = parent.parentWidget()
    return None


def _over_each_other(parent: QWidget) -> list[tuple[QWidget, QWidget]]:
    if isinstance(parent, QStackedWidget | QSplitter | QAbstractScrollArea):
        return []
    if parent.layout() is None:
        return []
    inside = [
        each
        for each in parent.children()
        if isinstance(each, _SOLID) and each.isVisible() and not each.size().isEmpty()
    ]
    less = _SLACK_PX
    return [
        (one, other)
        for one, other in combinations(inside, 2)
        if one.geometry().adjusted(less, less, -less, -less).intersects(other.geometry())
    ]
