"""The dialogs in which one's own profile is changed and a school is added."""

from collections.abc import Mapping
from typing import Any

from cop_desktop.services.people import MemberView, ProfileEdit, SchoolText, SchoolView
from cop_desktop.ui.people.model import tr
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


def profile_dialog(theme: Theme, me: MemberView, schools: tuple[SchoolView, ...]) -> FormDialog:
    """A dialog for one's own profile as it is now."""
    places = tuple(Choice(school.id.hex(), school.name, school.region) for school in schools)
    stages = tuple(Choice(stage, stage_name(stage)) for stage in CAREER_STAGES)
    fields = (
        FormField("name", tr("&Name"), required=True, max_length=LINE),
        FormField("position", tr("&Position"), max_length=LINE),
        FormField("school", tr("S&chool"), Kind.CHOICE, choices=places),
        FormField("career_stage", tr("Career s&tage"), Kind.CHOICE, choices=stages),
        FormField("expertise", tr("What you &know about"), Kind.TAGS),
        FormField("about", tr("&About you"), Kind.MULTILINE, max_length=PARAGRAPHS),
        FormField("offers", tr("What you can &offer"), Kind.MULTILINE, max_length=PARAGRAPHS),
        FormField("asks", tr("What you &look for"), Kind.MULTILINE, max_length=PARAGRAPHS),
    )
    dialog = FormDialog(theme, tr("My profile"), FieldForm(theme, fields), tr("&Save"))
    dialog.start_from(_values_of(me))
    return dialog


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
        "about": me.about,
        "offers": me.offers,
        "asks": me.asks,
    }


def school_dialog(theme: Theme) -> FormDialog:
    """A dialog for a school that the directory does not have yet."""
    regions = tuple(Choice(region, region) for region in REGIONS)
    fields = (
        FormField("name", tr("&Name"), required=True, max_length=LINE),
        FormField("region", tr("&Region"), Kind.CHOICE, choices=regions),
    )
    return FormDialog(theme, tr("Add my school"), FieldForm(theme, fields), tr("&Add"))


def school_text(values: Mapping[str, Any]) -> SchoolText:
    """What the form says."""
    return SchoolText(name=values["name"], region=values["region"])
