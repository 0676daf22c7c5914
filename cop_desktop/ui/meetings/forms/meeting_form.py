"""The dialog in which a meeting is planned or changed."""

from collections.abc import Mapping
from datetime import datetime, time
from typing import Any

from PySide6.QtCore import QCoreApplication

from cop_desktop.services.meetings import MeetingEdit, MeetingView, NewMeeting
from cop_desktop.services.meetings.local_time import moment_of, zone_in_words, zone_named
from cop_desktop.ui.meetings.forms.entered import entered_minutes
from cop_desktop.ui.meetings.times import Times
from cop_desktop.ui.meetings.words import statuses
from cop_desktop.ui.records.saying import say
from cop_desktop.ui.theme.theme import Theme
from cop_desktop.ui.widgets.form.fields import FormField, Kind
from cop_desktop.ui.widgets.form.form import FieldForm, FormDialog
from sync.catalogue.declare import LINE, PARAGRAPHS
from sync.catalogue.meetings import TIME_ZONE

_USUAL_TIME = time(17)


def _tr(words: str) -> str:
    return QCoreApplication.translate("MeetingForm", words)


def meeting_dialog(theme: Theme, times: Times, meeting: MeetingView | None = None) -> FormDialog:
    """A dialog for a new meeting, or for one that is there."""
    zone = meeting.time_zone if meeting else TIME_ZONE
    fields = [
        FormField("title", _tr("&Title"), required=True, max_length=LINE, spelled=True),
        FormField("day", _tr("&Day"), Kind.DATE, required=True),
        FormField(
            "time",
            _tr("Starts &at ({0})").format(zone_in_words(zone_named(zone), say)),
            Kind.TIME,
            required=True,
        ),
        FormField("minutes", _tr("&Minutes"), max_length=10, placeholder=_tr("such as 60")),
        FormField("place", _tr("&Place"), max_length=LINE, placeholder=_tr("a room, or a link")),
        FormField(
            "provocation",
            _tr("P&rovocation"),
            Kind.MULTILINE,
            max_length=PARAGRAPHS,
            help=_tr("A question or a thought that everybody brings along."),
        ),
    ]
    if meeting is not None:
        status = FormField("status", _tr("Stat&us"), Kind.CHOICE, required=True, choices=statuses())
        fields.insert(1, status)
    title = _tr("Change the meeting") if meeting else _tr("New meeting")
    ok_text = _tr("&Save") if meeting else _tr("Pla&n the meeting")
    dialog = FormDialog(theme, title, FieldForm(theme, fields), ok_text)
    dialog.start_from(_values(meeting, times))
    return dialog


def new_meeting(values: Mapping[str, Any]) -> NewMeeting:
    """What the form says, for a new meeting.

    Raises NotANumber.
    """
    return NewMeeting(
        title=values["title"],
        starts=_starts(values, TIME_ZONE),
        duration_minutes=entered_minutes(values["minutes"]),
        place=values["place"],
        provocation=values["provocation"],
    )


def meeting_edit(values: Mapping[str, Any], meeting: MeetingView) -> MeetingEdit:
    """What the form says, for a meeting that is there.

    Raises NotANumber.
    """
    return MeetingEdit(
        title=values["title"],
        starts=_starts(values, meeting.time_zone),
        duration_minutes=entered_minutes(values["minutes"]) or 0,
        place=values["place"],
        provocation=values["provocation"],
        status=values["status"],
    )


def _starts(values: Mapping[str, Any], time_zone: str) -> datetime:
    return moment_of(values["day"], values["time"], zone_named(time_zone))


def _values(meeting: MeetingView | None, times: Times) -> dict[str, Any]:
    if meeting is None:
        return {"day": times.today(), "time": _USUAL_TIME, "minutes": "60"}
    there = meeting.starts.astimezone(zone_named(meeting.time_zone))
    return {
        "title": meeting.title,
        "status": meeting.status,
        "day": there.date(),
        "time": there.time(),
        "minutes": str(meeting.duration_minutes or ""),
        "place": meeting.place,
        "provocation": meeting.provocation,
    }
