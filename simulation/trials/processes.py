"""Parts of a trial on several processes, which end with the command however it ends."""

from __future__ import annotations

import contextlib
import os
import signal
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import active_children, get_context
from typing import TYPE_CHECKING

from simulation.errors import InputError
from simulation.recording.atomic import undisturbed
from simulation.trials.conduct import Job, carry_out

if TYPE_CHECKING:
    import pandas as pd


def checked_workers(workers: int | None) -> int:
    """Return how many processes are meant; as many as there are processors if not said.

    Raises:
        InputError: There are none.
    """
    if workers is not None and workers < 1:
        raise InputError(f"workers = {workers} cannot be used; there is at least 1, and the result is the same")
    return workers or os.cpu_count() or 1


def carried_out(jobs: list[Job], processes: int) -> Iterator[pd.DataFrame]:
    """Carry out parts on so many processes; yield their tables in order.

    Raises:
        InputError: A process was killed.
    """
    with _workers(processes) as pool:
        with _deaf_from_birth():
            tables = pool.map(carry_out, jobs)
        try:
            yield from tables
        except BrokenProcessPool:
            raise InputError(
                "a worker process ended unexpectedly (was it killed, or out of memory?); fewer workers take less memory"
            ) from None


@contextlib.contextmanager
def _workers(processes: int) -> Iterator[ProcessPoolExecutor]:
    """Processes that leave Ctrl-C to their parent; when the block fails they are ended at once, whatever they do."""
    others = active_children()
    pool = ProcessPoolExecutor(
        processes, mp_context=get_context("spawn"), initializer=signal.signal, initargs=(signal.SIGINT, signal.SIG_IGN)
    )
    try:
        yield pool
    except BaseException:
        with undisturbed():
            for child in active_children():
                if child not in others:
                    child.terminate()
        raise
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


@contextlib.contextmanager
def _deaf_from_birth() -> Iterator[None]:
    """Hold Ctrl-C back while processes are started: they inherit that, and do not hear it before they can ignore it."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
