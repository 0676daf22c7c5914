r"""Makes `.venv` ready to run the program, or to develop it. Needs only Python and pip.

    python3 packaging/setup          what running needs        (Windows: py packaging\setup)
    python3 packaging/setup dev      what tests and checks need as well

Safe to repeat: what is already there is kept.
"""

import sys

# An older Python gets this far and can say so.
if sys.version_info < (3, 11):  # noqa: UP036
    sys.exit("CoP Desktop needs Python 3.11 or newer; this is " + sys.version.split()[0])

import argparse

import environment
import system_libraries


def main() -> None:
    """Prepares the computer, then the environment; exits with one clear sentence if it cannot."""
    parser = argparse.ArgumentParser(prog="packaging/setup", description=__doc__.splitlines()[0])
    parser.add_argument("purpose", nargs="?", choices=["run", "dev"], default="run")
    purpose = parser.parse_args().purpose
    try:
        system_libraries.ensure()
        environment.ensure(purpose)
    except (environment.CannotSetUp, system_libraries.Missing) as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
