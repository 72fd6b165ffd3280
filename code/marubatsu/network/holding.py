"""What layers that hold others share: the arrays of all by name, the way back from a plan, where an error was."""

from collections.abc import Iterator, Mapping
from types import TracebackType
from typing import Any, TypeVar

import numpy as np

from marubatsu import layers
from marubatsu.layers import Layer, Parameter, Plan, Shape

Array = TypeVar("Array", Parameter, np.ndarray)


class Holder(Layer):
    """A layer made of others. It gives `parts` and `held`, and what every layer gives."""

    def parts(self) -> Mapping[str, Layer]:
        """Return the layers inside that may have arrays, by the names that stand before those of their arrays."""
        raise NotImplementedError(f"{type(self).__name__} does not say its parts yet")

    def held(self, shape: Shape) -> Iterator[tuple[str, Layer, Shape]]:
        """Yield every layer inside, in the order of computing: its name, itself, and the shape that comes into it."""
        raise NotImplementedError(f"{type(self).__name__} does not say what it holds yet")

    def steps(self, shape: Shape) -> Iterator[tuple[str, Layer, Shape, Shape]]:
        """Yield the steps of every layer inside, each name with its place in front."""
        self.output_shape(shape)  # says what does not fit, and where
        for place, layer, before in self.held(shape):
            for name, inner, first, last in layer.steps(before):
                yield ".".join(filter(None, (place, name))), inner, first, last

    def parameters(self) -> dict[str, Parameter]:
        """Return the learnable arrays of all layers inside, named by place: "0.weight", "0.bias" and so on."""
        return _prefixed({name: layer.parameters() for name, layer in self.parts().items()})

    def arrays(self) -> dict[str, np.ndarray]:
        """Return every array that must be saved, named by place."""
        return _prefixed({name: layer.arrays() for name, layer in self.parts().items()})

    def multiply_adds(self, shape: Shape) -> int:
        """Return the multiply-adds of all layers inside."""
        return sum(layer.multiply_adds(before) for _, layer, before, _ in self.steps(shape))

    def kept(self, shape: Shape) -> int:
        """Return how many numbers all layers inside keep."""
        return sum(layer.kept(before) for _, layer, before, _ in self.steps(shape))


def build(plan: Plan, shape: Shape) -> Layer:
    """Return the layers of a plan, as from ``network.plan()``, for an input of a shape, with first weights of 0.

    Parameters
    ----------
    plan : dict
        The plan of a layer or of a whole network.
    shape : tuple of int
        One input, without N. How many channels come into a layer follows from it and from the layers before.

    Raises
    ------
    ValueError
        If a layer does not fit what comes in.
    """
    holders = {kind.__name__: kind for kind in Holder.__subclasses__()}
    kind = holders.get(plan["kind"]) or getattr(layers, plan["kind"])
    return kind.from_plan(plan, shape)


class inside:
    """Say of an error in which layer it was: its place, as the summary names it, and what it is.

    The error stays the same one, of the same type, with its first sentence; so a reader sees one error and not two.

    >>> from marubatsu.layers import Flatten, Linear
    >>> with inside("1", Linear(3, 2)):
    ...     Linear(3, 2)(np.zeros((1, 4)))
    Traceback (most recent call last):
    ValueError: layer 1, Linear(3, 2): linear: weight has 3 columns, one for each input, but x of shape (1, 4) came.
    """

    def __init__(self, name: str, layer: Layer | None):  # None: nothing is there, and nothing can go wrong
        self.name, self.layer = name, layer

    def __enter__(self) -> None:
        pass

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if not isinstance(error, ValueError | TypeError) or len(error.args) != 1 or not isinstance(error.args[0], str):
            return
        place, said = vars(error).get("place") or ("", _introduced(self.layer, error.args[0]))
        place = ".".join(filter(None, (self.name, place)))
        vars(error)["place"] = place, said  # a chain around this one puts its own name in front, once
        error.args = (f"layer {place}, {said}" if place else said,)


def nested(word: str, layers: Mapping[Any, Layer]) -> str:
    """Return a layer that holds others as text, each on lines of its own; a name stands before those that have one."""
    lines = (
        f"{name}={layer!r}," if isinstance(name, str) and name else f"{layer!r}," for name, layer in layers.items()
    )
    inner = "\n".join(lines).replace("\n", "\n  ")
    return f"{word}(\n  {inner}\n)"


def _introduced(layer: Layer | None, sentence: str) -> str:
    """Return the sentence with the layer before it, sizes and all, unless it stands there or is too long to read."""
    shown, word = repr(layer), f"{type(layer).__name__}: "
    if "\n" in shown or sentence.startswith(shown):
        return sentence
    return f"{shown}: {sentence.removeprefix(word)}"


def _prefixed(parts: Mapping[str, Mapping[str, Array]]) -> dict[str, Array]:
    return {
        f"{prefix}.{name}" if prefix else name: array
        for prefix, arrays in parts.items()
        for name, array in arrays.items()
    }
