"""Forms made from data."""

import time as clock
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import QDate, QRect, Qt
from PySide6.QtGui import QFontMetrics, QImage
from PySide6.QtWidgets import QDialog, QLabel, QLineEdit, QPushButton, QTableView

from cop_desktop.ui.theme.theme import Theme
from cop_desktop.ui.widgets.form.date_box import DateBox
from cop_desktop.ui.widgets.form.fields import Choice, FormField, Kind, problem_of
from cop_desktop.ui.widgets.form.form import FieldForm, FormDialog

MEMBERS = (
    Choice("m1", "Tom Baker", "Saltbush"),
    Choice("m2", "Tom Hall", "the river school"),
    Choice("m3", "Priya Nair", "Saltbush"),
)

FIELDS = (
    FormField("title", "&Title", required=True, help="One line.", max_length=20),
    FormField("body", "&Body", Kind.MULTILINE),
    FormField("type", "&Kind", Kind.CHOICE, required=True, choices=(Choice("a", "Ask"),)),
    FormField("owner", "&Owner", Kind.MEMBER, choices=MEMBERS),
    FormField("due", "&Due", Kind.DATE),
    FormField("at", "&At", Kind.TIME, required=True),
    FormField("follow", "&Follow", Kind.BOOL),
    FormField("tags", "Ta&gs", Kind.TAGS),
)

FULL = {
    "title": "Breakfast",
    "body": "two\nlines\u00a0x",
    "type": "a",
    "owner": "m2",
    "due": date(2026, 8, 12),
    "at": time(9, 5),
    "follow": True,
    "tags": ("families", "wet season"),
}


@pytest.fixture
def form(theme: Theme, qtbot) -> FieldForm:
    made = FieldForm(theme, FIELDS)
    qtbot.addWidget(made)
    made.show()
    return made


def test_a_long_choice_makes_no_form_wider_than_its_window(theme: Theme, qtbot) -> None:
    long = Choice("long", "Homelands Community Education Centre and Boarding House " * 4)
    form = FieldForm(theme, [FormField("school", "&School", Kind.CHOICE, choices=(long,))])
    qtbot.addWidget(form)
    assert form.minimumSizeHint().width() < theme.metrics.px(400)


def test_a_long_line_shows_its_beginning_when_one_comes_to_it(form: FieldForm, qtbot) -> None:
    line = form.editor("title")
    assert isinstance(line, QLineEdit)
    line.setText("Everything that we know by now " * 9)
    form.editor("body").setFocus()
    line.setFocus(Qt.FocusReason.TabFocusReason)
    assert line.selectedText() == line.text()
    assert line.cursorPosition() == 0


def shown_problems(form: FieldForm) -> list[str]:
    return [
        label.text()
        for label in form.findChildren(QLabel)
        if label.property("role") == "problem" and label.isVisibleTo(form) and label.text()
    ]


def test_what_goes_in_comes_out(form: FieldForm) -> None:
    form.set_values(FULL)
    assert form.values() == FULL


def test_an_untouched_form_says_so(form: FieldForm) -> None:
    values = form.values()
    assert values["title"] == ""
    assert values["type"] == ""
    assert values["owner"] == ""
    assert values["due"] is None
    assert values["follow"] is False
    assert values["tags"] == ()


def test_what_is_missing_is_said_at_its_field_and_gone_to(form: FieldForm, qtbot) -> None:
    assert not form.check()
    assert shown_problems(form) == [
        "Please fill in “Title”.",
        "Please choose something for “Kind”.",
    ]
    qtbot.waitUntil(form.editor("title").hasFocus)
    assert form.editor("title").property("state") == "problem"
    assert "fill in" in form.editor("title").accessibleDescription()


def test_a_problem_goes_when_its_field_is_changed(form: FieldForm, qtbot) -> None:
    form.check()
    qtbot.keyClicks(form.editor("title"), "a")
    assert shown_problems(form) == ["Please choose something for “Kind”."]
    form.set_values({"type": "a"})
    assert form.check()
    assert shown_problems(form) == []


