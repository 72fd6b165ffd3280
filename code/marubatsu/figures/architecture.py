"""A network as a row of boxes: how large the data are that go from layer to layer."""

import math
from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Polygon

from marubatsu.figures.paper import LETTERS, LINE, NEGATIVE, POSITIVE, checked_labels, sheet

_SLANT = 0.35  # how far the third side goes up and to the right, as a share of its length


def show_boxes(shapes: list[tuple[int, ...]], *, labels: list[str] | None = None, rows: int = 1) -> Figure:
    """Draw the shapes of data as boxes, from left to right.

    Parameters
    ----------
    shapes : list of tuple
        (channels, rows, columns), or (numbers,) for a row of numbers. Sides are drawn as their square roots, channels
        as their logarithm, so that 3 and 4,096 fit on one page.
    labels : list of str, optional
        What is written above each box.
    rows : int
        Over how many lines the boxes are spread.

    Raises
    ------
    ValueError
        If there is no shape, a shape has two or more than three numbers, or labels do not match in number.
    """
    labels = checked_labels("show_boxes", labels, len(shapes))
    if not shapes or not all(len(shape) in (1, 3) and min(shape) > 0 for shape in shapes):
        raise ValueError(f"show_boxes: a shape is (channels, rows, columns) or (numbers,), but {shapes!r} came.")
    count = math.ceil(len(shapes) / rows)
    parts = [slice(line * count, (line + 1) * count) for line in range(rows)]
    longest = max(sum(_room(shape) for shape in shapes[part]) for part in parts)
    figure, grid = sheet(rows, 1, width=7.5, height=rows * min(7.5 * 31 / longest, 5.5))
    for part, axes in zip(parts, grid[:, 0], strict=True):
        _row(axes, shapes[part], labels[part])
    return figure


def _row(axes: Axes, shapes: Sequence[tuple[int, ...]], labels: Sequence[str]) -> None:
    axes.set_axis_off()
    axes.set_aspect("equal")
    left = 0.0
    for shape, label in zip(shapes, labels, strict=True):
        wide, high, deep = _sides(shape)
        far = _SLANT * deep
        colour = POSITIVE if len(shape) == 1 else NEGATIVE
        front = [(left, -high / 2), (left + wide, -high / 2), (left + wide, high / 2), (left, high / 2)]
        top = [front[3], front[2], (left + wide + far, high / 2 + far), (left + far, high / 2 + far)]
        side = [front[1], front[2], (left + wide + far, high / 2 + far), (left + wide + far, -high / 2 + far)]
        for corners, strength in ((front, 0.75), (top, 0.35), (side, 0.5)):
            axes.add_patch(Polygon(corners, facecolor=colour, alpha=strength, edgecolor=LINE, linewidth=0.8))
        middle = left + (wide + far) / 2
        axes.text(middle, 12.5, label, ha="center", va="bottom", fontsize=LETTERS, color=LINE, fontweight="bold")
        numbers = "\n".join(f"{number:,}" for number in (shape[1:] + shape[:1] if len(shape) == 3 else shape))
        axes.text(middle, -9.5, numbers, ha="center", va="top", fontsize=LETTERS - 2, color=LINE)
        left += _room(shape)
    axes.set_xlim(-0.5, left)
    axes.set_ylim(-16.5, 14.5)


def _room(shape: tuple[int, ...]) -> float:
    """Return how much of its line a box takes, with the gap behind it."""
    wide, _, deep = _sides(shape)
    return max(wide + _SLANT * deep, 3.6) + 1.6


def _sides(shape: tuple[int, ...]) -> tuple[float, float, float]:
    """Return width, height and depth of a box, in units of the drawing."""
    if len(shape) == 1:
        return 0.7, 1.3 * math.log2(shape[0] + 1), 0.7
    channels, rows, columns = shape
    return 0.25 * math.log2(channels + 1), math.sqrt(rows), math.sqrt(columns)
