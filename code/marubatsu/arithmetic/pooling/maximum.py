"""The largest number of each window, of images and of volumes, forward and backward, beside a slow twin."""

import numpy as np

from marubatsu.arithmetic.pooling.fitting import fitted, shifted
from marubatsu.arithmetic.windows import inside, pad, places
from marubatsu.checks import finite, gradient_of, of_shape
from marubatsu.notation import WORDS, Pair

Asked = tuple[Pair, Pair | None, Pair]  # window, stride and padding, as a caller gives them


def max_pool2d_slow(
    images: np.ndarray, kernel_size: Pair, *, stride: Pair | None = None, padding: Pair = 0
) -> np.ndarray:
    """Return what `max_pool2d` returns, by the loops that its definition says."""
    images, kernel_size, stride, padding, (OH, OW) = fitted("max_pool2d_slow", 2, images, kernel_size, stride, padding)
    padded = pad(images, padding, -np.inf)
    output = np.empty((*images.shape[:2], OH, OW), images.dtype)
    for row in range(OH):
        for column in range(OW):
            top, left = row * stride[0], column * stride[1]
            window = padded[:, :, top : top + kernel_size[0], left : left + kernel_size[1]]  # (N, C, KH, KW)
            output[:, :, row, column] = window.max(axis=(2, 3))
    return output


def max_pool2d(images: np.ndarray, kernel_size: Pair, *, stride: Pair | None = None, padding: Pair = 0) -> np.ndarray:
    """Return the largest number of each window.

    Parameters
    ----------
    images : numpy.ndarray
        Shape (N, C, H, W).
    kernel_size : int or (int, int)
        Rows and columns of a window, in pixels.
    stride : int or (int, int), optional
        Step between windows; left out, the window's own size, so that windows touch and do not overlap.
    padding : int or (int, int)
        A border that never wins, at most half a window.

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
    Overlapping windows (3 × 3 at a stride of 2) are those of Krizhevsky, Sutskever and Hinton 2012, section 3.4.

    Examples
    --------
    >>> max_pool2d(np.array([[[[1.0, 2, 0, 0], [3, 0, 0, 5]]]]), 2)
    array([[[[3., 5.]]]])
    """
    return _max_pool("max_pool2d", 2, images, (kernel_size, stride, padding))


def max_pool3d(volumes: np.ndarray, kernel_size: Pair, *, stride: Pair | None = None, padding: Pair = 0) -> np.ndarray:
    """Return the largest number of each window of volumes (N, C, D, H, W): `max_pool2d` with one axis more."""
    return _max_pool("max_pool3d", 3, volumes, (kernel_size, stride, padding))


def _max_pool(who: str, dimensions: int, images: np.ndarray, asked: Asked) -> np.ndarray:
    images, kernel_size, stride, padding, sizes = fitted(who, dimensions, images, *asked)
    output = pad(images, padding, -np.inf)
    for axis, along in enumerate(zip(kernel_size, stride, sizes, strict=True), start=2):
        steps = shifted(output, axis, *along)  # the largest of a rectangle is the largest of its rows' largest
        output = next(steps).copy()
        for each in steps:
            np.maximum(output, each, out=output)
    return finite(who, output, **{WORDS[dimensions]: images})


def max_pool2d_backward(
    gradient: np.ndarray,
    images: np.ndarray,
    output: np.ndarray,
    kernel_size: Pair,
    *,
    stride: Pair | None = None,
    padding: Pair = 0,
) -> np.ndarray:
    """Return the gradient with respect to the images: all of a window's share goes to its largest pixel.

    Where several pixels of a window are largest, the first in reading order takes it, as in PyTorch.

    Parameters
    ----------
    gradient, output : numpy.ndarray
        How the loss changes with the output, and the output itself; shape (N, C, OH, OW).
    images, kernel_size, stride, padding
        What `max_pool2d` was given.

    Raises
    ------
    ValueError, TypeError
        If shapes do not fit.
    """
    return _max_pool_backward("max_pool2d_backward", 2, gradient, images, output, (kernel_size, stride, padding))


def max_pool3d_backward(
    gradient: np.ndarray,
    volumes: np.ndarray,
    output: np.ndarray,
    kernel_size: Pair,
    *,
    stride: Pair | None = None,
    padding: Pair = 0,
) -> np.ndarray:
    """Return the gradient with respect to the volumes, as `max_pool2d_backward` does."""
    return _max_pool_backward("max_pool3d_backward", 3, gradient, volumes, output, (kernel_size, stride, padding))


def _max_pool_backward(
    who: str, dimensions: int, gradient: np.ndarray, images: np.ndarray, output: np.ndarray, asked: Asked
) -> np.ndarray:
    images, kernel_size, stride, padding, sizes = fitted(who, dimensions, images, *asked)
    gradient = gradient_of(who, gradient, (*images.shape[:2], *sizes), images.dtype)
    output = of_shape(who, "output", output, gradient.shape, "the gradient's")
    padded = pad(images, padding, -np.inf)
    d_padded, free = np.zeros_like(padded), np.ones(gradient.shape, bool)  # free: windows without a pixel yet
    for _, place in places(kernel_size, stride, (1,) * len(sizes), sizes):
        largest = padded[place] == output
        largest &= free
        free ^= largest
        d_padded[place] += gradient * largest
    return d_padded[inside(padding, images.shape[2:])]
