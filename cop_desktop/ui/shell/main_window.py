"""The window: places at the left, a page, the sync sentence; search and keys over all."""

from collections.abc import Callable
from typing import cast

from PySide6.QtCore import QByteArray, Qt, Signal
from PySide6.QtGui import QAction, QCloseEvent, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QHBoxLayout,
    QMainWindow,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from cop_desktop.ui.shell.actions import LAST_GROUP, ActionRegistry, ActionSpec, Menu
from cop_desktop.ui.shell.appearance import AppearanceActions
from cop_desktop.ui.shell.edit_actions import EditActions
from cop_desktop.ui.shell.keys_dialog import KeysDialog, key_lines
from cop_desktop.ui.shell.menus import Menus
from cop_desktop.ui.shell.page import Page
from cop_desktop.ui.shell.pane_cycle import PaneCycle
from cop_desktop.ui.shell.places import Place
from cop_desktop.ui.shell.preferences import Preferences
from cop_desktop.ui.shell.rail import Rail
from cop_desktop.ui.shell.window_memory import WindowMemory, as_bytes
from cop_desktop.ui.theme.padding import pad
from cop_desktop.ui.theme.theme import Theme
from cop_desktop.ui.widgets.notice_bar import Notice, NoticeStack
from cop_desktop.ui.widgets.search_box import SearchBox
from cop_desktop.ui.widgets.sync_sentence import SyncSentence

COMPACT_RAIL_PX = 1_120
"""Under this width (at 100 % text) the places are icons."""

STACKED_BOTTOM_PX = 900
"""Under this width (at 100 % text) messages stand over the sync sentence."""

_GEOMETRY = "window"
_KEYS_FOR_PLACES = 9


