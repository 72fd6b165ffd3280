"""The 2-D convolution of deep learning: at every position, the sum of the products of a kernel and the pixels under it.

Mathematics calls this cross-correlation; a convolution in its sense would turn the kernel by 180° first.
"""

import numpy as np
from numpy.lib.stride_tricks import as_strided

from .notation import Pair, finite, floating, positions, several, whole

CACHED = 2**18  # numbers that are copied out before they are multiplied: few enough to stay in a processor's cache


def conv2d_slow(images, kernels, bias=None, *, stride=1, padding=0, dilation=1, groups=1):
    """Return what `conv2d` returns, by the loops its definition says: to be read, not run on large images."""
    images, kernels, bias, (stride, padding, dilation), (OH, OW) = _check(
        "conv2d_slow", images, kernels, bias, stride, padding, dilation, groups
    )
    (N, C, _, _), (F, _, KH, KW) = images.shape, kernels.shape
    padded = pad(images, padding)
    output = np.zeros((N, F, OH, OW), images.dtype)
    for n in range(N):
        for f in range(F):
            group = f // (F // groups)  # the channels that this filter sees
            channels = padded[n, group * C // groups : (group + 1) * C // groups]
            for row in range(OH):
                for column in range(OW):
                    top, left = row * stride[0], column * stride[1]
                    bottom, right = top + dilation[0] * (KH - 1) + 1, left + dilation[1] * (KW - 1) + 1
                    pixels = channels[:, top : bottom : dilation[0], left : right : dilation[1]]  # (C, KH, KW)
                    output[n, f, row, column] = (pixels * kernels[f]).sum() + bias[f]
    return output


def conv2d(
    images: np.ndarray,
    kernels: np.ndarray,
    bias: np.ndarray | None = None,
    *,
    stride: Pair = 1,
    padding: Pair = 0,
    dilation: Pair = 1,
    groups: int = 1,
) -> np.ndarray:
    """Correlate images with kernels.

    Parameters
    ----------
    images : numpy.ndarray
        Shape (N, C, H, W). float32 is computed in float32, anything else in float64.
    kernels : numpy.ndarray
        Shape (F, C / groups, KH, KW): F filters, each as deep as the channels it sees.
    bias : numpy.ndarray, optional
        One number for each filter, shape (F,).
    stride, padding, dilation : int or (int, int)
        Step between positions, border of zeros, step between the pixels under one kernel; in pixels (rows, columns).
    groups : int
        Into how many groups channels and filters are cut; each group of filters sees its own channels only.

    Returns
    -------
    numpy.ndarray
        Shape (N, F, OH, OW) with OH and OW from `marubatsu.notation.output_size`.

    Raises
    ------
    ValueError, TypeError
        If shapes do not fit, the kernel is larger than the padded image, or a number is NaN or infinite.

    Notes
    -----
    Dumoulin and Visin 2016, "A guide to convolution arithmetic for deep learning", for sizes, strides and dilation;
    Chellapilla, Puri and Simard 2006 for the product of one matrix of weights with one of copied-out pixels.

    Examples
    --------
    >>> step = np.array([[0.0, 0, 1, 1]] * 3)[None, None]
    >>> conv2d(step, np.array([[-1.0, 0, 1]] * 3)[None, None])
    array([[[[3., 3.]]]])
    """
    images, kernels, bias, (stride, padding, dilation), (OH, OW) = _check(
        "conv2d", images, kernels, bias, stride, padding, dilation, groups
    )
    N, (F, _, KH, KW) = len(images), kernels.shape
    padded = pad(images, padding)
    weights = kernels.reshape(groups, F // groups, -1)  # (groups, F / groups, C / groups · KH · KW)
    output = np.empty((N, groups, F // groups, OH * OW), images.dtype)
    for part in parts(N, padded.shape[1] * KH * KW * OH * OW):
        columns = windows(padded[part], (KH, KW), stride, dilation)  # (n, C, KH, KW, OH, OW)
        columns = columns.reshape(-1, groups, weights.shape[2], OH * OW)  # (n, groups, C / groups · KH · KW, OH · OW)
        np.matmul(weights, columns, out=output[part])
    output += bias.reshape(groups, -1, 1)
    return finite("conv2d", output, images=images, kernels=kernels, bias=bias).reshape(N, F, OH, OW)


def conv2d_backward(
    gradient: np.ndarray,
    images: np.ndarray,
    kernels: np.ndarray,
    *,
    stride: Pair = 1,
    padding: Pair = 0,
    dilation: Pair = 1,
    groups: int = 1,
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the gradients of a loss with respect to images, kernels and bias.

    Parameters
    ----------
    gradient : numpy.ndarray
        How the loss changes with each number of the output of `conv2d`, shape (N, F, OH, OW).
    images, kernels, stride, padding, dilation, groups
        What `conv2d` was given.

    Returns
    -------
    tuple of numpy.ndarray
        Gradients of the shapes of images, kernels and bias.

    Raises
    ------
    ValueError, TypeError
        If shapes do not fit.
    """
    images, kernels, _, (stride, padding, dilation), (OH, OW) = _check(
        "conv2d_backward", images, kernels, None, stride, padding, dilation, groups
    )
    N, (F, _, KH, KW) = len(images), kernels.shape
    gradient = floating("conv2d_backward", "gradient", gradient, "N F OH OW").astype(images.dtype, copy=False)
    if gradient.shape != (N, F, OH, OW):
        raise ValueError(
            f"conv2d_backward: gradient must have the output's shape {(N, F, OH, OW)}, but {gradient.shape} came."
        )
    padded = pad(images, padding)
    weights = kernels.reshape(groups, F // groups, -1)  # (groups, F / groups, C / groups · KH · KW)
    flat = gradient.reshape(N, groups, F // groups, OH * OW)
    d_weights, d_padded = np.zeros_like(weights), np.zeros_like(padded)
    for part in parts(N, padded.shape[1] * KH * KW * OH * OW):
        columns = windows(padded[part], (KH, KW), stride, dilation)  # (n, C, KH, KW, OH, OW)
        columns = columns.reshape(-1, groups, weights.shape[2], OH * OW)  # (n, groups, C / groups · KH · KW, OH · OW)
        # A weight met every pixel of its column: its share is the pixel times what the output there was worth.
        d_weights += np.matmul(columns, flat[part].swapaxes(2, 3)).sum(axis=0).swapaxes(1, 2)
        # A pixel met every weight whose window held it: its share is added up window by window.
        d_columns = np.matmul(weights.swapaxes(1, 2), flat[part])  # (n, groups, C / groups · KH · KW, OH · OW)
        d_columns = d_columns.reshape(len(columns), -1, KH, KW, OH, OW)  # (n, C, KH, KW, OH, OW)
        for i, j in np.ndindex(KH, KW):
            top, left = i * dilation[0], j * dilation[1]
            rows = slice(top, top + stride[0] * (OH - 1) + 1, stride[0])
            d_padded[part, :, rows, left : left + stride[1] * (OW - 1) + 1 : stride[1]] += d_columns[:, :, i, j]
    (_, _, H, W), (top, left) = images.shape, padding
    d_images = d_padded[:, :, top : top + H, left : left + W]  # (N, C, H, W)
    return d_images, d_weights.reshape(kernels.shape), gradient.sum(axis=(0, 2, 3))


def pad(images: np.ndarray, padding: tuple[int, ...], value: float = 0.0) -> np.ndarray:
    """Return the images with a border on either side of the last axes; themselves where there is none."""
    if not any(padding):
        return images
    inner = images.shape[-len(padding) :]
    outer = tuple(size + 2 * border for size, border in zip(inner, padding, strict=True))
    padded = np.full((*images.shape[: -len(padding)], *outer), value, images.dtype)
    padded[(..., *(slice(border, border + size) for size, border in zip(inner, padding, strict=True)))] = images
    return padded


def windows(padded: np.ndarray, kernel_size: tuple[int, ...], stride: tuple[int, ...], dilation: tuple[int, ...]):
    """Return a view of every window: (N, C, H, W) becomes (N, C, KH, KW, OH, OW); nothing is copied."""
    steps = padded.strides[2:]
    sizes = tuple(
        (size - d * (k - 1) - 1) // s + 1
        for size, k, s, d in zip(padded.shape[2:], kernel_size, stride, dilation, strict=True)
    )
    within = tuple(step * d for step, d in zip(steps, dilation, strict=True))
    between = tuple(step * s for step, s in zip(steps, stride, strict=True))
    shape, strides = (*padded.shape[:2], *kernel_size, *sizes), (*padded.strides[:2], *within, *between)
    return as_strided(padded, shape, strides, writeable=False)


def parts(N: int, each: int):
    """Cut N images into slices of as many as the cache holds when each takes so many numbers, at least one."""
    count = max(1, CACHED // each)
    return (slice(start, min(start + count, N)) for start in range(0, N, count))


def _check(who, images, kernels, bias, stride, padding, dilation, groups):
    """Return everything in the form that the arithmetic needs, or say what does not fit."""
    images, kernels = floating(who, "images", images, "N C H W"), floating(who, "kernels", kernels, "F C KH KW")
    kernels = kernels.astype(images.dtype, copy=False)
    groups = whole(who, "groups", groups, 1)
    (_, C, *sizes), (F, depth, *kernel_size) = images.shape, kernels.shape
    if C % groups or F % groups:
        raise ValueError(f"{who}: {C} channels and {F} filters cannot be cut into {groups} equal groups.")
    if depth != C // groups:
        raise ValueError(
            f"{who}: images have {C} channels" + (f" in {groups} groups" if groups > 1 else "") + f", so each kernel "
            f"must be {C // groups} deep, but kernels of shape {kernels.shape} came."
        )
    bias = np.zeros(F, images.dtype) if bias is None else floating(who, "bias", bias, "F")
    if bias.shape != (F,):
        raise ValueError(f"{who}: bias must hold one number for each of the {F} filters, but shape {bias.shape} came.")
    steps = (
        several(who, "stride", stride, 1),
        several(who, "padding", padding, 0),
        several(who, "dilation", dilation, 1),
    )
    output = tuple(positions(who, *each) for each in zip(sizes, kernel_size, *steps, strict=True))
    return images, kernels, bias.astype(images.dtype, copy=False), steps, output
