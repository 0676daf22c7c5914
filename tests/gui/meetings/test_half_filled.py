"""What is typed into the forms and lines of a meeting waits until it is sent."""

from datetime import date, time

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit

from cop_desktop.services.meetings import MeetingEdit
from cop_desktop.ui.meetings.forms.series_form import SeriesDialog
from cop_desktop.ui.theme.theme import Theme
from cop_desktop.ui.widgets.composer.field_spelling import AreaSpelling, LineSpelling
from cop_desktop.ui.widgets.drafting import Drafting
from cop_desktop.ui.widgets.form.form import FormDialog
from tests.support.meeting_hall import Hall, hall_over


def enter(hall: Hall, dialog: FormDialog, **values: object) -> None:
    """As somebody fills a form, and the moment after which it is kept."""
    dialog.form.set_values(values)
    dialog.form.changed.emit()
    for drafting in dialog.findChildren(Drafting):
        drafting.tell()
    hall.settle()


def asked(hall: Hall, action: str) -> FormDialog:
    presenter = hall.page.presenter
    hall.window.registry.action(action).trigger()
    hall.settle()
    dialog = presenter.planning.dialog or presenter.detail.dialog
    assert isinstance(dialog, FormDialog)
    return dialog


def test_half_planned_meetings_are_here_again_after_the_end(hall: Hall, theme: Theme) -> None:
    enter(hall, asked(hall, "meetings.new"), title="Housing", time=time(9, 30))
    hall.window.close()
    with hall_over(hall.replica, hall.clock, theme) as again:
        dialog = asked(again, "meetings.new")
        values = dialog.form.values()
        assert (values["title"], values["time"]) == ("Housing", time(9, 30))
        dialog.kept.button.click()
        assert not dialog.has_changes()
        dialog.kept.button.click()
        assert dialog.form.values() == values
        dialog.confirm()
        again.settle()
        assert not asked(again, "meetings.new").has_changes()
        again.page.presenter.planning.dialog.reject()
        enter(again, asked(again, "meetings.new_series"), rhythm="week")
        again.window.close()
    with hall_over(hall.replica, hall.clock, theme) as again:
        series = asked(again, "meetings.new_series")
        assert isinstance(series, SeriesDialog)
        assert series.plan_words().startswith("Every Wednesday")


def test_a_day_that_was_chosen_stays_whatever_was_half_filled(hall: Hall) -> None:
    enter(hall, asked(hall, "meetings.new"), title="Housing", day=date(2026, 9, 2))
    planning = hall.page.presenter.planning
    first = planning.dialog
    planning._dialog = None  # as when the program ended
    planning.new_meeting_on(date(2026, 8, 20))
    hall.settle()
    values = planning.dialog.form.values()
    assert (values["title"], values["day"]) == ("Housing", date(2026, 8, 20))
    first.deleteLater()


def test_a_change_begun_is_put_beside_what_others_wrote_since(hall: Hall, theme: Theme) -> None:
    hall.page.open_meeting(hall.tonight)
    hall.settle()
    enter(hall, asked(hall, "meetings.change"), place="The library", title="Forum at night")
    hall.window.close()
    hall.meetings.edit_meeting(hall.tonight, MeetingEdit(place="The hall"))
    with hall_over(hall.replica, hall.clock, theme) as again:
        again.page.open_meeting(hall.tonight)
        again.settle()
        values = asked(again, "meetings.change").form.values()
        assert (values["place"], values["title"]) == ("The hall / The library", "Forum at night")


def test_what_is_typed_into_the_lines_of_a_meeting_is_here_again_after_the_end(
    hall: Hall, theme: Theme
) -> None:
    hall.page.open_meeting(hall.tonight)
    hall.settle()
    detail = hall.page.detail
    typed = {
        detail.action_items: {"text": "Ask the store", "owner": "Ben", "due": date(2026, 8, 20)},
        detail.decisions: {"text": "The bus leaves at seven."},
        detail.afterwards: {"text": "Worth the hour.", "may_quote": True},
    }
    for section, values in typed.items():
        detail.tabs.setCurrentWidget(section)
        section.add.set_values(values)
        section.add.typed.emit()
    hall.window.close()  # at once after the last letter
    hall.settle()
    with hall_over(hall.replica, hall.clock, theme) as again:
        again.page.open_meeting(hall.tonight)
        again.settle()
        detail = again.page.detail
        for section, values in zip(
            (detail.action_items, detail.decisions, detail.afterwards), typed.values(), strict=True
        ):
            assert section.add.values() == values
            assert "Here again" in section.add.kept.words()
        detail.decisions.add.add()
        detail.action_items.add.kept.button.click()
        again.settle()
        assert detail.decisions.add.kept.isHidden()
    with hall_over(hall.replica, hall.clock, theme) as again:
        again.page.open_meeting(hall.tonight)
        again.settle()
        detail = again.page.detail
        assert not any(detail.decisions.add.values().values())
        assert not any(detail.action_items.add.values().values())
        assert detail.afterwards.add.values()["text"] == "Worth the hour."


def test_words_are_looked_up_in_the_lines_and_forms_of_meetings(hall: Hall, theme: Theme) -> None:
    with hall_over(hall.replica, hall.clock, theme, spelled=True) as spelled:
        spelled.window.show()
        spelled.page.open_meeting(hall.tonight)
        spelled.settle()
        detail = spelled.page.detail
        line = detail.agenda.add.editor("title")
        assert isinstance(line, QLineEdit)
        detail.tabs.setCurrentWidget(detail.agenda)
        spelled.window.activateWindow()
        line.setFocus()
        spelled.settle()
        QTest.keyClicks(line, "We recieve visitors")
        QApplication.processEvents()
        assert line.findChild(LineSpelling).marked() == ["recieve"]
        for section in (detail.decisions, detail.action_items):
            assert section.add.editor("text").findChild(LineSpelling)
        assert not detail.agenda.add.editor("lead").findChild(LineSpelling)
        area = detail.afterwards.add.editor("text")
        assert isinstance(area, QPlainTextEdit)
        assert area.document().findChild(AreaSpelling)
        dialog = asked(spelled, "meetings.change")
        assert dialog.form.editor("title").findChild(LineSpelling)
