"""Takes somebody through three things."""

from functools import partial

from cop_desktop.services.home import Piece, PieceSort, ThreadRead, WaitingSort
from cop_desktop.services.whereabouts import Destination
from cop_desktop.ui.home.doing import Doing
from cop_desktop.ui.home.ten_minutes import TenMinutesPage
from cop_desktop.ui.home.tools import HOME, HomeTools
from cop_desktop.ui.home.wishes import Wish, hear
from cop_desktop.ui.records.presenting import Presenting

DONE, NEXT, SKIP, OPEN, LEAVE = (
    *("ten-minutes.done", "ten-minutes.next", "ten-minutes.skip", "ten-minutes.open"),
    "ten-minutes.leave",
)
"""Keys of the actions."""


class TenMinutesPresenter(Presenting):
    """Where somebody is stays while they look elsewhere, until they are through or go home."""

    def __init__(self, page: TenMinutesPage, tools: HomeTools) -> None:
        super().__init__(page, tools)
        self._page, self._tools = page, tools
        self._pieces: list[Piece] = []
        self._place = 0
        self._finished = 0
        self._not_now: set[str] = set()
        self._doing = Doing(page, tools)
        self._doing.done.connect(self._on_done)
        page.shown.connect(self._arrive)
        page.again_wanted.connect(self._begin)
        hear(
            tools.registry,
            Wish(page.done_wanted, DONE, self._finish),
            Wish(page.next_wanted, NEXT, self._go_on),
            Wish(page.skip_wanted, SKIP, self._skip),
            Wish(page.open_wanted, OPEN, self._open),
            Wish(page.home_wanted, LEAVE, self._go_home),
        )
        page.link_activated.connect(tools.open_link)

    @property
    def piece(self) -> Piece | None:
        """The one that is shown."""
        return self._pieces[self._place] if self._place < len(self._pieces) else None

    def _arrive(self) -> None:
        if self.piece is None:
            self._begin()
            return
        work = partial(self._tools.home.dealt_with, tuple(self._pieces))
        self._tools.jobs.run(work, self._on_checked, self._say_trouble, "ten-minutes.check")

    def _on_checked(self, dealt_with: frozenset[str]) -> None:
        """Back from answering elsewhere: what is dealt with by that is done."""
        while self.piece is not None and self.piece.key in dealt_with:
            self._not_now.add(self.piece.key)
            self._finished += 1
            self._place += 1
        self._show()

    def _begin(self) -> None:
        self._finished = 0
        work = partial(self._tools.home.ten_minutes, frozenset(self._not_now))
        self._tools.jobs.run(work, self._on_picked, self._say_trouble, "ten-minutes.pick")

    def _on_picked(self, pieces: tuple[Piece, ...]) -> None:
        self._pieces, self._place = list(pieces), 0
        self._show()

    def _show(self) -> None:
        piece = self.piece
        if piece is None:
            self._page.show_end(self._finished)
        else:
            self._page.show_piece(piece, self._place, self._pieces)
            if piece.sort is PieceSort.THREAD:
                work = partial(self._tools.home.read, piece.record)
                done = partial(self._on_read, piece.key)
                self._tools.jobs.run(work, done, self._say_trouble, "ten-minutes.read")
        self._page.take_focus()

    def _on_read(self, key: str, read: ThreadRead) -> None:
        if self.piece is not None and self.piece.key == key:
            self._page.show_read(read)

    def _finish(self) -> None:
        """What is dealt with is noted as that, then comes the next."""
        piece = self.piece
        if piece is None:
            return
        sort = None if piece.waiting is None else piece.waiting.sort
        if piece.sort is PieceSort.THREAD:
            self._doing.mark_read(piece.record, piece.title)
        elif sort is WaitingSort.ACTION:
            self._doing.finish(piece.record)
        elif sort is WaitingSort.MENTION:
            self._doing.dismiss(piece.record)
        else:
            self._on_done()

    def _on_done(self) -> None:
        if self.piece is not None:
            self._not_now.add(self.piece.key)
            self._finished += 1
            self._go_on()

    def _go_on(self) -> None:
        if self.piece is not None:
            self._place += 1
            self._show()

    def _skip(self) -> None:
        """Another in its place, if there is one."""
        piece = self.piece
        if piece is not None:
            self._not_now.add(piece.key)
            others = {each.key for each in self._pieces}
            work = partial(self._tools.home.ten_minutes, frozenset(self._not_now | others))
            self._tools.jobs.run(work, self._on_other, self._say_trouble, "ten-minutes.pick")

    def _on_other(self, pieces: tuple[Piece, ...]) -> None:
        if self.piece is not None:
            self._pieces[self._place : self._place + 1] = pieces[:1]
            self._show()

    def _open(self) -> None:
        piece = self.piece
        if piece is not None:
            kind = "post" if piece.open_kind == "topic" else piece.open_kind
            record = piece.record
            if piece.thread is not None:
                record = piece.thread.first or piece.record
            if record == piece.open_id:
                kind = piece.open_kind
            self._tools.open_record(
                Destination(
                    kind, record, piece.open_kind, piece.open_id, piece.title, piece.community
                )
            )

    def _go_home(self) -> None:
        self._pieces, self._place = [], 0
        self._tools.show_place(HOME)
