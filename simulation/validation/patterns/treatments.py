"""A8 and group f. What treatments bring, who leaves, and how change goes along with change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from simulation.measures.change import Norm, classify_change
from simulation.measures.criteria import CRITERIA_DAYS, DIAGNOSIS
from simulation.trials.analyse import NORMS, hedges_g
from simulation.validation.criteria import Between, near
from simulation.validation.estimates import FEWEST, Estimate, NotCheckable
from simulation.validation.pattern import Pattern
from simulation.validation.scenes.trials import KINDS

if TYPE_CHECKING:
    from simulation.validation.laboratory import Laboratory
    from simulation.validation.scenes.trials import Trial

READING = (
    "treatments are named by what they do: skills with coaching stands for dialectical behaviour therapy, schema with "
    "care for schema therapy, skills only for emotion regulation groups, supportive contacts once a fortnight with "
    "medication for usual care"
)
POOLED = READING + "; a meta-analysis over kinds of therapy is read as the mean of MIT and the first two"
LAST = 548
REPEATEDLY = 2
"""Acts of self-harm in the ninety days that are counted."""


def change_of_ders(lab: Laboratory) -> dict[str, Estimate]:
    """DERS before treatment, and its change in three months in units of the spread before."""
    scene: Trial = lab.scene("outpatients")
    boot = lab.bootstrap
    before = scene.of("usual", 0, "ders")

    def d(arm: str) -> Estimate:
        start, end = scene.of(arm, 0, "ders"), scene.of(arm, 91, "ders")
        return boot.of(lambda i: float((start[i] - end[i]).mean() / start[i].std(ddof=1)), len(start))

    return {
        "before": boot.mean(before),
        "before, SD": boot.of(lambda i: float(before[i].std(ddof=1)), len(before)),
        "skills (d)": d("skills-with-coaching"),
        "usual care (d)": d("usual"),
    }


def against_usual(lab: Laboratory) -> dict[str, Estimate]:
    """Hedges' g on severity at the end, psychotherapy against usual care."""
    scene: Trial = lab.scene("outpatients")
    treated = [scene.of(kind, LAST, "severity") for kind in KINDS]
    usual = scene.of("usual", LAST, "severity")

    def pooled(i: Any) -> float:
        return float(np.mean([hedges_g(a[i], usual[i]) for a in treated]))

    return {"severity at the end (g)": lab.bootstrap.of(pooled, len(usual))}


def recovery(lab: Laboratory) -> dict[str, Estimate]:
    """Share recovered (reliably changed and past the cut-off) on the GSI at month four; change of those who wait."""
    scene: Trial = lab.scene("inpatients")
    boot = lab.bootstrap
    clinical, healthy, reliability = NORMS["gsi"]
    start, end = (scene.of("skills-with-coaching", day, "gsi") for day in (0, 122))
    classes = classify_change(start, end, clinical, healthy, reliability)
    waiting = scene.of("waiting", 122, "gsi") - scene.of("waiting", 0, "gsi")
    spread = scene.of("waiting", 0, "gsi").std(ddof=1)
    return {
        "recovered": boot.mean((classes == "recovered").astype(float)),
        "change while waiting (d)": boot.mean(waiting / max(spread, 1e-9)),
    }


def _leaving_by(scene: Trial, day: float) -> Any:
    """[patients] from how many of the kinds of psychotherapy each had dropped out by a day."""
    return np.sum([scene.left_by(kind, day) for kind in KINDS], axis=0)


def attendance(lab: Laboratory) -> dict[str, Estimate]:
    """Attendance of sixteen group sessions, drop-out from them, and change of symptoms and metacognition."""
    scene: Trial = lab.scene("inhibited_group")
    boot = lab.bootstrap
    attended, scheduled = (scene.of("mit-group", 190, name) for name in ("attended", "scheduled"))

    def change(name: str) -> Estimate:
        gain = scene.of("mit-group", 190, name) - scene.of("mit-group", 0, name)
        return boot.of(lambda i: float(gain[i].mean() / scene.of("mit-group", 0, name)[i].std(ddof=1)), len(gain))

    return {
        "attendance": boot.share(attended, scheduled),
        "left": boot.mean(scene.left_by("mit-group", 112)),
        "symptoms (d)": change("gsi"),
        "metacognition (d)": change("metacognition"),
    }


def leaving(lab: Laboratory) -> dict[str, Estimate]:
    """Drop-out by eighteen months of outpatient therapy, and the share of it in the first half."""
    scene: Trial = lab.scene("outpatients")
    boot = lab.bootstrap
    gone, early = _leaving_by(scene, LAST), _leaving_by(scene, LAST / 2)
    return {"left": boot.mean(gone / len(KINDS)), "share of it in the first half": boot.share(early, gone)}


