"""Charts of results: how numbers spread in each class, how often a method errs, and how that changes."""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from marubatsu.figures.paper import CLASSES, LETTERS, LINE, checked_labels, sheet


def show_histograms(
    values: list[np.ndarray],
    *,
    labels: list[str] | None = None,
    bins: int | Sequence[float] = 30,
    mark: float | None = None,
    unit: str = "",
) -> Figure:
    """Show how the numbers of each class spread, one histogram over the other.

    Parameters
    ----------
    values : list of arrays
        One array of numbers for each class.
    labels : list of str, optional
        The symbol of each class: "○", "×".
    bins : int or sequence of float
        Number of bars between the smallest and the largest number, or where they begin and end.
    mark : float, optional
        Where an upright dashed line is drawn, for example at the threshold.
    unit : str
        The unit of the numbers, for example "HU".

    Raises
    ------
    ValueError
        If a class has no numbers, or the labels do not match the classes in number.
    """
    labels = checked_labels("show_histograms", labels, len(values))
    if not values or any(np.size(each) == 0 for each in values):
        raise ValueError("show_histograms: each class needs at least one number, but an empty one came.")
    edges = np.histogram_bin_edges(np.concatenate([np.ravel(each) for each in values]), bins=bins)
    figure, axes = sheet(1, 1, width=7.5, height=3.6)
    for each, label, colour in zip(values, labels, CLASSES, strict=False):
        axes[0, 0].hist(np.ravel(each), bins=edges, color=colour, alpha=0.45, label=label)
        axes[0, 0].hist(np.ravel(each), bins=edges, histtype="step", color=colour, linewidth=2.5)
    if mark is not None:
        axes[0, 0].axvline(mark, color=LINE, linewidth=2.5, linestyle="--")
    axes[0, 0].set_xlabel(unit, color=LINE, fontsize=LETTERS)
    _finish(axes[0, 0], legend=any(labels))
    return figure


def show_bars(
    heights: np.ndarray,
    *,
    labels: list[str],
    low: np.ndarray | None = None,
    high: np.ndarray | None = None,
    most: float | None = None,
) -> Figure:
    """Show numbers as bars with their values above, and the intervals in which they may truly lie.

    Parameters
    ----------
    heights : array of N numbers
        For example the share of errors of N methods.
    labels : list of str
        What stands under each bar: "A", "B".
    low, high : arrays of N numbers, optional
        Ends of each interval, drawn as a whisker.
    most : float, optional
        Upper end of the axis.

    Raises
    ------
    ValueError
        If there is no bar, or the labels or intervals do not match the bars in number.
    """
    heights = np.asarray(heights, dtype=float)
    labels = checked_labels("show_bars", labels, len(heights))
    if (low is None) != (high is None) or (
        low is not None and high is not None and not len(low) == len(high) == len(heights)
    ):
        raise ValueError(f"show_bars: give low and high together, {len(heights)} numbers each, or neither.")
    figure, axes = sheet(1, 1, width=min(8.0, max(2.5, 1.6 * len(heights))), height=3.6)
    places = np.arange(len(heights))
    axes[0, 0].bar(places, heights, color=[CLASSES[place % len(CLASSES)] for place in places], width=0.6)
    tops = heights if high is None else np.asarray(high, dtype=float)
    if high is not None:
        whiskers = np.stack([heights - np.asarray(low, dtype=float), tops - heights])
        axes[0, 0].errorbar(places, heights, yerr=np.abs(whiskers), fmt="none", ecolor=LINE, elinewidth=3, capsize=8)
    for place, height, top in zip(places, heights, tops, strict=True):
        text = {"ha": "center", "va": "bottom", "fontsize": LETTERS, "color": LINE, "fontweight": "bold"}
        axes[0, 0].text(place, top, f"{height:.3g}", **text)
    axes[0, 0].set_xticks(places, labels, fontsize=LETTERS + 2)
    axes[0, 0].set_ylim(0, 1.15 * float(tops.max()) if most is None else most)
    _finish(axes[0, 0], legend=False)
    return figure


def show_curves(
    at: np.ndarray,
    values: list[np.ndarray],
    *,
    labels: list[str],
    low: list[np.ndarray] | None = None,
    high: list[np.ndarray] | None = None,
    most: float | None = None,
) -> Figure:
    """Show how several numbers change along one scale, for example the share of errors with the difficulty.

    Parameters
    ----------
    at : array of M numbers
        The places on the scale.
    values : list of arrays of M numbers
        One curve each.
    labels : list of str
        The symbol of each curve.
    low, high : lists of arrays of M numbers, optional
        Ends of the interval around each curve, drawn as a band.
    most : float, optional
        Upper end of the axis, which begins at 0, or below the lowest number where one is negative.

    Raises
    ------
    ValueError
        If a curve or an end of its interval does not have one number for each place, or the labels or the intervals do
        not match the curves in number.
    """
    labels = checked_labels("show_curves", labels, len(values))
    if (low is None) != (high is None) or (
        low is not None and high is not None and not len(low) == len(high) == len(values)
    ):
        raise ValueError(f"show_curves: give low and high together, {len(values)} arrays each, or neither.")
    for each in (*values, *(low or ()), *(high or ())):
        if np.shape(each) != np.shape(at):
            raise ValueError(
                f"show_curves: each curve needs {np.size(at)} numbers, one for each place, but {np.size(each)} came."
            )
    figure, axes = sheet(1, 1, width=7.5, height=3.8)
    if low is not None and high is not None:
        for lower, upper, colour in zip(low, high, CLASSES, strict=False):
            axes[0, 0].fill_between(at, lower, upper, color=colour, alpha=0.2, linewidth=0)
    for each, label, colour, sign in zip(values, labels, CLASSES, "osD^", strict=False):
        axes[0, 0].plot(at, each, color=colour, marker=sign, markersize=8, linewidth=2.5, label=label)
    lowest = min(float(np.min(each)) for each in (*values, *(low or ())))
    axes[0, 0].set_ylim(0 if lowest >= 0 else None, most)
    _finish(axes[0, 0])
    return figure


def _finish(axes: Axes, legend: bool = True) -> None:
    axes.spines[["top", "right"]].set_visible(False)
    axes.grid(axis="y", color=LINE, alpha=0.3)
    axes.set_axisbelow(True)
    if legend:
        axes.legend(fontsize=LETTERS + 2, labelcolor=LINE, framealpha=0.0)
