"""Networks that this book trains: the ○× network, an encoder, a U-Net, and the two of a GAN."""

from marubatsu.checks import whole
from marubatsu.layers import (
    BatchNorm,
    Conv2d,
    Conv3d,
    ConvTranspose2d,
    Flatten,
    GlobalMaxPool,
    Layer,
    LeakyReLU,
    Linear,
    MaxPool2d,
    MaxPool3d,
    ReLU,
    Rng,
    Sigmoid,
)
from marubatsu.network import Chain, Skip


def marubatsu_net(*, classes: int = 2, channels: tuple[int, int] = (8, 16), rng: Rng = None) -> Chain:
    """Return the ○× network: two convolutions with pooling, then "is it anywhere?" for each of the last channels.

    Input (1, H, W), at least 8 × 8; output scores of the classes. Head, sizes and the learning rate that the book uses
    with it (Adam, 0.01) were chosen on validation images.
    """
    first, second = channels
    return Chain(
        Conv2d(1, first, 5, padding=2, rng=rng),
        ReLU(),
        MaxPool2d(2),
        Conv2d(first, second, 3, padding=1, rng=rng),
        ReLU(),
        MaxPool2d(2),
        GlobalMaxPool(),
        Linear(second, classes, rng=rng),
    )


def encoder(
    *, dimensions: int = 2, channels: int = 1, width: int = 16, levels: int = 3, classes: int = 2, rng: Rng = None
) -> Chain:
    """Return the plain encoder, for images (channels, H, W) or for volumes (channels, D, H, W) → scores of the classes.

    On each level two convolutions of 3 × 3 (3 × 3 × 3 in volumes), each with BatchNorm and ReLU. Between two levels the
    sides are halved by max pooling and the channels doubled. After the last, "is it anywhere?" for each channel.

    Parameters
    ----------
    dimensions : {2, 3}
        Images or volumes; nothing else differs.
    channels, classes : int
        Channels that come in; scores that go out.
    width : int
        Channels on the first level.
    levels : int
        How many levels; each side must be at least 2 to the power of (levels − 1).

    Raises
    ------
    ValueError
        If the dimensions are neither 2 nor 3, or a count is below 1.

    Notes
    -----
    The way down of Çiçek et al. 2016, figure 2, with the border of zeros that keeps sizes simple, and with channels
    doubled after pooling only.
    """
    if dimensions not in (2, 3):
        raise ValueError(f"encoder: dimensions must be 2 for images or 3 for volumes, but {dimensions!r} came.")
    width, levels = whole("encoder", "width", width, 1), whole("encoder", "levels", levels, 1)
    conv, pool = (Conv2d, MaxPool2d) if dimensions == 2 else (Conv3d, MaxPool3d)
    layers: list[Layer] = []
    for level in range(levels):
        wide = width * 2**level
        layers += [pool(2)] if level else []
        for inside in (channels, wide):
            layers += [conv(inside, wide, 3, padding=1, bias=False, rng=rng), BatchNorm(wide), ReLU()]
        channels = wide
    return Chain(*layers, GlobalMaxPool(), Linear(channels, classes, rng=rng))


def unet(*, channels: int = 1, classes: int = 1, width: int = 16, levels: int = 3, rng: Rng = None) -> Chain:
    """Return a U-Net for images whose sides can be halved `levels` times: (channels, H, W) → (classes, H, W).

    Parameters
    ----------
    channels, classes : int
        Channels that come in; maps of scores that go out.
    width : int
        Channels on the finest level; doubled on each coarser one.
    levels : int
        How often rows and columns are halved.

    Notes
    -----
    Ronneberger, Fischer and Brox 2015, figure 1, with a border of zeros so that the size stays.
    """

    def double(before: int, after: int) -> tuple[Layer, ...]:
        layers = (Conv2d(before, after, 3, padding=1, rng=rng), ReLU(), Conv2d(after, after, 3, padding=1, rng=rng))
        return (*layers, ReLU())

    def level(wide: int, left: int) -> tuple[Layer, ...]:
        """Return layers from `wide` channels to `wide` channels, through all coarser levels."""
        if left == 0:
            return ()
        up = ConvTranspose2d(2 * wide, wide, 2, stride=2, rng=rng)
        down = Chain(MaxPool2d(2), *double(wide, 2 * wide), *level(2 * wide, left - 1), up)
        return (Skip(down), *double(2 * wide, wide))

    return Chain(*double(channels, width), *level(width, levels), Conv2d(width, classes, 1, rng=rng))


def generator(*, noise: int = 32, width: int = 32, rng: Rng = None) -> Chain:
    """Return a small generator: noise of shape (noise, 1, 1) → one grey image (1, 32, 32), from 0 to 1.

    Radford, Metz and Chintala 2016, with three doublings in place of four.
    """
    layers: list[Layer] = [ConvTranspose2d(noise, 4 * width, 4, bias=False, rng=rng), BatchNorm(4 * width), ReLU()]
    for before, after in ((4 * width, 2 * width), (2 * width, width)):
        layers += [
            ConvTranspose2d(before, after, 4, stride=2, padding=1, bias=False, rng=rng),
            BatchNorm(after),
            ReLU(),
        ]
    return Chain(*layers, ConvTranspose2d(width, 1, 4, stride=2, padding=1, rng=rng), Sigmoid())


def discriminator(*, width: int = 32, rng: Rng = None) -> Chain:
    """Return the opponent of `generator`: one grey image (1, 32, 32) → one score, high for real."""
    layers: list[Layer] = []
    for before, after in ((1, width), (width, 2 * width), (2 * width, 4 * width)):
        layers += [Conv2d(before, after, 4, stride=2, padding=1, rng=rng), LeakyReLU(0.2)]
    return Chain(*layers, Flatten(), Linear(4 * width * 16, 1, rng=rng))
