"""Traits that hold a number between two ends, and the ends of all numbers of a widget, which its script is told."""

from typing import Any, TypeVar

import traitlets

from marubatsu.widgets.kit.arrays import StateError

N = TypeVar("N", int, float)


class _Between(traitlets.TraitType[N, N]):
    """A number from `low` to `high`, both included; anything else is refused in a sentence, with a hint at its end."""

    kind = "a number"

    def __init__(self, default: N, low: float, high: float, *, hint: str = ""):
        self.low, self.high, self.hint = low, high, hint
        super().__init__(default)
        self.tag(sync=True, state=True)

    def between(self, obj: Any, value: N) -> N:
        """Return the number, or say in a sentence that it lies outside."""
        if not self.low <= value <= self.high:  # nor NaN
            expected = f"{self.kind} from {self.low:g} to {self.high:g}"
            sentence = f"{type(obj).__name__}: {self.name} must be {expected}, but {value} came."
            raise StateError(f"{sentence} {self.hint}".strip())
        return value


class Whole(_Between[int], traitlets.Int[int, int]):
    """A whole number of a widget's state, from `low` to `high`."""

    kind = "a whole number"

    def validate(self, obj: Any, value: Any) -> int:
        """Return the number, or say in a sentence why it cannot be taken."""
        return self.between(obj, super().validate(obj, value))


class Number(_Between[float], traitlets.Float[float, float]):
    """A number of a widget's state, from `low` to `high`."""

    def validate(self, obj: Any, value: Any) -> float:
        """Return the number, or say in a sentence why it cannot be taken."""
        return self.between(obj, super().validate(obj, value))


def limits_of(widget: type[traitlets.HasTraits]) -> dict[str, list[float]]:
    """Return the least and the largest value of each `Whole` and `Number` of a widget: what its ``limits`` tell."""
    found = {name: trait for name, trait in widget.class_traits().items() if isinstance(trait, _Between)}
    return {name: [trait.low, trait.high] for name, trait in found.items()}