def test_too_long_is_said_and_nothing_is_cut(form: FieldForm) -> None:
    form.set_values({**FULL, "title": "x" * 25})
    assert not form.check()
    assert shown_problems(form) == ["This is 5 characters too long (20 fit)."]
    assert form.values()["title"] == "x" * 25


def test_a_service_can_say_what_only_it_knows(form: FieldForm) -> None:
    form.show_problem("title", "There is a topic of this name already.")
    assert shown_problems(form) == ["There is a topic of this name already."]


def test_a_choice_that_only_a_newer_program_knows_stays_as_it_was(form: FieldForm) -> None:
    form.set_values({"type": "of next year"})
    assert form.editor("type").currentText() == "As it was"
    assert form.values()["type"] == "of next year"


def test_a_member_is_found_by_part_of_a_name_or_a_school(form: FieldForm) -> None:
    field = form.editor("owner")
    for typed, found in (("priya", "m3"), ("river", "m2"), ("tom", ""), ("nobody", "")):
        field.setText(typed)
        assert form.values()["owner"] == found, typed


def test_tags_are_added_by_enter_and_comma_and_taken_by_backspace(form: FieldForm, qtbot) -> None:
    line = form.editor("tags").findChild(QLineEdit)
    qtbot.keyClicks(line, "wet  season")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    qtbot.keyClicks(line, "families,half")
    assert form.values()["tags"] == ("wet season", "families", "half")
    line.clear()
    qtbot.keyClick(line, Qt.Key.Key_Backspace)
    assert form.values()["tags"] == ("wet season",)
    form.set_values({"tags": ("a", "a", " ", "b")})
    assert form.values()["tags"] == ("a", "b")


