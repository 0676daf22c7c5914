"""What a change says that came through the hub."""


def kinds_of(changed: object) -> frozenset[str]:
    """Names of the kinds of records that changed; the hub does not know what it carries."""
    kinds: frozenset[str] = getattr(changed, "kinds", frozenset())
    return kinds
