"""Two networks against each other: one makes images, the other tells them from real ones, and both learn from it."""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from marubatsu.layers import BatchNorm, BatchSpread, Flatten, Layer, LeakyReLU, Linear, ReLU, Sigmoid
from marubatsu.learning.losses import binary_cross_entropy_with_logits
from marubatsu.learning.training import predict
from marubatsu.network import Chain
from marubatsu.notation import whole


@dataclass
class Duel:
    """What was measured at each step: the loss of either network, the one growing when the other gets better."""

    generator_loss: list[float] = field(default_factory=list)
    discriminator_loss: list[float] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.generator_loss)


def noise(count: int, size: int, *, rng: np.random.Generator) -> np.ndarray:
    """Return what a generator starts from: normal random numbers of shape (count, size, 1, 1), float32.

    Raises
    ------
    ValueError, TypeError
        If a count is not a whole number of at least 1, or rng is no generator of random numbers.
    """
    count, size = whole("noise", "count", count, 1), whole("noise", "size", size, 1)
    _check_rng("noise", rng)
    return rng.standard_normal((count, size, 1, 1), np.float32)


def imagine(generator: Layer, count: int, size: int, *, rng: np.random.Generator) -> np.ndarray:
    """Return images that a generator makes of fresh noise: (count, C, H, W); `size` numbers of noise for each."""
    return predict(generator, noise(count, size, rng=rng))


def dense_pair(pixels: int, *, size: int = 16, compare: bool = False, rng: np.random.Generator) -> tuple[Chain, Chain]:
    """Return a small generator and discriminator without convolutions, for images in rows (N, pixels), from 0 to 1.

    Parameters
    ----------
    pixels, size : int
        Numbers of an image, and of noise for one.
    compare : bool
        Whether the discriminator also sees how much the images of a batch differ (`BatchSpread`).
    rng : numpy.random.Generator
        Where first weights come from.
    """
    _check_rng("dense_pair", rng)
    generator = Chain(
        Flatten(),
        Linear(size, 64, rng=rng),
        BatchNorm(64),
        ReLU(),
        Linear(64, 128, rng=rng),
        BatchNorm(128),
        ReLU(),
        Linear(128, pixels, rng=rng),
        Sigmoid(),
    )
    seen = (BatchSpread(), Linear(128, 32, rng=rng)) if compare else (Linear(64, 32, rng=rng),)
    first = (Linear(pixels, 64, rng=rng), LeakyReLU(0.2))
    return generator, Chain(*first, *seen, LeakyReLU(0.2), Linear(32, 1, rng=rng))


def train(
    generator: Layer,
    discriminator: Layer,
    images: np.ndarray,
    *,
    size: int,
    optimisers: tuple,
    rng: np.random.Generator,
    steps: int = 300,
    batch_size: int = 32,
    before_step: Callable[[int], None] | None = None,
    after_step: Callable[[Duel], None] | None = None,
) -> Duel:
    """Let a generator and a discriminator learn from each other; both are changed in place.

    In each step the discriminator sees as many real images as invented ones, and learns to score the real ones
    higher. Then the generator makes new ones and learns, through the discriminator, how each pixel would have to
    change for a higher score. It never sees a real image itself.

    Parameters
    ----------
    generator : Layer
        From noise (N, size, 1, 1) to images.
    discriminator : Layer
        From images to one score each, (N, 1), high for real. The score is not the probability of being real.
    images : numpy.ndarray
        Real images (N, C, H, W), in the range that the generator gives out.
    size : int
        Numbers of noise for one image.
    optimisers : (optimiser, optimiser)
        Of the generator's and of the discriminator's parameters.
    rng : numpy.random.Generator
        Where the noise and the choice of images come from; the same seed gives the same weights.
    steps, batch_size : int
        How many steps, and how many images of each kind in one.
    before_step : function, optional
        Called with the number of the step before it, for example to fade a new layer in.
    after_step : function, optional
        Called with the record after every step, for example to keep samples.

    Returns
    -------
    Duel
        The losses of all steps. They do not say whether the images are good: each is measured against an opponent
        that changes.

    Raises
    ------
    ValueError, TypeError
        If there is no image, a count is not whole, the shapes of real and invented images differ, there are not two
        optimisers, or a loss is no longer finite.

    Notes
    -----
    Goodfellow et al. 2014, algorithm 1 with one step of the discriminator, and with the generator's loss −log D(G(z))
    that section 3 recommends.
    """
    steps, batch_size = whole("train", "steps", steps, 1), whole("train", "batch_size", batch_size, 1)
    _check_rng("train", rng)
    if len(images) == 0:
        raise ValueError("train: at least one real image is needed, but none came.")
    if not isinstance(optimisers, tuple) or len(optimisers) != 2:
        raise TypeError("train: optimisers must be two, first that of the generator, then that of the discriminator.")
    of_generator, of_discriminator = optimisers
    duel, real, invented = Duel(), np.ones((batch_size, 1), np.float32), np.zeros((batch_size, 1), np.float32)
    for step in range(steps):
        if before_step is not None:
            before_step(step)
        fake = generator.forward(noise(batch_size, size, rng=rng), training=True)
        shown = images[rng.integers(0, len(images), batch_size)]
        if shown.shape != fake.shape:
            raise ValueError(
                f"train: the generator makes images of shape {fake.shape[1:]}, but the real ones have "
                f"{shown.shape[1:]}; they must be alike."
            )
        of_discriminator.zero_grad()
        told = 0.0
        for seen, truth in ((shown, real), (fake, invented)):  # apart, because some layers compare within a batch
            value, gradient = binary_cross_entropy_with_logits(discriminator.forward(seen, training=True), truth)
            discriminator.learn(gradient / 2)
            told += value / 2
        of_discriminator.step()

        value, gradient = binary_cross_entropy_with_logits(discriminator.forward(fake, training=True), real)
        of_generator.zero_grad()
        generator.learn(discriminator.backward(gradient))  # what is added to the discriminator is thrown away above
        of_generator.step()
        duel.generator_loss.append(value)
        duel.discriminator_loss.append(told)
        if after_step is not None:
            after_step(duel)
    return duel


def _check_rng(who: str, rng: object) -> None:
    if not isinstance(rng, np.random.Generator):
        raise TypeError(f"{who}: rng must be a numpy.random.Generator, but {rng!r} came.")
