"""Averages of windows that are cut so that a wanted number of rows and columns comes out."""

import numpy as np

from marubatsu.checks import finite, floating, gradient_of, several
from marubatsu.notation import Pair


def adaptive_avg_pool2d(images: np.ndarray, output_size: Pair) -> np.ndarray:
    """Cut each channel into output_size rows and columns of windows, as equal as can be, and average each.

    Parameters
    ----------
    images : numpy.ndarray
        Shape (N, C, H, W).
    output_size : int or (int, int)
        Rows and columns of the output; 1 averages each channel to one number.

    Returns
    -------
    numpy.ndarray
        Shape (N, C, OH, OW).

    Raises
    ------
    ValueError, TypeError
        If shapes do not fit, or a number is NaN or infinite.

    Notes
    -----
    Window i of n on H rows goes from ⌊i H / n⌋ to ⌈(i + 1) H / n⌉: as in PyTorch, windows may share a row.
    """
    who = "adaptive_avg_pool2d"
    images = floating(who, "images", images, "N C H W")
    down, across = _shares(who, images, output_size)
    return finite(who, down @ images @ across.T, images=images)  # (N, C, OH, OW)


def adaptive_avg_pool2d_backward(gradient: np.ndarray, images: np.ndarray, output_size: Pair) -> np.ndarray:
    """Return the gradient with respect to the images: each window's share goes to all its pixels alike."""
    who = "adaptive_avg_pool2d_backward"
    images = floating(who, "images", images, "N C H W")
    down, across = _shares(who, images, output_size)
    gradient = gradient_of(who, gradient, (*images.shape[:2], len(down), len(across)), images.dtype)
    return down.T @ gradient @ across  # (N, C, H, W)


def _shares(who: str, images: np.ndarray, output_size: Pair) -> list[np.ndarray]:
    """Return, for rows and for columns, which share of each window's average every pixel has: (OH, H), (OW, W)."""
    sizes = several(who, "output_size", output_size, 1)
    shares = []
    for size, count in zip(images.shape[2:], sizes, strict=True):
        share = np.zeros((count, size), images.dtype)
        for window in range(count):
            start, stop = window * size // count, -(-(window + 1) * size // count)
            share[window, start:stop] = 1 / (stop - start)
        shares.append(share)
    return shares
