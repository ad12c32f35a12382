"""``detente``, and ``python -m detente``: the command line.

It is imported inside, so that Ctrl-C while it loads ends the program as quietly as later.
"""

import sys


def main() -> None:
    """Run the command line and exit."""
    try:
        from detente.cli import main as run
    except KeyboardInterrupt:
        print("interrupted", file=sys.stderr)
        sys.exit(130)
    run()


if __name__ == "__main__":
    main()
