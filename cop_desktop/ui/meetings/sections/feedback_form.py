"""Where a member says what they think of a meeting, and whether it may be quoted."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from cop_desktop.ui.theme.padding import pad
from cop_desktop.ui.theme.theme import Theme
from cop_desktop.ui.widgets.buttons import push_button
from cop_desktop.ui.widgets.composer.word_menu import Speller
from cop_desktop.ui.widgets.form.fields import FormField, Kind
from cop_desktop.ui.widgets.form.form import FieldForm
from cop_desktop.ui.widgets.form.kept_note import KeptNote
from cop_desktop.ui.widgets.labels import label
from cop_desktop.ui.widgets.landing import land_at
from sync.catalogue.declare import PARAGRAPHS


class FeedbackForm(QFrame):
    """Works as a `QuickAdd` does: `added` carries what was typed, which stays until it is kept."""

    added = Signal(dict)
    typed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("strip")
        self.kept = KeptNote(theme)
        self._form = FieldForm(theme, feedback_fields())
        self._form.changed.connect(self.typed)
        self._button = push_button(theme, self.tr("Give feedbac&k"), "", "send")
        self._button.clicked.connect(self.add)
        column = QVBoxLayout(self)
        pad(theme, column, 12, 8)
        column.addWidget(self.kept)
        column.addWidget(self._form)
        column.addWidget(label(who_reads_words(), "small"))
        column.addWidget(self._button, 0, Qt.AlignmentFlag.AlignLeft)
        land_at(self, self.editor("text"))

    def editor(self, key: str) -> QWidget:
        """The widget of a field."""
        return self._form.editor(key)

    def check_with(self, speller: Speller | None) -> None:
        """Marks words that the speller does not know; None: marks none."""
        self._form.check_with(speller)

    def values(self) -> dict[str, Any]:
        """What stands in the fields."""
        return self._form.values()

    def set_values(self, values: Mapping[str, Any]) -> None:
        """Fills the fields; those not named are emptied."""
        self._form.set_values({"text": "", "may_quote": False, **values})

    def add(self) -> None:
        """What the button does."""
        if self._form.check():
            if self._button.hasFocus():  # or Qt would hand the focus on to whatever comes next
                self.editor("text").setFocus(Qt.FocusReason.OtherFocusReason)
            self._button.setEnabled(False)
            self.added.emit(self.values())

    def clear_added(self, values: Mapping[str, Any]) -> None:
        """These values are committed."""
        self._button.setEnabled(True)
        if self.values() == dict(values):
            self.set_values({})

    def keep(self, words: str = "", wrong: str = "") -> None:
        """It could not be kept: everything stays; words say why. wrong: the field that is so."""
        self._button.setEnabled(True)
        self._form.show_problem(wrong or "text", words)


def feedback_fields() -> tuple[FormField, ...]:
    """What is asked for."""
    return (
        FormField(
            "text",
            _tr("&What was it worth to you? What should change?"),
            Kind.MULTILINE,
            required=True,
            max_length=PARAGRAPHS,
        ),
        FormField("may_quote", _tr("It may be &quoted, with my name"), Kind.BOOL),
    )


def who_reads_words() -> str:
    """Who reads it: said before it is written."""
    return _tr("Everybody in the community can read it. Only you can change it or take it back.")


def _tr(words: str) -> str:
    return QCoreApplication.translate("FeedbackForm", words)
