"""The network explorer in Python: the same layers as the network, the reader's edits, and what it refuses."""

import numpy as np
import pytest

from marubatsu import architectures
from marubatsu.arithmetic.activations import softmax
from marubatsu.data import marks
from marubatsu.layers import BatchNorm, Conv2d, Flatten, GlobalMaxPool, Linear, MaxPool2d, ReLU
from marubatsu.methods import by_hand, templates
from marubatsu.network import Chain
from marubatsu.widgets import NetworkExplorer
from marubatsu.widgets.kit import drawing


@pytest.fixture(scope="module")
def network():
    return architectures.marubatsu_net(rng=np.random.default_rng(4))


def test_its_outputs_are_the_networks_and_the_shares(network):
    explorer = NetworkExplorer(network, image="circle")
    image = marks.model("circle")[None, None].astype(float)
    for ours, expected in zip(explorer.outputs(), network.outputs(image), strict=False):
        np.testing.assert_allclose(ours, expected[0])
    np.testing.assert_allclose(explorer.outputs()[-1], softmax(network(image))[0])
    assert len(NetworkExplorer(by_hand.network()).outputs()) == 6, "a network with its own softmax gets no second one"


def test_an_edit_changes_a_copy_and_not_the_network(network):
    before = {name: array.copy() for name, array in network.arrays().items()}
    explorer = NetworkExplorer(network, edits=[0, 7, 2.5, 3, 16 * 8 * 9, -1.0])
    changed = explorer.network().arrays()
    assert changed["0.weight"].flat[7] == 2.5 and changed["3.bias"][0] == -1.0
    changed["0.weight"].flat[7], changed["3.bias"][0] = before["0.weight"].flat[7], before["3.bias"][0]
    for name, array in network.arrays().items():
        np.testing.assert_array_equal(array, before[name])
        np.testing.assert_array_equal(changed[name], before[name])


def test_a_readers_images_stand_beside_the_models(network):
    images = marks.sample(3, rng=np.random.default_rng(1))[0]
    explorer = NetworkExplorer(network, images=images, image="b")
    assert [entry["title"] for entry in explorer.images.values()] == ["○", "×", "A", "B", "C"]
    np.testing.assert_array_equal(explorer.input(), images[1, 0])


def test_both_verdicts_are_those_of_the_library(network):
    for place, image in enumerate(marks.sample(4, rng=np.random.default_rng(2))[0]):
        explorer = NetworkExplorer(network, images=image[None], image="a")
        said = marks.KINDS[int(network(image[None])[0].argmax())]
        models = [marks.model(kind) for kind in marks.KINDS]
        nearer = marks.KINDS[int(templates.classify(image[None], models)[0])]
        assert (explorer.verdict(), explorer.template_verdict()) == (said, nearer), place


def test_a_drawing_is_an_image(network):
    drawn = np.zeros((32, 32))
    drawn[4:9, 10] = 1
    explorer = NetworkExplorer(network, image="drawing", drawing=drawing.encode(drawn))
    np.testing.assert_array_equal(explorer.input(), drawn)


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda: NetworkExplorer(ReLU()), "network must be a Chain of layers"),
        (
            lambda: NetworkExplorer(Chain(Conv2d(1, 2, 3), BatchNorm(2))),
            "the page runs the layers Conv2d, .*BatchNorm came",
        ),
        (lambda: NetworkExplorer(Chain(Conv2d(1, 4, 3, groups=1), ReLU())), "two scores, for ○ and ×"),
        (lambda: NetworkExplorer(Chain(MaxPool2d((2, 4)), Flatten(), Linear(128, 2))), "equal kernel_size in rows and"),
        (lambda: NetworkExplorer(Chain(Conv2d(1, 2, 3), Conv2d(2, 2, 3, groups=2), GlobalMaxPool())), "in one group"),
        (lambda: NetworkExplorer(by_hand.network(), images=np.zeros((2, 32, 32))), "images must have shape"),
        (lambda: NetworkExplorer(by_hand.network(), image="dog"), "image must be one of circle, cross, drawing"),
        (lambda: NetworkExplorer(by_hand.network(), drawing="?"), "is not a drawing; copy the whole text"),
        (lambda: NetworkExplorer(by_hand.network(), edits=[0, 1]), "triples of layer, place and number, but 2"),
        (lambda: NetworkExplorer(by_hand.network(), edits=[1, 0, 1]), "layer 1 has 0 numbers that can be changed"),
        (lambda: NetworkExplorer(by_hand.network(), edits=[0, 492, 1]), "layer 0 has 492 numbers .* place 492 came"),
        (lambda: NetworkExplorer(by_hand.network(), edits=[0.5, 0, 1]), "layer 0.5 has 0 numbers"),
    ],
)
def test_what_it_cannot_show_is_refused_in_a_sentence(make, sentence):
    with pytest.raises(ValueError, match=sentence):
        make()
