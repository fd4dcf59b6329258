"""All of the paper's claims: python -m experiments.claims.run_all [--patients 200] [--vary 100]

Writes results/claims/README.md and results/claims/claims.csv. `make claims` does the same.
"""

from __future__ import annotations

import argparse
import importlib
from pathlib import Path

import pandas as pd

from experiments.claims.common import RESULTS, VARIATIONS, VERDICT_SEED, Finding, shown

CLAIMS = tuple(sorted(path.stem for path in Path(__file__).parent.glob("claim_*.py")))


def signed(number: float) -> str:
    """Two digits, with a true minus sign."""
    return f"{number:.2f}".replace("-", "−")


def told(findings: list[Finding], size: tuple[int, int]) -> str:
    """The page with one row per claim."""
    lines = [
        "# What became of the paper's claims", "",
        "A research and teaching model, not a clinical instrument: a verdict says what follows from the model's "
        "mechanisms and "
        "assumptions, not what is true of patients or therapies.", "",
        f"`make claims` (patients per arm {size[0]}, per variation {size[1]}; the same virtual patients and "
        f"luck in every arm). "
        f"Verdicts rest on seeds from {VERDICT_SEED:,} on, which neither development nor calibration used. An effect "
        "above 0 speaks for the claim; the interval is 95 %, from resampling patients.", "",
        "*Supported*: the interval lies above 0, and no variation of an unsourced constant of treatment takes "
        "the effect away. "
        "*Depends*: one does, or one lifts it there with an interval above 0, or part of the claim fails. "
        "*Not supported*: the rest.", "",
        "| | claim | effect | value [95 %] | verdict | hangs on | what was found |", "|---|---|---|---|---|---|---|",
    ]  # fmt: skip
    for f in findings:
        value = f"{signed(f.value)} [{signed(f.low)}, {signed(f.high)}]"
        lines.append(f"| {f.number} | {f.question} | {f.effect} | {value} | *{f.verdict}* | {f.hangs_on} | {f.told} |")
    lines += [
        "", "## Sensitivity", "",
        "The effect under each variation of unsourced constants; claims about treatment are varied on other patients "
        "than the verdict's, who are also shown as it is:", "",
    ]  # fmt: skip
    varied = [f for f in findings if f.more]
    for f in varied:
        lines.append(f"- {f.number}: " + "; ".join(f"{name} {signed(value)}" for name, value in f.more.items()))
    lines += [
        "",
        "Variations: "
        + "; ".join(f"{n} ({', '.join(f'{k} = {v:g}' for k, v in c.items())})" for n, c in VARIATIONS.items())
        + ".",
    ]
    return "\n".join(lines) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--patients", type=int, default=200)
    parser.add_argument("--vary", type=int, default=100, help="patients per variation; 0 for none")
    given = parser.parse_args()
    size = (given.patients, given.vary)
    findings = []
    for name in CLAIMS:
        findings.append(importlib.import_module(f"experiments.claims.{name}").examine(size))
        shown(findings[-1])
    RESULTS.mkdir(parents=True, exist_ok=True)
    (RESULTS / "README.md").write_text(told(findings, size), encoding="utf-8")
    columns = ("number", "question", "effect", "value", "low", "high", "verdict", "hangs_on", "told")
    pd.DataFrame([{c: getattr(f, c) for c in columns} for f in findings]).round(4).to_csv(
        RESULTS / "claims.csv", index=False
    )


if __name__ == "__main__":
    main()
