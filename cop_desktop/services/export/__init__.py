"""Everything that is here as a readable folder: pages, tables and files."""

from cop_desktop.services.export.service import Export, Exported, Progress, Watch

__all__ = ["Export", "Exported", "Progress", "Watch"]
