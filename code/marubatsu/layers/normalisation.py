"""Layers that bring numbers to a common scale, and dropout: what helps a network to learn."""

import math
from typing import Any, Self

import numpy as np

from marubatsu.arithmetic.normalisation import (
    Running,
    batch_norm,
    batch_norm_backward,
    dropout,
    local_response_norm,
    local_response_norm_backward,
)
from marubatsu.checks import below, floating, gradient_of, whole
from marubatsu.layers.base import Layer, Parameter, Plan, Rng, Shape, Tensor, Torch, Twin, checked_shape


class LocalResponseNorm(Layer):
    """Each number divided by the activity of neighbouring channels; arguments as in `local_response_norm`."""

    def __init__(self, size: int, *, alpha: float = 1e-4, beta: float = 0.75, k: float = 1.0):
        self.size = whole("LocalResponseNorm", "size", size, 1)
        self.alpha, self.beta, self.k = alpha, beta, k

    def forward(self, x: np.ndarray, *, training: bool = False) -> np.ndarray:
        """Return `local_response_norm` of x."""
        self._keep(training, x)
        return local_response_norm(x, **self._options())

    def backward(self, gradient: np.ndarray) -> np.ndarray:
        """Pass the gradient on."""
        return local_response_norm_backward(gradient, *self._recall(), **self._options())

    def output_shape(self, shape: Shape) -> Shape:
        """Return the shape as it is."""
        return checked_shape(self, shape, 3)

    def plan(self) -> Plan:
        """Return the plan: how many neighbours, and the numbers of the formula."""
        return {"kind": "LocalResponseNorm", "rule": "same"} | self._options()

    @classmethod
    def from_plan(cls, node: Plan, shape: Shape) -> Self:
        """Return the layer."""
        return cls(node["size"], alpha=node["alpha"], beta=node["beta"], k=node["k"])

    def twin(self, torch: Torch) -> Twin:
        """Return ``torch.nn.LocalResponseNorm``."""
        return torch.nn.LocalResponseNorm(**self._options())

    def _options(self) -> dict[str, Any]:
        return {"size": self.size, "alpha": self.alpha, "beta": self.beta, "k": self.k}

    def __repr__(self) -> str:
        return f"LocalResponseNorm({self.size}, alpha={self.alpha:g}, beta={self.beta:g}, k={self.k:g})"


class BatchNorm(Layer):
    """Each channel with mean 0 and variance 1 over the batch, then scaled and shifted: (N, C, …) → (N, C, …).

    Parameters
    ----------
    channels : int
        C.
    momentum, eps : float
        As in `marubatsu.arithmetic.normalisation.batch_norm`.
    """

    def __init__(self, channels: int, *, momentum: float = 0.1, eps: float = 1e-5):
        channels = whole("BatchNorm", "channels", channels, 1)
        self.weight, self.bias = Parameter(np.ones(channels, np.float32)), Parameter(np.zeros(channels, np.float32))
        self.running = Running(np.zeros(channels, np.float32), np.ones(channels, np.float32))
        self.momentum, self.eps = momentum, eps

    def forward(self, x: np.ndarray, *, training: bool = False) -> np.ndarray:
        """Return `batch_norm` of x: by the batch's own numbers in training, by the running ones in use."""
        self._keep(training, x)
        weight, bias = self.weight.value, self.bias.value
        return batch_norm(x, self.running, weight, bias, training=training, momentum=self.momentum, eps=self.eps)

    def backward(self, gradient: np.ndarray) -> np.ndarray:
        """Pass the gradient on, and add to those of weight and bias."""
        (x,) = self._recall()
        d_x, d_weight, d_bias = batch_norm_backward(gradient, x, self.weight.value, eps=self.eps)
        self.weight.gradient += d_weight
        self.bias.gradient += d_bias
        return d_x

    def arrays(self) -> dict[str, np.ndarray]:
        """Return weight and bias, and the running mean and variance."""
        return super().arrays() | {"running_mean": self.running.mean, "running_var": self.running.var}

    def output_shape(self, shape: Shape) -> Shape:
        """Return the shape as it is."""
        if shape[:1] != (len(self.weight.value),):
            raise ValueError(f"{self!r}: as many channels are expected, but shape {shape} came.")
        return shape

    def plan(self) -> Plan:
        """Return the plan: the numbers of the formula."""
        return {"kind": "BatchNorm", "rule": "scaled", "eps": self.eps, "momentum": self.momentum}

    @classmethod
    def from_plan(cls, node: Plan, shape: Shape) -> Self:
        """Return the layer for as many channels as come in."""
        return cls(shape[0], eps=node["eps"], momentum=node["momentum"])

    def twin(self, torch: Torch) -> Twin:
        """Return a batch normalisation of PyTorch's for any number of axes, as this one is."""

        class BatchNorm(torch.nn.modules.batchnorm._BatchNorm):
            def _check_input_dim(self, x: Tensor) -> None:
                pass

        return BatchNorm(len(self.weight.value), eps=self.eps, momentum=self.momentum)

    def __repr__(self) -> str:
        return f"BatchNorm({len(self.weight.value)})"


class Dropout(Layer):
    """A share p of the numbers set to 0 in training, by chance; nothing in use.

    Parameters
    ----------
    p : float
        The share, from 0 to below 1.
    rng : numpy.random.Generator, optional
        Where chance comes from; a layer without one cannot be trained, only used.
    """

    def __init__(self, p: float = 0.5, *, rng: Rng = None):
        self.p, self.rng = below("Dropout", "p", p, 1), rng

    def forward(self, x: np.ndarray, *, training: bool = False) -> np.ndarray:
        """Return x, in training with a share of its numbers dropped."""
        if not training:
            self._keep(False)
            return floating("Dropout", "x", x)
        if self.rng is None:
            raise ValueError("Dropout: training needs chance. Make the network with rng=numpy.random.default_rng(1).")
        output, mask = dropout(x, self.p, rng=self.rng)
        self._keep(True, mask)
        return output

    def backward(self, gradient: np.ndarray) -> np.ndarray:
        """Let the gradient pass where nothing was dropped."""
        (mask,) = self._recall()
        return gradient_of("Dropout", gradient, mask.shape) * mask

    def kept(self, shape: Shape) -> int:
        """Return the output and the mask."""
        return 2 * math.prod(shape)

    def plan(self) -> Plan:
        """Return the plan: the share that is dropped."""
        return {"kind": "Dropout", "rule": "same", "p": self.p}

    @classmethod
    def from_plan(cls, node: Plan, shape: Shape) -> Self:
        """Return the layer, without chance: for a drawing, not for training."""
        return cls(node["p"])

    def twin(self, torch: Torch) -> Twin:
        """Return ``torch.nn.Dropout``."""
        return torch.nn.Dropout(self.p)

    def __repr__(self) -> str:
        return f"Dropout({self.p:g})"
