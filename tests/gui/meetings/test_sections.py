"""Agenda, attendance, decisions and actions of one meeting."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from cop_desktop.services.meetings import AgendaEdit, MeetingEdit
from cop_desktop.store import Changed
from cop_desktop.ui.records.history import HistoryDialog
from cop_desktop.ui.records.versions_dialog import VersionsDialog
from cop_desktop.ui.theme.theme import Theme
from tests.support.meeting_hall import Hall
from tests.support.replicas import ANNA, BEN, COMMUNITY

Go = Callable[[str], None]


def agenda(hall: Hall) -> list[str]:
    return [item.title for item in hall.meetings.meeting(hall.tonight).agenda]


def undo(hall: Hall) -> None:
    acted = hall.notices[-1].acted
    assert acted is not None
    acted()
    hall.settle()


def test_the_head_tells_both_clocks(hall: Hall, open_section: Go) -> None:
    open_section("agenda")
    words = hall.page.detail.header.when_words()
    assert "Wed 12 Aug, 5:00 pm NT time" in words
    assert "1:15 pm by this computer's clock" in words


def test_enter_adds_an_item_and_makes_room_for_the_next(
    hall: Hall, open_section: Go, qtbot: QtBot
) -> None:
    open_section("agenda")
    add = hall.page.detail.agenda.add
    add.set_values({"title": "Any other business", "minutes": "5", "lead": "Ben Marika"})
    qtbot.keyClick(add.editor("title"), Qt.Key.Key_Return)
    hall.settle()
    item = hall.meetings.meeting(hall.tonight).agenda[-1]
    assert (item.title, item.minutes, item.lead) == ("Any other business", 5, "Ben Marika")
    assert add.values()["title"] == ""
    assert "more than the meeting's" in hall.page.detail.agenda.sum_words()


def test_minutes_that_are_no_number_keep_what_was_typed(hall: Hall, open_section: Go) -> None:
    open_section("agenda")
    add = hall.page.detail.agenda.add
    add.set_values({"title": "Lunch", "minutes": "long"})
    add.add()
    assert add.values()["title"] == "Lunch"
    assert add._problem.text()
    assert "Lunch" not in agenda(hall)


def test_what_is_half_typed_waits_with_its_meeting(hall: Hall, open_section: Go) -> None:
    open_section("agenda")
    add = hall.page.detail.agenda.add
    add.set_values({"title": "Half a thought"})
    other = hall.page.rows.item(hall.page.rows.index(2))
    hall.page.listing.list.choose(other.key)
    hall.settle()
    assert add.values()["title"] == ""
    hall.page.open_meeting(hall.tonight)
    hall.settle()
    assert add.values()["title"] == "Half a thought"


def test_items_move_by_keyboard_and_keep_it(hall: Hall, open_section: Go, qtbot: QtBot) -> None:
    open_section("agenda")
    parts = hall.page.detail.agenda.list
    before = agenda(hall)
    key = parts.keys()[1]
    hall.window.activateWindow()
    parts.go_to(key)
    qtbot.keyClick(parts.row(key), Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    hall.settle()
    assert agenda(hall) == [before[1], before[0], *before[2:]]
    assert parts.keys()[0] == key
    assert parts.row(key).hasFocus()
    qtbot.keyClick(parts.row(key), Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    hall.settle()
    assert agenda(hall) == before


def test_arrows_go_through_the_rows_and_tab_stops_once(
    hall: Hall, open_section: Go, qtbot: QtBot
) -> None:
    open_section("agenda")
    parts = hall.page.detail.agenda.list
    keys = parts.keys()
    first, second = keys[:2]
    parts.go_to(first)
    qtbot.keyClick(parts.row(first), Qt.Key.Key_Down)
    assert parts.row(second).hasFocus()
    rows = [parts.row(key) for key in keys]
    stops = [row.part.key for row in rows if row.focusPolicy() & Qt.FocusPolicy.TabFocus]
    assert stops == [second]


def test_a_removed_item_comes_back_by_undo(hall: Hall, open_section: Go, qtbot: QtBot) -> None:
    open_section("agenda")
    parts, before = hall.page.detail.agenda.list, agenda(hall)
    parts.go_to(parts.keys()[0])
    qtbot.keyClick(parts.row(parts.keys()[0]), Qt.Key.Key_Delete)
    hall.settle()
    assert agenda(hall) == before[1:]
    assert len(parts.keys()) == 3
    undo(hall)
    assert agenda(hall) == before


def test_an_item_that_somebody_changed_meanwhile_keeps_both_versions(
    hall: Hall, open_section: Go
) -> None:
    open_section("agenda")
    section = hall.page.detail.agenda
    item = hall.meetings.meeting(hall.tonight).agenda[0]
    section.list.edit_wanted.emit(item.id.hex())
    hall.settle()
    editing = hall.page.presenter.detail._parts[0]._editing
    assert editing.dialog is not None
    hall.meetings.edit_agenda_item(item.id, AgendaEdit(title="Theirs"))
    editing.dialog.form.set_values({"title": "Ours"})
    editing.dialog.confirm()
    hall.settle()
    assert editing.dialog is None
    changed = hall.meetings.meeting(hall.tonight).agenda[0]
    assert changed.two_versions
    row = section.list.row(item.id.hex())
    assert "Two versions" in row.accessibleName()
    assert row.offers()[0].wish == "versions"
    (mark,) = [each for each in row.findChildren(QPushButton) if each.text() == "Two versions…"]
    mark.click()
    hall.settle()
    (dialog,) = hall.page.window().findChildren(VersionsDialog)
    dialog.confirm()
    hall.settle()
    assert not hall.meetings.meeting(hall.tonight).agenda[0].two_versions


def test_a_member_is_noted_with_one_choice_and_stays_in_place(hall: Hall, open_section: Go) -> None:
    open_section("attendance")
    section = hall.page.detail.attendance
    assert section.count_words() == "2 present · 1 apology · 3 not noted"
    order = list(section._rows)
    cleo = b"A" * 16
    section.person(cleo).button("absent").click()
    hall.settle()
    assert section.count_words() == "2 present · 1 apology · 1 absent · 2 not noted"
    assert list(section._rows) == order


def test_what_was_noted_can_be_taken_back(hall: Hall, open_section: Go) -> None:
    open_section("attendance")
    section = hall.page.detail.attendance
    section.person(BEN)._clear.click()
    hall.settle()
    assert section.count_words() == "2 present · 4 not noted"
    undo(hall)
    assert section.person(BEN).button("apology").isChecked()


def test_everybody_else_is_noted_at_once_and_taken_back_at_once(
    hall: Hall, open_section: Go
) -> None:
    open_section("attendance")
    section = hall.page.detail.attendance
    section._rest.click()
    hall.settle()
    assert section.count_words() == "5 present · 1 apology"
    undo(hall)
    assert section.count_words() == "2 present · 1 apology · 3 not noted"


def test_a_guest_is_added_by_name_with_a_school(hall: Hall, open_section: Go) -> None:
    open_section("attendance")
    section = hall.page.detail.attendance
    section.add.set_values({"name": "Dr Lee", "school": "Charles Darwin University"})
    section.add.add()
    hall.settle()
    teams = {team.school: team for team in hall.meetings.meeting(hall.tonight).attendance}
    assert teams["Charles Darwin University"].people[0].name == "Dr Lee"
    assert section.person("Dr Lee").button("present").isChecked()


def test_an_action_finds_its_owner_among_the_members(hall: Hall, open_section: Go) -> None:
    open_section("action_items")
    add = hall.page.detail.action_items.add
    for typed in ("ben marika", "Ben Marika, Saltbush School"):
        add.set_values({"text": "Ask the store", "owner": typed, "due": date(2026, 9, 1)})
        add.add()
        hall.settle()
        action = hall.meetings.meeting(hall.tonight).actions[-1]
        assert (action.owner, action.due) == (BEN, date(2026, 9, 1))
    add.set_values({"text": "Fix the bus", "owner": "The garage"})
    add.add()
    hall.settle()
    action = hall.meetings.meeting(hall.tonight).actions[-1]
    assert (action.owner, action.owner_name) == (None, "The garage")


def test_changing_the_words_of_an_action_keeps_its_owner(hall: Hall, open_section: Go) -> None:
    open_section("action_items")
    action = hall.meetings.meeting(hall.tonight).actions[0]
    hall.page.detail.action_items.list.edit_wanted.emit(action.id.hex())
    hall.settle()
    editing = hall.page.presenter.detail._parts[3]._editing
    assert editing.dialog is not None
    owner = editing.dialog.form.editor("owner")
    assert isinstance(owner, QLineEdit)
    assert owner.text() == "Ben Marika, Saltbush School"
    editing.dialog.form.set_values({"text": "Cost the breakfast for a term"})
    editing.dialog.confirm()
    hall.settle()
    after = hall.meetings.meeting(hall.tonight).actions[0]
    assert (after.text, after.owner, after.due) == (
        "Cost the breakfast for a term",
        BEN,
        action.due,
    )


def test_the_blank_ticks_an_action(hall: Hall, open_section: Go, qtbot: QtBot) -> None:
    open_section("action_items")
    parts = hall.page.detail.action_items.list
    key = parts.keys()[0]
    qtbot.keyClick(parts.row(key), Qt.Key.Key_Space)
    hall.settle()
    assert hall.meetings.meeting(hall.tonight).actions[0].done
    assert "Done" in parts.row(key).accessibleName()


def test_an_action_of_an_earlier_meeting_is_ticked_here(hall: Hall, open_section: Go) -> None:
    open_section("action_items")
    carried = hall.page.detail.action_items.carried
    assert len(carried.keys()) == 2
    assert "Overdue" in carried.row(carried.keys()[0]).accessibleName()
    carried.edit_wanted.emit(carried.keys()[0])
    dialog = hall.page.presenter.detail._parts[3]._editing.dialog
    assert dialog.form.values()["text"] == "Ask the store what the breakfast costs"
    dialog.done(0)
    hall.settle()
    carried.row(carried.keys()[0])._tick.click()
    hall.settle()
    assert len(carried.keys()) == 1
    undo(hall)
    assert len(carried.keys()) == 2


def test_a_decision_is_added_changed_and_removed(hall: Hall, open_section: Go) -> None:
    open_section("decisions")
    section = hall.page.detail.decisions
    section.add.set_values({"text": "Fridays are free."})
    section.add.add()
    hall.settle()
    decision = hall.meetings.meeting(hall.tonight).decisions[-1]
    assert decision.text == "Fridays are free."
    section.list.remove_wanted.emit(decision.id.hex())
    hall.settle()
    assert len(hall.meetings.meeting(hall.tonight).decisions) == 2
    undo(hall)
    assert len(hall.meetings.meeting(hall.tonight).decisions) == 3


def test_a_meeting_in_the_trash_says_so_and_is_put_back(hall: Hall, open_section: Go) -> None:
    open_section("agenda")
    header = hall.page.detail.header
    header.trash_wanted.emit()
    hall.settle()
    assert header._trashed.isVisible()
    assert not hall.page.detail.agenda.isEnabled()
    assert hall.titles()[0] != hall.titles()[1]
    undo(hall)
    assert not header._trashed.isVisible()
    assert hall.page.detail.agenda.isEnabled()


def test_changing_the_meeting_saves_what_the_form_says(hall: Hall, open_section: Go) -> None:
    open_section("agenda")
    hall.window.registry.action("meetings.change").trigger()
    hall.settle()
    dialog = hall.page.presenter.detail._editing.dialog
    assert dialog is not None
    dialog.form.set_values({"place": "Nhulunbuy", "minutes": "90", "status": "held"})
    dialog.confirm()
    hall.settle()
    meeting = hall.meetings.meeting(hall.tonight)
    assert (meeting.place, meeting.duration_minutes, meeting.status) == ("Nhulunbuy", 90, "held")
    assert "Nhulunbuy" in hall.page.detail.header.when_words()


def test_tabs_count_what_is_there(hall: Hall, open_section: Go) -> None:
    open_section("agenda")
    tabs = hall.page.detail.tabs
    names = [tabs.tabText(place).replace("&", "") for place in range(tabs.count())]
    assert names == [
        "Agenda (4)",
        "Notes",
        "Attendance (2)",
        "Decisions (2)",
        "Actions (4)",
        "Afterwards",
    ]
    hall.hub.post_change(hall.meetings.edit_meeting(hall.tonight, MeetingEdit(title="Other")))
    hall.settle()
    assert tabs.tabText(0) == "&Agenda (4)"
    assert ANNA


def test_two_who_cannot_come_are_apologies(hall: Hall, open_section: Go) -> None:
    open_section("attendance")
    section = hall.page.detail.attendance
    section.person(ANNA).button("apology").click()
    hall.settle()
    assert "2 apologies" in section.count_words()


def test_a_narrow_pane_names_every_section_of_a_meeting(hall: Hall, open_section: Go) -> None:
    open_section("agenda")
    detail = hall.page.detail
    bar = detail.tabs.tabBar()
    for width in (900, 480):
        detail.setFixedWidth(width)
        hall.settle()
        assert all(bar.tabRect(tab).right() <= width for tab in range(bar.count()))


def test_the_words_of_a_row_have_room_for_every_letter(hall: Hall, open_section: Go) -> None:
    open_section("agenda")
    parts = hall.page.detail.agenda.list
    for row in map(parts.row, parts.keys()):
        for words in (row._title, row._detail):
            assert words.isHidden() or words.height() >= words.heightForWidth(words.width())


def test_news_from_others_leaves_what_is_being_typed_and_offered(
    hall: Hall, open_section: Go
) -> None:
    open_section("agenda")
    add = hall.page.detail.agenda.add
    add.set_values({"title": "Buses"})
    lead = add.editor("lead")
    assert isinstance(lead, QLineEdit)
    lead.setFocus()
    lead.setText("be")
    offered = lead.completer()
    hall.meetings.add_agenda_item(hall.tonight, "Roads")
    hall.hub.post_change(Changed.of([COMMUNITY], ("agenda_item",)))
    hall.settle()
    assert agenda(hall)[-1] == "Roads"
    assert len(hall.page.detail.agenda.list.keys()) == len(agenda(hall))
    assert add.values()["title"] == "Buses"
    assert lead.text() == "be"
    assert lead.completer() is offered
    assert hall.window.focusWidget() is lead


def test_many_people_are_shown_a_few_at_a_time_until_all_are_there(
    hall: Hall, open_section: Go
) -> None:
    guests = [f"Guest {number:02}" for number in range(20)]
    for guest in guests:
        hall.meetings.set_attendance(hall.tonight, guest, "present")
    hall.hub.post_change(Changed.of([COMMUNITY], ("attendance",)))
    open_section("attendance")
    section = hall.page.detail.attendance
    assert len(section._rows) < len(guests)
    hall.settle()
    assert set(guests) <= set(section._rows)
    section.person(guests[-1])._clear.click()
    hall.settle()
    assert guests[-1] not in section._rows
    assert set(guests[:-1]) <= set(section._rows)


def history_of(hall: Hall) -> HistoryDialog:
    hall.window.registry.action("meetings.history").trigger()
    hall.settle()
    (dialog,) = [each for each in hall.window.findChildren(HistoryDialog) if each.isVisible()]
    return dialog


def test_history_is_of_the_part_that_has_the_keyboard_of_the_notes_or_of_the_meeting(
    hall: Hall, open_section: Go
) -> None:
    hall.window.show()
    hall.window.activateWindow()
    view = hall.page.detail
    decision = hall.meetings.meeting(hall.tonight).decisions[0]
    for section, expected in (("decisions", "Decision: Every school"), ("notes", "Meeting notes")):
        open_section(section)
        if section == "decisions":
            hall.settle()
            view.decisions.list.go_to(decision.id.hex())
        dialog = history_of(hall)
        assert dialog._what_it_is.text().startswith(expected)
        dialog.reject()
        hall.settle()
    open_section("agenda")
    view.tabs.tabBar().setFocus()
    dialog = history_of(hall)
    assert dialog._what_it_is.text() == "Meeting: Leaders' forum"
    dialog.reject()


def test_earlier_notes_are_put_back_and_that_is_undone(hall: Hall, open_section: Go) -> None:
    open_section("notes")
    before = hall.meetings.meeting(hall.tonight).notes
    hall.meetings.save_notes(hall.tonight, "Only this.", before)
    hall.hub.post_change(Changed.of([COMMUNITY], ["meeting_notes"]))
    hall.settle()
    dialog = history_of(hall)
    dialog.list.choose("1")
    dialog.restore_wanted.emit("text", before.text)
    hall.settle()
    assert hall.meetings.meeting(hall.tonight).notes.text == before.text
    assert hall.page.detail.notes.text() == before.text
    undo(hall)
    assert hall.meetings.meeting(hall.tonight).notes.text == "Only this."
    dialog.reject()


def test_a_long_title_in_large_text_leaves_room_for_the_sections(
    hall: Hall, open_section: Go, theme: Theme
) -> None:
    title = "Attendance in the wet season, boarding, housing and buses in remote schools " * 2
    hall.meetings.edit_meeting(hall.tonight, MeetingEdit(title=title, place="Katherine, upstairs"))
    hall.hub.post_change(Changed.of([COMMUNITY], ("meeting",)))
    open_section("notes")
    hall.window.activateWindow()
    header, notes = hall.page.detail.header, hall.page.detail.notes
    header.land()
    assert header.run.hasFocus()
    theme.set_text_scale(2)
    hall.window.resize(1024, 700)
    hall.page.show_detail()
    hall.settle()
    assert (header._title.isVisible(), header._title_short.isVisible()) == (False, True)
    assert "Katherine" in header._when.toolTip()
    assert header._run_short.hasFocus()
    assert notes.height() >= theme.metrics.px(80)
    theme.set_text_scale(1)
    hall.window.resize(1366, 768)
    hall.settle()
    assert header._title.isVisible()
    assert header._title.height() >= header._title.heightForWidth(header._title.width())
    assert header.run.hasFocus()
