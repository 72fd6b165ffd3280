"""Images side by side: marks, photographs, feature maps, and one CT slice through several windows."""

import math
from collections.abc import Iterable

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from marubatsu.figures.paper import POSITIVE, SIGNED, bare, checked_labels, checked_pictures, headline, sheet


def show_images(
    images: np.ndarray | list[np.ndarray],
    *,
    labels: list[str] | None = None,
    framed: np.ndarray | None = None,
    columns: int = 6,
    low: float | None = None,
    high: float | None = None,
) -> Figure:
    """Show images in a grid, row by row.

    Parameters
    ----------
    images : array of shape (N, 1, H, W) or (N, H, W), or a list
        Grey images, black at `low`, white at `high`; in a list each may have its own size, and (H, W, 3) is colour.
    labels : list of str, optional
        What is written above each image: "A", "○", "3".
    framed : array of N booleans, optional
        Which images get a thick orange frame, for example those that were taken for the wrong mark.
    columns : int
        How many images stand in a row.
    low, high : float, optional
        The values shown black and white. Left out: 0 and 1 for fractions, 0 and 255 for bytes.

    Raises
    ------
    ValueError
        If there is no image, a shape is not an image's, or labels or frames do not match the images in number.
    """
    pictures = checked_pictures("show_images", images)
    labels = checked_labels("show_images", labels, len(pictures))
    framed = np.zeros(len(pictures), dtype=bool) if framed is None else np.asarray(framed)
    if len(framed) != len(pictures):
        raise ValueError(f"show_images: framed must say yes or no {len(pictures)} times, but {len(framed)} came.")
    figure, axes = _grid(len(pictures), columns, pictures[0].shape, any(labels))
    for each, picture, label, frame in zip(axes, pictures, labels, framed, strict=False):
        byte = picture.dtype == np.uint8
        vmin, vmax = (0 if low is None else low), ((255 if byte else 1) if high is None else high)
        each.imshow(picture, cmap="gray", vmin=vmin, vmax=vmax, interpolation="nearest")
        headline(each, label)
        for spine in each.spines.values() if frame else ():
            spine.set_color(POSITIVE)
            spine.set_linewidth(5)
    return figure


def show_feature_maps(maps: np.ndarray, *, labels: list[str] | None = None, columns: int = 6) -> Figure:
    """Show the channels that a layer gives, all on one scale: orange above zero, blue below, white at zero.

    Parameters
    ----------
    maps : numpy.ndarray
        Shape (C, H, W).
    labels : list of str, optional
        What is written above each channel, for example the kernel's symbol: "╲".
    columns : int
        How many maps stand in a row.

    Raises
    ------
    ValueError
        If there is no map, or the labels do not match the maps in number.
    """
    pictures = checked_pictures("show_feature_maps", maps)
    labels = checked_labels("show_feature_maps", labels, len(pictures))
    most = max(float(np.abs(picture).max()) for picture in pictures) or 1.0
    figure, axes = _grid(len(pictures), columns, pictures[0].shape, any(labels))
    for each, picture, label in zip(axes, pictures, labels, strict=False):
        each.imshow(picture, cmap=SIGNED, vmin=-most, vmax=most, interpolation="nearest")
        headline(each, label)
    return figure


def show_window(
    values: np.ndarray, windows: list[tuple[float, float]], *, labels: list[str] | None = None, columns: int = 3
) -> Figure:
    """Show one image through several windows, each a pair of level and width in the unit of the image (HU).

    Parameters
    ----------
    values : numpy.ndarray
        Shape (H, W).
    windows : list of (float, float)
        Level and width; black is level − width/2, white is level + width/2.
    labels : list of str, optional
        What is written above each picture; if left out, "level / width".

    Raises
    ------
    ValueError
        If no window came, or a width is not above 0.
    """
    (picture,) = checked_pictures("show_window", [values])
    if not windows or not all(width > 0 for _, width in windows):
        raise ValueError(f"show_window: give pairs of level and width, with widths above 0, but {windows!r} came.")
    if labels is None:
        labels = [f"{level:g} / {width:g}" for level, width in windows]
    labels = checked_labels("show_window", labels, len(windows))
    figure, axes = _grid(len(windows), columns, picture.shape, True)
    for each, (level, width), label in zip(axes, windows, labels, strict=False):
        each.imshow(picture, cmap="gray", vmin=level - width / 2, vmax=level + width / 2)
        headline(each, label)
    return figure


def _grid(count: int, columns: int, shape: tuple[int, ...], headed: bool) -> tuple[Figure, Iterable[Axes]]:
    """Return a figure as wide as a page with `count` bare axes, in proportions that suit an image of that shape."""
    columns = min(columns, count)
    rows = math.ceil(count / columns)
    side = min(7.5 / columns, 3.2)
    height = side * min(shape[0] / shape[1], 2.0) + (0.35 if headed else 0.05)
    figure, axes = sheet(rows, columns, width=side * columns, height=height * rows)
    for number, each in enumerate(axes.flat):
        bare(each)
        each.set_visible(number < count)
    return figure, axes.flat
