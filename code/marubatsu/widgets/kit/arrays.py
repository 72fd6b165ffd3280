"""Traits that hold a numpy array: checked when set, lists of numbers on the wire, equal when their numbers are."""

import base64
from typing import Any

import numpy as np
from traitlets import TraitError, TraitType


def packed(array: np.ndarray) -> dict:
    """Return the numbers of an array as float32 in base64, and its shape: what ``numbers.js`` reads."""
    array = np.asarray(array)
    return {"shape": list(array.shape), "data": base64.b64encode(array.astype("<f4").tobytes()).decode()}


LARGEST = 1e6  # the largest magnitude that a number of an array may have, where nothing else is said


class StateError(TraitError, ValueError):
    """A value that a widget cannot take; the sentence says what was expected and what came."""


class Array(TraitType[np.ndarray, Any]):
    """A trait for an array of finite numbers with a given number of axes.

    The value is kept as a read-only float64 copy, so that writing into it in place is refused by numpy instead of
    being lost: set the whole array. A nested list is taken too.

    Parameters
    ----------
    default : array_like
        The first value.
    ndim : int
        The number of axes.
    sides : (int, int), optional
        Smallest and largest length of every axis.
    square : bool
        Whether all axes must have the same length.
    limit : float
        The largest magnitude that a number may have.
    """

    def __init__(
        self,
        default: Any,
        *,
        ndim: int = 2,
        sides: tuple[int, int] | None = None,
        square: bool = False,
        limit: float = LARGEST,
        **keywords: Any,
    ):
        self.ndim, self.sides, self.square, self.limit = ndim, sides, square, limit
        super().__init__(default_value=np.array(default, dtype=float), **keywords)
        self.tag(to_json=lambda value, _: value.tolist(), from_json=lambda value, _: value)

    def validate(self, obj: Any, value: Any) -> np.ndarray:
        """Return the value as a read-only array, or say in a sentence why it cannot be taken."""
        who = f"{type(obj).__name__}: {self.name}"
        try:
            array = np.array(value, dtype=float)
        except (TypeError, ValueError):
            raise StateError(f"{who} must be an array of numbers, but {value!r} came.") from None
        if array.ndim != self.ndim:
            raise StateError(f"{who} must have {self.ndim} axes, but an array of shape {array.shape} came.")
        if self.square and len(set(array.shape)) > 1:
            raise StateError(f"{who} must have as many rows as columns, but an array of shape {array.shape} came.")
        if self.sides and not all(self.sides[0] <= side <= self.sides[1] for side in array.shape):
            expected = f"from {self.sides[0]} to {self.sides[1]} numbers along each axis"
            raise StateError(f"{who} must have {expected}, but an array of shape {array.shape} came.")
        if not np.isfinite(array).all():
            raise StateError(f"{who} must hold finite numbers only, but NaN or infinity came.")
        if array.size and np.abs(array).max() > self.limit:
            worst = np.abs(array).max()
            raise StateError(f"{who} must hold numbers up to ±{self.limit:g}, but {worst:g} came.")
        array.setflags(write=False)
        return array

    def set(self, obj: Any, value: Any) -> None:
        """Store the value; tell listeners only if a number or the shape changed."""
        new: Any = self._validate(obj, value)
        old: Any = obj._trait_values.get(self.name, self.default_value)
        obj._trait_values[self.name] = new
        if not np.array_equal(old, new):
            obj._notify_trait(self.name, old, new)
