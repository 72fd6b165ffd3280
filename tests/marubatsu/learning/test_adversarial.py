import numpy as np
import pytest
import torch

from marubatsu import architectures
from marubatsu.data import marks
from marubatsu.layers import BatchSpread, ConvTranspose2d, Flatten, LeakyReLU, Linear, Sigmoid
from marubatsu.learning import adversarial
from marubatsu.learning.optimisers import SGD, Adam
from marubatsu.network import Chain

RNG = np.random.default_rng
BETAS = (0.5, 0.999)


def tiny(seed=1):
    """A generator of 2 × 2 pixels from three numbers, and an opponent."""
    rng = RNG(seed)
    generator = Chain(ConvTranspose2d(3, 1, 2, rng=rng), Sigmoid())
    return generator, Chain(Flatten(), Linear(4, 5, rng=rng), LeakyReLU(0.2), Linear(5, 1, rng=rng))


def duel(steps=30, seed=1, **given):
    generator, discriminator = tiny()
    images = RNG(2).uniform(0.6, 1, (20, 1, 2, 2)).astype(np.float32)
    options = {"size": 3, "rng": RNG(seed), "steps": steps, "batch_size": 8}
    options["optimisers"] = (Adam(generator.parameters(), 0.02), Adam(discriminator.parameters(), 0.02))
    return generator, adversarial.train(generator, discriminator, images, **(options | given))


def test_one_step_is_that_of_pytorch():
    ours, images = tiny(), RNG(2).uniform(0, 1, (1, 1, 2, 2)).astype(np.float32)
    theirs = [
        torch.nn.Sequential(torch.nn.ConvTranspose2d(3, 1, 2), torch.nn.Sigmoid()),
        torch.nn.Sequential(torch.nn.Flatten(), torch.nn.Linear(4, 5), torch.nn.LeakyReLU(0.2), torch.nn.Linear(5, 1)),
    ]
    with torch.no_grad():
        for mine, module in zip(ours, theirs, strict=True):
            for name, parameter in module.named_parameters():
                parameter.copy_(torch.from_numpy(mine.parameters()[name].value))
    optimisers = tuple(SGD(network.parameters(), 0.5) for network in ours)
    adversarial.train(*ours, images, size=3, optimisers=optimisers, rng=RNG(5), steps=1, batch_size=4)

    generator, discriminator = theirs
    loss = torch.nn.functional.binary_cross_entropy_with_logits
    fake = generator(torch.from_numpy(adversarial.noise(4, 3, rng=RNG(5))))
    real = torch.from_numpy(images).expand(4, 1, 2, 2)  # there is only one image to choose from
    ones, zeros = torch.ones(4, 1), torch.zeros(4, 1)
    optimiser = torch.optim.SGD(discriminator.parameters(), 0.5)
    ((loss(discriminator(real), ones) + loss(discriminator(fake.detach()), zeros)) / 2).backward()
    optimiser.step()
    generator.zero_grad()
    loss(discriminator(fake), ones).backward()
    torch.optim.SGD(generator.parameters(), 0.5).step()
    for mine, module in zip(ours, theirs, strict=True):
        for name, parameter in module.named_parameters():
            found = mine.parameters()[name].value
            np.testing.assert_allclose(found, parameter.detach().numpy(), rtol=1e-4, atol=1e-6)


def test_the_generator_comes_near_what_it_never_saw():
    generator, record = duel(steps=200)
    before = adversarial.imagine(tiny()[0], 100, 3, rng=RNG(3)).mean()
    after = adversarial.imagine(generator, 100, 3, rng=RNG(3)).mean()
    assert abs(after - 0.8) < abs(before - 0.8) / 2
    assert len(record) == len(record.discriminator_loss) == 200


