"""The dialog in which documents, minutes and threads that exist already are brought in."""
