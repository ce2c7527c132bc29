"""Runs the benchmarks named on the command line, or all of them."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path

HARNESS = {"__init__", "__main__", "counties", "timing"}


def main(names: list[str]) -> None:
    """Run `main()` of each benchmark module, in the order of the alphabet unless named."""
    here = Path(__file__).parent
    for name in names or sorted({path.stem for path in here.glob("*.py")} - HARNESS):
        import_module(f"tests.benchmarks.{name}").main()


if __name__ == "__main__":
    main(sys.argv[1:])
