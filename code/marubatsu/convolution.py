"""Convolution as deep learning does it: at every place, the sum of the products of a kernel and the pixels under it.

Mathematics calls this cross-correlation; a convolution in its sense would turn the kernel by 180° first.
"""

import math

import numpy as np

from .notation import Pair, finite, floating, positions, several, whole
from .windows import Sizes, copied, inside, pad, places, portions, windows


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
    return _forward("conv2d", images, kernels, bias, stride, padding, dilation, groups)


def conv2d_backward(
    gradient: np.ndarray,
    images: np.ndarray,
    kernels: np.ndarray,
    *,
    stride: Pair = 1,
    padding: Pair = 0,
    dilation: Pair = 1,
    groups: int = 1,
    to_images: bool = True,
) -> tuple[np.ndarray | None, np.ndarray, np.ndarray]:
    """Return the gradients of a loss with respect to images, kernels and bias.

    Parameters
    ----------
    gradient : numpy.ndarray
        How the loss changes with each number of the output of `conv2d`, shape (N, F, OH, OW).
    images, kernels, stride, padding, dilation, groups
        What `conv2d` was given.
    to_images : bool
        Whether the gradient of the images is wanted; the first layer of a network has no use for it.

    Returns
    -------
    tuple of numpy.ndarray
        Gradients of the shapes of images (or None), kernels and bias.

    Raises
    ------
    ValueError, TypeError
        If shapes do not fit.
    """
    return _backward("conv2d_backward", gradient, images, kernels, stride, padding, dilation, groups, to_images)


def conv3d(volumes, kernels, bias=None, *, stride=1, padding=0, dilation=1, groups=1) -> np.ndarray:
    """Correlate volumes (N, C, D, H, W) with kernels (F, C / groups, KD, KH, KW): `conv2d` with one axis more.

    stride, padding and dilation are one number or (slices, rows, columns). Returns (N, F, OD, OH, OW).
    """
    return _forward("conv3d", volumes, kernels, bias, stride, padding, dilation, groups)


def conv3d_backward(
    gradient, volumes, kernels, *, stride=1, padding=0, dilation=1, groups=1, to_images=True
) -> tuple[np.ndarray | None, np.ndarray, np.ndarray]:
    """Return the gradients with respect to volumes, kernels and bias, as `conv2d_backward` does."""
    return _backward("conv3d_backward", gradient, volumes, kernels, stride, padding, dilation, groups, to_images)


def conv_transpose2d(
    images: np.ndarray,
    kernels: np.ndarray,
    bias: np.ndarray | None = None,
    *,
    stride: Pair = 1,
    padding: Pair = 0,
    output_padding: Pair = 0,
    groups: int = 1,
    dilation: Pair = 1,
) -> np.ndarray:
    """Put a kernel, times the pixel, at the place of every pixel, and add up: what a convolution does to gradients.

    Parameters
    ----------
    images : numpy.ndarray
        Shape (N, C, H, W).
    kernels : numpy.ndarray
        Shape (C, F / groups, KH, KW).
    bias : numpy.ndarray, optional
        Shape (F,).
    stride, padding, output_padding, dilation : int or (int, int)
        Step between the places, border that is cut off, rows and columns that are added at the lower right (fewer
        than the stride or the dilation), step between the pixels under one kernel.
    groups : int
        As in `conv2d`.

    Returns
    -------
    numpy.ndarray
        Shape (N, F, OH, OW) with OH = (H − 1) s − 2p + d (KH − 1) + output_padding + 1.

    Raises
    ------
    ValueError, TypeError
        If shapes do not fit, or a number is NaN or infinite.

    Notes
    -----
    Dumoulin and Visin 2016, chapter 4.
    """
    who = "conv_transpose2d"
    images, kernels, bias, steps, groups, sizes = _check_transposed(
        who, images, kernels, bias, stride, padding, output_padding, dilation, groups
    )
    stride, padding, dilation = steps
    output = _spread(images, kernels, sizes, stride, padding, dilation, groups)
    output = output + bias.reshape(-1, 1, 1)  # (N, F, OH, OW)
    return finite(who, output, images=images, kernels=kernels, bias=bias)


