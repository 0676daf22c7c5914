"""How everything looks: palettes, sizes, the style sheet and the icons."""
