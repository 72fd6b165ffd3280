"""A layer that makes images larger without learning."""

import numpy as np

from marubatsu.arithmetic.interpolation import interpolate, interpolate_backward
from marubatsu.layers.base import Layer, Shape, checked_shape
from marubatsu.notation import whole


class Upsample(Layer):
    """Images made larger by a whole factor: (N, C, H, W) → (N, C, H · factor, W · factor); see `interpolate`."""

    def __init__(self, scale_factor: int, *, mode: str = "nearest"):
        self.scale_factor, self.mode = whole("Upsample", "scale_factor", scale_factor, 1), mode

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

    def __repr__(self) -> str:
        return f"Upsample({self.scale_factor}{'' if self.mode == 'nearest' else f', mode={self.mode!r}'})"
