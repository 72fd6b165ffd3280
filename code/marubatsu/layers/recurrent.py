"""Layers for sequences, for example the slices of a CT: a memory that reads them, and a layer laid on each of them."""

import math
from collections.abc import Iterator
from functools import reduce
from typing import Any

import numpy as np

from marubatsu.arithmetic.recurrent import lstm, lstm_backward
from marubatsu.checks import chance, gradient_of, whole
from marubatsu.layers.base import Layer, Parameter, Rng, Shape, Tensor, Torch, Twin


class LSTM(Layer):
    """Long short-term memory: (N, T, C) → (N, T, H), or (N, T, 2 · H) when it also reads from the end.

    Parameters
    ----------
    input_size : int
        C, the numbers at each step.
    hidden_size : int
        H, the numbers that are remembered.
    bidirectional : bool
        Whether a second memory reads the sequence backwards, so that each step knows what comes before and after it.
    rng : numpy.random.Generator, optional
        Where first weights come from; without it they are 0.

    Notes
    -----
    Hochreiter and Schmidhuber 1997; both directions: Schuster and Paliwal 1997. Arrays are called as in
    ``torch.nn.LSTM(…, batch_first=True)``. First weights are even between ±1 / √H, as there; biases are 0, but for that
    of the forget gate, which is 1, so that a young memory keeps what it has (Gers, Schmidhuber and Cummins 2000).
    """

    def __init__(
        self,
        input_size: int,
        hidden_size: int,
        *,
        bidirectional: bool = False,
        rng: Rng = None,
    ):
        self.input_size = whole("LSTM", "input_size", input_size, 1)
        self.hidden_size = whole("LSTM", "hidden_size", hidden_size, 1)
        self.bidirectional = bool(bidirectional)
        if rng is not None:
            chance("LSTM", rng)
        for ending in self._endings():
            for name, inputs in (("weight_ih", input_size), ("weight_hh", hidden_size)):
                setattr(self, f"{name}_l0{ending}", Parameter(_even((4 * hidden_size, inputs), hidden_size, rng)))
            for name, forget in (("bias_ih", 1), ("bias_hh", 0)):
                bias = np.zeros(4 * hidden_size, np.float32)
                bias[hidden_size : 2 * hidden_size] = forget if rng is not None else 0
                setattr(self, f"{name}_l0{ending}", Parameter(bias))

    def forward(self, x: np.ndarray, *, training: bool = False) -> np.ndarray:
        """Return what the memory says at each step; of both directions, the forward one stands first."""
        said, kept = [], []
        for ending in self._endings():
            read = _turned(x, ending)
            arrays = lstm(read, *(parameter.value for parameter in self._of(ending)))
            said.append(_turned(arrays[0], ending))
            kept.append((read, *arrays))
        self._keep(training, *kept)
        return np.concatenate(said, axis=2)  # (N, T, H) or (N, T, 2 · H)

    def backward(self, gradient: np.ndarray) -> np.ndarray:
        """Walk back through time, in either direction; the input gets the sum of both."""
        back, kept = [], self._recall()
        N, T, H = kept[0][1].shape
        gradient = gradient_of("LSTM", gradient, (N, T, H * len(kept)))
        parts = np.split(gradient, len(self._endings()), axis=2)
        for ending, part, (x, output, cells, gates) in zip(self._endings(), parts, kept, strict=True):
            weight_ih, weight_hh, bias_ih, bias_hh = self._of(ending)
            found = lstm_backward(_turned(part, ending), x, output, cells, gates, weight_ih.value, weight_hh.value)
            d_x, d_weight_ih, d_weight_hh, d_bias = found
            weight_ih.gradient += d_weight_ih
            weight_hh.gradient += d_weight_hh
            bias_ih.gradient += d_bias
            bias_hh.gradient += d_bias
            back.append(_turned(d_x, ending))
        return reduce(np.add, back)

    def output_shape(self, shape: Shape) -> Shape:
        """Return (T, H), or (T, 2 · H)."""
        if len(shape) != 2 or shape[1] != self.input_size:
            raise ValueError(
                f"{self!r}: a sequence of shape (T, {self.input_size}) is expected, but shape {shape} came."
            )
        return shape[0], self.hidden_size * len(self._endings())

    def multiply_adds(self, shape: Shape) -> int:
        """Return, for all steps and directions, the products of the gates' sums, and three for each cell."""
        T, H = shape[0], self.hidden_size
        return T * len(self._endings()) * (4 * H * (self.input_size + H) + 3 * H)

    def kept(self, shape: Shape) -> int:
        """Return, for all steps and directions, what is said, what is remembered, and four gates: 6 · H numbers."""
        return shape[0] * len(self._endings()) * 6 * self.hidden_size

    def twin(self, torch: Torch) -> Twin:
        """Return ``torch.nn.LSTM``, of whose answers only the first goes on: what it says at each step."""

        class LSTM(torch.nn.LSTM):
            def forward(self, x: Tensor) -> Tensor:
                return super().forward(x)[0]

        return LSTM(self.input_size, self.hidden_size, bidirectional=self.bidirectional, batch_first=True)

    def _endings(self) -> tuple[str, ...]:
        return ("", "_reverse") if self.bidirectional else ("",)

    def _of(self, ending: str) -> list[Parameter]:
        return [getattr(self, f"{name}_l0{ending}") for name in ("weight_ih", "weight_hh", "bias_ih", "bias_hh")]

    def __repr__(self) -> str:
        return f"LSTM({self.input_size}, {self.hidden_size}{', bidirectional=True' if self.bidirectional else ''})"


