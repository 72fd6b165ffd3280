"""The letters of the library, the sizes of outputs, and the sentences about arrays that do not fit.

N images, C channels, H rows, W columns, F filters, KH and KW kernel rows and columns; everything else is a word.
Arrays have rows and columns, never x and y. Images are (N, C, H, W) and kernels (F, C, KH, KW), as in PyTorch.
"""

from collections.abc import Sequence

import numpy as np

Pair = int | Sequence[int]


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


def whole(who: str, word: str, value: int, low: int) -> int:
    """Return the value if it is a whole number of at least `low`."""
    if isinstance(value, bool) or not isinstance(value, int | np.integer) or value < low:
        raise ValueError(f"{who}: {word} must be a whole number of at least {low}, but {value!r} came.")
    return int(value)


def several(who: str, word: str, value: Pair, low: int, count: int = 2) -> tuple[int, ...]:
    """Return one whole number for each axis (rows, columns) from one number or a sequence of them."""
    values = (value,) * count if isinstance(value, int | np.integer) else value
    if not isinstance(values, Sequence) or isinstance(values, str) or len(values) != count:
        axes = "(rows, columns)" if count == 2 else "(slices, rows, columns)"
        raise ValueError(f"{who}: {word} must be one whole number or {axes}, but {value!r} came.")
    return tuple(whole(who, word, each, low) for each in values)


def floating(who: str, word: str, array: np.ndarray, axes: str = "") -> np.ndarray:
    """Return an array of numbers as float32 (if it is) or float64 (anything else), with the axes it must have.

    Parameters
    ----------
    who, word : str
        Who speaks, and what the array is called.
    array : array_like
        Numbers; true and false count as 1 and 0.
    axes : str
        The letters of its axes, ``"N C H W"``; left out, any number of axes will do.

    Raises
    ------
    TypeError
        If it does not hold real numbers.
    ValueError
        If it has other axes, or is empty.
    """
    array = np.asarray(array)
    if array.dtype.kind not in "biuf":
        raise TypeError(f"{who}: {word} must hold real numbers, but {array.dtype} came.")
    letters = axes.split()
    if letters and array.ndim != len(letters):
        hint = " For one grey image write image[None, None]." if axes == "N C H W" and array.ndim == 2 else ""
        raise ValueError(
            f"{who}: {word} must have {len(letters)} axes ({', '.join(letters)}), but shape {array.shape} came.{hint}"
        )
    if array.size == 0:
        raise ValueError(f"{who}: {word} must not be empty, but shape {array.shape} came.")
    return array if array.dtype in (np.float32, np.float64) else array.astype(np.float64)


def finite(who: str, output: np.ndarray, /, **inputs: np.ndarray | None) -> np.ndarray:
    """Return the output, or say which input held NaN or infinity.

    The output is looked at rather than the inputs, because a wrong number anywhere ends up in it, and it is often
    far smaller than the weights. Its sum is one pass over the memory; only if that is not finite we look closer.
    """
    with np.errstate(over="ignore", invalid="ignore"):
        if np.isfinite(output.sum()) or np.isfinite(output).all():
            return output
    for word, array in inputs.items():
        if array is not None and not np.isfinite(array).all():
            bad = int(array.size - np.isfinite(array).sum())
            raise ValueError(f"{who}: {word} must be finite, but {bad} of {array.size} numbers are NaN or infinite.")
    raise ValueError(
        f"{who}: the result is larger than {output.dtype} can hold. Scale the input, or lower the learning rate."
    )