def test_a_mnemonic_leads_to_its_field(form: FieldForm, qtbot) -> None:
    labels = {label.text(): label.buddy() for label in form.findChildren(QLabel) if label.buddy()}
    assert labels["&Title"] is form.editor("title")
    assert labels["&Owner (optional)"] is form.editor("owner")
    form.editor("body").setFocus()
    qtbot.keyClick(form, Qt.Key.Key_T, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(form.editor("title").hasFocus)


def test_every_field_is_named_for_those_who_listen(form: FieldForm) -> None:
    for field in FIELDS:
        assert form.editor(field.key).accessibleName() == field.name


@pytest.mark.parametrize(
    ("field", "value", "is_problem"),
    [
        (FormField("x", "X", required=True), "", True),
        (FormField("x", "X", required=True), "a", False),
        (FormField("x", "X", max_length=3), "abcd", True),
        (FormField("x", "X", Kind.BOOL, required=True), False, False),
        (FormField("x", "X", Kind.TIME, required=True), time(0, 0), False),
        (FormField("x", "X", Kind.TAGS, required=True), (), True),
    ],
)
def test_when_a_value_will_do(field: FormField, value: object, is_problem: bool) -> None:
    assert bool(problem_of(field, value)) is is_problem


@pytest.fixture
def dialog(theme: Theme, qtbot) -> FormDialog:
    made = FormDialog(theme, "New topic", FieldForm(theme, FIELDS), "&Start the topic")
    qtbot.addWidget(made)
    made.show()
    return made


def button(dialog: QDialog, text: str) -> QPushButton:
    return next(b for b in dialog.findChildren(QPushButton) if text in b.text())


def test_a_dialog_gives_its_values_once_they_will_do(dialog: FormDialog, qtbot) -> None:
    with qtbot.assertNotEmitted(dialog.confirmed):
        dialog.confirm()
    dialog.form.set_values(FULL)
    with qtbot.waitSignal(dialog.confirmed) as told:
        qtbot.mouseClick(button(dialog, "Start"), Qt.MouseButton.LeftButton)
    assert told.args == [FULL]
    assert dialog.isVisible()
    dialog.accept()
    assert not dialog.isVisible()


def test_ctrl_enter_does_what_the_main_button_does(dialog: FormDialog, qtbot) -> None:
    dialog.form.set_values(FULL)
    dialog.activateWindow()
    for key in ("body", "title"):
        dialog.form.editor(key).setFocus()
        with qtbot.waitSignal(dialog.confirmed) as told:
            focus = dialog.focusWidget()
            qtbot.keyClick(focus, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        assert told.args == [FULL]
        dialog.keep_open("")


def test_a_failed_commit_leaves_everything_in_the_dialog(dialog: FormDialog, qtbot) -> None:
    dialog.form.set_values(FULL)
    dialog.confirm()
    dialog.keep_open("The disk is full.")
    assert dialog.isVisible()
    assert dialog.form.values() == FULL
    with qtbot.waitSignal(dialog.confirmed):
        dialog.confirm()


def test_cancel_asks_once_when_something_was_entered(dialog: FormDialog, qtbot) -> None:
    qtbot.keyClicks(dialog.form.editor("title"), "half")
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    assert button(dialog, "Leave without saving").isVisible()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_cancel_leaves_at_once_when_nothing_was_entered(dialog: FormDialog, qtbot) -> None:
    dialog.start_from(FULL)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def day_in_darwin() -> date:
    return datetime.now(ZoneInfo("Australia/Darwin")).date()


def due_of(form: FieldForm) -> DateBox:
    """The date that may be left out, with the keys in it."""
    box = form.editor("due")
    assert isinstance(box, DateBox)
    box.setFocus()
    return box


@pytest.mark.parametrize("key", [Qt.Key.Key_Up, Qt.Key.Key_Down])
def test_a_step_from_no_date_is_today(form: FieldForm, qtbot, key: Qt.Key) -> None:
    qtbot.keyClick(due_of(form), key)
    assert form.values()["due"] == day_in_darwin()


def test_a_day_can_be_typed_where_there_is_no_date(form: FieldForm, qtbot) -> None:
    box = due_of(form)
    assert box.lineEdit().placeholderText() == "No date"
    qtbot.keyClicks(box, "30/11/2026")
    assert form.values()["due"] == date(2026, 11, 30)
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert box.lineEdit().text() == "Mon 30 Nov 2026"
    box.lineEdit().selectAll()
    qtbot.keyClicks(box, "tomorrow")
    assert form.values()["due"] == day_in_darwin() + timedelta(1)


def test_the_number_alone_can_be_changed_in_a_date(form: FieldForm, qtbot) -> None:
    form.set_values({"due": date(2026, 8, 12)})
    box = due_of(form)
    box.lineEdit().setSelection(4, 2)
    qtbot.keyClicks(box, "15")
    form.editor("title").setFocus()
    assert form.values()["due"] == date(2026, 8, 15)
    assert box.lineEdit().text() == "Sat 15 Aug 2026"


def test_what_is_no_day_stays_as_typed_and_is_told_when_one_goes_on(form: FieldForm, qtbot) -> None:
    form.set_values({**FULL})
    box = due_of(form)
    box.lineEdit().selectAll()
    qtbot.keyClicks(box, "11/30/2026")
    assert shown_problems(form) == []
    qtbot.keyClick(box, Qt.Key.Key_Up)
    form.editor("title").setFocus()
    assert box.lineEdit().text() == "11/30/2026"
    assert "“11/30/2026” is no day" in shown_problems(form)[0]
    assert box.property("state") == "problem"
    assert not form.check()
    assert box.hasFocus()
    assert form.values()["due"] == FULL["due"]
    box.lineEdit().selectAll()
    qtbot.keyClicks(box, "30 Nov 2026")
    assert shown_problems(form) == []
    assert form.check()
    assert form.values()["due"] == date(2026, 11, 30)


def test_a_day_that_must_be_there_is_not_emptied(theme: Theme, qtbot) -> None:
    made = FieldForm(theme, (FormField("on", "&On", Kind.DATE, required=True),))
    qtbot.addWidget(made)
    made.show()
    box = made.editor("on")
    assert isinstance(box, DateBox)
    box.setFocus()
    box.lineEdit().selectAll()
    qtbot.keyClick(box, Qt.Key.Key_Delete)
    assert made.values()["on"] == day_in_darwin()
    assert not made.check()
    assert "30/11/2026" in shown_problems(made)[0]


@pytest.mark.parametrize("key", [Qt.Key.Key_Delete, Qt.Key.Key_Backspace])
def test_deleting_all_of_a_date_leaves_no_date(form: FieldForm, qtbot, key: Qt.Key) -> None:
    form.set_values({"due": date(2026, 8, 12)})
    box = due_of(form)
    box.lineEdit().selectAll()
    qtbot.keyClick(box, key)
    assert form.values()["due"] is None
    assert box.problem() == ""


@pytest.mark.parametrize(
    ("key", "modifier"),
    [
        (Qt.Key.Key_F4, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier),
    ],
)
def test_keys_open_the_calendar_on_today_where_there_is_no_date(
    form: FieldForm, qtbot, key: Qt.Key, modifier: Qt.KeyboardModifier
) -> None:
    box = due_of(form)
    qtbot.keyClick(box, key, modifier)
    calendar = box.calendarWidget()
    qtbot.waitUntil(calendar.isVisible)
    today = day_in_darwin()
    assert (calendar.yearShown(), calendar.monthShown()) == (today.year, today.month)
    assert form.values()["due"] is None
    qtbot.keyClick(calendar.focusWidget() or calendar, Qt.Key.Key_Escape)
    calendar.window().close()
    assert form.values()["due"] is None


def test_a_calendar_opened_from_a_date_shows_its_month(form: FieldForm, qtbot) -> None:
    form.set_values({"due": date(2027, 2, 3)})
    box = due_of(form)
    qtbot.keyClick(box, Qt.Key.Key_F4)
    calendar = box.calendarWidget()
    qtbot.waitUntil(calendar.isVisible)
    assert calendar.selectedDate() == QDate(2027, 2, 3)
    calendar.clicked.emit(QDate(2027, 2, 4))
    assert not calendar.isVisible()
    assert form.values()["due"] == date(2027, 2, 4)
    box.showPopup()
    box._popup.none.click()
    assert form.values()["due"] is None


@pytest.fixture
def far_clock(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A computer whose day is another one than in Darwin at this moment."""
    zones = ("Pacific/Pago_Pago", "Pacific/Kiritimati")
    now = datetime.now(UTC)
    other = next(z for z in zones if now.astimezone(ZoneInfo(z)).date() != day_in_darwin())
    monkeypatch.setenv("TZ", other)
    clock.tzset()
    yield
    monkeypatch.undo()
    clock.tzset()


@pytest.mark.skipif(not hasattr(clock, "tzset"), reason="the zone is the system's on Windows")
@pytest.mark.usefixtures("far_clock")
def test_a_date_begins_with_the_day_in_the_territory(theme: Theme, qtbot) -> None:
    made = FieldForm(theme, (FormField("on", "&On", Kind.DATE, required=True),))
    qtbot.addWidget(made)
    assert QDate.currentDate().toPython() != day_in_darwin()
    assert made.values()["on"] == day_in_darwin()


def ink_height(image: QImage, cell: QRect) -> int:
    """How many rows of pixels of a cell something is written in."""
    ground = image.pixel(cell.left() + 2, cell.top() + 2)
    inside = cell.adjusted(2, 2, -2, -2)
    columns = range(inside.left(), inside.right())
    return sum(
        any(image.pixel(x, y) != ground for x in columns)
        for y in range(inside.top(), inside.bottom())
    )


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_every_day_of_the_calendar_can_be_read(
    theme: Theme, form: FieldForm, qtbot, scale: float
) -> None:
    theme.set_text_scale(scale)
    form.set_values({"due": date(2026, 8, 12)})
    box = due_of(form)
    qtbot.keyClick(box, Qt.Key.Key_F4)
    calendar = box.calendarWidget()
    qtbot.waitUntil(calendar.isVisible)
    view = calendar.findChild(QTableView)
    assert view is not None
    image = view.viewport().grab().toImage()
    model = view.model()
    cells = [model.index(row, column) for row in range(7) for column in range(7)]
    least = QFontMetrics(calendar.font()).capHeight() - 2
    for cell in cells:
        # Of what does not fit, "…" is left.
        assert ink_height(image, view.visualRect(cell)) >= least, cell.data()
    calendar.window().close()
