"""The phases of a tick within one person: life, wishes, feelings, arousal, metacognition, self, pain."""

from __future__ import annotations

from typing import Any

from simulation.theory import constants as c
from simulation.theory import states as s
from simulation.theory import traits as r
from simulation.theory.arousal import (
    arousal_impulse,
    emotional_drive,
    recovery,
    trauma_reactivation,
)
from simulation.theory.emotion import (
    anger_impulse,
    anxiety_target,
    brooded_feeling,
    deserving,
    driven_out,
    fading_rate,
    joy_fading,
    joy_left,
    lasting_shame,
    loneliness,
    sadness_impulse,
    shame_impulse,
)
from simulation.theory.encounter import busy_next, in_phase, wish_between_meetings
from simulation.theory.fragmentation import (
    crisis_drive,
    dissociation_target,
    emptiness_target,
    pain_drive,
    rumination_drive,
)
from simulation.theory.layout import LANES
from simulation.theory.metacognition import function_now, within_window
from simulation.theory.numerics import (
    chance,
    clip,
    kept,
    logistic,
    mechanism,
    pushed,
    stirred,
    toward,
    wobble,
)
from simulation.theory.schema import benevolent_self_target, negative_self_target, negative_share

Page = Any
"""One page: a float64 array, or a list of floats in plain-Python mode."""


@mechanism
def clear_inbox(p: Page, o: int) -> None:
    """Empty what arrived in the last tick; what a life event of the case brought is taken in now."""
    p[o + s.IN_REJECTION] = p[o + s.DUE_REJECTION]
    p[o + s.IN_ACCEPTANCE] = p[o + s.DUE_ACCEPTANCE]
    p[o + s.DUE_REJECTION] = 0.0
    p[o + s.DUE_ACCEPTANCE] = 0.0
    p[o + s.IN_MOMENT] = p[o + s.IN_REJECTION] + p[o + s.IN_ACCEPTANCE]  # it came before the tick
    p[o + s.IN_AROUSAL] = 0.0
    p[o + s.IN_ANGER] = 0.0
    p[o + s.IN_SADNESS] = 0.0
    p[o + s.IN_JOY] = 0.0
    p[o + s.IN_OVERWHELM] = 0.0
    p[o + s.IN_CRITICISM] = 0.0
    p[o + s.IN_CONFUSION] = 0.0
    p[o + s.IN_WORRY] = 0.0
    p[o + s.IN_CALM] = 0.0
    p[o + s.IN_STRESS] = 0.0
    p[o + s.COMMITTED] = 0.0  # seen anew from the ties
    p[o + s.CRAVED] = 0.0
    p[o + s.COPED] = 0.0


