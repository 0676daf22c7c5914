"""Every kind of record, declared once: fields, merging, limits, access and search."""
