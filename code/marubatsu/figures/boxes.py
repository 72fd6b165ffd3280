"""Boxes over CT slices: what was to be found, what was found, and what was raised in error."""

from collections.abc import Iterable, Sequence
from typing import Any, Literal

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from marubatsu.figures.images import _grid
from marubatsu.figures.paper import LETTERS, checked_labels, checked_pictures, headline

TRUTH, HIT, FALSE = "#ffffff", "#58b4f0", "#ff9d3c"  # each at least 4.5 to 1 on the black of a lung window


def show_detections(
    images: np.ndarray | list[np.ndarray],
    truths: Sequence[np.ndarray],
    boxes: Sequence[np.ndarray] | None = None,
    hits: Sequence[np.ndarray] | None = None,
    *,
    scores: Sequence[np.ndarray] | None = None,
    labels: list[str] | None = None,
    columns: int = 3,
    window: tuple[float, float] = (-600, 1500),
) -> Figure:
    """Show slices with boxes: truth dotted white, hits in whole blue lines, false alarms dashed orange.

    Parameters
    ----------
    images : array of shape (N, H, W), or a list
        In HU.
    truths : sequence of N arrays
        Shape (K, 4) each, as in `marubatsu.metrics.iou`; may be empty. They are drawn one pixel wider on each side.
    boxes, hits : sequences of N arrays, optional
        Boxes that were found, (M, 4), and what `marubatsu.metrics.match_boxes` said of each: −1 is a false alarm.
    scores : sequence of N arrays, optional
        One number for each box, written beside it.
    labels : list of str, optional
        What is written above each slice: "A", "B".
    columns : int
        How many slices stand in a row.
    window : (float, float)
        Level and width, in HU.

    Raises
    ------
    ValueError
        If there is no image, or there are not as many truths, boxes, hits, scores or labels as images.
    """
    pictures = checked_pictures("show_detections", images)
    labels = checked_labels("show_detections", labels, len(pictures))
    if (boxes is None) != (hits is None):
        raise ValueError("show_detections: boxes and hits belong together. Give both, or neither.")
    for word, given in (("truths", truths), ("boxes", boxes), ("hits", hits), ("scores", scores)):
        if given is not None and len(given) != len(pictures):
            raise ValueError(f"show_detections: {len(pictures)} images need as many {word}, but {len(given)} came.")
    level, width = window
    figure, axes = _grid(len(pictures), columns, pictures[0].shape, any(labels))
    for place, (each, picture, label) in enumerate(zip(axes, pictures, labels, strict=False)):
        each.imshow(picture, cmap="gray", vmin=level - width / 2, vmax=level + width / 2, interpolation="bilinear")
        headline(each, label)
        for box in truths[place]:
            _draw(each, np.add(box, (-1, -1, 1, 1)), TRUTH, "dotted")
        for number, box in enumerate(() if boxes is None else boxes[place]):
            hit = hits is not None and hits[place][number] >= 0
            _draw(each, box, HIT if hit else FALSE, "solid" if hit else "dashed")
            if scores is not None:
                text: dict[str, Any] = {
                    "fontsize": LETTERS - 6,
                    "color": HIT if hit else FALSE,
                    "va": "bottom",
                    "ha": "left",
                }
                each.text(box[3], box[0], f"{scores[place][number]:.2f}", **text)
    return figure


def _draw(axes: Axes, box: Iterable[float], colour: str, line: Literal["solid", "dashed", "dotted"]) -> None:
    top, left, bottom, right = (float(edge) - 0.5 for edge in box)  # pixel 0 reaches from −0.5 to 0.5
    frame = Rectangle((left, top), right - left, bottom - top, fill=False, edgecolor=colour, linewidth=1.8)
    frame.set_linestyle(line)
    axes.add_patch(frame)