@mechanism
def weather_life(
    p: Page, o: int, k: Page, dt: float, luck_busy: float, luck_stress: float, luck_uplift: float, luck_mood: float,
    luck_mood_2: float, luck_phase: float, luck_phase_2: float,
) -> None:  # fmt: skip
    """M1, M7. Phases of life, busy spells, stressful and good moments; joy, connection, felt reactions to others."""
    p[o + s.BUSY] = busy_next(p[o + s.BUSY], p[o + r.BUSY_SHARE], k[o + c.BUSY_TURNOVER], dt, luck_busy)
    phase = p[o + s.CIRCUMSTANCE] * kept(k[o + c.LIFE_PHASE_RATE], dt)
    phase += wobble(1.0, luck_phase, luck_phase_2, k[o + c.LIFE_PHASE_RATE], dt)
    p[o + s.CIRCUMSTANCE] = clip(phase, -4.0, 4.0)
    stress_rate = in_phase(p[o + r.STRESS_RATE], phase, -k[o + c.LIFE_PHASE])
    uplift_rate = in_phase(p[o + r.UPLIFT_RATE], phase, k[o + c.LIFE_PHASE])
    # when one happens, it stands for all such moments of the tick: the mean number is exact for any dt
    odds_of_stress = chance(stress_rate, dt)
    stress = stress_rate * dt / (odds_of_stress + 1e-12) if luck_stress < odds_of_stress else 0.0
    odds = chance(uplift_rate, dt)
    uplift = uplift_rate * dt / (odds + 1e-12) if luck_uplift < odds else 0.0

    p[o + s.IN_STRESS] = stress
    # all that happened in the tick is taken to have happened at one moment: the mean, by weight
    weight = p[o + s.IN_REJECTION] + p[o + s.IN_ACCEPTANCE] + stress + uplift
    moment = stress * luck_stress / (odds_of_stress + 1e-12) + uplift * luck_uplift / (odds + 1e-12)
    moment = (p[o + s.IN_MOMENT] + moment) / weight if weight > 0.0 else 0.5
    p[o + s.IN_MOMENT] = moment
    since = moment * dt
    joy = k[o + c.JOY_UPLIFT] * uplift + k[o + c.JOY_GAIN] * p[o + s.IN_ACCEPTANCE]
    integration = p[o + s.INTEGRATION_NOW]
    split = k[o + c.FEELINGS_SPLIT]
    rate = joy_fading(k[o + c.JOY_RATE], p[o + s.NEGATIVE_SELF], k[o + c.JOY_DENIED])
    rate *= driven_out(max(p[o + s.ANGER], p[o + s.SHAME], p[o + s.SADNESS]), integration, split)
    quenched = k[o + c.JOY_QUENCHED] * driven_out(1.0, integration, split)
    left = joy_left(p[o + s.JOY], p[o + s.IN_REJECTION], stress, quenched)
    noise = k[o + c.JOY_NOISE] * wobble(p[o + r.AFFECT_NOISE], luck_mood, luck_mood_2, rate, dt)
    # folded back at 0: cutting off would leave less joy the coarser the tick
    noise += p[o + s.IN_JOY] * kept(rate, since)
    p[o + s.JOY] = min(abs(stirred(left, k[o + c.JOY_HOME], joy, rate, 0.0, dt, since) + noise), 1.0)
    met = k[o + c.CONNECTION_GAIN] * p[o + s.IN_ACCEPTANCE]
    p[o + s.CONNECTION] = pushed(p[o + s.CONNECTION], met, k[o + c.CONNECTION_RATE], dt, since)

    rate = k[o + c.FELT_RATE]
    p[o + s.OVERWHELMED] = pushed(p[o + s.OVERWHELMED], p[o + s.IN_OVERWHELM], rate, dt, since)
    p[o + s.CRITICISED] = pushed(p[o + s.CRITICISED], p[o + s.IN_CRITICISM], rate, dt, since)
    p[o + s.CONFUSED] = pushed(p[o + s.CONFUSED], p[o + s.IN_CONFUSION], rate, dt, since)
    p[o + s.WORRIED] = pushed(p[o + s.WORRIED], p[o + s.IN_WORRY], rate, dt, since)


@mechanism
def long_for(p: Page, o: int, k: Page, dt: float) -> None:
    """M2. Wishes recover between meetings."""
    recover = k[o + c.NEED_RECOVERY]
    for w in range(4):
        row = o + w * LANES
        p[row + s.NEED] = wish_between_meetings(p[row + s.NEED], p[row + r.WISH_STRENGTH], recover, dt)


@mechanism
def active_negative_share(p: Page, o: int) -> float:
    """Strength of the negative self-image under the wishes that are active now (their weighted mean)."""
    weight = 1e-9
    total = 0.0
    for w in range(4):
        row = o + w * LANES
        wish = p[row + r.WISH_STRENGTH] * (0.2 + p[row + s.NEED])
        weight += wish
        total += wish * negative_share(p[row + s.NEGATIVE_EVIDENCE], p[row + s.BENEVOLENT_EVIDENCE])
    return total / weight


