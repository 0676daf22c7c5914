"""Everything that pictures are taken of."""

from tests.shots.dialogs import DIALOGS
from tests.shots.in_discussions import IN_DISCUSSIONS
from tests.shots.in_library import IN_LIBRARY
from tests.shots.in_meetings import IN_MEETINGS
from tests.shots.in_people import IN_PEOPLE
from tests.shots.places import PLACES, TROUBLES

SCENES = (
    *PLACES,
    *IN_DISCUSSIONS,
    *IN_LIBRARY,
    *IN_MEETINGS,
    *IN_PEOPLE,
    *DIALOGS,
    *TROUBLES,
)
"""In the order in which they are taken."""
