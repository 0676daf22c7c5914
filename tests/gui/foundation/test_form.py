"""Forms made from data."""

from datetime import date, time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLabel, QLineEdit, QPushButton

from cop_desktop.ui.theme.theme import Theme
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
