"""Transposed convolution, forward and backward: the way from small maps to large ones."""

import numpy as np

from marubatsu.arithmetic.convolution.products import check_bias, correlate, meet, spread
from marubatsu.arithmetic.windows import Sizes, pad
from marubatsu.checks import finite, floating, gradient_of, several, whole
from marubatsu.notation import Pair

Asked = tuple[Pair, Pair, Pair, Pair, int]  # stride, padding, output_padding, dilation, groups, as a caller gives them
Way = tuple[Sizes, Sizes, Sizes, int]  # stride, padding and dilation, one number for each axis, and groups


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
    images, kernels, bias, way, sizes = _check_transposed(
        who, images, kernels, bias, (stride, padding, output_padding, dilation, groups)
    )
    output = spread(images, kernels, sizes, *way)
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
    images, kernels, bias, way, sizes = _check_transposed(
        who, images, kernels, None, (stride, padding, output_padding, dilation, groups)
    )
    strides, borders, dilations, groups = way
    gradient = gradient_of(who, gradient, (len(images), len(bias), *sizes), images.dtype)
    padded = pad(gradient, borders)
    needed = tuple(
        s * (size - 1) + d * (k - 1) + 1
        for s, size, d, k in zip(strides, images.shape[2:], dilations, kernels.shape[2:], strict=True)
    )
    covered: tuple = (..., *map(slice, needed))  # what lies beyond was added by output_padding
    padded = padded[covered]
    d_images = correlate(padded, kernels, strides, dilations, groups)
    d_kernels = meet(images, padded, kernels.shape, strides, dilations, groups)
    return d_images, d_kernels, gradient.sum(axis=(0, 2, 3))


def _check_transposed(
    who: str, images: np.ndarray, kernels: np.ndarray, bias: np.ndarray | None, asked: Asked
) -> tuple[np.ndarray, np.ndarray, np.ndarray, Way, Sizes]:
    stride, padding, output_padding, dilation, groups = asked
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
    strides, borders = several(who, "stride", stride, 1), several(who, "padding", padding, 0)
    dilations, extra = several(who, "dilation", dilation, 1), several(who, "output_padding", output_padding, 0)
    if any(more >= max(s, d) for more, s, d in zip(extra, strides, dilations, strict=True)):
        raise ValueError(f"{who}: output_padding must be smaller than stride or dilation, but {output_padding!r} came.")
    sizes = tuple(
        (size - 1) * s - 2 * p + d * (k - 1) + more + 1
        for size, s, p, d, k, more in zip(
            images.shape[2:], strides, borders, dilations, kernels.shape[2:], extra, strict=True
        )
    )
    if min(sizes) < 1:
        raise ValueError(f"{who}: a padding of {borders} leaves nothing of the output. Take a smaller one.")
    F = kernels.shape[1] * groups
    return images, kernels, check_bias(who, bias, F, images.dtype), (strides, borders, dilations, groups), sizes
