"""How the sample community begins: its charter, its schools, and who its members are."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from cop_desktop.demo.cast import Actor
from cop_desktop.demo.content import Member, Sample
from cop_desktop.demo.events import SCHOOLS, Days, Event, Made
from cop_desktop.services.communities import CharterEdit
from cop_desktop.services.people import ProfileEdit, SchoolText


@dataclass(frozen=True, slots=True)
class Founding:
    """The facilitator writes the charter, then everybody says who they are."""

    sample: Sample
    days: Days
    made: Made

    def events(self) -> Iterator[Event]:
        """The charter first."""
        about = self.sample.community
        founded = self.days.ago(about.founded_days_ago)
        yield Event(founded, self.sample.series.chair, self._write_charter, SCHOOLS)
        for member in about.members:
            deed = self._introducing(member)
            yield Event(founded, member.key, deed, needs=frozenset({SCHOOLS}))

    def _write_charter(self, actor: Actor) -> None:
        about = self.sample.community
        for school in about.schools:
            text = SchoolText(school.name, school.region, school.about)
            self.made.schools[school.key] = actor.people.add_school(text).id
        edit = CharterEdit(
            purpose=about.purpose,
            domain=about.domain,
            practice=about.practice,
            commitments="\n".join(f"- {each}" for each in about.commitments),
            stage=about.stage,
        )
        actor.communities.edit(actor.community, edit)

    def _introducing(self, member: Member) -> Callable[[Actor], None]:
        def deed(actor: Actor) -> None:
            actor.people.edit_profile(
                ProfileEdit(
                    position=member.position,
                    school=self.made.schools[member.school] if member.school else None,
                    about=member.about,
                    expertise=tuple(member.expertise),
                    offers=member.offers,
                    asks=member.asks,
                    career_stage=member.career_stage,
                    identity=member.identity,
                )
            )

        return deed