def completing(lab: Laboratory) -> dict[str, Estimate]:
    """Completion of treatments of nine and of fifteen months."""
    scene: Trial = lab.scene("outpatients")
    boot = lab.bootstrap
    short, long = (1 - _leaving_by(scene, day) / len(KINDS) for day in (274, 456))
    return {"nine months": boot.mean(short), "fifteen months": boot.mean(long), "difference": boot.mean(short - long)}


def one_year(lab: Laboratory) -> dict[str, Estimate]:
    """Completion of a year, and loss of the diagnosis among completers."""
    scene: Trial = lab.scene("outpatients")
    boot = lab.bootstrap
    stayed = 1 - scene.left_by("skills-with-coaching", 365)
    lost = (scene.of("skills-with-coaching", 365, "criteria") < DIAGNOSIS).astype(float)
    return {"completed": boot.mean(stayed), "no longer diagnosed, of completers": boot.share(lost * stayed, stayed)}


def two_years(lab: Laboratory) -> dict[str, Estimate]:
    """Drop-out in each of two years, and recovery at month thirty."""
    scene: Trial = lab.scene("schema_trial")
    boot = lab.bootstrap
    first, both = scene.left_by("schema-with-care", 365), scene.left_by("schema-with-care", 730)
    recovered = (scene.of("schema-with-care", 913, "criteria") < DIAGNOSIS).astype(float)
    return {
        "left in year one": boot.mean(first),
        "left in year two": boot.share(both - first, 1 - first),
        "recovered at month thirty": boot.mean(recovered),
    }


def time_course(lab: Laboratory) -> dict[str, Estimate]:
    """How much worse a straight line fits mean severity over time than a logarithm or an exponential (AIC)."""
    scene: Trial = lab.scene("outpatients")
    days = np.array(scene.days)
    severity = np.array([np.mean([scene.of(kind, day, "severity") for kind in KINDS], axis=0) for day in days])
    patients = severity.shape[1]

    def behind(i: Any) -> float:
        mean = severity[:, i].mean(axis=1)
        shapes = {
            "line": [days],
            "log": [np.log1p(days / 30)],
            "exponential": [np.exp(-days / r) for r in (60, 120, 240)],
        }
        fits = {name: min(_aic(mean, x) for x in several) for name, several in shapes.items()}
        return fits["line"] - min(fits["log"], fits["exponential"])

    return {"line behind the best curve (AIC)": lab.bootstrap.of(behind, patients)}


def _aic(y: Any, x: Any) -> float:
    design = np.column_stack([np.ones(len(x)), x])
    beta, *_ = np.linalg.lstsq(design, y, rcond=None)
    return float(len(y) * np.log(max(((y - design @ beta) ** 2).mean(), 1e-12)) + 2 * 2)


def alliance(lab: Laboratory) -> dict[str, Estimate]:
    """Correlation of early alliance (sessions three to five) with outcome, given the start; above 0 is better."""
    scene: Trial = lab.scene("outpatients")
    pairs = []
    for kind in KINDS:
        early, start, end = (
            scene.of(kind, LAST, "early_alliance"),
            scene.of(kind, 0, "severity"),
            scene.of(kind, LAST, "severity"),
        )
        both = np.isfinite(early)
        if both.sum() < 2 * FEWEST:
            raise NotCheckable(f"only {both.sum()} patients had five sessions; at least {2 * FEWEST} are needed")
        slope, level = np.polyfit(start[both], end[both], 1)
        pairs.append((np.where(both, early, np.nan), level + slope * start - end))

    def pooled(i: Any) -> float:
        found = []
        for early, gain in pairs:
            known = i[np.isfinite(early[i])]
            found.append(np.corrcoef(early[known], gain[known])[0, 1])
        return float(np.mean(found))

    return {"alliance and outcome (r)": lab.bootstrap.of(pooled, len(pairs[0][0]))}


def together(lab: Laboratory) -> dict[str, Estimate]:
    """Correlation of changes of DERS and of symptoms after five weeks of skills; size of both changes."""
    scene: Trial = lab.scene("inpatients")
    arm = "skills-with-coaching"
    change = {name: scene.of(arm, 0, name) - scene.of(arm, 35, name) for name in ("ders", "gsi")}
    d = {name: change[name] / scene.of(arm, 0, name).std(ddof=1) for name in change}
    boot = lab.bootstrap
    return {
        "changes (r)": boot.correlation(change["ders"], change["gsi"]),
        "regulation (d)": boot.mean(d["ders"]),
        "symptoms (d)": boot.mean(d["gsi"]),
    }


