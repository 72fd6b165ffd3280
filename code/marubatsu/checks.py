"""The questions that every room asks of its arguments, each once, and the sentences that answer what does not fit.

Each takes who speaks and what the argument is called, and returns the argument in the form that the room works with.
"""

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike


def whole(who: str, word: str, value: int, low: int) -> int:
    """Return the value if it is a whole number of at least `low`."""
    if isinstance(value, bool) or not isinstance(value, int | np.integer) or value < low:
        raise ValueError(f"{who}: {word} must be a whole number of at least {low}, but {value!r} came.")
    return int(value)


def several(who: str, word: str, value: int | Sequence[int], low: int, count: int = 2) -> tuple[int, ...]:
    """Return one whole number for each axis (rows, columns) from one number or a sequence of them."""
    values = (value,) * count if isinstance(value, int | np.integer) else value
    if not isinstance(values, Sequence) or isinstance(values, str) or len(values) != count:
        axes = "(rows, columns)" if count == 2 else "(slices, rows, columns)"
        raise ValueError(f"{who}: {word} must be one whole number or {axes}, but {value!r} came.")
    return tuple(whole(who, word, each, low) for each in values)


def floating(who: str, word: str, array: ArrayLike, axes: str = "") -> np.ndarray:
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


def of_shape(who: str, word: str, array: np.ndarray, shape: tuple[int, ...], whose: str) -> np.ndarray:
    """Return an array of numbers if it has a shape; `whose` says where the shape comes from, as in "the output's"."""
    array = floating(who, word, array)
    if array.shape != tuple(shape):
        raise ValueError(f"{who}: {word} must have {whose} shape {tuple(shape)}, but {array.shape} came.")
    return array


def gradient_of(who: str, gradient: np.ndarray, shape: tuple[int, ...], dtype: np.dtype | None = None) -> np.ndarray:
    """Return what comes back to an output of this shape, if it fits it number for number; in a type, if one is given.

    numpy would lay a smaller gradient over the output as often as it fits, and the network would learn something else.
    """
    gradient = of_shape(who, "gradient", gradient, shape, "the output's")
    return gradient if dtype is None else gradient.astype(dtype, copy=False)


def chance(who: str, rng: object) -> np.random.Generator:
    """Return the generator of random numbers; anything else is refused, because chance is always handed in."""
    if not isinstance(rng, np.random.Generator):
        raise TypeError(
            f"{who}: rng must be a random generator such as np.random.default_rng(1), but {rng!r} came; "
            "chance is always handed in, so that the same seed gives the same result."
        )
    return rng


def between(who: str, word: str, value: float, low: float, high: float) -> float:
    """Return the number if it lies from `low` to `high`."""
    if isinstance(value, bool) or not isinstance(value, int | float | np.integer | np.floating):
        raise TypeError(f"{who}: {word} must be a number, but {value!r} came.")
    if not low <= value <= high:
        expected = f"at least {low:g}" if high == math.inf else f"from {low:g} to {high:g}"
        raise ValueError(f"{who}: {word} must be {expected}, but {value:g} came.")
    return float(value)


def below(who: str, word: str, value: float, high: float) -> float:
    """Return the number if it lies from 0 to below `high`: a share that may not be all."""
    if isinstance(value, bool) or not isinstance(value, int | float | np.integer | np.floating):
        raise TypeError(f"{who}: {word} must be a number, but {value!r} came.")
    if not 0 <= value < high:
        raise ValueError(f"{who}: {word} must be a fraction from 0 to below {high:g}, but {value!r} came.")
    return float(value)


def extent(who: str, word: str, pair: tuple[float, float]) -> tuple[float, float]:
    """Return (smallest, largest) if it is such a pair."""
    if not (isinstance(pair, tuple | list) and len(pair) == 2 and pair[0] <= pair[1]):
        raise ValueError(f"{who}: {word} must be a range (smallest, largest), but {pair!r} came.")
    return pair[0], pair[1]


def confidence(who: str, value: float) -> float:
    """Return how often an interval is to hold the truth, if it is between 0 and 1."""
    if not 0 < value < 1:
        raise ValueError(f"{who}: confidence must lie between 0 and 1, but {value!r} came. For 95 % write 0.95.")
    return value
