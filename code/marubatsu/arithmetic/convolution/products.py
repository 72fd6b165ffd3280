"""The sums of products behind every convolution, forward and backward, on any number of axes."""

import math

import numpy as np

from marubatsu.arithmetic.windows import Sizes, copied, inside, pad, places, portions, windows
from marubatsu.checks import floating


def correlate(padded: np.ndarray, kernels: np.ndarray, stride: Sizes, dilation: Sizes, groups: int) -> np.ndarray:
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


def meet(
    gradient: np.ndarray, padded: np.ndarray, shape: Sizes, stride: Sizes, dilation: Sizes, groups: int
) -> np.ndarray:
    """Return the kernels' gradient: a weight's share is every pixel that it met, times what the output was worth."""
    N, F, *sizes = gradient.shape
    kernel_size = shape[2:]
    covered: tuple = (..., *map(slice, sizes))  # positions that the output has
    seen = windows(padded, kernel_size, stride, dilation)[covered]
    flat = gradient.reshape(N, groups, F // groups, -1)  # (N, groups, F / groups, OH · OW)
    total = np.zeros((groups, math.prod(shape[1:]), F // groups), padded.dtype)
    step = math.prod(sizes[1:])
    for images, rows in portions(N, tuple(sizes), padded.shape[1] * math.prod(kernel_size)):
        part = seen[(images, *(slice(None),) * (1 + len(sizes)), rows)]  # (n, C, KH, KW, rows, OW)
        part = np.moveaxis(part, 0, 1 + len(sizes))  # (C, KH, KW, n, rows, OW): one long product for all images
        worth = flat[images, :, :, rows.start * step : rows.stop * step].transpose(1, 0, 3, 2)
        total += copied(part).reshape(groups, total.shape[1], -1) @ worth.reshape(groups, -1, F // groups)
    return total.swapaxes(1, 2).reshape(shape)


def spread(
    gradient: np.ndarray, kernels: np.ndarray, sizes: Sizes, stride: Sizes, padding: Sizes, dilation: Sizes, groups: int
) -> np.ndarray:
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
        return correlate(pad(gradient, border), turned, stride, dilation, groups)
    spread = np.zeros((N, groups * depth, *padded), gradient.dtype)
    weights = grouped.reshape(groups, F // groups, -1).swapaxes(1, 2)  # (groups, depth · KH · KW, F / groups)
    flat = gradient.reshape(N, groups, F // groups, -1)
    for images, _ in portions(N, (1, *places_of), groups * depth * math.prod(kernel_size)):
        shares = np.matmul(weights, flat[images]).reshape(-1, groups * depth, *kernel_size, *places_of)
        for place, index in places(tuple(kernel_size), stride, dilation, tuple(places_of)):
            spread[images][index] += shares[(slice(None), slice(None), *place)]
    return spread[inside(padding, sizes)]


def _columns(seen: np.ndarray, images: slice, rows: slice, groups: int) -> np.ndarray:
    """Copy out the windows of a portion: (n, groups, depth · KH · KW, rows · OW)."""
    axes = (seen.ndim - 2) // 2
    part = seen[(images, *(slice(None),) * (1 + axes), rows)]  # (n, C, KH, KW, rows, OW)
    places_seen = math.prod(seen.shape[1 : 2 + axes]) // groups
    return copied(part).reshape(len(part), groups, places_seen, -1)


def check_bias(who: str, bias: np.ndarray | None, F: int, dtype: np.dtype) -> np.ndarray:
    """Return the bias as an array (F,) of a type, zeros where none came, or say what does not fit."""
    bias = np.zeros(F, dtype) if bias is None else floating(who, "bias", bias, "F")
    if bias.shape != (F,):
        raise ValueError(f"{who}: bias must hold one number for each of the {F} filters, but shape {bias.shape} came.")
    return bias.astype(dtype, copy=False)
