"""Plots of numbers: how often each value occurs, side by side for the classes that are compared."""

from collections.abc import Mapping

import numpy as np
from matplotlib.figure import Figure

from .paper import new_figure

COLOURS = ("#1f5f99", "#b35806", "#4d5b69")  # blue, orange, grey: told apart by colour-blind readers, and in print


def show_histograms(
    groups: Mapping[str, np.ndarray],
    *,
    bins: int | np.ndarray = 40,
    line: float | None = None,
    xlabel: str = "",
    width: float = 6.4,
) -> Figure:
    """Show how the values of each group are spread, in one plot.

    Parameters
    ----------
    groups : mapping of str to numpy.ndarray
        Up to three groups of numbers; the key is a letter or symbol, written at the group's peak.
    bins : int or numpy.ndarray
        How many columns, or where they begin and end; the same for all groups.
    line : float or None
        Where to draw a vertical line, for example the threshold.
    xlabel : str
        The letter or unit of the values, for example "HU".
    width : float
        Width of the figure, in inches.

    Raises
    ------
    ValueError
        If there are no groups or more than three.
    """
    if not 1 <= len(groups) <= len(COLOURS):
        raise ValueError(f"show_histograms: expected 1 to {len(COLOURS)} groups, but {len(groups)} came.")
    figure = new_figure(width, 0.45 * width)
    axis = figure.subplots()
    edges = np.histogram_bin_edges(np.concatenate([np.ravel(v) for v in groups.values()]), bins=bins)
    for colour, (name, values) in zip(COLOURS, groups.items(), strict=False):
        counts, _, _ = axis.hist(
            np.ravel(values), bins=edges, color=colour, alpha=0.55, edgecolor=colour, linewidth=0.6
        )
        peak = int(np.argmax(counts))
        axis.annotate(
            name,
            ((edges[peak] + edges[peak + 1]) / 2, counts[peak]),
            xytext=(0, 3),
            textcoords="offset points",
            ha="center",
            fontsize=14,
            color=colour,
        )
    if line is not None:
        axis.axvline(line, color="#1c2733", linewidth=1.2, linestyle="--")
    axis.set_xlabel(xlabel)
    axis.margins(y=0.18)
    axis.spines[["top", "right"]].set_visible(False)
    return figure
