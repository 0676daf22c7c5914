"""The data budget on the place of sync: used, left, what waits, the plan and its undo."""

from datetime import UTC, datetime, time
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from cop_desktop.services.discussions import NewTopic
from cop_desktop.services.library import NewItem
from cop_desktop.sync_report import SyncReport
from cop_desktop.ui.syncing import plan_form
from cop_desktop.ui.syncing.budget_presenter import BudgetPresenter
from cop_desktop.ui.syncing.presenter import SyncPresenter
from cop_desktop.ui.syncing.sentence import SentencePresenter
from cop_desktop.ui.welcome.wizard import INTERNET as WIZARD_KEEPS
from cop_desktop.ui.widgets.form.fields import FormField
from cop_desktop.ui.widgets.form.form import FormDialog
from sync.core.budget import GB, CheapHours, DataPlan, Internet
from tests.support.desk_window import DeskWindow, nameless
from tests.support.replicas import COMMUNITY
from tests.support.village import Village

NIGHT = DataPlan(Internet.METERED, 20 * GB, cheap=CheapHours(time(1), time(7)))
IDLE = SyncReport(busy=False, agreed=False, cause="", received=0, up_bytes=0, down_bytes=0)


def budget_of(place: DeskWindow) -> BudgetPresenter:
    presenter = place.sync.presenter
    assert isinstance(presenter, SyncPresenter)
    return presenter.budget


def asked(place: DeskWindow, qtbot: QtBot) -> FormDialog:
    """The dialog of the plan, opened with a key."""
    page = place.sync
    place.settle()
    page.budget.change.setFocus()
    qtbot.keyClick(page.budget.change, Qt.Key.Key_Space)
    place.settle()
    dialog = budget_of(place).dialog
    assert dialog is not None
    return dialog


def attach(place: DeskWindow, village: Village, folder: Path) -> None:
    """A film of 2 MB that still has to go up."""
    library = place.desk.services.library
    item = library.add_item(COMMUNITY, NewItem("Film")).id
    film = folder / "film.mp4"
    film.write_bytes(bytes(range(250)) * 8_000)
    library.attach(item, film)
    village.meet()


def test_a_connection_without_a_plan_shows_what_was_used_and_no_bar(anna: DeskWindow) -> None:
    anna.replica.data_use.note(1_000_000, 2_400_000)
    page = anna.sync
    anna.settle()
    part = page.budget
    assert part.used.text() == "3.4 MB used by this computer"
    assert not part.bar.isVisible()
    assert part.plan.text() == "Good most of the time"
    for hidden in (part.fetch, part.wait, part.held, part.cost, part.now):
        assert not hidden.isVisible()


def test_nothing_used_yet_is_said_so(anna: DeskWindow) -> None:
    page = anna.sync
    anna.settle()
    assert page.budget.used.text() == "0 B used by this computer"
    assert page.budget.month.text().startswith("Counted since ")


def test_an_allowance_is_shown_with_what_is_left_and_a_bar(anna: DeskWindow) -> None:
    anna.replica.data_use.set_plan(NIGHT)
    anna.replica.data_use.note(0, 5 * GB)
    page = anna.sync
    anna.settle()
    assert page.budget.used.text() == "5 GB of 20 GB used by this computer, 15 GB left"
    assert page.budget.bar.isVisible()
    assert page.budget.bar.value() * 4 == page.budget.bar.maximum()
    assert page.budget.plan.text() == (
        "Satellite, or paid by the megabyte · 20 GB a month · free from 1:00 am to 7:00 am"
    )


def test_an_allowance_that_is_used_up_is_said_in_words(anna: DeskWindow) -> None:
    anna.replica.data_use.set_plan(NIGHT)
    anna.replica.data_use.note(0, 21 * GB)
    page = anna.sync
    anna.settle()
    words = "21 GB used by this computer; the allowance of 20 GB is used up"
    assert page.budget.used.text() == words
    assert page.budget.bar.value() == page.budget.bar.maximum()


def test_what_waits_is_told_with_its_cost_and_does_not_wait_when_that_is_wished(
    anna: DeskWindow, village: Village, tmp_path: Path, qtbot: QtBot
) -> None:
    anna.replica.data_use.set_plan(NIGHT)
    anna.replica.data_use.note(0, 64_000, took_s=8.0)
    attach(anna, village, tmp_path)
    sentence = SentencePresenter(anna.window.sentence, anna.sync_tools)
    page = anna.sync
    anna.desk.hub.post_status(IDLE)
    anna.settle()
    part = page.budget
    assert part.held.text() == "2.1 MB of your files to send · waits until 1:00 am"
    cost = "All of it now: 2.1 MB · about 4 minutes · less than 1 % of what is left this month"
    assert part.cost.text() == cost
    assert "2.1 MB of files (from 1:00 am) waiting to go" in anna.window.sentence.words
    qtbot.mouseClick(part.fetch, Qt.MouseButton.LeftButton)
    anna.settle()
    assert anna.handed.wishes == 1  # the sync thread looks again at what may go
    assert not part.held.isVisible()
    assert part.now.text().startswith("You let everything go, until ")
    assert anna.notices[-1].startswith("Everything comes and goes now, until ")
    anna.press_notice()
    assert part.held.isVisible()
    assert not part.wait.isVisible()
    assert sentence.parent() is anna.window.sentence


