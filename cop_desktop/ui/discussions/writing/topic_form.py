"""The pane in which a topic is started, or its beginning edited."""

from collections.abc import Collection
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from cop_desktop.ui.discussions.words import activity, translated
from cop_desktop.ui.discussions.writing.activity_chooser import ActivityChooser
from cop_desktop.ui.theme.padding import pad
from cop_desktop.ui.theme.theme import Theme
from cop_desktop.ui.widgets.announce import announce
from cop_desktop.ui.widgets.buttons import push_button
from cop_desktop.ui.widgets.composer.composer import Composer, ComposerShape
from cop_desktop.ui.widgets.drafting import Drafting
from cop_desktop.ui.widgets.labels import label, set_property
from cop_desktop.ui.widgets.landing import land_at
from cop_desktop.ui.widgets.tag_row import TagField

MOST_TITLE_CHARS = 200
MOST_BODY_CHARS = 20_000
_WIDTH_PX = 860


@dataclass(frozen=True, slots=True)
class TopicText:
    """What the form holds. activity: "" for none."""

    title: str = ""
    body: str = ""
    activity: str = ""
    tags: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not (self.title.strip() or self.body.strip())


class TopicForm(QWidget):
    """Kind, title, tags and text. `submitted` and `draft_changed` carry a TopicText."""

    submitted = Signal(object)
    draft_changed = Signal(object)
    close_wanted = Signal()
    discard_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._start = TopicText()
        self._heading = label("", "title")
        self._close = push_button(theme, self.tr("Close"), "quiet", "close")
        self._discard = push_button(theme, self.tr("Discard draft"), "quiet", "trash")
        self.chooser = ActivityChooser(theme)
        self.title = QLineEdit()
        self.title.setMaxLength(MOST_TITLE_CHARS)
        self._problem = label("", "problem")
        self._problem.hide()
        self.tags = TagField(theme, self.tr("Tags"))
        shape = ComposerShape(
            self.tr("Text"),
            self.tr("Post topic"),
            least_lines=7,
            most_lines=18,
            max_chars=MOST_BODY_CHARS,
        )
        self.composer = Composer(theme, shape)
        self._drafting = Drafting(self)
        self._inner = QWidget()
        self._lay_out()
        self._connect()
        land_at(self, self.title)

    def begin(self, heading: str, submit: str, text: TopicText) -> None:
        """An empty form, or one with what there is to edit."""
        self._heading.setText(heading)
        self.setAccessibleName(heading)
        self.composer.set_submit(submit)
        self._fill(text)
        self._say_problem("")

    def load_draft(self, text: TopicText) -> bool:
        """Shows a saved draft unless somebody has typed already; tells whether it did."""
        if self.text() != self._start or not self.composer.load_draft(text.body):
            return False
        self._fill(text)
        return True

    def text(self) -> TopicText:
        """What stands in the form."""
        return TopicText(
            self.title.text(), self.composer.text(), self.chooser.value(), self.tags.tags()
        )

    def has_changes(self) -> bool:
        """Whether something was entered since the form was filled."""
        return self.text() != self._start

    def show_known_tags(self, tags: Collection[str]) -> None:
        self.tags.set_known(sorted(tags, key=str.casefold))

    def show_discard(self, *, offered: bool) -> None:
        """Whether there is a draft to throw away."""
        self._discard.setVisible(offered)

    def tell_draft(self) -> None:
        """Emits `draft_changed` now when something waits to be told."""
        self._drafting.tell()
        self.composer.tell_draft()

    def hideEvent(self, event: QHideEvent) -> None:
        self.tell_draft()
        super().hideEvent(event)

    def _fill(self, text: TopicText) -> None:
        self.title.setText(text.title)
        self.title.setCursorPosition(0)
        self.composer.set_text(text.body)
        self.chooser.set_value(text.activity)
        self.tags.set_tags(text.tags)
        self._drafting.forget()
        self._show_hint()
        self._start = self.text()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        pad(self._theme, head, (24, 12, 16, 4), 8)
        head.addWidget(self._heading, 1)
        head.addWidget(self._discard)
        head.addWidget(self._close)
        inner = self._inner
        inner.setObjectName("scrolled")
        self._widen()
        parts = QVBoxLayout(inner)
        pad(self._theme, parts, (24, 4, 24, 16), 6)
        parts.addWidget(self._name(self.tr("What is it for?"), self.chooser))
        parts.addWidget(self.chooser)
        parts.addSpacing(self._theme.metrics.gap)
        parts.addWidget(self._name(self.tr("T&itle"), self.title))
        parts.addWidget(self.title)
        parts.addWidget(self._problem)
        parts.addWidget(self._name(self.tr("Ta&gs (optional)"), self.tags.line))
        parts.addWidget(self.tags)
        parts.addWidget(self._name(self.tr("Te&xt"), self.composer.editor))
        parts.addWidget(self.composer)
        parts.addStretch(1)
        area = QScrollArea()
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidgetResizable(True)
        area.setWidget(inner)
        column = QVBoxLayout(self)
        pad(self._theme, column, 0, 0)
        column.addLayout(head)
        column.addWidget(area, 1)

    def _widen(self) -> None:
        self._inner.setMaximumWidth(self._theme.metrics.px(_WIDTH_PX))

    def _name(self, words: str, of: QWidget) -> QLabel:
        name = label(words, "strong")
        name.setBuddy(of)
        return name

    def _connect(self) -> None:
        self.title.setAccessibleName(self.tr("Title"))
        self.title.setPlaceholderText(self.tr("One line that says what you ask or tell"))
        self._theme.changed.connect(self._widen)
        self.title.textEdited.connect(self._on_edit)
        self.title.returnPressed.connect(self.composer.editor.setFocus)
        self.title.editingFinished.connect(self.tell_draft)
        self.tags.changed.connect(self._on_edit)
        self.chooser.changed.connect(self._on_activity)
        self.composer.draft_changed.connect(self._emit_draft)
        self._drafting.due.connect(self._emit_draft)
        self.composer.submitted.connect(self._submit)
        self._close.clicked.connect(self._on_close)
        self._discard.clicked.connect(self._on_discard)

    def _submit(self, body: str) -> None:
        if not self.title.text().strip():
            self.composer.keep_unsent("")
            self._say_problem(self.tr("Please give the topic a title: others see it first."))
            self.title.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._drafting.forget()
        self.submitted.emit(self.text())

    def _say_problem(self, words: str) -> None:
        self._problem.setText(words)
        self._problem.setVisible(bool(words))
        set_property(self.title, "state", "problem" if words else "")
        self.title.setAccessibleDescription(words)
        if words:
            announce(self, words)

    def _show_hint(self) -> None:
        chosen = activity(self.chooser.value())
        self.composer.set_placeholder(
            self.tr("What would you like to say?") if chosen is None else translated(chosen.hint)
        )

    def _on_edit(self) -> None:
        self._say_problem("")
        self._drafting.note_typing()

    def _on_activity(self) -> None:
        self._show_hint()
        self._on_edit()

    def _emit_draft(self) -> None:
        self.draft_changed.emit(self.text())

    def _on_close(self) -> None:
        self.close_wanted.emit()

    def _on_discard(self) -> None:
        self.discard_wanted.emit()
