"""Numbers in cells: the pixels of a small image, the weights of a kernel, and the products that are added up."""

import math

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.image import AxesImage
from matplotlib.patches import Rectangle

from marubatsu.figures.paper import (
    LETTERS,
    LINE,
    POSITIVE,
    SIGNED,
    bare,
    checked_labels,
    checked_pictures,
    headline,
    sheet,
)

_MOST = 32  # more rows or columns than this and no number can be read on a page


def show_numbers(
    image: np.ndarray,
    *,
    low: float | None = None,
    high: float | None = None,
    box: tuple[int, int, int, int] | None = None,
) -> Figure:
    """Show a small grey image with the value of each pixel printed in it.

    Parameters
    ----------
    image : numpy.ndarray
        Shape (H, W), at most 32 rows and 32 columns.
    low, high : float, optional
        The values shown black and white; if left out, the smallest and the largest of the image.
    box : (int, int, int, int), optional
        First row, first column, rows and columns of a part to be framed, for example where a kernel lies.

    Raises
    ------
    ValueError
        If the image has no rows and columns, or too many to print.
    """
    image = _checked_cells("show_numbers", image)
    low = float(image.min()) if low is None else low
    high = max(float(image.max()), low + 1e-9) if high is None else high
    figure, axes = sheet(1, 1, **_size(image.shape))
    shown = axes[0, 0].imshow(image, cmap="gray", vmin=low, vmax=high)
    _print_values(axes[0, 0], image, shown, width=_size(image.shape)["width"])
    if box is not None:
        top, left, rows, columns = box
        frame = Rectangle((left - 0.5, top - 0.5), columns, rows, fill=False, edgecolor=POSITIVE, linewidth=4)
        axes[0, 0].add_patch(frame)
    return figure


def show_kernel(kernel: np.ndarray, *, label: str = "") -> Figure:
    """Show one kernel, shape (KH, KW), as numbers in coloured cells: orange above zero, blue below, white at zero."""
    return show_kernels([kernel], labels=[label])


def show_kernels(
    kernels: np.ndarray | list[np.ndarray], *, labels: list[str] | None = None, columns: int = 3
) -> Figure:
    """Show several kernels as numbers in coloured cells, all on one scale of colours.

    Parameters
    ----------
    kernels : array of shape (F, KH, KW), or a list of arrays (KH, KW)
        At most 32 rows and columns each.
    labels : list of str, optional
        What is written above each kernel, for example "╲".
    columns : int
        How many kernels stand in a row.

    Raises
    ------
    ValueError
        If there is no kernel, a kernel is too large to print, or the labels do not match in number.
    """
    cells = [_checked_cells("show_kernels", kernel) for kernel in kernels]
    labels = checked_labels("show_kernels", labels, len(checked_pictures("show_kernels", cells)))
    columns = min(columns, len(cells))
    rows = math.ceil(len(cells) / columns)
    side = min(7.5 / columns, 3.6)
    figure, axes = sheet(rows, columns, width=side * columns, height=(side + 0.3) * rows)
    for each in axes.flat[len(cells) :]:
        each.set_visible(False)
    most = max(float(np.abs(kernel).max()) for kernel in cells) or 1.0
    for each, kernel, label in zip(axes.flat, cells, labels, strict=False):
        _signed_cells(each, kernel, most, side)
        headline(each, label)
    return figure


def show_products(patch: np.ndarray, kernel: np.ndarray) -> Figure:
    """Show one step of a convolution: the pixels under the kernel × the kernel = the products, and their sum.

    Parameters
    ----------
    patch, kernel : numpy.ndarray
        Two arrays of the same shape (KH, KW).

    Raises
    ------
    ValueError
        If the two shapes differ.
    """
    patch, kernel = (_checked_cells("show_products", part) for part in (patch, kernel))
    if patch.shape != kernel.shape:
        raise ValueError(
            "show_products: the part of the image and the kernel must have the same rows and columns, but shapes "
            f"{patch.shape} and {kernel.shape} came."
        )
    products = patch * kernel
    low, high = min(0.0, float(patch.min())), max(1.0, float(patch.max()))
    side = 2.5
    figure, axes = sheet(1, 3, width=3 * side, height=side * patch.shape[0] / patch.shape[1] + 0.7)
    shown = axes[0, 0].imshow(patch, cmap="gray", vmin=low, vmax=high)
    _print_values(axes[0, 0], patch, shown, width=side)
    _signed_cells(axes[0, 1], kernel, float(np.abs(kernel).max()) or 1.0, side)
    _signed_cells(axes[0, 2], products, float(np.abs(products).max()) or 1.0, side)
    for each, sign in zip(axes[0], ("×", "=", f"Σ = {_written(products.sum())}"), strict=True):
        each.set_xlabel(sign, fontsize=LETTERS + 5, color=LINE, fontweight="bold")
    return figure


def _signed_cells(axes: Axes, values: np.ndarray, most: float, width: float) -> None:
    shown = axes.imshow(values, cmap=SIGNED, vmin=-most, vmax=most)
    _print_values(axes, values, shown, width=width)


def _print_values(axes: Axes, values: np.ndarray, shown: AxesImage, *, width: float) -> None:
    """Write each value into its cell, black or white, whichever stands out more; draw lines between the cells."""
    colours = shown.to_rgba(values)[..., :3]  # (rows, columns, 3)
    linear = np.where(colours <= 0.04045, colours / 12.92, ((colours + 0.055) / 1.055) ** 2.4)
    luminance = linear @ np.array([0.2126, 0.7152, 0.0722])  # WCAG 2.2, relative luminance
    texts = [[_written(value) for value in row] for row in values]
    longest = max(len(text) for row in texts for text in row)
    cell = 72 * 0.92 * width / values.shape[1]  # points
    size = min(16.0, cell / (0.66 * longest + 0.6), 0.6 * cell)
    for row, column in np.ndindex(values.shape):
        colour = "black" if luminance[row, column] > 0.179 else "white"  # at 0.179 both have the same contrast
        axes.text(column, row, texts[row][column], ha="center", va="center", fontsize=size, color=colour)
    bare(axes)
    for step in range(1, values.shape[0]):
        axes.axhline(step - 0.5, color=LINE, linewidth=0.5)
    for step in range(1, values.shape[1]):
        axes.axvline(step - 0.5, color=LINE, linewidth=0.5)


def _written(value: float) -> str:
    """Return a number as short as it can be read: 3, −2, 0.25, with a true minus sign."""
    text = f"{value:.2f}".rstrip("0").rstrip(".") if abs(value) < 1000 else f"{value:.0f}"
    return "0" if text == "-0" else text.replace("-", "−")


def _checked_cells(who: str, values: np.ndarray) -> np.ndarray:
    values = np.asarray(values)
    if values.ndim != 2 or values.size == 0 or max(values.shape) > _MOST:
        raise ValueError(
            f"{who}: expected rows and columns of numbers, at most {_MOST} each, so that they can be read, but "
            f"shape {values.shape} came."
        )
    return values


def _size(shape: tuple[int, ...]) -> dict[str, float]:
    width = min(7.5, max(2.5, 0.5 * shape[1]))
    return {"width": width, "height": width * shape[0] / shape[1]}
