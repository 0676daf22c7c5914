"""Finding anything that is here, by words and operators."""

from cop_desktop.services.search.candidates import Scope
from cop_desktop.services.search.hits import Piece, SearchHit
from cop_desktop.services.search.service import Search
from cop_desktop.services.search.wording import Asked, asked_in, text_of, with_place

__all__ = [
    "Asked",
    "Piece",
    "Scope",
    "Search",
    "SearchHit",
    "asked_in",
    "text_of",
    "with_place",
]
