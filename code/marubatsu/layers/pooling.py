"""Layers that make images smaller without learning: pooling."""

import math
from typing import Any, Self

import numpy as np

from marubatsu.arithmetic.pooling import (
    adaptive_avg_pool2d,
    adaptive_avg_pool2d_backward,
    avg_pool2d,
    avg_pool2d_backward,
    max_pool2d,
    max_pool2d_backward,
    max_pool3d,
    max_pool3d_backward,
)
from marubatsu.arithmetic.pooling.fitting import half_at_most
from marubatsu.checks import finite, floating, gradient_of, several
from marubatsu.layers.base import Layer, Plain, Plan, Shape, Torch, Twin, brief, checked_shape
from marubatsu.notation import Pair, positions


class _Pool(Layer):
    _axes = 2

    def __init__(self, kernel_size: Pair, *, stride: Pair | None = None, padding: Pair = 0):
        who = type(self).__name__
        self.kernel_size = several(who, "kernel_size", kernel_size, 1, self._axes)
        self.stride = self.kernel_size if stride is None else several(who, "stride", stride, 1, self._axes)
        self.padding = half_at_most(who, several(who, "padding", padding, 0, self._axes), self.kernel_size)

    def output_shape(self, shape: Shape) -> Shape:
        """Return (C, OH, OW)."""
        C, *sizes = checked_shape(self, shape, 1 + self._axes)
        steps = zip(sizes, self.kernel_size, self.stride, self.padding, strict=True)
        return C, *(positions(type(self).__name__, *each, 1) for each in steps)

    def plan(self) -> Plan:
        """Return the plan: the window."""
        sizes = {"kernel": self.kernel_size, "stride": self.stride, "padding": self.padding}
        return {"kind": type(self).__name__, "rule": "window"} | {word: list(values) for word, values in sizes.items()}

    @classmethod
    def from_plan(cls, node: Plan, shape: Shape) -> Self:
        """Return the layer."""
        return cls(tuple(node["kernel"]), stride=tuple(node["stride"]), padding=tuple(node["padding"]))

    def twin(self, torch: Torch) -> Twin:
        """Return the pooling of the same name."""
        return getattr(torch.nn, type(self).__name__)(**self._options())

    def _options(self) -> dict[str, Any]:
        return {"kernel_size": self.kernel_size, "stride": self.stride, "padding": self.padding}

    def __repr__(self) -> str:
        words = [brief(self.kernel_size)]
        words += [f"stride={brief(self.stride)}"] if self.stride != self.kernel_size else []
        words += [f"padding={brief(self.padding)}"] if any(self.padding) else []
        return f"{type(self).__name__}({', '.join(words)})"


class MaxPool2d(_Pool):
    """The largest number of each window: (N, C, H, W) → (N, C, OH, OW); arguments as in `max_pool2d`."""

    def forward(self, x: np.ndarray, *, training: bool = False) -> np.ndarray:
        """Return `max_pool2d` of x."""
        output = max_pool2d(x, **self._options())
        self._keep(training, x, output)
        return output

    def backward(self, gradient: np.ndarray) -> np.ndarray:
        """Give each window's gradient to its largest pixel."""
        return max_pool2d_backward(gradient, *self._recall(), **self._options())


class AvgPool2d(_Pool):
    """The average of each window: (N, C, H, W) → (N, C, OH, OW); arguments as in `avg_pool2d`."""

    def forward(self, x: np.ndarray, *, training: bool = False) -> np.ndarray:
        """Return `avg_pool2d` of x."""
        self._keep(training, x)
        return avg_pool2d(x, **self._options())

    def backward(self, gradient: np.ndarray) -> np.ndarray:
        """Share each window's gradient among its pixels."""
        return avg_pool2d_backward(gradient, *self._recall(), **self._options())


class MaxPool3d(_Pool):
    """The largest number of each window of a volume: (N, C, D, H, W) → (N, C, OD, OH, OW)."""

    _axes = 3

    def forward(self, x: np.ndarray, *, training: bool = False) -> np.ndarray:
        """Return `max_pool3d` of x."""
        output = max_pool3d(x, **self._options())
        self._keep(training, x, output)
        return output

    def backward(self, gradient: np.ndarray) -> np.ndarray:
        """Give each window's gradient to its largest voxel."""
        return max_pool3d_backward(gradient, *self._recall(), **self._options())


class AdaptiveAvgPool2d(Layer):
    """Averages that give a fixed number of rows and columns: (N, C, H, W) → (N, C, OH, OW)."""

    def __init__(self, output_size: Pair):
        self.output_size = several("AdaptiveAvgPool2d", "output_size", output_size, 1)

    def forward(self, x: np.ndarray, *, training: bool = False) -> np.ndarray:
        """Return `adaptive_avg_pool2d` of x."""
        self._keep(training, x)
        return adaptive_avg_pool2d(x, self.output_size)

    def backward(self, gradient: np.ndarray) -> np.ndarray:
        """Share each window's gradient among its pixels."""
        (x,) = self._recall()
        return adaptive_avg_pool2d_backward(gradient, x, self.output_size)

    def output_shape(self, shape: Shape) -> Shape:
        """Return (C, OH, OW)."""
        return checked_shape(self, shape, 3)[0], *self.output_size

    def plan(self) -> Plan:
        """Return the plan: rows and columns of the output."""
        return {"kind": "AdaptiveAvgPool2d", "rule": "given", "size": list(self.output_size)}

    @classmethod
    def from_plan(cls, node: Plan, shape: Shape) -> Self:
        """Return the layer."""
        return cls(tuple(node["size"]))

    def twin(self, torch: Torch) -> Twin:
        """Return ``torch.nn.AdaptiveAvgPool2d``."""
        return torch.nn.AdaptiveAvgPool2d(self.output_size)

    def __repr__(self) -> str:
        return f"AdaptiveAvgPool2d({brief(self.output_size)})"


class GlobalMaxPool(Plain):
    """The largest number of each channel: (N, C, …) → (N, C). "Is it anywhere?", asked of every feature map."""

    _rule = "channels"

    def forward(self, x: np.ndarray, *, training: bool = False) -> np.ndarray:
        """Return the largest number of each channel."""
        x = floating("GlobalMaxPool", "x", x)
        if x.ndim < 3:
            raise ValueError(f"GlobalMaxPool: x must have the axes N, C and at least one more, but {x.shape} came.")
        flat = x.reshape(*x.shape[:2], -1)  # (N, C, pixels)
        places = flat.argmax(axis=2)[..., None]
        self._keep(training, x.shape, places)
        return finite("GlobalMaxPool", np.take_along_axis(flat, places, 2)[..., 0], x=x)  # (N, C)

    def backward(self, gradient: np.ndarray) -> np.ndarray:
        """Give each channel's gradient to its largest pixel."""
        shape, places = self._recall()
        gradient = gradient_of("GlobalMaxPool", gradient, shape[:2])
        flat = np.zeros((*shape[:2], math.prod(shape[2:])), gradient.dtype)
        np.put_along_axis(flat, places, gradient[..., None], 2)
        return flat.reshape(shape)

    def output_shape(self, shape: Shape) -> Shape:
        """Return (C,)."""
        if len(shape) < 2:
            raise ValueError(f"{self!r}: channels of at least one axis are expected, but shape {shape} came.")
        return shape[:1]

    def twin(self, torch: Torch) -> Twin:
        """Return modules of PyTorch's that do the same; it has none of this name."""
        return torch.nn.Sequential(torch.nn.Flatten(2), torch.nn.AdaptiveMaxPool1d(1), torch.nn.Flatten(1))
