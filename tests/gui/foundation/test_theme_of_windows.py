"""Another look or text size while a window is open: all of it changes, and not ten times over."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QToolTip, QWidget

from cop_desktop.ui.shell.window_memory import MemoryInMind
from cop_desktop.ui.theme.theme import Appearance, Theme
from cop_desktop.ui.widgets.application import application
from cop_desktop.ui.widgets.buttons import push_button
from cop_desktop.ui.widgets.form.fields import FormField
from cop_desktop.ui.widgets.form.form import FieldForm, FormDialog
from cop_desktop.ui.widgets.labels import label, set_property
from cop_desktop.ui.widgets.tag_row import TagField
from tests.support.demo_pages import DemoWindow
from tests.support.discussion_place import turn


class _Counting(QObject):
    """How often widgets were styled anew."""

    def __init__(self) -> None:
        super().__init__()
        self.times = 0

    def eventFilter(  # noqa: N802 - Qt's name
        self, _watched: QObject, event: QEvent
    ) -> bool:
        self.times += event.type() == QEvent.Type.StyleChange
        return False


@pytest.fixture
def window(theme: Theme, qtbot) -> Iterator[DemoWindow]:
    made = DemoWindow(theme, MemoryInMind())
    qtbot.addWidget(made)
    made.show()
    made.show_place("discussions")
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    yield made
    made.hide()  # the next theme is put on the application again


def depth(widget: QWidget) -> int:
    parent = widget.parentWidget()
    return 0 if parent is None else 1 + depth(parent)


def settled(window: DemoWindow) -> QImage:
    """What its page shows once all is laid out, with the keyboard elsewhere."""
    window.open_search()
    for _ in range(8):
        turn()
    return window.page("discussions").grab().toImage()


def ground_of(widget: QWidget) -> str:
    """The colour at the middle of its upper edge."""
    return widget.grab().toImage().pixelColor(widget.width() // 2, 3).name()


def test_no_widget_is_styled_more_than_twice_however_deep_it_stands(
    theme: Theme, window: DemoWindow
) -> None:
    deepest = max(window.findChildren(QWidget), key=depth)
    assert depth(deepest) > 4
    counting = _Counting()
    deepest.installEventFilter(counting)
    for change in (theme.step_text_scale, theme.step_text_scale):
        counting.times = 0
        change(1)
        assert 1 <= counting.times <= 2
    counting.times = 0
    theme.set_appearance(Appearance.DARK)
    assert 1 <= counting.times <= 2


def test_words_and_buttons_are_as_large_and_as_coloured_as_after_a_start_with_that_look(
    theme: Theme, window: DemoWindow
) -> None:
    theme.set_text_scale(2.0)
    theme.set_appearance(Appearance.DARK)
    later = settled(window)
    assert window.styleSheet()
    window.hide()
    theme.set_text_scale(1.0)  # nothing is shown: put on the application as at a start
    theme.set_text_scale(2.0)
    assert not window.styleSheet()
    window.show()
    assert settled(window) == later


def test_a_window_and_a_dialog_opened_later_look_the_same(
    theme: Theme, window: DemoWindow, qtbot
) -> None:
    theme.set_text_scale(2.0)
    dialog = FormDialog(theme, "Add", FieldForm(theme, [FormField("title", "&Title")]), "OK")
    button = push_button(theme, "Inside", "primary")
    button.setParent(window)
    assert dialog.findChildren(QWidget)
    line = dialog.form.editor("title")
    assert line.sizeHint().height() >= theme.metrics.control
    dialog.setParent(window, dialog.windowFlags())
    qtbot.addWidget(dialog)
    theme.set_text_scale(1.5)
    assert not dialog.styleSheet()
    assert line.sizeHint().height() < 2 * theme.metrics.control
    second = DemoWindow(theme, MemoryInMind())
    qtbot.addWidget(second)
    assert second.styleSheet() == window.styleSheet() != ""


def test_what_a_field_proposes_and_tooltips_look_so_too(
    theme: Theme, window: DemoWindow, qtbot
) -> None:
    tags = TagField(theme, "Tags", ["roads", "wet season"])
    tags.setParent(window)
    tags.show()
    theme.set_appearance(Appearance.CONTRAST)
    tags.line.setFocus()
    qtbot.waitUntil(tags.line.hasFocus)
    offers = tags.line.completer().popup()
    offers.resize(120, 60)
    assert ground_of(offers) == theme.colour("surface").name()
    QToolTip.showText(window.mapToGlobal(window.rect().center()), "words", window)
    tips = [top for top in application().topLevelWidgets() if top.inherits("QTipLabel")]
    assert [ground_of(tip) for tip in tips] == [theme.colour("text").name()]
    QToolTip.hideText()


def test_a_part_that_changes_its_role_is_styled_in_a_window_with_another_look(
    theme: Theme, window: DemoWindow
) -> None:
    words = label("Words")
    words.setParent(window)
    words.show()
    theme.set_appearance(Appearance.DARK)
    set_property(words, "role", "problem")
    assert words.palette().windowText().color() == theme.colour("bad")