def test_waiting_again_is_one_press_away(
    anna: DeskWindow, village: Village, tmp_path: Path, qtbot: QtBot
) -> None:
    anna.replica.data_use.set_plan(NIGHT)
    attach(anna, village, tmp_path)
    page = anna.sync
    anna.desk.services.sync_status.budget.fetch_anyway()
    anna.settle()
    page.budget.wait.setFocus()
    qtbot.keyClick(page.budget.wait, Qt.Key.Key_Space)
    anna.settle()
    assert page.budget.held.isVisible()
    assert anna.handed.wishes == 1


def test_the_plan_is_set_with_the_keyboard_and_taken_back_with_undo(
    anna: DeskWindow, qtbot: QtBot
) -> None:
    dialog = asked(anna, qtbot)
    form = dialog.form
    form.set_values({"internet": "metered", "allowance": "20 GB", "cheap": "free"})
    dialog.confirm()
    anna.settle()
    assert anna.replica.data_use.plan() == NIGHT
    assert anna.sync.budget.bar.isVisible()
    assert anna.handed.wishes == 1
    anna.press_notice()
    assert anna.replica.data_use.plan() == DataPlan()
    assert anna.notices[-1] == "The data plan is as it was."
    assert not anna.sync.budget.bar.isVisible()


def test_what_cannot_be_is_said_at_its_field_and_nothing_is_lost(
    anna: DeskWindow, qtbot: QtBot
) -> None:
    dialog = asked(anna, qtbot)
    dialog.form.set_values({"allowance": "plenty", "renews_on": "32"})
    dialog.confirm()
    anna.settle()
    assert dialog.isVisible()
    assert anna.replica.data_use.plan() == DataPlan()
    assert dialog.form.values()["allowance"] == "plenty"
    dialog.form.set_values({"allowance": "0,5", "renews_on": "15"})
    dialog.confirm()
    anna.settle()
    assert anna.replica.data_use.plan() == DataPlan(allowance_bytes=GB // 2, renews_on=15)


def test_hours_can_be_given_only_where_there_are_such(anna: DeskWindow, qtbot: QtBot) -> None:
    dialog = asked(anna, qtbot)
    assert not dialog.form.editor("begins").isEnabled()
    box = dialog.form.editor("cheap")
    box.setFocus()
    qtbot.keyClick(box, Qt.Key.Key_Down)
    assert dialog.form.editor("begins").isEnabled()
    dialog.reject()
    dialog.reject()


@pytest.mark.parametrize(
    "plan",
    [
        DataPlan(),
        NIGHT,
        DataPlan(Internet.SOMETIMES, 500_000_000, 31, CheapHours(time(22), time(6), free=False)),
    ],
)
def test_the_form_shows_a_plan_and_gives_it_back(plan: DataPlan) -> None:
    values = plan_form.values_of(plan)
    assert {field.key for field in plan_form.fields()} == values.keys()
    assert all(isinstance(field, FormField) for field in plan_form.fields())
    assert plan_form.plan_of(values) == plan


def test_the_older_part_that_waits_is_not_said_to_be_on_its_way(
    anna: DeskWindow, village: Village, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cop_desktop.store.data_use._GROUP_BYTES", 10_000_000)
    anna.replica.data_use.set_plan(NIGHT)
    for title in ("Roads", "Boats"):
        anna.desk.services.discussions.start_topic(COMMUNITY, NewTopic(title))
    village.meet()
    _lack_older_parts(anna)
    SentencePresenter(anna.window.sentence, anna.sync_tools)
    page = anna.sync
    anna.desk.hub.post_status(IDLE)
    anna.settle()
    (line,) = [line for line in page.lines("spaces") if line.startswith("Top End Leaders · ")]
    assert line.endswith("the older part waits, see “Data this month”")
    said = anna.window.sentence.words
    assert said.startswith("What is new is here, the older part comes from 1:00 am")
    village.turn_clocks(seconds=_until_two_am(anna))
    anna.tell("topic")
    assert page.budget.now.text() == "The cheap hours are now, until 7:00 am."
    assert anna.window.sentence.words.startswith("Receiving: ")


def test_a_screen_reader_has_a_name_for_every_control_of_it(
    anna: DeskWindow, village: Village, tmp_path: Path
) -> None:
    anna.replica.data_use.set_plan(NIGHT)
    attach(anna, village, tmp_path)
    page = anna.sync
    anna.settle()
    assert nameless(page) == []


def _lack_older_parts(place: DeskWindow) -> None:
    """As after the first page of a community, of which a group below is still to come."""
    with place.replica._database.write() as connection:
        statement = "UPDATE spaces SET floor = 1, agreed = 0 WHERE space = ?"
        connection.exec_driver_sql(statement, (COMMUNITY,))


def _until_two_am(place: DeskWindow) -> float:
    now = place.replica.data_use.now()
    at_two = datetime(now.year, now.month, now.day, 16, 30, tzinfo=UTC)
    return (at_two - now).total_seconds() % 86_400


def test_the_answer_of_the_first_start_is_where_the_plan_is_looked_for(anna: DeskWindow) -> None:
    anna.replica.settings.set(WIZARD_KEEPS, Internet.METERED)
    page = anna.sync
    anna.settle()
    assert page.budget.plan.text() == "Satellite, or paid by the megabyte"
    assert page.budget.rule.text().endswith("wait until you say so.")
