"""A window with made-up rows, for the tests of the window's foundation and its pictures."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from cop_desktop import paths
from cop_desktop.ui.shell.actions import ActionSpec, Menu
from cop_desktop.ui.shell.main_window import MainWindow
from cop_desktop.ui.shell.page import Page
from cop_desktop.ui.shell.places import CommunityEntry, Place
from cop_desktop.ui.shell.window_memory import WindowMemory
from cop_desktop.ui.theme.padding import pad
from cop_desktop.ui.theme.system_look import SystemLook
from cop_desktop.ui.theme.theme import Theme, ThemeFiles
from cop_desktop.ui.widgets.avatar import Avatar
from cop_desktop.ui.widgets.buttons import TwoLineButton, TwoLines, push_button
from cop_desktop.ui.widgets.composer.attachments import AttachedFile
from cop_desktop.ui.widgets.composer.composer import Composer, ComposerShape
from cop_desktop.ui.widgets.empty_state import EmptyState
from cop_desktop.ui.widgets.form.fields import Choice, FormField, Kind
from cop_desktop.ui.widgets.form.form import FieldForm
from cop_desktop.ui.widgets.labels import label, line
from cop_desktop.ui.widgets.landing import land_at
from cop_desktop.ui.widgets.list_view import ListView
from cop_desktop.ui.widgets.markdown_view import MarkdownView
from cop_desktop.ui.widgets.row_delegate import RowShape
from cop_desktop.ui.widgets.rows import Badge, Row, RowModel
from cop_desktop.ui.widgets.search_box import SearchBox
from cop_desktop.ui.widgets.section_header import SectionHeader
from cop_desktop.ui.widgets.sync_sentence import SyncWords
from cop_desktop.ui.widgets.tag_row import TagRow

ROWS = (
    Row(
        "t1",
        "How do you keep attendance up in the wet season?",
        "Marion Webb: We walk the bus route with the Elders in the first week, and",
        "4:12 pm",
        unread=True,
        badges=(Badge("Asking for information", "accent"), Badge("3 new")),
        avatar="Marion Webb",
    ),
    Row(
        "t2",
        "Two-way science: sharing our seasonal calendar",
        "Tom Baker: The PDF is in the library now. Use whatever fits your country.",
        "Tue",
        unread=True,
        badges=(Badge("Sharing assets", "good"),),
        avatar="Tom Baker",
    ),
    Row(
        "t3",
        "Housing for beginning teachers",
        "You: I rang the regional office again and they said the same thing as in March.",
        "12 Aug",
        badges=(Badge("Solving a problem", "warn"), Badge("On this computer", icon="sync")),
        avatar="Aisha Rahman",
    ),
    Row(
        "t4",
        "Notes from the visit to the river school",
        "Priya Nair: Thank you for having us, the breakfast program is worth the flight alone.",
        "9 Aug",
        badges=(Badge("Visit"),),
        avatar="Priya Nair",
    ),
    Row(
        "t5",
        "Which reading program, and why?",
        "Tom Baker: Resolved with an answer.",
        "2 Aug",
        badges=(Badge("Seeking experience"), Badge("Answered", "good")),
        avatar="Tom Baker",
    ),
)

POST = """Of three things we tried, one worked: **walking the bus route** with two of the Elders.

1. ask the families *before* the term starts
2. breakfast at school from 7:30
3. ring on the first missed day, not the fifth

> Has anybody costed the breakfast?

Yes: see [the sheet in the library](cop:item/0192).

| School | Before | After |
|---|--:|--:|
| Ramingining | 58 % | 71 % |
| Milingimbi | 61 % | 69 % |
"""

REPLY = """## What we would change
The **second** bus was the mistake. We *should have*
- asked the store first
- kept `Friday` free
"""

FIELDS = (
    FormField("title", "&Title", required=True, help="One line that says what you ask."),
    FormField(
        "type",
        "&Kind of discussion",
        Kind.CHOICE,
        required=True,
        choices=(Choice("ask", "Asking for information"), Choice("share", "Sharing assets")),
    ),
    FormField("owner", "&Owner", Kind.MEMBER, choices=(Choice("m1", "Tom Baker", "Saltbush"),)),
    FormField("due", "&Due", Kind.DATE),
    FormField("at", "Ti&me", Kind.TIME, required=True),
    FormField("tags", "Ta&gs", Kind.TAGS),
    FormField("follow", "&Follow this discussion", Kind.BOOL),
    FormField("about", "&About", Kind.MULTILINE, max_length=400),
)


def make_theme(app: QApplication, cache: Path, look: SystemLook | None = None) -> Theme:
    """The theme over the project's own resources."""
    return Theme(app, ThemeFiles(paths.resources_dir(), cache), look or SystemLook())


def row_model(rows: tuple[Row, ...] = ROWS) -> RowModel:
    """A model of ready-made rows."""
    model = RowModel(_same, _key)
    model.set_items(rows)
    return model


