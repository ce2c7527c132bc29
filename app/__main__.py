"""Runs the command line without a window: `python -m app COMMAND …`."""

import sys

from app.commandline import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
