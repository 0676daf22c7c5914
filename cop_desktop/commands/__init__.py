"""Commands for support, scripts and tests: the same services as the window, no Qt."""
