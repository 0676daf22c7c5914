"""The list of topics: its rows, its filter, what fills it."""
