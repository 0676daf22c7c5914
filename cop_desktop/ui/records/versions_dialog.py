"""The screen for two versions, in plain words: who wrote what when, and what shall be kept."""

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QScrollArea, QVBoxLayout, QWidget

from cop_desktop.services.versions import Disagreement
from cop_desktop.ui.records.fields import noun_name
from cop_desktop.ui.records.version_section import ComparedField, VersionSection
from cop_desktop.ui.records.when import When
from cop_desktop.ui.theme.padding import pad
from cop_desktop.ui.theme.theme import Theme
from cop_desktop.ui.widgets.announce import announce
from cop_desktop.ui.widgets.labels import ElidedLabel, label

_WIDTH_PX, _HEIGHT_PX = 860, 660


@dataclass(frozen=True, slots=True)
class ToCompare:
    """What the dialog shows, made ready off the GUI thread."""

    disagreement: Disagreement
    fields: tuple[ComparedField, ...]


class VersionsDialog(QDialog):
    """`confirmed` carries field → text. It stays open until the presenter closes it."""

    confirmed = Signal(dict)

    def __init__(self, theme: Theme, when: When, found: ToCompare) -> None:
        super().__init__()
        self._theme = theme
        self._found = found.disagreement
        may_choose = found.disagreement.may_choose
        self._title = self._title_words(max(len(field.cards) for field in found.fields))
        self.setWindowTitle(self._title)
        self.sections = [
            VersionSection(theme, when, field, may_choose=may_choose) for field in found.fields
        ]
        self._warned = False
        self._buttons = QDialogButtonBox()
        role = QDialogButtonBox.ButtonRole
        self._ok = self._buttons.addButton(self.tr("&Save this"), role.AcceptRole)
        self._ok.setProperty("kind", "primary")
        self._ok.setVisible(may_choose)
        words = self.tr("&Decide later") if may_choose else self.tr("&Close")
        self._later = self._buttons.addButton(words, role.RejectRole)
        self._problem = label("", "problem")
        self._problem.hide()
        self._buttons.accepted.connect(self.confirm)
        self._buttons.rejected.connect(self.reject)
        for section in self.sections:
            section.changed.connect(self._settle)
        self._lay_out()
        self._fit()
        self._settle()
        self.sections[0].land()

    def confirm(self) -> None:
        """What "Save this" does."""
        self._ok.setEnabled(False)
        self.confirmed.emit({section.field: section.value() for section in self.sections})

    def keep_open(self, words: str) -> None:
        """It could not be saved: says why."""
        self._settle()
        self.say(words)

    def reject(self) -> None:
        """Leaves at once when nothing was written by hand, and otherwise the second time."""
        if self._warned or not self.is_written_by_hand():
            super().reject()
            return
        self._warned = True
        self._later.setText(self.tr("&Leave without saving"))
        self.say(self.tr("What you wrote is not saved yet."))

    def is_written_by_hand(self) -> bool:
        """Whether there is a text here that nobody else has."""
        return any(section.is_written_by_hand() for section in self.sections)

    def say(self, words: str) -> None:
        """A sentence over the buttons."""
        self._problem.setText(words)
        self._problem.show()
        announce(self, words)

    def _settle(self) -> None:
        self._ok.setEnabled(all(section.fits() for section in self.sections))

    def _title_words(self, versions: int) -> str:
        names = {2: self.tr("Two versions"), 3: self.tr("Three versions")}
        return names.get(versions) or self.tr("{0} versions").format(versions)

    def _lay_out(self) -> None:
        inner = QWidget()
        inner.setObjectName("scrolled")
        parts = QVBoxLayout(inner)
        pad(self._theme, parts, (2, 2, 12, 2), 20)
        for words in self._notes():
            parts.addWidget(label(words, "soft"))
        for section in self.sections:
            parts.addWidget(section)
        parts.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(inner)
        area.setAccessibleName(self._title)
        column = QVBoxLayout(self)
        pad(self._theme, column, 20, 12)
        column.addWidget(label(self._title, "title"))
        column.addWidget(ElidedLabel(self._what(), "strong"))
        column.addWidget(area, 1)
        column.addWidget(self._problem)
        column.addWidget(self._buttons)

    def _what(self) -> str:
        noun = noun_name(self._found.noun)
        if not self._found.label:
            return noun
        return self.tr("{0}: {1}").format(noun, self._found.label)

    def _notes(self) -> list[str]:
        notes = [
            self.tr(
                "Written apart, before either had seen the other. Nothing is lost: what is not in"
                " the other version is bold and underlined, and what is not kept stays in the"
                " history."
            )
        ]
        if not self._found.may_choose:
            notes.append(
                self.tr(
                    "You can look at them. Choosing is for those who may change the text; until"
                    " then the latest is shown."
                )
            )
        if self._found.trashed:
            notes.append(self.tr("It is in the trash. Choosing does not put it back."))
        return notes

    def _fit(self) -> None:
        room = self.screen().availableGeometry()
        px = self._theme.metrics.px
        width = min(px(_WIDTH_PX), round(room.width() * 0.95))
        self.resize(width, min(px(_HEIGHT_PX), round(room.height() * 0.92)))