@mechanism
def compete(p: Page, o: int, k: Page, share: float, days: float) -> None:
    """M5. The two self-images move for some days, given the rejection and acceptance felt of late.

    ``share`` is the strength of the negative self-image under the active wishes (``active_negative_share``).
    """
    rejection = p[o + s.REJECTION_TRACE]
    acceptance = p[o + s.ACCEPTANCE_TRACE]
    negative = negative_self_target(
        share, rejection, acceptance, p[o + s.RUMINATION], p[o + s.DIFFERENTIATION_NOW],
        k[o + c.NEGATIVE_REST], k[o + c.NEGATIVE_BY_REJECTION], k[o + c.NEGATIVE_BY_ACCEPTANCE],
        k[o + c.G_RUMINATION] * k[o + c.NEGATIVE_BY_RUMINATION], k[o + c.NEGATIVE_BY_DIFFERENTIATION],
        k[o + c.G_SCHEMA],
    )  # fmt: skip
    benevolent = benevolent_self_target(
        share, rejection, acceptance,
        k[o + c.BENEVOLENT_REST], k[o + c.BENEVOLENT_BY_REJECTION], k[o + c.BENEVOLENT_BY_ACCEPTANCE],
    )  # fmt: skip
    p[o + s.NEGATIVE_SELF] = toward(
        p[o + s.NEGATIVE_SELF], min(k[o + c.G_SCHEMA] * negative, 1.0), k[o + c.NEGATIVE_RATE], days
    )
    p[o + s.BENEVOLENT_SELF] = toward(p[o + s.BENEVOLENT_SELF], benevolent, k[o + c.BENEVOLENT_RATE], days)


@mechanism
def see_oneself(p: Page, o: int, k: Page, dt: float) -> None:
    """M5. The negative and the benevolent self-image compete for the working self."""
    since = p[o + s.IN_MOMENT] * dt
    fade = kept(k[o + c.TRACE_RATE], dt)
    arrive = kept(k[o + c.TRACE_RATE], since)
    share = active_negative_share(p, o)
    compete(p, o, k, share, dt - since)
    p[o + s.REJECTION_TRACE] = p[o + s.REJECTION_TRACE] * fade + p[o + s.IN_REJECTION] * arrive
    p[o + s.ACCEPTANCE_TRACE] = p[o + s.ACCEPTANCE_TRACE] * fade + p[o + s.IN_ACCEPTANCE] * arrive
    compete(p, o, k, share, since)


