"""The Run key of Windows, of the person who is signed in."""

import sys

if sys.platform == "win32":
    import winreg

    class UserRunKey:
        """Values under a key of HKEY_CURRENT_USER."""

        def __init__(self, key: str) -> None:
            self._key = key

        def get(self, name: str) -> str | None:
            """The value; None if there is none, or it may not be read."""
            try:
                with winreg.OpenKey(winreg.HKEY_CURRENT_USER, self._key) as opened:
                    value, _kind = winreg.QueryValueEx(opened, name)
            except OSError:
                return None
            return str(value)

        def put(self, name: str, value: str | None) -> None:
            """Set it; None removes it. Raises OSError."""
            with winreg.CreateKey(winreg.HKEY_CURRENT_USER, self._key) as opened:
                if value is not None:
                    winreg.SetValueEx(opened, name, 0, winreg.REG_SZ, value)
                elif self.get(name) is not None:
                    winreg.DeleteValue(opened, name)
