"""The architecture reader in Python: plans of networks and the way back, changes, and what does not fit."""

import numpy as np
import pytest

from marubatsu import architectures, layers
from marubatsu.layers import Layer, Linear
from marubatsu.network import summary
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
    again = blueprint.build(blueprint.plan(network), shape)
    assert repr(again) == repr(network)
    assert summary(again, shape) == summary(network, shape)
    assert list(blueprint.leaves(blueprint.plan(network))) == [row.name for row in summary(network, shape).rows]


NOT_DRAWN = ("LSTM", "TimeDistributed", "BatchSpread")  # they read sequences, or compare the images of a batch
KINDS = [name for name, word in vars(layers).items() if isinstance(word, type) and issubclass(word, Layer)]
DRAWN = sorted(set(KINDS) - {"Layer", *NOT_DRAWN})


@pytest.mark.parametrize("word", DRAWN)
def test_every_kind_of_layer_has_a_plan(word):
    options = {
        "Conv2d": (3, 4, 3),
        "Conv3d": (3, 4, 3),
        "ConvTranspose2d": (3, 4, 2),
        "BatchNorm": (3,),
        "Linear": (9, 4),
    }
    options |= {"AdaptiveAvgPool2d": (2,), "Upsample": (2,), "LocalResponseNorm": (5,)}
    options |= dict.fromkeys(("MaxPool2d", "AvgPool2d", "MaxPool3d"), (2,))
    layer = getattr(layers, word)(*options.get(word, ()))
    shape = (3, 6, 6, 6) if word.endswith("3d") else (9,) if word == "Linear" else (3, 8, 8)
    again = blueprint.build(blueprint.plan(layer), shape)
    assert repr(again) == repr(layer) and again.output_shape(shape) == layer.output_shape(shape)


@pytest.mark.parametrize("layer", [Layer(), layers.LSTM(3, 4), layers.BatchSpread()])
def test_a_layer_that_is_no_box_of_a_figure_has_no_plan(layer):
    with pytest.raises(ValueError, match="there is no plan for a layer"):
        blueprint.plan(layer)


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
            "of conv1 can be changed: out, kernel, stride, padding, groups",
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
    with pytest.raises(ValueError, match="a row of numbers must come into Linear"):
        blueprint.build(blueprint.plan(Linear(9, 2)), (1, 3, 3))
