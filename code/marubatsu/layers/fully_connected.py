"""Layers that join all numbers: a row of them, and a weighted sum of the row for every output."""

import math
from typing import Self

import numpy as np

from marubatsu.arithmetic.fully_connected import linear, linear_backward
from marubatsu.checks import floating, gradient_of, whole
from marubatsu.layers.base import Layer, Parameter, Plain, Plan, Rng, Shape, Torch, Twin, first_weights


class Flatten(Plain):
    """All numbers of an image in one row: (N, C, H, W) → (N, C · H · W)."""

    _rule = "row"

    def forward(self, x: np.ndarray, *, training: bool = False) -> np.ndarray:
        """Return x in rows, one an image."""
        x = floating("Flatten", "x", x)
        self._keep(training, x.shape)
        return x.reshape(len(x), -1)  # (N, C · H · W)

    def backward(self, gradient: np.ndarray) -> np.ndarray:
        """Give the gradient its shape back."""
        (shape,) = self._recall()
        return gradient_of("Flatten", gradient, (shape[0], math.prod(shape[1:]))).reshape(shape)

    def output_shape(self, shape: Shape) -> Shape:
        """Return (C · H · W,)."""
        return (math.prod(shape),)

    def kept(self, shape: Shape) -> int:
        """Return 0: the same numbers, read in another order."""
        return 0


class Linear(Layer):
    """A fully connected layer: (N, inputs) → (N, outputs).

    Parameters
    ----------
    in_features, out_features : int
        How many numbers go in and come out.
    bias : bool
        Whether each output has a number that is added.
    rng : numpy.random.Generator, optional
        As for `Conv2d`.
    """

    def __init__(self, in_features: int, out_features: int, *, bias: bool = True, rng: Rng = None):
        self.in_features = whole("Linear", "in_features", in_features, 1)
        self.out_features = whole("Linear", "out_features", out_features, 1)
        self.weight = Parameter(first_weights("Linear", (out_features, in_features), rng))
        if bias:
            self.bias = Parameter(np.zeros(out_features, np.float32))

    def forward(self, x: np.ndarray, *, training: bool = False) -> np.ndarray:
        """Return x · weightᵀ + bias."""
        self._keep(training, x)
        return linear(x, self.weight.value, self.bias.value if hasattr(self, "bias") else None)

    def backward(self, gradient: np.ndarray) -> np.ndarray:
        """Pass the gradient on, and add to those of weight and bias."""
        (x,) = self._recall()
        d_x, d_weight, d_bias = linear_backward(gradient, x, self.weight.value)
        self.weight.gradient += d_weight
        if hasattr(self, "bias"):
            self.bias.gradient += d_bias
        return d_x

    def output_shape(self, shape: Shape) -> Shape:
        """Return (outputs,)."""
        if shape != (self.in_features,):
            raise ValueError(f"{self!r}: {self.in_features} numbers are expected for an image, but shape {shape} came.")
        return (self.out_features,)

    def multiply_adds(self, shape: Shape) -> int:
        """Return inputs · outputs."""
        return self.in_features * self.out_features

    def plan(self) -> Plan:
        """Return the plan: outputs, bias, and for how many inputs its weights were made."""
        sizes = {"out": self.out_features, "bias": hasattr(self, "bias"), "was": self.in_features}
        return {"kind": "Linear", "rule": "linear"} | sizes

    @classmethod
    def from_plan(cls, node: Plan, shape: Shape) -> Self:
        """Return the layer for as many numbers as come in."""
        if len(shape) != 1:
            raise ValueError(f"Linear: a row of numbers must come in, but shape {shape} came. Put a Flatten before it.")
        return cls(shape[0], node["out"], bias=node["bias"])

    def twin(self, torch: Torch) -> Twin:
        """Return ``torch.nn.Linear``."""
        return torch.nn.Linear(self.in_features, self.out_features, bias=hasattr(self, "bias"))

    def __repr__(self) -> str:
        return f"Linear({self.in_features}, {self.out_features}{'' if hasattr(self, 'bias') else ', bias=False'})"
