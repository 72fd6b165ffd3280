"""The architecture reader: a network as a row of boxes, each of which opens its arithmetic; any size can be changed."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import traitlets

from marubatsu import architectures
from marubatsu.layers import Layer, Shape
from marubatsu.network import Summary, build, summary
from marubatsu.widgets.architecture_reader import blueprint
from marubatsu.widgets.kit.arrays import Array, StateError
from marubatsu.widgets.kit.base import Widget

NETWORKS = {name: (function, shape) for name, (function, shape, _) in architectures.PUBLISHED.items()} | {
    "marubatsu_net": (architectures.marubatsu_net, (1, 32, 32)),
    "unet": (architectures.unet, (1, 256, 256)),
}
LONG = 24  # more lines than this and the table on paper tells parts of a network, not layers
PAGES = {  # which page explains a kind of layer
    "Conv2d": "layers/convolution",
    "MaxPool2d": "layers/max-pooling",
    "GlobalMaxPool": "layers/training",
    "Linear": "layers/fully-connected",
    "Flatten": "layers/a-network-by-hand",
    "ReLU": "layers/relu-and-channels",
    "Softmax": "layers/fully-connected",
    "LocalResponseNorm": "architectures/alexnet",
    "Dropout": "architectures/alexnet",
}


class ArchitectureReader(Widget):
    """Read a network's figure: choose a box and see how its numbers come about; change a size and all others follow.

    Parameters
    ----------
    network : str or Layer
        One of `NETWORKS`, or a network of your own.
    input_shape : tuple of int, optional
        One image without N, (C, H, W) or (C, D, H, W): needed for a network of your own.
    networks : sequence of str, optional
        Which of `NETWORKS` are offered; left out, all.
    **state
        First values of the traits: `sides` (rows and columns of the input, empty for the usual ones), `edits` (as in
        `marubatsu.widgets.architecture_reader.blueprint.change`) and `selected` (the name of a layer).

    Examples
    --------
    >>> reader = ArchitectureReader("alexnet", edits="conv1.stride:2")
    >>> reader.summary().rows[0].output
    (96, 109, 109)
    """

    network = traitlets.Unicode("alexnet").tag(sync=True, state=True)
    sides = Array([], ndim=1, sides=(0, 3)).tag(sync=True, state=True)
    edits = traitlets.Unicode("").tag(sync=True, state=True)
    selected = traitlets.Unicode("").tag(sync=True, state=True)

    plans = traitlets.Dict().tag(sync=True)
    pages = traitlets.Dict(PAGES).tag(sync=True)

    def __init__(
        self,
        network: str | Layer = "alexnet",
        input_shape: Shape | None = None,
        *,
        networks: Sequence[str] = tuple(NETWORKS),
        language: str = "en",
        **state: Any,
    ):
        unknown = [name for name in networks if name not in NETWORKS]
        if unknown or (isinstance(network, str) and network not in NETWORKS):
            name = (*unknown, network)[0]
            raise ValueError(
                f"ArchitectureReader: there is no network called {name!r}. The networks are {', '.join(NETWORKS)}."
            )
        titles = self.texts_of(language)["networks"]
        plans: dict[str, Any] = {}
        if isinstance(network, Layer):
            if input_shape is None:
                raise ValueError(
                    "ArchitectureReader: for a network of your own give input_shape too, such as (1, 32, 32)."
                )
            network.output_shape(tuple(input_shape))
            plans["own"] = {"title": titles["own"], "input": list(input_shape), "plan": network.plan()}
            network = "own"
        for name in dict.fromkeys((*([network] if network != "own" else []), *networks)):
            function, shape = NETWORKS[name]
            plans[name] = {"title": titles[name], "input": list(shape), "plan": function().plan()}
        super().__init__(language=language, plans=plans, network=network, **state)

    @classmethod
    def bounds(cls) -> dict[str, Any]:
        """Return the ends of all numbers: those of an input's rows and columns, and of each size of a layer."""
        return super().bounds() | blueprint.LIMITS

    @traitlets.validate("network")
    def _check_network(self, proposal: traitlets.Bunch) -> str:
        if proposal["value"] not in self.plans:
            raise StateError(
                f"ArchitectureReader: network must be one of {', '.join(self.plans)}, but {proposal['value']!r} came."
            )
        return proposal["value"]

    @traitlets.validate("sides")
    def _check_sides(self, proposal: traitlets.Bunch) -> np.ndarray:
        value, axes = proposal["value"], len(self.plans[self.network]["input"]) - 1
        low, high = blueprint.LIMITS["sides"]
        whole = all(float(side).is_integer() and low <= side <= high for side in value)
        if value.size not in (0, axes) or not whole:
            raise StateError(
                f"ArchitectureReader: sides are {axes} whole numbers from {low} to {high}, but {value} came."
            )
        return value

    @traitlets.validate("edits")
    def _check_edits(self, proposal: traitlets.Bunch) -> str:
        blueprint.change(self.plans[self.network]["plan"], proposal["value"])
        return proposal["value"]

    def input_shape(self) -> Shape:
        """Return the shape of the input that is set."""
        channels, *usual = self.plans[self.network]["input"]
        return channels, *(int(side) for side in (self.sides if self.sides.size else usual))

    def build(self) -> Layer:
        """Return the network with all changes in it, its weights 0; a layer that does not fit is a ValueError."""
        return build(blueprint.change(self.plans[self.network]["plan"], self.edits), self.input_shape())

    def summary(self) -> Summary:
        """Return the summary of that network."""
        return summary(self.build(), self.input_shape())

    def still(self) -> str:
        """Return the layers that learn or change a size, with their outputs and parameters, as a table."""
        table, words = self.summary(), self.texts
        before, lines = table.input, []
        for row in table.rows:
            if row.parameters or row.output != before:
                lines.append((row.name, row.output, row.parameters))
            before = row.output
        if len(lines) > LONG:
            parts: dict[str, tuple] = {}
            for name, output, parameters in lines:
                part = name.split(".")[0]
                parts[part] = (part, output, parameters + (parts[part][2] if part in parts else 0))
            lines = list(parts.values())
        lines = [(words["input"], table.input, 0), *lines, (words["total"], (), table.parameters)]
        body = "".join(
            f"{_named(name, words)}<td>{' × '.join(map(str, output))}</td><td>{f'{count:,}' if count else ''}</td></tr>"
            for name, output, count in lines
        )
        head = "".join(f"<th>{word}</th>" for word in (words["layer"], words["output"], words["parameters"]))
        title = self.plans[self.network]["title"]
        head = f"<caption>{title}</caption><thead><tr>{head}</tr></thead>"
        return f'<table class="summary">{head}<tbody>{body}</tbody></table>'


def _named(name: str, words: dict[str, Any]) -> str:
    """Return the first cell of a line; the name of a layer is for programs, and no language changes it."""
    return f"<tr><td>{name}</td>" if name in (words["input"], words["total"]) else f'<tr><td translate="no">{name}</td>'
