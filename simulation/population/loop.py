"""The tick over everyone: all meet, then all live, page by page.

Written once for three engines: compiled (numba), Mesa (one person at a time) and plain Python (on lists).
Two stages make a double buffer without copies: meeting reads only what people published (faces, ties) and writes
records; living reads records and writes only the person's own page, ties and face.
"""

from __future__ import annotations

from simulation.population.prefetch import fetch_ahead
from simulation.population.world import Array, World
from simulation.randomness import ENCOUNTER, INNER, LIFE, MEETING, MOOD, draw
from simulation.theory import states as s
from simulation.theory.layout import LANES
from simulation.theory.life import (
    age_tie,
    agreed,
    arouse,
    be_together,
    clear_inbox,
    contacts_of_tie,
    crave,
    exchange,
    feel,
    hold_together,
    learn_slowly,
    long_for,
    miss_other,
    name_state,
    reflect,
    see_oneself,
    seek_other,
    show_face,
    soothe,
    take_in_act,
    take_in_reply,
    turn_of_tie,
    turn_tie,
    wants_to_soothe,
    weather_life,
)
from simulation.theory.numerics import exp, mean_count_to_number, mechanism
from simulation.theory.tie_states import RUPTURED


@mechanism
def news_of_tie(t: Array, a: int, k: Array, o: int, key: int, tick: int, dt: float) -> int:
    """M1, M18. What one tie brings in a tick: 1 if there is contact, plus twice the code of its turn."""
    luck, luck_turn, _, _ = draw(key, MEETING, tick, 0)
    contact = 1 if luck > exp(-contacts_of_tie(t, a, dt)) else 0
    return contact + 2 * turn_of_tie(t, a, k, o, dt, luck_turn)


