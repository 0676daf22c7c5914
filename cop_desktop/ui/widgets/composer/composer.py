"""The composer: write, see it formatted, attach, post; nothing typed is ever lost."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from PySide6.QtCore import QEvent, QLocale, QSize, Qt, Signal
from PySide6.QtGui import QHideEvent, QImage, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from cop_desktop.ui.theme.padding import pad
from cop_desktop.ui.theme.theme import Theme
from cop_desktop.ui.widgets.buttons import push_button
from cop_desktop.ui.widgets.composer.attachments import AttachedFile, AttachmentStrip
from cop_desktop.ui.widgets.composer.editor import FORMATTERS, Editor
from cop_desktop.ui.widgets.composer.mentions import MentionList
from cop_desktop.ui.widgets.composer.preview import Preview
from cop_desktop.ui.widgets.composer.spelling import Speller
from cop_desktop.ui.widgets.composer.toolbar import PREVIEW_KEYS, Toolbar
from cop_desktop.ui.widgets.drafting import Drafting
from cop_desktop.ui.widgets.file_dialog import open_where_last
from cop_desktop.ui.widgets.labels import label, set_property

_LIMIT_SHOWN_FROM = 0.8


@dataclass(frozen=True, slots=True)
class ComposerShape:
    """What one composer is for. most_lines 0: it takes all the height it is given.

    max_chars 0: no limit. submit "": no button (the draft is the text itself, as in notes).
    """

    name: str
    submit: str = ""
    placeholder: str = ""
    least_lines: int = 3
    most_lines: int = 14
    max_chars: int = 0
    attachments: bool = True


class Composer(QFrame):
    """A text field for Markdown with its toolbar, files, draft line and button.

    The text stays until the presenter says it is safe: after `submitted` the composer is
    locked until `clear_sent` (it is committed) or `keep_unsent` (it is not).
    """

    submitted = Signal(str)
    draft_changed = Signal(str)
    files_offered = Signal(object)  # tuple[Path, ...]
    picture_pasted = Signal(QImage)
    attachment_removed = Signal(str)
    attachment_offer_taken = Signal(str)
    mention_typed = Signal(str)
    link_activated = Signal(str)

    def __init__(self, theme: Theme, shape: ComposerShape) -> None:
        super().__init__()
        self._theme = theme
        self._shape = shape
        self._least_lines = shape.least_lines
        self._most_lines = shape.most_lines
        self._elsewhere = False  # words in other fields go with these
        self._whole: Callable[[], str] = self.text
        self._known = ""  # the words as they were last heard of
        self._touched = False  # typed since the last set_text
        self._read_only = False
        self._busy = False
        self.setObjectName("composer")
        self._drafting = Drafting(self)
        self._make_parts()
        self._lay_out()
        self._connect()
        self._fit()
        self._update_state()

    @property
    def editor(self) -> Editor:
        return self._editor

    @property
    def strip(self) -> AttachmentStrip:
        return self._strip

    def text(self) -> str:
        return self._editor.text()

    def is_empty(self) -> bool:
        """Whether there is nothing to post: no words and no files."""
        return not self.text().strip() and not self._strip.files

    def set_text(self, text: str) -> None:
        """Another text, whatever was there: for an edit, or a recalled post."""
        self._drafting.forget()
        self._editor.blockSignals(True)
        self._editor.set_text(text)
        self._editor.blockSignals(False)
        self._known = self.text()
        self._touched = False
        self._status.setText("")
        self._fit()
        self._update_state()

    def load_draft(self, text: str) -> bool:
        """Shows a saved draft unless somebody has typed already; tells whether it did."""
        if self._touched:
            return False
        self.set_text(text)
        return True

    def tell_draft(self) -> None:
        """Emits `draft_changed` now when there is something untold."""
        self._drafting.tell()

    def show_saved(self, text: str, words: str) -> None:
        """Says `words` ("Saved on this computer 4:12 pm") if `text` is still what stands here."""
        if text == self.text():
            self._say(words)

    def show_problem(self, words: str) -> None:
        """Says what is wrong with the draft or a file, beside the text."""
        self._say(words, role="problem")

    def show_attachments(self, files: tuple[AttachedFile, ...]) -> None:
        self._strip.show_files(files)
        self._chain()
        self._update_state()

    def clear_sent(self) -> None:
        """The text is committed: makes room for the next one."""
        self._busy = False
        self.show_attachments(())
        self._toolbar.preview.setChecked(False)
        self.set_text("")

    def keep_unsent(self, words: str) -> None:
        """The text could not be committed: everything stays, `words` say why."""
        self._busy = False
        self._update_state()
        self.show_problem(words)

    def set_read_only(self, read_only: bool) -> None:
        """Locks the text for good; what the draft line says stays."""
        self._read_only = read_only
        self._update_state()

    def set_submit(self, words: str) -> None:
        """Other words on the button, for what it will do now."""
        self._submit.setText(words)

    def set_most_lines(self, lines: int) -> None:
        """Grows to fewer lines than its shape says, where there is little room around it."""
        if lines != self._most_lines:
            self._most_lines = lines
            self._fit()

    def set_least_lines(self, lines: int) -> None:
        """At least so tall, whatever its shape says."""
        if lines != self._least_lines:
            self._least_lines = lines
            self._fit()

    def count_in(self, *, elsewhere: bool) -> None:
        """Whether other fields hold words to post, so that these may be missing."""
        if elsewhere != self._elsewhere:
            self._elsewhere = elsewhere
            self._update_state()

    def preview_with(self, whole: Callable[[], str]) -> None:
        """Has the preview show `whole()`, where this is only a part of the text."""
        self._whole = whole

    def check_with(self, speller: Speller | None) -> None:
        """Marks words that the speller does not know; None: marks none."""
        if speller is not None:
            self._editor.check_with(speller)

    def set_placeholder(self, words: str) -> None:
        self._editor.setPlaceholderText(words)

    def submit(self) -> None:
        """Emits `submitted` once, if there is something to post and it is not too long."""
        if self._submit.isEnabled() and self._shape.submit:
            self.tell_draft()
            if self._submit.hasFocus():  # or Qt would hand the focus on to whatever comes next
                self._editor.setFocus(Qt.FocusReason.OtherFocusReason)
            self._busy = True
            self._update_state()
            self.submitted.emit(self.text())

    def take_foot(self) -> QWidget:
        """The draft line and the button, to stand elsewhere: where the text itself scrolls."""
        foot = self._foot.layout()
        if foot is not None:
            pad(self._theme, foot, 0, 8)
        self._foot.setParent(None)
        return self._foot

    def offer_files_dialog(self) -> None:
        """Lets people choose files; they come as `files_offered`."""
        dialog = QFileDialog(self, self.tr("Attach files"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        open_where_last(dialog)
        dialog.filesSelected.connect(self._on_chosen_files)
        dialog.open()

    @property
    def mentions(self) -> MentionList:
        return self._mentions

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.metrics.px(260), super().minimumSizeHint().height())

    def hideEvent(self, event: QHideEvent) -> None:
        self.tell_draft()
        super().hideEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def _make_parts(self) -> None:
        self._toolbar = Toolbar(self._theme, attachments=self._shape.attachments)
        self._editor = Editor(self._theme, self._shape.name)
        self._editor.setPlaceholderText(self._shape.placeholder)
        self._mentions = MentionList(self._theme, self._editor)
        self._preview = Preview(self._theme)
        self._pages = QStackedWidget()
        self._pages.addWidget(self._editor)
        self._pages.addWidget(self._preview)
        self._strip = AttachmentStrip(self._theme)
        self._status = label("", "small")
        self._limit = label("", "small", wraps=False)
        self._submit = push_button(self._theme, self._shape.submit, "primary", "send")
        self._submit.setToolTip(self.tr("Ctrl+Enter"))
        if not self._shape.submit:
            self._submit.hide()

    def _lay_out(self) -> None:
        self._foot = QWidget()
        below = QHBoxLayout(self._foot)
        pad(self._theme, below, (10, 0, 8, 8), 8)
        below.addWidget(self._status, 1)
        below.addWidget(self._limit)
        below.addWidget(self._submit)
        column = QVBoxLayout(self)
        pad(self._theme, column, 1, 0)
        column.addWidget(self._toolbar)
        column.addWidget(self._pages, 1)
        column.addWidget(self._strip)
        column.addWidget(self._foot)
        grows = self._shape.most_lines == 0
        policy = QSizePolicy.Policy.Expanding if grows else QSizePolicy.Policy.Maximum
        self.setSizePolicy(QSizePolicy.Policy.Expanding, policy)
        self._chain()

    def _chain(self) -> None:
        """Tab goes from the text through the files, which are made anew, to the button."""
        stops = [self._editor, *self._strip.buttons(), self._submit]
        for before, after in pairwise(stops):
            self.setTabOrder(before, after)

    def _connect(self) -> None:
        self._drafting.due.connect(self._on_draft_due)
        self._editor.textChanged.connect(self._on_text)
        self._editor.document().documentLayout().documentSizeChanged.connect(self._fit)
        self._editor.submit_wanted.connect(self.submit)
        self._editor.left.connect(self.tell_draft)
        self._editor.files_offered.connect(self.files_offered)
        self._editor.picture_pasted.connect(self.picture_pasted)
        self._editor.dropping_changed.connect(self._on_dropping)
        self._editor.focus_changed.connect(self._on_editor_focus)
        self._mentions.mention_typed.connect(self.mention_typed)
        self._toolbar.format_wanted.connect(self._on_format)
        self._toolbar.attach_wanted.connect(self.offer_files_dialog)
        self._toolbar.preview_toggled.connect(self._on_preview)
        self._strip.remove_wanted.connect(self.attachment_removed)
        self._strip.offer_taken.connect(self.attachment_offer_taken)
        self._preview.view.link_activated.connect(self.link_activated)
        self._submit.clicked.connect(self.submit)
        keys = QShortcut(QKeySequence(PREVIEW_KEYS), self)
        keys.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        keys.activated.connect(self._toolbar.preview.toggle)

    def _on_text(self) -> None:
        # The signal comes also when the same words look different, as in another theme.
        text = self.text()
        if text == self._known:
            return
        self._known = text
        self._drafting.note_typing()
        self._touched = True
        self._say("")
        self._update_state()

    def _on_draft_due(self) -> None:
        self.draft_changed.emit(self.text())

    def _on_format(self, name: str) -> None:
        self._editor.apply(FORMATTERS[name])
        self._editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_preview(self, shown: bool) -> None:
        if shown:
            self._preview.show_text(self._whole())
        self._pages.setCurrentIndex(int(shown))
        self._toolbar.set_formatting_enabled(not shown)
        if not shown:
            self._editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_chosen_files(self, names: list[str]) -> None:
        self.files_offered.emit(tuple(Path(name) for name in names))

    def _on_dropping(self, dropping: bool) -> None:
        set_property(self, "dropping", dropping)

    def _on_editor_focus(self) -> None:
        set_property(self, "focused", self._editor.hasFocus())

    def _fit(self) -> None:
        """Grows with the text up to the most lines, then the editor scrolls."""
        least = self._editor.height_of_lines(self._least_lines)
        if self._shape.most_lines == 0:
            self._pages.setMinimumHeight(least)
            return
        most = self._editor.height_of_lines(max(self._most_lines, self._least_lines))
        wanted = round(self._editor.document().size().height()) + 2
        self._pages.setFixedHeight(min(max(wanted, least), most))

    def _update_state(self) -> None:
        locked = self._read_only or self._busy
        self._editor.setReadOnly(locked)
        self._toolbar.setEnabled(not locked)
        self._strip.setEnabled(not locked)
        used, limit = len(self.text()), self._shape.max_chars
        too_long = bool(limit) and used > limit
        shown = bool(limit) and used >= limit * _LIMIT_SHOWN_FROM
        numbers = QLocale().toString(used), QLocale().toString(limit)
        self._limit.setVisible(shown)
        self._limit.setText(self.tr("{0} of {1} characters").format(*numbers) if shown else "")
        set_property(self._limit, "role", "problem" if too_long else "small")
        nothing = self.is_empty() and not self._elsewhere
        self._submit.setEnabled(not (locked or too_long or nothing))

    def _say(self, words: str, role: str = "small") -> None:
        self._status.setText(words)
        set_property(self._status, "role", role)
