"""Review, reports of use and care on screen: who has it, what they said, who used it."""

from datetime import date, timedelta

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from cop_desktop.services.care import Care
from cop_desktop.services.library import Attention, Library, NewItem, UseText
from cop_desktop.ui.library.citing import CiteDialog
from cop_desktop.ui.library.page import LibraryPage
from cop_desktop.ui.widgets.focus_ring import FocusRing
from cop_desktop.ui.widgets.form.form import FormDialog
from cop_desktop.ui.widgets.rows import ROW_ROLE, Row
from sync.core.ids import Id
from tests.support.desk_window import DeskWindow, nameless
from tests.support.replicas import BEN, COMMUNITY
from tests.support.tab_walk import passed_over, stops_of
from tests.support.village import Village


def opened(place: DeskWindow, item: Id | None = None) -> LibraryPage:
    page = place.library
    page.show_community(COMMUNITY)
    place.settle()
    if item is not None:
        page.open_item(item)
        place.settle()
    return page


def form_of(place: DeskWindow) -> FormDialog:
    place.settle()
    (found,) = [each for each in place.window.findChildren(FormDialog) if each.isVisible()]
    return found


def steps(page: LibraryPage) -> dict[str, QPushButton]:
    found = [each for each in page.detail.review.buttons() if isinstance(each, QPushButton)]
    return {each.text().replace("&", ""): each for each in found if not each.isHidden()}


def rows(page: LibraryPage) -> list[Row]:
    return [page.rows.index(place).data(ROW_ROLE) for place in range(page.rows.rowCount())]


@pytest.fixture
def handed_in(village: Village) -> Id:
    """An item of Ben's that waits for somebody to look at it."""
    library = Library(village.ben)
    item = library.add_item(COMMUNITY, NewItem("Bus route", summary="Walk it.", type="guide")).id
    library.submit(item)
    village.meet()
    return item


def test_a_member_is_asked_to_review_and_everybody_sees_who_has_it_until_when(
    anna: DeskWindow, ben: DeskWindow, village: Village, handed_in: Id
) -> None:
    page = opened(anna, handed_in)
    assert page.detail.review.holder.text() == "Waiting for somebody to review it."
    steps(page)["Ask somebody to review…"].click()
    dialog = form_of(anna)
    dialog.form.set_values({"reviewer": BEN.hex(), "answer_by": date(2026, 8, 26)})
    dialog.confirm()
    anna.settle()
    village.meet()
    theirs = opened(ben, handed_in)
    assert theirs.detail.review.holder.text().startswith("Ben has it for review")
    assert "26 Aug 2026" in theirs.detail.review.holder.text()
    assert list(steps(theirs)) == ["Publish…", "Send back…", "Hand it on…"]
    theirs.show_attention(Attention.MINE)
    ben.settle()
    (row,) = rows(theirs)
    assert "Yours to review" in [badge.text for badge in row.badges]
    assert "Mine to review (1)" in [
        action.text() for action in theirs.listing.filter.attention.menu().actions()
    ]


def test_what_is_sent_back_needs_a_reason_which_its_author_reads(
    anna: DeskWindow, ben: DeskWindow, village: Village, handed_in: Id
) -> None:
    page = opened(anna, handed_in)
    steps(page)["Send back…"].click()
    dialog = form_of(anna)
    dialog.confirm()
    assert dialog.isVisible()
    dialog.form.set_values({"note": "Say **who** drives it."})
    dialog.confirm()
    anna.settle()
    village.meet()
    theirs = opened(ben, handed_in)
    assert theirs.detail.review.answer.text() == "Anna sent it back:"
    assert theirs.detail.review.note.toPlainText() == "Say who drives it."
    assert list(steps(theirs)) == ["Submit for review"]
    steps(theirs)["Submit for review"].click()
    ben.settle()
    assert theirs.detail.review.holder.text() == "Waiting for somebody to review it."
    ben.press_notice()
    assert list(steps(theirs)) == ["Submit for review"]


