"""Reactions and lists of names, in words."""

from PySide6.QtCore import QCoreApplication


def names_in_words(names: tuple[str, ...], most: int = 8) -> str:
    """As in "Ana, Ben and Cass"; with "and 4 others" when there are more than `most`."""
    tr = QCoreApplication.translate
    if len(names) > most:
        first = ", ".join(names[:most])
        return tr("Discussions", "{0} and {1} others").format(first, len(names) - most)
    if len(names) < 2:
        return names[0] if names else ""
    return tr("Discussions", "{0} and {1}").format(", ".join(names[:-1]), names[-1])


def reaction_name(sort: str) -> str:
    """A reaction as people read it."""
    tr = QCoreApplication.translate
    names = {"thanks": tr("Reactions", "Thanks"), "useful": tr("Reactions", "I used this")}
    return names.get(sort, sort)