class MainWindow(QMainWindow):
    """Builds pages when they are first gone to, and remembers sizes. Emits wishes only.

    stays: asked when it is closed whether it is only put out of sight; then `tucked_away` comes,
    else `closed`.
    """

    place_shown = Signal(str)
    sync_wanted = Signal()
    sync_page_wanted = Signal()
    help_wanted = Signal()
    go_to_wanted = Signal()
    quit_wanted = Signal()
    tucked_away = Signal()
    closed = Signal()

    def __init__(self, theme: Theme, memory: WindowMemory) -> None:
        super().__init__()
        theme.dress(self)
        self._theme = theme
        self._memory = memory
        self._places: dict[str, Place] = {}
        self._pages: dict[str, Page] = {}
        self._current = ""
        self.stays: Callable[[], bool] = bool
        self.preferences = Preferences(memory, self)
        self.registry = ActionRegistry(theme, self)
        self.rail = Rail(theme)
        self.search = SearchBox(
            theme, self.tr("Find anything"), self.tr("Search inside everything…  Ctrl+E")
        )
        self.sentence = SyncSentence(theme)
        self.notices = NoticeStack(theme)
        self._stack = QStackedWidget()
        self._top, self._bottom = QWidget(), QWidget()
        self._cycle = PaneCycle(self.panes, self)
        self._lay_out()
        self._add_actions()
        self._menus = Menus(self.menuBar(), self.registry)
        self._connect()
        self._restore_geometry()

    @property
    def memory(self) -> WindowMemory:
        """What is remembered from one start to the next."""
        return self._memory

    @property
    def current_place(self) -> str:
        """The key of the place that is shown; "" before the first."""
        return self._current

    def add_place(self, place: Place) -> None:
        """Registers a place and its actions; nothing of its page is built yet."""
        numbered = [one for one in self._places.values() if one.in_rail and not one.keys]
        number = len(numbered) + 1
        by_number = f"Ctrl+{number}" if place.in_rail and number <= _KEYS_FOR_PLACES else ""
        keys = place.keys or by_number
        self._places[place.key] = place
        go = ActionSpec(
            f"go.{place.key}", place.title, Menu.GO, keys, icon=place.icon, group="places"
        )
        action = self.registry.add(go, self._on_go)
        action.setData(place.key)
        for spec in place.actions:
            self.registry.add(spec)
        if place.in_rail:
            self.rail.add_place(place, keys)

    def show_place(self, key: str) -> Page:
        """Goes to a place, building its page the first time. Raises KeyError if unknown."""
        page = self.page(key)
        if key != self._current:
            before = self._pages.get(self._current)
            self._current = key
            self._stack.setCurrentWidget(page)
            self.rail.show_current(key)
            self.registry.show_place(key)
            self.setWindowTitle(self.tr("{0} - CoP Desktop").format(self._places[key].title))
            if before is not None:
                before.hidden_away.emit()
        page.shown.emit()
        self.place_shown.emit(key)
        return page

    def page(self, key: str) -> Page:
        """The page of a place, built when it is not there yet, without going to it."""
        if key not in self._pages:
            page = self._places[key].page_factory()
            state = self._memory.get(f"split.{key}")
            if state is not None:
                page.restore_split(state)
            self._pages[key] = page
            self._stack.addWidget(page)
        return self._pages[key]

    def place_keys(self) -> list[str]:
        """The keys of all places, in the order they were added."""
        return list(self._places)

    def place_names(self) -> dict[str, str]:
        """Key → title of every place."""
        return {place.key: place.title for place in self._places.values()}

    def is_built(self, key: str) -> bool:
        return key in self._pages

    def panes(self) -> list[QWidget]:
        """Everything F6 goes around, in reading order."""
        page = self._pages.get(self._current)
        return [self._top, self.rail, *(page.panes() if page is not None else []), self._bottom]

    def show_notice(self, notice: Notice) -> None:
        """A message that does not stop anybody, at the lower edge."""
        self.notices.show_notice(notice)

    def open_search(self) -> None:
        """What Ctrl+E does."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def show_keys(self) -> None:
        """What "?" does."""
        lines = key_lines(self.registry.specs(), self.place_names())
        dialog = KeysDialog(self._theme, lines)
        dialog.setParent(self, dialog.windowFlags())
        dialog.open()

    def go_back(self) -> None:
        """From the detail to its list, where only one of them is shown."""
        page = self._pages.get(self._current)
        if page is not None and page.can_go_back():
            page.show_list()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._settle()

    def bring_up(self) -> None:
        """To the front, as large as it was."""
        if self.isMinimized():
            self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    def closeEvent(self, event: QCloseEvent) -> None:
        self._memory.put(_GEOMETRY, as_bytes(self.saveGeometry()))
        for key, page in self._pages.items():
            self._memory.put(f"split.{key}", page.split())
        if self.stays():
            event.ignore()
            self.hide()
            self.tucked_away.emit()
            return
        self.notices.close_all()
        super().closeEvent(event)
        self.closed.emit()

    def _lay_out(self) -> None:
        self._stack.setObjectName("pages")
        for part, name in ((self._top, "top"), (self._bottom, "bottom")):
            part.setObjectName(name)
        self._top.setAccessibleName(self.tr("Search"))
        self._bottom.setAccessibleName(self.tr("Sync and messages"))
        top = QHBoxLayout(self._top)
        pad(self._theme, top, (12, 8, 12, 8), 8)
        top.addWidget(self.search, 3)
        top.addStretch(1)
        self._bottom_row = QBoxLayout(QBoxLayout.Direction.RightToLeft, self._bottom)
        pad(self._theme, self._bottom_row, (8, 4, 8, 4), 8)
        self._bottom_row.addWidget(self.notices)
        self._bottom_row.addWidget(self.sentence, 1)
        right = QVBoxLayout()
        pad(self._theme, right, 0, 0)
        right.addWidget(self._top)
        right.addWidget(self._stack, 1)
        middle = QHBoxLayout()
        pad(self._theme, middle, 0, 0)
        middle.addWidget(self.rail)
        middle.addLayout(right, 1)
        whole = QWidget()
        whole.setObjectName("window")
        column = QVBoxLayout(whole)
        pad(self._theme, column, 0, 0)
        column.addLayout(middle, 1)
        column.addWidget(self._bottom)
        self.setCentralWidget(whole)

    def _add_actions(self) -> None:
        add = self.registry.add
        leave = ActionSpec("file.quit", self.tr("&Quit"), Menu.FILE, "Ctrl+Q", group=LAST_GROUP)
        # On macOS the system has a place of its own for it, whatever it is called here.
        add(leave, self._want_quit).setMenuRole(QAction.MenuRole.QuitRole)
        EditActions(self.registry, self.notices.act_on)
        find = self.tr("&Find anything…")
        add(
            ActionSpec("edit.find", find, Menu.EDIT, "Ctrl+E", icon="search", group="find"),
            self.open_search,
        )
        anything = self.tr("Go to &anything…")
        add(ActionSpec("go_to", anything, Menu.GO, "Ctrl+K", group="anything"), self._want_go_to)
        self.appearance = AppearanceActions(self._theme, self.registry, self._memory)
        panes = (
            ("view.next-pane", self.tr("&Next pane"), "F6", self._cycle.go_next),
            ("view.previous-pane", self.tr("&Previous pane"), "Shift+F6", self._cycle.go_previous),
            ("view.back", self.tr("&Back to the list"), "Alt+Left", self.go_back),
        )
        for key, text, shortcut, slot in panes:
            add(ActionSpec(key, text, Menu.VIEW, shortcut, group="panes"), slot)
        now = ActionSpec("sync.now", self.tr("Sync &now"), Menu.SYNC, "F5", icon="sync")
        add(now, self._want_sync)
        add(ActionSpec("sync.page", self.tr("&What is waiting…"), Menu.SYNC), self._want_sync_page)
        add(ActionSpec("help.guide", self.tr("&Guide"), Menu.HELP, "F1"), self._want_help)
        # Shift is part of typing the sign on most keyboards, and not on all.
        keys = ActionSpec("help.keys", self.tr("&Keys…"), Menu.HELP, "?", also=("Shift+?",))
        add(keys, self.show_keys)

    def _connect(self) -> None:
        self.rail.place_chosen.connect(self.show_place)
        self.sentence.clicked.connect(self._want_sync_page)
        self._theme.changed.connect(self._settle)

    def _on_go(self) -> None:
        self.show_place(str(cast(QAction, self.sender()).data()))

    def _want_sync(self) -> None:
        self.sync_wanted.emit()

    def _want_sync_page(self) -> None:
        self.sync_page_wanted.emit()

    def _want_quit(self) -> None:
        self.quit_wanted.emit()

    def _want_go_to(self) -> None:
        self.go_to_wanted.emit()

    def _want_help(self) -> None:
        self.help_wanted.emit()

    def _settle(self) -> None:
        metrics = self._theme.metrics
        compact = self.width() < metrics.px(COMPACT_RAIL_PX)
        if compact != self.rail.is_compact():
            self.rail.set_compact(compact)
        # Side by side where both have room for their words, else the message on top.
        directions = QBoxLayout.Direction
        stacked = self.width() < metrics.px(STACKED_BOTTOM_PX)
        self._bottom_row.setDirection(directions.TopToBottom if stacked else directions.RightToLeft)
        self.search.setMaximumWidth(metrics.px(560))
        self.search.setMinimumWidth(min(metrics.px(300), self.width() // 2))

    def _restore_geometry(self) -> None:
        self.setMinimumSize(640, 480)
        self.resize(1366, 768)
        state = self._memory.get(_GEOMETRY)
        if state is not None:
            self.restoreGeometry(QByteArray(state))
