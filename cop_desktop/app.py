"""The composition root: builds every object of the window, wires signals, stops in order."""

import logging
import os
import platform
from collections.abc import Callable
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QMessageBox

from cop_desktop import paths
from cop_desktop.faults import report_of
from cop_desktop.joining import Joined, join
from cop_desktop.logs import start_log
from cop_desktop.services.spelling import Spelling
from cop_desktop.store import Account, Changed, Replica
from cop_desktop.store.errors import ReplicaInUse, StoreError
from cop_desktop.sync_report import SyncReport
from cop_desktop.ui.collecting import GuiCollector
from cop_desktop.ui.guide.pages import GuidePage, page_for, read_pages
from cop_desktop.ui.home.tools import HOME
from cop_desktop.ui.hub import Hub
from cop_desktop.ui.jobs import Jobs
from cop_desktop.ui.messages import Messages
from cop_desktop.ui.records.speller import WindowSpeller
from cop_desktop.ui.records.staging import Staging
from cop_desktop.ui.records.when import When
from cop_desktop.ui.shell.main_window import MainWindow
from cop_desktop.ui.syncing.sentence import SentencePresenter
from cop_desktop.ui.theme.system_look import QtSystemLook
from cop_desktop.ui.theme.theme import Theme, ThemeFiles
from cop_desktop.ui.widgets.notice_bar import Notice
from cop_desktop.wiring.aging import Aging
from cop_desktop.wiring.application import application
from cop_desktop.wiring.attention import Attention
from cop_desktop.wiring.bringing_in import BringingIn
from cop_desktop.wiring.caretaking import Caretaker
from cop_desktop.wiring.date_language import DateLanguage
from cop_desktop.wiring.desk import STAGING_FOLDER, Desk, TextReader, services_over
from cop_desktop.wiring.faults import Faults
from cop_desktop.wiring.first_run import Entry, FirstRun
from cop_desktop.wiring.going import Going
from cop_desktop.wiring.login_start import start_again
from cop_desktop.wiring.opening import Start, can_show_windows, notices, opened
from cop_desktop.wiring.places import Places
from cop_desktop.wiring.reachability import Reachability, system_network
from cop_desktop.wiring.reading_place import ReadingPlace
from cop_desktop.wiring.single_window import SingleWindow, raise_other
from cop_desktop.wiring.staying import Staying
from cop_desktop.wiring.system_proxy import SystemProxy
from cop_desktop.wiring.waiting import waited_for
from cop_desktop.wiring.window_file import WindowFile

if TYPE_CHECKING:
    from cop_desktop.background import Background
    from cop_desktop.ui.guide.dialog import GuideDialog

_log = logging.getLogger(__name__)
_PATIENCE_S = 4.0
"""For a command that is at work on the replica."""
_SYNCING_AFTER_MS = 300
"""What syncs takes a while to load: first the window shows what there is to read."""


def run_window(
    folder: Path, guest: Callable[[Desk], None] | None = None, *, in_background: bool = False
) -> int:
    """Open the window on the replica in this folder, until it is closed; the exit code.

    guest: told of everything once the window is shown, such as the tour. in_background: the window
    stays out of sight until somebody asks for it.
    """
    if not can_show_windows("QT_QPA_PLATFORM" in os.environ):
        return 1
    app = application()
    _start_log()
    try:
        start = _start(folder)
    except StoreError as error:
        return _cannot_open(error)
    if start is None:
        return 0
    program = Program(app, start.replica, folder)
    try:
        program.start(in_background=in_background)
        program.tell(start)
    except Exception as error:  # noqa: BLE001 - the top: else nobody would see a word of it
        _log.error("a fault of ours at the start", exc_info=error)
        program.stop()
        return _fault_at_start(error)
    if guest is not None:
        guest(program.desk)
    collector = GuiCollector(app)
    collector.start()
    try:
        return app.exec()
    finally:
        collector.stop()
        program.stop()
        if program.starts_again:
            start_again(folder)


def _start_log() -> None:
    """Without room or right to keep a log the program goes on without one."""
    try:
        start_log(paths.log_dir())
    except OSError as error:
        _log.warning("no log is kept: %s", error)


