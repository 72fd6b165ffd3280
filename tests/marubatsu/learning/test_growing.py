import numpy as np
import pytest

from marubatsu.layers import Flatten, Linear, Upsample
from marubatsu.learning import adversarial
from marubatsu.learning.growing import Blend, GrowingDiscriminator, GrowingGenerator
from marubatsu.learning.optimisers import Adam
from marubatsu.network import Chain, summary

RNG = np.random.default_rng


def pair(width=4):
    return GrowingGenerator(6, width=width, rng=RNG(1)), GrowingDiscriminator(width=width, rng=RNG(2))


def test_sides_double_and_the_pair_fits_together_at_each():
    generator, discriminator = pair()
    for side in (8, 16, 32):
        if side > 8:
            generator.grow(rng=RNG(4)), discriminator.grow(rng=RNG(5))
        assert generator.side == discriminator.side == side
        assert generator.output_shape((6, 1, 1)) == (1, side, side)
        images = generator(adversarial.noise(3, 6, rng=RNG(3)))
        assert images.shape == (3, 1, side, side) and images.min() >= 0 and images.max() <= 1
        assert discriminator(images).shape == (3, *discriminator.output_shape((1, side, side))) == (3, 1)


def test_at_share_0_a_grown_network_is_the_old_one_with_larger_pixels():
    generator, discriminator = pair()
    z = adversarial.noise(3, 6, rng=RNG(3))
    small, images = generator(z), RNG(4).uniform(0, 1, (3, 1, 8, 8)).astype(np.float32)
    score = discriminator(images)
    generator.grow(rng=RNG(5)), discriminator.grow(rng=RNG(6))
    np.testing.assert_allclose(generator(z), small.repeat(2, axis=2).repeat(2, axis=3), rtol=1e-6)
    np.testing.assert_allclose(discriminator(images.repeat(2, axis=2).repeat(2, axis=3)), score, rtol=1e-4, atol=1e-6)
    generator.fade(1.0)
    assert not np.allclose(generator(z), small.repeat(2, axis=2).repeat(2, axis=3), atol=1e-3)


def test_what_was_learnt_stays_when_the_new_way_has_taken_over():
    generator, discriminator = pair()
    for network, shape in ((generator, (2, 6, 1, 1)), (discriminator, (2, 1, 16, 16))):
        network.grow(rng=RNG(5))
        network.fade(1.0)
        x = RNG(3).standard_normal(shape).astype(np.float32)
        before = network(x)
        network.grow(rng=RNG(6))
        after = network(x if network is generator else x.repeat(2, axis=2).repeat(2, axis=3))
        expected = before.repeat(2, axis=2).repeat(2, axis=3) if network is generator else before
        np.testing.assert_allclose(after, expected, rtol=1e-4, atol=1e-6)


@pytest.mark.parametrize("share", [0.0, 0.3, 1.0])
def test_a_blend_by_hand_and_by_finite_differences(share, slope):
    old, new = Chain(Linear(3, 2, rng=RNG(1))), Chain(Linear(3, 2, rng=RNG(2)))
    blend, x, worth = Blend(old, new, share=share), RNG(3).standard_normal((4, 3)), RNG(4).standard_normal((4, 2))
    measured = slope(lambda: float((blend(x) * worth).sum()), x)
    expected = (1 - share) * old(x) + share * new(x)
    np.testing.assert_allclose(blend.forward(x, training=True), expected, rtol=1e-6)
    np.testing.assert_allclose(blend.backward(worth), measured, rtol=1e-5, atol=1e-7)
    assert list(blend.parameters()) == ["old.0.weight", "old.0.bias", "new.0.weight", "new.0.bias"]
    assert list(blend.arrays()) == list(blend.parameters())
    np.testing.assert_allclose(blend.parameters()["new.0.bias"].gradient, share * worth.sum(axis=0), rtol=1e-5)


def test_a_blend_refuses_a_gradient_of_another_shape():
    blend = Blend(Flatten(), Flatten())
    blend.forward(np.ones((2, 3)), training=True)
    with pytest.raises(ValueError, match=r"Blend: gradient must have the output's shape \(2, 3\), but \(2, 1\) came"):
        blend.backward(np.ones((2, 1)))


def test_a_summary_shows_both_ways_and_a_grown_pair_learns():
    generator, discriminator = pair()
    generator.grow(rng=RNG(3)), discriminator.grow(rng=RNG(4))
    names = [row.name for row in summary(generator, (6, 1, 1)).rows]
    assert any("old." in name for name in names) and any("new." in name for name in names)
    assert summary(generator, (6, 1, 1)).multiply_adds == generator.multiply_adds((6, 1, 1)) > 0
    before = {name: array.copy() for name, array in generator.arrays().items()}
    optimisers = tuple(Adam(each.parameters(), 0.01) for each in (generator, discriminator))
    images = RNG(5).uniform(0, 1, (8, 1, 16, 16)).astype(np.float32)
    shares = iter((0.5, 0.5))
    adversarial.train(
        generator,
        discriminator,
        images,
        size=6,
        optimisers=optimisers,
        rng=RNG(6),
        steps=2,
        batch_size=4,
        before_step=lambda step: [each.fade(0.5) for each in (generator, discriminator)] and next(shares),
    )
    assert all(not np.array_equal(before[name], array) for name, array in generator.arrays().items())


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda: Blend(Flatten(), Flatten(), share=1.5), "Blend: share must be from 0 .old. to 1 .new., but 1.5 came"),
        (lambda: Blend(Upsample(2), Upsample(3)).output_shape((1, 4, 4)), "the old way gives .* the new one .* alike"),
        (
            lambda: Blend(Flatten(), Linear(4, 1))(np.ones((2, 4))),
            r"Blend: the old way gives \(2, 4\), the new one \(2, 1\); they are added, so must be alike",
        ),
        (
            lambda: Chain(Blend(Flatten(), Linear(3, 1)))(np.ones((2, 4))),
            r"layer 0\.new, Linear\(3, 1\): linear: weight",
        ),
        (lambda: pair()[0].fade(0.5), "GrowingGenerator: nothing is there to be faded in. Call grow first"),
        (lambda: pair(1)[1].grow(rng=RNG(1)), "GrowingDiscriminator: at 8 × 8 pixels it has 1 channel left"),
        (lambda: pair(1)[0].grow(rng=RNG(1)), "GrowingGenerator: at 8 × 8 pixels it has 1 channel left"),
    ],
)
def test_what_cannot_be_gets_a_sentence(make, sentence):
    with pytest.raises(ValueError, match=sentence):
        make()
