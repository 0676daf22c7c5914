"""Lists: fast, by keyboard, and they keep their place."""

import pytest
from PySide6.QtCore import Qt

from cop_desktop.ui.theme.theme import Theme
from cop_desktop.ui.widgets.list_view import ListView
from cop_desktop.ui.widgets.row_delegate import RowShape
from cop_desktop.ui.widgets.rows import Badge, Row, RowModel
from tests.support.demo_pages import ROWS, row_model
from tests.support.stall_meter import StallMeter


class Numbers:
    """Items that are only numbers; counts how many were made into rows."""

    def __init__(self) -> None:
        self.made = 0

    def to_row(self, number: int) -> Row:
        self.made += 1
        return Row(
            f"k{number}",
            f"Topic {number}",
            "the first words of the newest post " * 20,
            "12 Aug",
            unread=number % 7 == 0,
            badges=(Badge("Visit"),),
        )

    @staticmethod
    def key(number: int) -> str:
        return f"k{number}"


@pytest.fixture
def view(theme: Theme, qtbot) -> ListView:
    made = ListView(theme, "Topics", RowShape(picture=True, badges=True))
    qtbot.addWidget(made)
    made.resize(340, 600)
    made.set_rows(row_model())
    made.show()
    return made


def test_a_hundred_thousand_rows_appear_and_scroll_without_a_stall(theme, qtbot) -> None:
    numbers = Numbers()
    model = RowModel(numbers.to_row, numbers.key)
    view = ListView(theme, "Topics", RowShape(badges=True))
    qtbot.addWidget(view)
    view.resize(340, 600)
    view.set_rows(model)
    items = list(range(100_000))
    model.set_items(items)
    view.show()
    view.grab()
    qtbot.wait(200)
    with StallMeter() as meter:
        for place in range(0, 40_000, 800):
            view.verticalScrollBar().setValue(place)
            view.viewport().repaint()
            qtbot.wait(1)
    print(f"longest stall while scrolling 100,000 rows: {meter.longest_ms:.0f} ms")
    assert numbers.made < 5_000


def test_arrows_choose_and_enter_opens(view: ListView, qtbot) -> None:
    view.setFocus()
    with qtbot.waitSignal(view.row_chosen) as chosen:
        qtbot.keyClick(view, Qt.Key.Key_Home)
    assert chosen.args == ["t1"]
    with qtbot.waitSignal(view.row_chosen) as chosen:
        qtbot.keyClick(view, Qt.Key.Key_Down)
    assert chosen.args == ["t2"]
    with qtbot.waitSignal(view.row_opened) as opened:
        qtbot.keyClick(view, Qt.Key.Key_Return)
    assert opened.args == ["t2"]
    qtbot.keyClick(view, Qt.Key.Key_End)
    assert view.current_key() == "t5"


def test_the_keyboard_arriving_chooses_nothing(view: ListView, qtbot) -> None:
    with qtbot.assertNotEmitted(view.row_chosen):
        view.setFocus()
        qtbot.waitUntil(view.hasFocus)
    assert view.current_key() == ""


def test_a_double_click_opens_once(view: ListView, qtbot) -> None:
    opened: list[str] = []
    view.row_opened.connect(opened.append)
    place = view.visualRect(view.model().index(2)).center()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    qtbot.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert opened == ["t3"]


def test_reading_again_keeps_the_choice_and_the_place(theme: Theme, qtbot) -> None:
    numbers = Numbers()
    model = RowModel(numbers.to_row, numbers.key)
    view = ListView(theme, "Topics")
    qtbot.addWidget(view)
    view.resize(340, 400)
    view.set_rows(model)
    model.set_items(range(300))
    view.show()
    view.choose("k100")
    before = view.visualRect(view.currentIndex()).top()
    with qtbot.assertNotEmitted(view.row_chosen):
        model.set_items([1_000, *range(300)])
    assert view.current_key() == "k100"
    assert 0 <= view.visualRect(view.currentIndex()).top() <= view.viewport().height()
    assert before >= 0


def test_a_chosen_row_that_is_gone_leaves_nothing_chosen(view: ListView) -> None:
    view.choose("t3")
    view.model().set_items([row for row in ROWS if row.key != "t3"])
    assert view.current_key() == ""
    assert view.choose("t3") is False


def test_changed_contents_of_the_same_rows_do_not_reset_the_list(view: ListView, qtbot) -> None:
    view.choose("t2")
    model = view.model()
    with qtbot.assertNotEmitted(model.modelReset), qtbot.waitSignal(model.dataChanged):
        model.set_items([Row(row.key, "changed") for row in ROWS])
    assert view.currentIndex().data() == "changed"


def test_next_unread_goes_round(view: ListView) -> None:
    assert view.choose_next_unread()
    assert view.current_key() == "t1"
    view.choose_next_unread()
    assert view.current_key() == "t2"
    view.choose_next_unread()
    assert view.current_key() == "t1"
    view.model().set_items([row for row in ROWS if not row.unread])
    assert not view.choose_next_unread()


def test_more_is_asked_for_once_when_the_end_is_near(theme: Theme, qtbot) -> None:
    numbers = Numbers()
    model = RowModel(numbers.to_row, numbers.key)
    asked: list[int] = []

    class Pages:
        def next_page(self) -> None:
            asked.append(model.rowCount())
            if len(asked) == 1:
                model.append_items(range(60, 100))

    pages = Pages()
    model.more_wanted.connect(pages.next_page)
    view = ListView(theme, "Topics")
    qtbot.addWidget(view)
    view.resize(340, 300)
    view.set_rows(model)
    model.set_items(range(60), has_more=True)
    view.show()
    view.scrollToBottom()
    qtbot.waitUntil(lambda: model.rowCount() == 100)
    view.scrollToBottom()
    qtbot.wait(10)
    assert asked == [60]


def test_a_row_is_read_out_whole(view: ListView) -> None:
    said = view.model().index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert said.startswith("Unread. How do you keep attendance up in the wet season?. Marion")
    assert "Asking for information" in said


def test_unread_rows_look_different_without_colour(theme: Theme, qtbot) -> None:
    def ink(unread: bool) -> int:
        view = ListView(theme, "Topics")
        qtbot.addWidget(view)
        view.resize(340, 80)
        view.set_rows(row_model((Row("a", "A title of some length", unread=unread),)))
        view.show()
        image = view.grab().toImage()
        return sum(
            image.pixelColor(x, y).lightness() < 120
            for x in range(image.width())
            for y in range(60)
        )

    assert ink(unread=True) > ink(unread=False) * 1.15


def test_rows_grow_with_the_text(view: ListView, theme: Theme) -> None:
    before = view.visualRect(view.model().index(0)).height()
    theme.set_text_scale(2.0)
    assert view.visualRect(view.model().index(0)).height() > before * 1.6


def test_end_shows_the_last_row_however_many_have_just_come(theme, qtbot) -> None:
    numbers = Numbers()
    model = RowModel(numbers.to_row, numbers.key)
    view = ListView(theme, "Topics", RowShape(badges=True))
    qtbot.addWidget(view)
    view.resize(340, 600)
    view.set_rows(model)
    model.set_items(range(600))
    view.show()
    model.append_items(range(600, 1_200))
    qtbot.keyClick(view, Qt.Key.Key_End)
    qtbot.waitUntil(lambda: view.verticalScrollBar().maximum() > 0)
    assert view.viewport().rect().intersects(view.visualRect(model.index(1_199)))
