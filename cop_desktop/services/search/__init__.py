"""Finding anything that is here, by words and operators."""

from cop_desktop.services.search.candidates import Scope
from cop_desktop.services.search.hits import Piece, SearchHit
from cop_desktop.services.search.service import Search

__all__ = ["Piece", "Scope", "Search", "SearchHit"]
