"""CT slices with outlines laid over them: what a mask says, drawn so that the image beneath can still be read."""

from collections.abc import Sequence

import numpy as np
from matplotlib.figure import Figure

from marubatsu.figures.images import _grid
from marubatsu.figures.paper import checked_labels, checked_pictures, headline

TRUTH, FOUND = "#6cc6ff", "#ffa02e"  # light blue and orange: bright on every grey, apart for colour-blind readers


def show_outlines(
    images: np.ndarray | list[np.ndarray],
    truth: np.ndarray | list[np.ndarray] | None = None,
    found: np.ndarray | list[np.ndarray] | None = None,
    *,
    labels: list[str] | None = None,
    columns: int = 3,
    level: float = 40.0,
    width: float = 400.0,
    crop: int = 0,
) -> Figure:
    """Show slices with the outline of the truth (blue, solid) and of what was found (orange, dashed).

    The lines run along the edges of pixels, so that they show exactly which pixels belong to a mask.

    Parameters
    ----------
    images : array of shape (N, 1, H, W) or (N, H, W), or a list
        Slices in HU.
    truth, found : arrays of shape (N, H, W), or lists, optional
        Masks, or labels as whole numbers: each label but 0 is outlined. Left out, or None for a slice: no line.
    labels : list of str, optional
        What is written above each slice: "A", "0.93".
    columns : int
        How many slices stand in a row.
    level, width : float
        The window in HU.
    crop : int
        So many pixels are left off on each side, where there is only air.

    Raises
    ------
    ValueError
        If there is no slice, masks and slices do not match in number or shape, the width is not above 0,
        or nothing is left of a slice.
    """
    pictures = checked_pictures("show_outlines", images)
    labels = checked_labels("show_outlines", labels, len(pictures))
    if not width > 0:
        raise ValueError(f"show_outlines: the width of the window must be above 0 HU, but {width!r} came.")
    if not 0 <= crop < min(min(picture.shape[:2]) for picture in pictures) / 2:
        raise ValueError(f"show_outlines: with crop={crop!r} nothing would be left of a slice, or it is below 0.")
    drawn = (
        (_checked(truth, pictures, "truth"), TRUTH, "solid", 1.6),
        (_checked(found, pictures, "found"), FOUND, (0, (2.0, 1.5)), 1.8),
    )
    figure, axes = _grid(len(pictures), columns, tuple(side - 2 * crop for side in pictures[0].shape), any(labels))
    for place, (each, picture, label) in enumerate(zip(axes, pictures, labels, strict=False)):
        each.imshow(picture, cmap="gray", vmin=level - width / 2, vmax=level + width / 2, interpolation="nearest")
        for masks, colour, dashes, thick in drawn:
            mask = masks[place]
            if mask is not None:
                for line in edges(mask):
                    each.plot(line[:, 1], line[:, 0], color=colour, linestyle=dashes, linewidth=thick)
        each.set_xlim(crop - 0.5, picture.shape[1] - crop - 0.5)
        each.set_ylim(picture.shape[0] - crop - 0.5, crop - 0.5)
        headline(each, label)
    return figure


def edges(mask: np.ndarray) -> list[np.ndarray]:
    """Return the outlines of a mask, or of each label but 0, as closed lines: arrays of shape (M, 2), row and column.

    Corners lie at halves: the pixel of row r and column c reaches from r − 0.5 to r + 0.5. A line goes round its
    pixels with the clock, and round holes against it.
    """
    mask = np.asarray(mask).astype(np.int64)
    lines = []
    for label in np.unique(mask[mask != 0]):
        lines += _loops(np.pad(mask == label, 1))
    return lines


def _loops(inside: np.ndarray) -> list[np.ndarray]:
    """Return the closed lines around the pixels of a mask that does not touch the image's border."""
    onwards: dict[tuple[int, int], list[tuple[int, int]]] = {}  # from corner to corner, the mask on the right hand
    for neighbour, start, stop in (
        ((-1, 0), (0, 0), (0, 1)),
        ((0, 1), (0, 1), (1, 1)),
        ((1, 0), (1, 1), (1, 0)),
        ((0, -1), (1, 0), (0, 0)),
    ):
        outside = ~np.roll(inside, (-neighbour[0], -neighbour[1]), axis=(0, 1))
        for row, column in np.argwhere(inside & outside).tolist():
            onwards.setdefault((row + start[0], column + start[1]), []).append((row + stop[0], column + stop[1]))
    lines = []
    while onwards:
        first = corner = next(iter(onwards))
        line = [first]
        while True:
            following = onwards[corner]
            step = following.pop()
            if not following:
                del onwards[corner]
            line.append(step)
            corner = step
            if corner == first:
                break
        lines.append(np.array(line) - 1.5)  # −1 for the padding, −0.5 from a pixel's middle to its corner
    return lines


def _checked(
    masks: np.ndarray | Sequence[np.ndarray | None] | None, pictures: Sequence[np.ndarray], word: str
) -> Sequence[np.ndarray | None]:
    """Return one mask or None for each picture."""
    if masks is None:
        return [None] * len(pictures)
    masks = [None if mask is None else np.asarray(mask) for mask in masks]
    if len(masks) != len(pictures):
        raise ValueError(f"show_outlines: {len(pictures)} slices came with {len(masks)} masks of {word}.")
    for mask, picture in zip(masks, pictures, strict=True):
        if mask is not None and (mask.shape != picture.shape[:2] or mask.dtype.kind not in "biu"):
            raise ValueError(
                f"show_outlines: {word} must be masks or whole-number labels of shape {picture.shape[:2]}, but "
                f"{mask.dtype} of shape {mask.shape} came."
            )
    return masks
