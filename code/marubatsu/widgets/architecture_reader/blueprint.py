"""What a reader may change in the plan of a network, as ``network.plan()`` gives it, and the plan with the changes."""

from typing import Any

from marubatsu.layers import Plan
from marubatsu.widgets.kit.arrays import StateError

LIMITS: dict[str, Any] = {
    "least": {"kernel": 1, "stride": 1, "padding": 0, "groups": 1, "out": 1},  # what may be changed, in this order
    "most": 8192,
    "sides": [1, 1024],  # of the input
}


def leaves(node: Plan, prefix: str = "") -> dict[str, Plan]:
    """Return the layers inside a plan by the names that a summary gives them."""
    inside = {
        "Chain": lambda: [(f"{name}.", inner) for name, inner in node["items"]],
        "Residual": lambda: [("", node["main"]), ("downsample.", node["shortcut"]), ("after.", node["after"])],
        "Skip": lambda: [("inner.", node["inner"])],
    }
    if node["kind"] not in inside:
        return {prefix.rstrip("."): node}
    found: dict[str, Plan] = {}
    for word, inner in inside[node["kind"]]():
        if inner:
            found |= leaves(inner, prefix + word)
    return found


def change(node: Plan, edits: str) -> Plan:
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
    named, least, most = leaves(node), LIMITS["least"], LIMITS["most"]
    for part in filter(None, edits.split(";")):
        path, _, text = part.partition(":")
        name, _, word = path.rpartition(".")
        if name not in named:
            raise StateError(f"ArchitectureReader: there is no layer {name!r}. The layers are {', '.join(named)}.")
        known = [each for each in least if each in named[name]]
        if word not in known:
            raise StateError(
                f"ArchitectureReader: of {name} can be changed: {', '.join(known) or 'nothing'}; but {word!r} came."
            )
        if not text.isascii() or not text.isdigit() or not least[word] <= int(text) <= most:
            raise StateError(
                f"ArchitectureReader: {path} must be a whole number from {least[word]} to {most}, but {text!r} came."
            )
        old = named[name][word]
        named[name][word] = [int(text)] * len(old) if isinstance(old, list) else int(text)
    return node


def _copy(node: Any) -> Any:
    if isinstance(node, dict):
        return {word: _copy(value) for word, value in node.items()}
    return [_copy(value) for value in node] if isinstance(node, list) else node
