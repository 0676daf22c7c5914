"""A paper laid out on pages: one layout for the screen, for PDF and for print."""

from typing import Any, Final

from PySide6.QtCore import (
    QBuffer,
    QCoreApplication,
    QIODevice,
    QMarginsF,
    QPointF,
    QRectF,
    QSizeF,
    QUrl,
)
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QColor,
    QFont,
    QGuiApplication,
    QImage,
    QPageLayout,
    QPageSize,
    QPainter,
    QPalette,
    QPdfWriter,
    QTextBlock,
    QTextBlockFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
)

from cop_desktop.services.papers import Paper
from cop_desktop.services.papers.html import html_of_paper
from cop_desktop.ui.theme.palette import INK, SOFT_INK

DOTS_PER_INCH: Final = 600
"""What is laid out in; fine enough that every device shows the same lines."""

_CSS_DOTS: Final = 96
_MM: Final = DOTS_PER_INCH / 25.4
PAGE: Final = QSizeF(210 * _MM, 297 * _MM)
_MARGIN: Final = 20 * _MM
_FOOT: Final = 12 * _MM
_BODY: Final = QRectF(_MARGIN, _MARGIN, PAGE.width() - 2 * _MARGIN, PAGE.height() - 2 * _MARGIN)
_BODY_PT: Final = 10.5
_FOOT_PT: Final = 8.5
_STYLE: Final = f"""
h1 {{ font-size: 19pt; font-weight: 600; margin-top: 0; margin-bottom: 4px; }}
h2 {{ font-size: 13pt; font-weight: 600; margin-top: 18px; margin-bottom: 4px; }}
h3 {{ font-size: 11.5pt; font-weight: 600; margin-top: 10px; margin-bottom: 2px; }}
h4 {{ font-size: 10.5pt; font-weight: 600; margin-top: 8px; margin-bottom: 2px; }}
p {{ margin-top: 0; margin-bottom: 6px; }}
p.line {{ margin-bottom: 1px; }}
.kind, .soft {{ color: {SOFT_INK}; }}
.quote {{ margin-left: 18px; font-style: italic; }}
li {{ margin-bottom: 4px; }}
a {{ color: {INK}; text-decoration: none; }}
th {{ font-weight: 600; }}
pre {{ white-space: pre-wrap; }}
"""


