"""The first start, step by step; left at any step, it goes on from there the next time."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtWidgets import QDialog, QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout

from cop_desktop.ui.hub import Report
from cop_desktop.ui.theme.padding import pad
from cop_desktop.ui.welcome.answers import INTERNET, SHARED, Answers, full_address
from cop_desktop.ui.welcome.questions import internet_step, shared_step
from cop_desktop.ui.welcome.steps import DoneStep, JoiningStep, Step, WhoStep
from cop_desktop.ui.welcome.tools import JoinedAs, WelcomeTools
from cop_desktop.ui.widgets.announce import announce
from cop_desktop.ui.widgets.buttons import push_button
from cop_desktop.ui.widgets.labels import label

KEPT = "welcome"
"""The setting under which the answers are kept until the person has joined."""

RETRY_MS = 15_000
WHO, SHARING, CONNECTION, JOINING, DONE = range(5)
_KB = 1_000


class _Steps(QStackedWidget):
    """As high as the step that is shown, not as the highest: there is nothing to scroll to."""

    def minimumSizeHint(self) -> QSize:
        shown = self.currentWidget()
        return super().minimumSizeHint() if shown is None else shown.minimumSizeHint()

    def heightForWidth(self, width: int) -> int:
        shown = self.currentWidget()
        return super().heightForWidth(width) if shown is None else shown.heightForWidth(width)


class WelcomeWizard(QDialog):
    """Asks who they are, who shares the computer and what the internet is like; then joins."""

    def __init__(self, tools: WelcomeTools) -> None:
        super().__init__()
        self.setWindowTitle(self.tr("Welcome to CoP Desktop"))
        self._tools = tools
        self._name = ""
        self._is_in = False
        self._asking = self._has_failed = False
        self.who = WhoStep(tools.theme, tools.check_code)
        self.sharing = shared_step(tools.theme)
        self.connection = internet_step(tools.theme)
        self.joining = JoiningStep(tools.theme)
        self.last = DoneStep(tools.theme)
        self._steps: tuple[Step, ...] = (
            self.who,
            self.sharing,
            self.connection,
            self.joining,
            self.last,
        )
        self._stack = _Steps()
        self._count = label("", "soft")
        self.trouble = label("", "problem")
        self.trouble.hide()
        self.back = push_button(tools.theme, self.tr("&Back"), "quiet")
        self.later = push_button(tools.theme, self.tr("&Later"), "quiet")
        self.next = push_button(tools.theme, "", "primary")
        self.next.setDefault(True)
        self._retry = QTimer(self, singleShot=True, interval=RETRY_MS)
        self._lay_out()
        self._connect()
        self.fill(Answers())
        self._go(WHO)
        tools.jobs.run(partial(tools.kept, KEPT), self._resume, self._say_trouble)

    @property
    def step(self) -> int:
        """Which page is shown."""
        return self._stack.currentIndex()

    def answers(self) -> Answers:
        """What is answered now."""
        typed = self.who.form.values()
        return Answers(
            server=typed["server"],
            code=typed["code"],
            shared=self.sharing.chosen(),
            internet=self.connection.chosen(),
            step=min(self.step, CONNECTION),
        )

    def fill(self, answers: Answers) -> None:
        """Shows these answers."""
        self.who.form.set_values({"server": answers.server, "code": answers.code})
        self.sharing.choose(answers.shared)
        self.connection.choose(answers.internet)

    def reject(self) -> None:
        """Leaves; what was answered is kept for the next time."""
        self._retry.stop()
        if not self._is_in:
            self._keep(KEPT, self.answers().plain())
        super().reject()

    def go_on(self) -> None:
        """What the button at the right does."""
        if self.step == WHO and not self.who.is_answered():
            return
        if self._is_in:
            self._begin(self._tools.finished)
        elif self.step == CONNECTION:
            self._join()
        else:
            self._go(self.step + 1)

    def _begin(self, what: Callable[[], None]) -> None:
        self.accept()
        what()

    def _try_post(self) -> None:
        self._begin(self._tools.try_post)

    # Joining

    def _join(self) -> None:
        if self._asking or self._is_in:
            return
        self._asking = True
        answers = self.answers()
        self._keep(KEPT, answers.plain())
        self._keep(SHARED, answers.shared)
        self._keep(INTERNET, answers.internet)
        self.joining.show_asking()
        self._go(JOINING)
        work = partial(self._tools.join, full_address(answers.server), answers.code)
        self._tools.network.run(work, self._on_joined, self._on_failed)

    def _on_joined(self, joined: JoinedAs) -> None:
        self._asking, self._is_in, self._name = False, True, joined.member_name
        self._keep(KEPT, None)
        self.joining.show_receiving(self._name, self.tr("Receiving…"))
        self._go(JOINING)
        self._tools.joined()

    def _on_failed(self, error: Exception) -> None:
        self._asking = False
        by_itself = hasattr(error, "retry_after_s")  # no answer: it may come the next time
        words = self._tools.messages.for_error(error).sentence()
        self.joining.show_failed(words, by_itself=by_itself)
        self._go(JOINING)
        if not self._has_failed:  # later the keyboard stays where somebody put it
            self._has_failed = True
            self.joining.again.setFocus(Qt.FocusReason.OtherFocusReason)
        if by_itself and self.isVisible():
            self._retry.start()

    def _on_status(self, report: Report) -> None:
        if not self._is_in or self.step != JOINING:
            return
        if report.agreed:
            self._go(DONE)
            return
        words = self.tr("Receiving: {0} changes, {1} kB so far")
        received = words.format(f"{report.received:,}", f"{report.down_bytes // _KB:,}")
        self.joining.show_receiving(self._name, received)
        trouble = self._tools.messages.for_cause(report.cause).sentence() if report.cause else ""
        self.joining.show_trouble(trouble)

    # Going

    def _go(self, step: int) -> None:
        self._stack.setCurrentIndex(step)
        self._stack.updateGeometry()
        asked = self.tr("Step {0} of {1}").format(step + 1, JOINING)
        self._count.setText(asked if step < JOINING else "")
        self.back.setVisible(step in (SHARING, CONNECTION, JOINING) and not self._is_in)
        self.back.setEnabled(not self._asking)
        self.later.setVisible(not self._is_in)
        self.next.setVisible(self._is_in or step < JOINING)
        words = self.tr("&Begin") if self._is_in else self.tr("&Next")
        self.next.setText(self.tr("&Join") if step == CONNECTION else words)
        self._steps[step].begin()
        if self._is_in and step == JOINING:
            self.next.setFocus(Qt.FocusReason.OtherFocusReason)
        announce(self, self._steps[step].title.text())

    def _go_back(self) -> None:
        self._retry.stop()
        self._go(max(self.step - 1, WHO))

    def _resume(self, kept: object) -> None:
        answers = Answers.of(kept)
        if self.answers() == Answers():  # nothing was typed meanwhile
            self.fill(answers)
            good = bool(answers.code) and self.who.is_answered()
            self._go(min(max(answers.step, WHO), CONNECTION) if good else WHO)

    def _open_sample(self) -> None:
        started = self._tools.open_sample()
        words = self.tr("The sample community could not be started.")
        opening = self.tr("The sample community opens in a window of its own.")
        self.who.verdict.setText(opening if started else words)
        announce(self, self.who.verdict.text())

    def _keep(self, name: str, value: object) -> None:
        self._tools.jobs.run(partial(self._tools.keep, name, value), self._kept, self._say_trouble)

    def _kept(self, _nothing: None) -> None:
        self.trouble.hide()

    def _say_trouble(self, error: Exception) -> None:
        self.trouble.setText(self._tools.messages.for_error(error).sentence())
        self.trouble.show()

    # Wiring

    def _connect(self) -> None:
        self.back.clicked.connect(self._go_back)
        self.later.clicked.connect(self.reject)
        self.next.clicked.connect(self.go_on)
        self.who.sample_wanted.connect(self._open_sample)
        self.joining.again_wanted.connect(self._join)
        self.last.post_wanted.connect(self._try_post)
        self._retry.timeout.connect(self._join)
        self._tools.hub.status_changed.connect(self._on_status)

    def _lay_out(self) -> None:
        theme = self._tools.theme
        for step in self._steps:
            step.setObjectName("scrolled")
            step.setContentsMargins(2, 2, 12, 2)
            self._stack.addWidget(step)
        area = QScrollArea()
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidgetResizable(True)
        area.setWidget(self._stack)
        self._stack.setObjectName("scrolled")
        buttons = QHBoxLayout()
        pad(theme, buttons, 0, 8)
        buttons.addWidget(self._count)
        buttons.addStretch(1)
        for button in (self.later, self.back, self.next):
            buttons.addWidget(button)
        column = QVBoxLayout(self)
        pad(theme, column, 20, 12)
        column.addWidget(area, 1)
        column.addWidget(self.trouble)
        column.addLayout(buttons)
        room = self.screen().availableGeometry()
        metrics = theme.metrics
        self.resize(
            min(metrics.px(560), room.width() - 40), min(metrics.px(520), room.height() - 60)
        )
