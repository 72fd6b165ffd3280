"""Layers one after the other, with shortcuts past some of them; each of these is a layer again."""

from collections.abc import Iterator

import numpy as np

from marubatsu.layers import Layer, Parameter, Shape


class Chain(Layer):
    """Layers one after the other; a chain is itself a layer, so chains may stand in chains.

    Parameters
    ----------
    *layers, **named : Layer
        The layers in order. Those given by position are called "0", "1", …; a keyword gives a name.

    Examples
    --------
    >>> from marubatsu.layers import Conv2d, Flatten, Linear, MaxPool2d, ReLU
    >>> network = Chain(Conv2d(1, 8, 3), ReLU(), MaxPool2d(2), Flatten(), Linear(8 * 15 * 15, 2))
    >>> network(np.zeros((5, 1, 32, 32), np.float32)).shape
    (5, 2)
    """

    def __init__(self, *layers: Layer, **named: Layer):
        self.named = {str(place): layer for place, layer in enumerate(layers)} | named
        if not self.named or not all(isinstance(layer, Layer) for layer in self.named.values()):
            raise TypeError(
                "Chain: give it one or more layers, as in Chain(Conv2d(1, 8, 3), ReLU()), "
                f"but {', '.join(map(repr, self.named.values())) or 'none'} came."
            )
        self.layers = tuple(self.named.values())

    def forward(self, x: np.ndarray, *, training: bool = False) -> np.ndarray:
        """Return what the last layer makes of what the one before made of … x."""
        for layer in self.layers:
            x = layer.forward(x, training=training)
        return x

    def backward(self, gradient: np.ndarray) -> np.ndarray:
        """Take the gradient through the layers from the last to the first: the chain rule."""
        for layer in reversed(self.layers):
            gradient = layer.backward(gradient)
        return gradient

    def learn(self, gradient: np.ndarray) -> None:
        """Do the same, but spare the first layer the gradient of its input, which nobody wants."""
        for layer in reversed(self.layers[1:]):
            gradient = layer.backward(gradient)
        self.layers[0].learn(gradient)

    def outputs(self, x: np.ndarray) -> list[np.ndarray]:
        """Return the output of every layer, in order: what can be looked at inside the network."""
        found = []
        for layer in self.layers:
            x = layer(x)
            found.append(x)
        return found

    def parameters(self) -> dict[str, Parameter]:
        """Return the learnable arrays of all layers, named by place: "0.weight", "0.bias" and so on."""
        return _prefixed({f"{name}.": layer.parameters() for name, layer in self.named.items()})

    def arrays(self) -> dict[str, np.ndarray]:
        """Return every array that must be saved, named by place."""
        return _prefixed({f"{name}.": layer.arrays() for name, layer in self.named.items()})

    def output_shape(self, shape: Shape) -> Shape:
        """Return the shape of the last layer's output."""
        for layer in self.layers:
            shape = layer.output_shape(shape)
        return shape

    def multiply_adds(self, shape: Shape) -> int:
        """Return the multiply-adds of all layers."""
        return _sum_of_steps(self, shape)

    def steps(self, shape: Shape) -> Iterator[tuple[str, Layer, Shape, Shape]]:
        """Yield the steps of every layer, each name with its place in front."""
        for place, layer in self.named.items():
            for name, inner, before, after in layer.steps(shape):
                yield f"{place}.{name}".rstrip("."), inner, before, after
            shape = layer.output_shape(shape)

    def __len__(self) -> int:
        return len(self.layers)

    def __getitem__(self, place: int) -> Layer:
        return self.layers[place]

    def __repr__(self) -> str:
        return _nested("Chain", {int(name) if name.isdigit() else name: layer for name, layer in self.named.items()})


