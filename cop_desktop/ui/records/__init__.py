"""What every place offers for a record: its two versions, its history, the trash."""
