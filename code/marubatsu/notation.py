"""The letters of the library, and the sizes of outputs.

N images, C channels, H rows, W columns, F filters, KH and KW kernel rows and columns; everything else is a word.
Arrays have rows and columns, never x and y. Images are (N, C, H, W) and kernels (F, C, KH, KW), as in PyTorch.
"""

from collections.abc import Sequence

from marubatsu.checks import whole

Pair = int | Sequence[int]

WORDS = {2: "images", 3: "volumes"}  # what is worked on, by how many axes lie behind N and C
AXES = {2: ("H", "W"), 3: ("D", "H", "W")}


def output_size(size: int, kernel_size: int, *, stride: int = 1, padding: int = 0, dilation: int = 1) -> int:
    """Return how many positions a kernel has along one axis: ⌊(size + 2p − d(k − 1) − 1) / s⌋ + 1.

    Parameters
    ----------
    size : int
        Rows (or columns) of the image, in pixels.
    kernel_size : int
        Rows (or columns) of the kernel.
    stride, padding, dilation : int
        Step between positions, border of zeros on either side, step between the pixels that one kernel covers.

    Raises
    ------
    ValueError
        If the kernel is larger than the padded image, or a number is not whole or too small.

    Examples
    --------
    The first layer of AlexNet: 227 pixels, a kernel of 11, a stride of 4.

    >>> output_size(227, 11, stride=4)
    55
    """
    who = "output_size"
    size, kernel_size = whole(who, "size", size, 1), whole(who, "kernel_size", kernel_size, 1)
    stride, dilation = whole(who, "stride", stride, 1), whole(who, "dilation", dilation, 1)
    return positions(who, size, kernel_size, stride, whole(who, "padding", padding, 0), dilation)


def positions(who: str, size: int, kernel_size: int, stride: int, padding: int, dilation: int) -> int:
    """Return the output size for numbers that are already checked; `who` speaks if the kernel does not fit."""
    covered = dilation * (kernel_size - 1) + 1
    if covered > size + 2 * padding:
        raise ValueError(
            f"{who}: the kernel covers {covered} pixels, but the image with its padding has only "
            f"{size + 2 * padding}. Take a smaller kernel or dilation, or more padding."
        )
    return (size + 2 * padding - covered) // stride + 1
