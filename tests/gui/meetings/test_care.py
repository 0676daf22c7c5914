"""Meetings to be looked at with care: covered until somebody wishes to see them."""

import pytest
from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QLineEdit, QPushButton

from cop_desktop.ui.meetings.papers import papers_of
from cop_desktop.ui.records.care_words import care_words
from cop_desktop.ui.widgets.form.form import FormDialog
from cop_desktop.ui.widgets.rows import KEY_ROLE, ROW_ROLE
from sync.core.ids import Id
from tests.support.meeting_hall import Hall
from tests.support.on_screen import texts_on


@pytest.fixture
def flagged(hall: Hall, tonight: Id) -> Id:
    """Tonight's meeting, for which Anna asked for care before it was opened here."""
    hall.hub.post_change(hall.meetings.care.flag(tonight, "An Elder's name is in the notes"))
    hall.settle()
    return tonight


def words_of(hall: Hall) -> str:
    return "\n".join(text for _, text in texts_on(hall.page.detail))


def rows_of(hall: Hall) -> list[QModelIndex]:
    rows = hall.page.rows
    return [rows.index(place) for place in range(rows.rowCount())]


def go_elsewhere_and_back(hall: Hall, meeting: Id) -> None:
    keys = [index.data(KEY_ROLE) for index in rows_of(hall)]
    other = next(key for key in keys if key != meeting.hex())
    for key in (other, meeting.hex()):
        hall.page.listing.list.choose(key)
        hall.settle()


def test_nothing_of_it_is_seen_before_somebody_wishes_to_then_all_of_it_until_the_window_closes(
    hall: Hall, flagged: Id
) -> None:
    go_elsewhere_and_back(hall, flagged)
    detail = hall.page.detail
    assert detail.cover.isVisible()
    assert "An Elder's name is in the notes" in words_of(hall)
    assert "Paperbark" not in words_of(hall)
    hall.window.registry.action("meetings.run").trigger()
    hall.window.registry.action("meetings.paper").trigger()
    hall.settle()
    assert not hall.page.is_running()
    assert hall.page.presenter.out.paper_dialog is None
    detail.cover.findChild(QPushButton).click()
    hall.settle()
    assert detail.is_meeting_shown()
    assert detail.notes.composer.text().startswith("## What we heard")
    go_elsewhere_and_back(hall, flagged)
    assert detail.is_meeting_shown()
    index = next(i for i in rows_of(hall) if i.data(KEY_ROLE) == flagged.hex())
    assert "With care" in [badge.text for badge in index.data(ROW_ROLE).badges]


def test_its_papers_say_so_before_anything_else(hall: Hall, flagged: Id) -> None:
    for choice in papers_of(hall.meetings.meeting(flagged)):
        assert choice.paper.lines[-1].startswith(care_words())
    assert hall.meetings.meeting(flagged).care is not None


def test_who_asks_for_care_keeps_it_before_them_and_can_take_that_back(
    hall: Hall, tonight: Id
) -> None:
    hall.page.open_meeting(tonight)
    hall.settle()
    hall.page.detail.header.care_wanted.emit()
    dialog = hall.window.findChild(FormDialog)
    field = dialog.form.editor("note")
    assert isinstance(field, QLineEdit)
    field.setText("His photo")
    dialog.confirm()
    hall.settle()
    assert hall.meetings.meeting(tonight).care.note == "His photo"
    assert hall.page.detail.is_meeting_shown()
    hall.page.detail.header.care_wanted.emit()
    hall.settle()
    assert hall.meetings.meeting(tonight).care is None
    hall.notices[-1].acted()
    hall.settle()
    assert hall.meetings.meeting(tonight).care.note == "His photo"
