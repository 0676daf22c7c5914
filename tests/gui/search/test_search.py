"""Finding anything from the box at the top of the window."""

from threading import Event

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from cop_desktop.services.discussions import NewTopic
from cop_desktop.services.library import NewItem
from cop_desktop.services.search import Piece
from cop_desktop.ui.records.care_words import care_words
from cop_desktop.ui.search.model import near_first_match
from cop_desktop.ui.search.page import MOST_FOUND, TYPING_FOUND, SearchPage
from cop_desktop.ui.widgets.rows import ROW_ROLE
from tests.support.desk_window import DeskWindow, nameless
from tests.support.replicas import COMMUNITY


def fill(place: DeskWindow) -> None:
    topic = place.desk.services.discussions.start_topic(
        COMMUNITY, NewTopic("Roads in the wet season", body="The bus route is under water.")
    )
    place.desk.services.discussions.reply(topic.id, "Ask about the *bore water* first.")
    place.desk.services.library.add_item(COMMUNITY, NewItem("Bore water guide"))


def type_in(place: DeskWindow, text: str, qtbot: QtBot) -> SearchPage:
    """Types as a person does, and waits until the answer stands there."""
    page = place.search
    place.window.open_search()
    qtbot.keyClicks(place.window.search, text)
    with qtbot.waitSignal(place.window.search.search_changed):
        pass
    place.settle()
    return page


def titles(page: SearchPage) -> list[str]:
    return [page.model.index(row).data() for row in range(page.model.rowCount())]


def headline(page: SearchPage) -> str:
    assert page.empty.isVisible()
    return page.empty._headline.text()


def recent(page: SearchPage) -> list[str]:
    assert page.recent.isVisible()
    return [button.text() for button in page.recent.buttons]


def test_an_empty_box_says_what_can_be_found(anna: DeskWindow) -> None:
    page = anna.search
    anna.settle()
    assert recent(page) == []
    assert not page.recent.clear.isVisible()
    assert not page.open.isVisible()


def test_what_is_typed_is_found_without_pressing_anything(anna: DeskWindow, qtbot: QtBot) -> None:
    fill(anna)
    page = type_in(anna, "bore wat", qtbot)
    assert sorted(titles(page)) == ["Bore water guide", "Roads in the wet season"]
    assert page.count.text() == "2 found, newest first"
    assert page.open.isVisible()


def test_a_list_that_was_cut_off_does_not_claim_to_be_all(anna: DeskWindow, qtbot: QtBot) -> None:
    with anna.replica.write() as action:
        for number in range(MOST_FOUND + 1):
            action.create("topic", COMMUNITY, {"title": f"Roads {number}"})
    page = type_in(anna, "roads", qtbot)
    assert page.model.rowCount() == TYPING_FOUND
    assert page.count.text() == "50 shown, there may be more. Add a word to find fewer."
    qtbot.keyClick(anna.window.search, Qt.Key.Key_Return)
    anna.settle()
    assert page.model.rowCount() == MOST_FOUND


def test_one_letter_is_too_little_to_look_for(anna: DeskWindow, qtbot: QtBot) -> None:
    fill(anna)
    page = type_in(anna, "b", qtbot)
    assert recent(page) == []


def test_nothing_found_repeats_what_was_looked_for(anna: DeskWindow, qtbot: QtBot) -> None:
    fill(anna)
    page = type_in(anna, "helicopter", qtbot)
    assert headline(page) == "Nothing found"
    assert "“helicopter”" in page.empty._sentence.text()
    assert not page.open.isVisible()
    assert page.title.text() == "More exactly"


def test_the_words_that_matched_stand_out_in_the_chosen_result(
    anna: DeskWindow, qtbot: QtBot
) -> None:
    fill(anna)
    page = type_in(anna, "route", qtbot)
    assert page.title.text() == "Roads in the wet season"
    assert "Anna" in page.origin.text()
    assert "The bus route is under water." in page.preview.toPlainText()


