"""What the page "Deeper" says: depth without shortcuts fails on the training images, with them it does not."""

import numpy as np
import pytest

from marubatsu import architectures
from marubatsu.data import marks
from marubatsu.layers import Conv2d, ReLU
from marubatsu.learning.losses import cross_entropy
from marubatsu.learning.optimisers import Adam
from marubatsu.learning.training import predict, train
from marubatsu.network import Chain, Residual, summary

IMAGES, LABELS = marks.sample(320, rng=np.random.default_rng(1))
COIN = np.log(2)


def learned(depth, shortcuts, *, seed=1, images=IMAGES, labels=LABELS, rate=0.01):
    rng = np.random.default_rng(seed)
    network = architectures.stack(depth, shortcuts=shortcuts, rng=rng)
    adam = Adam(network.parameters(), rate)
    history = train(network, images, labels, loss=cross_entropy, epochs=6, batch_size=32, optimiser=adam, rng=rng)
    return network, history.loss[-1]


def test_from_10_layers_to_40_the_training_loss_of_plain_networks_rises_towards_that_of_a_coin():
    ten, twenty, forty = (learned(depth, False)[1] for depth in (10, 20, 40))
    assert ten < 0.02 and twenty > 10 * ten and forty > 20 * ten  # 0.3 to 0.7, as the processor rounds; a coin has 0.69
    assert round(COIN, 2) == 0.69
    assert max(learned(depth, True)[1] for depth in (10, 20, 40)) < 0.02


def test_on_fresh_marks_40_layers_with_shortcuts_err_on_a_few_in_a_thousand_and_without_on_many():
    fresh, truth = marks.sample(1000, rng=np.random.default_rng(2026))
    plain, deep = (int(np.sum(predict(learned(40, kind)[0], fresh).argmax(axis=1) != truth)) for kind in (False, True))
    assert plain > 50 and deep < 25


@pytest.mark.parametrize("seed", [1, 2])
def test_no_rate_rescues_the_plain_network_of_40_layers(seed):
    data = dict(zip(("images", "labels"), marks.sample(320, rng=np.random.default_rng(seed)), strict=True))
    rates = (0.003, 0.01, 0.03, 0.1)
    plain, residual = ([learned(40, kind, seed=seed, rate=rate, **data)[1] for rate in rates] for kind in (False, True))
    assert min(plain) > 4 * max(residual)


def gradients(shortcuts):
    """A network of 40 layers with the gradients of 64 images, before any training, and its kernels."""
    network = architectures.stack(40, shortcuts=shortcuts, rng=np.random.default_rng(1))
    network.learn(cross_entropy(network.forward(IMAGES[:64], training=True), LABELS[:64])[1])
    return network, [part for part in network.parameters().values() if part.value.ndim == 4]


def test_before_training_the_first_layers_gradient_is_hundreds_of_times_the_last_ones_or_less_than_ten_times():
    plain, residual = (
        np.divide(*(np.abs(kernels[place].gradient).mean() for place in (0, -1)))
        for _, kernels in map(gradients, (False, True))
    )
    assert 200 < plain < 1000 and 1 < residual < 10


def test_adam_lets_the_first_and_the_last_layer_take_about_equally_long_steps_in_spite_of_it():
    network, kernels = gradients(False)
    ends = [kernels[0].value.copy(), kernels[-1].value.copy()]
    adam = Adam(network.parameters(), 0.01)
    for moved in (0.01, 0.02, 0.02):  # after one, two and three steps
        adam.step()
        went = [np.abs(kernels[place].value - end).mean() for place, end in zip((0, -1), ends, strict=True)]
        np.testing.assert_allclose(went, moved, rtol=0.4)
        np.testing.assert_allclose(went[0], went[1], rtol=0.3)
        for part in network.parameters().values():
            part.gradient[:] = 0
        network.learn(cross_entropy(network.forward(IMAGES[:64], training=True), LABELS[:64])[1])


def test_kernels_of_weight_0_pass_on_what_came_out_of_a_relu():
    silent = Residual(Chain(Conv2d(1, 1, 3, padding=1), ReLU(), Conv2d(1, 1, 3, padding=1)), after=ReLU())
    x = np.random.default_rng(1).standard_normal((1, 1, 5, 5))
    np.testing.assert_array_equal(silent(ReLU()(x)), ReLU()(x))
    assert (silent(x) != x).any()  # what is negative does not pass the ReLU behind the sum


def test_vgg_as_the_page_counts_it():
    table = summary(architectures.vgg16(), (3, 224, 224))
    assert table.parameters == 138_357_544 and round(table.multiply_adds / 1e9, 1) == 15.5
    assert 0.7 < table.rows[-7].parameters / table.parameters < 0.8
    assert round(3 * 9 / 49, 2) == 0.55  # "a little more than half"


def test_resnet_18_beside_alexnet():
    deep, alex = (
        summary(make(), shape) for make, shape, _ in map(architectures.PUBLISHED.get, ("resnet18", "alexnet"))
    )
    assert alex.parameters / deep.parameters == pytest.approx(5, abs=0.3)  # "a fifth"
    assert deep.multiply_adds / alex.multiply_adds == pytest.approx(2.5, abs=0.1)
    weights = [r for r in deep.rows if r.layer.startswith(("Conv", "Linear")) and "downsample" not in r.name]
    assert len(weights) == 18
