"""The operators as a form: what is entered here stands in the search field, and the other way."""

from collections.abc import Sequence
from dataclasses import fields

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtWidgets import (
    QCompleter,
    QHBoxLayout,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from cop_desktop.services.search import Asked
from cop_desktop.ui.search.places import place_names, with_unknown_place
from cop_desktop.ui.theme.padding import pad
from cop_desktop.ui.theme.theme import Theme
from cop_desktop.ui.widgets.buttons import push_button
from cop_desktop.ui.widgets.form.fields import Choice, FormField, Kind
from cop_desktop.ui.widgets.form.form import FieldForm
from cop_desktop.ui.widgets.labels import label
from cop_desktop.ui.widgets.landing import land_at
from sync.catalogue.discussions import ACTIVITIES
from sync.catalogue.library import ITEM_TYPES
from sync.catalogue.meetings import MEETING_TYPES

_WIDEST_PX = 560


class SearchForm(QScrollArea):
    """`asked` carries what the form asks for, whenever somebody changes it."""

    asked = Signal(object)
    close_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setAccessibleName(self.tr("Search more exactly"))
        self.form = FieldForm(theme, self._fields())
        self.clear = push_button(theme, self.tr("Em&pty the form"), "quiet", "undo")
        self.close_form = push_button(theme, self.tr("&Close"), "", "close")
        self._names = {key: QStringListModel(self) for key in ("author", "tag")}
        for key, model in self._names.items():
            self._complete(key, model)
        types = (*ITEM_TYPES, *ACTIVITIES, *MEETING_TYPES)
        self._complete("type", QStringListModel(list(dict.fromkeys(types)), self))
        self.form.changed.connect(self._tell)
        self.clear.clicked.connect(self._on_clear)
        self.close_form.clicked.connect(self._on_close)
        self._lay_out()

    def show_asked(self, asked: Asked) -> None:
        """Fills the form with what the search field asks for; the one being typed in stays."""
        shown = with_unknown_place(asked)
        if shown == self.value():
            return
        self._fill(shown)

    def show_known(self, authors: Sequence[str], tags: Sequence[str]) -> None:
        """What is proposed while a name or a tag is typed."""
        self._names["author"].setStringList(list(authors))
        self._names["tag"].setStringList(list(tags))

    def value(self) -> Asked:
        """What the form asks for."""
        return Asked(**self.form.values())

    def _fill(self, asked: Asked) -> None:
        self.form.set_values({each.name: getattr(asked, each.name) for each in fields(Asked)})

    def _tell(self) -> None:
        self.asked.emit(self.value())

    def _on_clear(self) -> None:
        self._fill(Asked())
        self.form.focus_first()
        self._tell()

    def _on_close(self) -> None:
        self.close_wanted.emit()

    def _complete(self, key: str, model: QStringListModel) -> None:
        field = self.form.editor(key)
        if isinstance(field, QLineEdit):
            completer = QCompleter(model, field)
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            completer.activated.connect(self._tell)
            field.setCompleter(completer)

    def _fields(self) -> tuple[FormField, ...]:
        tr = self.tr
        places = {"": tr("Everywhere"), **place_names()}.items()
        # Nothing has to be filled in, and so the form is never checked: `required` only keeps it
        # from saying "optional" at every field.
        return (
            FormField(
                "words",
                tr("With all these &words"),
                required=True,
                help=tr("The last may be unfinished."),
            ),
            FormField("exact", tr("With these words &together"), required=True),
            FormField("without", tr("Witho&ut any of these words"), required=True),
            FormField("author", tr("Written &by"), required=True, placeholder=tr("A name, or me")),
            FormField(
                "place",
                tr("&In"),
                Kind.CHOICE,
                required=True,
                choices=tuple(Choice(key, name) for key, name in places),
            ),
            FormField(
                "type", tr("Of the t&ype"), required=True, placeholder=tr("guide, visits, pdf…")
            ),
            FormField("tag", tr("With the t&ag"), required=True),
            FormField("has_file", tr("Only with a fi&le"), Kind.BOOL),
            FormField("unread", tr("Only what I have not &read"), Kind.BOOL),
            FormField("after", tr("From this day o&n"), Kind.DATE),
            FormField("before", tr("Before this &day"), Kind.DATE),
        )

    def _lay_out(self) -> None:
        inside = QWidget()
        inside.setObjectName("scrolled")
        inside.setMaximumWidth(self._theme.metrics.px(_WIDEST_PX))
        column = QVBoxLayout(inside)
        pad(self._theme, column, (24, 16, 24, 24), 12)
        column.addWidget(label(self.tr("Search more exactly"), "subtitle"))
        soft = self.tr("What you fill in stands in the search field too, and is found as you go.")
        column.addWidget(label(soft, "soft"))
        buttons = QHBoxLayout()
        pad(self._theme, buttons, 0, 8)
        buttons.addWidget(self.close_form)
        buttons.addWidget(self.clear)
        buttons.addStretch(1)
        column.addLayout(buttons)
        column.addWidget(self.form)
        self.setWidgetResizable(True)
        # Landing is for F6: with Tab it would pass over the buttons.
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(inside)
        land_at(self, self.form.editor("words"))
