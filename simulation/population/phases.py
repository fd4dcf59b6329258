"""The phases of one person's tick, one person at a time: what a Mesa agent runs, and what a modeller may replace.

``live_page`` in ``loop.py`` runs the same functions of the theory in the same order over a page of people.
"""

from __future__ import annotations

from simulation.population.loop import (
    act_on_urge,
    feel_urge,
    meet_on_tie,
    news_of_tie,
    publish,
    take_in_tie,
    tell_other,
)
from simulation.population.world import World
from simulation.randomness import INNER, LIFE, MOOD, draw
from simulation.theory import life
from simulation.theory import states as s
from simulation.theory.layout import LANES
from simulation.theory.numerics import mechanism


@mechanism
def meet(w: World, person: int, tick: int, dt: float) -> None:
    """M1, M3, M4, M13, M16-M18, M23. The person meets whom they meet."""
    page = person // LANES
    news = w.news[tick & 1]
    for tie in range(w.tie_start[person], w.tie_stop[person]):
        if news[tie // LANES][tie % LANES] and tell_other(w, tie // LANES, tie % LANES, tick) & 1:
            meet_on_tie(w, tie // LANES, tie % LANES, page, tick, dt)


@mechanism
def take_in(w: World, person: int, tick: int, dt: float) -> None:
    """M2, M4, M18-M20. What happened with others sinks in."""
    page = person // LANES
    o = person % LANES
    life.clear_inbox(w.persons[page], o)
    life.long_for(w.persons[page], o, w.constants[w.person_constants[page]], 0.5 * dt)
    for tie in range(w.tie_start[person], w.tie_stop[person]):
        take_in_tie(w, tie // LANES, tie % LANES, page, tick, dt)


@mechanism
def weather_life(w: World, person: int, tick: int, dt: float) -> None:
    """M1, M7. Busy spells, stress and good moments from the rest of life."""
    page = person // LANES
    o = person % LANES
    luck_busy, luck_stress, luck_uplift, _ = draw(w.person_key[page][o], LIFE, tick, 0)
    luck_mood, luck_mood_2, luck_phase, luck_phase_2 = draw(w.person_key[page][o], MOOD, tick, 0)
    k = w.constants[w.person_constants[page]]
    life.weather_life(
        w.persons[page], o, k, dt, luck_busy, luck_stress, luck_uplift, luck_mood, luck_mood_2, luck_phase, luck_phase_2
    )


@mechanism
def long_for(w: World, person: int, tick: int, dt: float) -> None:
    """M2. Wishes recover between meetings."""
    page = person // LANES
    life.long_for(w.persons[page], person % LANES, w.constants[w.person_constants[page]], 0.5 * dt)


@mechanism
def feel(w: World, person: int, tick: int, dt: float) -> None:
    """M6, M12. Emotions."""
    page = person // LANES
    life.feel(w.persons[page], person % LANES, w.constants[w.person_constants[page]], dt)


@mechanism
def arouse(w: World, person: int, tick: int, dt: float) -> None:
    """M7, M8, M19. Arousal."""
    page = person // LANES
    o = person % LANES
    _, _, luck_noise, luck_noise_2 = draw(w.person_key[page][o], INNER, tick, 0)
    life.arouse(w.persons[page], o, w.constants[w.person_constants[page]], dt, luck_noise, luck_noise_2)


@mechanism
def reflect(w: World, person: int, tick: int, dt: float) -> None:
    """M9. Metacognition as it works now."""
    page = person // LANES
    life.reflect(w.persons[page], person % LANES, w.constants[w.person_constants[page]])


@mechanism
def see_oneself(w: World, person: int, tick: int, dt: float) -> None:
    """M5. Schema competition."""
    page = person // LANES
    life.see_oneself(w.persons[page], person % LANES, w.constants[w.person_constants[page]], dt)


@mechanism
def hold_together(w: World, person: int, tick: int, dt: float) -> None:
    """M10-M12, M24. Pain, dissociation, rumination, crisis: half a tick, before and after soothing."""
    page = person // LANES
    life.hold_together(w.persons[page], person % LANES, w.constants[w.person_constants[page]], 0.5 * dt)


@mechanism
def soothe(w: World, person: int, tick: int, dt: float) -> None:
    """M13-M15. Choice of a strategy, relief, cost, habit."""
    page = person // LANES
    o = person % LANES
    p = w.persons[page]
    k = w.constants[w.person_constants[page]]
    key = w.person_key[page][o]
    feel_urge(p, o, k, key, tick, dt)
    act_on_urge(p, o, k, key, tick)


@mechanism
def learn_slowly(w: World, person: int, tick: int, dt: float) -> None:
    """M14, M15, M20, M21. What time does to evidence and habits."""
    page = person // LANES
    life.learn_slowly(w.persons[page], person % LANES, w.constants[w.person_constants[page]], dt)


@mechanism
def name_state(w: World, person: int, tick: int, dt: float) -> None:
    """M22. Read-outs."""
    page = person // LANES
    life.name_state(w.persons[page], person % LANES, w.constants[w.person_constants[page]], dt)


@mechanism
def show_face(w: World, person: int, tick: int, dt: float) -> None:
    """What others will meet in the next tick; time passes over the person's ties."""
    page = person // LANES
    o = person % LANES
    p = w.persons[page]
    publish(w, page, o)
    for tie in range(w.tie_start[person], w.tie_stop[person]):
        tie_page = tie // LANES
        a = tie % LANES
        t = w.ties[tie_page]
        k = w.constants[w.tie_constants[tie_page]]
        life.age_tie(t, a, k, a, dt)
        row = o + w.wish[tie_page][a] * LANES
        life.seek_other(t, a, k, a, p[row + s.SEEK], p[row + s.NEED], p[o + s.ANXIETY], p[o + s.COMMITTED])
        key = w.tie_key[tie_page][a]
        w.news[(tick + 1) & 1][tie_page][a] = news_of_tie(t, a, k, a, key, tick + 1, dt)


PHASES = (
    take_in, weather_life, long_for, feel, arouse, reflect, see_oneself, hold_together, soothe,
    hold_together, learn_slowly, name_state, show_face,
)  # fmt: skip
"""The phases of living, in order; ``meet`` comes first for everyone."""
