"""Sets up this project and runs it, with nothing but Python 3.11 or newer.

python3 dev.py run [ARGS]       the program; without a display, the sample county planned into out/
python3 dev.py test [ARGS]      the tests; ARGS go to pytest
python3 dev.py check            format, lint, types, imports, words and tests
python3 dev.py check --without-tests    the same but for the tests
python3 dev.py screens DIR      a picture of every page and dialog
python3 dev.py bench [NAME]     our time beside the raw library's
python3 dev.py words            compile the Chinese texts and name those that are missing
python3 dev.py lock             pin the packages of pyproject.toml in requirements.lock
python3 dev.py hengbian ARGS    any command of the program, e.g. hengbian --help

On Windows write `py` for `python3`. Each command first brings .venv up to requirements.lock.
"""

from __future__ import annotations

import ctypes
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent
OUT = ROOT / "out"
LOCK = ROOT / "requirements.lock"
WHEELHOUSE = ROOT / "wheelhouse"
VENV = ROOT / ".venv"
STAMP = VENV / "complete"
IS_WINDOWS = os.name == "nt"
SCRIPTS = VENV / ("Scripts" if IS_WINDOWS else "bin")
PYTHON = SCRIPTS / ("python.exe" if IS_WINDOWS else "python")

STOPPED_AT_LIMIT = 3
"""Exit status of a run whose plan is verified but not proven the best."""

WINDOW_LIBRARIES = {
    "libglib-2.0.so.0": "libglib2.0-0",
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
}
"""Shared libraries that Qt loads even without a display, and their Debian packages."""

DISPLAY_LIBRARIES = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
"""Those that it loads to show a window on a real display."""


class Stop(Exception):
    """Something that a person has to mend: one sentence, and the remedy on the next line."""

    def __init__(self, sentence: str, remedy: str) -> None:
        super().__init__(f"{sentence}\n{remedy}")