@mechanism
def feel(p: Page, o: int, k: Page, dt: float) -> None:
    """M6, M12. Emotions fade, more slowly under rumination, and are called up by what happened."""
    gain = k[o + c.G_EMOTION]
    negative = p[o + s.NEGATIVE_SELF]
    rejection = p[o + s.IN_REJECTION]
    feed = k[o + c.RUMINATION_FEED] * k[o + c.G_RUMINATION]
    rumination = p[o + s.RUMINATION]
    mastery = p[o + s.MASTERY_NOW]
    by_mastery = k[o + c.FADING_MASTERY]
    brooding = k[o + c.BROODING] * k[o + c.G_RUMINATION]
    deserves = deserving(p[o + s.BENEVOLENT_SELF], negative)
    need = max(p[o + s.NEED], p[o + s.NEED + 3 * LANES])
    since = p[o + s.IN_MOMENT] * dt

    gives_way = driven_out(p[o + s.JOY], p[o + s.INTEGRATION_NOW], k[o + c.FEELINGS_SPLIT])

    rate = gives_way * fading_rate(k[o + c.ANGER_RATE], rumination, mastery, feed, by_mastery)
    impulse = anger_impulse(
        rejection, p[o + s.IN_CRITICISM], deserves, p[o + s.DECENTRING_NOW],
        k[o + c.ANGER_GAIN], k[o + c.CRITICISM_ANGER], k[o + c.ANGER_EXCUSED],
    )  # fmt: skip
    impulse += k[o + c.STRESS_ANGER] * p[o + s.IN_STRESS]
    # angry brooding needs something to be angry about: it keeps up what is there
    ongoing = gain * brooded_feeling(rumination, deserves * p[o + s.ANGER], brooding)
    anger = stirred(p[o + s.ANGER], 0.0, gain * impulse, rate, ongoing, dt, since)
    p[o + s.ANGER] = clip(anger + p[o + s.IN_ANGER] * kept(rate, since), 0.0, 1.0)

    rate = gives_way * fading_rate(k[o + c.SHAME_RATE], rumination, mastery, feed, by_mastery)
    arriving = p[o + s.AFTERMATH] * (1.0 - kept(k[o + c.AFTERMATH_RATE], dt))
    impulse = gain * shame_impulse(rejection, negative, k[o + c.SHAME_GAIN]) + k[o + c.G_AFTERMATH] * arriving
    share = active_negative_share(p, o)
    lasting = k[o + c.SHAME_DRIVE] * lasting_shame(share, p[o + s.DIFFERENTIATION_NOW])
    ongoing = gain * (lasting + brooded_feeling(rumination, negative, brooding))
    p[o + s.SHAME] = stirred(p[o + s.SHAME], 0.0, impulse, rate, ongoing, dt, since)

    rate = gives_way * fading_rate(k[o + c.SADNESS_RATE], rumination, mastery, feed, by_mastery)
    impulse = sadness_impulse(rejection, negative, k[o + c.SADNESS_GAIN])
    alone = loneliness(need, share, p[o + s.CONNECTION])
    ongoing = k[o + c.SADNESS_DRIVE] * alone + brooded_feeling(rumination, negative, brooding)
    sadness = stirred(p[o + s.SADNESS], 0.0, gain * impulse, rate, gain * ongoing, dt, since)
    p[o + s.SADNESS] = clip(sadness + p[o + s.IN_SADNESS] * kept(rate, since), 0.0, 1.0)

    target = anxiety_target(need, negative, p[o + r.REJECTION_SENSITIVITY], gain * k[o + c.ANXIETY_GAIN])
    p[o + s.ANXIETY] = toward(p[o + s.ANXIETY], target, k[o + c.ANXIETY_RATE], dt)


@mechanism
def arouse(p: Page, o: int, k: Page, dt: float, luck_noise: float, luck_noise_2: float) -> None:
    """M7, M8. Arousal returns to its home base, is moved by feelings, events, memory and chance."""
    rate = recovery(
        p[o + r.RECOVERY_RATE], k[o + c.G_RUMINATION] * p[o + s.RUMINATION], p[o + s.MASTERY_NOW],
        p[o + s.COREGULATION],
        k[o + c.RECOVERY_RUMINATION], k[o + c.RECOVERY_MASTERY], k[o + c.RECOVERY_CALM],
    )  # fmt: skip
    gain = k[o + c.G_AROUSAL]
    memory = trauma_reactivation(
        p[o + r.TRAUMA], p[o + s.NEGATIVE_SELF], p[o + s.IN_REJECTION], k[o + c.G_TRAUMA] * k[o + c.TRAUMA_GAIN]
    )
    impulse = gain * arousal_impulse(
        p[o + s.IN_REJECTION], p[o + s.IN_STRESS], p[o + r.REACTIVITY], k[o + c.AROUSAL_HURT], k[o + c.AROUSAL_STRESS],
        memory,
    )  # fmt: skip
    feelings = emotional_drive(p[o + s.ANGER], p[o + s.ANXIETY], p[o + s.SHAME], p[o + s.PAIN])
    ongoing = gain * k[o + c.AROUSAL_EMOTION] * feelings
    since = p[o + s.IN_MOMENT] * dt
    arousal = stirred(p[o + s.AROUSAL], p[o + r.HOME_BASE], impulse, rate, ongoing, dt, since)
    spread = wobble(p[o + r.AFFECT_NOISE], luck_noise, luck_noise_2, rate, dt)
    p[o + s.AROUSAL] = clip(arousal + p[o + s.IN_AROUSAL] * kept(rate, since) + spread, 0.0, 1.0)
    p[o + s.COREGULATION] = pushed(p[o + s.COREGULATION], p[o + s.IN_CALM], k[o + c.CALM_RATE], dt, since)


