"""Convolution of images and volumes, forward and backward, beside a slow twin that is written to be read."""

import numpy as np

from marubatsu.arithmetic.convolution.products import check_bias, correlate, meet, spread
from marubatsu.arithmetic.windows import Sizes, pad
from marubatsu.checks import finite, floating, gradient_of, several, whole
from marubatsu.notation import AXES, WORDS, Pair, positions

Asked = tuple[Pair, Pair, Pair, int]  # stride, padding, dilation and groups, as a caller gives them
Way = tuple[Sizes, Sizes, Sizes, int]  # the same, one number for each axis


def conv2d_slow(
    images: np.ndarray,
    kernels: np.ndarray,
    bias: np.ndarray | None = None,
    *,
    stride: Pair = 1,
    padding: Pair = 0,
    dilation: Pair = 1,
    groups: int = 1,
) -> np.ndarray:
    """Return what `conv2d` returns, by the loops its definition says: to be read, not run on large images."""
    images, kernels, bias, (stride, padding, dilation, groups), (OH, OW) = _check(
        "conv2d_slow", 2, images, kernels, bias, (stride, padding, dilation, groups)
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
    return _forward("conv2d", 2, images, kernels, bias, (stride, padding, dilation, groups))


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
    asked = (stride, padding, dilation, groups)
    return _backward("conv2d_backward", 2, gradient, images, kernels, asked, to_images=to_images)


def conv3d(
    volumes: np.ndarray,
    kernels: np.ndarray,
    bias: np.ndarray | None = None,
    *,
    stride: Pair = 1,
    padding: Pair = 0,
    dilation: Pair = 1,
    groups: int = 1,
) -> np.ndarray:
    """Correlate volumes (N, C, D, H, W) with kernels (F, C / groups, KD, KH, KW): `conv2d` with one axis more.

    stride, padding and dilation are one number or (slices, rows, columns). Returns (N, F, OD, OH, OW).
    """
    return _forward("conv3d", 3, volumes, kernels, bias, (stride, padding, dilation, groups))


def conv3d_backward(
    gradient: np.ndarray,
    volumes: np.ndarray,
    kernels: np.ndarray,
    *,
    stride: Pair = 1,
    padding: Pair = 0,
    dilation: Pair = 1,
    groups: int = 1,
    to_images: bool = True,
) -> tuple[np.ndarray | None, np.ndarray, np.ndarray]:
    """Return the gradients with respect to volumes, kernels and bias, as `conv2d_backward` does."""
    asked = (stride, padding, dilation, groups)
    return _backward("conv3d_backward", 3, gradient, volumes, kernels, asked, to_images=to_images)


def _forward(
    who: str, dimensions: int, images: np.ndarray, kernels: np.ndarray, bias: np.ndarray | None, asked: Asked
) -> np.ndarray:
    images, kernels, bias, (stride, padding, dilation, groups), _ = _check(
        who, dimensions, images, kernels, bias, asked
    )
    output = correlate(pad(images, padding), kernels, stride, dilation, groups)
    output += bias.reshape(-1, *(1 for _ in stride))
    return finite(who, output, **{WORDS[dimensions]: images}, kernels=kernels, bias=bias)


def _backward(
    who: str,
    dimensions: int,
    gradient: np.ndarray,
    images: np.ndarray,
    kernels: np.ndarray,
    asked: Asked,
    *,
    to_images: bool,
) -> tuple[np.ndarray | None, np.ndarray, np.ndarray]:
    images, kernels, _, (stride, padding, dilation, groups), sizes = _check(
        who, dimensions, images, kernels, None, asked
    )
    gradient = gradient_of(who, gradient, (len(images), len(kernels), *sizes), images.dtype)
    padded = pad(images, padding)
    d_images = spread(gradient, kernels, images.shape[2:], stride, padding, dilation, groups) if to_images else None
    d_kernels = meet(gradient, padded, kernels.shape, stride, dilation, groups)
    return d_images, d_kernels, gradient.sum(axis=(0, *range(2, gradient.ndim)))


def _check(
    who: str, dimensions: int, images: np.ndarray, kernels: np.ndarray, bias: np.ndarray | None, asked: Asked
) -> tuple[np.ndarray, np.ndarray, np.ndarray, Way, Sizes]:
    """Return everything in the form that the arithmetic needs, or say what does not fit."""
    word, axes = WORDS[dimensions], AXES[dimensions]
    stride, padding, dilation, groups = asked
    images = floating(who, word, images, " ".join(("N", "C", *axes)))
    kernels = floating(who, "kernels", kernels, " ".join(("F", "C", *(f"K{letter}" for letter in axes))))
    kernels = kernels.astype(images.dtype, copy=False)
    groups = whole(who, "groups", groups, 1)
    (_, C, *sizes), (F, depth, *kernel_size) = images.shape, kernels.shape
    if C % groups or F % groups:
        raise ValueError(f"{who}: {C} channels and {F} filters cannot be cut into {groups} equal groups.")
    if depth != C // groups:
        raise ValueError(
            f"{who}: {word} have {C} channels" + (f" in {groups} groups" if groups > 1 else "") + f", so each kernel "
            f"must be {C // groups} deep, but kernels of shape {kernels.shape} came."
        )
    steps = (
        several(who, "stride", stride, 1, dimensions),
        several(who, "padding", padding, 0, dimensions),
        several(who, "dilation", dilation, 1, dimensions),
    )
    output = tuple(positions(who, *each) for each in zip(sizes, kernel_size, *steps, strict=True))
    return images, kernels, check_bias(who, bias, F, images.dtype), (*steps, groups), output
