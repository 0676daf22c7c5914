"""The list of the library: rows, filters, and what stands where nothing is."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from cop_desktop.services.library import NewItem
from cop_desktop.ui.library.page import LibraryPage
from cop_desktop.ui.records.choice_button import ChoiceButton
from cop_desktop.ui.theme.theme import Theme
from cop_desktop.ui.widgets.empty_state import EmptyArea
from cop_desktop.ui.widgets.form.form import FormDialog
from cop_desktop.ui.widgets.rows import ROW_ROLE, Row
from sync.core.ids import Id
from tests.support.desk_window import DeskWindow, nameless
from tests.support.replicas import COMMUNITY
from tests.support.village import Village


def opened(place: DeskWindow) -> LibraryPage:
    page = place.library
    page.show_community(COMMUNITY)
    place.settle()
    return page


def add(place: DeskWindow, title: str, **fields: object) -> Id:
    item = NewItem(title, **fields)  # type: ignore[arg-type]
    added = place.desk.services.library.add_item(COMMUNITY, item)
    place.desk.hub.post_change(added.changed)
    place.settle()
    return added.id


def rows(page: LibraryPage) -> list[Row]:
    return [page.rows.index(place).data(ROW_ROLE) for place in range(page.rows.rowCount())]


def titles(page: LibraryPage) -> list[str]:
    return sorted(row.title for row in rows(page))


def marks(row: Row) -> list[str]:
    return [badge.text for badge in row.badges]


def headline(page: LibraryPage) -> str:
    assert page.listing.empty.isVisible()
    return page.listing.empty._headline.text()


def test_a_row_says_what_is_true_of_the_item(anna: DeskWindow, village: Village) -> None:
    page = opened(anna)
    add(anna, "Bus route", type="guide", summary="Walk it with *Elders*.", reading_minutes=4)
    (row,) = rows(page)
    assert row.title == "Bus route"
    assert row.snippet.startswith("Anna · Walk it with Elders")
    assert marks(row) == ["Draft", "Guide", "4 min", "On this computer"]
    village.meet()
    anna.tell("library_item")
    assert "On this computer" not in marks(rows(page)[0])


def test_an_empty_library_says_what_it_is_for_and_offers_the_first_step(
    anna: DeskWindow, qtbot: QtBot
) -> None:
    page = opened(anna)
    assert headline(page) == "What works, kept in one place"
    assert page.listing.empty._button.isVisible()
    with qtbot.waitSignal(page.listing.new_wanted):
        qtbot.mouseClick(page.listing.empty._button, Qt.MouseButton.LeftButton)


def test_where_large_words_do_not_fit_they_scroll_and_cut_nothing_else(
    anna: DeskWindow, theme: Theme
) -> None:
    page = opened(anna)
    theme.set_text_scale(2)
    anna.window.resize(1024, 700)
    anna.settle()
    empty, filters = page.listing.empty, page.listing.filter
    for words in (empty._headline, empty._sentence):
        assert words.height() >= words.heightForWidth(words.width())
    for button in filters.findChildren(ChoiceButton):
        assert button.geometry().bottom() < filters.height()
    area = empty.parentWidget().parentWidget()
    assert isinstance(area, EmptyArea)
    assert not empty._picture.isVisible()
    assert area.verticalScrollBar().maximum() > 0
    anna.window.resize(1366, 1400)
    anna.settle()
    assert empty._picture.isVisible()
    assert area.verticalScrollBar().maximum() == 0


def test_what_has_not_come_yet_is_not_called_empty(anna: DeskWindow) -> None:
    anna.handed.on_its_way = True
    assert headline(opened(anna)) == "Not downloaded yet"


def choose(place: DeskWindow, button: ChoiceButton, key: str) -> None:
    (action,) = [each for each in button.menu().actions() if each.data() == key]
    action.trigger()
    place.settle()


def test_the_filters_leave_what_fits_and_say_when_nothing_does(
    anna: DeskWindow, qtbot: QtBot
) -> None:
    page = opened(anna)
    add(anna, "Bus route", type="guide", evidence="experience")
    add(anna, "Reading study", type="research", evidence="research")
    bar = page.listing.filter
    choose(anna, bar.type, "guide")
    assert titles(page) == ["Bus route"]
    choose(anna, bar.evidence, "research")
    assert headline(page) == "Nothing fits"
    choose(anna, bar.type, "")
    assert titles(page) == ["Reading study"]
    choose(anna, bar.evidence, "")
    choose(anna, bar.status, "published")
    assert headline(page) == "Nothing fits"
    qtbot.mouseClick(page.listing.empty._button, Qt.MouseButton.LeftButton)
    anna.settle()
    assert titles(page) == ["Bus route", "Reading study"]


def test_a_tag_of_an_item_finds_the_others_that_have_it(anna: DeskWindow, qtbot: QtBot) -> None:
    page = opened(anna)
    add(anna, "Bus route", tags=("transport", "families"))
    add(anna, "Reading study", tags=("reading",))
    add(anna, "Mail truck", tags=("transport",))
    page.listing.choose(add(anna, "Road times", tags=("transport", "wet season")))
    anna.settle()
    tags = {each.text(): each for each in page.detail.tags.findChildren(QPushButton)}
    qtbot.mouseClick(tags["transport"], Qt.MouseButton.LeftButton)
    anna.settle()
    assert titles(page) == ["Bus route", "Mail truck", "Road times"]
    assert page.listing.filter.tag.accessibleName() == "Tag: transport"
    offered = [action.text() for action in page.listing.filter.tag.menu().actions()]
    assert offered == ["All tags", "families", "reading", "transport", "wet season"]


def test_the_names_of_all_filters_can_be_read_where_the_list_is_narrow(anna: DeskWindow) -> None:
    page = opened(anna)
    add(anna, "Bus route")
    bar = page.listing.filter
    bar.setFixedWidth(316)
    anna.settle()
    for button in (bar.status, bar.type, bar.evidence, bar.tag):
        assert button.width() >= button.sizeHint().width()
        assert bar.rect().contains(button.mapTo(bar, button.rect().bottomRight()))


def test_without_a_community_nothing_is_promised(anna: DeskWindow) -> None:
    page = anna.library
    page.show_community(None)
    assert headline(page) == "No community yet"
    assert not page.listing.new.isEnabled()


def test_the_list_is_searched_as_one_types(anna: DeskWindow, qtbot: QtBot) -> None:
    page = opened(anna)
    add(anna, "Bus route")
    add(anna, "Reading study")
    page.listing.filter.search.setFocus()
    with qtbot.waitSignal(page.listing.filter.search.search_changed):
        qtbot.keyClicks(page.listing.filter.search, "read")
    anna.settle()
    assert titles(page) == ["Reading study"]


def test_what_another_member_adds_appears_without_moving_what_is_read(
    anna: DeskWindow, village: Village, ben: DeskWindow
) -> None:
    page = opened(anna)
    add(anna, "Bus route")
    assert page.detail.title.text() == "Bus route"
    add(ben, "Two-way science")
    village.meet()
    anna.tell("library_item")
    assert titles(page) == ["Bus route", "Two-way science"]
    assert page.detail.title.text() == "Bus route"


def test_arrow_keys_read_one_item_after_the_other(anna: DeskWindow, qtbot: QtBot) -> None:
    page = opened(anna)
    add(anna, "Bus route")
    add(anna, "Reading study")
    page.listing.list.setFocus()
    seen = set()
    for key in (Qt.Key.Key_Home, Qt.Key.Key_Down):
        qtbot.keyClick(page.listing.list, key)
        anna.settle()
        seen.add(page.detail.title.text())
    assert seen == {"Bus route", "Reading study"}


def test_where_a_filter_leaves_nothing_down_leads_to_what_shows_all_again(
    anna: DeskWindow, qtbot: QtBot
) -> None:
    page = opened(anna)
    add(anna, "Bus route")
    search = page.listing.filter.search
    search.setText("nothing of the sort")
    qtbot.waitUntil(page.listing.empty.isVisible)
    search.setFocus()
    qtbot.keyClick(search, Qt.Key.Key_Down)
    assert anna.window.focusWidget() is page.listing.empty.button
    qtbot.keyClick(page.listing.empty.button, Qt.Key.Key_Space)
    anna.settle()
    search.setFocus()
    qtbot.keyClick(search, Qt.Key.Key_Down)
    assert anna.window.focusWidget() is page.listing.list


def test_the_keys_of_the_library_add_change_and_find(anna: DeskWindow) -> None:
    page = opened(anna)
    registry = anna.window.registry
    registry.action("library.filter").trigger()
    assert anna.window.focusWidget() is page.listing.filter.search
    registry.action("library.new").trigger()
    anna.settle()
    (dialog,) = anna.window.findChildren(FormDialog)
    assert dialog.isVisible()
    dialog.reject()


def test_a_screen_reader_has_a_name_for_every_control(anna: DeskWindow) -> None:
    page = opened(anna)
    add(anna, "Bus route", tags=("buses",), evidence="experience")
    assert nameless(page) == []