class PaperDocument(QTextDocument):
    """The pages of a paper. Nothing is ever loaded for it."""

    def __init__(self, paper: Paper) -> None:
        super().__init__()
        self._paper = paper
        self._nowhere = QBuffer()
        self._device = QPdfWriter(self._nowhere)
        self._device.setResolution(DOTS_PER_INCH)
        self.documentLayout().setPaintDevice(self._device)
        font = QFont(QGuiApplication.font())
        font.setPointSizeF(_BODY_PT)
        self.setDefaultFont(font)
        self.setDocumentMargin(0)
        self.setDefaultStyleSheet(_STYLE)
        self.setUseDesignMetrics(True)
        self.setHtml(html_of_paper(paper))
        self._widen_margins()
        self.setPageSize(_BODY.size())
        self._let_long_words_break()
        self._keep_headings_with_their_text()

    def loadResource(self, kind: int, name: QUrl) -> Any:
        # An empty picture is the only answer that stops Qt from looking for the file itself.
        return QImage()

    def paint_page(self, painter: QPainter, number: int) -> None:
        """Page `number` (from 0) into PAGE, the painter's coordinates being our dots."""
        top = number * _BODY.height()
        context = QAbstractTextDocumentLayout.PaintContext()
        context.palette.setColor(QPalette.ColorRole.Text, QColor(INK))
        context.clip = QRectF(0, top, _BODY.width(), _BODY.height())
        painter.save()
        painter.translate(_BODY.topLeft() - QPointF(0, top))
        painter.setClipRect(context.clip)
        self.documentLayout().draw(painter, context)
        painter.restore()
        self._paint_foot(painter, number)

    def foot(self, number: int) -> str:
        """What stands at the bottom of a page, as in "Leaders' forum · 2 of 3"."""
        words = QCoreApplication.translate("Paper", "{0} of {1}")
        pages = words.format(number + 1, self.pageCount())
        return f"{self._paper.foot}  ·  {pages}" if self._paper.foot else pages

    def _paint_foot(self, painter: QPainter, number: int) -> None:
        painter.save()
        font = QFont(self.defaultFont())
        font.setPixelSize(round(_FOOT_PT * DOTS_PER_INCH / 72))
        painter.setFont(font)
        painter.setPen(QColor(SOFT_INK))
        place = QRectF(_BODY.left(), PAGE.height() - _MARGIN, _BODY.width(), _FOOT)
        painter.drawText(place, _CENTRED, self.foot(number))
        painter.restore()

    def _widen_margins(self) -> None:
        """Qt takes heights for the device's dots, but what is left free beside a text as it is."""
        block = self.begin()
        while block.isValid():
            changed = QTextBlockFormat(block.blockFormat())
            if changed.leftMargin() or changed.rightMargin():
                changed.setLeftMargin(changed.leftMargin() * DOTS_PER_INCH / _CSS_DOTS)
                changed.setRightMargin(changed.rightMargin() * DOTS_PER_INCH / _CSS_DOTS)
                QTextCursor(block).setBlockFormat(changed)
            block = block.next()

    def _let_long_words_break(self) -> None:
        option = self.defaultTextOption()
        option.setWrapMode(option.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setDefaultTextOption(option)

    def _keep_headings_with_their_text(self) -> None:
        """A heading that stands alone at the foot of a page begins the next one."""
        block = self.begin()
        while block.isValid():
            following = block.next()
            while _is_heading(block) and following.isValid() and _is_heading(following):
                following = following.next()
            alone = _is_heading(block) and following.isValid()
            if alone and self._page_of(block) != self._page_of(following):
                _begin_page(block)
            elif self._begins_above_its_words(block) and _is_free(block):
                _begin_page(block)  # else its words would be found on both pages
            block = following

    def _begins_above_its_words(self, block: QTextBlock) -> bool:
        top = self.documentLayout().blockBoundingRect(block).top()
        return int(top // _BODY.height()) != self._page_of(block)

    def _page_of(self, block: QTextBlock) -> int:
        """The page on which the first line of a block ends."""
        top = self.documentLayout().blockBoundingRect(block).top()
        layout = block.layout()
        first = layout.lineAt(0).rect().bottom() if layout.lineCount() else 0
        return int((top + max(first - 1, 0)) // _BODY.height())


def _is_heading(block: QTextBlock) -> bool:
    return block.blockFormat().headingLevel() > 0


_CENTRED: Final = 0x0004 | 0x0080  # Qt.AlignHCenter | Qt.AlignVCenter, as drawText takes them


def _is_free(block: QTextBlock) -> bool:
    """Whether it stands in no table, whose rows are kept together as they are."""
    table: object = QTextCursor(block).currentTable()  # None outside, whatever its type says
    return table is None


def _begin_page(block: QTextBlock) -> None:
    changed = QTextBlockFormat(block.blockFormat())
    changed.setPageBreakPolicy(QTextFormat.PageBreakFlag.PageBreak_AlwaysBefore)
    QTextCursor(block).setBlockFormat(changed)


def pdf_of(paper: Paper) -> bytes:
    """The paper as a PDF file, A4."""
    document = PaperDocument(paper)
    content = QBuffer()
    content.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(content)
    writer.setResolution(DOTS_PER_INCH)
    writer.setTitle(paper.title)
    writer.setCreator("CoP Desktop")
    a4 = QPageSize(QPageSize.PageSizeId.A4)
    writer.setPageLayout(QPageLayout(a4, QPageLayout.Orientation.Portrait, QMarginsF()))
    painter = QPainter(writer)
    for number in range(document.pageCount()):
        if number:
            writer.newPage()
        document.paint_page(painter, number)
    painter.end()
    return bytes(content.data().data())
