"""The architecture reader in Python: plans of networks and the way back, changes, words, and what does not fit."""

import json
from pathlib import Path

import numpy as np
import pytest
from every_layer import EXAMPLES, kinds

from marubatsu import architectures, layers
from marubatsu.layers import Layer, Linear
from marubatsu.learning.growing import Blend
from marubatsu.network import build, summary
from marubatsu.widgets import ArchitectureReader
from marubatsu.widgets.architecture_reader import blueprint
from marubatsu.widgets.architecture_reader.architecture_reader import NETWORKS

ALL = {name: (make(), shape) for name, (make, shape) in NETWORKS.items()} | {
    "volume": (architectures.resnet18_3d(), (1, 16, 64, 64)),
    "generator": (architectures.generator(), (32, 1, 1)),
    "discriminator": (architectures.discriminator(), (1, 32, 32)),
}


@pytest.mark.parametrize("name", ALL)
def test_a_plan_gives_the_same_network_back(name):
    network, shape = ALL[name]
    again = build(network.plan(), shape)
    assert repr(again) == repr(network)
    assert summary(again, shape) == summary(network, shape)
    assert list(blueprint.leaves(network.plan())) == [row.name for row in summary(network, shape).rows]


NOT_DRAWN = {"LSTM", "TimeDistributed", "BatchSpread"}  # they read sequences, or compare the images of a batch
DRAWN = {
    name: (make(), shape[1:]) for name, (make, _, shape) in EXAMPLES.items() if type(make()).__name__ not in NOT_DRAWN
}


@pytest.mark.parametrize("name", DRAWN)
def test_every_kind_of_layer_has_a_plan_that_gives_it_back(name):
    layer, shape = DRAWN[name]
    node = json.loads(json.dumps(layer.plan()))  # as it comes back from a page
    assert node["kind"] == type(layer).__name__ and "rule" in node, "what plan() returns is told in layers/base.py"
    again = build(node, shape)
    assert repr(again) == repr(layer) and again.output_shape(shape) == layer.output_shape(shape)
    assert again.plan() == layer.plan() and {name: array.shape for name, array in again.arrays().items()} == {
        name: array.shape for name, array in layer.arrays().items()
    }


@pytest.mark.parametrize(
    "layer",
    [
        Layer(),
        layers.LSTM(3, 4),
        layers.BatchSpread(),
        layers.TimeDistributed(Linear(3, 2)),
        Blend(Linear(3, 2), Linear(3, 2)),
    ],
)
def test_a_layer_that_is_no_box_of_a_figure_has_no_plan(layer):
    with pytest.raises(ValueError, match=r"there is no plan for a layer (.|\n)*, so it cannot be drawn"):
        layer.plan()


WORDS = sorted(Path(blueprint.__file__).parent.glob("texts.*.json"))


@pytest.mark.parametrize("path", WORDS, ids=lambda path: path.name)
def test_every_layer_that_is_drawn_has_a_word_in_every_language(path):
    words = json.loads(path.read_text(encoding="utf-8"))["kinds"]
    wanted = (kinds() - NOT_DRAWN) | {"Keep", "Join"}  # what a skip does with its copy
    assert wanted - set(words) == set(), f"give it a word under kinds in {path}"
    assert set(words) - wanted == set(), f"no layer is called so: take it out of {path}"
    assert all(words.values())


@pytest.mark.parametrize("path", WORDS, ids=lambda path: path.name)
def test_every_size_that_can_be_changed_has_a_word_in_every_language(path):
    assert set(json.loads(path.read_text(encoding="utf-8"))["sizes"]) == set(blueprint.LIMITS["least"])


def test_the_page_is_sent_the_limits_that_python_keeps():
    assert ArchitectureReader().limits == blueprint.LIMITS


def test_all_shapes_follow_a_change():
    reader = ArchitectureReader("alexnet", edits="conv1.stride:2;conv2.out:128", sides=[259, 259])
    rows = {row.name: row for row in reader.summary().rows}
    assert reader.input_shape() == (3, 259, 259)
    assert rows["conv1"].output == (96, 125, 125) and rows["conv2"].output[0] == 128
    assert rows["conv3"].parameters == 3 * 3 * 128 * 384 + 384
    assert rows["fc6"].parameters == np.prod(rows["pool5"].output) * 4096 + 4096
    assert ArchitectureReader("alexnet").summary().parameters == 60_965_224


def test_a_network_of_ones_own():
    mine = architectures.marubatsu_net(channels=(4, 6))
    reader = ArchitectureReader(mine, (1, 32, 32), networks=[])
    assert list(reader.plans) == ["own"] and reader.summary() == summary(mine, (1, 32, 32))


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda: ArchitectureReader("lenet"), "there is no network called 'lenet'. The networks are alexnet"),
        (lambda: ArchitectureReader(networks=["x"]), "there is no network called 'x'"),
        (lambda: ArchitectureReader(Linear(3, 2)), "for a network of your own give input_shape too"),
        (lambda: ArchitectureReader(Linear(3, 2), (1, 32, 32)), "3 numbers are expected"),
        (lambda: ArchitectureReader(sides=[10]), "sides are 2 whole numbers from 1 to 1024"),
        (lambda: ArchitectureReader(sides=[10.5, 3]), "sides are 2 whole numbers"),
        (lambda: ArchitectureReader(edits="conv9.out:3"), "there is no layer 'conv9'. The layers are conv1"),
        (
            lambda: ArchitectureReader(edits="conv1.bias:3"),
            "of conv1 can be changed: kernel, stride, padding, groups, out",
        ),
        (lambda: ArchitectureReader(edits="relu1.out:3"), "of relu1 can be changed: nothing; but 'out' came"),
        (
            lambda: ArchitectureReader(edits="conv1.out:0"),
            "conv1.out must be a whole number from 1 to 8192, but '0' came",
        ),
        (lambda: ArchitectureReader(edits="conv1.out:-4"), "whole number from 1 to 8192"),
        (lambda: ArchitectureReader(network="alexnet").set_trait("network", "dog"), "network must be one of alexnet"),
    ],
)
def test_what_makes_no_sense_is_refused_in_a_sentence(make, sentence):
    with pytest.raises(ValueError, match=sentence):
        make()


def test_a_change_that_does_not_fit_is_said_by_the_layer():
    with pytest.raises(ValueError, match="Residual: the main path gives"):
        ArchitectureReader("resnet18", edits="layer1.0.conv2.out:32").summary()
    with pytest.raises(ValueError, match="Linear: a row of numbers must come in"):
        build(Linear(9, 2).plan(), (1, 3, 3))
