"""How good a score is: ROC curves with bands, scores against what came true, more cases, methods side by side."""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from marubatsu.figures.paper import CLASSES, LETTERS, LINE, checked_labels, sheet


def show_roc(
    curves: list[tuple[np.ndarray, np.ndarray]],
    *,
    labels: list[str] | None = None,
    bands: list[tuple[np.ndarray, np.ndarray, np.ndarray]] | None = None,
    points: list[tuple[float, float]] | None = None,
) -> Figure:
    """Show sensitivity (upwards) against 1 − specificity (to the right), for every threshold; dashed is guessing.

    Parameters
    ----------
    curves : list of (array, array)
        For each score 1 − specificity and sensitivity, the first two of what `sklearn.metrics.roc_curve` returns.
    labels : list of str, optional
        The letter of each curve.
    bands : list of (array, array, array), optional
        For each curve the places on the axis to the right, and there the lower and the upper end of the sensitivity,
        as `marubatsu.metrics.roc_band` returns them.
    points : list of (float, float), optional
        Places to be marked, for example the threshold in use: 1 − specificity and sensitivity.

    Raises
    ------
    ValueError
        If there is no curve, the arrays of a curve or a band differ in length, a rate does not lie between 0 and 1, or
        labels or bands do not match the curves in number.
    """
    labels = _checked("show_roc", curves, labels, bands)
    figure, axes = _square()
    for (at, low, high), colour in zip(bands or (), CLASSES, strict=False):
        axes.fill_between(at, low, high, color=colour, alpha=0.2, linewidth=0)
    for (away, found), label, colour, style in zip(curves, labels, CLASSES, ("-", "--", "-.", ":"), strict=False):
        axes.plot(away, found, color=colour, linewidth=3, linestyle=style, label=label, drawstyle="steps-post")
    for (wrongly, rightly), colour, sign in zip(points or (), CLASSES, "osD^", strict=False):
        axes.plot([wrongly], [rightly], sign, color=colour, markersize=11, markeredgecolor=LINE)
    if any(labels):
        axes.legend(fontsize=LETTERS + 2, labelcolor=LINE, framealpha=0.0, loc="lower right", handlelength=2.6)
    return figure


def show_calibration(
    said: list[np.ndarray],
    found: list[np.ndarray],
    *,
    labels: list[str] | None = None,
    low: list[np.ndarray] | None = None,
    high: list[np.ndarray] | None = None,
) -> Figure:
    """Show what share had the disease (upwards) among the cases with about that score (to the right).

    Parameters
    ----------
    said, found : lists of arrays of M numbers
        For each score the mean score of M groups of cases, and the share of each group that has the disease, 0 to 1.
    labels : list of str, optional
        The letter of each score.
    low, high : lists of arrays of M numbers, optional
        Ends of the interval of each share.

    Raises
    ------
    ValueError
        If there is no score, arrays differ in length, a share does not lie between 0 and 1, or labels do not match.
    """
    pairs = list(zip(said, found, strict=True))
    if (low is None) != (high is None):
        raise ValueError("show_calibration: give low and high together, or neither.")
    ends = None if low is None or high is None else list(zip(said, low, high, strict=True))
    labels = _checked("show_calibration", pairs, labels, ends)
    figure, axes = _square()
    for place, ((at, share), label, colour, sign) in enumerate(zip(pairs, labels, CLASSES, "osD^", strict=False)):
        if ends is not None:
            whiskers = np.abs([share - ends[place][1], ends[place][2] - share])
            axes.errorbar(at, share, yerr=whiskers, fmt="none", ecolor=colour, elinewidth=2, capsize=5, alpha=0.7)
        axes.plot(at, share, sign + "-", color=colour, markersize=9, linewidth=2.5, label=label)
    if any(labels):
        axes.legend(fontsize=LETTERS + 2, labelcolor=LINE, framealpha=0.0)
    return figure


