"""The menu bar, filled from the action registry."""

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtWidgets import QMenu, QMenuBar

from cop_desktop.ui.shell.actions import LAST_GROUP, ActionRegistry, ActionSpec, Menu


def _title(menu: Menu) -> str:
    return {
        Menu.FILE: QCoreApplication.translate("Menus", "&File"),
        Menu.EDIT: QCoreApplication.translate("Menus", "&Edit"),
        Menu.VIEW: QCoreApplication.translate("Menus", "&View"),
        Menu.GO: QCoreApplication.translate("Menus", "&Go"),
        Menu.SYNC: QCoreApplication.translate("Menus", "&Sync"),
        Menu.HELP: QCoreApplication.translate("Menus", "&Help"),
    }[menu]


class Menus(QObject):
    """Keeps the menus in step with the registry: actions of places first, the last group last."""

    def __init__(self, bar: QMenuBar, registry: ActionRegistry) -> None:
        super().__init__(bar)
        self._registry = registry
        self._menus: dict[Menu, QMenu] = {menu: bar.addMenu(_title(menu)) for menu in Menu}
        for menu in self._menus.values():
            menu.setToolTipsVisible(True)
        for spec in registry.specs():
            self._fill(spec)
        registry.added.connect(self._fill)

    def menu(self, menu: Menu) -> QMenu:
        return self._menus[menu]

    def _fill(self, added: ActionSpec) -> None:
        menu = self._menus[added.menu]
        menu.clear()
        group: tuple[bool, str] | None = None
        specs = [spec for spec in self._registry.specs() if spec.menu is added.menu]
        for spec in sorted(specs, key=_rank):
            ours = (_of_everywhere(spec), spec.group)
            if group is not None and ours != group:
                # Qt hides a line that has nothing visible above or below it.
                menu.addSeparator()
            group = ours
            menu.addAction(self._registry.action(spec.key))


def _rank(spec: ActionSpec) -> tuple[bool, bool]:
    return _of_everywhere(spec), spec.group == LAST_GROUP


def _of_everywhere(spec: ActionSpec) -> bool:
    return not spec.place
