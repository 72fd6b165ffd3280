"""Numbers and verdicts that stand in the sentences of a page, computed again."""

import numpy as np
import pytest

from marubatsu import architectures, by_hand
from marubatsu.activations import relu
from marubatsu.convolution import conv2d
from marubatsu.data import marks
from marubatsu.layers import Flatten, Linear, ReLU
from marubatsu.losses import cross_entropy
from marubatsu.network import Chain, summary
from marubatsu.optimisers import Adam
from marubatsu.training import accuracy, predict, train

MODELS = np.stack([marks.model(kind) for kind in marks.KINDS])[:, None]


@pytest.fixture(scope="module")
def learned():
    """The network of the page what-it-learned."""
    rng = np.random.default_rng(1)
    images, labels = marks.sample(1500, rng=rng)
    network = architectures.marubatsu_net(rng=rng)
    options = {"loss": cross_entropy, "epochs": 6, "batch_size": 32}
    train(network, images, labels, optimiser=Adam(network.parameters(), 0.01), rng=rng, **options)
    return network


def test_on_fresh_marks_it_makes_no_error_or_hardly_one(learned):
    fresh, truth = marks.sample(1000, rng=np.random.default_rng(2026))
    assert np.sum(predict(learned, fresh).argmax(axis=1) != truth) <= 2


def test_it_is_right_on_the_twelve_images_that_the_network_by_hand_gets_wrong(learned):
    fresh, truth = marks.sample(1000, rng=np.random.default_rng(2026))
    chosen = np.flatnonzero(by_hand.classify(fresh) != truth)[:12]
    np.testing.assert_array_equal(predict(learned, fresh[chosen]).argmax(axis=1), truth[chosen])


def test_a_turned_cross_and_a_reversed_ring_are_called_wrong(learned):
    strange = np.stack([marks.draw("cross", turn=45), 1 - marks.model("circle")])[:, None]
    np.testing.assert_array_equal(predict(learned, strange).argmax(axis=1), [0, 1])


def test_findings_that_are_stronger_on_crosses_speak_for_them(learned):
    fresh, truth = marks.sample(1000, rng=np.random.default_rng(2026))
    findings = learned.outputs(fresh)[6]
    gap = findings[truth == 1].mean(axis=0) - findings[truth == 0].mean(axis=0)
    speaks = learned[7].weight.value[1] - learned[7].weight.value[0]
    clear = np.abs(gap) > 1
    np.testing.assert_array_equal(np.sign(gap[clear]), np.sign(speaks[clear]))


def test_forty_images_by_heart_are_of_no_use():
    rng = np.random.default_rng(1)
    images, labels = marks.sample(1500, rng=rng)
    held_out = marks.sample(500, rng=rng)
    rng = np.random.default_rng(3)
    parrot = Chain(Flatten(), Linear(1024, 64, rng=rng), ReLU(), Linear(64, 2, rng=rng))
    options = {"epochs": 30, "batch_size": 8, "validation": held_out, "score": accuracy}
    adam = Adam(parrot.parameters(), 0.001)
    history = train(parrot, images[:40], labels[:40], loss=cross_entropy, optimiser=adam, rng=rng, **options)
    assert history.loss[-1] < 0.01 and history.validation_score[-1] < 0.65
    assert history.validation_loss[-1] > 1.5 * history.validation_loss[0]
    assert summary(parrot, (1, 32, 32)).parameters == 65_730


def test_a_crossing_is_found_in_the_cross_and_hardly_in_the_ring():
    crossing = np.concatenate([np.full((2, 5, 5), 1 / 25), np.full((4, 5, 5), -1 / 25)])[None]
    maps = relu(conv2d(MODELS, by_hand.kernels(), padding=4) - 0.2)
    ring, cross = relu(conv2d(maps, crossing, padding=2)).max(axis=(1, 2, 3))
    assert cross > 2 * ring


def test_alexnets_dense_layer_holds_sixteen_times_the_parameters_of_all_its_convolutions():
    rows = {row.name: row.parameters for row in summary(architectures.alexnet(), (3, 227, 227)).rows}
    convolutions = sum(count for name, count in rows.items() if name.startswith("conv"))
    assert (convolutions, rows["fc6"]) == (2_334_080, 37_752_832)
    assert round(rows["fc6"] / convolutions) == 16


def test_a_larger_photograph_stops_at_the_first_dense_layer():  # the solution of ex-larger-input
    with pytest.raises(ValueError, match=r"Linear\(9216, 4096\): 9216 numbers are expected .* shape \(12544,\) came"):
        summary(architectures.alexnet(), (3, 259, 259))


def test_alexnets_parameters_and_products_have_their_tall_bars_on_opposite_sides():
    table = summary(architectures.alexnet(), (3, 227, 227))
    learnt = [row for row in table.rows if row.parameters]
    assert learnt[5].parameters / table.parameters > 0.5
    assert max(learnt, key=lambda row: row.multiply_adds).name == "conv2"
    assert sum(row.multiply_adds for row in learnt[:5]) / table.multiply_adds > 0.9