class TimeDistributed(Layer):
    """The same layer, or chain, laid on every step of a sequence: (N, T, …) → (N, T, …).

    Parameters
    ----------
    inner : Layer
        For one step: a `Linear` for numbers, a chain of convolutions for slices.
    """

    def __init__(self, inner: Layer):
        if not isinstance(inner, Layer):
            raise TypeError(f"TimeDistributed: give a layer, as in TimeDistributed(Linear(8, 1)), but {inner!r} came.")
        self.inner = inner

    def forward(self, x: np.ndarray, *, training: bool = False) -> np.ndarray:
        """Return what the layer makes of each step."""
        x = np.asarray(x)
        if x.ndim < 3:
            raise ValueError(f"TimeDistributed: x must have the axes N, T and at least one more, but {x.shape} came.")
        N, T, *step = x.shape
        output = self.inner.forward(x.reshape(N * T, *step), training=training)
        output = output.reshape(N, T, *output.shape[1:])
        self._keep(training, x.shape, output.shape)
        return output

    def backward(self, gradient: np.ndarray) -> np.ndarray:
        """Take every step's gradient through the layer; its parameters get the sum over all steps."""
        shape, after = self._recall()
        gradient = gradient_of("TimeDistributed", gradient, after)
        return self.inner.backward(gradient.reshape(math.prod(shape[:2]), *after[2:])).reshape(shape)

    def parameters(self) -> dict[str, Parameter]:
        """Return the learnable arrays of the layer, by its own names."""
        return self.inner.parameters()

    def arrays(self) -> dict[str, np.ndarray]:
        """Return every array that must be saved."""
        return self.inner.arrays()

    def output_shape(self, shape: Shape) -> Shape:
        """Return T, then the shape that the layer gives for one step."""
        if len(shape) < 2:
            raise ValueError(f"TimeDistributed: a shape of T and at least one more axis is expected, but {shape} came.")
        return shape[0], *self.inner.output_shape(shape[1:])

    def multiply_adds(self, shape: Shape) -> int:
        """Return T times the multiply-adds of one step."""
        return shape[0] * self.inner.multiply_adds(shape[1:])

    def kept(self, shape: Shape) -> int:
        """Return T times what the layers inside keep."""
        return shape[0] * self.inner.kept(shape[1:])

    def twin(self, torch: Torch) -> Twin:
        """Return the twin of the layer inside, which lays itself on every step; so its arrays keep their names."""
        inner = self.inner.twin(torch)
        kind: Any = type(inner)  # known only now, so nothing can be said of it before

        class TimeDistributed(kind):
            def forward(self, x: Tensor) -> Tensor:
                return super().forward(x.flatten(0, 1)).unflatten(0, x.shape[:2])

        inner.__class__ = TimeDistributed
        return inner

    def steps(self, shape: Shape) -> Iterator[tuple[str, Layer, Shape, Shape]]:
        """Yield itself, once for the whole sequence: its layers work on T steps each."""
        yield "", self, shape, self.output_shape(shape)

    def __repr__(self) -> str:
        return f"TimeDistributed({self.inner!r})"


def _turned(x: np.ndarray, ending: str) -> np.ndarray:
    return x[:, ::-1] if ending else x


def _even(shape: Shape, hidden_size: int, rng: Rng) -> np.ndarray:
    if rng is None:
        return np.zeros(shape, np.float32)
    most = 1 / math.sqrt(hidden_size)
    return rng.uniform(-most, most, shape).astype(np.float32)
