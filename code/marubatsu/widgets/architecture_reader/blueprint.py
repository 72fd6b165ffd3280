"""A network as a drawing plan: what kind each layer is and its sizes, without weights, and the way back to layers.

In a plan a layer does not say how many channels come in: they follow from the layer before, so that a reader may change
one layer, or the input, and all shapes behind it follow. ``architecture.js`` reads the same plan.
"""

from marubatsu import layers
from marubatsu.layers import Layer, Shape
from marubatsu.network import Chain, Residual, Skip
from marubatsu.widgets.kit.arrays import StateError

_CONVOLUTIONS = (layers.Conv2d, layers.Conv3d)
_POOLS = (layers.MaxPool2d, layers.AvgPool2d, layers.MaxPool3d)
_SAME = (layers.ReLU, layers.Sigmoid, layers.Tanh, layers.Softmax, layers.Flatten, layers.GlobalMaxPool)
_LEAST = {
    "out": 1,
    "kernel": 1,
    "stride": 1,
    "padding": 0,
    "groups": 1,
}  # what a reader may change, and its smallest value
_MOST = 8192


def plan(network: Layer) -> dict:
    """Return the plan of a network.

    Raises
    ------
    ValueError
        If it holds a layer of a kind that has no plan.
    """
    if isinstance(network, Chain):
        return {"kind": "Chain", "items": [[name, plan(layer)] for name, layer in network.named.items()]}
    if isinstance(network, Residual):
        parts = {"main": network.main, "shortcut": network.shortcut, "after": network.after}
        return {"kind": "Residual"} | {word: plan(layer) if layer else None for word, layer in parts.items()}
    if isinstance(network, Skip):
        return {"kind": "Skip", "inner": plan(network.inner)}
    found = {"kind": type(network).__name__}
    if isinstance(network, (*_CONVOLUTIONS, layers.ConvTranspose2d)):
        found |= {"out": network.out_channels, "bias": hasattr(network, "bias")}
    if isinstance(network, _CONVOLUTIONS):
        found |= {"dilation": list(network.dilation), "groups": network.groups}
    if isinstance(network, (*_CONVOLUTIONS, *_POOLS, layers.ConvTranspose2d)):
        sizes = {"kernel": network.kernel_size, "stride": network.stride, "padding": network.padding}
        return found | {word: list(values) for word, values in sizes.items()}
    if isinstance(network, layers.Linear):
        return found | {"out": network.out_features, "bias": hasattr(network, "bias"), "was": network.in_features}
    if isinstance(network, layers.AdaptiveAvgPool2d):
        return found | {"size": list(network.output_size)}
    if isinstance(network, layers.Upsample):
        return found | {"factor": network.scale_factor, "mode": network.mode}
    if isinstance(network, layers.BatchNorm):
        return found | {"eps": network.eps, "momentum": network.momentum}
    if isinstance(network, layers.LocalResponseNorm):
        return found | {"size": network.size, "alpha": network.alpha, "beta": network.beta, "k": network.k}
    if isinstance(network, layers.Dropout):
        return found | {"p": network.p}
    if isinstance(network, layers.LeakyReLU):
        return found | {"slope": network.negative_slope}
    if isinstance(network, _SAME):
        return found
    raise ValueError(f"ArchitectureReader: there is no plan for a layer {network!r}.")


def build(node: dict, shape: Shape) -> Layer:
    """Return the layers of a plan for an input of a shape, with weights of 0.

    Raises
    ------
    ValueError
        If a layer does not fit what comes in.
    """
    kind = node["kind"]
    if kind == "Chain":
        named = {}
        for name, inner in node["items"]:
            named[name] = build(inner, shape)
            shape = named[name].output_shape(shape)
        return Chain(**named)
    if kind == "Residual":
        main, shortcut = build(node["main"], shape), node["shortcut"] and build(node["shortcut"], shape)
        return Residual(main, shortcut, after=node["after"] and build(node["after"], main.output_shape(shape)))
    if kind == "Skip":
        return Skip(build(node["inner"], shape))
    make = getattr(layers, kind)
    sizes = {word: tuple(node[word]) for word in ("stride", "padding", "dilation") if word in node}
    if kind in ("Conv2d", "Conv3d"):
        return make(shape[0], node["out"], tuple(node["kernel"]), **sizes, groups=node["groups"], bias=node["bias"])
    if kind == "ConvTranspose2d":
        return make(shape[0], node["out"], tuple(node["kernel"]), **sizes, bias=node["bias"])
    if "kernel" in node:
        return make(tuple(node["kernel"]), **sizes)
    if kind == "Linear":
        if len(shape) > 1:
            raise ValueError(f"ArchitectureReader: a row of numbers must come into Linear, but shape {shape} came.")
        return make(shape[0], node["out"], bias=node["bias"])
    options = {
        "AdaptiveAvgPool2d": lambda: make(tuple(node["size"])),
        "Upsample": lambda: make(node["factor"], mode=node["mode"]),
        "BatchNorm": lambda: make(shape[0], eps=node["eps"], momentum=node["momentum"]),
        "LocalResponseNorm": lambda: make(node["size"], alpha=node["alpha"], beta=node["beta"], k=node["k"]),
        "Dropout": lambda: make(node["p"]),
        "LeakyReLU": lambda: make(node["slope"]),
    }
    return options.get(kind, make)()


def leaves(node: dict, prefix: str = "") -> dict[str, dict]:
    """Return the layers inside a plan by the names that a summary gives them."""
    inside = {
        "Chain": lambda: [(f"{name}.", inner) for name, inner in node["items"]],
        "Residual": lambda: [("", node["main"]), ("downsample.", node["shortcut"]), ("after.", node["after"])],
        "Skip": lambda: [("inner.", node["inner"])],
    }
    if node["kind"] not in inside:
        return {prefix.rstrip("."): node}
    found = {}
    for word, inner in inside[node["kind"]]():
        if inner:
            found |= leaves(inner, prefix + word)
    return found


def change(node: dict, edits: str) -> dict:
    """Return a plan with a reader's changes in it.

    Parameters
    ----------
    node : dict
        A plan; it stays as it is.
    edits : str
        Changes as "layer.size:number", separated by semicolons: "conv1.stride:2;conv2.out:128".

    Raises
    ------
    ValueError
        If a layer has no such size, or the number is out of range; the sentence says which sizes there are.
    """
    node = _copy(node)
    named = leaves(node)
    for part in filter(None, edits.split(";")):
        path, _, text = part.partition(":")
        name, _, word = path.rpartition(".")
        if name not in named:
            raise StateError(f"ArchitectureReader: there is no layer {name!r}. The layers are {', '.join(named)}.")
        known = [each for each in _LEAST if each in named[name]]
        if word not in known:
            raise StateError(
                f"ArchitectureReader: of {name} can be changed: {', '.join(known) or 'nothing'}; but {word!r} came."
            )
        if not text.isascii() or not text.isdigit() or not _LEAST[word] <= int(text) <= _MOST:
            raise StateError(
                f"ArchitectureReader: {path} must be a whole number from {_LEAST[word]} to {_MOST}, but {text!r} came."
            )
        old = named[name][word]
        named[name][word] = [int(text)] * len(old) if isinstance(old, list) else int(text)
    return node


def _copy(node):
    if isinstance(node, dict):
        return {word: _copy(value) for word, value in node.items()}
    return [_copy(value) for value in node] if isinstance(node, list) else node
