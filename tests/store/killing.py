"""Killing: runs a function in processes of its own and kills each of them at a random moment.

The function gets a pipe, the number of the run and the arguments, and sends a report through the
pipe after each thing it has done and before it begins the next. The processes are forked from a
server that has imported the function's module, so that one is ready within milliseconds.
"""

from __future__ import annotations

import os
import random
import signal
import time
from collections.abc import Callable, Iterator
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess
from typing import Any

_CONTEXT = get_context("forkserver")


def killed_runs(
    child: Callable[..., None],
    *arguments: Any,
    times: int,
    longest_delay_seconds: float,
    seed: int = 1,
) -> Iterator[list[Any]]:
    """Run `child(pipe, number, *arguments)` and kill it, `times` times; yield each run's reports.

    The delay counts from the call of the function, so that some are killed before they have done
    anything, however long importing its module takes. The next run begins when the caller asks
    for it.

    Raises:
        AssertionError: a run ended by itself, so it failed.
    """
    moments = random.Random(seed)
    for number in range(times):
        process, pipe = start(child, number, *arguments)
        time.sleep(moments.uniform(0.0, longest_delay_seconds))
        process.kill()
        yield reports(process, pipe)


def start(
    child: Callable[..., None], number: int, *arguments: Any
) -> tuple[ForkServerProcess, Connection]:
    """Start one run and return its process and the pipe that its reports come through."""
    _CONTEXT.set_forkserver_preload([child.__module__])
    receiving, sending = _CONTEXT.Pipe(duplex=False)
    home = os.environ["HENGBIAN_HOME"]
    process = _CONTEXT.Process(target=_run, args=(child, sending, home, number, arguments))
    process.start()
    sending.close()
    assert receiving.recv() == "called"
    return process, receiving


def reports(process: ForkServerProcess, pipe: Connection) -> list[Any]:
    """Return what a killed run sent through its pipe before it died."""
    received = []
    with pipe:
        try:
            while True:
                received.append(pipe.recv())
        except EOFError:
            pass
    process.join()
    assert process.exitcode == -signal.SIGKILL, f"ended by itself: {process.exitcode}"
    return received


def _run(
    child: Callable[..., None], pipe: Connection, home: str, number: int, arguments: tuple[Any, ...]
) -> None:
    # The server keeps the environment of the test that started it.
    os.environ["HENGBIAN_HOME"] = home
    pipe.send("called")
    child(pipe, number, *arguments)