def test_a_finer_search_shows_its_own_words_in_the_same_result(
    anna: DeskWindow, qtbot: QtBot
) -> None:
    fill(anna)
    words = " ".join(f"word{number}" for number in range(200))
    long = NewTopic("Long", body=f"{words} cassowary")
    anna.desk.services.discussions.start_topic(COMMUNITY, long)
    page = type_in(anna, "word1", qtbot)
    assert "cassowary" not in page.preview.toPlainText()
    anna.window.search.clear()
    page = type_in(anna, "cassowary", qtbot)
    assert "cassowary" in page.preview.toPlainText()


def test_opening_hands_over_what_was_chosen(anna: DeskWindow, qtbot: QtBot) -> None:
    fill(anna)
    page = type_in(anna, "guide", qtbot)
    qtbot.mouseClick(page.open, Qt.MouseButton.LeftButton)
    (hit,) = anna.handed.hits
    assert (hit.open_kind, hit.title) == ("library_item", "Bore water guide")


def test_all_is_done_by_keyboard(anna: DeskWindow, qtbot: QtBot) -> None:
    fill(anna)
    page = type_in(anna, "bore", qtbot)
    qtbot.keyClick(anna.window.search, Qt.Key.Key_Down)
    assert page.list.hasFocus()
    qtbot.keyClick(page.list, Qt.Key.Key_End)
    qtbot.keyClick(page.list, Qt.Key.Key_Return)
    assert [hit.title for hit in anna.handed.hits] == [titles(page)[-1]]


def test_enter_ranks_and_goes_to_the_results(anna: DeskWindow, qtbot: QtBot) -> None:
    fill(anna)
    page = type_in(anna, "bore", qtbot)
    qtbot.keyClick(anna.window.search, Qt.Key.Key_Return)
    anna.settle()
    assert page.list.hasFocus()
    assert titles(page)[0] == "Bore water guide"


def test_clearing_the_box_takes_the_results_away_even_while_they_are_looked_for(
    anna: DeskWindow, qtbot: QtBot
) -> None:
    fill(anna)
    page = type_in(anna, "bore", qtbot)
    box = anna.window.search
    box.search_changed.emit("bore water")
    found = Event()
    anna.desk.jobs.run(found.set, anna.handed.hear)
    assert found.wait(20)  # and the window has not been told yet
    box.search_changed.emit("")
    anna.settle()
    assert recent(page) == []


def test_marks_in_what_was_written_are_shown_as_they_are(anna: DeskWindow, qtbot: QtBot) -> None:
    body = "Use <b>two</b> buses & [a link](http://example.org) for the excursion"
    anna.desk.services.discussions.start_topic(COMMUNITY, NewTopic("Buses", body=body))
    page = type_in(anna, "excursion", qtbot)
    assert "excursion" in page.preview.toPlainText()
    assert "href" not in page.preview.toHtml()


def test_a_screen_reader_has_a_name_for_every_control(anna: DeskWindow, qtbot: QtBot) -> None:
    fill(anna)
    page = type_in(anna, "bore", qtbot)
    assert nameless(page) == []


