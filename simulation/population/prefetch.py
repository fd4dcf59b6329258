"""Fetching memory ahead: a page of people that comes next is brought near while this one lives.

Large populations do not fit into the caches near a core. The loop knows what it will need next; saying so hides most of
the wait. A hint only: it changes no result, and in plain Python it does nothing.
"""

from __future__ import annotations

from typing import Any

from llvmlite import ir  # type: ignore[import-untyped]
from numba import types
from numba.core import cgutils
from numba.extending import intrinsic, overload

from simulation.population.world import World
from simulation.theory.numerics import ARITHMETIC, mechanism

LINE = 64
"""Bytes that come at once."""
FETCHES = 6
"""In how many parts the next page is fetched ahead, between the phases of this one."""


def prefetch(row: Any, first: int) -> None:
    """Bring the cache line near that holds ``row[first]``; ``row`` has one axis."""


@intrinsic
def _prefetch(typingctx: Any, row: Any, first: Any) -> Any:
    """The hint itself: read, soon needed, into the second cache."""

    def codegen(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        array = context.make_array(signature.args[0])(context, builder, arguments[0])
        address = builder.bitcast(builder.gep(array.data, [arguments[1]]), cgutils.voidptr_t)
        kind = ir.FunctionType(ir.VoidType(), [cgutils.voidptr_t, *[ir.IntType(32)] * 3])
        hint = cgutils.get_or_insert_function(builder.module, kind, "llvm.prefetch.p0")  # type: ignore[no-untyped-call]
        builder.call(hint, [address, *(ir.Constant(ir.IntType(32), x) for x in (0, 2, 1))])
        return context.get_dummy_value()

    return types.void(row, types.intp), codegen


@overload(prefetch, jit_options=ARITHMETIC)  # type: ignore[arg-type]
def _compiled_prefetch(row, first):  # type: ignore[no-untyped-def]  # numba compares the two signatures
    return lambda row, first: _prefetch(row, first)  # type: ignore[call-arg]


@mechanism
def prefetch_part(row: Any, part: int, parts: int) -> None:
    """Bring one of several equal parts of a row of 8-byte numbers near."""
    step = LINE // 8
    lines = len(row) // step
    for line in range(lines * part // parts, lines * (part + 1) // parts):
        prefetch(row, line * step)


@mechanism
def fetch_ahead(w: World, page: int, part: int) -> None:
    """Bring part of what the page after ``page`` will need near, while this one lives; has no effect on results."""
    after = page + 1
    if after < len(w.persons):
        prefetch_part(w.persons[after], part, FETCHES)
        start = w.tie_from[after]
        ties = w.tie_from[after + 1] - start
        for tie_page in range(start + ties * part // FETCHES, start + ties * (part + 1) // FETCHES):
            prefetch_part(w.ties[tie_page], 0, 1)
            prefetch_part(w.tie_key[tie_page], 0, 1)
