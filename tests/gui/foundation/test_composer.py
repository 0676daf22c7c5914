"""Writing: nothing typed is lost, drafts are told in time, files are offered."""

import time
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QFont, QImage, QTextCursor
from PySide6.QtWidgets import QLineEdit, QTextEdit, QVBoxLayout, QWidget

from cop_desktop.ui.theme.theme import Appearance, Theme
from cop_desktop.ui.widgets.composer.attachments import AttachedFile
from cop_desktop.ui.widgets.composer.composer import Composer, ComposerShape
from cop_desktop.ui.widgets.composer.mentions import Mention

SHAPE = ComposerShape("Your reply", "Post reply", "Write a reply…", max_chars=1_000)


@pytest.fixture
def composer(theme: Theme, qtbot) -> Composer:
    made = Composer(theme, SHAPE)
    qtbot.addWidget(made)
    made.resize(600, 300)
    made.show()
    made.editor.setFocus()
    qtbot.waitUntil(made.editor.hasFocus)
    return made


def type_in(qtbot, composer: Composer, words: str) -> None:
    qtbot.keyClicks(composer.editor, words)


def test_typing_is_told_as_a_draft_within_two_seconds(composer: Composer, qtbot) -> None:
    start = time.monotonic()
    with qtbot.waitSignal(composer.draft_changed, timeout=20_000) as told:
        type_in(qtbot, composer, "half a thought")
    assert told.args == ["half a thought"]
    assert time.monotonic() - start < 2


def test_another_look_of_the_window_is_no_draft(composer: Composer, theme: Theme, qtbot) -> None:
    composer.set_text("kept since **yesterday**")
    composer.show_saved("kept since **yesterday**", "Saved yesterday")
    with qtbot.assertNotEmitted(composer.draft_changed):
        theme.set_text_scale(1.5)
        theme.set_appearance(Appearance.DARK)
        composer.tell_draft()
    assert composer.load_draft("somebody else's words")


def test_somebody_who_never_pauses_is_saved_all_the_same(composer: Composer, qtbot) -> None:
    told: list[str] = []
    composer.draft_changed.connect(told.append)
    start = time.monotonic()
    while not told and time.monotonic() - start < 3:
        type_in(qtbot, composer, "x")
        qtbot.wait(20)
    assert time.monotonic() - start < 2


def test_leaving_the_field_tells_the_draft_at_once(theme: Theme, qtbot) -> None:
    window = QWidget()
    column = QVBoxLayout(window)
    composer, other = Composer(theme, SHAPE), QLineEdit()
    column.addWidget(composer)
    column.addWidget(other)
    qtbot.addWidget(window)
    window.show()
    composer.editor.setFocus()
    qtbot.waitUntil(composer.editor.hasFocus)
    type_in(qtbot, composer, "and off")
    with qtbot.waitSignal(composer.draft_changed, timeout=300):
        other.setFocus()


def test_hiding_the_composer_tells_the_draft(composer: Composer, qtbot) -> None:
    type_in(qtbot, composer, "kept")
    with qtbot.waitSignal(composer.draft_changed, timeout=300) as told:
        composer.hide()
    assert told.args == ["kept"]


def test_a_draft_is_told_once(composer: Composer, qtbot) -> None:
    told: list[str] = []
    composer.draft_changed.connect(told.append)
    type_in(qtbot, composer, "once")
    composer.tell_draft()
    composer.tell_draft()
    assert told == ["once"]


def test_loading_a_draft_is_no_typing_and_never_overwrites_it(composer: Composer, qtbot) -> None:
    with qtbot.assertNotEmitted(composer.draft_changed, wait=1_200):
        assert composer.load_draft("from yesterday")
    assert composer.text() == "from yesterday"
    type_in(qtbot, composer, " and today")
    assert not composer.load_draft("too late")
    assert composer.text() == "from yesterday and today"


def test_saved_is_said_only_of_what_stands_there(composer: Composer, qtbot) -> None:
    type_in(qtbot, composer, "one")
    composer.show_saved("one", "Saved on this computer 4:12 pm")
    assert composer._status.text() == "Saved on this computer 4:12 pm"
    type_in(qtbot, composer, " more")
    assert composer._status.text() == ""
    composer.show_saved("one", "Saved on this computer 4:13 pm")
    assert composer._status.text() == ""


