"""A mistake of ours, told calmly: what happened, that the work is safe, and how to go on."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from cop_desktop.ui.theme.padding import pad
from cop_desktop.ui.theme.theme import Theme
from cop_desktop.ui.widgets.announce import announce
from cop_desktop.ui.widgets.buttons import push_button
from cop_desktop.ui.widgets.icon_label import IconLabel
from cop_desktop.ui.widgets.labels import label

_WIDTH_PX, _REPORT_PX = 580, 200


class FaultDialog(QDialog):
    """`restart_wanted` asks for the program to be started anew; closing it goes on."""

    restart_wanted = Signal()

    def __init__(self, theme: Theme, report: str, window: QWidget) -> None:
        super().__init__(window)
        self.setWindowTitle(self.tr("Something went wrong"))
        self.report = QPlainTextEdit(report)
        self.report.setReadOnly(True)
        self.report.setProperty("role", "field")
        self.report.setTabChangesFocus(True)
        self.report.setAccessibleName(self.tr("Report"))
        self.report.setFixedHeight(theme.metrics.px(_REPORT_PX))
        self.report.hide()
        self.again = label("", "soft")
        self.again.hide()
        self.show_report = push_button(theme, self.tr("&Show the report"), "quiet")
        self.copy = push_button(theme, self.tr("&Copy the report"), "", "copy")
        self.restart = push_button(theme, self.tr("&Restart the program"), "")
        self.go_on = push_button(theme, self.tr("&Go on"), "primary")
        self.go_on.setDefault(True)
        self.go_on.setFocus(Qt.FocusReason.OtherFocusReason)
        self._lay_out(theme)
        self.show_report.clicked.connect(self._toggle)
        self.copy.clicked.connect(self._copy)
        self.restart.clicked.connect(self._restart)
        self.go_on.clicked.connect(self.accept)

    def count(self, times: int) -> None:
        """Says that it happened again."""
        self.again.setText(self.tr("It has happened {0} times since.").format(times))
        self.again.show()

    def _lay_out(self, theme: Theme) -> None:
        head = QHBoxLayout()
        pad(theme, head, 0, 12)
        head.addWidget(IconLabel(theme, "warning", "warn", 32), 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        pad(theme, words, 0, 8)
        for text, role in (
            (self.tr("Something went wrong in the program"), "title"),
            (self.tr("Everything you wrote is safe on this computer, also what is not sent."), ""),
            (
                self.tr(
                    "It is a mistake in the program, not one of yours. Usually you can go on. If "
                    "something looks strange afterwards, restart the program: it opens where you "
                    "are now. The report names parts of the program, and nothing that anybody "
                    "wrote; you can send it to your facilitator."
                ),
                "soft",
            ),
        ):
            words.addWidget(label(text, role))
        words.addWidget(self.again)
        head.addLayout(words, 1)
        buttons = QHBoxLayout()
        pad(theme, buttons, 0, 8)
        buttons.addWidget(self.show_report)
        buttons.addStretch(1)
        for button in (self.copy, self.restart, self.go_on):
            buttons.addWidget(button)
        column = QVBoxLayout(self)
        pad(theme, column, 20, 12)
        column.addLayout(head)
        column.addWidget(self.report)
        column.addStretch(1)
        column.addLayout(buttons)
        room = self.screen().availableGeometry()
        self.resize(min(theme.metrics.px(_WIDTH_PX), room.width() - 40), self.sizeHint().height())

    def _toggle(self) -> None:
        self.report.setVisible(not self.report.isVisible())
        shown = self.report.isVisible()
        words = self.tr("&Hide the report") if shown else self.tr("&Show the report")
        self.show_report.setText(words)
        self.adjustSize()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.report.toPlainText())
        self.copy.setText(self.tr("&Copied"))
        announce(self, self.tr("The report is copied."))

    def _restart(self) -> None:
        self.accept()
        self.restart_wanted.emit()