def test_the_named_pair_for_32_by_32_fits_together():
    rng = RNG(1)
    pair = architectures.generator(noise=8, width=4, rng=rng), architectures.discriminator(width=4, rng=rng)
    images, _ = marks.sample(8, rng=rng)
    optimisers = tuple(Adam(network.parameters(), 0.001, betas=BETAS) for network in pair)
    record = adversarial.train(*pair, images, size=8, optimisers=optimisers, rng=rng, steps=2, batch_size=4)
    assert np.isfinite(record.generator_loss).all()
    assert adversarial.imagine(pair[0], 3, 8, rng=rng).shape == (3, 1, 32, 32)


@pytest.mark.parametrize("compare", [False, True])
def test_a_dense_pair_fits_together_and_only_one_that_compares_sees_the_batch(compare):
    generator, discriminator = adversarial.dense_pair(9, size=5, compare=compare, rng=RNG(1))
    images = adversarial.imagine(generator, 4, 5, rng=RNG(2))
    assert images.shape == (4, *generator.output_shape((5, 1, 1))) == (4, 9)
    alone, beside = discriminator(images)[:2], discriminator(images[:2])
    assert alone.shape == (2, 1) and np.allclose(alone, beside, atol=1e-6) != compare


def test_the_same_seed_gives_the_same_images_and_another_one_others():
    one, same, other = (adversarial.imagine(duel(seed=s)[0], 4, 3, rng=RNG(9)) for s in (1, 1, 2))
    np.testing.assert_array_equal(one, same)
    assert not np.array_equal(one, other)


def test_it_tells_before_and_after_each_step_where_it_stands():
    before, after = [], []
    duel(steps=3, before_step=before.append, after_step=lambda record: after.append(len(record)))
    assert before == [0, 1, 2] and after == [1, 2, 3]


@pytest.mark.parametrize(
    ("make", "error", "sentence"),
    [
        (lambda: duel(steps=0), ValueError, "train: steps must be a whole number of at least 1, but 0 came"),
        (lambda: duel(size=4), ValueError, "4 channels"),
        (lambda: duel(rng=1), TypeError, "train: rng must be a random generator .* but 1 came"),
        (lambda: duel(optimisers=3), TypeError, "train: optimisers must be two, first that of the generator"),
        (
            lambda: adversarial.train(*tiny(), np.zeros((0, 1, 2, 2)), size=3, optimisers=(1, 2), rng=RNG(1)),
            ValueError,
            "train: at least one real image is needed, but none came",
        ),
        (
            lambda: adversarial.train(*tiny(), np.zeros((5, 1, 4, 4)), size=3, optimisers=(1, 2), rng=RNG(1)),
            ValueError,
            r"makes images of shape \(1, 2, 2\), but the real ones have \(1, 4, 4\); they must be alike",
        ),
        (lambda: adversarial.noise(1, 0, rng=RNG(1)), ValueError, "noise: size must be a whole number of at least 1"),
        (lambda: adversarial.dense_pair(9, rng=None), TypeError, "dense_pair: rng must be a random generator"),
        (lambda: adversarial.noise(1, 2, rng=None), TypeError, "noise: rng must be a random generator"),
        (lambda: BatchSpread()(np.ones((1, 2, 3))), ValueError, r"BatchSpread: x must have 2 axes \(N, C\), but"),
        (lambda: BatchSpread().output_shape((1, 2)), ValueError, "numbers in one row, shape .* are expected, but"),
    ],
)
def test_what_cannot_be_gets_a_sentence(make, error, sentence):
    with pytest.raises(error, match=sentence):
        make()


def test_the_record_holds_the_mean_loss_over_real_and_invented_images_and_the_generators_own():
    generator, discriminator = tiny()
    for parameter in discriminator.parameters().values():
        parameter.value[:] = 0  # it gives every image the score 0, a share of one half
    optimisers = tuple(SGD(network.parameters(), 1e-9) for network in (generator, discriminator))
    images = np.zeros((5, 1, 2, 2), np.float32)
    record = adversarial.train(generator, discriminator, images, size=3, optimisers=optimisers, rng=RNG(1), steps=3)
    np.testing.assert_allclose(record.discriminator_loss, np.log(2), rtol=1e-5)
    np.testing.assert_allclose(record.generator_loss, np.log(2), rtol=1e-5)
