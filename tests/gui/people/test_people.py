"""The place of people: finding somebody, reading about them, and saying who one is."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from cop_desktop.services.people import People, ProfileEdit
from cop_desktop.store import Changed
from cop_desktop.ui.records.history import HistoryDialog
from cop_desktop.ui.widgets.rows import ROW_ROLE
from tests.support.replicas import ANNA, DIRECTORY

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
    assert profile.parts["asks"].text.text() == "Somebody who has costed a breakfast."
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


def test_what_somebody_knows_finds_the_others_who_know_it(
    place: "PeoplePlace", qtbot: QtBot
) -> None:
    place.page.open_member(ANNA)
    place.settle()
    tags = {each.text(): each for each in place.page.profile.expertise.findChildren(QPushButton)}
    tags["attendance"].click()
    qtbot.waitUntil(lambda: place.names() == ["Anna"])
    assert place.page.listing.search.text() == "attendance"


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
