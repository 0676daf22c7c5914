"""Finds words in a window for which there is not enough room."""

import re
from collections.abc import Iterator

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QCheckBox,
    QComboBox,
    QLabel,
    QPushButton,
    QRadioButton,
    QStyle,
    QStyleOptionComboBox,
    QTabBar,
    QToolButton,
    QWidget,
)

from cop_desktop.ui.widgets.labels import ElidedLabel

_SLACK = 1
_LINES_SLACK = 2


def cut_off(window: QWidget) -> list[str]:
    """Each visible text that does not fit, as the class, what lacks, and the text."""
    return [
        f"{type(widget).__name__} ({lack}): {words!r}"
        for widget in window.findChildren(QWidget)
        if widget.isVisible()
        for words, lack in _lacks(widget)
    ]


def _lacks(widget: QWidget) -> Iterator[tuple[str, str]]:
    if isinstance(widget, QLabel):
        yield from _of_label(widget)
    elif isinstance(widget, QAbstractButton):
        yield from _of_button(widget)
    elif isinstance(widget, QTabBar):
        for each in range(widget.count()):
            if widget.tabRect(each).width() + _SLACK < widget.tabSizeHint(each).width():
                yield widget.tabText(each), "tab"
    elif isinstance(widget, QComboBox):
        yield from _of_choice(widget)


def _of_label(label: QLabel) -> Iterator[tuple[str, str]]:
    words = QLabel.text(label)  # as it is shown, with the places where long words may go on
    if not words.strip() or isinstance(label, ElidedLabel):
        return
    room, metrics = label.contentsRect(), label.fontMetrics()
    if label.wordWrap():
        longest = max(metrics.horizontalAdvance(word) for word in re.split(r"[\s\u200b]+", words))
        if longest > room.width() + _SLACK:
            yield words, f"{longest} > {room.width()} wide"
        if label.heightForWidth(label.width()) > label.height() + _LINES_SLACK:
            yield words, f"{label.heightForWidth(label.width())} > {label.height()} high"
    elif metrics.size(0, words).width() > room.width() + _SLACK and not label.toolTip():
        yield words, f"{metrics.size(0, words).width()} > {room.width()} wide"
    yield from _outside(label, words)


def _of_button(button: QAbstractButton) -> Iterator[tuple[str, str]]:
    words = button.text()
    if not words.strip() or words in button.toolTip():
        return
    if isinstance(button, QToolButton):
        if button.toolButtonStyle() == Qt.ToolButtonStyle.ToolButtonIconOnly:
            return
    elif not isinstance(button, (QPushButton, QCheckBox, QRadioButton)):
        return  # draws itself, and is looked at by its own tests
    if button.sizeHint().width() > button.width() + _SLACK:
        yield words, f"{button.sizeHint().width()} > {button.width()} wide"
    yield from _outside(button, words)


def _of_choice(choice: QComboBox) -> Iterator[tuple[str, str]]:
    option = QStyleOptionComboBox()
    choice.initStyleOption(option)
    room = choice.style().subControlRect(
        QStyle.ComplexControl.CC_ComboBox,
        option,
        QStyle.SubControl.SC_ComboBoxEditField,
        choice,
    )
    width = choice.fontMetrics().horizontalAdvance(choice.currentText())
    if width > room.width() + _SLACK and not choice.toolTip():
        yield choice.currentText(), f"{width} > {room.width()} wide"


def _outside(widget: QWidget, words: str) -> Iterator[tuple[str, str]]:
    """Whether a part that is around it hides some of its width, where nobody can scroll to."""
    around = widget.parentWidget()
    while around is not None and not widget.isWindow():
        left = widget.mapTo(around, QPoint(0, 0)).x()
        over = max(-left, left + widget.width() - around.width())
        if over > _SLACK and not _scrolls(around):
            yield words, f"{over} outside {type(around).__name__}"
            return
        if around.isWindow() or _scrolls(around):
            return
        around = around.parentWidget()


def _scrolls(around: QWidget) -> bool:
    area = around.parentWidget()
    if not isinstance(area, QAbstractScrollArea) or area.viewport() is not around:
        return False
    return area.horizontalScrollBar().maximum() > 0
