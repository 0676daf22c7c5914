"""Members and schools: the directory that everybody holds."""

from cop_desktop.services.people.matching import Match, Matches
from cop_desktop.services.people.practice import Contribution, Practice
from cop_desktop.services.people.rows import (
    MemberRow,
    MemberView,
    ProfileEdit,
    SchoolAdded,
    SchoolPage,
    SchoolText,
    SchoolView,
)
from cop_desktop.services.people.service import People

__all__ = [
    "Contribution",
    "Match",
    "Matches",
    "MemberRow",
    "MemberView",
    "People",
    "Practice",
    "ProfileEdit",
    "SchoolAdded",
    "SchoolPage",
    "SchoolText",
    "SchoolView",
]
