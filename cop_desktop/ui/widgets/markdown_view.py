"""Text of other people, shown: Markdown without HTML, files, the network or surprises."""

from typing import Any

from PySide6.QtCore import QEvent, QMimeData, QRect, QRectF, QSize, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QImage,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QTextBrowser

from cop_desktop.ui.theme.theme import Theme
from cop_desktop.ui.widgets.focus_ring import FocusRing
from cop_desktop.ui.widgets.markdown_limits import LINE_END, limit_markdown
from cop_desktop.ui.widgets.markdown_style import MAY_BREAK, dress_document, quote_level
from cop_desktop.ui.widgets.tips import plain_tip

OUTSIDE_SCHEMES = ("http", "https", "mailto")
OWN_SCHEME = "cop"

_SHOW_ALL = "cop-view:show-all"

_FEATURES = (
    QTextDocument.MarkdownFeature.MarkdownDialectGitHub
    | QTextDocument.MarkdownFeature.MarkdownNoHTML
)


class MarkdownView(QTextBrowser):
    """Read-only Markdown that is as tall as its text, to stand in something that scrolls.

    `link_activated` carries http, https, mailto and our own cop: addresses and no others;
    nothing is ever opened or loaded here.
    """

    link_activated = Signal(str)

    def __init__(self, theme: Theme, name: str = "") -> None:
        super().__init__()
        self._theme = theme
        self._text = ""
        self._whole = False
        self._ring: FocusRing | None = None
        self.setObjectName("markdown")
        self.setAccessibleName(name or self.tr("Text"))
        self.setOpenLinks(False)
        self.setOpenExternalLinks(False)
        self.setSearchPaths([])
        self.setUndoRedoEnabled(False)
        self.setFrameShape(QTextBrowser.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextBrowserInteraction)
        self.document().setDocumentMargin(0)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.anchorClicked.connect(self._on_link)
        self.highlighted.connect(self._show_address)
        theme.changed.connect(self._show)

    def show_markdown(self, text: str) -> None:
        """Shows `text`; a very long one is cut, with a link that shows all of it."""
        self._text = text
        self._whole = False
        self._show()

    def markdown(self) -> str:
        """The text as it was given, uncut."""
        return self._text

    def loadResource(self, kind: int, name: QUrl) -> Any:
        # An empty picture is the only answer that stops Qt: after None or bytes it looks
        # for the file itself.
        return QImage()

    def doSetSource(self, name: QUrl, kind: Any) -> None:
        """Nothing: this view never goes to another document."""

    def sizeHint(self) -> QSize:
        return QSize(self._theme.metrics.px(320), self._height())

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.metrics.px(120), self._theme.metrics.px(16))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()
            # While it is resized Qt passes over another size: the last line would not be seen.
            self.setViewportMargins(0, 0, 0, 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        self._paint_quote_bars()
        super().paintEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        if self._ring is None:  # most are never gone to
            self._ring = FocusRing(self._theme, self)
            self._ring.eventFilter(self, event)
        super().focusInEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # the thread around it scrolls, never this text in itself

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def createMimeDataFromSelection(self) -> QMimeData:
        # Plain words: without the breaks we put into long ones, and nothing hidden in HTML.
        words = self.textCursor().selection().toPlainText()
        copied = QMimeData()
        copied.setText(words.replace(MAY_BREAK, "").replace(LINE_END, "\n"))
        return copied

    def _show(self) -> None:
        limited = limit_markdown(self._text, whole=self._whole)
        text = limited.text
        if limited.rows_left_out:
            text += "\n\n" + self.tr(
                "Long tables are shortened here: rows not shown: %n", "", limited.rows_left_out
            )
        self.document().setDefaultFont(self._theme.font(self._theme.metrics.body_pt))
        self.document().setMarkdown(text, _FEATURES)
        dress_document(self.document(), self._theme)
        if limited.is_cut:
            self._add_show_all()
        self._fit()

    def _paint_quote_bars(self) -> None:
        """A bar before each quoted paragraph, one for each level."""
        if ">" not in self._text:
            return
        painter = QPainter(self.viewport())
        layout = self.document().documentLayout()
        step, width = self._theme.metrics.space(16), self._theme.metrics.px(3)
        block = self.document().begin()
        while block.isValid():
            top, bottom = _edges(layout.blockBoundingRect(block))
            after = block.next()
            for bar in range(quote_level(block)):
                # Down to the next paragraph, so that one quote has one bar.
                if bar < quote_level(after):
                    bottom = _edges(layout.blockBoundingRect(after))[0]
                place = QRect(bar * step, top, width, bottom - top)
                painter.fillRect(place, self._theme.colour("outline"))
            block = after

    def _add_show_all(self) -> None:
        cursor = QTextCursor(self.document())
        cursor.movePosition(QTextCursor.MoveOperation.End)
        link = QTextCharFormat()
        link.setAnchor(True)
        link.setAnchorHref(_SHOW_ALL)
        link.setForeground(self._theme.colour("link"))
        link.setFontUnderline(True)
        cursor.insertBlock(QTextBlockFormat(), link)
        cursor.insertText(self.tr("Show all of this text"), link)

    def _on_link(self, address: QUrl) -> None:
        if address.toString() == _SHOW_ALL:
            self._whole = True
            # Not from inside the click: the document must not change under Qt's hands.
            QTimer.singleShot(0, self._show)
        elif address.scheme().lower() in (*OUTSIDE_SCHEMES, OWN_SCHEME):
            self.link_activated.emit(address.toString(QUrl.ComponentFormattingOption.FullyEncoded))

    def _show_address(self, address: QUrl) -> None:
        """Where a link really leads, before it is followed."""
        shown = address.toDisplayString()
        self.setToolTip(plain_tip("" if shown == _SHOW_ALL else shown))

    def _fit(self) -> None:
        self.setFixedHeight(self._height())

    def _height(self) -> int:
        return max(round(self.document().size().height() + 0.5), 1)


def _edges(box: QRectF) -> tuple[int, int]:
    return round(box.top()), round(box.bottom())
