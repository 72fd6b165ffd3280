"""Windows on images: the border around them, a view of every place a kernel can take, and portions that fit the cache.

All of it works on images of two axes (rows, columns) as on volumes of three (slices, rows, columns).
"""

import math
import threading
from collections.abc import Iterator

import numpy as np
from numpy.lib.stride_tricks import as_strided

Sizes = tuple[int, ...]

CACHED = 2**20  # numbers that are copied out before they are multiplied: few enough to stay in a processor's cache

_kept = threading.local()


def pad(images: np.ndarray, padding: Sizes, value: float = 0.0) -> np.ndarray:
    """Return the images with a border on either side of the last axes; themselves where there is none."""
    if not any(padding):
        return images
    inner = images.shape[-len(padding) :]
    outer = tuple(size + 2 * border for size, border in zip(inner, padding, strict=True))
    padded = np.full((*images.shape[: -len(padding)], *outer), value, images.dtype)
    padded[inside(padding, inner)] = images
    return padded


def inside(padding: Sizes, sizes: Sizes) -> tuple:
    """Return the index of what lies within the border."""
    return (..., *(slice(border, border + size) for border, size in zip(padding, sizes, strict=True)))


def windows(padded: np.ndarray, kernel_size: Sizes, stride: Sizes, dilation: Sizes) -> np.ndarray:
    """Return a view of every window: (N, C, H, W) becomes (N, C, KH, KW, OH, OW); nothing is copied."""
    sizes = tuple(
        (size - d * (k - 1) - 1) // s + 1
        for size, k, s, d in zip(padded.shape[2:], kernel_size, stride, dilation, strict=True)
    )
    steps = padded.strides[2:]
    within = tuple(step * d for step, d in zip(steps, dilation, strict=True))
    between = tuple(step * s for step, s in zip(steps, stride, strict=True))
    shape, strides = (*padded.shape[:2], *kernel_size, *sizes), (*padded.strides[:2], *within, *between)
    return as_strided(padded, shape, strides, writeable=False)


def places(kernel_size: Sizes, stride: Sizes, dilation: Sizes, sizes: Sizes) -> Iterator[tuple[Sizes, tuple]]:
    """Yield each place within a kernel, in reading order, and the index of the pixels under it in all windows."""
    for place in np.ndindex(*kernel_size):
        starts = (at * d for at, d in zip(place, dilation, strict=True))
        steps = zip(starts, stride, sizes, strict=True)
        yield place, (..., *(slice(start, start + s * (size - 1) + 1, s) for start, s, size in steps))


def portions(N: int, sizes: Sizes, numbers: int) -> Iterator[tuple[slice, slice]]:
    """Cut the outputs of N images into portions that the cache holds: some images whole, or some rows of one.

    Parameters
    ----------
    N : int
        How many images there are.
    sizes : tuple of int
        Rows and columns of one output (slices first, for volumes).
    numbers : int
        How many numbers are copied out for each output pixel.

    Yields
    ------
    (slice, slice)
        Which images, and which of their output's rows.
    """
    first, each = sizes[0], numbers * math.prod(sizes)
    count, rows = max(1, CACHED // each), first
    if each > CACHED:
        rows = max(1, CACHED * first // each)
    for image in range(0, N, count):
        for row in range(0, first, rows):
            yield slice(image, min(image + count, N)), slice(row, min(row + rows, first))


def copied(view: np.ndarray) -> np.ndarray:
    """Return the numbers of a view in one piece, in memory that is kept for the next time.

    What came from the last call in the same thread is overwritten. Fresh memory costs more than the products here: the
    system clears it page by page, for every layer of every step.
    """
    size = view.size * view.itemsize
    if getattr(_kept, "memory", None) is None or _kept.memory.size < size:
        _kept.memory = np.empty(size, np.uint8)
    piece = _kept.memory[:size].view(view.dtype).reshape(view.shape)
    np.copyto(piece, view)
    return piece
