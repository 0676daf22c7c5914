"""The questions of an activity, each with a field for its answer."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from cop_desktop.ui.discussions.activities import Prompt, translated
from cop_desktop.ui.theme.padding import pad
from cop_desktop.ui.theme.theme import Theme
from cop_desktop.ui.widgets.composer.writing_field import WritingField
from cop_desktop.ui.widgets.labels import label


class PromptFields(QWidget):
    """Label over field, as many as the activity asks. `field_made` carries a new field.

    Fields are made once and serve other questions later, so that what listens to them stays.
    """

    edited = Signal()
    submit_wanted = Signal()
    left = Signal()
    files_offered = Signal(object)
    picture_pasted = Signal(QImage)
    field_made = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._prompts: tuple[Prompt, ...] = ()
        self._made: list[tuple[QLabel, WritingField]] = []
        self._column = QVBoxLayout(self)
        pad(theme, self._column, 0, 6)
        self.hide()

    @property
    def fields(self) -> list[WritingField]:
        """The fields that are shown, from above."""
        return [field for _, field in self._made[: len(self._prompts)]]

    @property
    def made(self) -> list[WritingField]:
        """All fields there are, shown or not."""
        return [field for _, field in self._made]

    def headings(self) -> list[str]:
        """The questions as they stand over the answers."""
        return [translated(prompt.heading) for prompt in self._prompts]

    def show_prompts(self, prompts: tuple[Prompt, ...]) -> None:
        """Fields for these questions; what stands in them stays until `set_given`."""
        while len(self._made) < len(prompts):
            self._make()
        self._prompts = prompts
        for number, (name, field) in enumerate(self._made):
            for part in (name, field):
                part.setVisible(number < len(prompts))
        for prompt, (name, field) in zip(prompts, self._made, strict=False):
            heading = translated(prompt.heading)
            name.setText(heading)
            field.rename(heading, translated(prompt.hint))
        self.setVisible(bool(prompts))

    def given(self) -> tuple[str, ...]:
        """The answers, "" for none."""
        return tuple(field.text() for field in self.fields)

    def set_given(self, answers: Sequence[str]) -> None:
        """Other answers, told to nobody."""
        for field, answer in zip(self.fields, answers, strict=True):
            field.set_text(answer)

    def set_read_only(self, read_only: bool) -> None:
        """Locks the answers while they are being posted."""
        for field in self.fields:
            field.set_read_only(read_only)

    def _make(self) -> None:
        field = WritingField(self._theme)
        name = label("", "strong")
        name.setBuddy(field.editor)
        field.edited.connect(self.edited)
        field.submit_wanted.connect(self.submit_wanted)
        field.left.connect(self.left)
        field.files_offered.connect(self.files_offered)
        field.picture_pasted.connect(self.picture_pasted)
        self._column.addWidget(name)
        self._column.addWidget(field)
        self._made.append((name, field))
        self.field_made.emit(field)
