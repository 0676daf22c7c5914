"""The window around the screens: places, menus, search, the sync sentence."""
