"""What a network costs: parameters, multiply-adds, and the memory that training needs, for any input size and batch."""

import math
from dataclasses import dataclass

from marubatsu.checks import whole
from marubatsu.layers import Layer, Shape
from marubatsu.network import summary

BYTES = {"float16": 2, "bfloat16": 2, "float32": 4, "float64": 8}
GB = 2**30  # bytes: what a graphics card "of 24 GB" holds 24 times
COPIES = {"SGD": 0, "SGD with momentum": 1, "Adam": 2}  # arrays as large as the weights that an optimiser keeps


@dataclass(frozen=True)
class Cost:
    """Counts for one input, and memory in bytes for a batch.

    `weights`, `gradients` and `optimiser` do not grow with the image; `activations`, all outputs that the step
    backward needs, do, and with the batch.
    """

    parameters: int
    multiply_adds: int
    weights: int
    gradients: int
    optimiser: int
    activations: int
    input: int

    @property
    def training(self) -> int:
        """Bytes that one training step needs."""
        return self.weights + self.gradients + self.optimiser + self.activations + self.input

    @property
    def use(self) -> int:
        """Bytes that the weights and the input need, when nothing is kept for a step backward."""
        return self.weights + self.input


def cost(
    network: Layer, input_shape: Shape, *, batch: int = 1, precision: str = "float32", optimiser: str = "Adam"
) -> Cost:
    """Return what a network costs, from shapes alone; nothing is run.

    Parameters
    ----------
    network : Layer
        Any network, for images (C, H, W) or volumes (C, D, H, W).
    input_shape : tuple of int
        One input, without N.
    batch : int
        How many are worked on together.
    precision : {"float16", "bfloat16", "float32", "float64"}
        How each number is stored.
    optimiser : {"SGD", "SGD with momentum", "Adam"}
        What is kept beside weights and gradients.

    Raises
    ------
    ValueError
        If a name is unknown, or a layer does not fit the one before it.

    Notes
    -----
    An estimate by one rule: the output of every layer is kept once. Real libraries keep less of some layers, and add
    working space of their convolutions and what their allocator holds back; the library's tests compare it with what
    PyTorch keeps. What keeps more or less says so itself (`Layer.kept`): Flatten nothing, Dropout a mask too.
    """
    batch = whole("cost", "batch", batch, 1)
    for word, value, known in (("precision", precision, BYTES), ("optimiser", optimiser, COPIES)):
        if value not in known:
            raise ValueError(f"cost: {word} must be one of {', '.join(known)}, but {value!r} came.")
    table = summary(network, input_shape)
    size, numbers = BYTES[precision], network.kept(tuple(input_shape))
    return Cost(
        parameters=table.parameters,
        multiply_adds=table.multiply_adds,
        weights=size * table.parameters,
        gradients=size * table.parameters,
        optimiser=size * table.parameters * COPIES[optimiser],
        activations=size * numbers * batch,
        input=size * batch * math.prod(input_shape),
    )


def largest_batch(
    network: Layer, input_shape: Shape, *, memory: float, precision: str = "float32", optimiser: str = "Adam"
) -> int:
    """Return how many inputs one training step can work on together; 0 if not even one fits.

    Parameters
    ----------
    network, input_shape, precision, optimiser
        As in `cost`.
    memory : float
        Bytes that there are, for example ``24 * GB``.
    """
    one = cost(network, input_shape, precision=precision, optimiser=optimiser)
    each = one.activations + one.input
    return max(0, int((memory - one.training + each) // each))
