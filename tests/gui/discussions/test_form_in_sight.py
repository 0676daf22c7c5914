"""The form for a topic in a small window: it begins at its top, and its button stays in sight."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from cop_desktop.ui.discussions import actions
from cop_desktop.ui.discussions.activities import ACTIVITIES
from cop_desktop.ui.discussions.writing.topic_form import TopicForm
from cop_desktop.ui.theme.theme import Theme
from tests.support.discussion_place import DiscussionPlace, OpenPlace
from tests.support.tab_walk import bring_to_front, stops_of
from tests.support.village import Village

SIZES = ((1024, 700, 1.0), (1366, 768, 1.0), (1024, 700, 2.0))


def opened(place: DiscussionPlace, width: int, height: int) -> TopicForm:
    place.window.resize(width, height)
    place.settle()
    place.trigger(actions.NEW)
    return place.page.form


def in_sight(part: QWidget) -> bool:
    """Whether all of it can be seen in the window."""
    shown = part.visibleRegion().boundingRect()
    place = QRect(part.mapTo(part.window(), QPoint()), part.size())
    return shown == part.rect() and part.window().rect().contains(place)


@pytest.mark.parametrize(("width", "height", "scale"), SIZES)
def test_it_opens_at_its_top_with_the_keyboard_in_sight_also_after_another_topic(
    village: Village,
    open_place: OpenPlace,
    theme: Theme,
    width: int,
    height: int,
    scale: float,
) -> None:
    theme.set_text_scale(scale)
    place = open_place(village.ben)
    bring_to_front(place.window)
    form = opened(place, width, height)
    for _ in range(2):
        bar = form._area.verticalScrollBar()
        assert bar.value() == 0
        assert in_sight(form.title)
        assert QApplication.focusWidget() is form.title
        bar.setValue(bar.maximum())
        form.composer.editor.setFocus()
        form.close_wanted.emit()
        place.settle()
        place.trigger(actions.NEW)


@pytest.mark.parametrize(("width", "height", "scale"), SIZES)
def test_the_button_and_what_was_attached_are_in_sight(
    village: Village,
    open_place: OpenPlace,
    theme: Theme,
    tmp_path: Path,
    width: int,
    height: int,
    scale: float,
) -> None:
    theme.set_text_scale(scale)
    place = open_place(village.ben)
    bring_to_front(place.window)
    form = opened(place, width, height)
    form.chooser.set_value("problem-solving")
    form.chooser.changed.emit()
    place.settle()
    assert in_sight(form.composer._submit)
    paper = tmp_path / "plan.txt"
    paper.write_text("Water, shade, shoes")
    form.composer.files_offered.emit((paper,))
    place.settle()
    assert form.composer.strip.isVisible()
    assert in_sight(form.composer.strip)
    assert in_sight(form.composer._submit)


def test_tab_goes_through_tags_and_files_where_they_stand(
    village: Village, open_place: OpenPlace, tmp_path: Path
) -> None:
    place = open_place(village.ben)
    bring_to_front(place.window)
    form = opened(place, 1366, 768)
    form.tags.line.added.emit("roads")
    paper = tmp_path / "plan.txt"
    paper.write_text("Water, shade, shoes")
    form.composer.files_offered.emit((paper,))
    form.composer.editor.insertPlainText("Here it is")
    place.settle()
    form.chooser.take_keyboard()
    names = [stop.accessibleName() for stop in stops_of(place.window)[1:]]
    tag, tags, text = (names.index(name) for name in ("Remove the tag roads", "Tags", "Text"))
    assert tags == tag + 1
    assert names[text + 1] == "Remove plan.txt"
    assert text > tags


def test_ctrl_n_leaves_somebody_where_they_write(village: Village, open_place: OpenPlace) -> None:
    place = open_place(village.ben)
    bring_to_front(place.window)
    form = opened(place, 1024, 700)
    form.composer.editor.setFocus()
    place.trigger(actions.NEW)
    assert QApplication.focusWidget() is form.composer.editor


def test_enter_goes_from_the_title_to_the_kinds_and_from_there_to_the_first_question(
    village: Village, open_place: OpenPlace
) -> None:
    place = open_place(village.ben)
    bring_to_front(place.window)
    form = opened(place, 1366, 768)
    QTest.keyClick(form.title, Qt.Key.Key_Return)
    card = QApplication.focusWidget()
    assert card is form.chooser._group.checkedButton()
    QTest.keyClick(card, Qt.Key.Key_Home)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert QApplication.focusWidget() is form.prompts.fields[0].editor


def test_arrows_go_on_to_the_next_row_of_kinds_and_round(
    village: Village, open_place: OpenPlace
) -> None:
    place = open_place(village.ben)
    bring_to_front(place.window)
    form = opened(place, 1024, 700)
    cards = [card for card in form.chooser._group.buttons() if card.isVisible()]
    form.chooser.take_keyboard()

    def press(key: Qt.Key) -> int:
        QTest.keyClick(QApplication.focusWidget(), key)
        assert form.chooser._group.checkedButton() is QApplication.focusWidget()
        return cards.index(QApplication.focusWidget())

    assert press(Qt.Key.Key_Home) == 0
    assert [press(Qt.Key.Key_Right) for _ in cards] == [*range(1, len(cards)), 0]
    assert [press(Qt.Key.Key_Left) for _ in cards] == [*range(len(cards) - 1, 0, -1), 0]
    assert press(Qt.Key.Key_Up) == 0
    below = press(Qt.Key.Key_Down)
    assert cards[below].y() > cards[0].y()
    assert all(card.y() <= cards[0].y() or card.y() >= cards[below].y() for card in cards)
    assert press(Qt.Key.Key_Up) == 0
    assert press(Qt.Key.Key_End) == len(cards) - 1
    assert press(Qt.Key.Key_Down) == len(cards) - 1


@pytest.mark.parametrize(("width", "height", "scale"), SIZES)
def test_what_is_being_written_stays_in_sight(
    village: Village,
    open_place: OpenPlace,
    theme: Theme,
    width: int,
    height: int,
    scale: float,
) -> None:
    theme.set_text_scale(scale)
    place = open_place(village.ben)
    form = opened(place, width, height)
    editor = form.composer.editor
    bring_to_front(place.window)
    editor.setFocus()
    for number in range(14):
        editor.insertPlainText(f"The road, part {number}\n")
        place.settle(1)
    assert editor.visibleRegion().boundingRect().contains(editor.cursorRect().center())
    form.prompts.show_prompts(ACTIVITIES[1].prompts)
    place.settle()
    answer = form.prompts.fields[2].editor
    answer.setFocus()
    answer.insertPlainText("As before.\n" * 8)
    place.settle()
    assert answer.visibleRegion().boundingRect().contains(answer.cursorRect().center())