def show_learning(
    sizes: np.ndarray,
    values: list[np.ndarray],
    *,
    labels: list[str],
    low: list[np.ndarray],
    high: list[np.ndarray],
    least: float = 0.5,
) -> Figure:
    """Show a score (upwards, from `least` to 1) against the number of cases learnt from (to the right, by ratios).

    Parameters
    ----------
    sizes : array of M numbers
        How many cases.
    values, low, high : lists of arrays of M numbers
        One curve for each method, and the ends of the band around it.
    labels : list of str
        The letter of each curve.
    least : float
        Where the axis begins.

    Raises
    ------
    ValueError
        If a curve or a band does not have one number for each size, or labels or bands do not match in number.
    """
    bands = [(sizes, *ends) for ends in zip(low, high, strict=True)]
    labels = _checked("show_learning", [(sizes, each) for each in values], labels, bands, shares=False)
    figure, ((axes,),) = sheet(1, 1, width=7.5, height=4.2)
    for (at, lower, upper), colour in zip(bands, CLASSES, strict=False):
        axes.fill_between(at, lower, upper, color=colour, alpha=0.2, linewidth=0)
    for each, label, colour, sign in zip(values, labels, CLASSES, "osD^", strict=False):
        axes.plot(sizes, each, color=colour, marker=sign, markersize=9, linewidth=2.5, label=label)
    axes.set_xscale("log")
    axes.set_xticks(sizes, [f"{size:,}" for size in sizes])
    axes.minorticks_off()
    axes.set_ylim(least, 1)
    axes.spines[["top", "right"]].set_visible(False)
    axes.grid(axis="y", color=LINE, alpha=0.3)
    axes.legend(fontsize=LETTERS + 2, labelcolor=LINE, framealpha=0.0, loc="lower right")
    return figure


def show_groups(values: list[np.ndarray], *, labels: list[str], groups: list[str]) -> Figure:
    """Show several numbers for several methods as bars side by side, the methods of one number together.

    Parameters
    ----------
    values : list of arrays of M numbers
        One array for each method.
    labels : list of str
        The letter of each method.
    groups : list of str
        What stands under each of the M groups of bars: "1", "2".

    Raises
    ------
    ValueError
        If there is no method, labels do not match the methods, or groups do not match the numbers.
    """
    places = np.arange(len(groups))
    labels = _checked("show_groups", [(places, each) for each in values], labels, None, shares=False)
    figure, ((axes,),) = sheet(1, 1, width=7.5, height=3.6)
    width = 0.8 / len(values)
    for number, (each, label, colour) in enumerate(zip(values, labels, CLASSES, strict=False)):
        left = places + (number - (len(values) - 1) / 2) * width
        axes.bar(left, each, width=0.92 * width, color=colour, label=label)
    axes.axhline(0, color=LINE, linewidth=1)
    axes.set_xticks(places, groups, fontsize=LETTERS + 2)
    axes.spines[["top", "right"]].set_visible(False)
    axes.grid(axis="y", color=LINE, alpha=0.3)
    axes.set_axisbelow(True)
    axes.legend(fontsize=LETTERS + 2, labelcolor=LINE, framealpha=0.0)
    return figure


def _square() -> tuple[Figure, Axes]:
    """Return a figure whose two axes run from 0 to 1, with the diagonal."""
    figure, ((axes,),) = sheet(1, 1, width=5.0, height=5.0)
    axes.plot([0, 1], [0, 1], color=LINE, linewidth=1.5, linestyle=(0, (6, 4)))
    axes.set(xlim=(-0.02, 1.02), ylim=(-0.02, 1.02), aspect="equal")
    axes.set_xticks([0, 0.5, 1], ["0", "0.5", "1"])
    axes.set_yticks([0, 0.5, 1], ["0", "0.5", "1"])
    axes.spines[["top", "right"]].set_visible(False)
    axes.grid(color=LINE, alpha=0.3)
    return figure, axes


def _checked(
    who: str,
    curves: Sequence[Sequence[np.ndarray]],
    labels: Sequence[str] | None,
    bands: Sequence[Sequence[np.ndarray]] | None,
    shares: bool = True,
) -> list[str]:
    """Return the labels, or say what does not belong together."""
    if not curves:
        raise ValueError(f"{who}: at least one curve is needed, but none came.")
    labels = checked_labels(who, labels, len(curves))
    if bands is not None and len(bands) != len(curves):
        raise ValueError(f"{who}: {len(curves)} curves need {len(curves)} bands, but {len(bands)} came.")
    for parts in (*curves, *(bands or ())):
        lengths = [np.shape(each) for each in parts]
        if len(set(lengths)) > 1 or len(lengths[0]) != 1:
            raise ValueError(f"{who}: the arrays of one curve must have the same length, but shapes {lengths} came.")
        if shares and not all(np.all((np.asarray(each) >= 0) & (np.asarray(each) <= 1)) for each in parts):
            raise ValueError(f"{who}: rates lie between 0 and 1, but others came. For 5 % write 0.05.")
    return labels
