"""Builds home and its pages, and says what can be asked for on them."""

from PySide6.QtCore import QCoreApplication

from cop_desktop.ui.home import catching_up_presenter as catching_up
from cop_desktop.ui.home import ten_minutes_presenter as ten_minutes
from cop_desktop.ui.home.catching_up import CatchUpPage
from cop_desktop.ui.home.catching_up_presenter import CatchUpPresenter
from cop_desktop.ui.home.page import HomePage
from cop_desktop.ui.home.presenter import HomePresenter
from cop_desktop.ui.home.ten_minutes import TenMinutesPage
from cop_desktop.ui.home.ten_minutes_presenter import TenMinutesPresenter
from cop_desktop.ui.home.tools import CATCH_UP, TEN_MINUTES, HomeTools
from cop_desktop.ui.shell.actions import ActionSpec, Menu


def _tr(words: str) -> str:
    return QCoreApplication.translate("HomeActions", words)


def build_home(tools: HomeTools) -> HomePage:
    """Home, ready to be shown."""
    page = HomePage(tools.theme, tools.when)
    page.presenter = HomePresenter(page, tools)
    return page


def build_catch_up(tools: HomeTools) -> CatchUpPage:
    """The catch-up, ready to be shown."""
    page = CatchUpPage(tools.theme, tools.when)
    page.presenter = CatchUpPresenter(page, tools)
    return page


def build_ten_minutes(tools: HomeTools) -> TenMinutesPage:
    """Ten minutes, ready to begin when it is shown."""
    page = TenMinutesPage(tools.theme, tools.when)
    page.presenter = TenMinutesPresenter(page, tools)
    return page


def catch_up_actions() -> tuple[ActionSpec, ...]:
    """What can be asked for while the catch-up is shown."""
    return (
        ActionSpec(catching_up.READ, _tr("Mark as &read"), Menu.EDIT, "E", CATCH_UP, "read"),
        ActionSpec(catching_up.SKIP, _tr("&Leave for later"), Menu.EDIT, "S", CATCH_UP, "right"),
        ActionSpec(catching_up.OPEN, _tr("&Open and answer"), Menu.EDIT, "O", CATCH_UP, "open"),
        ActionSpec(catching_up.LEAVE, _tr("Back to &Home"), Menu.VIEW, "Esc", CATCH_UP, "home"),
    )


def ten_minutes_actions() -> tuple[ActionSpec, ...]:
    """What can be asked for while ten minutes are shown."""
    place = TEN_MINUTES
    return (
        ActionSpec(ten_minutes.DONE, _tr("&Done"), Menu.EDIT, "E", place, "check"),
        ActionSpec(ten_minutes.NEXT, _tr("&Next"), Menu.EDIT, "N", place, "right"),
        ActionSpec(ten_minutes.SKIP, _tr("&Something else"), Menu.EDIT, "S", place, "sync"),
        ActionSpec(ten_minutes.OPEN, _tr("&Open and answer"), Menu.EDIT, "O", place, "open"),
        ActionSpec(ten_minutes.LEAVE, _tr("Back to &Home"), Menu.VIEW, "Esc", place, "home"),
    )
