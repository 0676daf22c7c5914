"""Foreign Markdown on screen: formatted, and never a way out of the window."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QImage, QTextCursor, QTextDocument
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from cop_desktop.ui.theme.theme import Appearance, Theme
from cop_desktop.ui.widgets.markdown_view import MarkdownView
from tests.support.stall_meter import StallMeter


class Visits:
    """A web server on this computer that remembers who asked for what."""

    def __init__(self) -> None:
        self.paths: list[str] = []
        visits = self.paths

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                visits.append(self.path)
                self.send_response(200)
                self.end_headers()

            def log_message(self, *args: object) -> None:
                """Nothing: the paths are enough."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)
        self.thread.start()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}"


@pytest.fixture
def visits() -> Iterator[Visits]:
    made = Visits()
    yield made
    made.server.shutdown()
    made.server.server_close()
    made.thread.join()


@pytest.fixture
def view(theme: Theme, qtbot) -> MarkdownView:
    made = MarkdownView(theme)
    qtbot.addWidget(made)
    made.resize(500, 100)
    made.show()
    return made


def red_picture(file: Path) -> Path:
    picture = QImage(60, 60, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.red)
    assert picture.save(str(file))
    return file


def red_pixels(widget: QWidget) -> int:
    image = widget.grab().toImage()
    return sum(
        image.pixelColor(x, y).red() > 200 and image.pixelColor(x, y).green() < 60
        for x in range(0, image.width(), 3)
        for y in range(0, image.height(), 3)
    )


def place_of(view: MarkdownView, words: str) -> QPoint:
    """The middle of `words` on the view."""
    cursor = view.document().find(words)
    start = QTextCursor(cursor)
    start.setPosition(cursor.selectionStart())
    left, right = view.cursorRect(start), view.cursorRect(cursor)
    return QPoint((left.left() + right.left()) // 2, left.center().y())


PICTURES = (
    "![photo]({place})",
    "[![photo]({place})](http://example.org)",
    "![photo][ref]\n\n[ref]: {place}",
    "| a |\n|---|\n| ![photo]({place}) |",
    '<img src="{place}">',
    '<p style="background-image: url({place})">x</p>',
)


@pytest.mark.parametrize("markdown", PICTURES)
def test_no_file_is_shown_however_it_is_asked_for(
    view: MarkdownView, qtbot, tmp_path: Path, markdown: str
) -> None:
    file = red_picture(tmp_path / "secret.png")
    for place in (str(file), QUrl.fromLocalFile(str(file)).toString()):
        view.show_markdown(markdown.format(place=place))
        view.setFixedHeight(300)
        qtbot.wait(1)
        assert red_pixels(view) == 0


def test_a_picture_that_got_into_the_document_is_not_loaded_either(
    view: MarkdownView, qtbot, tmp_path: Path
) -> None:
    file = red_picture(tmp_path / "secret.png")
    view.textCursor().insertImage(str(file))
    view.setFixedHeight(300)
    qtbot.wait(1)
    assert red_pixels(view) == 0


def test_qt_itself_would_show_the_file(qtbot, qapp, tmp_path: Path) -> None:
    """The test above tests something: the same text without our view does show the picture."""
    from PySide6.QtWidgets import QTextBrowser

    file = red_picture(tmp_path / "secret.png")
    plain = QTextBrowser()
    qtbot.addWidget(plain)
    plain.resize(300, 300)
    plain.document().setMarkdown(f"![photo]({file})", QTextDocument.MarkdownFeature.MarkdownNoHTML)
    plain.show()
    assert red_pixels(plain) > 0


@pytest.mark.parametrize("markdown", PICTURES)
def test_nobody_is_told_that_a_text_was_read(
    view: MarkdownView, visits: Visits, qtbot, markdown: str
) -> None:
    view.show_markdown(markdown.format(place=f"{visits.address}/seen.png"))
    view.grab()
    qtbot.wait(50)
    assert visits.paths == []


def test_a_link_is_told_and_not_followed(view: MarkdownView, visits: Visits, qtbot) -> None:
    view.show_markdown(f"see [the page]({visits.address}/page) there")
    with qtbot.waitSignal(view.link_activated) as told:
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place_of(view, "the page"))
    assert told.args == [f"{visits.address}/page"]
    assert visits.paths == []
    assert view.markdown().startswith("see [the page]")


@pytest.mark.parametrize("address", ["https://a.example/x?y=1", "mailto:a@b.example", "cop:item/7"])
def test_harmless_addresses_are_told(view: MarkdownView, qtbot, address: str) -> None:
    view.show_markdown(f"[go]({address})")
    with qtbot.waitSignal(view.link_activated) as told:
        view.anchorClicked.emit(QUrl(address))
    assert told.args == [address]


@pytest.mark.parametrize(
    "address", ["file:///etc/passwd", "javascript:alert(1)", "smb://server/share", "relative.md"]
)
def test_other_addresses_are_not(view: MarkdownView, qtbot, address: str) -> None:
    view.show_markdown(f"[go]({address})")
    with qtbot.assertNotEmitted(view.link_activated):
        view.anchorClicked.emit(QUrl(address))