def _start(folder: Path) -> Start | None:
    """The replica, open; None if a window that is open on it came to the front.

    Raises StoreError.
    """
    try:
        return waited_for(partial(opened, folder))
    except ReplicaInUse:
        if raise_other(folder):
            return None
    return waited_for(partial(opened, folder, _PATIENCE_S))


def _cannot_open(error: StoreError) -> int:
    """Say in words why the replica does not open; the exit code."""
    _log.error("the replica does not open: %s", error)
    message = Messages().for_error(error)
    QMessageBox.critical(None, paths.APP_NAME, message.sentence())
    return 1


def _fault_at_start(error: Exception) -> int:
    """Say calmly that a mistake of ours lets no window open; the exit code."""
    words = Messages().for_error(error).sentence()
    box = QMessageBox(QMessageBox.Icon.Warning, paths.APP_NAME, words)
    box.setDetailedText(report_of(error, "the start"))
    box.exec()
    return 1


def _nothing_moves(cause: str) -> SyncReport:
    return SyncReport(busy=False, agreed=False, cause=cause, received=0, up_bytes=0, down_bytes=0)


def _syncing(replica: Replica, account: Account, hub: Hub) -> "Background[Changed]":
    """What it loads takes a while: not for the GUI thread."""
    from cop_desktop.wiring.syncing import syncing

    return syncing(replica, account, hub)


