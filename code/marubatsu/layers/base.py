"""What every layer is: forward, backward, parameters, what it costs for a shape, its plan, and its twin in PyTorch.

A layer is called like a function, `layer(x)`. While it learns, `forward(x, training=True)` also keeps what
`backward` needs; otherwise nothing is kept. Sizes are given when a layer is made, never discovered later. What others
ask of a layer, it says itself, so that nobody else has to know one kind from another.
"""

import math
from collections.abc import Iterator
from typing import Any, Self

import numpy as np

from marubatsu.checks import chance

Shape = tuple[int, ...]
Rng = np.random.Generator | None
Plan = dict[str, Any]

# PyTorch is handed in and never imported here, and its types take minutes to read: these words say what is meant.
Torch = Any  # the module torch
Twin = Any  # a torch.nn.Module
Tensor = Any  # a torch.Tensor


class Parameter:
    """A learnable array, `value`, and how the loss changes with each of its numbers, `gradient`, zero at first."""

    def __init__(self, value: np.ndarray):
        self._value = value
        self.gradient = np.zeros(value.shape, value.dtype)  # not zeros_like: unused, it costs no memory

    @property
    def value(self) -> np.ndarray:
        """The numbers; others may be put in their place, in the same shape."""
        return self._value

    @value.setter
    def value(self, value: np.ndarray) -> None:
        if np.shape(value) != self._value.shape:
            raise ValueError(
                f"Parameter: the numbers have shape {self._value.shape}, so others in their place must have it too, "
                f"but {np.shape(value)} came."
            )
        self._value = value

    def __repr__(self) -> str:
        return f"Parameter of shape {self.value.shape}, {self.value.dtype}"


class Layer:
    """What all layers share.

    A layer of your own gives `forward`, `backward` and `output_shape`; with `plan` and `from_plan` it can be drawn, and
    with `twin` it goes over to PyTorch.
    """

    _kept: tuple[Any, ...] | None = None  # arrays, shapes, whatever a layer needs on the way back

    def __call__(self, x: np.ndarray) -> np.ndarray:
        """Return the output for x, as in use: nothing is kept, nothing is learnt."""
        return self.forward(x)

    def forward(self, x: np.ndarray, *, training: bool = False) -> np.ndarray:
        """Return the output for x; in training, keep what `backward` needs."""
        raise NotImplementedError(f"{type(self).__name__} has no forward yet")

    def backward(self, gradient: np.ndarray) -> np.ndarray:
        """Return the gradient with respect to the input, and add to the gradients of the parameters.

        Raises
        ------
        ValueError
            If `forward` was not called with ``training=True`` before.
        """
        raise NotImplementedError(f"{type(self).__name__} has no backward yet")

    def learn(self, gradient: np.ndarray) -> None:
        """Do what `backward` does, without the gradient of the input: for the first layer of a network."""
        self.backward(gradient)

    def parameters(self) -> dict[str, Parameter]:
        """Return the learnable arrays by name."""
        return {name: part for name, part in vars(self).items() if isinstance(part, Parameter)}

    def arrays(self) -> dict[str, np.ndarray]:
        """Return, by name, every array that must be saved to have the layer back: weights and running statistics."""
        return {name: parameter.value for name, parameter in self.parameters().items()}

    def output_shape(self, shape: Shape) -> Shape:
        """Return the shape of the output of one image, without N, from that of its input; nothing is computed."""
        return shape

    def multiply_adds(self, shape: Shape) -> int:
        """Return how many products are added up for one image whose input has this shape."""
        return 0

    def kept(self, shape: Shape) -> int:
        """Return how many numbers one image leaves behind for the step backward: as a rule, the output once."""
        return math.prod(self.output_shape(shape))

    def plan(self) -> Plan:
        """Return what a drawing needs to know: `kind`, the `rule` by which shapes and sums follow, and sizes.

        How many channels come in is not said: it follows from the layer before, so that a reader may change one layer
        and all behind it follow. The rules are those of ``architecture.js``.

        Raises
        ------
        ValueError
            If layers of this kind are not drawn.
        """
        raise ValueError(f"{type(self).__name__}: there is no plan for a layer {self!r}, so it cannot be drawn.")

    @classmethod
    def from_plan(cls, node: Plan, shape: Shape) -> Self:
        """Return the layer of a plan for an input of a shape (one image, without N), with first weights of 0."""
        raise ValueError(f"{cls.__name__}: a layer of this kind cannot be made from a plan.")

    def twin(self, torch: Torch) -> Twin:
        """Return a ``torch.nn.Module`` that computes the same, its arrays named as here; `torch` is handed in.

        Raises
        ------
        TypeError
            If there is none.
        """
        raise TypeError(
            f"{type(self).__name__}: the layer {self!r} does not say what it is in PyTorch. If it is yours, give it a "
            "method twin(torch) that returns a torch.nn.Module."
        )

    def steps(self, shape: Shape) -> Iterator[tuple[str, "Layer", Shape, Shape]]:
        """Yield name, layer, shape of the input and of the output for each layer inside, in the order of computing."""
        yield "", self, shape, self.output_shape(shape)

    def _keep(self, training: bool, *arrays: Any) -> None:
        self._kept = arrays if training else None

    def _recall(self) -> tuple[Any, ...]:
        if self._kept is None:
            raise ValueError(
                f"{type(self).__name__}: backward needs what forward saw. Call forward(x, training=True) first."
            )
        return self._kept


class Plain(Layer):
    """A layer without sizes of its own: its name says all, in a plan and in PyTorch."""

    _rule = "same"

    def plan(self) -> Plan:
        """Return the plan: kind and rule."""
        return {"kind": type(self).__name__, "rule": self._rule}

    @classmethod
    def from_plan(cls, node: Plan, shape: Shape) -> Self:
        """Return the layer."""
        return cls()

    def twin(self, torch: Torch) -> Twin:
        """Return the module of the same name, if PyTorch has one."""
        kind = getattr(torch.nn, type(self).__name__, None)
        return super().twin(torch) if kind is None else kind()

    def __repr__(self) -> str:
        return f"{type(self).__name__}()"


def first_weights(who: str, shape: Shape, rng: Rng) -> np.ndarray:
    """Return float32 weights (outputs, inputs …), normal with standard deviation √(2 / inputs), or 0 without a rng."""
    if rng is None:
        return np.zeros(shape, np.float32)
    chance(who, rng)
    return rng.standard_normal(shape, np.float32) * np.float32(math.sqrt(2 / math.prod(shape[1:])))


def checked_shape(layer: Layer, shape: Shape, count: int) -> Shape:
    """Return the shape of one image if it has `count` axes."""
    if len(shape) != count:
        axes = {1: "(C,)", 3: "(C, H, W)", 4: "(C, D, H, W)"}[count]
        raise ValueError(f"{layer!r}: an input of shape {axes} is expected, but shape {shape} came.")
    return shape


def brief(values: int | Shape) -> str:
    """Return one number for equal ones: 3 for (3, 3)."""
    return str(values[0] if isinstance(values, tuple) and len(set(values)) == 1 else values)
