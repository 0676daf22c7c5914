"""Topics and the replies under them: lists, threads, what is unread, and the verbs on them."""
