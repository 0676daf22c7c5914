"""The place of people: finding somebody, reading about them, and saying who one is."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from cop_desktop.services.care import Care
from cop_desktop.services.library import Library, NewItem, UseText
from cop_desktop.services.people import People, ProfileEdit, SchoolText
from cop_desktop.store import Changed
from cop_desktop.ui.people.listing import View
from cop_desktop.ui.records.history import HistoryDialog
from cop_desktop.ui.theme.theme import Theme
from cop_desktop.ui.widgets.rows import ROW_ROLE
from tests.support.desk_window import nameless
from tests.support.replicas import ANNA, COMMUNITY, DIRECTORY
from tests.support.tab_walk import passed_over, stops_of
from tests.support.village import CLEO

if TYPE_CHECKING:
    from tests.gui.people.conftest import PeoplePlace


def test_a_filter_looks_at_names_schools_and_what_they_know(
    place: "PeoplePlace", qtbot: QtBot
) -> None:
    search = place.page.listing.search
    assert place.names() == ["Anna", "Ben", "Cleo"]
    for typed in ("paperbark", "ATTENDANCE anna", "top end princ"):
        search.setText("")
        qtbot.waitUntil(lambda: len(place.names()) == 3)
        search.setText(typed)
        qtbot.waitUntil(lambda: place.names() == ["Anna"])
    search.setText("nobody like this")
    qtbot.waitUntil(place.page.listing.empty.isVisible)
    assert place.names() == []
    search.setText("")
    qtbot.waitUntil(lambda: place.names() == ["Anna", "Ben", "Cleo"])


def test_a_profile_says_what_its_owner_wrote_and_is_not_for_others_to_change(
    place: "PeoplePlace",
) -> None:
    place.page.open_member(ANNA)
    place.settle()
    profile = place.page.profile
    assert profile.name.text() == "Anna"
    assert profile.facts.text() == (
        "Principal · Paperbark Landing School · Top End · experienced leader"
    )
    assert profile.parts["asks"].text.toPlainText() == "Somebody who has costed a breakfast."
    assert not profile.change.isVisible()
    assert not profile.unsaid.isVisible()


def test_my_profile_is_changed_in_a_form_and_shown_at_once(
    place: "PeoplePlace", qtbot: QtBot
) -> None:
    place.page.listing.mine.click()
    place.settle()
    profile = place.page.profile
    assert profile.unsaid.isVisible()
    profile.change.click()
    place.settle()
    dialog = place.dialog()
    dialog.form.set_values({"position": "Teacher", "expertise": ("music",)})
    dialog.confirm()
    place.settle()
    assert not place.dialogs()
    assert profile.facts.text() == "Teacher"
    assert "on this computer" in profile.state.text()
    place.page.listing.search.setText("music")
    qtbot.waitUntil(lambda: place.names() == ["Ben"])


def test_what_came_from_elsewhere_while_the_form_was_open_is_not_lost(
    place: "PeoplePlace",
) -> None:
    place.page.presenter.change_mine()
    place.settle()
    dialog = place.dialog()
    place.people.edit_profile(ProfileEdit(position="Deputy"))
    dialog.form.set_values({"about": "Since 2019"})
    dialog.confirm()
    place.settle()
    me = place.people.me()
    assert (me.position, me.about) == ("Deputy", "Since 2019")


def test_a_school_that_is_missing_is_added_and_becomes_mine(place: "PeoplePlace") -> None:
    place.page.listing.mine.click()
    place.settle()
    place.page.profile.school.click()
    dialog = place.dialog()
    dialog.confirm()
    assert dialog.isVisible()
    dialog.form.set_values({"name": "Saltwater School", "region": "Barkly"})
    dialog.confirm()
    place.settle()
    assert place.page.profile.facts.text() == "Saltwater School · Barkly"
    assert not place.page.profile.school.isVisible()


def test_what_others_send_is_shown_and_the_choice_stays(place: "PeoplePlace") -> None:
    place.page.open_member(ANNA)
    place.settle()
    People(place.village.anna).edit_profile(ProfileEdit(position="Director"))
    place.village.meet()
    place.hub.post_change(Changed.of([DIRECTORY], ["member"]))
    place.settle()
    assert place.page.profile.facts.text().startswith("Director")
    assert place.page.listing.list.current_key() == ANNA.hex()


def test_what_somebody_knows_leads_to_the_others_who_know_it(
    place: "PeoplePlace", qtbot: QtBot
) -> None:
    place.people.edit_profile(ProfileEdit(expertise=("Attendance", "music")))
    place.page.presenter.read()
    place.settle()
    place.page.open_member(ANNA)
    place.settle()
    tags = {each.text(): each for each in place.page.profile.expertise.findChildren(QPushButton)}
    tags["attendance"].click()
    assert place.names() == ["attendance", "first-year teachers", "music"]
    group = place.page.group
    assert (group.title.text(), group.facts.text()) == ("attendance", "2 members")
    assert [button.text() for button in group.members.buttons()] == ["Anna", "Ben"]
    group.members.buttons()[1].click()
    place.settle()
    assert place.page.profile.name.text() == "Ben"


def test_rows_that_have_no_marks_leave_no_line_for_them(place: "PeoplePlace") -> None:
    place.people.edit_profile(ProfileEdit(expertise=("music",)))
    place.page.presenter.read()
    place.settle()
    listing, heights = place.page.listing, []
    for view in (View.MEMBERS, View.SCHOOLS, View.KNOWN, View.MEMBERS):
        listing.show_view(view)
        place.settle()
        heights.append(listing.list.sizeHintForRow(0))
    assert heights[1] == heights[2] < heights[0] == heights[3]


def test_beside_a_list_nothing_stands_that_is_not_listed_and_what_was_read_there_comes_back(
    place: "PeoplePlace",
) -> None:
    page, listing = place.page, place.page.listing
    page.open_member(ANNA)
    place.settle()
    listing.show_view(View.SCHOOLS)
    place.settle()
    assert page.detail.currentWidget() is page.profile
    assert page.profile._nobody.isVisible()
    listing.list.setCurrentIndex(page.rows.index(0))
    place.settle()
    assert page.group.title.text() == "Paperbark Landing School"
    listing.show_view(View.MEMBERS)
    place.settle()
    assert page.profile.name.isVisible()
    assert page.profile.name.text() == "Anna"
    assert listing.list.current_key() == ANNA.hex()
    listing.show_view(View.SCHOOLS)
    place.settle()
    assert page.group.title.isVisible()
    page.group.members.buttons()[0].click()
    place.settle()
    assert listing.view is View.MEMBERS
    assert listing.list.current_key() == ANNA.hex()


def test_members_are_found_by_region_and_by_what_they_know(place: "PeoplePlace") -> None:
    listing = place.page.listing
    for button, key, found in (
        (listing.region, "Top End", ["Anna"]),
        (listing.region, "", ["Anna", "Ben", "Cleo"]),
        (listing.knows, "attendance", ["Anna"]),
    ):
        (action,) = [each for each in button.menu().actions() if each.data() == key]
        action.trigger()
        assert place.names() == found
    (action,) = [each for each in listing.region.menu().actions() if each.data() == "Barkly"]
    action.trigger()
    assert listing.empty._headline.text() == "Nobody fits"
    listing.empty._button.click()
    assert place.names() == ["Anna", "Ben", "Cleo"]


def test_a_row_says_school_and_region_and_who_offers_what_i_look_for(
    place: "PeoplePlace",
) -> None:
    place.people.edit_profile(ProfileEdit(asks="Anybody with a bus plan?"))
    place.page.presenter.read()
    place.settle()
    row = place.page.rows.index(0).data(ROW_ROLE)
    assert row.snippet == "Principal · Paperbark Landing School · Top End"
    assert "Offers what you look for" in [badge.text for badge in row.badges]
    place.page.listing.mine.click()
    place.settle()
    (helper,) = place.page.profile.helpers.buttons()
    assert helper.text() == "Anna"
    assert helper.accessibleDescription() == "They mention: plan"
    helper.click()
    place.settle()
    assert place.page.profile.hint.isVisible()
    assert place.page.profile.hint.text().endswith("what you look for: plan.")
    assert place.page.profile.helpers.buttons() == []


def test_a_school_has_a_page_that_anybody_may_mend(place: "PeoplePlace") -> None:
    page = place.page
    page.open_member(ANNA)
    place.settle()
    page.profile.there.click()
    place.settle()
    assert page.group.title.text() == "Paperbark Landing School"
    assert [button.text() for button in page.group.members.buttons()] == ["Anna"]
    page.group.change.click()
    place.settle()
    dialog = place.dialog()
    dialog.form.set_values({"about": "By barge on Thursdays."})
    dialog.confirm()
    place.settle()
    assert page.group.about.text() == "By barge on Thursdays."
    page.listing.tabs.setCurrentIndex(1)
    assert place.names() == ["Paperbark Landing School"]
    page.listing.search.setText("nowhere")
    page.listing._show()
    assert page.listing.empty._headline.text() == "Nothing fits"


def test_tab_leads_to_every_control_of_a_profile_from_top_to_foot(place: "PeoplePlace") -> None:
    Library(place.village.anna).add_item(COMMUNITY, NewItem("Bus route"))
    place.village.meet()
    place.page.open_member(ANNA)
    place.settle()
    place.page.listing.list.setFocus()
    assert passed_over(place.window) == []
    assert nameless(place.page) == []
    stops = dict.fromkeys(stops_of(place.window))  # a text is stopped at for each of its links
    profile = place.page.profile
    order = [profile.expertise.findChildren(QPushButton)[0], profile.practice.list, profile.there]
    assert [stop for stop in stops if stop in order] == order


def test_my_empty_profile_invites_and_names_what_is_missing(place: "PeoplePlace") -> None:
    place.page.listing.mine.click()
    place.settle()
    profile = place.page.profile
    assert "who you are as a leader" in profile.unsaid.text()
    profile.change.click()
    place.settle()
    dialog = place.dialog()
    dialog.form.set_values({"identity": "A guest on this country."})
    dialog.confirm()
    place.settle()
    assert profile.parts["identity"].text.toPlainText() == "A guest on this country."
    assert "who you are as a leader" not in profile.unsaid.text()


def test_the_record_of_practice_tells_what_came_of_it_and_leads_there(
    place: "PeoplePlace",
) -> None:
    library = Library(place.village.anna)
    item = library.add_item(COMMUNITY, NewItem("Bus [route]")).id
    place.village.meet()
    Library(place.village.ben).report_use(item, UseText("It worked."))
    place.page.open_member(ANNA)
    place.settle()
    practice = place.page.profile.practice
    assert practice.told.text() == "1 item in the library\nOthers used their work."
    assert "Library Bus [route]" in practice.list.toPlainText()
    practice.link_activated.emit("cop:library_item/1")
    assert place.links == ["cop:library_item/1"]


def test_the_name_of_a_member_with_care_is_shown_only_when_somebody_wishes(
    place: "PeoplePlace",
) -> None:
    Care(place.village.anna).flag(CLEO, "She has died")
    place.village.meet()
    place.hub.post_change(Changed.of([COMMUNITY], ["care_flag"]))
    place.settle()
    assert place.names() == ["Anna", "Ben", "A member, shown with care"]
    place.page.open_member(CLEO)
    place.settle()
    assert place.page.profile.cover.isVisible()
    assert not place.page.profile.name.isVisible()
    place.page.profile.cover.show_wanted.emit()
    place.settle()
    assert place.page.profile.name.text() == "Cleo"
    assert place.names() == ["Anna", "Ben", "Cleo"]
    place.page.profile.care.click()
    place.settle()
    assert Care(place.village.ben).flag_of(CLEO) is None


def test_without_a_community_nobody_is_promised(place: "PeoplePlace") -> None:
    place.page.show_community(None)
    assert place.names() == []
    assert place.page.listing.empty._headline.text() == "No community yet"
    assert not place.page.listing.mine.isEnabled()


def test_what_was_written_of_oneself_has_a_history(place: "PeoplePlace") -> None:
    place.people.edit_profile(ProfileEdit(about="Leads a school."))
    place.people.edit_profile(ProfileEdit(about="Leads two schools."))
    place.page.listing.mine.click()
    place.settle()
    place.window.registry.action("people.history").trigger()
    place.settle()
    (dialog,) = place.window.findChildren(HistoryDialog)
    whats = [dialog.model.index(n).data(ROW_ROLE).snippet for n in range(dialog.model.rowCount())]
    assert whats[:2] == ["Changed: About", "Changed: About"]
    dialog.reject()
    place.settle()


def test_what_a_member_wrote_with_ill_will_is_shown_on_its_line_and_opens_nothing(
    place: "PeoplePlace",
) -> None:
    name = "Evil\nschool\u202e " + "Z" + "\u0301" * 60
    written = "<script>x</script> ![f](file:///etc/passwd) [j](javascript:alert(1)) " + "f" * 39_000
    anna = place.village.anna
    with anna.write() as action:
        school = action.create("school", DIRECTORY, {"name": name, "about": written})
        fields = {"school": school, "position": name, "identity": written, "about": written}
        action.set("member", ANNA, {**fields, "offers": written, "asks": written})
    place.village.meet()
    page = place.page
    page.presenter.read()
    page.open_member(ANNA)
    place.settle()
    shown = "Evil school Z" + "\u0301" * 6
    assert page.profile.facts.text() == f"{shown} · {shown} · experienced leader"
    assert page.profile._scroll.horizontalScrollBar().maximum() == 0
    page.profile.there.click()
    place.settle()
    assert page.group.title.text() == shown
    assert page.group.horizontalScrollBar().maximum() == 0
    assert shown in place.names()
    assert place.links == []


def test_a_profile_half_written_is_here_again_after_the_end_and_can_be_discarded(
    place: "PeoplePlace",
) -> None:
    place.page.presenter.change_mine()
    place.settle()
    dialog = place.dialog()
    entered = {"offers": "A walk", "expertise": ("music",), "career_stage": "beginning"}
    dialog.form.set_values(entered)
    dialog.form.changed.emit()
    place.window.close()  # at once after the last letter
    place.settle()
    place.people.edit_profile(ProfileEdit(offers="A hand"))
    again = type(place)(place.village, place.theme)
    again.page.presenter.change_mine()
    again.settle()
    dialog = again.dialog()
    assert dialog.form.values()["offers"] == "A hand\n\nA walk"
    assert dialog.form.values()["expertise"] == ("music",)
    assert dialog.kept.isVisible()
    dialog.kept.button.click()
    dialog.reject()
    again.settle()
    assert not again.dialogs()
    again.page.presenter.change_mine()
    again.settle()
    assert not again.dialog().has_changes()
    assert not again.dialog().kept.isVisible()
    again.close()


def test_long_names_in_large_text_stay_within_a_small_window(
    place: "PeoplePlace", theme: Theme
) -> None:
    school = place.people.add_school(SchoolText("Learning Centres of many small places " * 3)).id
    place.people.edit_profile(ProfileEdit(name="Yunupingu-Featherstonehaugh " * 3, school=school))
    theme.set_text_scale(2)
    place.window.resize(1024, 700)
    place.page.open_member(place.people.me().id)
    place.settle()
    profile = place.page.profile
    assert profile.there.text().endswith("…")
    assert profile._scroll.horizontalScrollBar().maximum() == 0
