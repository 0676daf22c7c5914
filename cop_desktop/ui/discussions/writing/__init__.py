"""Writing a reply or a topic: drafts, files, posting."""
