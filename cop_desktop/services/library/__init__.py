"""The library: items on their way from draft to retirement, and the versions of their files."""

from cop_desktop.services.files import Files
from cop_desktop.services.library.citing import Citation
from cop_desktop.services.library.items import Items
from cop_desktop.services.library.previews import Previews
from cop_desktop.services.library.retracing import Retracing, Taken
from cop_desktop.services.library.steps import Step
from cop_desktop.services.library.thanking import Thanking
from cop_desktop.services.library.uses import Reported, UseCount, Uses, UseText, UseView
from cop_desktop.services.library.views import (
    AddedItem,
    Attention,
    ItemEdit,
    ItemRow,
    ItemView,
    LibraryFilter,
    NewItem,
    Origin,
    Shelf,
    SummarySaved,
)
from cop_desktop.services.library.wording import WordedFile


class Library(Items, Retracing, Uses, Thanking, Files):
    """Everything that people do with items, their files and reports of their use."""


__all__ = [
    "AddedItem",
    "Attention",
    "Citation",
    "ItemEdit",
    "ItemRow",
    "ItemView",
    "Library",
    "LibraryFilter",
    "NewItem",
    "Origin",
    "Previews",
    "Reported",
    "Shelf",
    "Step",
    "SummarySaved",
    "Taken",
    "UseCount",
    "UseText",
    "UseView",
    "WordedFile",
]
