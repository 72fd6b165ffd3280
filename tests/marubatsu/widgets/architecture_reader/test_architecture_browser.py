"""What the page counts of a network from its plan: for every layer and network, what the library's summary counts."""

import pytest
from every_layer import EXAMPLES

from marubatsu.architectures import generator, resnet18_3d
from marubatsu.layers import Conv2d, ConvTranspose2d, Linear, MaxPool2d
from marubatsu.network import Chain, Residual, Skip, build, summary
from marubatsu.widgets import ArchitectureReader
from marubatsu.widgets.architecture_reader.architecture_reader import NETWORKS
from marubatsu.widgets.architecture_reader.blueprint import LIMITS

SHAPES = {name: shape for name, (_, shape) in NETWORKS.items()}
OTHERS = {"volume": (resnet18_3d(), (1, 16, 64, 64)), "generator": (generator(), (32, 1, 1))}
EDITED = [("alexnet", "conv1.stride:2;conv2.out:128"), ("resnet18", "layer2.0.conv1.stride:1"), ("unet", "0.out:12")]


@pytest.mark.parametrize("name", [*NETWORKS, *OTHERS])
def test_an_architecture_is_counted_as_the_librarys_summary_counts_it(call, name):
    network, shape = OTHERS.get(name) or (NETWORKS[name][0](), SHAPES[name])
    assert_counted_alike(call("architecture", "read", network.plan(), list(shape), "", LIMITS), summary(network, shape))


LAYERS = {name: (make, shape[1:]) for name, (make, _, shape) in EXAMPLES.items()}


@pytest.mark.parametrize("name", LAYERS)
def test_every_kind_of_layer_that_has_a_plan_too(call, name):
    make, shape = LAYERS[name]
    try:
        given = {"kind": "Chain", "items": [["it", make().plan()]]}
    except ValueError:  # which layers have none is settled in test_architecture_reader.py
        return
    table = summary(Chain(it=make()), shape)
    assert_counted_alike(call("architecture", "read", given, list(shape), "", LIMITS), table)


def test_a_rule_that_nobody_wrote_is_an_error_and_not_a_layer_that_changes_nothing(call):
    for rule in ("melt", "toString", None):
        asked = call("architecture", "read", {"kind": "Melt", "rule": rule}, [3, 8, 8], "", LIMITS)
        assert (
            f"no rule {'null' if rule is None else rule} in architecture.js, asked for by a layer Melt"
            in asked["error"]
        )


SAID = {  # what Python says, by the name that the page has for it
    "axes": "an input of shape .* is expected",
    "tooSmall": "the kernel covers 4 pixels, but the image .* has only 3",
    "row": "a row of numbers must come|numbers are expected for an image",
    "sum": "they are added, so they must be alike",
    "skip": "rows and columns must be the same",
}


@pytest.mark.parametrize(
    ("make", "shape", "code"),
    [
        (lambda: Conv2d(3, 4, 3), (3, 9), "axes"),
        (lambda: ConvTranspose2d(3, 4, 2), (3, 4, 4, 4), "axes"),
        (lambda: MaxPool2d(4), (3, 3, 3), "tooSmall"),
        (lambda: Linear(9, 2), (1, 3, 3), "row"),
        (lambda: Residual(Conv2d(3, 4, 1)), (3, 4, 4), "sum"),
        (lambda: Skip(MaxPool2d(2)), (3, 4, 4), "skip"),
    ],
)
def test_what_does_not_fit_is_found_by_both(call, make, shape, code):
    asked = call("architecture", "read", make().plan(), list(shape), "", LIMITS)
    assert asked["misfit"] == code
    with pytest.raises(ValueError, match=SAID[code]):
        summary(build(make().plan(), shape), shape)


@pytest.mark.parametrize(("name", "edits"), EDITED)
def test_an_edited_architecture_too(call, name, edits):
    given = NETWORKS[name][0]().plan()
    reader = ArchitectureReader(name, edits=edits)
    asked = call("architecture", "read", given, list(SHAPES[name]), edits, LIMITS)
    try:
        table = reader.summary()
    except ValueError:
        assert asked["misfit"], "where the library refuses, the page says that it does not fit"
    else:
        assert_counted_alike(asked, table)


def assert_counted_alike(asked, table):
    assert "error" not in asked and asked["misfit"] is None, asked
    ours = [(row["name"], tuple(row["after"]), row["parameters"], row["products"]) for row in asked["rows"]]
    assert ours == [(row.name, row.output, row.parameters, row.multiply_adds) for row in table.rows]
    assert (asked["parameters"], asked["products"]) == (table.parameters, table.multiply_adds)
    assert 4 * asked["numbers"] == table.activation_bytes
