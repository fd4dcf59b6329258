"""Simulate a cohort in one call: a table of people, of prompts, and of events."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from simulation.cohorts.definition import cohort
from simulation.cohorts.lives import Lives, known_quantities, settle
from simulation.cohorts.networks import Surroundings, surroundings
from simulation.errors import InputError
from simulation.measures.affect import ITEMS
from simulation.measures.sampling import Protocol

if TYPE_CHECKING:
    import pandas as pd

ITEM_NOISE = 0.1
"""Noise of answering one item of affect (scale 0 to 1): beside the model's variance within persons it leaves a
reliability of change of about .7, as short mood scales have it (Wilhelm & Schoebi 2007, 10.1027/1015-5759.23.4.258);
the size is ASSUMED."""
FOUR_WEEKS = Protocol(prompts=6, days=28, compliance=0.85, item_noise=ITEM_NOISE)
"""Six prompts a day for four weeks, as Hepp et al. 2017 (10.1177/2167702616677312); compliance about 86 % (Trull et al.
2008, 10.1037/a0012532)."""


@dataclass(frozen=True)
class CohortStudy:
    """What a study of a cohort yields.

    Attributes:
        persons: One row per person (index: name): ``cohort``, ``rank``, factors, traits and start values.
        prompts: One row per person and prompt, as `sample_as_study` gives it, with ``cohort``; NaN where missed.
        events: One row per causal event of these people, as in `Recording.events`.
        lives: Everything that was observed, at every tick.
    """

    persons: pd.DataFrame
    prompts: pd.DataFrame
    events: pd.DataFrame
    lives: Lives


def simulate_cohort(
    profile: str | Mapping[str, int],
    n: int = 100,
    seed: int = 1,
    *,
    setting: str | Surroundings = "ego",
    protocol: Protocol = FOUR_WEEKS,
    dt: float = 1 / 16,
    burn_in: float = 30.0,
    constants: Mapping[str, float] | None = None,
    profiles: Mapping[str, Mapping[str, float]] | None = None,
    quantities: Sequence[str] = (),
    events: bool = True,
) -> CohortStudy:
    """Draw a cohort and let each person live in a network of their own, sampled as a study samples.

    Args:
        profile: Name of a cohort, or several with the number of people of each: ``{"bpd": 80, "community": 80}``.
        n: How many people, if one cohort is named.
        seed: Of everything; the k-th person of every cohort has the same luck and the same others.
        setting: ``ego`` (perhaps a partner, close others, wider ties), ``couple``, or `Surroundings` of your own.
        protocol: When prompts come and how many are answered.
        dt: Length of a tick in days.
        burn_in: Days lived before sampling.
        constants: Constants of the theory, or gains (0 is a lesion), that differ.
        profiles: Values that replace those of built-in profiles, e.g. ``{"bpd": {"window_of_tolerance": 0.5}}``.
        quantities: Further states at every prompt, besides anger, shame, sadness, anxiety, joy and arousal.
        events: Whether causal events are kept; without them prompts say nothing of what happened in between.

    Returns:
        Tables of people, prompts and events.

    Raises:
        InputError: Something given cannot be used; the message says what and what is allowed.
    """
    wanted = {profile: n} if isinstance(profile, str) else dict(profile)
    if not wanted:
        raise InputError('no cohort is named; give one, as in {"bpd": 80}')
    for name, number in wanted.items():
        cohort(name)
        if number < 1:
            raise InputError(f"the cohort {name} cannot have {number} people; at least 1 is needed")
    known_quantities(quantities, "person")
    if not 0 < dt <= 1 / max(protocol.prompts, 1):
        raise InputError(
            f"dt = {dt:g} is too coarse for {protocol.prompts} prompts a day; it must be at most 1/{protocol.prompts}"
        )
    settled = settle(
        wanted, surroundings(setting), seed, dt=dt, burn_in=burn_in, constants=constants, profiles=profiles
    )
    lives = settled.live(
        protocol.start + protocol.days, dt, tuple(dict.fromkeys((*ITEMS, *quantities))), events=events
    )  # fmt: skip
    return CohortStudy(lives.people, lives.prompts(protocol, seed), lives.recording.events, lives)