class Program(QObject):
    """Everything that lives as long as the window, stopped in the reverse order."""

    def __init__(self, app: QApplication, replica: Replica, folder: Path) -> None:
        super().__init__()
        self.replica = replica
        self._memory = WindowFile(folder / "window.json")
        files = ThemeFiles(paths.resources_dir(), paths.cache_dir())
        self.theme = Theme(app, files, QtSystemLook(app.styleHints(), app))
        self.hub = Hub(self)
        self.jobs = Jobs("store", self)
        self.slow_jobs = Jobs("files", self)
        self.texts = TextReader()
        self.window = MainWindow(self.theme, self._memory)
        self.desk = Desk(
            replica=replica,
            folder=folder,
            services=services_over(replica, folder, self.texts.read),
            window=self.window,
            theme=self.theme,
            jobs=self.jobs,
            slow_jobs=self.slow_jobs,
            staging=Staging(folder / STAGING_FOLDER),
            hub=self.hub,
            messages=Messages(),
            when=When(),
            speller=self._speller(),
        )
        self.date_language = DateLanguage(self.window)
        self.places = Places(self.desk)
        self.reading = ReadingPlace(self.desk, self.places)
        self.going = Going(self.desk, self.places, self.reading)
        self.staying = Staying(self.desk, self.places, self.going)
        self._aging = Aging(self.window, self.desk.when)
        self._sentence = SentencePresenter(self.window.sentence, self.desk.sync_tools)
        self._single = SingleWindow(folder, self)
        self.reachability = Reachability(system_network(), self)
        self.attention = Attention(self.window, self)
        self.bringing_in = BringingIn(self.desk, self.places)
        entry = Entry(self.join, self.begin_syncing, self._show_first, self.places.start_topic)
        self.first_run = FirstRun(self.desk, entry)
        self.faults = Faults(self.theme, self.desk.messages, self.window)
        self.starts_again = False
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_SYNCING_AFTER_MS)
        self._soon.timeout.connect(self.begin_syncing)
        self._syncs = False
        self._background: Background[Changed] | None = None
        self._caretaker: Caretaker | None = None
        self._guide: GuideDialog | None = None
        self._connect()

    def _speller(self) -> WindowSpeller:
        """The dictionary is read when somebody begins to write."""
        spelling = Spelling(self.replica, paths.resources_dir() / "spelling")
        return WindowSpeller(spelling, self.jobs, self.hub, self)

    def start(self, *, in_background: bool = False) -> None:
        """Show the window, then begin to sync. in_background: nobody asked for the window."""
        self.faults.listen(self.jobs, self.slow_jobs)
        self.reading.restore(HOME)
        self.staying.start(in_background=in_background)
        self.first_run.settle()
        if self.replica.is_only_read:
            return
        self._caretaker = Caretaker(self.desk, self._room_back)
        if self.replica.account is None:
            self.first_run.begin()
        else:
            self._soon.start()

    def tell(self, start: Start) -> None:
        """Say what came of opening, if there is anything to say."""
        if start.trouble is not None:
            cause = type(start.trouble).__name__
            self.hub.post_status(_nothing_moves(cause))
        for notice in notices(start, self.desk.messages):
            self.window.show_notice(notice)

    def stop(self) -> None:
        """Stop syncing, finish what was written, let the replica go."""
        self.hub.blockSignals(True)  # nobody reads anything again from here on
        self.faults.close()
        self.attention.close()
        self.staying.close()
        self._soon.stop()
        self._syncs = False
        if self._caretaker is not None:
            self._caretaker.close()
        if self._background is not None:
            self._background.stop()
        self.first_run.close()
        self.bringing_in.close()
        self.slow_jobs.close()
        self.jobs.close()
        self.texts.close()
        self.places.close()
        self.replica.close()
        self._memory.save()

    def begin_syncing(self) -> None:
        """Keep the replica and its server together from now on."""
        account = self.replica.account
        if account is not None and not self._syncs:
            self._syncs = True
            work = partial(_syncing, self.replica, account, self.hub)
            self.slow_jobs.run(work, self._run_background)

    def _run_background(self, background: "Background[Changed]") -> None:
        if self._syncs:
            self._background = background
            background.start()

    def join(self, server_url: str, code: str) -> Joined:
        """Enrol this replica. Takes a round trip: not for the GUI thread."""
        return join(self.replica, server_url, code, platform.node(), SystemProxy())

    def _show_first(self) -> None:
        self.window.show_place(HOME)

    def _connect(self) -> None:
        self.hub.changed.connect(self._on_changed)
        self.window.sync_wanted.connect(self._sync_now)
        self.reachability.came_back.connect(self._network_back)
        self.attention.changed.connect(self._attend)
        self.window.help_wanted.connect(self._show_guide)
        for leaving in (self.window.closed, self.window.tucked_away):
            leaving.connect(self.reading.keep)
            leaving.connect(self._memory.save)
        for chosen in (self.window.preferences.changed, self.window.appearance.chosen):
            chosen.connect(self._memory.save)
        self.faults.restart_wanted.connect(self._restart)
        self.places.guide_wanted.connect(self._show_page)
        self._single.raise_wanted.connect(self.window.bring_up)
        self.jobs.failed_unheard.connect(self._say_trouble)
        self.slow_jobs.failed_unheard.connect(self._say_trouble)

    def _on_changed(self) -> None:
        if self._background is not None:
            self._background.local_work()

    def _sync_now(self) -> None:
        if self._background is not None:
            self._background.sync_now()

    def _room_back(self) -> None:
        if self._background is not None:
            self._background.room_back()

    def _network_back(self) -> None:
        if self._background is not None:
            self._background.network_back()

    def _attend(self, seen: bool) -> None:
        if self._background is None:
            return
        if seen:
            self._background.window_shown()
        else:
            self._background.window_hidden()

    def _show_guide(self) -> None:
        """The page that tells of the place in which somebody asks for help."""
        self._show_page(page_for(self.window.current_place, self._guide_pages))

    def _show_page(self, key: str) -> None:
        if self._guide is None:
            from cop_desktop.ui.guide.dialog import GuideDialog

            self._guide = GuideDialog(self.theme, self._guide_pages, self.window)
        self._guide.show()
        self._guide.raise_()
        self._guide.activateWindow()
        self._guide.show_page(key)

    @cached_property
    def _guide_pages(self) -> tuple[GuidePage, ...]:
        return read_pages(paths.resources_dir() / "guide")

    def _restart(self) -> None:
        """End, and have the program started again once the replica is let go of."""
        self.starts_again = True
        self.staying.quit()

    def _say_trouble(self, error: Exception) -> None:
        message = self.desk.messages.for_error(error)
        self.window.show_notice(Notice(message.sentence(), message.tone))
