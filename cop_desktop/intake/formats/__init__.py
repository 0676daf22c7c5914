"""One module per kind of document: each turns a file into `Content`."""
