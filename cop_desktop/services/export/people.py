"""Members and schools as a page and tables."""

from cop_desktop.services.export import page
from cop_desktop.services.export.desk import Desk
from cop_desktop.services.export.markdown import html_of
from cop_desktop.services.export.page import Step
from cop_desktop.services.people import MemberView, People
from sync.core.ids import id_text

_MEMBERS = (
    *("id", "name", "position", "school", "region", "career stage", "expertise"),
    *("offers", "asks", "about", "as a leader"),
)
_SCHOOLS = ("id", "name", "region", "members", "about")


def export_people(desk: Desk, trail: tuple[Step, ...]) -> int:
    """Everybody in the directory, and the schools; how many people."""
    people = People(desk.replica)
    members = [people.member(row.id) for row in people.members()]
    schools = people.schools()
    with desk.folder.table("people.csv", _MEMBERS) as listed:
        for member in members:
            listed.add(*_cells(member))
    with desk.folder.table("schools.csv", _SCHOOLS) as listed:
        for school in schools:
            listed.add(id_text(school.id), school.name, school.region, school.members, school.about)
    body = [
        *(_member(desk, member) for member in members),
        "<h2>Schools</h2>" if schools else "",
        *(
            f"<article><h3>{page.text(school.name)}</h3>{page.small(school.region)}"
            f"{html_of(school.about)}{desk.versions(school.id, two=school.two_versions)}</article>"
            for school in schools
        ),
    ]
    desk.folder.write("people.html", page.page("People", trail, body))
    return len(members)


def _member(desk: Desk, member: MemberView) -> str:
    parts = (
        f"<h2>{page.text(member.name)}</h2>",
        page.small(member.position, member.school, member.region, member.career_stage or ""),
        page.care(member.care),
        html_of(member.about),
        f"<h3>As a leader</h3>{html_of(member.identity)}" if member.identity else "",
        page.paragraph("Expertise", ", ".join(member.expertise)),
        page.paragraph("Offers", member.offers),
        page.paragraph("Asks for", member.asks),
        desk.versions(member.id, two=member.two_versions),
    )
    return f"<article>{''.join(parts)}</article>"


def _cells(member: MemberView) -> tuple[object, ...]:
    return (
        id_text(member.id),
        member.name,
        member.position,
        member.school,
        member.region,
        member.career_stage,
        ", ".join(member.expertise),
        member.offers,
        member.asks,
        member.about,
        member.identity,
    )
