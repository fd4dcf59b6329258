"""The treatments: what each is made of. Comparators are named by what they do, as the paper characterises them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from simulation.errors import InputError, nearest, quoted
from simulation.treatment.policy import Policy, Step, condition


@dataclass(frozen=True)
class Treatment:
    """A policy over modules, and what is arranged around the sessions.

    Attributes:
        name: Short name.
        title: One line.
        policy: Which modules a session is given to; None: there are no sessions.
        calls: Whether the patient may call in a crisis.
        supervision: Days between supervisions of the therapist, 0 for none.
        medication: Whether the psychiatrist prescribes.
        group: Whether the patients meet as a group.
        strength: Factor on the dose of every technique (dose-response).
        constants: Constants of treatment that differ.
        doses: Doses of single modules that differ.
        source: Where the characterisation comes from.
    """

    name: str
    title: str
    policy: Policy | None
    calls: bool = False
    supervision: float = 0.0
    medication: bool = False
    group: bool = False
    strength: float = 1.0
    constants: Mapping[str, float] = field(default_factory=dict)
    doses: Mapping[str, float] = field(default_factory=dict)
    source: str = "Salvatore et al. 2020, 10.1177/1534650120960234"

    @property
    def modules(self) -> tuple[str, ...]:
        """Every module it may use."""
        return tuple(dict.fromkeys([*(self.policy.names if self.policy else ()), *self.beside]))

    @property
    def beside(self) -> tuple[str, ...]:
        """Modules that it works with outside the sessions."""
        return (*(("crisis_call",) if self.calls else ()), *(("medication",) if self.medication else ()))

    def without(self, names: Sequence[str]) -> Treatment:
        """The same with some modules taken out; "supervision" can be left out too.

        Raises:
            InputError: It does not have one of them.
        """
        parts = [*self.modules, *(["supervision"] if self.supervision > 0 else [])]
        for name in names:
            if name in ("crisis_call", "medication", "supervision") and name not in parts:
                raise InputError(f"{quoted(name)} cannot be left out: {self.name} does not have it")
            if name not in parts:
                told = f"parts are {', '.join(parts)}" if parts else f"{self.name} has no modules"
                raise InputError(
                    f"{quoted(name)} cannot be left out: it is not part of {self.name}{nearest(name, parts)}; {told}"
                )
        return replace(
            self,
            policy=self.policy.without(names) if self.policy else None,
            calls=self.calls and "crisis_call" not in names,
            medication=self.medication and "medication" not in names,
            supervision=0.0 if "supervision" in names else self.supervision,
        )


MIT_ORDER = (
    "formulation", "contract", "episodes", "metacommunication", "autonomous_regulation",
    "differentiation", "experiments", "healthy_self", "decentring",
)  # fmt: skip
"""Shared formulation and regulation, then promoting change: the order of the paper. A first formulation and the
contract come in the consultation already (Course of Treatment)."""


def _steps(*names: str) -> tuple[Step, ...]:
    return tuple(Step(name) for name in names)


_SKILLS = Step("autonomous_regulation", until=(condition("mastery > 0.7"),))
"""Skills are the treatment here: practised until they are mastered, not only until they are known."""

_MIT = Treatment(
    "mit",
    "Metacognitive Interpersonal Therapy: every domain, in the order that the patient's state allows",
    Policy(always=("validation", "coregulation"), steps=_steps(*MIT_ORDER), fallback="coregulation"),
    calls=True,
    supervision=14.0,
    medication=True,
)


def _mit(name: str, title: str, **changes: object) -> Treatment:
    return replace(_MIT, name=name, title=title, **changes)  # type: ignore[arg-type]


def _policy(**changes: object) -> Policy:
    assert _MIT.policy is not None
    return replace(_MIT.policy, **changes)  # type: ignore[arg-type]


_ALL = (
    _MIT,
    _mit("mit-fixed-phases", "MIT's modules, each in its stretch of the treatment, whatever the patient's state",
         policy=_policy(iterative=False)),
    _mit("mit-reversed-order", "MIT's modules in fixed stretches and the reverse order: change first, regulation last",
         policy=_policy(iterative=False, steps=_steps(*reversed(MIT_ORDER)))),
    _mit("mit-without-repair", "MIT, but ruptures are neither looked for nor repaired", policy=_policy(repairs=False)),
    _mit("mit-without-supervision", "MIT by therapists who have nobody to talk to about what patients stir up in them",
         supervision=0.0),
    _mit("mit-without-crisis-calls", "MIT without calls between sessions", calls=False),
    _mit("mit-without-medication", "MIT without medication", medication=False),
    Treatment(
        "regulation-skills-only", "skills to regulate oneself and bear distress, practised",
        Policy(always=("validation",), steps=(_SKILLS,)), supervision=14.0,
    ),
    Treatment(
        "skills-with-coaching", "skills, episodes gone through step by step, calls for coaching, a team for therapists",
        Policy(always=("validation",), steps=(_SKILLS, *_steps("episodes", "formulation", "contract", "experiments"))),
        calls=True, supervision=7.0,
        source="the modes of dialectical behaviour therapy (Linehan 1993), in terms of the modules here",
    ),
    Treatment(
        "mentalising-only", "asking for reflection without explaining; it needs a regulated mind",
        Policy(always=("mentalising_questions",)), supervision=14.0,
    ),
    Treatment(
        "relationship-exploration-only", "exploring with the patient what happens between the two in the room",
        Policy(always=("transference_exploration",), steps=_steps("metacommunication")), supervision=14.0,
    ),
    Treatment(
        "schema-only", "the schema: formulation, differentiation, experiments",
        Policy(always=("validation",), steps=_steps("episodes", "formulation", "differentiation", "experiments")),
        supervision=14.0,
    ),
    Treatment(
        "schema-with-care", "the schema, by a therapist who also cares, calms, can be called, and looks for joy",
        Policy(
            always=("validation", "coregulation"),
            steps=_steps("formulation", "contract", "episodes", "autonomous_regulation", "differentiation",
                         "experiments", "healthy_self"),
        ),
        calls=True, supervision=14.0, medication=True,
        source="the elements of schema therapy for borderline personality disorder (Young, Klosko & Weishaar 2003; "
        "calls: Nadort et al. 2009, 10.1016/j.brat.2009.07.010), in terms of the modules here",
    ),
    Treatment(
        "usual-care", "psychiatric care as usual: supportive contacts and medication",
        Policy(always=("validation", "coregulation")), medication=True,
        source="ASSUMED: what most patients of usual-care arms get",
    ),
    Treatment(
        "supportive", "alliance, validation, calm: the paper's own rival explanation of its outcome",
        Policy(always=("validation", "coregulation")), supervision=14.0,
    ),
    Treatment("none", "no treatment at all", None),
    _mit("mit-group", "MIT in a group of patients with two therapists", calls=False, group=True),
)  # fmt: skip

TREATMENTS: dict[str, Treatment] = {treatment.name: treatment for treatment in _ALL}


def treatment_named(name: str) -> Treatment:
    """The treatment of this name.

    Raises:
        InputError: There is none.
    """
    if name not in TREATMENTS:
        hint = nearest(name, TREATMENTS)
        raise InputError(f"there is no treatment called {quoted(name)}{hint}; there are {', '.join(TREATMENTS)}")
    return TREATMENTS[name]
