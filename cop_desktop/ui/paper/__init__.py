"""Paper: print, PDF and Word files of whatever the services put on a `Paper`.

`dialog.show_papers(window, tools, choices)` is all that a place needs; `saving.PaperSaving` does
one wish alone.
"""
