"""The library: items on their way from draft to retirement, and the versions of their files."""

from cop_desktop.services.files import Files
from cop_desktop.services.library.items import Items
from cop_desktop.services.library.steps import Step
from cop_desktop.services.library.views import (
    AddedItem,
    ItemEdit,
    ItemRow,
    ItemView,
    LibraryFilter,
    NewItem,
    Origin,
    SummarySaved,
)


class Library(Items, Files):
    """Everything that people do with items and with files; each verb is one transaction."""


__all__ = [
    "AddedItem",
    "ItemEdit",
    "ItemRow",
    "ItemView",
    "Library",
    "LibraryFilter",
    "NewItem",
    "Origin",
    "Step",
    "SummarySaved",
]