def test_ctrl_enter_posts_and_the_text_stays_until_it_is_safe(composer: Composer, qtbot) -> None:
    type_in(qtbot, composer, "ready")
    with qtbot.waitSignal(composer.submitted) as told:
        qtbot.keyClick(composer.editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert told.args == ["ready"]
    assert composer.text() == "ready"
    with qtbot.assertNotEmitted(composer.submitted):
        composer.submit()
    composer.keep_unsent("The disk is full.")
    assert composer.text() == "ready"
    assert composer._status.text() == "The disk is full."
    with qtbot.waitSignal(composer.submitted):
        composer.submit()
    composer.clear_sent()
    assert composer.text() == ""
    assert not composer.editor.isReadOnly()


def test_nothing_is_not_posted(composer: Composer, qtbot) -> None:
    type_in(qtbot, composer, "   ")
    with qtbot.assertNotEmitted(composer.submitted):
        qtbot.keyClick(composer.editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def test_a_file_alone_may_be_posted(composer: Composer, qtbot) -> None:
    composer.show_attachments((AttachedFile("f", "a.pdf", 10),))
    with qtbot.waitSignal(composer.submitted):
        composer.submit()


def test_a_text_over_the_limit_is_kept_and_said_but_not_posted(composer: Composer, qtbot) -> None:
    composer.set_text("x" * 1_001)
    assert "1001" in composer._limit.text().replace(",", "")
    with qtbot.assertNotEmitted(composer.submitted):
        composer.submit()
    assert len(composer.text()) == 1_001


def test_every_kind_of_blank_and_line_comes_back_as_typed(composer: Composer) -> None:
    text = "a\u00a0b\tc  \n\n  \u2003d\n😀 e\n"
    composer.set_text(text)
    assert composer.text() == text


@pytest.mark.parametrize(
    ("key", "modifiers", "expected"),
    [
        (Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier, "😀 **word**"),
        (Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier, "😀 *word*"),
        (Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier, "😀 [word](https://)"),
    ],
)
def test_keys_format_the_chosen_words(
    composer: Composer, qtbot, key, modifiers, expected: str
) -> None:
    composer.set_text("😀 word")
    cursor = composer.editor.textCursor()
    cursor.movePosition(QTextCursor.MoveOperation.WordLeft, QTextCursor.MoveMode.KeepAnchor)
    composer.editor.setTextCursor(cursor)
    qtbot.keyClick(composer.editor, key, modifiers)
    assert composer.text() == expected
    composer.editor.undo()
    assert composer.text() == "😀 word"


def test_enter_goes_on_with_a_list(composer: Composer, qtbot) -> None:
    type_in(qtbot, composer, "- one")
    qtbot.keyClick(composer.editor, Qt.Key.Key_Return)
    type_in(qtbot, composer, "two")
    assert composer.text() == "- one\n- two"


def test_a_heading_looks_large_and_bold_looks_bold_while_typed(composer: Composer, theme) -> None:
    composer.set_text("# Title\nplain **strong** plain")
    first, second = (composer.editor.document().findBlockByNumber(n) for n in (0, 1))
    sizes = {form.format.fontPointSize() for form in first.layout().formats()}
    assert list(sizes) == [pytest.approx(theme.metrics.body_pt * 1.4)]
    bold = [
        second.text()[form.start : form.start + form.length]
        for form in second.layout().formats()
        if form.format.fontWeight() == QFont.Weight.Bold
    ]
    assert "".join(bold) == "strong"


def test_pasting_takes_words_and_no_formatting(composer: Composer) -> None:
    copied = QMimeData()
    copied.setHtml("<b>bold</b> claim")
    copied.setText("bold claim")
    composer.editor.insertFromMimeData(copied)
    assert composer.text() == "bold claim"


def test_pasted_and_dropped_files_are_offered(composer: Composer, qtbot, tmp_path: Path) -> None:
    files = QMimeData()
    files.setUrls([QUrl.fromLocalFile(str(tmp_path / name)) for name in ("a.pdf", "b.jpg")])
    with qtbot.waitSignal(composer.files_offered) as told:
        composer.editor.insertFromMimeData(files)
    assert told.args == [(tmp_path / "a.pdf", tmp_path / "b.jpg")]
    with qtbot.waitSignal(composer.files_offered) as told:
        drop = QDropEvent(
            QPointF(5, 5),
            Qt.DropAction.CopyAction,
            files,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
        composer.editor.dropEvent(drop)
    assert told.args == [(tmp_path / "a.pdf", tmp_path / "b.jpg")]
    assert composer.text() == ""


def test_a_pasted_picture_is_offered(composer: Composer, qtbot) -> None:
    picture = QImage(4, 4, QImage.Format.Format_RGB32)
    picture.fill(0)
    copied = QMimeData()
    copied.setImageData(picture)
    with qtbot.waitSignal(composer.picture_pasted) as told:
        composer.editor.insertFromMimeData(copied)
    assert told.args[0].size() == picture.size()


def test_an_address_pasted_as_a_link_is_text(composer: Composer) -> None:
    copied = QMimeData()
    copied.setUrls([QUrl("https://a.example/x")])
    copied.setText("https://a.example/x")
    composer.editor.insertFromMimeData(copied)
    assert composer.text() == "https://a.example/x"


def test_attached_files_show_their_size_and_can_be_taken_away(composer: Composer, qtbot) -> None:
    composer.show_attachments(
        (AttachedFile("f1", "plan.pdf", 2_048), AttachedFile("f2", "film.mp4", 9, "too big"))
    )
    said = [chip.accessibleName() for chip in composer.strip.findChildren(QWidget, "chip")]
    assert said == ["plan.pdf, 2 kB", "film.mp4, too big"]
    remove = [
        button
        for button in composer.strip.findChildren(QWidget)
        if button.accessibleName() == "Remove film.mp4"
    ]
    with qtbot.waitSignal(composer.attachment_removed) as told:
        qtbot.mouseClick(remove[0], Qt.MouseButton.LeftButton)
    assert told.args == ["f2"]


def test_many_files_scroll_where_there_is_little_room(composer: Composer, qtbot) -> None:
    many = tuple(AttachedFile(str(n), f"a plan of year {n}.pdf", 2_048) for n in range(30))
    composer.setFixedHeight(300)
    composer.show_attachments(many)
    bar = composer.strip.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    assert composer.editor.height() >= composer.editor.height_of_lines(2)
    composer.show_attachments(many[:1])
    qtbot.waitUntil(lambda: bar.maximum() == 0)


def test_the_preview_shows_the_text_formatted_and_comes_back(composer: Composer, qtbot) -> None:
    composer.set_text("# Title\n\n**strong**")
    preview = composer._toolbar.preview
    qtbot.keyClick(
        composer.editor,
        Qt.Key.Key_P,
        Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
    )
    assert preview.isChecked()
    assert composer._preview.view.toPlainText().splitlines() == ["Title", "strong"]
    preview.toggle()
    assert composer.text() == "# Title\n\n**strong**"


def test_the_field_grows_with_the_text_up_to_its_bound(composer: Composer, qtbot) -> None:
    least = composer.editor.height()
    composer.set_text("line\n" * 8)
    qtbot.waitUntil(lambda: composer.editor.height() > least)
    composer.set_text("line\n" * 80)
    most = composer.editor.height_of_lines(SHAPE.most_lines)
    qtbot.waitUntil(lambda: composer.editor.height() == most)


def test_read_only_text_can_be_read_and_not_changed(composer: Composer, qtbot) -> None:
    composer.set_text("fixed")
    composer.set_read_only(True)
    type_in(qtbot, composer, "x")
    qtbot.keyClick(composer.editor, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    assert composer.text() == "fixed"


def test_a_mention_is_offered_and_taken_by_keyboard(composer: Composer, qtbot) -> None:
    with qtbot.waitSignal(composer.mention_typed) as told:
        type_in(qtbot, composer, "thanks @m")
    assert told.args == ["m"]
    composer.mentions.offer(
        [
            Mention("Marion Webb", "[@Marion Webb](cop:member/1)"),
            Mention("Mick Hall", "[@Mick Hall](cop:member/2)"),
        ]
    )
    assert composer.mentions.isVisible()
    qtbot.keyClick(composer.editor, Qt.Key.Key_Down)
    qtbot.keyClick(composer.editor, Qt.Key.Key_Return)
    assert composer.text() == "thanks [@Mick Hall](cop:member/2) "
    assert not composer.mentions.isVisible()


def test_all_who_are_offered_are_seen_in_a_frame_without_scrolling(
    composer: Composer, theme: Theme, qtbot
) -> None:
    theme.set_text_scale(2.0)
    composer.resize(700, 700)
    type_in(qtbot, composer, "@m")
    names = ("Mick Hall", "Marion Webb, the school with the longest name of them all", "Mo")
    composer.mentions.offer([Mention(name, name) for name in names])
    shown = composer.mentions
    assert shown.verticalScrollBar().maximum() == shown.horizontalScrollBar().maximum() == 0
    assert shown.viewport().x() >= 2
    edge = shown.grab().toImage().pixelColor(shown.width() // 2, 0)
    assert edge == theme.colour("outline")


def test_mentions_go_when_the_text_is_another_one(composer: Composer, qtbot) -> None:
    qtbot.keyClicks(composer.editor, "@mi")
    composer.mentions.offer([Mention("Mick Hall", "x")])
    assert composer.mentions.isVisible()
    composer.set_text("")
    assert not composer.mentions.isVisible()


def test_escape_puts_the_list_of_mentions_away_and_keeps_the_text(composer, qtbot) -> None:
    type_in(qtbot, composer, "@m")
    composer.mentions.offer([Mention("Mick Hall", "x")])
    qtbot.keyClick(composer.editor, Qt.Key.Key_Escape)
    assert not composer.mentions.isVisible()
    assert composer.text() == "@m"


def test_the_toolbar_is_one_stop_for_tab_and_arrows_go_inside(composer: Composer, qtbot) -> None:
    buttons = composer._toolbar._buttons
    assert [b.focusPolicy() for b in buttons].count(Qt.FocusPolicy.TabFocus) == 1
    buttons[0].setFocus()
    qtbot.keyClick(buttons[0], Qt.Key.Key_Right)
    assert buttons[1].hasFocus()
    qtbot.keyClick(buttons[1], Qt.Key.Key_Left)
    assert buttons[0].hasFocus()


def test_every_control_has_a_name(composer: Composer) -> None:
    composer.show_attachments((AttachedFile("f", "a.pdf", 1),))
    controls = [w for w in composer.findChildren(QWidget) if w.focusPolicy() and w.isVisible()]
    assert controls
    unnamed = [
        w
        for w in controls
        if not w.accessibleName()
        and not getattr(w, "text", str)()
        and not isinstance(w.parent(), QTextEdit)
    ]
    assert not unnamed