def conv_transpose2d_backward(
    gradient: np.ndarray,
    images: np.ndarray,
    kernels: np.ndarray,
    *,
    stride: Pair = 1,
    padding: Pair = 0,
    output_padding: Pair = 0,
    groups: int = 1,
    dilation: Pair = 1,
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the gradients with respect to images, kernels and bias: here convolution is the step backward."""
    who = "conv_transpose2d_backward"
    images, kernels, bias, (stride, padding, dilation), groups, sizes = _check_transposed(
        who, images, kernels, None, stride, padding, output_padding, dilation, groups
    )
    gradient = _check_gradient(who, gradient, (len(images), len(bias), *sizes), images.dtype)
    padded = pad(gradient, padding)
    needed = tuple(
        s * (size - 1) + d * (k - 1) + 1
        for s, size, d, k in zip(stride, images.shape[2:], dilation, kernels.shape[2:], strict=True)
    )
    padded = padded[(..., *(slice(size) for size in needed))]  # what lies beyond was added by output_padding
    d_images = _correlate(padded, kernels, stride, dilation, groups)
    d_kernels = _meet(images, padded, kernels.shape, stride, dilation, groups)
    return d_images, d_kernels, gradient.sum(axis=(0, 2, 3))


# ---- the arithmetic, on any number of axes ------------------------------------------------------------------


def _forward(who, images, kernels, bias, stride, padding, dilation, groups):
    images, kernels, bias, (stride, padding, dilation), _ = _check(
        who, images, kernels, bias, stride, padding, dilation, groups
    )
    output = _correlate(pad(images, padding), kernels, stride, dilation, groups)
    output += bias.reshape(-1, *(1 for _ in stride))
    return finite(who, output, images=images, kernels=kernels, bias=bias)


def _backward(who, gradient, images, kernels, stride, padding, dilation, groups, to_images):
    images, kernels, _, (stride, padding, dilation), sizes = _check(
        who, images, kernels, None, stride, padding, dilation, groups
    )
    gradient = _check_gradient(who, gradient, (len(images), len(kernels), *sizes), images.dtype)
    padded = pad(images, padding)
    d_images = _spread(gradient, kernels, images.shape[2:], stride, padding, dilation, groups) if to_images else None
    d_kernels = _meet(gradient, padded, kernels.shape, stride, dilation, groups)
    return d_images, d_kernels, gradient.sum(axis=(0, *range(2, gradient.ndim)))


def _correlate(padded: np.ndarray, kernels: np.ndarray, stride: Sizes, dilation: Sizes, groups: int) -> np.ndarray:
    """Return the sums of products at every place: (N, F, OH, OW)."""
    N, F, kernel_size = len(padded), len(kernels), kernels.shape[2:]
    seen = windows(padded, kernel_size, stride, dilation)  # (N, C, KH, KW, OH, OW)
    sizes = seen.shape[2 + len(kernel_size) :]
    weights = kernels.reshape(groups, F // groups, -1)  # (groups, F / groups, depth · KH · KW)
    output = np.empty((N, groups, F // groups, math.prod(sizes)), padded.dtype)
    step = math.prod(sizes[1:])
    for images, rows in portions(N, sizes, padded.shape[1] * math.prod(kernel_size)):
        columns = _columns(seen, images, rows, groups)  # (n, groups, depth · KH · KW, rows · OW)
        np.matmul(weights, columns, out=output[images, :, :, rows.start * step : rows.stop * step])
    return output.reshape(N, F, *sizes)


def _meet(gradient: np.ndarray, padded: np.ndarray, shape: Sizes, stride: Sizes, dilation: Sizes, groups: int):
    """Return the kernels' gradient: a weight's share is every pixel that it met, times what the output was worth."""
    N, F, *sizes = gradient.shape
    kernel_size = shape[2:]
    seen = windows(padded, kernel_size, stride, dilation)[(..., *(slice(size) for size in sizes))]
    flat = gradient.reshape(N, groups, F // groups, -1)  # (N, groups, F / groups, OH · OW)
    total = np.zeros((groups, math.prod(shape[1:]), F // groups), padded.dtype)
    step = math.prod(sizes[1:])
    for images, rows in portions(N, tuple(sizes), padded.shape[1] * math.prod(kernel_size)):
        part = seen[(images, *(slice(None),) * (1 + len(sizes)), rows)]  # (n, C, KH, KW, rows, OW)
        part = np.moveaxis(part, 0, 1 + len(sizes))  # (C, KH, KW, n, rows, OW): one long product for all images
        worth = flat[images, :, :, rows.start * step : rows.stop * step].transpose(1, 0, 3, 2)
        total += copied(part).reshape(groups, total.shape[1], -1) @ worth.reshape(groups, -1, F // groups)
    return total.swapaxes(1, 2).reshape(shape)


def _spread(gradient, kernels, sizes, stride, padding, dilation, groups) -> np.ndarray:
    """Return the gradient of the images: a pixel gets every weight that met it, times the worth of the output."""
    N, F, *places_of = gradient.shape
    depth, *kernel_size = kernels.shape[1:]
    grouped = kernels.reshape(groups, F // groups, depth, *kernel_size)
    border = tuple(d * (k - 1) - p for d, k, p in zip(dilation, kernel_size, padding, strict=True))
    met = tuple(place + d * (k - 1) for place, d, k in zip(places_of, dilation, kernel_size, strict=True))
    padded = tuple(size + 2 * p for size, p in zip(sizes, padding, strict=True))
    if all(s == 1 for s in stride) and min(border) >= 0 and met == padded:
        # Then it is the same correlation, with the kernels turned by 180° and their channels swapped.
        turned = np.flip(grouped, tuple(range(3, grouped.ndim))).swapaxes(1, 2)
        turned = turned.reshape(groups * depth, F // groups, *kernel_size)
        return _correlate(pad(gradient, border), turned, stride, dilation, groups)
    spread = np.zeros((N, groups * depth, *padded), gradient.dtype)
    weights = grouped.reshape(groups, F // groups, -1).swapaxes(1, 2)  # (groups, depth · KH · KW, F / groups)
    flat = gradient.reshape(N, groups, F // groups, -1)
    for images, _ in portions(N, (1, *places_of), groups * depth * math.prod(kernel_size)):
        shares = np.matmul(weights, flat[images]).reshape(-1, groups * depth, *kernel_size, *places_of)
        for place, index in places(tuple(kernel_size), stride, dilation, tuple(places_of)):
            spread[images][index] += shares[(slice(None), slice(None), *place)]
    return spread[inside(padding, sizes)]


def _columns(seen, images, rows, groups):
    """Copy out the windows of a portion: (n, groups, depth · KH · KW, rows · OW)."""
    axes = (seen.ndim - 2) // 2
    part = seen[(images, *(slice(None),) * (1 + axes), rows)]  # (n, C, KH, KW, rows, OW)
    places_seen = math.prod(seen.shape[1 : 2 + axes]) // groups
    return copied(part).reshape(len(part), groups, places_seen, -1)


def _check(who, images, kernels, bias, stride, padding, dilation, groups):
    """Return everything in the form that the arithmetic needs, or say what does not fit."""
    axes = "D H W" if "3d" in who else "H W"
    images = floating(who, "volumes" if "3d" in who else "images", images, f"N C {axes}")
    kernels = floating(who, "kernels", kernels, "F C " + " ".join(f"K{letter}" for letter in axes.split()))
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
    count = len(sizes)
    steps = (
        several(who, "stride", stride, 1, count),
        several(who, "padding", padding, 0, count),
        several(who, "dilation", dilation, 1, count),
    )
    output = tuple(positions(who, *each) for each in zip(sizes, kernel_size, *steps, strict=True))
    return images, kernels, _check_bias(who, bias, F, images.dtype), steps, output


def _check_transposed(who, images, kernels, bias, stride, padding, output_padding, dilation, groups):
    images = floating(who, "images", images, "N C H W")
    kernels = floating(who, "kernels", kernels, "C F KH KW").astype(images.dtype, copy=False)
    groups = whole(who, "groups", groups, 1)
    C = images.shape[1]
    if C % groups:
        raise ValueError(f"{who}: {C} channels cannot be cut into {groups} equal groups.")
    if len(kernels) != C:
        raise ValueError(
            f"{who}: images have {C} channels, so there must be as many kernels, but shape {kernels.shape} came."
        )
    stride, padding = several(who, "stride", stride, 1), several(who, "padding", padding, 0)
    dilation, extra = several(who, "dilation", dilation, 1), several(who, "output_padding", output_padding, 0)
    if any(more >= max(s, d) for more, s, d in zip(extra, stride, dilation, strict=True)):
        raise ValueError(f"{who}: output_padding must be smaller than stride or dilation, but {output_padding!r} came.")
    sizes = tuple(
        (size - 1) * s - 2 * p + d * (k - 1) + more + 1
        for size, s, p, d, k, more in zip(
            images.shape[2:], stride, padding, dilation, kernels.shape[2:], extra, strict=True
        )
    )
    if min(sizes) < 1:
        raise ValueError(f"{who}: a padding of {padding} leaves nothing of the output. Take a smaller one.")
    F = kernels.shape[1] * groups
    return images, kernels, _check_bias(who, bias, F, images.dtype), (stride, padding, dilation), groups, sizes


def _check_bias(who, bias, F, dtype):
    bias = np.zeros(F, dtype) if bias is None else floating(who, "bias", bias, "F")
    if bias.shape != (F,):
        raise ValueError(f"{who}: bias must hold one number for each of the {F} filters, but shape {bias.shape} came.")
    return bias.astype(dtype, copy=False)


def _check_gradient(who, gradient, shape, dtype):
    gradient = floating(who, "gradient", gradient)
    if gradient.shape != shape:
        raise ValueError(f"{who}: gradient must have the output's shape {shape}, but {gradient.shape} came.")
    return gradient.astype(dtype, copy=False)
