"""Which constants give couples that recover, couples that cycle, and people as studies measured them, all at once?

The literature gives hardly any of the theory's rates and weights. They are found together, by response surfaces
(`experiments/response_surface.py`), against what everyday observation would accept of six kinds of couples, against
the untreated case and one standard provocation, against the spread of questionnaire scores in virtual cohorts, and
against published patterns. The same mechanisms and constants serve everyone: nothing is switched by group.

Run: ``python -m experiments.find_constants --rounds 4`` starts from the present constants and writes the best values to
results/calibration/constants.json and every simulation to the table beside it; values are adopted by hand, rounded.
Then run `experiments/anchor_questionnaires.py`.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping
from functools import partial
from pathlib import Path

from experiments.everyday import case, cohorts, couples, provocation, wanted_everyday
from experiments.pattern_targets import pattern_targets
from experiments.response_surface import Target, search
from simulation.cases.profiles import profile_values
from simulation.errors import nearest
from simulation.theory.layout import CONSTANT
from simulation.validation import evaluate

SPACE: dict[str, tuple[float, float]] = {
    "negative_self_at_rest": (-4, -0.5), "negative_self_by_rejection": (0.5, 6),
    "negative_self_by_acceptance": (0.3, 4), "negative_self_by_differentiation": (0.3, 3.5),
    "negative_self_by_rumination": (0, 4), "benevolent_self_at_rest": (0.3, 2.5),
    "benevolent_self_by_rejection": (0.3, 5), "benevolent_self_rate": (1, 5), "social_trace_rate": (1, 5),
    "pull_by_sensitivity": (0.1, 0.8), "pull_by_schema": (0.1, 0.8), "threat_half": (0.03, 0.5),
    "prior_weight": (0.2, 0.8), "expectation_coloured_by_schema": (0.3, 1.2), "surprise": (0.1, 0.8),
    "contagion": (0.04, 0.2), "act_cost": (1, 4), "anger_gain": (1.5, 10), "anger_by_criticism": (0.2, 2.5),
    "anger_excused_by_decentring": (0.5, 0.95), "irritation_by_stress": (0.1, 0.8), "shame_gain": (0.5, 8),
    "sadness_gain": (0.3, 3), "anger_rate": (4, 24), "shame_rate": (3, 24), "sadness_rate": (1.5, 8),
    "fading_by_mastery": (0.2, 0.85), "shame_drive": (0.02, 1.2), "sadness_drive": (0.1, 4),
    "feelings_by_rumination": (0.1, 12), "anxiety_gain": (0.4, 1.5), "joy_by_uplift": (0.3, 1.2),
    "joy_gain": (0.2, 1.2), "joy_rate": (1.5, 12), "joy_home": (0.05, 0.3), "joy_quenched_by_hurt": (0.5, 8),
    "joy_denied_by_negative_self": (1, 12), "joy_noise": (1, 5), "tone_by_anger": (0.1, 0.9),
    "arousal_by_rejection": (0.2, 1.8), "arousal_by_stress": (0.15, 0.7), "arousal_by_emotion": (0.3, 3),
    "recovery_slowed_by_rumination": (0.2, 3), "trauma_gain": (0.3, 4), "pain_by_shame": (3, 42),
    "pain_by_incompatible_selves": (3, 50), "pain_overload_shift": (-0.15, 0.15), "pain_rate": (2, 8),
    "rumination_gain": (0.5, 8), "rumination_rate": (1, 8), "rumination_feed": (0.3, 8),
    "dissociation_threshold": (0.3, 0.8), "need_evoked_by_rejection": (0.1, 0.8), "seek_by_distress": (0.3, 4),
    "coping_threshold": (0.15, 0.6), "coping_slope": (3, 15),
    "urge_by_differentiation": (0.2, 0.9), "coping_rate": (1.5, 8),
    "habit_learning": (0.005, 0.15), "habit_by_repetition": (0.005, 0.2), "habit_forgetting": (0.001, 0.01),
    "habit_half_known": (0.03, 0.4),
    "relief_weight": (2, 12), "cost_weight": (1.5, 7), "habit_weight": (2, 7), "barrier_weight": (0.5, 5),
    "aftermath_cost": (0.4, 2), "relief": (0.4, 0.95), "act_need": (0.5, 3.5), "act_anger": (2, 9),
    "act_shame": (0.5, 4), "act_warmth": (1, 4), "act_by_image": (0.1, 3), "cascade_share": (0.2, 0.95),
    "cascade_half": (0.03, 0.6), "act_strategy_base": (-3.5, -0.5), "reply_by_strain": (2, 18),
    "reply_by_overwhelm": (1, 6), "reply_by_criticism": (1, 6), "reply_by_anger": (1, 8), "reply_by_warmth": (1, 4),
    "reply_cold": (-2.5, -0.3), "reply_temperature": (0.4, 1.2), "strain_by_felt_reaction": (0.02, 0.3),
    "strain_by_rejection": (0.02, 0.3), "strain_rate": (0.03, 0.6), "strain_repair": (0.03, 0.4),
    "rupture_rate": (0.005, 0.2), "rupture_threshold": (0.0, 0.9), "rupture_slope": (1.5, 25),
    "distance_after_hurt": (0, 24), "memory_rate": (0.3, 3),
    "rupture_hurt": (0.5, 4),
    "repair_rate": (0.1, 2), "absence": (0, 5), "mourning_rate": (0.003, 0.1),
    "representation_rate": (0.2, 3), "representation_gain": (0.2, 1.5),
    "splitting": (0.5, 1.0), "expectation_by_image": (0.05, 0.6), "crisis_gain": (0.1, 0.7),
    "feelings_split": (0.0, 6.0), "contagion_of_feelings": (0.1, 0.6), "urge_by_sadness": (0.0, 2.0),
    "urge_by_shame": (0.0, 1.5), "act_repair": (0.0, 12.0),
    "relief_half": (0.03, 1.0), "urge_by_pain": (0.1, 1.0),
    "evidence_gain": (0.004, 0.05), "evidence_brooded": (0.002, 0.06), "life_evidence_benevolent": (0.005, 0.04),
    "life_evidence_negative": (0.002, 0.01), "life_phase": (0.05, 0.8), "life_phase_rate": (0.001, 0.02),
}  # fmt: skip
"""Constants searched, and within which bounds."""

TRAITS: dict[str, tuple[float, float]] = {
    "window_of_tolerance": (0.45, 0.65), "recovery_rate": (2.2, 8.0), "home_base": (0.22, 0.35),
    "reactivity": (1.0, 1.8), "uplift_rate": (0.3, 1.2), "affect_noise": (0.04, 0.12),
    "rejection_sensitivity": (0.65, 0.92), "habit_self_harm": (0.02, 0.35), "traumatic_load": (0.4, 0.8),
    "rumination_tendency": (0.4, 0.9),
}  # fmt: skip
"""Traits of the profile ``bpd`` searched along with them."""

PATTERNS = (
    "B1", "B3", "B4", "B6", "B9", "C1", "C2", "C5", "C6", "C8", "D1", "D2", "D4", "D7", "D9", "E1", "E2", "E5", "E6",
    "E7", "E9", "E10", "F31", "G1", "G6", "G9", "H1", "H3",
)  # fmt: skip
"""Published patterns that count in the search; those of questionnaires do through COHORTS_WANTED, those of treatment
through `experiments/find_treatment_constants.py`."""
MARGIN = 0.5
"""Patterns are to be met by that many units, so that they still are with other seeds."""
HEAVY = (
    "C2 rejection, then hostility (moment), bpd - depressed (d)", "E1 share of prompts",
    "E1 negative affect (log odds)", "E9 relief, bpd - community (d)", "E10 frustration (log odds)",
    "D2 after conflict x sensitivity (r)", "D4 failing couples", "H1 switch rate (d)", "H1 size of switches (d)",
    "H3 affect (d)", "H3 relation (d)", "D1 high sensitivity", "D1 difference",
    "D2 without conflict x sensitivity (r)", "D4 stable couples", "D7 slope (d)",
    "D7 slope x rejection sensitivity (r)", "D9 less resolution (d)", "E2 quadratic / its error",
    "E6 three-way interaction (log odds)", "E6 rumination alone, many features (log odds)",
    "E6 negative affect alone, many features (log odds)", "E7 eta squared, signed", "E9 relief in bpd (within SD)",
    "E10 sadness x decentring (probability)", "B1 difference", "B1 share in bpd", "B1 share in community",
    "B6 PAC ahead of variance (d)", "C8 variability of agreeable acts (d)", "G1 discontent: per contact and year",
)  # fmt: skip
"""Checks that count three times: nulls and contrasts that most points miss."""


def targets() -> dict[str, Target]:
    """All targets by the names that `measure` uses."""
    return wanted_everyday() | pattern_targets(PATTERNS, MARGIN, 3.0, HEAVY, 9.0)


def measure(values: Mapping[str, float], seed: int, full: bool = False) -> dict[str, float]:
    """Everything that has a target, simulated with these values; the patterns on their full samples if wanted."""
    constants = {name: value for name, value in values.items() if name not in TRAITS}
    traits = {name: value for name, value in values.items() if name in TRAITS}
    found = {f"{id_} {check.name}": check.value for id_, check in _pattern_checks(constants, traits, seed, full)}
    found |= couples(constants, traits, seed + 100)
    found |= case(constants, traits, seed + 300)
    found |= provocation(constants, traits, seed + 200)
    return found | cohorts(constants, traits, seed)


def _pattern_checks(
    constants: dict[str, float], traits: dict[str, float], seed: int, full: bool
) -> list[tuple[str, object]]:
    verdicts = evaluate(constants, {"bpd": traits}, seed=seed, quick=not full, only=PATTERNS, resamples=0)
    return [(verdict.id, check) for verdict in verdicts for check in verdict.checks]


def main() -> None:
    """Search and write the best constants."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=4)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1000)
    parser.add_argument("--step", type=float, default=0.06, help="reach of the design, as a share of each range")
    parser.add_argument("--full", action="store_true", help="patterns on full samples: slower, but seeds decide less")
    parser.add_argument("--vary", help="only these, by name, separated by commas")
    parser.add_argument("--start", type=Path, help="values to start from instead of the present ones")
    parser.add_argument("--out", type=Path, default=Path("results/calibration/constants.json"))
    given = parser.parse_args()
    bpd = profile_values("bpd")[0]
    start = {**{name: CONSTANT[name].default for name in SPACE}, **{name: bpd[name] for name in TRAITS}}
    if given.start:
        start |= json.loads(given.start.read_text(encoding="utf-8"))["values"]
    space = {**SPACE, **TRAITS}
    chosen = [name for name in (given.vary or "").split(",") if name] or list(space)
    for name in chosen:
        if name not in space:
            parser.error(f'"{name}" is not searched{nearest(name, space)}')
    search(
        partial(measure, full=given.full), {name: space[name] for name in chosen}, start, targets(), given.out,
        given.rounds, given.seed, given.step, workers=given.workers,
    )  # fmt: skip


if __name__ == "__main__":
    main()
