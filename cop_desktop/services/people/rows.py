"""What the directory looks like to a reader."""

from dataclasses import dataclass

from cop_desktop.services.care import CareView
from cop_desktop.store import Changed, ItemState
from sync.catalogue.declare import Role
from sync.core.ids import Id


@dataclass(frozen=True, slots=True)
class MemberRow:
    """One line of a list of members. role: in the community that was asked for, else None.

    care: asked for with them; their name is not to be shown unasked. offers, asks: whole texts.
    """

    id: Id
    name: str
    position: str
    school: str
    school_id: Id | None
    region: str
    role: Role | None
    is_me: bool
    expertise: tuple[str, ...] = ()
    offers: str = ""
    asks: str = ""
    care: CareView | None = None


@dataclass(frozen=True, slots=True)
class MemberView:
    """A member's profile.

    communities: of those held here. here: False while the profile is on its way. identity: who they
    are as a leader, in their own words. care: asked for with them.
    """

    id: Id
    name: str
    position: str
    school: str
    school_id: Id | None
    region: str
    about: str
    expertise: tuple[str, ...]
    offers: str
    asks: str
    career_stage: str | None
    communities: tuple[Id, ...]
    is_me: bool
    may_change: bool
    here: bool
    state: ItemState
    two_versions: bool
    identity: str = ""
    care: CareView | None = None


@dataclass(frozen=True, slots=True)
class ProfileEdit:
    """What to change in one's profile; None leaves a part as it is.

    school: empty for none. career_stage: of `sync.catalogue.people.CAREER_STAGES`, empty for none.
    """

    name: str | None = None
    position: str | None = None
    school: Id | None = None
    about: str | None = None
    expertise: tuple[str, ...] | None = None
    offers: str | None = None
    asks: str | None = None
    career_stage: str | None = None
    identity: str | None = None


@dataclass(frozen=True, slots=True)
class SchoolView:
    """A school. members: how many say that they work there."""

    id: Id
    name: str
    region: str
    about: str
    members: int
    may_change: bool
    state: ItemState
    two_versions: bool


@dataclass(frozen=True, slots=True)
class SchoolPage:
    """A school with everybody who says that they work there, in order of name."""

    school: SchoolView
    members: tuple[MemberRow, ...]


@dataclass(frozen=True, slots=True)
class SchoolText:
    """A school as it is entered. region: one of `sync.catalogue.people.REGIONS`, empty for none."""

    name: str
    region: str = ""
    about: str = ""


@dataclass(frozen=True, slots=True)
class SchoolAdded:
    """A school was added."""

    id: Id
    changed: Changed
