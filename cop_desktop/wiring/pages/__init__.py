"""One module for each place: it and what its page needs are loaded when it is first gone to."""