def test_a_report_of_use_is_made_changed_and_taken_back(
    ben: DeskWindow, village: Village, handed_in: Id
) -> None:
    Library(village.anna).publish(handed_in)
    village.meet()
    page = opened(ben, handed_in)
    uses = page.detail.uses
    assert uses.invitation.isVisible()
    uses.report.click()
    dialog = form_of(ben)
    dialog.form.set_values({"text": "We began with **one** bus."})
    dialog.confirm()
    ben.settle()
    (row,) = uses.rows()
    assert row.text.toPlainText() == "We began with one bus."
    assert uses.title.text() == "Used by 1"
    assert "Used by 1" in [badge.text for badge in rows(page)[0].badges]
    row.change.click()
    dialog = form_of(ben)
    dialog.form.set_values({"text": "With two."})
    dialog.confirm()
    ben.settle()
    (row,) = uses.rows()
    assert row.text.toPlainText() == "With two."
    row.trash.click()
    ben.settle()
    assert uses.rows() == []
    ben.press_notice()
    assert len(uses.rows()) == 1


def test_what_others_reported_is_not_mine_to_change(
    anna: DeskWindow, village: Village, handed_in: Id
) -> None:
    Library(village.ben).report_use(handed_in, UseText("It worked."))
    village.meet()
    (row,) = opened(anna, handed_in).detail.uses.rows()
    assert not row.change.isVisible()
    assert row.trash.isVisible()  # a facilitator's, as the catalogue has it


def test_care_is_asked_for_and_shown_before_anything_of_the_item(
    anna: DeskWindow, ben: DeskWindow, village: Village, handed_in: Id
) -> None:
    page = opened(anna, handed_in)
    page.detail.buttons["care"].click()
    dialog = form_of(anna)
    dialog.form.set_values({"note": "Photos of an Elder"})
    dialog.confirm()
    anna.settle()
    assert page.detail.title.isVisible()  # who asked has it before them
    village.meet()
    theirs = opened(ben, handed_in)
    assert not theirs.detail.title.isVisible()
    assert theirs.detail._cover.isVisible()
    assert "Walk it." not in rows(theirs)[0].snippet
    theirs.detail._cover.show_wanted.emit()
    ben.settle()
    assert theirs.detail.title.text() == "Bus route"
    assert theirs.detail.title.isVisible()
    theirs.detail.buttons["care"].click()
    ben.settle()
    assert Care(village.ben).flag_of(handed_in) is None
    ben.press_notice()
    assert Care(village.ben).flag_of(handed_in) is not None


def test_a_citation_is_copied(anna: DeskWindow, handed_in: Id) -> None:
    page = opened(anna, handed_in)
    page.detail.buttons["cite"].click()
    anna.settle()
    (dialog,) = anna.window.findChildren(CiteDialog)
    copy = dialog.findChildren(QPushButton)[0]
    copy.click()
    copied = QApplication.clipboard().text()
    assert copied.startswith("Ben. (")
    assert copied.endswith("Bus route [Guide]. Top End Leaders.")
    assert "Copied" in dialog.copied.text()
    dialog.reject()


def test_cards_are_remembered_and_keep_what_is_chosen(
    anna: DeskWindow, handed_in: Id, qtbot: QtBot
) -> None:
    page = opened(anna, handed_in)
    anna.window.registry.action("library.cards").trigger()
    assert page.listing.list.are_cards
    assert anna.window.memory.get("library.cards") == b"1"
    assert page.listing.list.current_key() == handed_in.hex()
    page.listing.list.setFocus()
    qtbot.keyClick(page.listing.list, Qt.Key.Key_Home)
    card = page.listing.list._cards.sizeHint(None, page.rows.index(0))  # type: ignore[arg-type]
    assert card.width() <= page.listing.list.viewport().width()
    assert page.listing.list.grab().width() > 0
    qtbot.mouseClick(page.listing.cards, Qt.MouseButton.LeftButton)
    assert anna.window.memory.get("library.cards") == b"0"


