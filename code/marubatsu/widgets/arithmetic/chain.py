"""A chain of layers on its way to a browser, and a reader's edits on their way back into a network."""

import copy
from collections.abc import Sequence
from typing import Any

import numpy as np

from marubatsu.layers import Layer
from marubatsu.network import Chain
from marubatsu.widgets.kit.arrays import StateError, packed

RUNS = {
    "Conv2d": "conv2d",
    "ReLU": "relu",
    "MaxPool2d": "max_pool2d",
    "GlobalMaxPool": "global_max_pool",
    "Flatten": "flatten",
    "Linear": "linear",
    "Softmax": "softmax",
}  # what chain.js runs, by the kinds of the layers' plans
_SIZES = ("stride", "padding", "dilation")


def pack_chain(who: str, network: Chain) -> list[dict]:
    """Return a network as ``chain.js`` runs it: for each layer its kind, options and weights.

    Raises
    ------
    ValueError
        If it is no chain, or holds a layer that the browser does not run.
    """
    if not isinstance(network, Chain):
        raise ValueError(f"{who}: network must be a Chain of layers, but {network!r} came.")
    return [_pack(who, layer) for layer in network.layers]


def _pack(who: str, layer: Layer) -> dict[str, Any]:
    node = layer.plan() if type(layer).__name__ in RUNS else {}
    if not node:
        raise ValueError(f"{who}: the page runs the layers {', '.join(RUNS)}, but {type(layer).__name__} came.")
    if node.get("groups", 1) != 1:
        raise ValueError(f"{who}: the page runs convolutions in one group, but {layer!r} came.")
    found: dict[str, Any] = {"kind": RUNS[node["kind"]]}
    if "kernel" in node and "bias" not in node:  # where there are weights, their shape tells the kernel's
        found |= {"kernelSize": _one(who, layer, "kernel_size", node["kernel"])}
    found |= {word: _one(who, layer, word, node[word]) for word in _SIZES if word in node}
    if "bias" in node:
        parameters = layer.parameters()
        bias = parameters["bias"].value if node["bias"] else np.zeros(0)
        found |= {"weight": packed(parameters["weight"].value), "bias": packed(bias)}
    return found


def _one(who: str, layer: Layer, word: str, values: Sequence[int]) -> int:
    if len(set(values)) > 1:
        raise ValueError(f"{who}: the page runs layers with equal {word} in rows and columns, but {layer!r} came.")
    return values[0]


def edit(who: str, network: Chain, edits: np.ndarray | Sequence[float]) -> Chain:
    """Return a copy of a network with some numbers changed.

    Parameters
    ----------
    who : str
        Who asks, for the error sentence.
    network : Chain
        It stays as it is.
    edits : sequence of float
        Triples one after the other: the place of a layer, the place of a number among its weights (row after row) and
        then its biases, and the new number.

    Raises
    ------
    ValueError
        If there is no such layer or number.
    """
    edits = np.asarray(edits, float)
    if edits.size % 3:
        raise StateError(f"{who}: edits are triples of layer, place and number, but {edits.size} numbers came.")
    changed = copy.deepcopy(network)
    for at, place, value in edits.reshape(-1, 3):
        arrays = _editable(changed, at)
        places = sum(array.size for array in arrays)
        if not (float(place).is_integer() and 0 <= place < places):
            raise StateError(f"{who}: layer {at:g} has {places} numbers that can be changed, but place {place:g} came.")
        for array in arrays:
            if place < array.size:
                array.flat[int(place)] = value
                break
            place -= array.size
    return changed


def _editable(network: Chain, at: float) -> list[np.ndarray]:
    """Return weights and biases of a layer that has some, else nothing."""
    if not (float(at).is_integer() and 0 <= at < len(network)):
        return []
    return [parameter.value for parameter in network[int(at)].parameters().values()]
