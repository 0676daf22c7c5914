"""What a member is met with: what came, what waits for them, what comes next."""

from cop_desktop.services.home.service import Home
from cop_desktop.services.home.views import (
    CatchUp,
    FirstStep,
    FirstSteps,
    NewPost,
    NewsLine,
    NewsSort,
    NextMeeting,
    Overview,
    Piece,
    PieceSort,
    ThreadNews,
    ThreadRead,
    Waiting,
    WaitingSort,
)

__all__ = [
    "CatchUp",
    "FirstStep",
    "FirstSteps",
    "Home",
    "NewPost",
    "NewsLine",
    "NewsSort",
    "NextMeeting",
    "Overview",
    "Piece",
    "PieceSort",
    "ThreadNews",
    "ThreadRead",
    "Waiting",
    "WaitingSort",
]
