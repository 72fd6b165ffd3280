"""The average of each window, forward and backward, beside a slow twin."""

import numpy as np

from marubatsu.arithmetic.pooling.fitting import fitted, shifted
from marubatsu.arithmetic.windows import Sizes, inside, pad, places, windows
from marubatsu.checks import finite, gradient_of
from marubatsu.notation import Pair


def avg_pool2d_slow(
    images: np.ndarray,
    kernel_size: Pair,
    *,
    stride: Pair | None = None,
    padding: Pair = 0,
    count_include_pad: bool = True,
) -> np.ndarray:
    """Return what `avg_pool2d` returns, by the loops that its definition says."""
    images, kernel_size, stride, padding, (OH, OW) = fitted("avg_pool2d_slow", 2, images, kernel_size, stride, padding)
    padded, counted = pad(images, padding), pad(np.ones_like(images), padding, float(count_include_pad))
    output = np.empty((*images.shape[:2], OH, OW), images.dtype)
    for row in range(OH):
        for column in range(OW):
            top, left = row * stride[0], column * stride[1]
            window = (..., slice(top, top + kernel_size[0]), slice(left, left + kernel_size[1]))
            output[:, :, row, column] = padded[window].sum(axis=(2, 3)) / counted[window].sum(axis=(2, 3))
    return output


def avg_pool2d(
    images: np.ndarray,
    kernel_size: Pair,
    *,
    stride: Pair | None = None,
    padding: Pair = 0,
    count_include_pad: bool = True,
) -> np.ndarray:
    """Return the average of each window.

    Parameters
    ----------
    images, kernel_size, stride
        As for `max_pool2d`.
    padding : int or (int, int)
        A border of zeros, at most half a window.
    count_include_pad : bool
        Whether the border counts as pixels of the window.

    Returns
    -------
    numpy.ndarray
        Shape (N, C, OH, OW).

    Raises
    ------
    ValueError, TypeError
        If shapes do not fit, or a number is NaN or infinite.

    Examples
    --------
    >>> avg_pool2d(np.array([[[[1.0, 2, 0, 0], [3, 0, 0, 5]]]]), 2)
    array([[[[1.5 , 1.25]]]])
    """
    images, kernel_size, stride, padding, sizes = fitted("avg_pool2d", 2, images, kernel_size, stride, padding)
    output = pad(images, padding)
    for axis in (2, 3):
        steps = shifted(output, axis, kernel_size[axis - 2], stride[axis - 2], sizes[axis - 2])
        output = next(steps).copy()
        for each in steps:
            output += each
    output /= _counts(images, kernel_size, stride, padding, sizes, count_include_pad)
    return finite("avg_pool2d", output, images=images)


def avg_pool2d_backward(
    gradient: np.ndarray,
    images: np.ndarray,
    kernel_size: Pair,
    *,
    stride: Pair | None = None,
    padding: Pair = 0,
    count_include_pad: bool = True,
) -> np.ndarray:
    """Return the gradient with respect to the images: a window's share goes to all its pixels alike.

    Parameters and errors are those of `avg_pool2d` and `max_pool2d_backward`.
    """
    who = "avg_pool2d_backward"
    images, kernel_size, stride, padding, sizes = fitted(who, 2, images, kernel_size, stride, padding)
    gradient = gradient_of(who, gradient, (*images.shape[:2], *sizes), images.dtype)
    share = gradient / _counts(images, kernel_size, stride, padding, sizes, count_include_pad)
    d_padded = np.zeros_like(pad(images, padding))
    for _, place in places(kernel_size, stride, (1, 1), sizes):
        d_padded[place] += share
    return d_padded[inside(padding, images.shape[2:])]


def _counts(
    images: np.ndarray, kernel_size: Sizes, stride: Sizes, padding: Sizes, sizes: Sizes, count_include_pad: bool
) -> np.ndarray:
    """Return how many pixels each average is of; shape (OH, OW)."""
    if count_include_pad or not any(padding):
        return np.full(sizes, kernel_size[0] * kernel_size[1], images.dtype)
    ones = pad(np.ones((1, 1, *images.shape[2:]), images.dtype), padding)
    return windows(ones, kernel_size, stride, (1, 1)).sum(axis=(2, 3))[0, 0]  # (OH, OW)
