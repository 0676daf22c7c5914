"""One version of an item's file: what it is, where it is, and what can be done with it."""

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from cop_desktop.services.attachments import FileView
from cop_desktop.ui.library.picture import PictureButton
from cop_desktop.ui.library.words import tr
from cop_desktop.ui.records.file_words import OPEN, offers_for, where_words
from cop_desktop.ui.records.when import When
from cop_desktop.ui.theme.padding import pad
from cop_desktop.ui.theme.theme import Theme
from cop_desktop.ui.widgets.buttons import push_button
from cop_desktop.ui.widgets.flow_layout import FlowLayout
from cop_desktop.ui.widgets.icon_label import IconLabel
from cop_desktop.ui.widgets.labels import ElidedLabel, label
from cop_desktop.ui.widgets.landing import land_at
from cop_desktop.ui.widgets.sizes import size_words

COMPARE, SAY = "compare", "say"
"""Wishes beside those of `file_words`: what changed since the version before, and saying so."""

_ICONS = {"pdf": "file-pdf", "msword": "file-doc", "wordprocessingml": "file-doc"}
_MORE_ICONS = {"powerpoint": "file-slides", "presentationml": "file-slides", "image/": "image"}


@dataclass(frozen=True, slots=True)
class Place:
    """Which of how many versions; the newest is 0."""

    number: int
    of: int

    @property
    def is_newest(self) -> bool:
        return self.number == 0

    @property
    def has_earlier(self) -> bool:
        return self.number + 1 < self.of


class FileRow(QWidget):
    """`wished` carries a wish, and the file."""

    wished = Signal(str, object)

    def __init__(self, theme: Theme, file: FileView, when: When, place: Place) -> None:
        super().__init__()
        self._theme, self._file = theme, file
        self.setAccessibleName(file.name)
        words = QVBoxLayout()
        pad(theme, words, 0, 0)
        words.addWidget(ElidedLabel(file.name, "strong" if place.is_newest else ""))
        facts = (
            size_words(file.size_bytes),
            file.by,
            when.short(file.added),
            where_words(file, when),
        )
        words.addWidget(label(" · ".join(facts), "soft", wraps=True))
        if file.note:
            words.addWidget(label(file.note, "", wraps=True))
        words.addWidget(self._buttons(place))
        words.addStretch(1)
        self._row = QHBoxLayout(self)
        pad(theme, self._row, (0, 4, 0, 8), 12)
        self._icon = IconLabel(theme, _icon_of(file), "text_soft", 24)
        self._row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        self._row.addLayout(words, 1)

    def show_picture(self, picture: QImage) -> None:
        """Its first page, or the picture that it is; in place of the icon."""
        if picture.isNull() or self._icon.isHidden():
            return
        button = PictureButton(
            self._theme, picture, tr("Open {0}: first look").format(self._file.name)
        )
        button.clicked.connect(partial(self.wished.emit, OPEN, self._file))
        self._icon.hide()
        self._row.insertWidget(0, button, 0, Qt.AlignmentFlag.AlignTop)

    def _buttons(self, place: Place) -> QWidget:
        offers = list(offers_for(self._file))
        if place.has_earlier:
            offers.append((COMPARE, tr("What changed…"), "versions"))
        if self._file.may_remove and place.of > 1:
            said = tr("Change the note…") if self._file.note else tr("Say what changed…")
            offers.append((SAY, said, "edit"))
        inside = QWidget()
        flow = FlowLayout(inside)
        pad(self._theme, flow, (0, 4, 0, 0), 4)
        for number, (key, text, icon) in enumerate(offers):
            button = push_button(self._theme, text, "" if key == OPEN else "quiet", icon)
            button.setAccessibleName(f"{text} {self._file.name}")
            button.clicked.connect(partial(self.wished.emit, key, self._file))
            flow.addWidget(button)
            if number == 0:
                land_at(self, button)
        if not offers:
            inside.hide()
        return inside


def _icon_of(file: FileView) -> str:
    names = {**_ICONS, **_MORE_ICONS}
    return next((icon for part, icon in names.items() if part in file.media_type), "file")
