"""The dialogs in which one's own profile is changed and a school is added."""

from collections.abc import Mapping
from typing import Any

from cop_desktop.services.people import MemberView, ProfileEdit, SchoolText, SchoolView
from cop_desktop.ui.people.model import region_name, tr
from cop_desktop.ui.theme.theme import Theme
from cop_desktop.ui.widgets.form.fields import Choice, FormField, Kind
from cop_desktop.ui.widgets.form.form import FieldForm, FormDialog
from sync.catalogue.declare import LINE, PARAGRAPHS
from sync.catalogue.people import CAREER_STAGES, REGIONS


def stage_name(stage: str) -> str:
    """A career stage in words; one that this version does not know says itself."""
    names = {
        "aspiring": tr("aspiring leader"),
        "beginning": tr("beginning leader"),
        "established": tr("established leader"),
        "experienced": tr("experienced leader"),
    }
    return names.get(stage, stage)


def profile_dialog(
    theme: Theme, me: MemberView, schools: tuple[SchoolView, ...], known: tuple[str, ...]
) -> FormDialog:
    """A dialog for one's own profile as it is now. known: what others say they know."""
    hints = _hints()
    places = tuple(Choice(school.id.hex(), school.name, school.region) for school in schools)
    stages = tuple(Choice(stage, stage_name(stage)) for stage in CAREER_STAGES)
    fields = (
        FormField("name", tr("&Name"), required=True, max_length=LINE),
        FormField("position", tr("&Position"), max_length=LINE, spelled=True),
        FormField("school", tr("Sc&hool"), Kind.CHOICE, choices=places),
        FormField("career_stage", tr("Career s&tage"), Kind.CHOICE, choices=stages),
        FormField(
            "expertise",
            tr("What you &know about"),
            Kind.TAGS,
            choices=_known(known),
            help=hints["expertise"],
        ),
        _paragraphs("identity", tr("Who you are as a lea&der"), hints["identity"]),
        _paragraphs("about", tr("&About you")),
        _paragraphs("offers", tr("What you can &offer"), hints["offers"]),
        _paragraphs("asks", tr("What you &look for"), hints["asks"]),
    )
    dialog = FormDialog(theme, tr("My profile"), FieldForm(theme, fields), tr("&Save"))
    dialog.start_from(_values_of(me))
    return dialog


def _paragraphs(key: str, label: str, help_words: str = "") -> FormField:
    return FormField(key, label, Kind.MULTILINE, max_length=PARAGRAPHS, help=help_words)


def _known(words: tuple[str, ...]) -> tuple[Choice, ...]:
    return tuple(Choice(word, word) for word in words)


def _hints() -> dict[str, str]:
    return {
        "expertise": tr("A word or two each; those that others use already are proposed."),
        "identity": tr("What brought you here, what you stand for, whose country you work on."),
        "offers": tr("A plan, a story, an hour on the phone: others are shown it when they ask."),
        "asks": tr("Who offers it is shown to you on your profile."),
    }


def profile_edit(values: Mapping[str, Any], me: MemberView) -> ProfileEdit:
    """What the form says other than the profile did when it was opened; the rest stays."""
    before = _values_of(me)
    given = {key: value for key, value in values.items() if value != before[key]}
    if "school" in given:
        given["school"] = bytes.fromhex(given["school"])
    return ProfileEdit(**given)


def _values_of(me: MemberView) -> dict[str, Any]:
    """A profile as the form has it."""
    return {
        "name": me.name,
        "position": me.position,
        "school": "" if me.school_id is None else me.school_id.hex(),
        "career_stage": me.career_stage or "",
        "expertise": me.expertise,
        "identity": me.identity,
        "about": me.about,
        "offers": me.offers,
        "asks": me.asks,
    }


def school_dialog(theme: Theme, school: SchoolView | None = None) -> FormDialog:
    """A dialog for a school: one that the directory does not have yet, or one as it is now."""
    regions = tuple(Choice(region, region_name(region)) for region in REGIONS)
    fields = (
        FormField("name", tr("&Name"), required=True, max_length=LINE),
        FormField("region", tr("&Region"), Kind.CHOICE, choices=regions),
        _paragraphs("about", tr("A&bout it"), tr("How many children, how one gets there.")),
    )
    title = tr("Add my school") if school is None else tr("Change the school")
    ok_text = tr("&Add") if school is None else tr("&Save")
    dialog = FormDialog(theme, title, FieldForm(theme, fields), ok_text)
    if school is not None:
        start = {"name": school.name, "region": school.region, "about": school.about}
        dialog.start_from(start)
    return dialog


def school_text(values: Mapping[str, Any]) -> SchoolText:
    """What the form says."""
    return SchoolText(values["name"], values["region"], values["about"])
