"""The questions that the data rooms ask of every argument, and the sentences they answer with."""

import math

import numpy as np


def check_between(who: str, word: str, value: float, low: float, high: float) -> float:
    """Return the number if it lies from `low` to `high`; otherwise say what was expected."""
    if isinstance(value, bool) or not isinstance(value, (int, float, np.integer, np.floating)):
        raise TypeError(f"{who}: {word} must be a number, but {value!r} came.")
    if not low <= value <= high:
        expected = f"at least {low:g}" if high == math.inf else f"from {low:g} to {high:g}"
        raise ValueError(f"{who}: {word} must be {expected}, but {value:g} came.")
    return float(value)


def check_fraction(who: str, word: str, value: float) -> float:
    """Return the number if it lies from 0 to below one half; otherwise say what was expected."""
    if not 0 <= value < 0.5:
        raise ValueError(f"{who}: {word} must be a fraction from 0 to below 0.5, but {value:g} came.")
    return float(value)


def check_range(who: str, word: str, pair: tuple[float, float]) -> tuple[float, float]:
    """Return (low, high) if it is such a pair; otherwise say what was expected."""
    if not (isinstance(pair, (tuple, list)) and len(pair) == 2 and pair[0] <= pair[1]):
        raise ValueError(f"{who}: {word} must be a range (smallest, largest), but {pair!r} came.")
    return pair[0], pair[1]


def check_whole(who: str, word: str, value: int, low: int) -> int:
    """Return the whole number if it is at least `low`; otherwise say what was expected."""
    if isinstance(value, bool) or not isinstance(value, (int, np.integer)) or value < low:
        raise ValueError(f"{who}: {word} must be a whole number of at least {low}, but {value!r} came.")
    return int(value)


def check_generator(who: str, rng: np.random.Generator) -> None:
    """Refuse anything but a generator of random numbers."""
    if not isinstance(rng, np.random.Generator):
        raise TypeError(
            f"{who}: rng must be a random generator such as np.random.default_rng(1), but {rng!r} came; "
            "chance is always handed in, so that the same seed gives the same images."
        )
