"""What changes in a person from tick to tick, and what the person publishes to others."""

from __future__ import annotations

from simulation.theory.layout import PERSON, WISHES, face


def _state(name: str, symbol: str, default: float, low: float, high: float, meaning: str, unit: str = "1") -> int:
    return PERSON.declare("state", name, symbol, default, low, high, unit, meaning)


# Affect
AROUSAL = _state("arousal", "q", 0.2, 0, 1, "physiological arousal")
ANGER = _state("anger", "A", 0.0, 0, 1, "anger: strong but mistreated")
SHAME = _state("shame", "H", 0.0, 0, 1, "shame: unworthy in the eyes of the other")
SADNESS = _state("sadness", "D", 0.0, 0, 1, "sadness over an unmet wish")
ANXIETY = _state("anxiety", "X", 0.1, 0, 1, "anxiety: rejection is anticipated")
JOY = _state("joy", "J", 0.3, 0, 1, "positive affect: joy, curiosity")

# The working self
NEGATIVE_SELF = _state("negative_self", "n", 0.1, 0, 1, "working activation of the negative self-image")
BENEVOLENT_SELF = _state("benevolent_self", "b", 0.7, 0, 1, "working activation of the benevolent self-image")
REJECTION_TRACE = _state("rejection_trace", "ρ̄", 0.0, 0, 50, "rejection felt of late")
ACCEPTANCE_TRACE = _state("acceptance_trace", "ᾱ", 0.0, 0, 50, "acceptance felt of late")
NEED = _state("need_attachment", "w₁", 0.4, 0, 1, "activation of the attachment wish")
_state("need_rank", "w₂", 0.3, 0, 1, "activation of the social-rank wish")
_state("need_autonomy", "w₃", 0.3, 0, 1, "activation of the autonomy and exploration wish")
_state("need_group", "w₄", 0.3, 0, 1, "activation of the group-inclusion wish")

SEEK = _state("seek_attachment", "κ₁", 1.0, 0, 99, "how much contact is sought under the attachment wish")
_state("seek_rank", "κ₂", 1.0, 0, 99, "how much contact is sought under the social-rank wish")
_state("seek_autonomy", "κ₃", 1.0, 0, 99, "how much contact is sought under the autonomy wish")
_state("seek_group", "κ₄", 1.0, 0, 99, "how much contact is sought under the group-inclusion wish")

# Metacognition as it works now
MONITORING_NOW = _state("monitoring_now", "m₁", 0.5, 0, 1, "monitoring available now")
DIFFERENTIATION_NOW = _state("differentiation_now", "m₂", 0.5, 0, 1, "differentiation available now")
DECENTRING_NOW = _state("decentring_now", "m₃", 0.5, 0, 1, "decentring available now")
INTEGRATION_NOW = _state("integration_now", "m₄", 0.5, 0, 1, "integration available now")
MASTERY_NOW = _state("mastery_now", "m₅", 0.5, 0, 1, "mastery available now")

# Dysregulation and what is done about it
PAIN = _state("pain", "P", 0.0, 0, 1, "psychic pain, fragmentation: the black hole")
DISSOCIATION = _state("dissociation", "Z", 0.0, 0, 1, "dissociation: incoming emotional information is reduced")
RUMINATION = _state("rumination", "U", 0.05, 0, 1, "perseverative thinking")
AFTERMATH = _state("aftermath", "F", 0.0, 0, 50, "delayed cost of maladaptive coping, still to come")
REFRACTORY = _state("refractory", "f", 0.0, 0, 1, "how recently the person soothed: 1 just now, 0 long ago")
COREGULATION = _state("coregulation", "g", 0.0, 0, 1, "calm lent by another mind in contact now")
EMPTINESS = _state("emptiness", "E", 0.1, 0, 1, "chronic emptiness")
CONNECTION = _state("connection", "K", 0.5, 0, 1, "sense of being connected, built up slowly")
CRISIS = _state("suicidal_crisis", "C", 0.0, 0, 1, "suicidal crisis: a state of risk that calls for help")

# Felt reactions to others
OVERWHELMED = _state("overwhelmed", "φ₁", 0.0, 0, 1, "feels overwhelmed by others")
CRITICISED = _state("criticised", "φ₂", 0.0, 0, 1, "feels criticised by others")
CONFUSED = _state("confused", "φ₃", 0.0, 0, 1, "feels confused by others")
WORRIED = _state("worried", "φ₄", 0.0, 0, 1, "feels worried about others")

# What a life event of the case brings, until the person takes it in at the next tick
DUE_REJECTION = _state("due_rejection", "ρ̇", 0.0, 0, 50, "rejection in a life event not yet taken in")
DUE_ACCEPTANCE = _state("due_acceptance", "α̇", 0.0, 0, 50, "acceptance in a life event not yet taken in")

# Circumstance and read-outs
CIRCUMSTANCE = _state(
    "circumstance", "Λ", 0.0, -4, 4, "how life goes at large, in standard deviations: a good or a bad phase"
)
COMMITTED = _state("committed", "C_r", 0.0, 0, 1, "bond to the partner with whom the person is together, 0 without one")
BUSY = _state("busy", "β", 0.0, 0, 1, "1 while unavailable to others for reasons of one's own")
DYSREGULATION = _state("dysregulation", "y", 0.0, 0, 1, "dysregulation over the last hours (read-out)")
EPISODE = _state("in_episode", "e", 0.0, 0, 1, "1 during an episode of dysregulation (read-out with hysteresis)")
SELF_STATE = _state("self_state", "s", 0.0, 0, 5, "self-state label (read-out with hysteresis)", "code")