def test_html_is_shown_as_typed(view: MarkdownView) -> None:
    view.show_markdown("a <b>bold</b> <script>alert(1)</script> claim")
    assert "<b>bold</b>" in view.toPlainText()


def test_a_picture_is_named_instead_of_shown(view: MarkdownView) -> None:
    view.show_markdown("![the school garden](garden.png)")
    assert "[the school garden]" in view.toPlainText()


def test_where_a_link_leads_is_shown_before_it_is_followed(view: MarkdownView) -> None:
    view.show_markdown("[my bank](https://elsewhere.example/)")
    view.highlighted.emit(QUrl("https://elsewhere.example/"))
    assert view.toolTip() == "https://elsewhere.example/"


def test_lines_end_where_the_writer_ended_them(view: MarkdownView) -> None:
    view.show_markdown("Kind regards\nMarion\n\nRamingining")
    assert view.toPlainText().splitlines() == ["Kind regards", "Marion", "Ramingining"]


def test_the_first_cell_after_code_has_no_empty_line(view: MarkdownView) -> None:
    view.show_markdown("```\nx\n```\n\n| Name | n |\n|---|---|\n| Ann | 3 |")
    table = next(frame for frame in view.document().rootFrame().childFrames())
    cell = table.cellAt(0, 0)
    assert cell.firstCursorPosition().block() == cell.lastCursorPosition().block()


def test_a_view_is_as_tall_as_its_text_at_the_width_it_gets(theme: Theme, qtbot) -> None:
    inner, area = QWidget(), QScrollArea()
    column = QVBoxLayout(inner)
    views = [MarkdownView(theme) for _ in range(3)]
    for one in views:
        one.show_markdown("Some words that wrap when it is narrow. " * 12)
        column.addWidget(one)
    column.addStretch(1)
    area.setWidgetResizable(True)
    area.setWidget(inner)
    qtbot.addWidget(area)
    area.resize(800, 600)
    area.show()
    qtbot.waitUntil(lambda: views[0].height() > 30)
    wide = [one.height() for one in views]
    area.resize(320, 600)
    qtbot.waitUntil(lambda: all(one.height() > wide[0] * 1.8 for one in views))
    qtbot.waitUntil(lambda: not any(one.verticalScrollBar().maximum() for one in views))
    for one in views:
        assert one.height() == pytest.approx(one.document().size().height(), abs=2)
    assert area.verticalScrollBar().maximum() > 0


def test_all_of_a_text_is_seen_after_it_got_narrower(view: MarkdownView, qtbot) -> None:
    view.show_markdown("We walk the route with two Elders in the first week of the year. " * 3)
    height = view.height()
    view.resize(view.width() // 2, height)
    assert view.height() > height
    assert view.viewport().height() == view.height()


def test_a_long_text_waits_until_all_of_it_is_asked_for(view: MarkdownView, qtbot) -> None:
    view.show_markdown("word " * 10_000)
    assert len(view.toPlainText()) < 13_000
    view.anchorClicked.emit(QUrl("cop-view:show-all"))
    qtbot.waitUntil(lambda: len(view.toPlainText()) > 49_000)
    assert "Show all" not in view.toPlainText()


def test_a_foreign_text_cannot_ask_for_all_of_it_by_a_link(view: MarkdownView, qtbot) -> None:
    view.show_markdown("[x](cop-view:anything)")
    with qtbot.assertNotEmitted(view.link_activated):
        view.anchorClicked.emit(QUrl("cop-view:anything"))


HARD = {
    "long table": "|a|b|\n|-|-|\n" + "|x|y|\n" * 4_000,
    "many tables": ("|a|b|\n|-|-|\n" + "|x|y|\n" * 40 + "\n") * 70,
    "wide table": "|a" * 3000 + "|\n" + "|-" * 3000 + "|\n" + "|x|y|\n" * 400,
    "one long word": "[" * 19_000,
    "code marks": "`a" * 9_000,
    "stairs of code marks": "".join("`" * i + "a" for i in range(190)),
    "deep quotes": ">" * 19_000 + " x",
    "deep lists": "- " * 9_000 + "x",
    "stars": "**" * 9_000,
}


@pytest.mark.parametrize("name", HARD)
def test_a_hostile_text_does_not_hold_up_the_window(theme: Theme, qtbot, name: str) -> None:
    area, view = QScrollArea(), MarkdownView(theme)
    qtbot.addWidget(area)
    area.setWidgetResizable(True)
    area.setWidget(view)
    area.resize(500, 400)
    area.show()
    with StallMeter() as meter:
        view.show_markdown(HARD[name])
        area.grab()
        qtbot.wait(1)
    # Without the bounds these take from 0.4 s to 40 s on the same computer.
    assert meter.busiest_ms < 350


def test_new_colours_reach_a_text_that_is_shown(view: MarkdownView, theme: Theme) -> None:
    view.show_markdown("a [link](https://a.example)")
    theme.set_appearance(Appearance.DARK)
    cursor = view.document().find("link")
    assert cursor.charFormat().foreground().color().name() == theme.palette.link


def test_copying_takes_words_without_the_invisible_breaks(view: MarkdownView, qapp) -> None:
    view.show_markdown("x" * 400)
    view.selectAll()
    copied: QMimeData = view.createMimeDataFromSelection()
    assert copied.text() == "x" * 400