def test_the_form_fills_the_box_and_the_box_the_form(anna: DeskWindow, qtbot: QtBot) -> None:
    fill(anna)
    page = type_in(anna, 'wet from:anna in:disc has:file "bore water"', qtbot)
    assert headline(page) == "Nothing found"
    anna.window.registry.action("search.form").trigger()
    anna.settle()
    assert page.form is not None
    asked = page.form.value()
    assert (asked.words, asked.author, asked.place) == ("wet", "anna", "discussions")
    assert (asked.exact, asked.has_file) == ("bore water", True)
    qtbot.keyClick(page.form.form.editor("has_file"), Qt.Key.Key_Space)
    words = page.form.form.editor("words")
    qtbot.keyClick(words, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(words, "ask")
    anna.settle()
    assert anna.window.search.text() == 'from:anna in:discussions "bore water" ask'
    assert titles(page) == ["Roads in the wet season"]
    day = page.form.form.editor("after")
    day.setFocus()
    qtbot.keyClick(day, Qt.Key.Key_Tab)
    assert page.form.form.editor("before").hasFocus()  # and is not held where no day is chosen
    assert nameless(page) == []


def test_a_community_in_the_box_is_not_lost_in_the_form(anna: DeskWindow, qtbot: QtBot) -> None:
    fill(anna)
    page = type_in(anna, 'in:"top end" bore', qtbot)
    form = page.show_form()
    anna.settle()
    form.asked.emit(form.value())
    assert anna.window.search.text() == 'in:"top end" bore'
    assert len(titles(page)) == 2


def test_a_press_narrows_to_a_place_and_widens_again(anna: DeskWindow, qtbot: QtBot) -> None:
    fill(anna)
    page = type_in(anna, "bore", qtbot)
    qtbot.mouseClick(page.places.buttons["library"], Qt.MouseButton.LeftButton)
    anna.settle()
    assert (anna.window.search.text(), titles(page)) == ("in:library bore", ["Bore water guide"])
    qtbot.mouseClick(page.places.buttons["people"], Qt.MouseButton.LeftButton)
    anna.settle()
    assert "“in:people bore”" in page.empty._sentence.text()
    page.empty.action_wanted.emit()
    anna.settle()
    assert (anna.window.search.text(), len(titles(page))) == ("bore", 2)


def test_recent_searches_are_taken_up_again_and_cleared(anna: DeskWindow, qtbot: QtBot) -> None:
    fill(anna)
    page = type_in(anna, "bore", qtbot)
    qtbot.keyClick(anna.window.search, Qt.Key.Key_Return)
    anna.window.search.clear()
    page = type_in(anna, "route", qtbot)
    qtbot.mouseClick(page.open, Qt.MouseButton.LeftButton)
    anna.window.search.clear()
    anna.window.search.search_changed.emit("")
    anna.settle()
    assert recent(page) == ["route", "bore"]
    qtbot.mouseClick(page.recent.buttons[1], Qt.MouseButton.LeftButton)
    anna.settle()
    assert (anna.window.search.text(), len(titles(page))) == ("bore", 2)
    page.show_typing()
    qtbot.mouseClick(page.recent.clear, Qt.MouseButton.LeftButton)
    anna.settle()
    assert recent(page) == []
    anna.press_notice()
    assert recent(page) == ["bore", "route"]


def test_a_row_shows_what_matched_even_at_the_end_of_a_long_sentence() -> None:
    long = Piece("When the creek comes up over the causeway the ", matched=False)
    shown = near_first_match((long, Piece("generator", matched=True)))
    assert [piece.text for piece in shown] == ["…causeway the ", "generator"]
    short = (Piece("The ", matched=False), Piece("bus", matched=True))
    assert near_first_match(short) == short


def test_what_asks_for_care_is_covered_until_somebody_looks(ben: DeskWindow, qtbot: QtBot) -> None:
    fill(ben)
    (row, *_) = ben.desk.services.discussions.topics(COMMUNITY)
    ben.desk.services.care.flag(row.id, "A name")
    page = type_in(ben, "bus route", qtbot)
    line = page.model.data(page.model.index(0), ROW_ROLE)
    assert line.title == "Roads in the wet season"
    assert line.snippet == care_words()
    assert "With care" in [badge.text for badge in line.badges]
    assert (page.cover.isVisible(), page.preview.isVisible()) == (True, False)
    page.cover.show_wanted.emit()
    assert (page.cover.isVisible(), page.preview.isVisible()) == (False, True)
    assert "under water" in page.preview.toPlainText()


def test_a_reply_below_what_asks_for_care_is_covered_as_well(ben: DeskWindow, qtbot: QtBot) -> None:
    fill(ben)
    (row, *_) = ben.desk.services.discussions.topics(COMMUNITY)
    ben.desk.services.care.flag(row.id)
    page = type_in(ben, "in:discussions first", qtbot)
    assert page.cover.isVisible()


def test_hostile_words_are_found_and_shown_as_they_were_written(
    ben: DeskWindow, qtbot: QtBot
) -> None:
    title = '<b>R&D</b> <img src="file:///etc/hosts">\u202eback ' + "e\u0301" * 30
    body = "pump " * 3_000 + "<script>alert(1)</script>\n" + "long" * 20_000
    ben.desk.services.discussions.start_topic(COMMUNITY, NewTopic(title, body=body[:39_000]))
    page = type_in(ben, "pump", qtbot)
    shown = title.replace("\u202e", "")  # what turns words round would do so with ours as well
    assert titles(page) == [shown]
    assert page.title.text() == shown
    assert page.title.textFormat() is Qt.TextFormat.PlainText
    assert page.title.width() <= page.width()
    page.grab()
