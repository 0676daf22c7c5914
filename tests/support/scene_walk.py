"""Going through scenes as somebody does, and looking what is amiss in each."""

from collections.abc import Callable, Collection, Mapping, Sequence

from PySide6.QtWidgets import QWidget

from tests.shots.house import House, NotThere
from tests.shots.scene import Scene

Check = Callable[[QWidget], list[str]]


def walked(
    house: House,
    scenes: Sequence[Scene],
    checks: Sequence[Check],
    not_here: Collection[str] = frozenset(),
) -> Mapping[Check, list[str]]:
    """What each check found amiss in any scene, once.

    not_here: names of those of what this house has not.
    """
    found: dict[Check, dict[str, str]] = {check: {} for check in checks}
    absent: set[str] = set()
    for scene in scenes:
        try:
            scene.go(house)
            house.settle()
            front = house.front()
            for check in checks:
                for words in check(front):
                    found[check].setdefault(words, scene.name)
            house.tidy()
            if scene.after is not None:
                scene.after(house)
        except NotThere:
            absent.add(scene.name)
            house.tidy()
    assert absent == set(not_here), absent ^ set(not_here)
    return {
        check: [f"{scene}: {words}" for words, scene in amiss.items()]
        for check, amiss in found.items()
    }
