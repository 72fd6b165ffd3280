"""Layers that change numbers one by one, and softmax, which makes scores into shares."""

from typing import Self

import numpy as np

from marubatsu.arithmetic import activations
from marubatsu.layers.base import Layer, Plain, Plan, Shape, Torch, Twin


class ReLU(Plain):
    """max(0, x), number by number."""

    def forward(self, x: np.ndarray, *, training: bool = False) -> np.ndarray:
        """Return x where it is positive, else 0."""
        output = activations.relu(x)
        self._keep(training, output)
        return output

    def backward(self, gradient: np.ndarray) -> np.ndarray:
        """Let the gradient pass where the output is positive."""
        return activations.relu_backward(gradient, *self._recall())


class LeakyReLU(Layer):
    """x where it is positive, a small share of it elsewhere."""

    def __init__(self, negative_slope: float = 0.01):
        self.negative_slope = negative_slope

    def forward(self, x: np.ndarray, *, training: bool = False) -> np.ndarray:
        """Return `leaky_relu` of x."""
        self._keep(training, x)
        return activations.leaky_relu(x, self.negative_slope)

    def backward(self, gradient: np.ndarray) -> np.ndarray:
        """Let the gradient pass, scaled where x is negative."""
        (x,) = self._recall()
        return activations.leaky_relu_backward(gradient, x, self.negative_slope)

    def plan(self) -> Plan:
        """Return the plan: the slope."""
        return {"kind": "LeakyReLU", "rule": "same", "slope": self.negative_slope}

    @classmethod
    def from_plan(cls, node: Plan, shape: Shape) -> Self:
        """Return the layer."""
        return cls(node["slope"])

    def twin(self, torch: Torch) -> Twin:
        """Return ``torch.nn.LeakyReLU``."""
        return torch.nn.LeakyReLU(self.negative_slope)

    def __repr__(self) -> str:
        return f"LeakyReLU({self.negative_slope})"


class Sigmoid(Plain):
    """1 / (1 + e⁻ˣ), number by number."""

    def forward(self, x: np.ndarray, *, training: bool = False) -> np.ndarray:
        """Return `sigmoid` of x."""
        output = activations.sigmoid(x)
        self._keep(training, output)
        return output

    def backward(self, gradient: np.ndarray) -> np.ndarray:
        """Pass the gradient on, times the slope."""
        return activations.sigmoid_backward(gradient, *self._recall())


class Tanh(Plain):
    """The hyperbolic tangent, number by number."""

    def forward(self, x: np.ndarray, *, training: bool = False) -> np.ndarray:
        """Return `tanh` of x."""
        output = activations.tanh(x)
        self._keep(training, output)
        return output

    def backward(self, gradient: np.ndarray) -> np.ndarray:
        """Pass the gradient on, times the slope."""
        return activations.tanh_backward(gradient, *self._recall())


class Softmax(Plain):
    """Scores to shares: positive, with the sum 1 for each image. They are not the probability of a disease."""

    def forward(self, x: np.ndarray, *, training: bool = False) -> np.ndarray:
        """Return `softmax` along the channels (axis 1)."""
        output = activations.softmax(x, axis=1)
        self._keep(training, output)
        return output

    def backward(self, gradient: np.ndarray) -> np.ndarray:
        """Pass the gradient on to the scores."""
        (output,) = self._recall()
        return activations.softmax_backward(gradient, output, axis=1)

    def twin(self, torch: Torch) -> Twin:
        """Return ``torch.nn.Softmax`` along the channels."""
        return torch.nn.Softmax(dim=1)
