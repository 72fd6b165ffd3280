"""Whole networks in the widgets' JavaScript: run with edits, and counted, as the library does."""

import numpy as np
import pytest
from reader import array, tensor

from marubatsu.architectures import generator, marubatsu_net, resnet18_3d
from marubatsu.data import marks
from marubatsu.methods import by_hand
from marubatsu.network import summary
from marubatsu.widgets import ArchitectureReader, PoolingExplorer
from marubatsu.widgets.architecture_reader.architecture_reader import NETWORKS
from marubatsu.widgets.architecture_reader.blueprint import plan
from marubatsu.widgets.arithmetic.chain import edit, pack_chain


@pytest.mark.parametrize("seed", range(4))
def test_a_whole_chain_with_edits(call, seed):
    rng = np.random.default_rng(seed)
    network = marubatsu_net(channels=(3, 4), rng=rng) if seed % 2 else by_hand.network()
    network[0].bias.value[:] = rng.standard_normal(len(network[0].bias.value))
    layer = 3 if seed % 2 else 4
    edits = [0, 3, 1.25, layer, 5, -0.75, layer, network[layer].weight.value.size + 1, 0.5]
    image = rng.random((1, 1, 32, 32))
    asked = call("chain", "outputsOf", pack_chain("test", network), edits, tensor(image))
    for ours, expected in zip(asked, edit("test", network, edits).outputs(image), strict=True):
        np.testing.assert_allclose(array(ours), expected, rtol=1e-6, atol=1e-6)


@pytest.mark.parametrize("seed", range(12))
def test_the_pooling_explorers_numbers(call, seed):
    rng = np.random.default_rng(seed)
    state = {"down": int(rng.integers(-6, 7)), "right": int(rng.integers(-6, 7)), "kind": marks.KINDS[seed % 2]}
    state |= {"size": int(rng.integers(2, 17)), "stride": int(rng.integers(1, 17)), "piece": by_hand.SYMBOLS[seed % 6]}
    state["mode"] = ("max", "average")[seed // 2 % 2]
    explorer = PoolingExplorer(**state)
    given = {**state, "piece": by_hand.SYMBOLS.index(explorer.piece)}
    asked = call("stages", "compare", given, tensor(by_hand.kernels()), explorer.threshold)
    np.testing.assert_allclose(array(asked["after"]["map"])[0, 0], explorer.map(), atol=1e-5)
    np.testing.assert_allclose(array(asked["after"]["pooled"])[0, 0], explorer.pooled(), atol=1e-5)
    np.testing.assert_allclose(asked["changes"], explorer.changes(), atol=1e-5)


SHAPES = {name: shape for name, (_, shape) in NETWORKS.items()}
OTHERS = {"volume": (resnet18_3d(), (1, 16, 64, 64)), "generator": (generator(), (32, 1, 1))}
EDITED = [("alexnet", "conv1.stride:2;conv2.out:128"), ("resnet18", "layer2.0.conv1.stride:1"), ("unet", "0.out:12")]


@pytest.mark.parametrize("name", [*NETWORKS, *OTHERS])
def test_an_architecture_is_counted_as_the_librarys_summary_counts_it(call, name):
    network, shape = OTHERS.get(name) or (NETWORKS[name][0](), SHAPES[name])
    assert_counted_alike(call("architecture", "read", plan(network), list(shape), ""), summary(network, shape))


@pytest.mark.parametrize(("name", "edits"), EDITED)
def test_an_edited_architecture_too(call, name, edits):
    given = plan(NETWORKS[name][0]())
    reader = ArchitectureReader(name, edits=edits)
    asked = call("architecture", "read", given, list(SHAPES[name]), edits)
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