@mechanism
def reflect(p: Page, o: int, k: Page) -> None:
    """M9. Metacognition as it works now."""
    left = within_window(
        p[o + s.AROUSAL], p[o + r.WINDOW], k[o + c.COLLAPSE_SLOPE], p[o + s.COREGULATION], k[o + c.G_COLLAPSE]
    )
    p[o + s.MONITORING_NOW] = function_now(p[o + r.MONITORING], left)
    p[o + s.DIFFERENTIATION_NOW] = function_now(p[o + r.DIFFERENTIATION], left)
    p[o + s.DECENTRING_NOW] = function_now(p[o + r.DECENTRING], left)
    p[o + s.INTEGRATION_NOW] = function_now(p[o + r.INTEGRATION], left)
    p[o + s.MASTERY_NOW] = function_now(p[o + r.MASTERY], left)


@mechanism
def hold_together(p: Page, o: int, k: Page, dt: float) -> None:
    """M10, M11, M12, M24. Pain, dissociation, rumination, emptiness, crisis, over some time ``dt``."""
    overload = logistic(
        k[o + c.PAIN_OVERLOAD_SLOPE] * (p[o + s.AROUSAL] - p[o + r.WINDOW] - k[o + c.PAIN_OVERLOAD_SHIFT])
    )
    drive = k[o + c.G_PAIN] * pain_drive(
        p[o + s.NEGATIVE_SELF], p[o + s.BENEVOLENT_SELF], p[o + s.SHAME], p[o + s.INTEGRATION_NOW], overload,
        k[o + c.PAIN_SELF], k[o + c.PAIN_SPLIT],
    )  # fmt: skip
    rate = k[o + c.PAIN_RATE]
    pain = toward(p[o + s.PAIN], drive / (drive + rate), drive + rate, dt)
    p[o + s.PAIN] = pain
    target = k[o + c.G_DISSOCIATION] * dissociation_target(
        pain, p[o + s.DISSOCIATION], k[o + c.DISSOCIATION_THRESHOLD], k[o + c.DISSOCIATION_SLOPE],
        k[o + c.DISSOCIATION_HYSTERESIS],
    )  # fmt: skip
    p[o + s.DISSOCIATION] = toward(p[o + s.DISSOCIATION], min(target, 1.0), k[o + c.DISSOCIATION_RATE], dt)
    drive = k[o + c.G_RUMINATION] * k[o + c.RUMINATION_GAIN] * rumination_drive(
        p[o + s.SHAME], p[o + s.SADNESS], p[o + s.ANGER], p[o + r.RUMINATION_TENDENCY], p[o + s.HABIT],
        p[o + s.MONITORING_NOW], k[o + c.RUMINATION_MONITORING],
    )  # fmt: skip
    rate = k[o + c.RUMINATION_RATE]
    p[o + s.RUMINATION] = toward(p[o + s.RUMINATION], drive / (drive + rate), drive + rate, dt)

    target = emptiness_target(p[o + s.BENEVOLENT_SELF], p[o + s.JOY], p[o + s.CONNECTION])
    p[o + s.EMPTINESS] = toward(p[o + s.EMPTINESS], target, k[o + c.EMPTINESS_RATE], dt)
    drive = k[o + c.CRISIS_GAIN] * crisis_drive(pain, p[o + s.EMPTINESS], p[o + s.CONNECTION])
    rate = k[o + c.CRISIS_RATE]
    p[o + s.CRISIS] = toward(p[o + s.CRISIS], drive / (drive + rate), drive + rate, dt)
