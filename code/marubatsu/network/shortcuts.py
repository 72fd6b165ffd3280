"""Shortcuts past some layers: what a chain makes of its input is added to it, or put behind it."""

from collections.abc import Iterator
from typing import Self

import numpy as np

from marubatsu.checks import floating, gradient_of
from marubatsu.layers import Layer, Plan, Shape
from marubatsu.layers.base import Tensor, Torch, Twin
from marubatsu.network.chains import Chain
from marubatsu.network.holding import Holder, build, inside, nested


class Residual(Holder):
    """What a chain makes of x, plus x itself: the chain only learns what to change (He et al. 2016, figure 2).

    Parameters
    ----------
    main : Layer
        The chain; a single layer is taken for a chain of one.
    shortcut : Layer, optional
        What x goes through before it is added, where the shapes would differ; left out, nothing.
    after : Layer, optional
        What the sum goes through, in ResNet a ReLU. It may have no arrays of its own.

    Notes
    -----
    Arrays of the main path keep their names, those of the shortcut are called "downsample.…", as in PyTorch's ResNet.
    """

    def __init__(self, main: Layer, shortcut: Layer | None = None, *, after: Layer | None = None):
        if after is not None and after.arrays():
            raise ValueError(f"Residual: what comes after the sum may have no arrays of its own, but {after!r} has.")
        self.main = main if isinstance(main, Chain) else Chain(main)
        self.shortcut, self.after = shortcut, after
        if taken := {"downsample", "after"} & set(self.main.named):
            raise ValueError(
                f"Residual: no layer of the main path may be called {taken.pop()}; the block itself has one."
            )

    def forward(self, x: np.ndarray, *, training: bool = False) -> np.ndarray:
        """Return after(main(x) + shortcut(x))."""
        x = floating("Residual", "x", x)
        with inside("", self.main):
            output = self.main.forward(x, training=training)
        with inside("downsample", self.shortcut):
            other = x if self.shortcut is None else self.shortcut.forward(x, training=training)
        self._keep(training, _alike(output.shape, other.shape))
        output = output + other
        with inside("after", self.after):
            return output if self.after is None else self.after.forward(output, training=training)

    def backward(self, gradient: np.ndarray) -> np.ndarray:
        """Send the gradient both ways and add: a sum passes it to both its parts unchanged."""
        (shape,) = self._recall()
        with inside("after", self.after):
            gradient = gradient if self.after is None else self.after.backward(gradient)
        gradient = gradient_of("Residual", gradient, shape)
        with inside("", self.main):
            through = self.main.backward(gradient)
        with inside("downsample", self.shortcut):
            return through + (gradient if self.shortcut is None else self.shortcut.backward(gradient))

    def output_shape(self, shape: Shape) -> Shape:
        """Return the shape of the main path, which the shortcut must share."""
        with inside("", self.main):
            after = self.main.output_shape(shape)
        with inside("downsample", self.shortcut):
            other = shape if self.shortcut is None else self.shortcut.output_shape(shape)
        after = _alike(after, other)
        with inside("after", self.after):
            return after if self.after is None else self.after.output_shape(after)

    def held(self, shape: Shape) -> Iterator[tuple[str, Layer, Shape]]:
        """Yield the main path, then the shortcut, then what comes after the sum."""
        for name, layer in self.parts().items():
            yield name, layer, shape
        if self.after is not None:
            yield "after", self.after, self.main.output_shape(shape)

    def parts(self) -> dict[str, Layer]:
        """Return the main path, which gives its arrays their own names, and the shortcut."""
        return {"": self.main} | ({} if self.shortcut is None else {"downsample": self.shortcut})

    def plan(self) -> Plan:
        """Return the plans of both paths and of what comes after."""
        paths = {"main": self.main, "shortcut": self.shortcut, "after": self.after}
        return {"kind": "Residual"} | {word: layer.plan() if layer else None for word, layer in paths.items()}

    @classmethod
    def from_plan(cls, node: Plan, shape: Shape) -> Self:
        """Return both paths for the same input, and what comes after for their output."""
        main, shortcut = build(node["main"], shape), node["shortcut"] and build(node["shortcut"], shape)
        return cls(main, shortcut, after=node["after"] and build(node["after"], main.output_shape(shape)))

    def twin(self, torch: Torch) -> Twin:
        """Return a module whose arrays are called as here."""

        class Residual(torch.nn.Module):
            def forward(self, x: Tensor) -> Tensor:
                output = x
                for name in self.path:
                    output = getattr(self, name)(output)
                output = output + (self.downsample(x) if hasattr(self, "downsample") else x)
                return self.after(output) if hasattr(self, "after") else output

        module = Residual()
        module.path = tuple(self.main.named)
        for name, layer in {**self.main.named, "downsample": self.shortcut, "after": self.after}.items():
            if layer is not None:
                module.add_module(name, layer.twin(torch))
        return module

    def __repr__(self) -> str:
        others = {"shortcut": self.shortcut, "after": self.after}
        return nested("Residual", {"": self.main} | {name: layer for name, layer in others.items() if layer})


