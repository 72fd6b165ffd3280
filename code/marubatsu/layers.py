"""Layers as objects: each keeps its learnable arrays with their gradients, runs forward, and takes gradients backward.

A layer is called like a function, `layer(x)`. While it learns, `forward(x, training=True)` also keeps what
`backward` needs; otherwise nothing is kept. Sizes are given when a layer is made, never discovered later.
"""

import math
from collections.abc import Iterator

import numpy as np

from . import activations
from .convolution import conv2d, conv2d_backward
from .fully_connected import linear, linear_backward
from .notation import Pair, positions, several, whole
from .pooling import avg_pool2d, avg_pool2d_backward, max_pool2d, max_pool2d_backward

Shape = tuple[int, ...]


class Parameter:
    """A learnable array, `value`, and how the loss changes with each of its numbers, `gradient`, zero at first."""

    def __init__(self, value: np.ndarray):
        self.value = value
        self.gradient = np.zeros_like(value)

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

    def parameters(self) -> dict[str, Parameter]:
        """Return the learnable arrays by name."""
        return {name: part for name, part in vars(self).items() if isinstance(part, Parameter)}

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


class Conv2d(Layer):
    """A convolution with F learnable kernels: (N, C, H, W) → (N, F, OH, OW).

    Parameters
    ----------
    in_channels, out_channels : int
        C and F.
    kernel_size, stride, padding, dilation, groups
        As in `marubatsu.convolution.conv2d`.
    bias : bool
        Whether each filter has a number that is added to its sums.
    rng : numpy.random.Generator, optional
        Where the first weights come from; left out they are 0, to be set or loaded.

    Notes
    -----
    First weights are normal with standard deviation √(2 / inputs of one sum): He et al. 2015, equation 10.
    """

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
        rng: np.random.Generator | None = None,
    ):
        self.in_channels = whole("Conv2d", "in_channels", in_channels, 1)
        self.out_channels = whole("Conv2d", "out_channels", out_channels, 1)
        self.groups = whole("Conv2d", "groups", groups, 1)
        if in_channels % groups or out_channels % groups:
            raise ValueError(
                f"Conv2d: {in_channels} channels and {out_channels} filters cannot be cut into {groups} equal groups."
            )
        self.kernel_size = several("Conv2d", "kernel_size", kernel_size, 1)
        self.stride = several("Conv2d", "stride", stride, 1)
        self.padding = several("Conv2d", "padding", padding, 0)
        self.dilation = several("Conv2d", "dilation", dilation, 1)
        self.weight = Parameter(first_weights((out_channels, in_channels // groups, *self.kernel_size), rng))
        if bias:
            self.bias = Parameter(np.zeros(out_channels, np.float32))

    def forward(self, x: np.ndarray, *, training: bool = False) -> np.ndarray:
        """Return `conv2d` of x with the kernels."""
        self._keep(training, x)
        bias = self.bias.value if hasattr(self, "bias") else None
        return conv2d(x, self.weight.value, bias, **self._options())

    def backward(self, gradient: np.ndarray) -> np.ndarray:
        """Pass the gradient on, and add to those of weight and bias."""
        (x,) = self._recall()
        d_x, d_weight, d_bias = conv2d_backward(gradient, x, self.weight.value, **self._options())
        self.weight.gradient += d_weight
        if hasattr(self, "bias"):
            self.bias.gradient += d_bias
        return d_x

    def output_shape(self, shape: Shape) -> Shape:
        """Return (F, OH, OW)."""
        C, *sizes = checked_shape(self, shape, 3)
        if self.in_channels != C:
            raise ValueError(f"{self!r}: an input of {self.in_channels} channels is expected, but shape {shape} came.")
        steps = zip(sizes, self.kernel_size, self.stride, self.padding, self.dilation, strict=True)
        return self.out_channels, *(positions("Conv2d", *each) for each in steps)

    def multiply_adds(self, shape: Shape) -> int:
        """Return F · OH · OW sums of C / groups · KH · KW products."""
        return math.prod(self.output_shape(shape)) * math.prod(self.weight.value.shape[1:])

    def _options(self):
        return {name: getattr(self, name) for name in ("stride", "padding", "dilation", "groups")}

    def __repr__(self) -> str:
        extras = {"stride": (1, 1), "padding": (0, 0), "dilation": (1, 1), "groups": 1}
        words = [
            f"{name}={brief(getattr(self, name))}" for name, usual in extras.items() if getattr(self, name) != usual
        ]
        words += [] if hasattr(self, "bias") else ["bias=False"]
        sizes = [str(self.in_channels), str(self.out_channels), f"kernel_size={brief(self.kernel_size)}"]
        return f"Conv2d({', '.join(sizes + words)})"


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

    def __init__(
        self, in_features: int, out_features: int, *, bias: bool = True, rng: np.random.Generator | None = None
    ):
        self.in_features = whole("Linear", "in_features", in_features, 1)
        self.out_features = whole("Linear", "out_features", out_features, 1)
        self.weight = Parameter(first_weights((out_features, in_features), rng))
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

    def __repr__(self) -> str:
        return f"Linear({self.in_features}, {self.out_features}{'' if hasattr(self, 'bias') else ', bias=False'})"


class _Pool2d(Layer):
    def __init__(self, kernel_size: Pair, *, stride: Pair | None = None, padding: Pair = 0):
        who = type(self).__name__
        self.kernel_size = several(who, "kernel_size", kernel_size, 1)
        self.stride = self.kernel_size if stride is None else several(who, "stride", stride, 1)
        self.padding = several(who, "padding", padding, 0)

    def output_shape(self, shape: Shape) -> Shape:
        """Return (C, OH, OW)."""
        C, *sizes = checked_shape(self, shape, 3)
        steps = zip(sizes, self.kernel_size, self.stride, self.padding, strict=True)
        return C, *(positions(type(self).__name__, *each, 1) for each in steps)

    def _options(self):
        return {"kernel_size": self.kernel_size, "stride": self.stride, "padding": self.padding}

    def __repr__(self) -> str:
        words = [brief(self.kernel_size)]
        words += [f"stride={brief(self.stride)}"] if self.stride != self.kernel_size else []
        words += [f"padding={brief(self.padding)}"] if any(self.padding) else []
        return f"{type(self).__name__}({', '.join(words)})"


class MaxPool2d(_Pool2d):
    """The largest number of each window: (N, C, H, W) → (N, C, OH, OW); arguments as in `max_pool2d`."""

    def forward(self, x: np.ndarray, *, training: bool = False) -> np.ndarray:
        """Return `max_pool2d` of x."""
        output = max_pool2d(x, **self._options())
        self._keep(training, x, output)
        return output

    def backward(self, gradient: np.ndarray) -> np.ndarray:
        """Give each window's gradient to its largest pixel."""
        return max_pool2d_backward(gradient, *self._recall(), **self._options())


class AvgPool2d(_Pool2d):
    """The average of each window: (N, C, H, W) → (N, C, OH, OW); arguments as in `avg_pool2d`."""

    def forward(self, x: np.ndarray, *, training: bool = False) -> np.ndarray:
        """Return `avg_pool2d` of x."""
        self._keep(training, x)
        return avg_pool2d(x, **self._options())

    def backward(self, gradient: np.ndarray) -> np.ndarray:
        """Share each window's gradient among its pixels."""
        return avg_pool2d_backward(gradient, *self._recall(), **self._options())


class Flatten(Layer):
    """All numbers of an image in one row: (N, C, H, W) → (N, C · H · W)."""

    def forward(self, x: np.ndarray, *, training: bool = False) -> np.ndarray:
        """Return x in rows, one an image."""
        self._keep(training, x.shape)
        return x.reshape(len(x), -1)  # (N, C · H · W)

    def backward(self, gradient: np.ndarray) -> np.ndarray:
        """Give the gradient its shape back."""
        (shape,) = self._recall()
        return gradient.reshape(shape)

    def output_shape(self, shape: Shape) -> Shape:
        """Return (C · H · W,)."""
        return (math.prod(shape),)

    def __repr__(self) -> str:
        return "Flatten()"


class ReLU(Layer):
    """max(0, x), number by number."""

    def forward(self, x: np.ndarray, *, training: bool = False) -> np.ndarray:
        """Return x where it is positive, else 0."""
        output = activations.relu(x)
        self._keep(training, output)
        return output

    def backward(self, gradient: np.ndarray) -> np.ndarray:
        """Let the gradient pass where the output is positive."""
        return activations.relu_backward(gradient, *self._recall())

    def __repr__(self) -> str:
        return "ReLU()"


class Softmax(Layer):
    """Scores to shares: positive, with the sum 1 for each image. They are not the probability of a disease."""

    def forward(self, x: np.ndarray, *, training: bool = False) -> np.ndarray:
        """Return `softmax` along the channels (axis 1)."""
        output = activations.softmax(x, axis=1)
        self._keep(training, output)
        return output

    def backward(self, gradient: np.ndarray) -> np.ndarray:
        """Pass the gradient on to the scores."""
        return activations.softmax_backward(gradient, *self._recall(), axis=1)

    def __repr__(self) -> str:
        return "Softmax()"


def first_weights(shape: Shape, rng: np.random.Generator | None) -> np.ndarray:
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