class DemoPage(Page):
    """A list of discussions beside a thread with a composer."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "Discussions")
        self.list = ListView(theme, "Discussions", RowShape(picture=True, badges=True))
        self.model = row_model()
        self.list.set_rows(self.model)
        self.filter = SearchBox(theme, "Filter discussions")
        self.composer = Composer(
            theme,
            ComposerShape("Your reply", "Post reply", "Write a reply…", max_chars=20_000),
        )
        self.set_panes(self._list_pane(theme), self._detail_pane(theme))
        self.list.row_opened.connect(self._open)

    def _open(self, key: str) -> None:
        self.show_detail()

    def _list_pane(self, theme: Theme) -> QWidget:
        pane = QWidget()
        pane.setObjectName("pane")
        land_at(pane, self.list)
        head = QVBoxLayout()
        pad(theme, head, (12, 0, 12, 8), 4)
        header = SectionHeader(theme, "Discussions", role="title")
        header.add_button(push_button(theme, "&New topic", "primary", "new"))
        head.addWidget(header)
        head.addWidget(self.filter)
        column = QVBoxLayout(pane)
        pad(theme, column, 0, 0)
        column.addLayout(head)
        column.addWidget(self.list, 1)
        return pane

    def _detail_pane(self, theme: Theme) -> QWidget:
        inner = QWidget()
        inner.setObjectName("scrolled")
        thread = QVBoxLayout(inner)
        pad(theme, thread, (24, 12, 24, 12), 8)
        thread.addWidget(label(ROWS[0].title, "title"))
        thread.addWidget(TagRow(theme, ("attendance", "wet season", "families")))
        for name, text in (("Marion Webb", POST), ("Tom Baker", "We do the same. Thank you!")):
            thread.addWidget(line())
            thread.addLayout(_post_head(theme, name))
            view = MarkdownView(theme, f"Post of {name}")
            view.show_markdown(text)
            thread.addWidget(view)
        thread.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(inner)
        pane = QWidget()
        pane.setObjectName("pane")
        land_at(pane, self.composer.editor)
        column = QVBoxLayout(pane)
        pad(theme, column, 0, 0)
        column.addWidget(area, 1)
        below = QVBoxLayout()
        pad(theme, below, (16, 8, 16, 12), 0)
        below.addWidget(self.composer)
        column.addLayout(below)
        return pane


class PartsPage(Page):
    """The parts that the other page does not show."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "Parts")
        self.form = FieldForm(theme, FIELDS)
        inner = QWidget()
        inner.setObjectName("scrolled")
        columns = QHBoxLayout(inner)
        pad(theme, columns, 24, 32)
        left, right = QVBoxLayout(), QVBoxLayout()
        columns.addLayout(left, 1)
        columns.addLayout(right, 1)
        left.addWidget(self.form)
        right.addWidget(SectionHeader(theme, "Start", "Two ways to begin."))
        for title, detail, icon in (
            ("Start from a parcel", "Carried on a stick, 340 MB, nothing to download", "library"),
            ("Download", "About 12 MB now, the rest while you read", "sync"),
        ):
            right.addWidget(TwoLineButton(theme, TwoLines(title, detail, icon)))
        for text, kind in (("Usual", ""), ("Primary", "primary"), ("Quiet", "quiet")):
            right.addWidget(push_button(theme, text, kind), 0, Qt.AlignmentFlag.AlignLeft)
        right.addWidget(push_button(theme, "Delete for everybody", "danger"))
        off = push_button(theme, "Not now")
        off.setEnabled(False)
        right.addWidget(off, 0, Qt.AlignmentFlag.AlignLeft)
        empty = EmptyState(
            theme,
            "meetings",
            "No meetings yet",
            "Meetings keep agenda, notes and decisions in one place, also without a connection.",
        )
        empty.set_action("Plan the first meeting")
        right.addWidget(empty)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(inner)
        self.set_single(area)


class DemoWindow(MainWindow):
    """The window with the demo's places."""

    def __init__(self, theme: Theme, memory: WindowMemory) -> None:
        super().__init__(theme, memory)
        self.built: list[str] = []
        reply = ActionSpec(
            "discussions.reply", "&Reply", Menu.EDIT, "R", place="discussions", icon="reply"
        )
        for key, title, icon in (
            ("home", "Home", "home"),
            ("discussions", "Discussions", "discussions"),
            ("library", "Library", "library"),
            ("meetings", "Meetings", "meetings"),
            ("people", "People", "people"),
        ):
            factory = self._parts if key == "home" else self._discussions
            actions = (reply,) if key == "discussions" else ()
            self.add_place(Place(key, title, icon, factory, actions))
        self.add_place(Place("settings", "Settings", "settings", self._parts, low=True))
        self.rail.set_communities(
            (
                CommunityEntry("c1", "Arnhem Land principals", "14 members"),
                CommunityEntry("c2", "Beginning leaders", "31 members"),
            ),
            "c1",
        )
        self.rail.set_count("discussions", 3)
        self.sentence.show_words(
            SyncWords("3 things waiting to go, safe on this computer · last contact 9 days ago")
        )

    def _discussions(self) -> Page:
        self.built.append("discussions")
        return DemoPage(self._theme)

    def _parts(self) -> Page:
        self.built.append("parts")
        return PartsPage(self._theme)


def fill_composer(composer: Composer) -> None:
    """A reply half written, with two files."""
    composer.set_text(REPLY)
    composer.show_attachments(
        (
            AttachedFile("f1", "bus route 2026.pdf", 412_000),
            AttachedFile("f2", "elders walk.jpg", 96_000_000, "too big"),
        )
    )
    composer.show_saved(REPLY, "Saved on this computer 4:12 pm")


def _post_head(theme: Theme, name: str) -> QHBoxLayout:
    head = QHBoxLayout()
    pad(theme, head, (0, 8, 0, 0), 8)
    head.addWidget(Avatar(theme, name, 32))
    head.addWidget(label(name, "strong"))
    head.addStretch(1)
    head.addWidget(label("Wed 12 Aug, 5:00 pm NT time", "small", wraps=False))
    return head


def _same(row: Row) -> Row:
    return row


def _key(row: Row) -> str:
    return row.key
