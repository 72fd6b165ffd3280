"""What every pooling asks of its images and windows, and the pixels at one place of all windows."""

from collections.abc import Iterator

import numpy as np

from marubatsu.arithmetic.windows import Sizes
from marubatsu.checks import floating, several
from marubatsu.notation import AXES, WORDS, Pair, positions


def fitted(
    who: str, dimensions: int, images: np.ndarray, kernel_size: Pair, stride: Pair | None, padding: Pair
) -> tuple[np.ndarray, Sizes, Sizes, Sizes, Sizes]:
    """Return images, window, stride and padding, each of them one number an axis, and the sizes of the output.

    `dimensions` is 2 for images (N, C, H, W) and 3 for volumes (N, C, D, H, W); what does not fit is said.
    """
    images = floating(who, WORDS[dimensions], images, " ".join(("N", "C", *AXES[dimensions])))
    kernel_size = several(who, "kernel_size", kernel_size, 1, dimensions)
    stride = kernel_size if stride is None else several(who, "stride", stride, 1, dimensions)
    padding = half_at_most(who, several(who, "padding", padding, 0, dimensions), kernel_size)
    steps = zip(images.shape[2:], kernel_size, stride, padding, strict=True)
    return images, kernel_size, stride, padding, tuple(positions(who, *each, 1) for each in steps)


def half_at_most(who: str, padding: Sizes, kernel_size: Sizes) -> Sizes:
    """Return the padding, if no window can lie on it alone."""
    if any(2 * border > size for border, size in zip(padding, kernel_size, strict=True)):
        raise ValueError(f"{who}: padding can be at most half the window {kernel_size}, but {padding} came.")
    return padding


def shifted(images: np.ndarray, axis: int, kernel_size: int, stride: int, size: int) -> Iterator[np.ndarray]:
    """Yield, for each place within a window, the pixels that stand there in all windows along one axis."""
    for start in range(kernel_size):
        yield images[(slice(None),) * axis + (slice(start, start + stride * (size - 1) + 1, stride),)]