SELF_STATES = ("regulated", "angry", "unworthy", "fragmented", "detached", "soothing")
"""Names of the codes of ``self_state``."""


# What reached the person through ties and life during the tick; emptied every tick
def _inbox(name: str, high: float, meaning: str) -> int:
    return PERSON.declare("inbox", name, "–", 0.0, -high, high, "1", meaning)


IN_REJECTION = _inbox("in_rejection", 99, "rejection felt this tick")
IN_ACCEPTANCE = _inbox("in_acceptance", 99, "acceptance felt this tick")
IN_MOMENT = _inbox("in_moment", 99, "when in the tick things happened: the share of it that was still to come")
IN_AROUSAL = _inbox("in_arousal", 99, "arousal caught from others this tick")
IN_ANGER = _inbox("in_anger", 99, "anger caught from others this tick")
IN_SADNESS = _inbox("in_sadness", 99, "sadness caught from others this tick, and about others who are missed")
IN_JOY = _inbox("in_joy", 99, "joy caught from others this tick")
IN_OVERWHELM = _inbox("in_overwhelm", 99, "overwhelm felt this tick")
IN_CRITICISM = _inbox("in_criticism", 99, "criticism felt this tick")
IN_CONFUSION = _inbox("in_confusion", 99, "confusion felt this tick")
IN_WORRY = _inbox("in_worry", 99, "worry felt this tick")
IN_CALM = _inbox("in_calm", 99, "calm lent by another mind this tick")
IN_STRESS = _inbox("in_stress", 99, "stressful moments from the rest of life this tick")
CRAVED = _inbox(
    "craved", 99, "1 + index of the strategy the person felt like this tick, before barrier and foresight, 0 if none"
)
COPED = _inbox("coped", 99, "1 + index of the strategy used to soothe this tick, 0 if none")

# Slow quantities that start from a value of the case
EVIDENCE = "pseudo-observations"
NEGATIVE_EVIDENCE = PERSON.declare(
    "start", "negative_evidence_attachment", "N₁", 12.0, 0.01, 1000, EVIDENCE,
    "evidence for the negative self-image under the attachment wish")  # fmt: skip
for _w, _wish in enumerate(WISHES[1:], 2):
    PERSON.declare(
        "start", f"negative_evidence_{_wish}", f"N{'₁₂₃₄'[_w - 1]}", 12.0, 0.01, 1000, EVIDENCE,
        f"evidence for the negative self-image under the {_wish} wish")  # fmt: skip
BENEVOLENT_EVIDENCE = PERSON.declare(
    "start", "benevolent_evidence_attachment", "B₁", 48.0, 0.01, 1000, EVIDENCE,
    "evidence for the benevolent self-image under the attachment wish")  # fmt: skip
for _w, _wish in enumerate(WISHES[1:], 2):
    PERSON.declare(
        "start", f"benevolent_evidence_{_wish}", f"B{'₁₂₃₄'[_w - 1]}", 48.0, 0.01, 1000, EVIDENCE,
        f"evidence for the benevolent self-image under the {_wish} wish")  # fmt: skip

PERSONAL_STRATEGIES = (
    "rumination", "binge_eating", "alcohol", "self_harm", "dissociation",
    "bodily_regulation", "pleasant_activity", "reappraisal",
)  # fmt: skip
"""What a person can do alone about pain."""
ACTS = (
    "warm_contact", "ordinary_contact", "calm_request", "relational_test", "clinging", "seduction",
    "angry_demand", "attack", "withdrawal",
)  # fmt: skip
"""What a person can do in contact; from ``calm_request`` on these are the interpersonal strategies."""
FIRST_STRATEGY_ACT = 2


def _habit(strategy: str, default: float) -> int:
    return PERSON.declare(
        "start", f"habit_{strategy}", f"h({strategy})", default, 0, 1, "1", f"habit strength of {strategy}"
    )


HABIT = _habit("rumination", 0.2)
_habit("binge_eating", 0.05)
_habit("alcohol", 0.1)
_habit("self_harm", 0.0)
_habit("dissociation", 0.02)
_habit("bodily_regulation", 0.4)
_habit("pleasant_activity", 0.5)
_habit("reappraisal", 0.4)
ACT_HABIT = _habit("calm_request", 0.4)
_habit("relational_test", 0.05)
_habit("clinging", 0.1)
_habit("seduction", 0.05)
_habit("angry_demand", 0.1)
_habit("attack", 0.03)
_habit("withdrawal", 0.15)

# The face: all that an encounter reads of a person
F_BUSY = face("busy")
F_AROUSAL = face("arousal")
F_ANGER = face("anger")
F_SADNESS = face("sadness")
F_JOY = face("joy")
F_PULL = face("pull")
F_PRIOR = face("prior_weight")
F_GLOOM = face("gloom")
F_DECENTRING = face("decentring")
F_WARMTH = face("warmth")
F_TOLERANCE = face("tolerance")
F_TEMPERATURE = face("temperature")
F_COMMITTED = face("committed")
F_ACT = face("act_warm_contact")
for _act in ACTS[1:]:
    face(f"act_{_act}")
FACE_SIZE = 24
"""Numbers per face: padded to whole cache lines."""
