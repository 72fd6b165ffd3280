"""Pooling: each window of pixels is replaced by one number, its largest or its average."""

import numpy as np

from .convolution import pad, windows
from .notation import Pair, finite, floating, positions, several


def max_pool2d_slow(images, kernel_size, *, stride=None, padding=0):
    """Return what `max_pool2d` returns, by the loops that its definition says."""
    images, kernel_size, stride, padding, (OH, OW) = _check("max_pool2d_slow", images, kernel_size, stride, padding)
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
    images, kernel_size, stride, padding, sizes = _check("max_pool2d", images, kernel_size, stride, padding)
    output = pad(images, padding, -np.inf)
    for axis in (2, 3):  # the largest of a rectangle is the largest of its rows' largest
        shifted = _shifted(output, axis, kernel_size[axis - 2], stride[axis - 2], sizes[axis - 2])
        output = next(shifted).copy()
        for each in shifted:
            np.maximum(output, each, out=output)
    return finite("max_pool2d", output, images=images)


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
    who = "max_pool2d_backward"
    images, kernel_size, stride, padding, sizes = _check(who, images, kernel_size, stride, padding)
    left = _check_gradient(who, gradient, images, sizes).copy()  # what has found no pixel yet
    if np.shape(output) != left.shape:
        raise ValueError(f"{who}: output must have shape {left.shape}, but {np.shape(output)} came.")
    padded = pad(images, padding, -np.inf)
    d_padded = np.zeros_like(padded)
    for place in _places(kernel_size, stride, sizes):
        share = np.where(padded[place] == output, left, 0)
        d_padded[place] += share
        left -= share
    return _inside(d_padded, images, padding)


def avg_pool2d_slow(images, kernel_size, *, stride=None, padding=0, count_include_pad=True):
    """Return what `avg_pool2d` returns, by the loops that its definition says."""
    images, kernel_size, stride, padding, (OH, OW) = _check("avg_pool2d_slow", images, kernel_size, stride, padding)
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
    images, kernel_size, stride, padding, sizes = _check("avg_pool2d", images, kernel_size, stride, padding)
    output = pad(images, padding)
    for axis in (2, 3):
        shifted = _shifted(output, axis, kernel_size[axis - 2], stride[axis - 2], sizes[axis - 2])
        output = next(shifted).copy()
        for each in shifted:
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
    images, kernel_size, stride, padding, sizes = _check(who, images, kernel_size, stride, padding)
    gradient = _check_gradient(who, gradient, images, sizes)
    share = gradient / _counts(images, kernel_size, stride, padding, sizes, count_include_pad)
    d_padded = np.zeros_like(pad(images, padding))
    for place in _places(kernel_size, stride, sizes):
        d_padded[place] += share
    return _inside(d_padded, images, padding)


def _shifted(images, axis, kernel_size, stride, size):
    """Yield, for each place within a window, the pixels that stand there in all windows along one axis."""
    for start in range(kernel_size):
        yield images[(slice(None),) * axis + (slice(start, start + stride * (size - 1) + 1, stride),)]


def _places(kernel_size, stride, sizes):
    """Yield, for each place within a window in reading order, the slices of the pixels that stand there."""
    for starts in np.ndindex(*kernel_size):
        inner = (
            slice(start, start + step * (size - 1) + 1, step)
            for start, step, size in zip(starts, stride, sizes, strict=True)
        )
        yield (..., *inner)


def _counts(images, kernel_size, stride, padding, sizes, count_include_pad):
    """Return how many pixels each average is of; shape (OH, OW)."""
    if count_include_pad or not any(padding):
        return np.full(sizes, kernel_size[0] * kernel_size[1], images.dtype)
    ones = pad(np.ones((1, 1, *images.shape[2:]), images.dtype), padding)
    return windows(ones, kernel_size, stride, (1, 1)).sum(axis=(2, 3))[0, 0]  # (OH, OW)


def _inside(padded, images, padding):
    """Return the middle of a padded array: (N, C, H, W)."""
    (_, _, H, W), (top, left) = images.shape, padding
    return padded[:, :, top : top + H, left : left + W]


def _check(who, images, kernel_size, stride, padding):
    images = floating(who, "images", images, "N C H W")
    kernel_size = several(who, "kernel_size", kernel_size, 1)
    stride = kernel_size if stride is None else several(who, "stride", stride, 1)
    padding = several(who, "padding", padding, 0)
    if any(2 * border > size for border, size in zip(padding, kernel_size, strict=True)):
        raise ValueError(f"{who}: padding can be at most half the window {kernel_size}, but {padding} came.")
    steps = zip(images.shape[2:], kernel_size, stride, padding, strict=True)
    return images, kernel_size, stride, padding, tuple(positions(who, *each, 1) for each in steps)


def _check_gradient(who, gradient, images, sizes):
    gradient, expected = floating(who, "gradient", gradient), (*images.shape[:2], *sizes)
    if gradient.shape != expected:
        raise ValueError(f"{who}: gradient must have the output's shape {expected}, but {gradient.shape} came.")
    return gradient.astype(images.dtype, copy=False)