def skills_group(lab: Laboratory) -> dict[str, Estimate]:
    """Change of the rate of self-harm in fourteen weeks of a regulation group, in those who had harmed themselves.

    Both trials took women who had harmed themselves repeatedly (Sahlin et al. 2017): at least `REPEATEDLY`, here.
    """
    scene: Trial = lab.scene("skills_group")
    before, after = (scene.of("skills", day, "self_harm") for day in (0, 98))
    harmed = np.rint(before * CRITERIA_DAYS / 30) >= REPEATEDLY  # acts are told by the month
    if harmed.sum() < 2 * FEWEST:
        raise NotCheckable(
            f"only {harmed.sum()} patients harmed themselves repeatedly before; at least {2 * FEWEST} are needed"
        )
    before, after = before[harmed], after[harmed]
    boot = lab.bootstrap
    later = scene.of("skills", 190, "self_harm")[harmed]
    return {
        "change of rate": boot.of(lambda i: float(after[i].sum() / before[i].sum() - 1), len(before)),
        "size (d)": boot.of(
            lambda i: float((before[i] - after[i]).mean() / max(before[i].std(ddof=1), 1e-9)), len(before)
        ),
        "abstinent over the last months": boot.mean((later == 0).astype(float)),
    }


assert isinstance(NORMS["gsi"][0], Norm)
PATTERNS = [
    Pattern(
        "A8",
        "outpatients",
        change_of_ders,
        {
            "before": near(133.7, 8),
            "before, SD": near(22.6, 6),
            "skills (d)": near(1.11, 0.4),
            "usual care (d)": near(0.08, 0.25),
        },
        reading=READING,
    ),
    Pattern(
        "F1", "outpatients", against_usual, {"severity at the end (g)": Between(-0.70, -0.33, 0.2)}, reading=POOLED
    ),
    Pattern(
        "F5",
        "inpatients",
        recovery,
        {"recovered": near(0.42, 0.17), "change while waiting (d)": Between(-0.3, 0.3, 0.1)},
        reading=READING,
        nulls=("change while waiting (d)",),
    ),
    Pattern(
        "F8",
        "inhibited_group",
        attendance,
        {
            "attendance": near(0.92, 0.06),
            "left": Between(None, 0.15, 0.1),
            "symptoms (d)": Between(None, -0.5, 0.25),
            "metacognition (d)": Between(0.5, None, 0.25),
        },
    ),
    Pattern(
        "F9",
        "outpatients",
        leaving,
        {"left": near(0.282, 0.08), "share of it in the first half": Between(0.5, None, 0.1)},
        reading=POOLED,
    ),
    Pattern(
        "F11",
        "outpatients",
        completing,
        {"nine months": near(0.75, 0.07), "fifteen months": near(0.71, 0.06), "difference": Between(0.0, 0.1, 0.05)},
        reading=POOLED + "; the same treatments, looked at after nine and after fifteen months",
    ),
    Pattern(
        "F12",
        "outpatients",
        one_year,
        {"completed": near(0.60, 0.11), "no longer diagnosed, of completers": near(0.77, 0.12)},
        reading=READING,
    ),
    Pattern(
        "F15",
        "schema_trial",
        two_years,
        {
            "left in year one": near(0.333, 0.2),
            "left in year two": near(0.056, 0.1),
            "recovered at month thirty": near(0.77, 0.19),
        },
        reading=READING + "; tolerances: 95 % intervals of 18 patients",
    ),
    Pattern(
        "F18",
        "outpatients",
        time_course,
        {"line behind the best curve (AIC)": Between(0.0, None, 2.0)},
        reading=POOLED,
    ),
    Pattern(
        "F20",
        "outpatients",
        alliance,
        {"alliance and outcome (r)": near(0.278, 0.1)},
        reading=POOLED + "; alliance: trust, early on",
    ),
    Pattern(
        "F24",
        "outpatients",
        together,
        {"changes (r)": near(0.565, 0.2), "regulation (d)": near(0.76, 0.35), "symptoms (d)": near(0.43, 0.3)},
        reading=READING + "; symptoms: GSI, as criteria look back on a quarter of a year",
    ),
    Pattern(
        "F29",
        "skills_group",
        skills_group,
        {
            "change of rate": near(-0.51, 0.25),
            "size (d)": near(0.52, 0.25),
            "abstinent over the last months": near(0.55, 0.2),
        },
        reading=READING + "; self-harm is counted over the last 90 days",
    ),
]
