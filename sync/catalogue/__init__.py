"""Every kind of record, declared once; `CATALOGUE` has them all."""

from typing import Final

from sync.catalogue import communities, discussions, library, meetings, people, personal
from sync.catalogue.declare import Catalogue

CATALOGUE: Final = Catalogue(
    [
        *people.KINDS,
        *communities.KINDS,
        *discussions.KINDS,
        *library.KINDS,
        *meetings.KINDS,
        *personal.KINDS,
    ]
)
