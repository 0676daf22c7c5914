"""Printing a paper on a printer of this computer."""

from functools import partial

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QDialog, QWidget

from cop_desktop.services.papers import Paper
from cop_desktop.ui.paper.document import DOTS_PER_INCH, PaperDocument
from cop_desktop.ui.paper.tools import PaperTools
from cop_desktop.ui.widgets.notice_bar import Notice


def has_printer() -> bool:
    """Whether a printer is set up on this computer."""
    return bool(QPrinterInfo.availablePrinterNames())


def ask_and_print(owner: QWidget, tools: PaperTools, paper: Paper) -> None:
    """Asks for the printer and prints; where there is none, says what else can be done."""
    if not has_printer():
        words = _tr(
            "No printer is set up on this computer. Save a PDF instead: it can be printed anywhere."
        )
        tools.show_notice(Notice(words, "warn"))
        return
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    printer.setFullPage(True)
    printer.setDocName(paper.title)
    dialog = QPrintDialog(printer, owner)
    dialog.setWindowTitle(_tr("Print"))
    dialog.setOption(QPrintDialog.PrintDialogOption.PrintPageRange)
    dialog.accepted.connect(partial(_print, tools, printer, paper))
    dialog.finished.connect(dialog.deleteLater)
    QDialog.open(dialog)  # QPrintDialog's own wants a slot of the old kind


def _print(tools: PaperTools, printer: QPrinter, paper: Paper) -> None:
    if print_on(printer, paper):
        tools.show_notice(Notice(_tr("Sent to the printer."), "good"))
    else:
        words = _tr("The printer did not take it. Everything is safe here. Save a PDF instead.")
        tools.show_notice(Notice(words, "warn"))


def print_on(printer: QPrinter, paper: Paper) -> bool:
    """Prints the pages that were asked for; False if the printer takes nothing."""
    document = PaperDocument(paper)
    painter = QPainter()
    if not painter.begin(printer):
        return False
    scale = printer.resolution() / DOTS_PER_INCH
    first = max(printer.fromPage(), 1) - 1
    last = min(printer.toPage() or document.pageCount(), document.pageCount())
    for number in range(first, last):
        if number > first:
            printer.newPage()
        painter.save()
        painter.scale(scale, scale)
        document.paint_page(painter, number)
        painter.restore()
    return painter.end()


def _tr(words: str) -> str:
    return QCoreApplication.translate("Printing", words)