def test_tab_leads_to_every_control_of_an_item_from_top_to_foot(
    anna: DeskWindow, village: Village, handed_in: Id
) -> None:
    Library(village.ben).report_use(handed_in, UseText("It worked."))
    village.meet()
    page = opened(anna, handed_in)
    page.listing.list.setFocus()
    assert passed_over(anna.window) == []
    shown = page.detail
    order = [shown.review.buttons()[0], shown.summary, shown.uses.report, shown.buttons["change"]]
    assert [stop for stop in stops_of(anna.window) if stop in order] == order
    shown.summary.setFocus(Qt.FocusReason.TabFocusReason)
    (ring,) = [ring for ring in anna.window.findChildren(FocusRing) if ring.isVisible()]
    corner = shown.summary.mapTo(ring.parentWidget(), QPoint())
    assert ring.geometry().contains(QRect(corner, shown.summary.size()), proper=True)
    shown.uses.report.setFocus()
    assert not ring.isVisible()


def test_what_is_late_is_listed_and_every_control_has_a_name(
    anna: DeskWindow, village: Village, handed_in: Id
) -> None:
    library = anna.desk.services.library
    library.ask(handed_in, BEN, library.usual_answer_by() - timedelta(days=20))
    page = opened(anna, handed_in)
    page.show_attention(Attention.LATE)
    anna.settle()
    assert [row.title for row in rows(page)] == ["Bus route"]
    assert "was to answer by" in page.detail.review.holder.text()
    assert nameless(page) == []
    page.listing.filter.clear.click()
    anna.settle()
    assert page.listing.filter.wanted().attention is None


def test_thanks_for_an_item_and_a_report_are_said_and_taken_back_where_the_keyboard_is(
    anna: DeskWindow, handed_in: Id
) -> None:
    anna.desk.services.library.report_use(handed_in, UseText("We began with one bus."))
    uses = opened(anna, handed_in).detail.uses
    (row,) = uses.rows()
    row.thanks.setFocus()
    QTest.keyClick(row.thanks, Qt.Key.Key_Space)
    anna.settle()
    (row,) = uses.rows()
    assert row.thanks.text() == " Thanks  1"
    assert row.thanks.accessibleName() == "Thanks for the report of Anna, 1"
    assert row.thanks.toolTip() == "Anna"
    assert anna.window.focusWidget() is row.thanks
    for words in (" Thanks  1", " Thanks"):
        uses.thanks.click()
        anna.settle()
        assert uses.thanks.text() == words
        assert uses.thanks.isChecked() is words.endswith("1")


def test_steps_are_undone_and_all_is_as_it_was(anna: DeskWindow, handed_in: Id) -> None:
    page = opened(anna, handed_in)

    def take(step: str, **values: object) -> str:
        steps(page)[step].click()
        if step.endswith("…"):
            dialog = form_of(anna)
            dialog.form.set_values(values)
            dialog.confirm()
        anna.settle()
        return anna.desk.services.library.item(handed_in).status

    def undone() -> str:
        anna.press_notice()
        return anna.desk.services.library.item(handed_in).status

    assert (take("Send back…", note="Who drives?"), undone()) == ("draft", "submitted")
    assert not page.detail.review.note.isVisible()
    assert (take("Review it myself"), undone()) == ("in review", "submitted")
    assert take("Publish…") == "published"
    assert (take("Retire"), undone()) == ("retired", "published")
    assert "It is as it was." in anna.notices


def test_the_list_says_what_was_sent_back_and_what_is_a_copy_which_keeps_its_care(
    anna: DeskWindow, ben: DeskWindow, village: Village, handed_in: Id
) -> None:
    Care(village.anna).flag(handed_in, "Photos of an Elder")
    Library(village.anna).send_back(handed_in, "Say who drives it.")
    village.meet()
    page = opened(ben, handed_in)
    assert "Sent back to you" in [badge.text for badge in rows(page)[0].badges]
    page.detail._cover.show_wanted.emit()
    ben.settle()
    page.detail.buttons["adapt"].click()
    ben.settle()
    copy = next(row for row in rows(page) if row.key != handed_in.hex())
    assert {"Adapted", "With care"} <= {badge.text for badge in copy.badges}
    assert page.detail.title.isVisible()  # who makes the copy has seen what it is of
    assert "Sent back to you" not in [badge.text for badge in rows(opened(anna))[0].badges]
