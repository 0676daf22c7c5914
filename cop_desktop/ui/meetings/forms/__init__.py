"""The dialogs in which meetings and series are planned and changed."""
