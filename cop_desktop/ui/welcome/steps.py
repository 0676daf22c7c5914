"""The pages of the first start."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cop_desktop.ui.theme.padding import pad
from cop_desktop.ui.theme.theme import Theme
from cop_desktop.ui.welcome.answers import full_address
from cop_desktop.ui.widgets.announce import announce
from cop_desktop.ui.widgets.busy_row import BusyRow
from cop_desktop.ui.widgets.buttons import TwoLineButton, TwoLines, push_button
from cop_desktop.ui.widgets.form.fields import FormField
from cop_desktop.ui.widgets.form.form import FieldForm
from cop_desktop.ui.widgets.labels import label, line

_CODE_CHARACTERS = 12


def _tr(words: str) -> str:
    return QCoreApplication.translate("Welcome", words)


class Step(QWidget):
    """One page: a question, a sentence about it, and what answers it."""

    def __init__(self, theme: Theme, title: str, sentence: str) -> None:
        super().__init__()
        self.setAccessibleName(title)
        self.setAccessibleDescription(sentence)
        self.theme = theme
        self.title = label(title, "title")
        self.sentence = label(sentence, "soft")
        self.column = QVBoxLayout(self)
        pad(theme, self.column, 0, 12)
        self.column.addWidget(self.title)
        self.column.addWidget(self.sentence)

    def begin(self) -> None:
        """The page was come to: the keyboard goes to its first part."""


class WhoStep(Step):
    """The server's address and the invitation code, or the sample community."""

    sample_wanted = Signal()

    def __init__(self, theme: Theme, check_code: Callable[[str], bool]) -> None:
        super().__init__(
            theme,
            _tr("Welcome"),
            _tr("Your facilitator gave you an invitation: an address and a code."),
        )
        self._check_code = check_code
        self.form = FieldForm(
            theme,
            (
                FormField(
                    "server",
                    _tr("&Address of the community's server"),
                    required=True,
                    placeholder="community.example.org",
                ),
                FormField(
                    "code",
                    _tr("&Invitation code"),
                    required=True,
                    help=_tr("Twelve letters and digits. Capitals and hyphens do not matter."),
                    placeholder="XXXX-XXXX-XXXX",
                ),
            ),
        )
        self.verdict = label("", "soft")
        self.sample = TwoLineButton(
            theme,
            TwoLines(
                _tr("Look around first"),
                _tr("Opens a sample community; nothing there is sent."),
                "community",
            ),
        )
        self.sample.clicked.connect(self._want_sample)
        self.form.changed.connect(self._on_typed)
        self.column.addWidget(self.form)
        self.column.addWidget(self.verdict)
        self.column.addStretch(1)
        self.column.addWidget(line())
        self.column.addWidget(self.sample)

    def begin(self) -> None:
        self.form.focus_first()

    def is_answered(self) -> bool:
        """Whether both will do; if not, says what is wrong with them."""
        if not self.form.check():
            return False
        values = self.form.values()
        if not full_address(values["server"]):
            self._wrong("server", _tr("This does not look like an address."))
            return False
        if not self._check_code(values["code"]):
            self._wrong("code", self._mistake())
            return False
        return True

    def _wrong(self, field: str, words: str) -> None:
        self.form.show_problem(field, words)
        self.form.editor(field).setFocus(Qt.FocusReason.OtherFocusReason)
        announce(self, words)

    def _on_typed(self) -> None:
        code = self.form.values()["code"]
        typed = len(code.replace("-", "").replace(" ", ""))
        good = self._check_code(code)
        self.verdict.setText(_tr("The code is complete and reads well.") if good else "")
        wrong = typed >= _CODE_CHARACTERS and not good
        self.form.show_problem("code", self._mistake() if wrong else "")

    def _mistake(self) -> str:
        return _tr("There is a slip in this code: please compare it with your invitation.")

    def _want_sample(self) -> None:
        self.sample_wanted.emit()


class JoiningStep(Step):
    """How joining goes: what is being done, or what is in the way."""

    again_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, _tr("Joining"), "")
        self.busy = BusyRow(theme)
        self.busy.set_cancellable(False)
        self.problem = label("", "problem")
        self.again = push_button(theme, _tr("&Try again"), "", "sync")
        self.again.clicked.connect(self._want_again)
        self.column.addWidget(self.busy)
        self.column.addWidget(self.problem)
        self.column.addWidget(self.again, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addStretch(1)

    def show_asking(self) -> None:
        """The server is being asked."""
        self._show(_tr("Joining"), _tr("This takes a moment; over a slow line, a few."))
        self.busy.show_busy(_tr("Asking the server to let you in…"))

    def show_failed(self, words: str, *, by_itself: bool) -> None:
        """It did not work. by_itself: it is tried again soon in any case."""
        soon = _tr("It is tried again by itself in a moment.") if by_itself else ""
        self._show(_tr("Not joined yet"), soon)
        self.busy.show_idle()
        self.problem.setText(words)
        self.problem.show()
        self.again.show()
        announce(self, words)

    def show_receiving(self, name: str, received: str) -> None:
        """In; the community is coming. received: how much has come, in words."""
        about = _tr("Your community is coming now. You can begin; the rest comes by itself.")
        self._show(_tr("Welcome, {0}").format(name) if name else _tr("Welcome"), about)
        self.busy.show_busy(received)

    def show_trouble(self, words: str) -> None:
        """In, but receiving has stopped for now."""
        self.problem.setText(words)
        self.problem.setVisible(bool(words))

    def _show(self, title: str, sentence: str) -> None:
        self.title.setText(title)
        self.sentence.setText(sentence)
        self.problem.hide()
        self.again.hide()

    def _want_again(self) -> None:
        self.again_wanted.emit()


class DoneStep(Step):
    """All is here: a first post, or just a look."""

    post_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(
            theme,
            _tr("Your community is here"),
            _tr(
                "Whatever you write is safe on this computer at once, with or without internet."
                " The guide is under F1."
            ),
        )
        self.post = TwoLineButton(
            theme,
            TwoLines(
                _tr("Try a post"), _tr("Say hello: who you are, and from which school."), "new"
            ),
        )
        self.post.clicked.connect(self._want_post)
        self.column.addWidget(self.post)
        self.column.addStretch(1)

    def begin(self) -> None:
        self.post.setFocus(Qt.FocusReason.OtherFocusReason)

    def _want_post(self) -> None:
        self.post_wanted.emit()
