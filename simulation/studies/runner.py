"""Carry out a study: blocks go to workers, results into the ledger, and any interruption can be made up for."""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ThreadPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from typing import Any

from simulation.errors import InputError, quoted
from simulation.studies.blocks import run_block
from simulation.studies.ledger import Ledger
from simulation.studies.model import MOST_PERSON_TICKS, MOST_RUNS
from simulation.studies.plan import Plan

DASK_PATIENCE = 10
"""Seconds to wait for a scheduler to answer."""
DASK_RETRIES = 5
"""How often a block may lose its worker before the sweep gives up."""


@dataclass
class Done:
    """How far a sweep is.

    Attributes:
        runs: Runs in all (of this shard).
        done: Runs done, those of earlier sessions included.
        earlier: Runs that earlier sessions had done.
        failed: Runs that failed in this session.
        repeated: Blocks that were found damaged and done again.
        seconds: Time of this session so far.
        complete: Whether the final table is there.
    """

    runs: int
    done: int = 0
    earlier: int = 0
    failed: int = 0
    repeated: int = 0
    seconds: float = 0.0
    complete: bool = False


def check_size(plan: Plan, yes: bool, place: str = "study") -> None:
    """See that a study is not larger than it may be without being asked for.

    Raises:
        InputError: It is.
    """
    if yes:
        return
    if plan.n_runs > MOST_RUNS:
        raise InputError(
            f"the design has {plan.n_points:,} points, {plan.n_runs:,} runs ({place}); more than {MOST_RUNS:,} "
            f"runs need "
            "--yes"
        )
    if plan.person_ticks > MOST_PERSON_TICKS:
        raise InputError(
            f"the study has {plan.n_runs:,} runs of {plan.people:,} people and {plan.ticks:,} ticks, "
            f"{plan.person_ticks:.2g} person-ticks ({place}); more than {MOST_PERSON_TICKS:.0e} need --yes"
        )


def sweep(
    plan: Plan,
    folder: str | os.PathLike[str],
    *,
    workers: int | None = None,
    processes: bool = False,
    scheduler: str | None = None,
    shard: tuple[int, int] | None = None,
    progress: Callable[[Done], object] | None = None,
    command: str | None = None,
) -> Done:
    """Carry out a study, or what is left of it, and leave its results in a folder.

    Args:
        plan: The study.
        folder: A new folder, or one in which this study was begun.
        workers: How many blocks at once; as many as there are processors if not said.
        processes: Whether local workers are processes instead of threads.
        scheduler: Address of a Dask scheduler whose workers take the blocks instead.
        shard: (i, n): carry out only every n-th block, from the i-th on (1-based); `merge` puts shards together.
        progress: Called with how far it is.
        command: The command line, for the provenance.

    Raises:
        InputError: The folder holds something else, cannot be written to, or the workers cannot be had.
    """
    began = time.perf_counter()
    ledger = Ledger.opened(folder, plan)
    mine = [b for b in range(plan.n_blocks) if shard is None or b % shard[1] == shard[0] - 1]
    state = Done(runs=sum(len(plan.runs_of(b)) for b in mine))
    if ledger.complete:
        state.done = state.earlier = state.runs
        state.complete = True
        return state
    finished = ledger.done()
    state.repeated = len(ledger.damaged)
    state.done = state.earlier = sum(len(plan.runs_of(b)) for b in mine if b in finished)
    left = [b for b in mine if b not in finished]
    count = workers or _processors()

    def report() -> None:
        state.seconds = time.perf_counter() - began
        if progress is not None:
            progress(state)

    report()
    if left:
        with _executor(scheduler, count, processes) as (executor, at_once):
            _carry_out(plan, ledger, executor, at_once, left, state, report)
    if shard is None:
        told = {"command": command, "seconds": time.perf_counter() - began, "runs_of_earlier_sessions": state.earlier,
                "workers": count, "scheduler": scheduler}  # fmt: skip
        state.failed = ledger.finish([ledger], told)
        state.complete = True
    report()
    return state


def _carry_out(
    plan: Plan,
    ledger: Ledger,
    executor: Executor,
    at_once: int,
    blocks: list[int],
    state: Done,
    report: Callable[[], None],
) -> None:
    """Hand out blocks, few at a time so that memory stays flat, and write down what comes back."""
    payload = plan.payload()
    queue = iter(blocks)
    pending: dict[Future[Any], int] = {}

    def hand_out() -> None:
        for block in queue:
            runs = plan.runs_of(block)
            pending[executor.submit(run_block, payload, runs.start, runs.stop)] = block
            if len(pending) >= at_once:
                return

    hand_out()
    try:
        while pending:
            ready, _ = wait(list(pending), timeout=0.5, return_when=FIRST_COMPLETED)
            for future in ready:
                block = pending.pop(future)
                try:
                    rows, courses = future.result()
                except BrokenProcessPool:
                    raise InputError(
                        "a worker process ended unexpectedly (was it killed, or out of memory?); the blocks "
                        "done so far "
                        "are kept, and the same command goes on from there"
                    ) from None
                ledger.keep(block, rows, courses)
                state.done += len(plan.runs_of(block))
                state.failed += sum(rows["failed"].to_pylist()) // plan.rows_per_run
            hand_out()
            report()
    except BaseException:
        for future in pending:
            future.cancel()
        raise


@contextlib.contextmanager
def _executor(scheduler: str | None, workers: int, processes: bool) -> Iterator[tuple[Executor, int]]:
    """Workers, and how many blocks to have under way."""
    if scheduler is not None:
        with _dask(scheduler) as found:
            yield found
        return
    _warm_up()
    if processes:
        import multiprocessing
        from concurrent.futures import ProcessPoolExecutor

        context = multiprocessing.get_context("spawn")
        pool: Executor = ProcessPoolExecutor(workers, mp_context=context)
    else:
        pool = ThreadPoolExecutor(workers, thread_name_prefix="block")
    try:
        yield pool, 2 * workers
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _warm_up() -> None:
    """Compile once, before workers would all do so."""
    from simulation.cases import blueprint_of, load_case
    from simulation.studies.adding import AddingSimulation

    AddingSimulation(blueprint_of(load_case("dyad")).build(1), 0.125).prepare()


@contextlib.contextmanager
def _dask(address: str) -> Iterator[tuple[Executor, int]]:
    from simulation.studies.code import code_version

    try:
        from distributed import Client
    except ImportError:
        raise InputError(
            "--scheduler needs Dask; install it with: pip install 'interpersonal-cycles[cluster]'"
        ) from None
    try:
        client = Client(address, timeout=DASK_PATIENCE, set_as_default=False)
    except (OSError, ValueError, TypeError) as error:
        raise InputError(
            f"no Dask scheduler answers at {quoted(address)}: {str(error).splitlines()[0][:200]}"
        ) from None
    try:
        try:
            versions = client.run(code_version)
        except Exception as error:
            raise InputError(f"the workers of {quoted(address)} cannot run this project: {str(error)[:200]}") from None
        if not versions:
            raise InputError(
                f"the scheduler at {quoted(address)} has no workers; start some with `dask worker {address}`"
            )
        if set(versions.values()) != {code_version()}:
            raise InputError(
                f"workers of {quoted(address)} have another version of the code; install the same everywhere"
            )
        threads = sum(client.nthreads().values())
        yield client.get_executor(pure=False, retries=DASK_RETRIES), 2 * threads + 2
    finally:
        client.close()


def _processors() -> int:
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not every platform tells
        return os.cpu_count() or 1
