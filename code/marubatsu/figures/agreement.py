"""Measured against true values: point by point along the line of identity, and as differences (Bland and Altman)."""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from marubatsu.figures.paper import CLASSES, LETTERS, LINE, checked_labels, headline, sheet


def show_agreement(
    measured: list[np.ndarray], truth: np.ndarray, agreements: list, *, labels: list[str] | None = None, unit: str = ""
) -> Figure:
    """Show for each method how far it is off (upwards) for each true value (to the right).

    The full line is the mean difference, the dashed lines are the limits of agreement, each in a band of its 95 %
    interval; the thin line is 0. Bland and Altman draw against the mean of two methods, of which neither is the truth;
    where the truth itself is known it stands on the axis, so that a drift with size is seen as it is (Krouwer 2008).

    Parameters
    ----------
    measured : list of arrays of N numbers
        One array for each method.
    truth : array of N numbers
        In the same unit and order.
    agreements : list
        For each method its bias and limits of agreement, as `marubatsu.metrics.bland_altman` gives them.
    labels : list of str, optional
        The letter above each picture.
    unit : str
        What both axes are in: "mm".

    Raises
    ------
    ValueError
        If there is no method, an array does not match the truth in length, or agreements or labels do not match in
        number.
    """
    measured, truth, labels = _checked("show_agreement", measured, truth, labels)
    if len(agreements) != len(measured):
        raise ValueError(
            f"show_agreement: {len(measured)} methods and {len(agreements)} agreements came; each method needs one."
        )
    figure, axes = sheet(1, len(measured), width=7.5, height=3.9 if len(measured) > 1 else 3.4)
    outermost = [max(np.abs(each - truth).max(), *map(abs, (*a.low_interval, *a.high_interval)))
                 for each, a in zip(measured, agreements, strict=True)]  # fmt: skip
    for place, (each, a, colour) in enumerate(zip(measured, agreements, _colours(measured), strict=True)):
        paper = axes[0, place]
        paper.axhline(0, color=LINE, linewidth=1)
        for middle, ends, style in (
            (a.bias, a.bias_interval, "-"),
            (a.low, a.low_interval, "--"),
            (a.high, a.high_interval, "--"),
        ):
            paper.axhspan(*ends, color=LINE, alpha=0.25, linewidth=0)
            paper.axhline(middle, color=LINE, linewidth=2.5, linestyle=style)
        paper.plot(truth, each - truth, "o", color=colour, markersize=6, alpha=0.8, markeredgewidth=0)
        paper.set_ylim(-1.1 * max(outermost), 1.1 * max(outermost))
        _finish(paper, labels[place], unit)
    return figure


def show_scatter(
    measured: list[np.ndarray], truth: np.ndarray, *, labels: list[str] | None = None, unit: str = ""
) -> Figure:
    """Show for each method what it measured (upwards) against the truth (to the right); the line is where both agree.

    Parameters
    ----------
    measured, truth, labels, unit
        As in `show_agreement`.

    Raises
    ------
    ValueError
        As in `show_agreement`.
    """
    measured, truth, labels = _checked("show_scatter", measured, truth, labels)
    figure, axes = sheet(1, len(measured), width=7.5, height=3.9 if len(measured) < 3 else 3.2)
    ends = np.array([min(truth.min(), *(e.min() for e in measured)), max(truth.max(), *(e.max() for e in measured))])
    ends += np.array([-0.05, 0.05]) * (ends[1] - ends[0])
    for place, (each, colour) in enumerate(zip(measured, _colours(measured), strict=True)):
        paper = axes[0, place]
        paper.plot(ends, ends, color=LINE, linewidth=2)
        paper.plot(truth, each, "o", color=colour, markersize=6, alpha=0.8, markeredgewidth=0)
        paper.set(xlim=ends, ylim=ends, aspect="equal")
        _finish(paper, labels[place], unit)
    return figure


def _checked(
    who: str, measured: Sequence[np.ndarray], truth: np.ndarray, labels: Sequence[str] | None
) -> tuple[list[np.ndarray], np.ndarray, list[str]]:
    measured, truth = [np.asarray(each, dtype=float) for each in measured], np.asarray(truth, dtype=float)
    if not measured:
        raise ValueError(f"{who}: at least one method is needed, but none came.")
    for each in measured:
        if truth.ndim != 1 or each.shape != truth.shape:
            raise ValueError(
                f"{who}: each method needs one number for each of the {truth.size} true ones, in a row, but shape "
                f"{each.shape} came. One method alone is written [measured]."
            )
    return measured, truth, checked_labels(who, labels, len(measured))


def _colours(measured: Sequence[np.ndarray]) -> list[str]:
    return [CLASSES[place % len(CLASSES)] for place in range(len(measured))]


def _finish(paper: Axes, label: str, unit: str) -> None:
    headline(paper, label)
    paper.set_xlabel(unit, color=LINE, fontsize=LETTERS)
    paper.set_ylabel(unit, color=LINE, fontsize=LETTERS)
    paper.spines[["top", "right"]].set_visible(False)
