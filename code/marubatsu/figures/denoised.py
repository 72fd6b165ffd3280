"""Pictures of a denoising: versions of one slice in grey, and a signed difference beside them."""

import numpy as np
from matplotlib.figure import Figure

from marubatsu.figures.paper import SIGNED, bare, checked_labels, checked_pictures, headline, sheet


def show_denoised(
    versions: list[np.ndarray],
    difference: np.ndarray,
    *,
    labels: str | list[str] | None = None,
    low: float = -1350,
    high: float = 150,
    reach: float = 300,
) -> Figure:
    """Show versions of one slice through one window, and a difference: orange above zero, blue below.

    Parameters
    ----------
    versions : list of numpy.ndarray
        Each of shape (H, W), in HU.
    difference : numpy.ndarray
        Shape (H, W), in HU.
    labels : list of str or str, optional
        One letter for each picture, the difference last.
    low, high : float
        HU shown black and white.
    reach : float
        HU of the difference shown in the strongest colour.

    Raises
    ------
    ValueError
        If there is no version, a shape is not an image's, or the labels do not match the pictures in number.
    """
    pictures = checked_pictures("show_denoised", [*versions, difference])
    labels = checked_labels("show_denoised", labels, len(pictures))
    rows, columns = pictures[0].shape
    side = 7.5 / len(pictures)
    figure, axes = sheet(1, len(pictures), width=7.5, height=side * rows / columns + 0.35)
    for each, picture, label in zip(axes[0, :-1], pictures[:-1], labels[:-1], strict=True):
        each.imshow(picture, cmap="gray", vmin=low, vmax=high, interpolation="nearest")
        headline(each, label)
    axes[0, -1].imshow(pictures[-1], cmap=SIGNED, vmin=-reach, vmax=reach, interpolation="nearest")
    headline(axes[0, -1], labels[-1])
    for each in axes[0]:
        bare(each)
    return figure