def main(arguments: Sequence[str]) -> int:
    """Run the command that `arguments` name and return its exit status."""
    name, *rest = arguments or ["help"]
    if name not in COMMANDS:
        print(__doc__)
        return 0 if name in {"help", "--help", "-h"} else 2
    try:
        if sys.version_info < (3, 11):
            raise Stop(
                f"This is Python {sys.version.split()[0]}; the program needs 3.11 or newer.",
                "Start dev.py with a newer one, for example: python3.11 dev.py run",
            )
        return COMMANDS[name](rest)
    except Stop as stop:
        print(stop, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130


def run(arguments: Sequence[str]) -> int:
    """Open the window, with the sample county unless told otherwise."""
    if not arguments and not has_display():
        set_up()
        return plan_sample()
    return hengbian(arguments or ["--sample"])


def hengbian(arguments: Sequence[str]) -> int:
    """Run the program as the installed command does."""
    set_up(for_window=has_display())
    return run_module("ui", *arguments)


def plan_sample() -> int:
    """Do the main job without a window: plan the sample county and write all it has to say."""
    print("No display: planning the sample county on the command line instead.", flush=True)
    OUT.mkdir(exist_ok=True)
    plan = OUT / "yunling.hengbian"
    plan.unlink(missing_ok=True)
    steps = (
        ("new", str(plan), "--sample"),
        ("solve", str(plan)),
        ("export", str(plan), str(OUT / "allocation.xlsx")),
        ("report", str(plan), str(OUT / "report.pdf")),
        ("pictures", str(plan), str(OUT / "pictures")),
    )
    for step in steps:
        status = run_module("app", *step)
        if status not in (0, STOPPED_AT_LIMIT):
            return status
    print(f"The plan, the workbook, the report and the pictures are in {OUT}.")
    return 0


def test(arguments: Sequence[str]) -> int:
    """Run the tests."""
    set_up(for_window=True)
    return run_module("pytest", *arguments, folder=ROOT)


def check(arguments: Sequence[str]) -> int:
    """Run everything that has to hold before a commit; go on after a failure.

    `--without-tests` leaves the tests out, for those who have run them already; what else is said
    goes to pytest.
    """
    set_up()
    checks: dict[str, Callable[[], int]] = {
        "format": lambda: run_module("ruff", "format", "--check", folder=ROOT),
        "lint": lambda: run_module("ruff", "check", folder=ROOT),
        "types": lambda: run_module("mypy", folder=ROOT),
        "imports": lambda: run_script("lint-imports", "--no-logo", "--no-cache"),
        "words": lambda: run_module("resources.languages.words", "--check"),
    }
    if "--without-tests" not in arguments:
        checks["tests"] = lambda: test(arguments)
    failed = []
    for name, run_check in checks.items():
        print(f"── {name}", flush=True)
        if run_check() != 0:
            failed.append(name)
    print("Failed: " + ", ".join(failed) if failed else "All checks passed.")
    return 1 if failed else 0


def screens(arguments: Sequence[str]) -> int:
    """Write a picture of every page and dialog into a folder."""
    set_up(for_window=True)
    return run_module("tests.screens", *arguments)


def bench(arguments: Sequence[str]) -> int:
    """Run the benchmarks, all or those named."""
    set_up(for_window=True)
    return run_module("tests.benchmarks", *arguments)


def words(arguments: Sequence[str]) -> int:
    """Compile the Chinese texts."""
    set_up()
    return run_module("resources.languages.words", *arguments)


def lock(arguments: Sequence[str]) -> int:
    """Pin every package with its hashes, for all platforms and without an address."""
    uv = shutil.which("uv")
    if uv is None:
        raise Stop("The packages are pinned with uv, which is not here.", "Install uv, then again.")
    options = "--quiet --universal --python-version 3.11 --extra dev --generate-hashes --no-header"
    files = ["--output-file", LOCK.name, "pyproject.toml", *arguments]
    return subprocess.call([uv, "pip", "compile", *options.split(), *files], cwd=ROOT)


COMMANDS: dict[str, Callable[[Sequence[str]], int]] = {
    "run": run,
    "test": test,
    "check": check,
    "screens": screens,
    "bench": bench,
    "words": words,
    "lock": lock,
    "hengbian": hengbian,
}


def run_module(module: str, *arguments: str, folder: Path | None = None) -> int:
    """Run a module in .venv, in `folder` or where the user stands; return its exit status.

    Offscreen is what Qt draws on without a display. -P keeps packages of the user's folder from
    being taken for ours.
    """
    settings = {**os.environ, "PYTHONPATH": str(ROOT)}
    if not has_display():
        settings.setdefault("QT_QPA_PLATFORM", "offscreen")
    command = [str(PYTHON), "-P", "-m", module, *arguments]
    return subprocess.call(command, cwd=folder, env=settings)


def run_script(name: str, *arguments: str) -> int:
    """Run a program that a package has put into .venv."""
    return subprocess.call([str(SCRIPTS / name), *arguments], cwd=ROOT)


def has_display() -> bool:
    """Return whether a window can be shown."""
    if sys.platform in ("win32", "darwin"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def set_up(*, for_window: bool = False) -> None:
    """Bring .venv up to requirements.lock, and the system up to what Qt needs `for_window`.

    The stamp is written last, so an interrupted set-up is begun anew by the next command.
    """
    is_complete = STAMP.is_file() and STAMP.read_text(encoding="utf-8") == stamp()
    packages = missing_libraries() if for_window else []
    if not is_complete and importlib.util.find_spec("ensurepip") is None:
        packages.append("python3-venv")
    install_packages(packages)
    if not is_complete:
        print("Setting up .venv; this happens once and needs 900 MB.", flush=True)
        make_environment()
        install_lock()
        write_launcher()
        STAMP.write_text(stamp(), encoding="utf-8")


def stamp() -> str:
    """Return what .venv depends on: the packages, the Python, and where the project lies."""
    packages = hashlib.sha256(LOCK.read_bytes()).hexdigest()
    return f"{packages} {sys.version_info[0]}.{sys.version_info[1]} {ROOT}"


def make_environment() -> None:
    """Make an empty .venv, whatever an earlier attempt has left there.

    A link in its place is replaced and what it points to left alone: that is somebody else's.
    """
    if Path(sys.prefix).resolve() == VENV.resolve():
        raise Stop(
            "The packages have changed, and .venv cannot renew itself from inside.",
            "Run `deactivate`, then the same command again.",
        )
    try:
        if VENV.is_symlink():
            VENV.unlink()
        STAMP.unlink(missing_ok=True)
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(VENV)], check=True)
    except (OSError, subprocess.CalledProcessError) as error:
        raise Stop(f"{VENV} cannot be made: {error}.", "Delete it and run this again.") from error


