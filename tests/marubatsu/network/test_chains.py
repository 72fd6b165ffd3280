"""Chains, residuals and skips: no layer is left out on the way back, in the list of steps, or in what is printed."""

import numpy as np

from marubatsu.layers import BatchNorm, Conv2d, Flatten, Linear, MaxPool2d, ReLU, Upsample
from marubatsu.network import Chain, Residual, Skip, summary

RNG = np.random.default_rng


def deep(rng):
    return Chain(Conv2d(1, 2, 3, rng=rng), Conv2d(2, 3, 3, rng=rng), BatchNorm(3), Flatten(), Linear(48, 2, rng=rng))


def test_learning_alone_gives_every_layer_the_gradient_that_backward_gives():
    x, worth = RNG(2).standard_normal((3, 1, 8, 8)), RNG(3).standard_normal((3, 2))
    gradients = []
    for way in ("backward", "learn"):
        network = deep(RNG(1))
        network.forward(x, training=True)
        getattr(network, way)(worth)
        gradients.append({name: each.gradient for name, each in network.parameters().items()})
    assert len(gradients[0]) == 8
    for name, gradient in gradients[0].items():
        assert np.abs(gradient).max() > 0 or "0.bias" in name, name
        np.testing.assert_allclose(gradients[1][name], gradient, atol=1e-6)


def test_a_residual_shows_its_way_its_shortcut_and_what_comes_after():
    whole = repr(Residual(Conv2d(1, 2, 1), Conv2d(1, 2, 1), after=ReLU()))
    assert whole.count("Conv2d(1, 2, kernel_size=1)") == 2 and "shortcut=" in whole and "after=ReLU()" in whole
    plain = repr(Residual(ReLU()))
    assert "ReLU()" in plain and "shortcut" not in plain and "after" not in plain


def test_the_steps_of_a_residual_are_those_of_both_ways_and_of_what_comes_after():
    def names(block):
        return [row.name for row in summary(Chain(block=block), (2, 4, 4)).rows]

    way = Chain(Conv2d(2, 2, 1), ReLU())
    assert names(Residual(way)) == ["block.0", "block.1"]
    with_after = names(Residual(way, Conv2d(2, 2, 1), after=ReLU()))
    assert len(with_after) == 4 and with_after[:2] == ["block.0", "block.1"] and "downsample" in with_after[2]


def test_outside_training_nothing_is_kept_by_any_part():
    x = np.ones((1, 2, 4, 4), np.float32)
    inner = [Conv2d(2, 2, 1, rng=RNG(1)), MaxPool2d(2), Upsample(2)]
    for block in (Chain(*inner), Residual(Chain(*inner), after=ReLU()), Skip(Chain(*inner))):
        block.forward(x, training=True)
        block(x)
        assert all(layer._kept is None for layer in inner), block
