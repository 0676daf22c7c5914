"""Reading material that exists already: files become frozen values, nothing is stored here."""
