"""People and their ties as Mesa agents: every quantity of the theory an attribute, every phase of a tick a method."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from mesa.discrete_space import FixedAgent

from simulation.population import phases
from simulation.theory.layout import LANES, PERSON, TIE

if TYPE_CHECKING:
    from simulation.mesa_face.model import Model


class _Value:
    """An attribute that lives in the arrays: reading and writing it reads and writes the page."""

    def __init__(self, offset: int, table: str) -> None:
        self.offset = offset
        self.table = table

    def __get__(self, owner: Any, kind: type | None = None) -> Any:
        if owner is None:
            return self
        return float(getattr(owner.simulation.world, self.table)[owner.page][self.offset + owner.lane])

    def __set__(self, owner: Any, value: float) -> None:
        getattr(owner.simulation.world, self.table)[owner.page][self.offset + owner.lane] = value


class Tie:
    """What one person holds about one other; every field of the theory's ties is an attribute."""

    def __init__(self, model: Model, number: int) -> None:
        self.model = model
        self.simulation = model.simulation
        self.number = number
        self.page, self.lane = divmod(number, LANES)

    @property
    def other(self) -> Person:
        """The person this tie is toward."""
        return self.model.people[int(self.simulation.world.other[self.page][self.lane])]


class Person(FixedAgent):
    """A person. Every trait and state of the theory is an attribute; every phase of the tick is a method."""

    def __init__(self, model: Model, number: int, cell: Any) -> None:
        super().__init__(model)
        self.simulation = model.simulation
        self.number = number
        self.page, self.lane = divmod(number, LANES)
        self.cell = cell

    @property
    def name(self) -> str:
        """Name of the person."""
        return self.simulation.population.name(self.number)

    @property
    def ties(self) -> list[Tie]:
        """The ties this person holds."""
        return [Tie(self.model, tie) for tie in self.simulation.population.ties_of(self.number)]

    def _phase(self, phase: Callable[..., None]) -> None:
        simulation = self.simulation
        simulation.phase[phase](simulation.world, self.number, simulation.tick, simulation.dt)

    def meet(self) -> None:
        """The person meets whom they meet, reading only what everyone showed at the end of the last tick."""
        self._phase(phases.meet)

    def live(self) -> None:
        """The rest of the tick, phase by phase."""
        self.take_in()
        self.weather_life()
        self.long_for()
        self.feel()
        self.arouse()
        self.reflect()
        self.see_oneself()
        self.hold_together()
        self.soothe()
        self.hold_together()
        self.learn_slowly()
        self.name_state()
        self.show_face()

    def take_in(self) -> None:
        """M2, M4, M18-M20. What happened with others sinks in."""
        self._phase(phases.take_in)

    def weather_life(self) -> None:
        """M1, M7. Busy spells, stress and good moments from the rest of life."""
        self._phase(phases.weather_life)

    def long_for(self) -> None:
        """M2. Wishes recover between meetings."""
        self._phase(phases.long_for)

    def feel(self) -> None:
        """M6, M12. Emotions."""
        self._phase(phases.feel)

    def arouse(self) -> None:
        """M7, M8, M19. Arousal."""
        self._phase(phases.arouse)

    def reflect(self) -> None:
        """M9. Metacognition as it works now."""
        self._phase(phases.reflect)

    def see_oneself(self) -> None:
        """M5. Schema competition."""
        self._phase(phases.see_oneself)

    def hold_together(self) -> None:
        """M10-M12, M24. Pain, dissociation, rumination, crisis: half a tick, before and after soothing."""
        self._phase(phases.hold_together)

    def soothe(self) -> None:
        """M13-M15. Choice of a strategy, relief, cost, habit."""
        self._phase(phases.soothe)

    def learn_slowly(self) -> None:
        """M14, M15, M20, M21. What time does to evidence and habits."""
        self._phase(phases.learn_slowly)

    def name_state(self) -> None:
        """M22. Read-outs."""
        self._phase(phases.name_state)

    def show_face(self) -> None:
        """What others will meet in the next tick."""
        self._phase(phases.show_face)


class Therapist(Person):
    """A person whose work it is to help; so far a person like any other, who knows their patients."""

    @property
    def patients(self) -> list[Person]:
        """The people this therapist is in contact with."""
        return [tie.other for tie in self.ties if tie.alive > 0.5]  # type: ignore[attr-defined]


for _quantity in PERSON.values():
    setattr(Person, _quantity.name, _Value(_quantity.offset, "persons"))
for _quantity in TIE.values():
    setattr(Tie, _quantity.name, _Value(_quantity.offset, "ties"))