class Residual(Layer):
    """What a chain makes of x, plus x itself: the chain only learns what to change (He et al. 2016, figure 2).

    Parameters
    ----------
    main : Layer
        The chain.
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
        self.main, self.shortcut, self.after = main, shortcut, after

    def forward(self, x: np.ndarray, *, training: bool = False) -> np.ndarray:
        """Return after(main(x) + shortcut(x))."""
        output = self.main.forward(x, training=training)
        output = output + (x if self.shortcut is None else self.shortcut.forward(x, training=training))
        return output if self.after is None else self.after.forward(output, training=training)

    def backward(self, gradient: np.ndarray) -> np.ndarray:
        """Send the gradient both ways and add: a sum passes it to both its parts unchanged."""
        if self.after is not None:
            gradient = self.after.backward(gradient)
        return self.main.backward(gradient) + (gradient if self.shortcut is None else self.shortcut.backward(gradient))

    def parameters(self) -> dict[str, Parameter]:
        """Return the learnable arrays of both paths."""
        return _prefixed({prefix: layer.parameters() for prefix, layer in self._paths().items()})

    def arrays(self) -> dict[str, np.ndarray]:
        """Return every array that must be saved."""
        return _prefixed({prefix: layer.arrays() for prefix, layer in self._paths().items()})

    def output_shape(self, shape: Shape) -> Shape:
        """Return the shape of the main path, which the shortcut must share."""
        after = self.main.output_shape(shape)
        other = shape if self.shortcut is None else self.shortcut.output_shape(shape)
        if after != other:
            raise ValueError(
                f"Residual: the main path gives {after}, the shortcut {other}; they are added, so they must be alike."
            )
        return after

    def multiply_adds(self, shape: Shape) -> int:
        """Return the multiply-adds of both paths."""
        return _sum_of_steps(self, shape)

    def steps(self, shape: Shape) -> Iterator[tuple[str, Layer, Shape, Shape]]:
        """Yield the steps of the main path, then those of the shortcut."""
        self.output_shape(shape)
        for prefix, layer in self._paths().items():
            for name, inner, before, after in layer.steps(shape):
                yield f"{prefix}{name}".rstrip("."), inner, before, after
        if self.after is not None:
            after = self.output_shape(shape)
            yield "after", self.after, after, after

    def _paths(self):
        return {"": self.main} | ({} if self.shortcut is None else {"downsample.": self.shortcut})

    def __repr__(self) -> str:
        others = {"shortcut": self.shortcut, "after": self.after}
        return _nested("Residual", {"": self.main} | {name: layer for name, layer in others.items() if layer})


class Skip(Layer):
    """x, and behind it what a chain makes of x, as more channels: (N, C, H, W) → (N, C + C', H, W).

    Fine detail goes past the coarse layers: Ronneberger, Fischer and Brox 2015, figure 1.
    """

    def __init__(self, inner: Layer):
        self.inner = inner

    def forward(self, x: np.ndarray, *, training: bool = False) -> np.ndarray:
        """Return x and inner(x), one behind the other."""
        self._keep(training, x.shape[1])
        return np.concatenate([x, self.inner.forward(x, training=training)], axis=1)  # (N, C + C', H, W)

    def backward(self, gradient: np.ndarray) -> np.ndarray:
        """Part the gradient: what belongs to x goes straight, the rest through the chain."""
        (C,) = self._recall()
        return gradient[:, :C] + self.inner.backward(np.ascontiguousarray(gradient[:, C:]))

    def parameters(self) -> dict[str, Parameter]:
        """Return the learnable arrays of the chain."""
        return _prefixed({"inner.": self.inner.parameters()})

    def arrays(self) -> dict[str, np.ndarray]:
        """Return every array that must be saved."""
        return _prefixed({"inner.": self.inner.arrays()})

    def output_shape(self, shape: Shape) -> Shape:
        """Return the shape with the chain's channels added."""
        after = self.inner.output_shape(shape)
        if after[1:] != shape[1:]:
            raise ValueError(
                f"Skip: {shape} goes in and the chain gives {after}; rows and columns must be the same. For a U-Net "
                "take sizes that can be halved once for each level."
            )
        return shape[0] + after[0], *shape[1:]

    def multiply_adds(self, shape: Shape) -> int:
        """Return the multiply-adds of the chain."""
        return self.inner.multiply_adds(shape)

    def steps(self, shape: Shape) -> Iterator[tuple[str, Layer, Shape, Shape]]:
        """Yield the steps of the chain."""
        self.output_shape(shape)
        for name, inner, before, after in self.inner.steps(shape):
            yield f"inner.{name}", inner, before, after

    def __repr__(self) -> str:
        return _nested("Skip", {"": self.inner})


def _prefixed(parts):
    return {f"{prefix}{name}": array for prefix, arrays in parts.items() for name, array in arrays.items()}


def _sum_of_steps(layer, shape):
    return sum(inner.multiply_adds(before) for _, inner, before, _ in layer.steps(shape))


def _nested(word, layers):
    """Return a layer that holds others as text, each on lines of its own; a name stands before those that have one."""
    lines = (
        f"{name}={layer!r}," if isinstance(name, str) and name else f"{layer!r}," for name, layer in layers.items()
    )
    inner = "\n".join(lines).replace("\n", "\n  ")
    return f"{word}(\n  {inner}\n)"
