"""One person's tick, phase by phase, in order.

    between two people    seek_other        M1, M18  how much contact each seeks with the other now
    (tie_phases.py)       turn_of_tie, agreed  M1, M18  do they meet; does the tie break, mend, begin, turn into love
                          turn_tie, age_tie, be_together  M18  the tie itself
    (between.py)          exchange          M3, M4, M13, M16, M17, M23  act, felt reaction, reply, percepts
                          take_in           M2, M4, M18, M19, M20  one side of an encounter sinks in
    within one person     weather_life      M1, M7  busy spells, stress and good moments from the rest of life
    (within.py)           long_for          M2  wishes recover: half a tick before the meetings, half after
                          feel              M6, M12  emotion pattern
                          arouse            M7, M8, M19  arousal, trauma, contagion
                          reflect           M9  metacognition now
                          see_oneself       M5  schema competition, after the feelings that the old self had
                          hold_together     M10, M11, M12, M24  pain, dissociation, rumination, crisis: half a tick
                                            before soothing, half after
    (soothing.py)         soothe            M13, M14, M15  choice, relief, cost, habit
    (closing.py)          learn_slowly      M14, M15, M20, M21  aftermath, evidence, habits and metacognition in time
                          name_state        M22  read-outs
    (presence.py)         show_face         M1, M3, M9, M13  what others will meet in the next tick

Everyone first meets (reading only what was published at the end of the last tick), then everyone lives; so nothing
depends on the order of people. Every phase takes pages (``p`` person, ``k`` constants, ``t`` tie) and a lane; the same
function serves the compiled loop, one Mesa agent, and plain Python on lists.
"""

from __future__ import annotations

from simulation.theory.between import (
    ACT,
    ANSWERED,
    AROUSAL_OF_ACTOR,
    AROUSAL_OF_OTHER,
    CALM,
    CONFUSION,
    CRITICISM,
    HEARD,
    OVERWHELM,
    REACHED,
    RECORD_SIZE,
    REPLY,
    WORRY,
    exchange,
    expectation,
    take_in,
    take_in_act,
    take_in_reply,
)
from simulation.theory.closing import dysregulated_now, learn_slowly, name_state
from simulation.theory.presence import show_face
from simulation.theory.soothing import crave, soothe, utility_of, wants_to_soothe
from simulation.theory.tie_phases import (
    ACQUAINTANCE,
    LOVE,
    NO_TURN,
    RECONCILIATION,
    RUPTURE,
    age_tie,
    agreed,
    be_together,
    contacts_of_tie,
    miss_other,
    seek_other,
    turn_of_tie,
    turn_tie,
)
from simulation.theory.within import (
    active_negative_share,
    arouse,
    clear_inbox,
    feel,
    hold_together,
    long_for,
    reflect,
    see_oneself,
    weather_life,
)

__all__ = [
    "ACQUAINTANCE",
    "ACT",
    "ANSWERED",
    "AROUSAL_OF_ACTOR",
    "AROUSAL_OF_OTHER",
    "CALM",
    "CONFUSION",
    "CRITICISM",
    "HEARD",
    "LOVE",
    "NO_TURN",
    "OVERWHELM",
    "REACHED",
    "RECONCILIATION",
    "RECORD_SIZE",
    "REPLY",
    "RUPTURE",
    "WORRY",
    "active_negative_share",
    "age_tie",
    "agreed",
    "arouse",
    "be_together",
    "clear_inbox",
    "contacts_of_tie",
    "crave",
    "dysregulated_now",
    "exchange",
    "expectation",
    "feel",
    "hold_together",
    "learn_slowly",
    "long_for",
    "miss_other",
    "name_state",
    "reflect",
    "see_oneself",
    "seek_other",
    "show_face",
    "soothe",
    "take_in",
    "take_in_act",
    "take_in_reply",
    "turn_of_tie",
    "turn_tie",
    "utility_of",
    "wants_to_soothe",
    "weather_life",
]
