"""Layers one after the other: a chain, which is a layer again."""

from collections import OrderedDict
from collections.abc import Iterator
from typing import Self

import numpy as np

from marubatsu.layers import Layer, Plan, Shape
from marubatsu.layers.base import Torch, Twin
from marubatsu.network.holding import Holder, build, inside, nested


class Chain(Holder):
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
        for name, layer in self.named.items():
            with inside(name, layer):
                x = layer.forward(x, training=training)
        return x

    def backward(self, gradient: np.ndarray) -> np.ndarray:
        """Take the gradient through the layers from the last to the first: the chain rule."""
        for name, layer in reversed(self.named.items()):
            with inside(name, layer):
                gradient = layer.backward(gradient)
        return gradient

    def learn(self, gradient: np.ndarray) -> None:
        """Do the same, but spare the first layer the gradient of its input, which nobody wants."""
        first, *others = self.named.items()
        for name, layer in reversed(others):
            with inside(name, layer):
                gradient = layer.backward(gradient)
        with inside(*first):
            first[1].learn(gradient)

    def outputs(self, x: np.ndarray) -> list[np.ndarray]:
        """Return the output of every layer, in order: what can be looked at inside the network."""
        found = []
        for name, layer in self.named.items():
            with inside(name, layer):
                x = layer(x)
            found.append(x)
        return found

    def output_shape(self, shape: Shape) -> Shape:
        """Return the shape of the last layer's output."""
        for name, layer in self.named.items():
            with inside(name, layer):
                shape = layer.output_shape(shape)
        return shape

    def held(self, shape: Shape) -> Iterator[tuple[str, Layer, Shape]]:
        """Yield the layers, each with what the one before gives."""
        for name, layer in self.named.items():
            yield name, layer, shape
            shape = layer.output_shape(shape)

    def parts(self) -> dict[str, Layer]:
        """Return the layers by name."""
        return self.named

    def plan(self) -> Plan:
        """Return the plans of the layers, by name."""
        return {"kind": "Chain", "items": [[name, layer.plan()] for name, layer in self.named.items()]}

    @classmethod
    def from_plan(cls, node: Plan, shape: Shape) -> Self:
        """Return the layers of the plans, each for what the one before gives."""
        named = {}
        for name, inner in node["items"]:
            named[name] = build(inner, shape)
            with inside(name, named[name]):
                shape = named[name].output_shape(shape)
        return cls(**named)

    def twin(self, torch: Torch) -> Twin:
        """Return a ``torch.nn.Sequential``."""
        return torch.nn.Sequential(OrderedDict((name, layer.twin(torch)) for name, layer in self.named.items()))

    def __len__(self) -> int:
        return len(self.layers)

    def __getitem__(self, place: int) -> Layer:
        return self.layers[place]

    def __repr__(self) -> str:
        return nested("Chain", {int(name) if name.isdigit() else name: layer for name, layer in self.named.items()})