@mechanism
def tell_other(w: World, tie_page: int, a: int, tick: int) -> int:
    """Leave with the other's tie what this one brings, so that they need not look for it over all their ties.

    M18. A turn to which the other does not agree is taken back. Returns the news that are left.
    """
    news = w.news[tick & 1][tie_page][a]
    if news > 1:
        _, _, _, luck = draw(w.tie_key[tie_page][a], MEETING, tick, 0)
        if not agreed(w.ties[tie_page], a, news // 2, w.faces[w.other[tie_page][a]][s.F_COMMITTED], luck):
            news = news & 1
            w.news[tick & 1][tie_page][a] = news
    back = w.back[tie_page][a]
    w.their_news[back // LANES][back % LANES] = news
    return news


@mechanism
def meet_on_tie(w: World, tie_page: int, a: int, page: int, tick: int, dt: float) -> None:
    """M1. Carry out the encounters of a tie that has contact in this tick."""
    key = w.tie_key[tie_page][a]
    t = w.ties[tie_page]
    o = w.owner_lane[tie_page][a]
    other = w.other[tie_page][a]
    back = w.back[tie_page][a]
    luck, _, moment, _ = draw(key, MEETING, tick, 0)
    count = mean_count_to_number(contacts_of_tie(t, a, dt), luck)
    used = w.used[0]
    w.first[tie_page][a] = used
    w.number[tie_page][a] = count
    w.used[0] = used + count
    for e in range(count):
        if used + e < len(w.records):
            luck_act, luck_reply, luck_voice, luck_tone = draw(key, ENCOUNTER, tick, e)
            exchange(
                w.faces[page * LANES + o], t, a, w.constants[w.person_constants[page]], o,
                w.faces[other], w.ties[back // LANES], back % LANES,
                w.constants[w.person_constants[other // LANES]], other % LANES,
                w.records[used + e], luck_act, luck_reply, luck_voice, luck_tone,
                (moment + e * 0.618033988749895) % 1.0,
            )  # fmt: skip


@mechanism
def meet_page(w: World, page: int, tick: int, dt: float) -> None:
    """Stage one for one page of people: they meet whom they meet."""
    for tie_page in range(w.tie_from[page], w.tie_from[page + 1]):
        news = w.news[tick & 1][tie_page]
        for a in range(LANES):
            if news[a] and tell_other(w, tie_page, a, tick) & 1:
                meet_on_tie(w, tie_page, a, page, tick, dt)


@mechanism
def take_in_tie(w: World, tie_page: int, a: int, page: int, tick: int, dt: float) -> None:
    """What came over one tie in this tick, from either side, and how the tie turned."""
    own = w.news[tick & 1][tie_page][a]
    theirs = w.their_news[tie_page][a]
    t = w.ties[tie_page]
    if own or theirs or t[a + RUPTURED] > 0.5:
        o = w.owner_lane[tie_page][a]
        p = w.persons[page]
        k = w.constants[w.person_constants[page]]
        wish = w.wish[tie_page][a]
        if t[a + RUPTURED] > 0.5:
            luck, _, _, _ = draw(w.tie_key[tie_page][a], MEETING, tick, 1)
            miss_other(p, o, k, t, a, wish, dt, luck)
    if own or theirs:
        w.their_news[tie_page][a] = 0
        back = w.back[tie_page][a]
        if own & 1:
            start = w.first[tie_page][a]
            for e in range(w.number[tie_page][a]):
                take_in_reply(p, o, k, t, a, wish, w.records[start + e], dt)
        if theirs & 1:
            start = w.first[back // LANES][back % LANES]
            for e in range(w.number[back // LANES][back % LANES]):
                take_in_act(p, o, k, t, a, wish, w.records[start + e], dt)
        turn_tie(p, o, k, t, a, own // 2, theirs // 2)
    be_together(w.persons[page], w.owner_lane[tie_page][a], t, a)


@mechanism
def feel_urge(p: Array, o: int, k: Array, key: int, tick: int, dt: float) -> None:
    """M13. Whether the urge to soothe is strong enough in this tick; noted in ``coped`` until it is acted on."""
    luck, _, _, _ = draw(key, INNER, tick, 0)
    p[o + s.COPED] = 1.0 if wants_to_soothe(p, o, k, dt, luck) else 0.0


@mechanism
def act_on_urge(p: Array, o: int, k: Array, key: int, tick: int) -> None:
    """M13–M15. The person soothes, if the urge was strong enough."""
    if p[o + s.COPED] > 0.5:
        _, luck, _, _ = draw(key, INNER, tick, 0)
        luck_craved, _, _, _ = draw(key, INNER, tick, 1)
        crave(p, o, k, luck_craved)
        soothe(p, o, k, luck)


@mechanism
def publish(w: World, page: int, o: int) -> None:
    """What others will meet in the next tick."""
    show_face(w.persons[page], o, w.constants[w.person_constants[page]], w.faces[page * LANES + o])


@mechanism
def settle_news(w: World, page: int, tick: int, dt: float) -> None:
    """M1, M18. Settle what the ties of a page of people bring in a coming tick."""
    p = w.persons[page]
    for tie_page in range(w.tie_from[page], w.tie_from[page + 1]):
        t = w.ties[tie_page]
        k = w.constants[w.tie_constants[tie_page]]
        key = w.tie_key[tie_page]
        lane = w.owner_lane[tie_page]
        wish = w.wish[tie_page]
        news = w.news[tick & 1][tie_page]
        for a in range(LANES):  # apart from the next loop, which then needs nothing but the tie page
            row = lane[a] + wish[a] * LANES
            own = lane[a]
            seek_other(t, a, k, a, p[row + s.SEEK], p[row + s.NEED], p[own + s.ANXIETY], p[own + s.COMMITTED])
        for a in range(LANES):
            news[a] = news_of_tie(t, a, k, a, key[a], tick, dt)


@mechanism
def live_page(w: World, page: int, tick: int, dt: float) -> None:
    """Stage two for one page of people: what happened sinks in, and each lives on."""
    p = w.persons[page]
    k = w.constants[w.person_constants[page]]
    key = w.person_key[page]
    for o in range(LANES):
        clear_inbox(p, o)
        long_for(p, o, k, 0.5 * dt)  # half before and half after the meetings: second order in dt
    for tie_page in range(w.tie_from[page], w.tie_from[page + 1]):
        for a in range(LANES):
            take_in_tie(w, tie_page, a, page, tick, dt)
    fetch_ahead(w, page, 0)
    for o in range(LANES):
        luck_busy, luck_stress, luck_uplift, _ = draw(key[o], LIFE, tick, 0)
        luck_mood, luck_mood_2, luck_phase, luck_phase_2 = draw(key[o], MOOD, tick, 0)
        weather_life(p, o, k, dt, luck_busy, luck_stress, luck_uplift, luck_mood, luck_mood_2, luck_phase, luck_phase_2)
    for o in range(LANES):
        long_for(p, o, k, 0.5 * dt)
    fetch_ahead(w, page, 1)
    for o in range(LANES):
        feel(p, o, k, dt)
    for o in range(LANES):
        _, _, luck_noise, luck_noise_2 = draw(key[o], INNER, tick, 0)
        arouse(p, o, k, dt, luck_noise, luck_noise_2)
    fetch_ahead(w, page, 2)
    for o in range(LANES):
        reflect(p, o, k)
    for o in range(LANES):
        see_oneself(p, o, k, dt)
    fetch_ahead(w, page, 3)
    for o in range(LANES):
        hold_together(p, o, k, 0.5 * dt)  # half before and half after soothing
    for o in range(LANES):
        feel_urge(p, o, k, key[o], tick, dt)
    fetch_ahead(w, page, 4)
    for o in range(LANES):
        act_on_urge(p, o, k, key[o], tick)
    for o in range(LANES):
        hold_together(p, o, k, 0.5 * dt)
    fetch_ahead(w, page, 5)
    for o in range(LANES):
        learn_slowly(p, o, k, dt)
    for o in range(LANES):
        name_state(p, o, k, dt)
    for o in range(LANES):
        publish(w, page, o)
    for tie_page in range(w.tie_from[page], w.tie_from[page + 1]):
        t = w.ties[tie_page]
        kt = w.constants[w.tie_constants[tie_page]]
        for a in range(LANES):
            age_tie(t, a, kt, a, dt)
    settle_news(w, page, tick + 1, dt)


@mechanism
def meet_all(w: World, tick: int, dt: float) -> None:
    """Stage one for everyone."""
    w.used[0] = 0
    for page in range(len(w.persons)):
        meet_page(w, page, tick, dt)


@mechanism
def live_all(w: World, tick: int, dt: float) -> None:
    """Stage two for everyone."""
    for page in range(len(w.persons)):
        live_page(w, page, tick, dt)