class Skip(Holder):
    """x, and behind it what a chain makes of x, as more channels: (N, C, H, W) → (N, C + C', H, W).

    Fine detail goes past the coarse layers: Ronneberger, Fischer and Brox 2015, figure 1.
    """

    def __init__(self, inner: Layer):
        self.inner = inner

    def forward(self, x: np.ndarray, *, training: bool = False) -> np.ndarray:
        """Return x and inner(x), one behind the other."""
        x = floating("Skip", "x", x)
        with inside("inner", self.inner):
            deep = self.inner.forward(x, training=training)
        _joined(x.shape, deep.shape, 1)
        self._keep(training, x.shape[1], deep.shape)
        return np.concatenate([x, deep], axis=1)  # (N, C + C', H, W)

    def backward(self, gradient: np.ndarray) -> np.ndarray:
        """Part the gradient: what belongs to x goes straight, the rest through the chain."""
        C, (N, deep, *sizes) = self._recall()
        gradient = gradient_of("Skip", gradient, (N, C + deep, *sizes))
        with inside("inner", self.inner):
            return gradient[:, :C] + self.inner.backward(np.ascontiguousarray(gradient[:, C:]))

    def output_shape(self, shape: Shape) -> Shape:
        """Return the shape with the chain's channels added."""
        with inside("inner", self.inner):
            after = self.inner.output_shape(shape)
        return _joined(shape, after, 0)

    def held(self, shape: Shape) -> Iterator[tuple[str, Layer, Shape]]:
        """Yield the chain."""
        yield "inner", self.inner, shape

    def parts(self) -> dict[str, Layer]:
        """Return the chain."""
        return {"inner": self.inner}

    def plan(self) -> Plan:
        """Return the plan of the chain."""
        return {"kind": "Skip", "inner": self.inner.plan()}

    @classmethod
    def from_plan(cls, node: Plan, shape: Shape) -> Self:
        """Return the chain for what goes past it too."""
        return cls(build(node["inner"], shape))

    def twin(self, torch: Torch) -> Twin:
        """Return a module whose arrays are called as here."""

        class Skip(torch.nn.Module):
            def forward(self, x: Tensor) -> Tensor:
                return torch.cat([x, self.inner(x)], dim=1)

        module = Skip()
        module.inner = self.inner.twin(torch)
        return module

    def __repr__(self) -> str:
        return nested("Skip", {"": self.inner})


def _alike(main: Shape, shortcut: Shape) -> Shape:
    if main != shortcut:
        raise ValueError(
            f"Residual: the main path gives {main}, the shortcut {shortcut}; they are added, so they must be alike."
        )
    return main


def _joined(shape: Shape, after: Shape, axis: int) -> Shape:
    """Return the shape of both, one behind the other along the axis of the channels."""
    if shape[:axis] + shape[axis + 1 :] != after[:axis] + after[axis + 1 :]:
        raise ValueError(
            f"Skip: {shape} goes in and the chain gives {after}; rows and columns must be the same. For a U-Net take "
            "sizes that can be halved once for each level."
        )
    return *shape[:axis], shape[axis] + after[axis], *shape[axis + 1 :]
