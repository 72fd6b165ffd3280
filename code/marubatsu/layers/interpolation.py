"""A layer that makes images larger without learning."""

from typing import Self

import numpy as np

from marubatsu.arithmetic.interpolation import check_mode, interpolate, interpolate_backward
from marubatsu.checks import whole
from marubatsu.layers.base import Layer, Plan, Shape, Torch, Twin, checked_shape


class Upsample(Layer):
    """Images made larger by a whole factor: (N, C, H, W) → (N, C, H · factor, W · factor); see `interpolate`."""

    def __init__(self, scale_factor: int, *, mode: str = "nearest"):
        self.scale_factor = whole("Upsample", "scale_factor", scale_factor, 1)
        self.mode = check_mode("Upsample", mode)

    def forward(self, x: np.ndarray, *, training: bool = False) -> np.ndarray:
        """Return `interpolate` of x."""
        self._keep(training, x)
        return interpolate(x, scale_factor=self.scale_factor, mode=self.mode)

    def backward(self, gradient: np.ndarray) -> np.ndarray:
        """Give every old pixel back what it gave."""
        return interpolate_backward(gradient, *self._recall(), scale_factor=self.scale_factor, mode=self.mode)

    def output_shape(self, shape: Shape) -> Shape:
        """Return (C, H · factor, W · factor)."""
        C, H, W = checked_shape(self, shape, 3)
        return C, H * self.scale_factor, W * self.scale_factor

    def plan(self) -> Plan:
        """Return the plan: factor and mode."""
        return {"kind": "Upsample", "rule": "enlarge", "factor": self.scale_factor, "mode": self.mode}

    @classmethod
    def from_plan(cls, node: Plan, shape: Shape) -> Self:
        """Return the layer."""
        return cls(node["factor"], mode=node["mode"])

    def twin(self, torch: Torch) -> Twin:
        """Return ``torch.nn.Upsample``."""
        return torch.nn.Upsample(scale_factor=self.scale_factor, mode=self.mode)

    def __repr__(self) -> str:
        return f"Upsample({self.scale_factor}{'' if self.mode == 'nearest' else f', mode={self.mode!r}'})"
