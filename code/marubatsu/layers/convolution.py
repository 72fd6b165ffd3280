"""Layers that convolve: on images, on volumes, and the transposed one that makes images larger."""

import math
from collections.abc import Callable
from typing import Any, Self

import numpy as np

from marubatsu.arithmetic.convolution import (
    conv2d,
    conv2d_backward,
    conv3d,
    conv3d_backward,
    conv_transpose2d,
    conv_transpose2d_backward,
)
from marubatsu.checks import several, whole
from marubatsu.layers.base import Layer, Parameter, Plan, Rng, Shape, Torch, Twin, brief, checked_shape, first_weights
from marubatsu.notation import Pair, positions


class _Conv(Layer):
    """A convolution on any number of axes; `_axes`, `_forward` and `_backward` say on which."""

    _axes: int
    _forward: Callable[..., np.ndarray]
    _backward: Callable[..., tuple[Any, np.ndarray, np.ndarray]]  # the first is None where nobody asks for it

    def __init__(
        self,
        in_channels: int,
        out_channels: int,
        kernel_size: Pair,
        *,
        stride: Pair = 1,
        padding: Pair = 0,
        dilation: Pair = 1,
        groups: int = 1,
        bias: bool = True,
        rng: Rng = None,
    ):
        who = type(self).__name__
        self.in_channels = whole(who, "in_channels", in_channels, 1)
        self.out_channels = whole(who, "out_channels", out_channels, 1)
        self.groups = whole(who, "groups", groups, 1)
        if in_channels % groups or out_channels % groups:
            raise ValueError(
                f"{who}: {in_channels} channels and {out_channels} filters cannot be cut into {groups} equal groups."
            )
        self.kernel_size = several(who, "kernel_size", kernel_size, 1, self._axes)
        self.stride = several(who, "stride", stride, 1, self._axes)
        self.padding = several(who, "padding", padding, 0, self._axes)
        self.dilation = several(who, "dilation", dilation, 1, self._axes)
        self.weight = Parameter(first_weights(who, (out_channels, in_channels // groups, *self.kernel_size), rng))
        if bias:
            self.bias = Parameter(np.zeros(out_channels, np.float32))

    def forward(self, x: np.ndarray, *, training: bool = False) -> np.ndarray:
        """Return the sums of products of x with the kernels."""
        self._keep(training, x)
        bias = self.bias.value if hasattr(self, "bias") else None
        return type(self)._forward(x, self.weight.value, bias, **self._options())

    def backward(self, gradient: np.ndarray) -> np.ndarray:
        """Pass the gradient on, and add to those of weight and bias."""
        return self._take(gradient, to_images=True)

    def learn(self, gradient: np.ndarray) -> None:
        """Add to the gradients of weight and bias only."""
        self._take(gradient, to_images=False)

    def _take(self, gradient: np.ndarray, *, to_images: bool) -> Any:
        """Add to the gradients of weight and bias; return that of the images, or None where nobody asks for it."""
        (x,) = self._recall()
        options = {**self._options(), "to_images": to_images}
        d_x, d_weight, d_bias = type(self)._backward(gradient, x, self.weight.value, **options)
        self.weight.gradient += d_weight
        if hasattr(self, "bias"):
            self.bias.gradient += d_bias
        return d_x

    def output_shape(self, shape: Shape) -> Shape:
        """Return (F, OH, OW)."""
        C, *sizes = checked_shape(self, shape, 1 + self._axes)
        if self.in_channels != C:
            raise ValueError(f"{self!r}: an input of {self.in_channels} channels is expected, but shape {shape} came.")
        steps = zip(sizes, self.kernel_size, self.stride, self.padding, self.dilation, strict=True)
        return self.out_channels, *(positions(type(self).__name__, *each) for each in steps)

    def multiply_adds(self, shape: Shape) -> int:
        """Return F · OH · OW sums of C / groups · KH · KW products."""
        return math.prod(self.output_shape(shape)) * math.prod(self.weight.value.shape[1:])

    def plan(self) -> Plan:
        """Return the plan: filters, window, groups, bias."""
        return {
            "kind": type(self).__name__,
            "rule": "convolution",
            "out": self.out_channels,
            "bias": hasattr(self, "bias"),
            "dilation": list(self.dilation),
            "groups": self.groups,
            "kernel": list(self.kernel_size),
            "stride": list(self.stride),
            "padding": list(self.padding),
        }

    @classmethod
    def from_plan(cls, node: Plan, shape: Shape) -> Self:
        """Return the layer for as many channels as come in."""
        return cls(
            shape[0],
            node["out"],
            tuple(node["kernel"]),
            stride=tuple(node["stride"]),
            padding=tuple(node["padding"]),
            dilation=tuple(node["dilation"]),
            groups=node["groups"],
            bias=node["bias"],
        )

    def twin(self, torch: Torch) -> Twin:
        """Return the convolution of the same name."""
        kind = getattr(torch.nn, type(self).__name__)
        sizes = self.in_channels, self.out_channels, self.kernel_size
        return kind(*sizes, bias=hasattr(self, "bias"), **self._options())

    def _options(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in ("stride", "padding", "dilation", "groups")}

    def __repr__(self) -> str:
        ones = (1,) * self._axes
        extras = {"stride": ones, "padding": (0,) * self._axes, "dilation": ones, "groups": 1}
        words = [
            f"{name}={brief(getattr(self, name))}" for name, usual in extras.items() if getattr(self, name) != usual
        ]
        words += [] if hasattr(self, "bias") else ["bias=False"]
        sizes = [str(self.in_channels), str(self.out_channels), f"kernel_size={brief(self.kernel_size)}"]
        return f"{type(self).__name__}({', '.join(sizes + words)})"


class Conv2d(_Conv):
    """A convolution with F learnable kernels: (N, C, H, W) → (N, F, OH, OW).

    Parameters
    ----------
    in_channels, out_channels : int
        C and F.
    kernel_size, stride, padding, dilation, groups
        As in `marubatsu.arithmetic.convolution.conv2d`.
    bias : bool
        Whether each filter has a number that is added to its sums.
    rng : numpy.random.Generator, optional
        Where the first weights come from; left out they are 0, to be set or loaded.

    Notes
    -----
    First weights are normal with standard deviation √(2 / inputs of one sum): He et al. 2015, equation 10.
    """

    _axes, _forward, _backward = 2, staticmethod(conv2d), staticmethod(conv2d_backward)


class Conv3d(_Conv):
    """`Conv2d` for volumes: (N, C, D, H, W) → (N, F, OD, OH, OW)."""

    _axes, _forward, _backward = 3, staticmethod(conv3d), staticmethod(conv3d_backward)


class ConvTranspose2d(Layer):
    """A transposed convolution, which makes images larger: (N, C, H, W) → (N, F, OH, OW).

    Parameters
    ----------
    in_channels, out_channels, kernel_size, stride, padding, bias, rng
        As for `Conv2d`; the arithmetic is that of `marubatsu.arithmetic.convolution.conv_transpose2d`.
    """

    def __init__(
        self,
        in_channels: int,
        out_channels: int,
        kernel_size: Pair,
        *,
        stride: Pair = 1,
        padding: Pair = 0,
        bias: bool = True,
        rng: Rng = None,
    ):
        who = "ConvTranspose2d"
        self.in_channels = whole(who, "in_channels", in_channels, 1)
        self.out_channels = whole(who, "out_channels", out_channels, 1)
        self.kernel_size = several(who, "kernel_size", kernel_size, 1)
        self.stride, self.padding = several(who, "stride", stride, 1), several(who, "padding", padding, 0)
        self.weight = Parameter(first_weights(who, (in_channels, out_channels, *self.kernel_size), rng))
        if bias:
            self.bias = Parameter(np.zeros(out_channels, np.float32))

    def forward(self, x: np.ndarray, *, training: bool = False) -> np.ndarray:
        """Return `conv_transpose2d` of x."""
        self._keep(training, x)
        bias = self.bias.value if hasattr(self, "bias") else None
        return conv_transpose2d(x, self.weight.value, bias, stride=self.stride, padding=self.padding)

    def backward(self, gradient: np.ndarray) -> np.ndarray:
        """Pass the gradient on, and add to those of weight and bias."""
        (x,) = self._recall()
        d_x, d_weight, d_bias = conv_transpose2d_backward(
            gradient, x, self.weight.value, stride=self.stride, padding=self.padding
        )
        self.weight.gradient += d_weight
        if hasattr(self, "bias"):
            self.bias.gradient += d_bias
        return d_x

    def output_shape(self, shape: Shape) -> Shape:
        """Return (F, OH, OW)."""
        C, *sizes = checked_shape(self, shape, 3)
        if self.in_channels != C:
            raise ValueError(f"{self!r}: an input of {self.in_channels} channels is expected, but shape {shape} came.")
        steps = zip(sizes, self.kernel_size, self.stride, self.padding, strict=True)
        after = tuple((size - 1) * s - 2 * p + k for size, k, s, p in steps)
        if min(after) < 1:
            raise ValueError(f"{self!r}: of an input of shape {shape} the padding leaves nothing. Take a smaller one.")
        return self.out_channels, *after

    def multiply_adds(self, shape: Shape) -> int:
        """Return C · H · W pixels that are each multiplied by F · KH · KW weights."""
        return math.prod(shape) * math.prod(self.weight.value.shape[1:])

    def plan(self) -> Plan:
        """Return the plan: filters, window, bias."""
        sizes = {"kernel": self.kernel_size, "stride": self.stride, "padding": self.padding}
        return {
            "kind": "ConvTranspose2d",
            "rule": "transposed",
            "out": self.out_channels,
            "bias": hasattr(self, "bias"),
        } | {word: list(values) for word, values in sizes.items()}

    @classmethod
    def from_plan(cls, node: Plan, shape: Shape) -> Self:
        """Return the layer for as many channels as come in."""
        return cls(
            shape[0],
            node["out"],
            tuple(node["kernel"]),
            stride=tuple(node["stride"]),
            padding=tuple(node["padding"]),
            bias=node["bias"],
        )

    def twin(self, torch: Torch) -> Twin:
        """Return ``torch.nn.ConvTranspose2d``."""
        options = {"stride": self.stride, "padding": self.padding, "bias": hasattr(self, "bias")}
        return torch.nn.ConvTranspose2d(self.in_channels, self.out_channels, self.kernel_size, **options)

    def __repr__(self) -> str:
        words = [str(self.in_channels), str(self.out_channels), f"kernel_size={brief(self.kernel_size)}"]
        words += [f"stride={brief(self.stride)}"] if self.stride != (1, 1) else []
        words += [f"padding={brief(self.padding)}"] if any(self.padding) else []
        words += [] if hasattr(self, "bias") else ["bias=False"]
        return f"ConvTranspose2d({', '.join(words)})"
