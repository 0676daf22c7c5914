"""The place where documents and what people wrote of them are kept, reviewed and found."""
