"""Reference results of tiny runs, to the bit: whatever changes them changes the model.

They are written anew, after a deliberate change of the model, with

    make golden        (or: pytest tests/golden --update-golden)
"""

import hashlib
import json
import math
from pathlib import Path

import numpy as np
import pytest

from simulation.theory.layout import PERSON, TIE
from tests.strategies import Blueprint, couple, everything, random_network

HERE = Path(__file__).parent
HOW_TO_UPDATE = (
    "If the model was changed on purpose, say so in the commit and run `pytest tests/golden --update-golden`; "
    "if not, this is a defect: results must not depend on machine, engine, or version of a library."
)
RUNS = {
    "ordinary-couple": (Blueprint(n=2, pairs=((0, 1),), tie_values={"contact_rate": 2.0, "bond": 0.8}), 1440),
    "distressed-couple": (couple(seed=2), 1440),
    "network": (random_network(40, 90, seed=7), 240),
}
"""Name, population and number of ticks. None depends on a case or profile; all do on the theory's defaults."""
TO_READ = ("arousal", "anger", "shame", "pain", "negative_self", "negative_evidence_attachment", "dysregulation")


def digest(values: np.ndarray) -> str:
    """Short hash of the exact bits."""
    return hashlib.blake2b(np.ascontiguousarray(values).tobytes(), digest_size=8).hexdigest()


def result_of(name: str) -> dict:
    """What a run yields: some numbers to read, and a hash of every column so that nothing escapes."""
    blueprint, ticks = RUNS[name]
    simulation = blueprint.run(ticks, sums=list(TO_READ), watch=[0, 1], events=True)
    found = everything(simulation)
    events = found.get("rows", np.zeros((0, 8), dtype=np.int64))
    means = [math.fsum(column) / len(column) / blueprint.n for column in found["sums"].T]
    return {
        "people": blueprint.n,
        "ticks": ticks,
        "final of the first two people": {q: [float(x) for x in found[q][:2]] for q in TO_READ},
        "mean over people and time": dict(zip(TO_READ, means, strict=True)),
        "events": len(events),
        "bits": {
            **{q: digest(found[q]) for q in PERSON},
            **{f"tie {q}": digest(found[f"tie {q}"]) for q in TIE},
            "events": digest(events),
        },
    }


def changes(stored: dict, now: dict, within: str = "") -> list[str]:
    """What differs, in words."""
    found = []
    for key in dict.fromkeys([*stored, *now]):
        place = f"{within}{key}"
        if key not in now:
            found.append(f"{place}: no longer there")
        elif key not in stored:
            found.append(f"{place}: new")
        elif isinstance(now[key], dict):
            found += changes(stored[key], now[key], f"{place}: ")
        elif stored[key] != now[key]:
            found.append(f"{place}: {stored[key]} → {now[key]}")
    return found


@pytest.mark.parametrize("name", RUNS)
def test_results_are_those_of_before(name, update_golden):
    file = HERE / f"{name}.json"
    now = result_of(name)
    if update_golden:
        file.write_text(json.dumps(now, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    if not file.exists():
        pytest.skip(f"{file.name} was not written yet: pytest tests/golden --update-golden")
    stored = json.loads(file.read_text(encoding="utf-8"))
    differing = changes(stored, now)
    assert not differing, "\n".join([f"{name} gives other results than before:", *differing[:12], "…", HOW_TO_UPDATE])


@pytest.mark.parametrize("name", RUNS)
def test_reference_runs_show_something(name):
    blueprint, ticks = RUNS[name]
    assert result_of(name)["events"] > 20
    assert np.ptp(everything(blueprint.run(ticks))["arousal"]) > 0


def test_a_change_of_one_bit_is_noticed_and_named():
    stored = result_of("ordinary-couple")
    now = json.loads(json.dumps(stored))
    assert changes(stored, now) == []
    now["final of the first two people"]["arousal"][0] = np.nextafter(
        now["final of the first two people"]["arousal"][0], 1
    )
    (difference,) = changes(stored, now)
    assert difference.startswith("final of the first two people: arousal")
    assert digest(np.array([0.1, 0.2])) != digest(np.array([0.1, np.nextafter(0.2, 1)]))
