"""Members and schools: the directory that everybody holds."""

from cop_desktop.services.people.rows import (
    MemberRow,
    MemberView,
    ProfileEdit,
    SchoolAdded,
    SchoolText,
    SchoolView,
)
from cop_desktop.services.people.service import People

__all__ = [
    "MemberRow",
    "MemberView",
    "People",
    "ProfileEdit",
    "SchoolAdded",
    "SchoolText",
    "SchoolView",
]
