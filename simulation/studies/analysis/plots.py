"""Pictures of a study: each takes data and an axis and gives the axis back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from simulation.pictures.style import FAINT, GRID, INK, SOFT, TRUST, ramp, strength_map
from simulation.studies.analysis.regimes import REGIMES
from simulation.studies.model import DUMMY

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

REGIME_COLOURS = {"calm": "#8FB8D8", "cycling": "#F2C230", "locked": "#8A2F10"}
"""Told apart by lightness as well as by hue."""


def _bare(ax: Axes, grid: str = "both") -> Axes:
    for side in ("top", "right"):
        ax.spines[side].set_visible(False)
    for side in ("left", "bottom"):
        ax.spines[side].set_color(FAINT)
    ax.tick_params(length=2.5, width=0.6, colors=SOFT, labelsize=8)
    if grid:
        ax.grid(True, axis=grid, color=GRID, linewidth=0.7)  # type: ignore[arg-type]
    ax.set_axisbelow(True)
    return ax


def plot_response(table: pd.DataFrame, ax: Axes, factor: str, measure: str) -> Axes:
    """Mean of a measure along a factor, with its 95 % interval."""
    _bare(ax)
    if table["level"].dtype == object or str(table["level"].dtype).startswith("str"):
        x = np.arange(len(table))
        ax.errorbar(x, table["mean"], [table["mean"] - table["low"], table["high"] - table["mean"]], fmt="o",
                    color=TRUST,
                    capsize=3, markersize=5)  # fmt: skip
        ax.set_xticks(
            x,
            [str(level) for level in table["level"]],
            rotation=20 if len(x) > 3 else 0,
            ha="right" if len(x) > 3 else "center",
        )
        ax.set_xlim(-0.5, len(x) - 0.5)
    else:
        ax.fill_between(table["level"], table["low"], table["high"], color=TRUST, alpha=0.18, linewidth=0)
        ax.plot(table["level"], table["mean"], color=TRUST, linewidth=1.8, marker="o", markersize=3)
    ax.set_xlabel(_words(factor), fontsize=8.5, color=INK)
    ax.set_ylabel(_words(measure), fontsize=8.5, color=INK)
    return ax


def plot_heat(xs: Any, ys: Any, z: Any, ax: Axes, x: str, y: str, label: str) -> Axes:
    """Mean of a measure over two factors."""
    _bare(ax, "")
    mesh = ax.pcolormesh(_edges(xs), _edges(ys), z, cmap=strength_map(), rasterized=True)
    bar = ax.figure.colorbar(mesh, ax=ax, pad=0.02)
    bar.ax.tick_params(labelsize=7.5, length=2, colors=SOFT)
    bar.outline.set_visible(False)
    bar.set_label(_words(label), fontsize=8.5, color=INK)
    ax.set_xlabel(_words(x), fontsize=8.5, color=INK)
    ax.set_ylabel(_words(y), fontsize=8.5, color=INK)
    return ax


def plot_phases(xs: Any, ys: Any, shares: Any, ax: Axes, x: str, y: str) -> Axes:
    """Regimes over two factors: colours are mixed in proportion to the share of runs in each.

    Args:
        xs, ys: Levels.
        shares: [3, ys, xs] share of calm, cycling and locked runs.
        ax: Where to draw.
        x, y: Names of the factors.
    """
    from matplotlib.colors import to_rgb

    _bare(ax, "")
    colours = np.array([to_rgb(REGIME_COLOURS[name]) for name in REGIMES])
    mixed = np.clip(np.tensordot(np.nan_to_num(shares), colours, axes=(0, 0)), 0, 1)
    mixed[np.isnan(shares).any(axis=0)] = 1.0
    ax.pcolormesh(_edges(xs), _edges(ys), mixed, rasterized=True)
    if min(len(xs), len(ys)) > 2 and not np.isnan(shares).any():
        for code, style in ((0, "-"), (2, "--")):
            if shares[code].min() < 0.5 < shares[code].max():
                ax.contour(xs, ys, shares[code], [0.5], colors=[INK], linewidths=1.1, linestyles=style)
    handles = [ax.scatter([], [], marker="s", s=60, color=REGIME_COLOURS[name], label=name) for name in REGIMES]
    ax.legend(handles=handles, fontsize=8.5, frameon=False, loc="upper center", bbox_to_anchor=(0.5, 1.1), ncols=3)
    ax.set_xlabel(_words(x), fontsize=8.5, color=INK)
    ax.set_ylabel(_words(y), fontsize=8.5, color=INK)
    return ax


def plot_indices(factors: Any, values: Any, low: Any, high: Any, ax: Axes, label: str) -> Axes:
    """One index per factor with its interval; the line marks the factor without effect."""
    _bare(ax, "x")
    names, values, low, high = list(factors)[::-1], np.array(values)[::-1], np.array(low)[::-1], np.array(high)[::-1]
    at = np.arange(len(names))
    colours = [FAINT if name == DUMMY else TRUST for name in names]
    ax.barh(at, values, color=colours, height=0.6)
    ax.hlines(at, low, high, color=INK, linewidth=1.1)
    if DUMMY in names:
        ax.axvline(high[names.index(DUMMY)], color=SOFT, linewidth=0.9, linestyle=":")
    ax.set_yticks(at, ["without effect (dummy)" if name == DUMMY else _words(name) for name in names])
    ax.set_xlabel(label, fontsize=8.5, color=INK)
    return ax


def plot_branches(table: pd.DataFrame, ax: Axes, factor: str, measure: str) -> Axes:
    """A measure while a parameter rises and falls again, with the middle 80 % of runs."""
    _bare(ax)
    for direction, colour, style in (("rising", TRUST, "-"), ("falling", REGIME_COLOURS["locked"], "--")):
        ax.fill_between(table["level"], table[f"{direction}_low"], table[f"{direction}_high"], color=colour, alpha=0.12,
                        linewidth=0)  # fmt: skip
        ax.plot(table["level"], table[f"{direction}_mean"], style, color=colour, linewidth=1.8, label=direction)
    ax.legend(fontsize=8.5, frameon=False)
    ax.set_xlabel(_words(factor), fontsize=8.5, color=INK)
    ax.set_ylabel(_words(measure), fontsize=8.5, color=INK)
    return ax


def plot_scatter(x: Any, y: Any, ax: Axes, factor: str, measure: str) -> Axes:
    """Every run as a dot: where dots split into two bands, the same circumstances lead to two states."""
    _bare(ax)
    ax.scatter(x, y, s=6, color=TRUST, alpha=max(0.06, min(0.5, 200 / max(len(np.atleast_1d(x)), 1))), linewidths=0)
    ax.set_xlabel(_words(factor), fontsize=8.5, color=INK)
    ax.set_ylabel(_words(measure), fontsize=8.5, color=INK)
    return ax


def difference_map() -> Any:
    """From less to more, pale where nothing changes."""
    return ramp("#1F4E8C", "#EEF0F1", "#9A2D04")


def _edges(levels: Any) -> Any:
    """Borders of cells around levels."""
    levels = np.asarray(levels, dtype=float)
    if len(levels) == 1:
        return np.array([levels[0] - 0.5, levels[0] + 0.5])
    middle = (levels[1:] + levels[:-1]) / 2
    return np.concatenate([[2 * levels[0] - middle[0]], middle, [2 * levels[-1] - middle[-1]]])


def _words(name: str) -> str:
    return name.removeprefix("ramp:").replace("_", " ")
