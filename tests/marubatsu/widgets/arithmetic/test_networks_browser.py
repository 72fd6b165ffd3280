"""Whole networks in the widgets' JavaScript: run, and run with edits, as the library does."""

import numpy as np
import pytest
from reader import array, tensor

from marubatsu.architectures import marubatsu_net
from marubatsu.data import marks
from marubatsu.layers import Conv2d, Flatten, GlobalMaxPool, Linear, MaxPool2d, ReLU, Softmax
from marubatsu.methods import by_hand
from marubatsu.network import Chain
from marubatsu.widgets import PoolingExplorer
from marubatsu.widgets.arithmetic.chain import RUNS, edit, pack_chain


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


def test_a_page_runs_the_layers_that_may_be_packed_for_it(call):
    assert sorted(call("chain", "runs")) == sorted(RUNS.values())


def test_every_layer_that_a_page_runs_gives_what_the_librarys_gives(call):
    rng = np.random.default_rng(5)
    convolution = Conv2d(2, 3, (3, 2), stride=2, padding=1, dilation=2, bias=False, rng=rng)
    pooled = Chain(
        convolution, ReLU(), MaxPool2d(2, stride=1, padding=1), GlobalMaxPool(), Linear(3, 4, rng=rng), Softmax()
    )
    flat = Chain(MaxPool2d(3), Flatten(), Linear(2 * 4 * 4, 2, bias=False, rng=rng))
    assert {type(layer).__name__ for network in (pooled, flat) for layer in network.layers} == set(RUNS)
    image = rng.standard_normal((1, 2, 12, 12))
    for network in (pooled, flat):
        asked = call("chain", "outputsOf", pack_chain("test", network), [], tensor(image))
        for ours, expected in zip(asked, network.outputs(image), strict=True):
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
