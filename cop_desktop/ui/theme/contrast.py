"""How far apart two colours are for a reader (WCAG 2.2, relative luminance)."""

AA_TEXT = 4.5
"""Least ratio for text at its usual size (WCAG 1.4.3)."""

AA_LARGE_OR_CONTROL = 3.0
"""Least ratio for large text, outlines of controls and focus rings (WCAG 1.4.11)."""


def contrast_ratio(first: str, second: str) -> float:
    """From 1.0 (the same) to 21.0 (black on white). Colours as "#rrggbb", either order."""
    lighter, darker = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(int(colour[i : i + 2], 16) / 255) for i in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    if channel <= 0.04045:
        return channel / 12.92
    return float(((channel + 0.055) / 1.055) ** 2.4)
