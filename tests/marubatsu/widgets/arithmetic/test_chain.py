"""A chain of layers on its way to a browser, and a reader's edits on their way back."""

import numpy as np
import pytest

from marubatsu.layers import BatchNorm, Conv2d, Flatten, GlobalMaxPool, Linear, MaxPool2d, ReLU, Softmax
from marubatsu.network import Chain
from marubatsu.widgets.arithmetic.chain import edit, pack_chain

RNG = np.random.default_rng


def network():
    rng = RNG(1)
    return Chain(Conv2d(1, 2, 3, padding=1, rng=rng), ReLU(), MaxPool2d(2), Flatten(), Linear(8, 2, rng=rng), Softmax())


def test_each_layer_travels_with_its_kind_its_options_and_its_weights():
    conv, relu, pool, flat, dense, last = pack_chain("x", network())
    assert [each["kind"] for each in (relu, flat, last)] == ["relu", "flatten", "softmax"]
    assert (conv["kind"], conv["stride"], conv["padding"], conv["dilation"]) == ("conv2d", 1, 1, 1)
    assert conv["weight"]["shape"] == [2, 1, 3, 3] and conv["bias"]["shape"] == [2]
    assert (pool["kind"], pool["kernelSize"], pool["stride"], pool["padding"]) == ("max_pool2d", 2, 2, 0)
    assert dense["weight"]["shape"] == [2, 8] and dense["bias"]["shape"] == [2]
    assert pack_chain("x", Chain(GlobalMaxPool()))[0] == {"kind": "global_max_pool"}


def test_a_layer_without_bias_sends_none():
    bare = pack_chain("x", Chain(Conv2d(1, 2, 3, bias=False), Flatten(), Linear(8, 2, bias=False)))
    assert bare[0]["bias"]["shape"] == bare[2]["bias"]["shape"] == [0]


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (ReLU(), r"x: network must be a Chain of layers, but ReLU\(\) came"),
        (Chain(BatchNorm(1)), "x: the page runs the layers Conv2d, ReLU, .*, but BatchNorm came"),
        (Chain(Conv2d(2, 2, 3, groups=2)), "x: the page runs convolutions in one group"),
        (Chain(Conv2d(1, 2, 3, stride=(1, 2))), "equal stride in rows and columns, but Conv2d"),
        (Chain(Conv2d(1, 2, 3, padding=(0, 1))), "equal padding in rows and columns"),
        (Chain(MaxPool2d((2, 3))), "equal kernel_size in rows and columns"),
    ],
)
def test_what_the_page_cannot_run_is_said(given, sentence):
    with pytest.raises(ValueError, match=sentence):
        pack_chain("x", given)


def test_an_edit_changes_one_number_of_a_copy_weights_first_then_biases():
    first = network()
    changed = edit("x", first, [0, 0, 7, 0, 17, 8, 0, 18, 9, 4, 17, -1])
    assert changed[0].weight.value.flat[0] == 7 and changed[0].weight.value.flat[17] == 8
    assert changed[0].bias.value.tolist() == [9, 0] and changed[4].bias.value.tolist() == [0, -1]
    different = [np.sum(a != b) for a, b in zip(first.arrays().values(), changed.arrays().values(), strict=True)]
    assert different == [2, 1, 0, 1]
    assert edit("x", first, [])[0].weight.value is not first[0].weight.value


@pytest.mark.parametrize(
    ("edits", "sentence"),
    [
        ([0, 0], "x: edits are triples of layer, place and number, but 2 numbers came"),
        ([0, 20, 1], "x: layer 0 has 20 numbers that can be changed, but place 20 came"),
        ([0, -1, 1], "layer 0 has 20 numbers .* place -1 came"),
        ([0, 0.5, 1], "place 0.5 came"),
        ([1, 0, 1], "layer 1 has 0 numbers"),
        ([6, 0, 1], "layer 6 has 0 numbers"),
        ([-1, 0, 1], "layer -1 has 0 numbers"),
    ],
)
def test_an_edit_of_what_is_not_there_is_refused(edits, sentence):
    with pytest.raises(ValueError, match=sentence):
        edit("x", network(), edits)
