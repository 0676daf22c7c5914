"""Pictures of every screen and dialog, in every look: `python -m tests.shots FOLDER [NAMES]`."""
