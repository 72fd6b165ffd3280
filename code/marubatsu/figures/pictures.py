"""Arrays as pictures: grey images side by side, numbers written into their pixels, signed values in two colours.

Pictures carry letters, numbers and symbols, never words: the words stand in the caption, where they can be
translated and read aloud. Greys are never inverted; signed values run from orange over white to blue, which
colour-blind readers tell apart.
"""

from collections.abc import Sequence

import numpy as np
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure

from .paper import new_figure

SIGNED = LinearSegmentedColormap.from_list("orange-white-blue", ["#b35806", "#f1a340", "#ffffff", "#7fb2dd", "#1f5f99"])
INK, EDGE = "#1c2733", "#8a96a3"


def show_images(
    images: Sequence[np.ndarray],
    labels: Sequence[str] = (),
    *,
    columns: int = 4,
    vmin: float | None = 0.0,
    vmax: float | None = 1.0,
    side: float = 1.9,
) -> Figure:
    """Show images side by side, in rows of at most ``columns``.

    Parameters
    ----------
    images : sequence of numpy.ndarray
        Grey images (rows, columns) or colour images (rows, columns, 3).
    labels : sequence of str
        Letters, numbers or symbols to stand above the images; none, or one for each.
    columns : int
        How many images stand in a row at most.
    vmin, vmax : float or None
        The values shown black and white; None takes the smallest and largest of each image.
    side : float
        Width of one image, in inches.

    Raises
    ------
    ValueError
        If there is no image, or the number of labels is neither 0 nor the number of images.
    """
    _check_labels("show_images", images, labels)
    figure, axes = _grid(len(images), columns, side, bool(labels))
    for number, (axis, image) in enumerate(zip(axes, images, strict=True)):
        axis.imshow(image, cmap="gray", vmin=vmin, vmax=vmax, interpolation="nearest")
        if labels:
            axis.set_title(labels[number], fontsize=12, color=INK, pad=4)
    return figure


def show_numbers(image: np.ndarray, *, decimals: int = 1, side: float = 5.0) -> Figure:
    """Show a small grey image with the number of each pixel written into it.

    Parameters
    ----------
    image : numpy.ndarray
        Shape (rows, columns); at most 24 of each, more could not be read.
    decimals : int
        Digits behind the decimal point.
    side : float
        Width of the figure, in inches.

    Raises
    ------
    ValueError
        If the image is not small enough to be read.
    """
    rows, columns = _check_small("show_numbers", image)
    figure, (axis,) = _grid(1, 1, side, False, ratio=rows / columns)
    low, high = float(image.min()), float(image.max())
    axis.imshow(image, cmap="gray", vmin=low, vmax=high, interpolation="nearest")
    middle = (low + high) / 2
    _write_numbers(axis, image, decimals, side, lambda value: "white" if value < middle else "black")
    return figure


def show_signed(
    arrays: Sequence[np.ndarray],
    labels: Sequence[str] = (),
    *,
    columns: int = 4,
    numbers: bool = False,
    decimals: int = 0,
    limit: float | None = None,
    side: float = 1.9,
) -> Figure:
    """Show kernels or feature maps: negative numbers orange, zero white, positive numbers blue.

    Parameters
    ----------
    arrays : sequence of numpy.ndarray
        Each of shape (rows, columns).
    labels : sequence of str
        Letters, numbers or symbols to stand above them; none, or one for each.
    columns : int
        How many stand in a row at most.
    numbers : bool
        Write each number into its pixel.
    decimals : int
        Digits behind the decimal point.
    limit : float or None
        The absolute value of the deepest colour, the same for all arrays; None takes the largest of each.
    side : float
        Width of one array, in inches.

    Raises
    ------
    ValueError
        If there is no array, the labels do not fit, or numbers are asked for that could not be read.
    """
    _check_labels("show_signed", arrays, labels)
    figure, axes = _grid(len(arrays), columns, side, bool(labels))
    for number, (axis, array) in enumerate(zip(axes, arrays, strict=True)):
        deepest = limit or float(np.abs(array).max()) or 1.0
        axis.imshow(array, cmap=SIGNED, vmin=-deepest, vmax=deepest, interpolation="nearest")
        if numbers:
            _check_small("show_signed", array)
            _write_numbers(axis, array, decimals, side, lambda v, d=deepest: "white" if abs(v) > 0.75 * d else "black")
        if labels:
            axis.set_title(labels[number], fontsize=12, color=INK, pad=4)
    return figure


def _grid(count, columns, side, titled, *, ratio=1.0):
    """Return a figure and ``count`` axes without ticks, in rows of at most ``columns``."""
    wide = min(count, columns)
    high = -(-count // wide)
    figure = new_figure(wide * side, high * (side * ratio + 0.35 * titled))
    cells = figure.subplots(high, wide, squeeze=False).ravel()
    for axis in cells:
        axis.set_xticks([])
        axis.set_yticks([])
        for spine in axis.spines.values():
            spine.set_color(EDGE)
    for axis in cells[count:]:
        axis.set_axis_off()
    return figure, cells[:count]


def _write_numbers(axis, array, decimals, side, colour):
    """Write each value into the middle of its pixel, as large as the pixel allows."""
    size = min(14.0, 72 * side / max(array.shape) / (2.2 + 0.5 * decimals))
    for (row, column), value in np.ndenumerate(array):
        text = f"{value + 0.0:.{decimals}f}".replace("-", "−")
        axis.text(column, row, text, ha="center", va="center", fontsize=size, color=colour(value))


def _check_labels(who, pictures, labels):
    if len(pictures) == 0 or len(labels) not in (0, len(pictures)):
        raise ValueError(
            f"{who}: expected at least one picture, and no label or one for each, "
            f"but {len(pictures)} pictures and {len(labels)} labels came."
        )


def _check_small(who, image):
    if image.ndim != 2 or max(image.shape) > 24 or 0 in image.shape:
        raise ValueError(
            f"{who}: numbers can be read in an image of at most 24 rows and columns, but shape {image.shape} came. "
            "Cut out a part of it first."
        )
    return image.shape
