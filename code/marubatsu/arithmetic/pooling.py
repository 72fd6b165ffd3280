"""Pooling: each window of pixels is replaced by one number, its largest or its average."""

import numpy as np

from marubatsu.arithmetic.windows import inside, pad, places, windows
from marubatsu.notation import Pair, finite, floating, positions, several


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
    return _max_pool("max_pool2d", images, kernel_size, stride, padding)


def max_pool3d(volumes, kernel_size, *, stride=None, padding=0) -> np.ndarray:
    """Return the largest number of each window of volumes (N, C, D, H, W): `max_pool2d` with one axis more."""
    return _max_pool("max_pool3d", volumes, kernel_size, stride, padding)


def _max_pool(who, images, kernel_size, stride, padding):
    images, kernel_size, stride, padding, sizes = _check(who, images, kernel_size, stride, padding)
    output = pad(images, padding, -np.inf)
    for axis, along in enumerate(zip(kernel_size, stride, sizes, strict=True), start=2):
        shifted = _shifted(output, axis, *along)  # the largest of a rectangle is the largest of its rows' largest
        output = next(shifted).copy()
        for each in shifted:
            np.maximum(output, each, out=output)
    return finite(who, output, images=images)


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
    return _max_pool_backward("max_pool2d_backward", gradient, images, output, kernel_size, stride, padding)


def max_pool3d_backward(gradient, volumes, output, kernel_size, *, stride=None, padding=0) -> np.ndarray:
    """Return the gradient with respect to the volumes, as `max_pool2d_backward` does."""
    return _max_pool_backward("max_pool3d_backward", gradient, volumes, output, kernel_size, stride, padding)


def _max_pool_backward(who, gradient, images, output, kernel_size, stride, padding):
    images, kernel_size, stride, padding, sizes = _check(who, images, kernel_size, stride, padding)
    gradient = _check_gradient(who, gradient, images, sizes)
    if np.shape(output) != gradient.shape:
        raise ValueError(f"{who}: output must have shape {gradient.shape}, but {np.shape(output)} came.")
    padded = pad(images, padding, -np.inf)
    d_padded, free = np.zeros_like(padded), np.ones(gradient.shape, bool)  # free: windows without a pixel yet
    for _, place in places(kernel_size, stride, (1,) * len(sizes), sizes):
        largest = padded[place] == output
        largest &= free
        free ^= largest
        d_padded[place] += gradient * largest
    return d_padded[inside(padding, images.shape[2:])]


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
    for _, place in places(kernel_size, stride, (1, 1), sizes):
        d_padded[place] += share
    return d_padded[inside(padding, images.shape[2:])]


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
    gradient = _check_gradient(who, gradient, images, (len(down), len(across)))
    return down.T @ gradient @ across  # (N, C, H, W)


def _shares(who, images, output_size):
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


def _shifted(images, axis, kernel_size, stride, size):
    """Yield, for each place within a window, the pixels that stand there in all windows along one axis."""
    for start in range(kernel_size):
        yield images[(slice(None),) * axis + (slice(start, start + stride * (size - 1) + 1, stride),)]


def _counts(images, kernel_size, stride, padding, sizes, count_include_pad):
    """Return how many pixels each average is of; shape (OH, OW)."""
    if count_include_pad or not any(padding):
        return np.full(sizes, kernel_size[0] * kernel_size[1], images.dtype)
    ones = pad(np.ones((1, 1, *images.shape[2:]), images.dtype), padding)
    return windows(ones, kernel_size, stride, (1, 1)).sum(axis=(2, 3))[0, 0]  # (OH, OW)


def _check(who, images, kernel_size, stride, padding):
    word, axes = ("volumes", "N C D H W") if "3d" in who else ("images", "N C H W")
    images = floating(who, word, images, axes)
    count = images.ndim - 2
    kernel_size = several(who, "kernel_size", kernel_size, 1, count)
    stride = kernel_size if stride is None else several(who, "stride", stride, 1, count)
    padding = several(who, "padding", padding, 0, count)
    if any(2 * border > size for border, size in zip(padding, kernel_size, strict=True)):
        raise ValueError(f"{who}: padding can be at most half the window {kernel_size}, but {padding} came.")
    steps = zip(images.shape[2:], kernel_size, stride, padding, strict=True)
    return images, kernel_size, stride, padding, tuple(positions(who, *each, 1) for each in steps)


def _check_gradient(who, gradient, images, sizes):
    gradient, expected = floating(who, "gradient", gradient), (*images.shape[:2], *sizes)
    if gradient.shape != expected:
        raise ValueError(f"{who}: gradient must have the output's shape {expected}, but {gradient.shape} came.")
    return gradient.astype(images.dtype, copy=False)
