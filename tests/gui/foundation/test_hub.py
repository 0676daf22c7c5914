"""What changed is heard on the GUI thread, from wherever it was told."""

import threading

from PySide6.QtCore import QThread

from cop_desktop.ui.hub import Hub


class PlainEar:
    """No QObject on purpose: presenters need not be one."""

    def __init__(self) -> None:
        self.heard: list[object] = []
        self.threads: set[QThread] = set()

    def hear(self, value: object = None) -> None:
        self.heard.append(value)
        self.threads.add(QThread.currentThread())


def test_a_change_told_by_another_thread_is_heard_on_this_one_in_order(qtbot) -> None:
    hub, ear = Hub(), PlainEar()
    hub.changed.connect(ear.hear)

    def tell() -> None:
        for number in range(20):
            hub.post_change(number)

    thread = threading.Thread(target=tell)
    thread.start()
    thread.join()
    assert ear.heard == []
    qtbot.waitUntil(lambda: len(ear.heard) == 20)
    assert ear.heard == list(range(20))
    assert ear.threads == {QThread.currentThread()}


def test_a_screen_does_not_hear_of_its_own_change_in_the_middle_of_its_work(qtbot) -> None:
    hub, ear = Hub(), PlainEar()
    hub.changed.connect(ear.hear)
    hub.post_change("mine")
    assert ear.heard == []
    qtbot.waitUntil(lambda: ear.heard == ["mine"])


def test_status_and_synced_have_signals_of_their_own(qtbot) -> None:
    hub, status, synced, changed = Hub(), PlainEar(), PlainEar(), PlainEar()
    hub.status_changed.connect(status.hear)
    hub.synced.connect(synced.hear)
    hub.changed.connect(changed.hear)
    hub.post_status("waiting")
    hub.post_synced()
    hub.post_change("topic")
    qtbot.waitUntil(lambda: bool(changed.heard))
    assert (status.heard, len(synced.heard), changed.heard) == (["waiting"], 1, ["topic"])
