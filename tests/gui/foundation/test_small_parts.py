"""The sync sentence, search boxes, empty states and other small parts."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
    QWidgetItem,
)
from shiboken6 import getAllValidWrappers

from cop_desktop.ui.theme.theme import Theme
from cop_desktop.ui.widgets.avatar import initials
from cop_desktop.ui.widgets.busy_row import BusyRow
from cop_desktop.ui.widgets.buttons import TwoLineButton, TwoLines, push_button
from cop_desktop.ui.widgets.empty_state import EmptyState
from cop_desktop.ui.widgets.labels import ElidedLabel, label
from cop_desktop.ui.widgets.layout_parts import parts_of, things_in
from cop_desktop.ui.widgets.search_box import SearchBox
from cop_desktop.ui.widgets.sync_sentence import SyncSentence, SyncWords
from cop_desktop.ui.widgets.tab_chain import tab_as_laid_out
from cop_desktop.ui.widgets.tag_row import TagRow

WAITING = "3 things waiting to go, safe on this computer · last contact 9 days ago"


@pytest.fixture
def sentence(theme: Theme, qtbot) -> SyncSentence:
    made = SyncSentence(theme)
    qtbot.addWidget(made)
    made.resize(900, 40)
    made.show()
    return made


def test_sync_is_always_words(sentence: SyncSentence) -> None:
    sentence.show_words(SyncWords(WAITING))
    button = sentence.findChild(QPushButton)
    assert button.text() == WAITING
    assert button.accessibleName() == WAITING
    assert not sentence.findChild(QProgressBar).isVisible()


def test_progress_has_a_bar_beside_the_words(sentence: SyncSentence) -> None:
    sentence.show_words(SyncWords("Receiving: 240 of 1,900", done=240, total=1_900))
    bar = sentence.findChild(QProgressBar)
    assert bar.isVisible()
    assert (bar.value(), bar.maximum()) == (240, 1_900)
    assert bar.accessibleName() == "Receiving: 240 of 1,900"


def test_the_sentence_opens_the_sync_page_by_mouse_and_key(sentence, qtbot) -> None:
    sentence.show_words(SyncWords(WAITING))
    button = sentence.findChild(QPushButton)
    with qtbot.waitSignal(sentence.clicked):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(sentence.clicked):
        qtbot.keyClick(button, Qt.Key.Key_Space)


def test_a_narrow_window_drops_whole_parts_of_the_sentence(sentence, qtbot) -> None:
    sentence.show_words(SyncWords(WAITING))
    button = sentence.findChild(QPushButton)
    qtbot.waitUntil(lambda: button._fitting(WAITING) == WAITING)
    sentence.resize(460, 40)
    qtbot.waitUntil(lambda: button.width() < 470)
    assert button._fitting(WAITING) == "3 things waiting to go, safe on this computer"


def test_of_three_parts_the_middle_one_goes_first_and_the_cause_is_kept_to_the_last(
    sentence, qtbot
) -> None:
    cause = "The server does not answer."
    whole = f"{WAITING} · {cause}"
    sentence.resize(1_200, 40)
    sentence.show_words(SyncWords(whole, "offline", "warn", kept=cause))
    button = sentence.findChild(QPushButton)
    first = WAITING.split(" · ", maxsplit=1)[0]
    for width, said in ((1_400, whole), (720, f"{first} · {cause}"), (360, cause)):
        sentence.resize(width, 40)
        qtbot.waitUntil(lambda said=said: button._fitting(whole) == said)
        button.grab()
        assert bool(button.toolTip()) is (said != whole)
    assert whole in button.toolTip()
    assert button.accessibleName() == whole


def test_search_is_told_once_typing_settles(theme: Theme, qtbot) -> None:
    box = SearchBox(theme, "Find")
    qtbot.addWidget(box)
    told: list[str] = []
    box.search_changed.connect(told.append)
    qtbot.keyClicks(box, " wet season ")
    qtbot.waitUntil(lambda: bool(told))
    assert told == ["wet season"]


def test_escape_clears_and_down_goes_to_the_results(theme: Theme, qtbot) -> None:
    box = SearchBox(theme, "Find")
    qtbot.addWidget(box)
    box.show()
    qtbot.keyClicks(box, "x")
    assert box._clear.isVisible()
    with qtbot.waitSignal(box.search_changed) as told:
        qtbot.keyClick(box, Qt.Key.Key_Escape)
    assert told.args == [""]
    assert not box._clear.isVisible()
    with qtbot.waitSignal(box.results_wanted):
        qtbot.keyClick(box, Qt.Key.Key_Down)
    with qtbot.waitSignal(box.search_entered):
        qtbot.keyClick(box, Qt.Key.Key_Return)


def test_an_empty_place_offers_the_first_thing_to_do(theme: Theme, qtbot) -> None:
    state = EmptyState(theme, "meetings", "No meetings yet", "Plan one.")
    qtbot.addWidget(state)
    state.show()
    button = state.findChild(QPushButton)
    assert not button.isVisible()
    state.set_action("Plan the first meeting")
    with qtbot.waitSignal(state.action_wanted):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_long_work_can_be_stopped(theme: Theme, qtbot) -> None:
    row = BusyRow(theme)
    qtbot.addWidget(row)
    row.show_busy("Reading documents", 3, 190)
    assert row.isVisible()
    with qtbot.waitSignal(row.cancel_wanted):
        qtbot.mouseClick(row.findChild(QPushButton), Qt.MouseButton.LeftButton)
    row.show_idle()
    assert not row.isVisible()


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Marion Webb", "MW"),
        ("Tom van der Berg", "TB"),
        ("Aisha", "A"),
        ("émile zola", "ÉZ"),
        ("  ", "?"),
        ("(deceased)", "?"),
    ],
)
def test_initials(name: str, expected: str) -> None:
    assert initials(name) == expected


def test_a_tag_tells_which_one_it_is(theme: Theme, qtbot) -> None:
    row = TagRow(theme, ("R&D", "families"))
    qtbot.addWidget(row)
    row.show()
    with qtbot.waitSignal(row.tag_chosen) as told:
        qtbot.mouseClick(row.findChildren(QPushButton)[0], Qt.MouseButton.LeftButton)
    assert told.args == ["R&D"]


def test_labels_never_read_markup(theme: Theme, qtbot) -> None:
    for made in (label("<b>x</b>"), ElidedLabel("<img src='file:///x'>")):
        qtbot.addWidget(made)
        assert made.textFormat() == Qt.TextFormat.PlainText


def test_a_shortened_line_has_all_of_it_as_tooltip(theme: Theme, qtbot) -> None:
    made = ElidedLabel("a very long line that does not fit")
    qtbot.addWidget(made)
    made.resize(60, 20)
    made.show()
    made.grab()
    assert made.toolTip() == "a very long line that does not fit"


def test_a_compact_button_says_its_words_as_tooltip(theme: Theme, qtbot) -> None:
    button = TwoLineButton(theme, TwoLines("Arnhem Land", "14 members", avatar="Arnhem Land"))
    qtbot.addWidget(button)
    assert button.toolTip() == ""
    button.set_compact(True)
    assert button.toolTip() == "Arnhem Land, 14 members"
    assert button.sizeHint().width() < 60


def test_the_icon_of_a_button_grows_with_its_words(theme: Theme, qtbot) -> None:
    button = push_button(theme, "Post reply", "primary", "send")
    qtbot.addWidget(button)
    before = button.iconSize().height()
    theme.set_text_scale(2.0)
    assert button.iconSize().height() == 2 * before


def test_python_keeps_nothing_of_a_layout_that_qt_takes_out_of_it(qtbot) -> None:
    around = QWidget()
    qtbot.addWidget(around)
    column, line = QVBoxLayout(around), QHBoxLayout()
    first, second, last = QPushButton("first"), QPushButton("second"), QPushButton("last")
    column.addWidget(last)
    column.insertLayout(0, line)
    line.addWidget(first)
    line.addWidget(second)
    before = kept_items()
    tab_as_laid_out(around)
    assert things_in(column) == [line, last]
    assert parts_of(line, QPushButton) == [first, second]
    assert kept_items() == before, "what Qt puts at the address of one is taken for it"


def kept_items() -> int:
    return sum(type(one) is QWidgetItem for one in getAllValidWrappers())
