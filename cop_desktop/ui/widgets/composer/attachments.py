"""The files that will go with a text: name, size, state, and a button to take one away."""

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QWidget,
)

from cop_desktop.ui.theme.padding import pad
from cop_desktop.ui.theme.theme import Theme
from cop_desktop.ui.widgets.buttons import IconButton, push_button
from cop_desktop.ui.widgets.flow_layout import FlowLayout
from cop_desktop.ui.widgets.icon_label import IconLabel
from cop_desktop.ui.widgets.labels import ElidedLabel, label
from cop_desktop.ui.widgets.sizes import size_words


@dataclass(frozen=True, slots=True)
class AttachedFile:
    """One file on the strip. problem: why it cannot go, in words; "" for all well.

    offer: what else it could be, on a button; "" for nothing. detail: after its size.
    """

    key: str
    name: str
    size_bytes: int
    problem: str = ""
    offer: str = ""
    detail: str = ""


class AttachmentStrip(QScrollArea):
    """Shows the attached files; hidden while there are none.

    As tall as they are where there is room; elsewhere it scrolls, and the text keeps some.
    """

    remove_wanted = Signal(str)
    offer_taken = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._keys: dict[QObject, str] = {}
        self._files: tuple[AttachedFile, ...] = ()
        self.setAccessibleName(self.tr("Attached files"))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidgetResizable(True)
        chips = QWidget()
        chips.setObjectName("scrolled")
        self._flow = FlowLayout(chips)
        pad(theme, self._flow, (8, 4, 8, 4), 6)
        self.setWidget(chips)
        self.hide()

    @property
    def files(self) -> tuple[AttachedFile, ...]:
        return self._files

    def buttons(self) -> list[QAbstractButton]:
        """What can be done with the files, as it stands."""
        return [made for made in self._keys if isinstance(made, QAbstractButton)]

    def show_files(self, files: tuple[AttachedFile, ...]) -> None:
        """Shows these files and no others."""
        self._files = files
        self._keys.clear()
        self._flow.clear()
        for file in files:
            self._flow.addWidget(self._chip(file))
        self.setVisible(bool(files))
        self._fit()

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self.maximumHeight())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def _fit(self) -> None:
        whole = self._flow.heightForWidth(max(self.viewport().width(), 1))
        self.setMaximumHeight(whole)
        self.setMinimumHeight(min(whole, self._flow.minimumSize().height()))
        self.updateGeometry()

    def _chip(self, file: AttachedFile) -> QFrame:
        chip = QFrame()
        chip.setObjectName("chip")
        size = " ".join(filter(None, (size_words(file.size_bytes), file.detail)))
        chip.setAccessibleName(f"{file.name}, {file.problem or size}")
        row = QHBoxLayout(chip)
        pad(self._theme, row, (8, 2, 2, 2), 6)
        tone = "bad" if file.problem else "text_soft"
        row.addWidget(IconLabel(self._theme, "warning" if file.problem else "attach", tone, 16))
        if file.name not in file.problem:  # most problems name their file
            name = ElidedLabel(file.name)
            name.setMaximumWidth(self._theme.metrics.px(220))
            name.setMinimumWidth(min(name.sizeHint().width(), self._theme.metrics.px(220)))
            row.addWidget(name)
        role = "problem" if file.problem else "small"
        row.addWidget(label(file.problem or size, role, wraps=False))
        if file.offer:
            row.addWidget(self._offer(file))
        remove = IconButton(self._theme, "close", self.tr("Remove {0}").format(file.name))
        remove.clicked.connect(self._on_remove)
        self._keys[remove] = file.key
        row.addWidget(remove)
        return chip

    def _offer(self, file: AttachedFile) -> QPushButton:
        button = push_button(self._theme, file.offer.replace("&", "&&"), "quiet", "image")
        button.setAccessibleName(self.tr("{0}: {1}").format(file.name, file.offer))
        button.clicked.connect(self._on_offer)
        self._keys[button] = file.key
        return button

    def _on_offer(self) -> None:
        self.offer_taken.emit(self._keys[self.sender()])

    def _on_remove(self) -> None:
        self.remove_wanted.emit(self._keys[self.sender()])
