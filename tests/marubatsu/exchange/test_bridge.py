"""The way to PyTorch: every layer has a twin that computes the same with the same weights, or says why it has none."""

import numpy as np
import pytest
import torch
from every_layer import EXAMPLES, RNG

from marubatsu.exchange.bridge import to_torch
from marubatsu.layers import Conv2d, Flatten, Layer, LeakyReLU, Linear, ReLU
from marubatsu.layers.base import Plain
from marubatsu.learning.growing import Blend, GrowingDiscriminator, GrowingGenerator
from marubatsu.network import Chain, Residual, Skip

HOLDERS = {
    "a chain": (lambda: Chain(Conv2d(2, 3, 3, rng=RNG(1)), after=Chain(ReLU(), Flatten())), (2, 2, 5, 5)),
    "a residual": (
        lambda: Residual(Conv2d(2, 2, 1, rng=RNG(1)), Conv2d(2, 2, 1, rng=RNG(2)), after=ReLU()),
        (2, 2, 3, 3),
    ),
    "a residual without shortcut": (lambda: Residual(Chain(a=Conv2d(2, 2, 1, rng=RNG(1)))), (2, 2, 3, 3)),
    "a skip": (lambda: Skip(Conv2d(2, 3, 1, rng=RNG(1))), (2, 2, 3, 3)),
    "a blend": (lambda: Blend(Linear(3, 2, rng=RNG(1)), Linear(3, 2, rng=RNG(2)), share=0.3), (4, 3)),
    "a generator": (lambda: grown(GrowingGenerator(4, width=8, rng=RNG(1))), (3, 4, 1, 1)),
    "a discriminator": (lambda: grown(GrowingDiscriminator(width=8, rng=RNG(1))), (3, 1, 16, 16)),
}
ALL = {name: (make, shape) for name, (make, _, shape) in EXAMPLES.items()} | HOLDERS


def grown(network):
    network.grow(rng=RNG(2))
    network.fade(0.25)
    return network


@pytest.mark.parametrize("name", ALL)
def test_every_layer_has_a_twin_that_computes_the_same(name):
    make, shape = ALL[name]
    layer, x = make(), RNG(3).standard_normal(shape).astype(np.float32)
    layer.forward(x, training=True)  # so that running statistics are not those of the start
    module = to_torch(layer)
    np.testing.assert_allclose(module(torch.from_numpy(x)).detach().numpy(), layer(x), rtol=1e-4, atol=1e-5)
    assert not module.training
    assert list(layer.parameters()) == [word for word, _ in module.named_parameters()]


@pytest.mark.parametrize("name", ALL)
def test_a_twin_has_a_copy_of_the_weights(name):
    layer = ALL[name][0]()
    before = {word: array.copy() for word, array in layer.arrays().items()}
    with torch.no_grad():
        for tensor in to_torch(layer).parameters():
            tensor.fill_(7)
    for word, array in layer.arrays().items():
        np.testing.assert_array_equal(array, before[word])


def test_a_layer_of_ones_own_is_asked_to_say_what_it_is():
    with pytest.raises(TypeError, match=r"does not say what it is in PyTorch. If it is yours, give it a method twin\("):
        to_torch(Chain(ReLU(), Layer()))

    class Doubled(Plain):
        """A name that PyTorch does not know."""

    with pytest.raises(TypeError, match=r"Doubled: the layer Doubled\(\) does not say what it is in PyTorch"):
        to_torch(Doubled())


def test_a_layer_of_ones_own_may_have_a_twin():
    class Halved(LeakyReLU):
        def twin(self, torch):
            return torch.nn.LeakyReLU(0.5)

    np.testing.assert_array_equal(to_torch(Chain(Halved()))(torch.tensor([-2.0])).numpy(), [-1])
