"""Every text in a window that somebody can see, hear from a screen reader, or find in a menu."""

from collections.abc import Iterator

from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QModelIndex, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QCalendarWidget,
    QComboBox,
    QGroupBox,
    QLabel,
    QLineEdit,
    QMainWindow,
    QMenu,
    QPlainTextEdit,
    QTabBar,
    QWidget,
)

_MOST_ROWS = 60
_SPOKEN = Qt.ItemDataRole.AccessibleTextRole
_SHOWN = Qt.ItemDataRole.DisplayRole


def texts_on(window: QWidget) -> Iterator[tuple[str, str]]:
    """Where it stands, and the text. Menus are looked at whether they are open or not."""
    yield type(window).__name__, window.windowTitle()
    for widget in window.findChildren(QWidget):
        if _is_of_the_system(widget):
            continue
        if widget.isVisible():
            name = f"{type(widget.parentWidget()).__name__}/{type(widget).__name__}"
            for text in _texts_of(widget):
                yield name, text
        elif isinstance(widget, QMenu):
            yield type(widget).__name__, widget.title()
            for action in widget.actions():
                yield f"menu {widget.title()}", action.text().partition("\t")[0]
    if isinstance(window, QMainWindow):
        for action in window.menuBar().actions():
            yield "menu bar", action.text()


def _is_of_the_system(widget: QWidget) -> bool:
    """Calendars and buttons of tabs have their words from Qt, in the language of dates."""
    if isinstance(widget.parentWidget(), QTabBar):
        return True
    around: QWidget | None = widget
    while around is not None and not isinstance(around, QCalendarWidget):
        around = around.parentWidget()
    return around is not None


def _texts_of(widget: QWidget) -> Iterator[str]:
    yield widget.toolTip()
    yield widget.accessibleName()
    yield widget.accessibleDescription()
    match widget:
        case QLabel() | QAbstractButton():
            yield widget.text()
        case QGroupBox():
            yield widget.title()
        case QLineEdit() | QPlainTextEdit():
            yield widget.placeholderText()
        case QTabBar():
            yield from (widget.tabText(each) for each in range(widget.count()))
        case QComboBox():
            yield from (widget.itemText(each) for each in range(widget.count()))
        case QAbstractItemView() if widget.model() is not None:
            yield from _texts_in(widget.model())


def _texts_in(model: QAbstractItemModel) -> Iterator[str]:
    nowhere = QModelIndex()
    columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount(nowhere)
    for row in range(min(model.rowCount(nowhere), _MOST_ROWS)):
        for column in range(columns):
            for role in (_SHOWN, _SPOKEN):
                text = model.index(row, column).data(role)
                if isinstance(text, str):
                    yield text
