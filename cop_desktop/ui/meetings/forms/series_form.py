"""The dialog in which a series is planned or changed; says in words when it will meet."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QVBoxLayout

from cop_desktop.services.meetings import NewSeries, SeriesEdit, SeriesView
from cop_desktop.services.meetings.local_time import zone_in_words, zone_named
from cop_desktop.ui.meetings.forms.entered import entered_minutes
from cop_desktop.ui.meetings.forms.rhythms import (
    KEYS,
    OWN,
    Planned,
    choice_of,
    choice_words,
    until_of,
)
from cop_desktop.ui.meetings.times import Times
from cop_desktop.ui.meetings.words import types
from cop_desktop.ui.records.saying import say
from cop_desktop.ui.theme.padding import pad
from cop_desktop.ui.theme.theme import Theme
from cop_desktop.ui.widgets.buttons import push_button
from cop_desktop.ui.widgets.form.fields import Choice, FormField, Kind
from cop_desktop.ui.widgets.form.form import FieldForm, FormDialog
from cop_desktop.ui.widgets.labels import label
from sync.catalogue.declare import LINE, PARAGRAPHS
from sync.catalogue.meetings import TIME_ZONE


def _tr(words: str) -> str:
    return QCoreApplication.translate("SeriesForm", words)


def _fields(time_zone: str, *, has_own: bool) -> tuple[FormField, ...]:
    zone = zone_in_words(zone_named(time_zone), say)
    keys = (OWN, *KEYS) if has_own else KEYS
    return (
        FormField("title", _tr("&Title"), required=True, max_length=LINE, spelled=True),
        FormField("first_day", _tr("&First day"), Kind.DATE, required=True),
        FormField("local_time", _tr("Starts at ({0})").format(zone), Kind.TIME, required=True),
        FormField(
            "rhythm",
            _tr("&How often"),
            Kind.CHOICE,
            required=True,
            choices=tuple(Choice(key, key) for key in keys),
        ),
        FormField("until", _tr("&Last day"), Kind.DATE),
        FormField("minutes", _tr("&Minutes"), max_length=10, placeholder=_tr("such as 60")),
        FormField("place", _tr("&Place"), max_length=LINE, placeholder=_tr("a room, or a link")),
        FormField("type", _tr("Sort of m&eeting"), Kind.CHOICE, choices=types()),
        FormField("purpose", _tr("What it is f&or"), Kind.MULTILINE, max_length=PARAGRAPHS),
    )


class SeriesDialog(FormDialog):
    """A form with the plan in words under it. `remove_wanted`: move the series to the trash."""

    remove_wanted = Signal()

    def __init__(self, theme: Theme, times: Times, series: SeriesView | None = None) -> None:
        self._times = times
        self._zone = series.time_zone if series else TIME_ZONE
        self._rule = series.recurrence if series else ""
        start = _values(series, times)
        fields = _fields(self._zone, has_own=start["rhythm"] == OWN)
        title = _tr("Change the series") if series else _tr("New series of meetings")
        ok_text = _tr("&Save") if series else _tr("Pla&n the series")
        super().__init__(theme, title, FieldForm(theme, fields), ok_text)
        self._sentence = label("", "strong")
        self._days = label("", "small")
        self._let_choices_shrink()
        self._add_plan(theme)
        if series is not None and series.may_remove:
            self._add_remove(theme)
        self.start_from(start)
        self.form.changed.connect(self._show_plan)
        self.form.filled.connect(self._show_plan)
        self._show_plan()

    def plan(self) -> Planned:
        """When the series meets, as the form says now."""
        return Planned.of(self.form.values(), self._zone, self._rule)

    def plan_words(self) -> str:
        """What is shown of it."""
        return f"{self._sentence.text()} {self._days.text()}"

    def _add_plan(self, theme: Theme) -> None:
        strip = QFrame()
        strip.setObjectName("strip")
        column = QVBoxLayout(strip)
        pad(theme, column, 12, 2)
        column.addWidget(self._sentence)
        column.addWidget(self._days)
        layout = self.layout()
        if isinstance(layout, QVBoxLayout):
            layout.insertWidget(2, strip)

    def _let_choices_shrink(self) -> None:
        """The longest choice must not make the form wider than the dialog."""
        box = self.form.editor("rhythm")
        if isinstance(box, QComboBox):
            policy = QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            box.setSizeAdjustPolicy(policy)
            box.setMinimumContentsLength(12)

    def _add_remove(self, theme: Theme) -> None:
        remove = push_button(theme, self.tr("Move to t&rash"), "quiet", "trash")
        remove.clicked.connect(self.remove_wanted)
        layout = self.layout()
        if isinstance(layout, QVBoxLayout):
            layout.insertWidget(3, remove, 0, Qt.AlignmentFlag.AlignLeft)

    def _show_plan(self) -> None:
        plan = self.plan()
        box = self.form.editor("rhythm")
        if isinstance(box, QComboBox):
            for place in range(box.count()):
                box.setItemText(place, choice_words(str(box.itemData(place)), plan.first_day))
        self._sentence.setText(plan.sentence())
        days = plan.next_days(self._times.today(self._zone))
        words = self.tr("Next: {0}").format(" · ".join(map(self._times.day, days)))
        self._days.setText(words if days else self.tr("There is no day left in this plan."))


def new_series(values: Mapping[str, Any]) -> NewSeries:
    """What the form says, for a new series.

    Raises NotANumber.
    """
    return NewSeries(
        title=values["title"],
        first_day=values["first_day"],
        local_time=values["local_time"],
        recurrence=Planned.of(values, TIME_ZONE).recurrence,
        duration_minutes=entered_minutes(values["minutes"]),
        type=values["type"] or None,
        place=values["place"],
        purpose=values["purpose"],
    )


def series_edit(values: Mapping[str, Any], series: SeriesView) -> SeriesEdit:
    """What the form says, for a series that is there.

    Raises NotANumber.
    """
    planned = Planned.of(values, series.time_zone, series.recurrence)
    return SeriesEdit(
        title=values["title"],
        first_day=values["first_day"],
        local_time=values["local_time"],
        recurrence=planned.recurrence,
        duration_minutes=entered_minutes(values["minutes"]) or 0,
        type=values["type"],
        place=values["place"],
        purpose=values["purpose"],
    )


def _values(series: SeriesView | None, times: Times) -> dict[str, Any]:
    if series is None:
        return {"first_day": times.today(), "rhythm": "fortnight", "minutes": "60"}
    first_day = series.first_day or times.today(series.time_zone)
    understood = choice_of(series.recurrence, first_day)
    return {
        "title": series.title,
        "first_day": first_day,
        "local_time": series.local_time,
        "rhythm": understood,
        "until": until_of(series.recurrence),
        "minutes": str(series.duration_minutes or ""),
        "place": series.place,
        "type": series.type or "",
        "purpose": series.purpose,
    }
