"""What every layer is: forward, backward, parameters, and what it costs for an input of a given shape.

A layer is called like a function, `layer(x)`. While it learns, `forward(x, training=True)` also keeps what
`backward` needs; otherwise nothing is kept. Sizes are given when a layer is made, never discovered later.
"""

import math
from collections.abc import Iterator

import numpy as np

Shape = tuple[int, ...]
Rng = np.random.Generator | None


class Parameter:
    """A learnable array, `value`, and how the loss changes with each of its numbers, `gradient`, zero at first."""

    def __init__(self, value: np.ndarray):
        self.value = value
        self.gradient = np.zeros(value.shape, value.dtype)  # not zeros_like: unused, it costs no memory

    def __repr__(self) -> str:
        return f"Parameter of shape {self.value.shape}, {self.value.dtype}"


class Layer:
    """What all layers share. A layer of your own gives `forward`, `backward` and `output_shape`."""

    _kept: tuple | None = None

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

    def steps(self, shape: Shape) -> Iterator[tuple[str, "Layer", Shape, Shape]]:
        """Yield name, layer, shape of the input and of the output for each layer inside, in the order of computing."""
        yield "", self, shape, self.output_shape(shape)

    def _keep(self, training, *arrays):
        self._kept = arrays if training else None

    def _recall(self):
        if self._kept is None:
            raise ValueError(
                f"{type(self).__name__}: backward needs what forward saw. Call forward(x, training=True) first."
            )
        return self._kept


def first_weights(shape: Shape, rng: Rng) -> np.ndarray:
    """Return float32 weights (outputs, inputs …), normal with standard deviation √(2 / inputs), or 0 without a rng."""
    if rng is None:
        return np.zeros(shape, np.float32)
    if not isinstance(rng, np.random.Generator):
        raise TypeError(f"rng must be a numpy.random.Generator, as from numpy.random.default_rng(1), but {rng!r} came.")
    return rng.standard_normal(shape, np.float32) * np.float32(math.sqrt(2 / math.prod(shape[1:])))


def checked_shape(layer: Layer, shape: Shape, count: int) -> Shape:
    """Return the shape of one image if it has `count` axes."""
    if len(shape) != count:
        axes = {3: "(C, H, W)", 4: "(C, D, H, W)"}[count]
        raise ValueError(f"{layer!r}: an input of shape {axes} is expected, but shape {shape} came.")
    return shape


def brief(values: int | Shape) -> str:
    """Return one number for equal ones: 3 for (3, 3)."""
    return str(values[0] if isinstance(values, tuple) and len(set(values)) == 1 else values)
