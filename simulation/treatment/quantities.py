"""What a treatment adds to the world: the state of each patient's course and of each therapist's mind.

They are declared like everything else (name, symbol, default, bounds, unit, meaning, source) and live in arrays beside
the world, one row per quantity. None of them is an outcome: outcomes are measured on the people.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from functools import cache

from simulation.theory import states, tie_states, traits
from simulation.theory.layout import PERSON, TIE, Quantity, Registry

assert all((states, tie_states, traits))  # importing them is what fills the registries

COURSE = Registry()
"""State of one patient's course of treatment."""
MIND = Registry()
"""What patients stir up in a therapist, beside what the theory's felt reactions already hold."""


def _course(name: str, symbol: str, default: float, high: float, meaning: str, unit: str = "1") -> str:
    COURSE.declare("course", name, symbol, default, 0.0, high, unit, meaning)
    return name


def _mind(name: str, symbol: str, meaning: str, default: float = 0.0) -> str:
    MIND.declare("mind", name, symbol, default, 0.0, 1.0, "1", meaning)
    return name


_course("engagement", "ε", 0.5, 1, "how far the patient makes the therapy their own")
_course("awareness", "a", 0.0, 1, "shared understanding of what sets dysregulation off, and of the schema behind it")
_course("contract", "c", 0.0, 1, "how far goals, tasks and calls in crises are agreed")
_course("explained", "x", 0.0, 1, "how well it is understood that autonomous regulation is no farewell")
_course("image_link", "i", 0.0, 1, "how far the good and the bad image of the therapist are known to be one person")
_course("experiment", "X", 0.0, 1, "readiness to try something new with others and to notice what comes back")
_course("rupture", "R", 0.0, 1, "1 while the alliance is ruptured and the rupture is not repaired")
_course("rupture_seen", "R̂", 0.0, 1, "1 once the therapist has noticed the rupture")
_course("medicated", "m", 0.0, 1, "share of the prescribed medication that is taken")
_course("eased_impulsivity", "mι", 0.0, 1, "impulsivity that the medication takes off now")
_course("eased_noise", "mσ", 0.0, 1, "spontaneous ups and downs of arousal that the medication takes off now")
_course("eased_reactivity", "m_g", 0.0, 5, "arousal reactivity that the medication takes off now")


@dataclass(frozen=True)
class Pool:
    """What is learned in sessions and not yet part of the person.

    Attributes:
        moves: parameters of the person that change when it is consolidated.
        sign: +1 if they rise, -1 if they fall.
        relative: whether a unit means a share of the parameter's present value.
        limit: how far the parameters can be moved.
        use: which use in daily life consolidates it; see `consolidation.uses_of`.
    """

    moves: tuple[str, ...]
    sign: float
    limit: float
    use: str
    relative: bool = False


NEGATIVE = tuple(f"negative_evidence_{wish}" for wish in ("attachment", "rank", "autonomy", "group"))
BENEVOLENT = tuple(f"benevolent_evidence_{wish}" for wish in ("attachment", "rank", "autonomy", "group"))

POOLS: dict[str, Pool] = {
    "learned_monitoring": Pool(("monitoring",), 1.0, 0.85, "noticing"),
    "learned_differentiation": Pool(("differentiation",), 1.0, 0.85, "differentiating"),
    "learned_decentring": Pool(("decentring",), 1.0, 0.85, "decentring"),
    "learned_integration": Pool(("integration",), 1.0, 0.85, "integrating"),
    "learned_mastery": Pool(("mastery",), 1.0, 0.85, "regulating"),
    "learned_regulation": Pool(("regulation_skill",), 1.0, 0.9, "regulating"),
    "learned_pause": Pool(("impulsivity",), -1.0, 0.15, "regulating"),
    "learned_calm": Pool(("recovery_rate",), 1.0, 7.0, "calming", relative=True),
    "learned_window": Pool(("window_of_tolerance",), 1.0, 0.68, "calming"),
    "learned_letting_go": Pool(("rumination_tendency",), -1.0, 0.2, "noticing"),
    "learned_origins": Pool(("traumatic_load",), -1.0, 0.1, "differentiating"),
    "learned_openness": Pool(("rejection_sensitivity",), -1.0, 0.25, "differentiating"),
    "learned_reappraisal": Pool(NEGATIVE, -1.0, 6.0, "differentiating", relative=True),
    "learned_desires": Pool(("uplift_rate",), 1.0, 1.2, "exploring", relative=True),
}
"""What can be learned, in the unit of what it moves, or as a share of it where ``relative``. Limits are ASSUMED: about
what an ordinary person has."""