def install_lock() -> None:
    """Install exactly the packages of requirements.lock, from wheelhouse/ where there is one."""
    source = ["--no-index", "--find-links", str(WHEELHOUSE)] if WHEELHOUSE.is_dir() else []
    quiet = [] if sys.stdout.isatty() else ["--quiet", "--progress-bar=off"]
    options = ["--disable-pip-version-check", "--only-binary", ":all:", "--require-hashes"]
    options += ["--log", str(VENV / "pip.log"), "-r", str(LOCK)]
    command = [str(PYTHON), "-m", "pip", "install", *quiet, *source, *options]
    result = subprocess.run(
        command, check=False, stderr=subprocess.PIPE, encoding="utf-8", errors="replace"
    )
    if result.returncode != 0:
        reason = result.stderr.strip().rpartition("\n")[2]
        if "Retrying" in result.stderr and "No matching distribution" in reason:
            reason = "the package index cannot be reached."
        raise Stop(
            f"The packages could not be installed: {reason}",
            "Connect to the network and run this again (.venv/pip.log has the details); or run\n"
            "`pip download -r requirements.lock -d wheelhouse` on a connected machine of the same\n"
            "kind and bring the folder wheelhouse here.",
        )


def write_launcher() -> None:
    """Write the command `hengbian` into .venv; it works from any folder."""
    if IS_WINDOWS:
        text = '@set "PYTHONPATH=%~dp0..\\.."\n@"%~dp0python.exe" -P -m ui %*\n'
        (SCRIPTS / "hengbian.cmd").write_text(text, encoding="ascii")
        return
    launcher = SCRIPTS / "hengbian"
    launcher.write_text(
        "#!/bin/sh\n"
        'here=$(dirname "$(readlink -f "$0")")\n'
        'export PYTHONPATH="$here/../.."\n'
        'exec "$here/python" -P -m ui "$@"\n',
        encoding="ascii",
    )
    launcher.chmod(0o755)


def missing_libraries() -> list[str]:
    """Return the Debian packages of the shared libraries that Qt needs and Linux lacks."""
    if sys.platform != "linux":
        return []
    wanted = WINDOW_LIBRARIES | (DISPLAY_LIBRARIES if has_display() else {})
    return [package for library, package in wanted.items() if not is_loadable(library)]


def is_loadable(library: str) -> bool:
    """Return whether the system has a shared library."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def install_packages(packages: Sequence[str]) -> None:
    """Install Debian packages as root; otherwise say which line does it."""
    if not packages:
        return
    names = ", ".join(packages)
    line = f"apt-get install --yes --no-install-recommends {' '.join(packages)}"
    if shutil.which("apt-get") is None:
        raise Stop(
            f"System libraries are missing; Debian's names for them: {names}.",
            "Install them with the package manager of this system.",
        )
    if os.geteuid() != 0:
        raise Stop("System packages are missing.", f"Run: sudo apt-get update && sudo {line}")
    print(f"Installing system packages: {names}.", flush=True)
    quietly = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for step in ("apt-get update", line):
        if subprocess.call([*step.split(), "-qq"], stdout=subprocess.DEVNULL, env=quietly) != 0:
            raise Stop(f"`{step}` failed.", "See its message above, mend it and run this again.")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
