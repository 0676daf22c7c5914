"""The pane in which a topic is started, or its beginning edited."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from cop_desktop.ui.discussions.activities import activity, translated
from cop_desktop.ui.discussions.writing.activity_chooser import ActivityChooser
from cop_desktop.ui.discussions.writing.day_field import DayField
from cop_desktop.ui.discussions.writing.prompt_fields import PromptFields
from cop_desktop.ui.discussions.writing.prompted import Answers, carried, composed, parted
from cop_desktop.ui.discussions.writing.sheet_area import SheetArea, over_foot
from cop_desktop.ui.theme.padding import pad
from cop_desktop.ui.theme.theme import Theme
from cop_desktop.ui.widgets.announce import announce
from cop_desktop.ui.widgets.buttons import push_button
from cop_desktop.ui.widgets.composer.composer import Composer, ComposerShape
from cop_desktop.ui.widgets.composer.field_spelling import LineSpelling
from cop_desktop.ui.widgets.composer.word_menu import Speller
from cop_desktop.ui.widgets.composer.writing_field import WritingField
from cop_desktop.ui.widgets.drafting import Drafting
from cop_desktop.ui.widgets.labels import label, set_property
from cop_desktop.ui.widgets.landing import land_at
from cop_desktop.ui.widgets.tab_chain import tab_as_laid_out
from cop_desktop.ui.widgets.tag_row import TagField
from sync.catalogue.declare import LINE, PARAGRAPHS

MOST_TITLE_CHARS = LINE
_WIDTH_PX = 860
SUBMIT_KEYS = ("Ctrl+Return", "Ctrl+Enter")
_LINES, _LINES_BESIDE_PROMPTS = 7, 3


@dataclass(frozen=True, slots=True)
class TopicText:
    """What the form holds. activity: "" for none. body: with the answers to its questions."""

    title: str = ""
    body: str = ""
    activity: str = ""
    tags: tuple[str, ...] = ()
    needed_by: date | None = None

    @property
    def is_empty(self) -> bool:
        return not (self.title.strip() or self.body.strip())


class TopicForm(QWidget):
    """Title, kind, what the kind asks, day, tags and text, which scroll; the button stays in sight.

    `submitted` and `draft_changed` carry a TopicText. `left`: the keyboard went from the text.
    """

    submitted = Signal(object)
    draft_changed = Signal(object)
    close_wanted = Signal()
    discard_wanted = Signal()
    left = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._start = TopicText()
        self._asks = True
        self._heading = label("", "title")
        self._close = push_button(theme, self.tr("Close"), "quiet", "close")
        self._discard = push_button(theme, self.tr("Discard draft"), "quiet", "trash")
        self.chooser = ActivityChooser(theme)
        self.title = QLineEdit()
        self.title.setMaxLength(MOST_TITLE_CHARS)
        self._problem = label("", "problem")
        self._problem.hide()
        self.prompts = PromptFields(theme)
        self.day = DayField(theme)
        self._day_name = label("", "strong")
        self.tags = TagField(theme, self.tr("Tags"))
        shape = ComposerShape(
            self.tr("Text"),
            self.tr("Post topic"),
            least_lines=_LINES,
            most_lines=18,
            max_chars=PARAGRAPHS,
        )
        self.composer = Composer(theme, shape)
        self.composer.preview_with(self.body)
        self._drafting = Drafting(self)
        self._inner = QWidget()
        self._lay_out()
        self._connect()
        land_at(self, self.title)

    def begin(self, heading: str, submit: str, text: TopicText, *, asks: bool = True) -> None:
        """An empty form, or one with what there is to edit. asks: the kind's own questions."""
        self._asks = asks
        self._heading.setText(heading)
        self.setAccessibleName(heading)
        self.composer.set_submit(submit)
        self._fill(text)
        self._say_problem("")

    def go_to_start(self) -> None:
        """The keyboard in the title, with all from the top in sight."""
        self._area.go_to_top()
        self.title.setFocus(Qt.FocusReason.OtherFocusReason)

    def check_with(self, speller: Speller | None) -> None:
        """Marks words of title and text that the speller does not know; None: marks none."""
        if speller is not None:
            LineSpelling(self._theme, self.title, speller)
        self.composer.check_with(speller)

    def load_draft(self, text: TopicText) -> bool:
        """Shows a saved draft unless somebody has typed already; tells whether it did."""
        if self.text() != self._start or not self.composer.load_draft(text.body):
            return False
        self._fill(text)
        return True

    def text(self) -> TopicText:
        """What stands in the form."""
        return TopicText(
            self.title.text(),
            self.body(),
            self.chooser.value(),
            self.tags.tags(),
            self.day.value(),
        )

    def body(self) -> str:
        """The text as the others will read it."""
        if not self.prompts.fields:
            return self.composer.text()
        answers = Answers(self.prompts.given(), self.composer.text())
        return composed(self.prompts.headings(), answers, self._rest_heading())

    def has_changes(self) -> bool:
        """Whether something was entered since the form was filled."""
        return self.text() != self._start

    def show_known_tags(self, tags: Collection[str]) -> None:
        self.tags.set_known(sorted(tags, key=str.casefold))

    def show_discard(self, *, offered: bool) -> None:
        """Whether there is a draft to throw away."""
        self._discard.setVisible(offered)

    def show_saved(self, body: str, words: str) -> None:
        """Says that the draft is saved, if `body` is still what stands here."""
        if body == self.body():
            self.composer.show_saved(self.composer.text(), words)

    def clear_sent(self) -> None:
        """All of it is committed."""
        self.prompts.set_read_only(False)
        self.composer.clear_sent()

    def keep_unsent(self, words: str) -> None:
        """It could not be committed: everything stays, `words` say why."""
        self.prompts.set_read_only(False)
        self.composer.keep_unsent(words)

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
        self.chooser.set_value(text.activity)
        self._show_kind()
        if self.prompts.fields:
            answers = parted(self.prompts.headings(), text.body, self._rest_heading())
            self._show_answers(answers)
        else:
            self.composer.set_text(text.body)
        self.day.set_value(text.needed_by)
        self._show_day()
        self.tags.set_tags(text.tags)
        self._chain()
        self._drafting.forget()
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
        # The title first: ten kinds in large letters would leave it no room to begin with.
        parts.addWidget(self._name(self.tr("T&itle"), self.title))
        parts.addWidget(self.title)
        parts.addWidget(self._problem)
        parts.addWidget(self._name(self.tr("What sort of topic?"), self.chooser))
        parts.addWidget(self.chooser)
        parts.addWidget(self.prompts)
        parts.addWidget(self._day_name)
        parts.addWidget(self.day)
        parts.addWidget(self._name(self.tr("T&ags (optional)"), self.tags.line))
        parts.addWidget(self.tags)
        self._text_name = self._name("", self.composer.editor)
        parts.addWidget(self._text_name)
        parts.addWidget(self.composer)
        parts.addStretch(1)
        self._area = SheetArea(self._theme, inner, self.composer.strip)
        column = QVBoxLayout(self)
        pad(self._theme, column, 0, 0)
        column.addLayout(head)
        column.addLayout(over_foot(self._theme, self._area, self.composer.take_foot()), 1)
        tab_as_laid_out(inner)

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
        self.title.returnPressed.connect(self._on_title_entered)
        self.prompts.edited.connect(self._on_prompt)
        self.prompts.submit_wanted.connect(self.composer.submit)
        self.prompts.left.connect(self._on_left)
        self.prompts.files_offered.connect(self.composer.files_offered)
        self.prompts.picture_pasted.connect(self.composer.picture_pasted)
        self.prompts.field_made.connect(self._on_field)
        self._area.follow(self.composer.editor)
        for offered in (self.composer.files_offered, self.composer.picture_pasted):
            offered.connect(self._area.await_growth)
        self.composer.editor.textChanged.connect(self._area.forget_growth)
        self.chooser.entered.connect(self._go_to_text)
        self.day.changed.connect(self._on_edit)
        self.composer.editor.left.connect(self.left)
        self.title.editingFinished.connect(self.tell_draft)
        self.tags.changed.connect(self._on_edit)
        self.tags.changed.connect(self._chain)
        self.chooser.changed.connect(self._on_activity)
        self.composer.draft_changed.connect(self._emit_draft)
        self._drafting.due.connect(self._emit_draft)
        self.composer.submitted.connect(self._submit)
        self._close.clicked.connect(self._on_close)
        self._discard.clicked.connect(self._on_discard)
        for keys in SUBMIT_KEYS:
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self.composer.submit)

    def _submit(self, _text: str) -> None:
        problem = self._problem_of(self.text())
        if problem:
            self.keep_unsent("")
            self._say_problem(problem)
            self.title.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        if self.day.has_problem():  # which is told there
            self.keep_unsent("")
            self.day.box.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._drafting.forget()
        self.prompts.set_read_only(True)
        self.submitted.emit(self.text())

    def _problem_of(self, text: TopicText) -> str:
        if not text.title.strip():
            return self.tr("Please give the topic a title: others see it first.")
        if len(text.body) > PARAGRAPHS:
            words = self.tr("All answers together are too long: {0} characters, at most {1}.")
            return words.format(len(text.body), PARAGRAPHS)
        return ""

    def _say_problem(self, words: str) -> None:
        self._problem.setText(words)
        self._problem.setVisible(bool(words))
        set_property(self.title, "state", "problem" if words else "")
        self.title.setAccessibleDescription(words)
        if words:
            announce(self, words)

    # What the kind asks

    def _show_kind(self) -> None:
        """Fields for what the chosen kind asks, where a new topic is started."""
        chosen = activity(self.chooser.value())
        self.prompts.show_prompts(chosen.prompts if chosen is not None and self._asks else ())
        asked = bool(self.prompts.fields)
        self._text_name.setText(self.tr("Anything else (optional)") if asked else self.tr("Te&xt"))
        self.composer.set_least_lines(_LINES_BESIDE_PROMPTS if asked else _LINES)
        self.composer.set_placeholder("" if asked else self.tr("What would you like to say?"))
        self._count_prompts()
        self._show_day()

    def _show_day(self) -> None:
        chosen = activity(self.chooser.value())
        means = translated(chosen.day) if chosen is not None and chosen.day else ""
        self._day_name.setText(means or self.tr("Needed by"))
        self.day.rename(self._day_name.text())
        for part in (self._day_name, self.day):
            part.setVisible(bool(means) or self.day.value() is not None)

    def _show_answers(self, answers: Answers) -> None:
        self.prompts.set_given(answers.given)
        self.composer.set_text(answers.rest)
        self._count_prompts()

    def _count_prompts(self) -> None:
        self.composer.count_in(elsewhere=any(text.strip() for text in self.prompts.given()))

    def _rest_heading(self) -> str:
        return self.tr("Anything else")

    def _on_field(self, field: WritingField) -> None:
        self._area.follow(field.editor)
        self._chain()

    def _chain(self) -> None:
        """Tab goes from the kinds through the answers to the day, and through the tags."""
        tab_as_laid_out(self._inner)

    def _on_title_entered(self) -> None:
        self.chooser.take_keyboard()

    def _go_to_text(self) -> None:
        fields = self.prompts.fields
        (fields[0].editor if fields else self.composer.editor).setFocus()

    def _on_prompt(self) -> None:
        self._count_prompts()
        self._on_edit()

    def _on_left(self) -> None:
        self.tell_draft()
        self.left.emit()

    def _on_edit(self) -> None:
        self._area.forget_growth()
        self._say_problem("")
        self._drafting.note_typing()

    def _on_activity(self) -> None:
        before = self.prompts.headings()
        answers = Answers(self.prompts.given(), self.composer.text())
        self._show_kind()
        if before or self.prompts.fields:
            self._show_answers(carried(answers, before, len(self.prompts.fields)))
        self._on_edit()

    def _emit_draft(self) -> None:
        self.draft_changed.emit(self.text())

    def _on_close(self) -> None:
        self.close_wanted.emit()

    def _on_discard(self) -> None:
        self.discard_wanted.emit()