LIMITS = {parameter: pool.limit for pool in POOLS.values() for parameter in pool.moves}


def limit_of(parameter: str) -> str:
    """Name of the quantity that says how far treatment can move a parameter of this patient."""
    return f"limit_{parameter}"


for _name, _pool in POOLS.items():
    for _parameter in _pool.moves:
        _about = PERSON[_parameter]
        COURSE.declare(
            "course", limit_of(_parameter), f"{_about.symbol}*", _pool.limit, _about.low, _about.high, _about.unit,
            f"how far treatment can move {_parameter.replace('_', ' ')} in this patient",
        )  # fmt: skip
    _course(_name, _name.replace("learned_", "ℓ_"), 0.0, 1.0,
            f"learned in sessions and not yet consolidated: {'more' if _pool.sign > 0 else 'less'} "
            f"{' and '.join(_pool.moves[:1]).replace('_', ' ')}")  # fmt: skip

_mind("irritation", "τ₁", "irritation at demands and reproaches")
_mind("impotence", "τ₂", "feeling unable to help")
_mind("guilt", "τ₃", "guilt over calls not answered and harm not prevented")
_mind("fear", "τ₄", "fear for a patient's life, and for what would follow")
_mind("test_skill", "τ₅", "skill in recognising that a provocation is a relational test", 0.6)
_mind("repair_skill", "τ₆", "skill in noticing a rupture and talking about it", 0.6)

COUNTER_REACTIONS = ("irritation", "impotence", "guilt", "fear")
"""Counter-reactions of therapists. Source: Salvatore et al. 2020, Course of Treatment; Colli et al. 2014."""

ALLIANCE = "alliance_"
"""Prefix of the fields of the patient's tie toward the therapist."""
THERAPIST = "therapist_"
"""Prefix of the traits and states of the therapist as a person of the population."""
ALLIANCE_FIELDS = (
    "trust", "strain", "expected_response", "good_image", "bad_image", "last_behaviour", "alive", "ruptured",
)  # fmt: skip

READ_OUTS = ("dysregulation", "in_episode", "self_state", "suicidal_crisis")
"""Outcomes: nobody may move them but the person's own dynamics."""
NOT_THERAPEUTIC = (*READ_OUTS, "busy", "stress_rate", "due_acceptance", "refractory")
"""What no module may target: outcomes and circumstances."""


class Whose(Enum):
    """What a name that modules use is a quantity of."""

    COURSE = auto()
    MIND = auto()
    ALLIANCE = auto()
    THERAPIST = auto()
    PATIENT = auto()


@cache
def meant(name: str) -> tuple[Whose, str]:
    """What a name that modules use is a quantity of, and its name there; whether there is such a one is not asked."""
    if name in COURSE:
        return Whose.COURSE, name
    if name in MIND:
        return Whose.MIND, name
    if name.startswith(ALLIANCE):
        return Whose.ALLIANCE, name.removeprefix(ALLIANCE)
    if name.startswith(THERAPIST):
        return Whose.THERAPIST, name.removeprefix(THERAPIST)
    return Whose.PATIENT, name


@cache
def described(name: str) -> Quantity:
    """The declaration behind a name that modules use.

    Raises:
        KeyError: nothing has this name.
    """
    whose, own = meant(name)
    if whose is Whose.ALLIANCE and own not in ALLIANCE_FIELDS:
        raise KeyError(name)
    declared = {Whose.COURSE: COURSE, Whose.MIND: MIND, Whose.ALLIANCE: TIE}.get(whose, PERSON)
    if own not in declared:
        raise KeyError(name)
    return declared[own]


def may_be_targeted(name: str) -> bool:
    """Whether a module may declare this as a target: of the patient, the alliance or the course, and no outcome."""
    if name in COURSE:
        return True
    if name.startswith(ALLIANCE):
        return name.removeprefix(ALLIANCE) in ALLIANCE_FIELDS
    known = PERSON.get(name)
    return known is not None and known.kind in ("trait", "start", "state") and name not in NOT_THERAPEUTIC


def target_names() -> list[str]:
    """Everything that a module may declare as a target."""
    return [
        *(name for name in PERSON if may_be_targeted(name)),
        *(ALLIANCE + field for field in ALLIANCE_FIELDS),
        *COURSE,
    ]


def askable() -> list[str]:
    """Everything that a module may ask for, but for what the therapist has as a person (`THERAPIST` before a name)."""
    return [*PERSON, *(ALLIANCE + field for field in ALLIANCE_FIELDS), *COURSE, *MIND]
