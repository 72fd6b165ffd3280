"""Networks that have names, built from layers: the ○× network, AlexNet twice, VGG, ResNet, an encoder, U-Net, a GAN.

Each is a function that returns a `Chain`. `rng` gives first weights; without it they are 0, to be loaded or only
counted. The arrays are called as in PyTorch's own versions, so that their files can be read (see `weights`).
"""

from collections.abc import Callable
from functools import partial

import numpy as np

from .layers import (
    AdaptiveAvgPool2d,
    BatchNorm,
    Conv2d,
    Conv3d,
    ConvTranspose2d,
    Dropout,
    Flatten,
    GlobalMaxPool,
    Layer,
    LeakyReLU,
    Linear,
    LocalResponseNorm,
    MaxPool2d,
    MaxPool3d,
    ReLU,
    Sigmoid,
)
from .network import Chain, Residual, Skip
from .notation import whole

Rng = np.random.Generator | None


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


def alexnet(*, classes: int = 1000, rng: Rng = None) -> Chain:
    """Return AlexNet as published: two groups, response normalisation, overlapping pooling; 60,965,224 parameters.

    Input (3, 227, 227). Krizhevsky, Sutskever and Hinton 2012, figure 2 and section 3 (which prints 224; only with 227
    does the arithmetic of the first layer come out at 55).
    """
    norm = {"alpha": 5e-4, "beta": 0.75, "k": 2.0}  # their α = 1e-4 for a sum of five, here for a mean
    return Chain(
        conv1=Conv2d(3, 96, 11, stride=4, rng=rng),
        relu1=ReLU(),
        norm1=LocalResponseNorm(5, **norm),
        pool1=MaxPool2d(3, stride=2),
        conv2=Conv2d(96, 256, 5, padding=2, groups=2, rng=rng),
        relu2=ReLU(),
        norm2=LocalResponseNorm(5, **norm),
        pool2=MaxPool2d(3, stride=2),
        conv3=Conv2d(256, 384, 3, padding=1, rng=rng),
        relu3=ReLU(),
        conv4=Conv2d(384, 384, 3, padding=1, groups=2, rng=rng),
        relu4=ReLU(),
        conv5=Conv2d(384, 256, 3, padding=1, groups=2, rng=rng),
        relu5=ReLU(),
        pool5=MaxPool2d(3, stride=2),
        flatten=Flatten(),
        fc6=Linear(256 * 6 * 6, 4096, rng=rng),
        relu6=ReLU(),
        drop6=Dropout(0.5, rng=rng),
        fc7=Linear(4096, 4096, rng=rng),
        relu7=ReLU(),
        drop7=Dropout(0.5, rng=rng),
        fc8=Linear(4096, classes, rng=rng),
    )


def alexnet_single(*, classes: int = 1000, rng: Rng = None) -> Chain:
    """Return the single-tower AlexNet that today's libraries ship: no groups, no normalisation; 61,100,840 parameters.

    Input (3, 224, 224). Krizhevsky 2014, "One weird trick for parallelizing convolutional neural networks".
    """
    return Chain(
        features=Chain(
            Conv2d(3, 64, 11, stride=4, padding=2, rng=rng),
            ReLU(),
            MaxPool2d(3, stride=2),
            Conv2d(64, 192, 5, padding=2, rng=rng),
            ReLU(),
            MaxPool2d(3, stride=2),
            Conv2d(192, 384, 3, padding=1, rng=rng),
            ReLU(),
            Conv2d(384, 256, 3, padding=1, rng=rng),
            ReLU(),
            Conv2d(256, 256, 3, padding=1, rng=rng),
            ReLU(),
            MaxPool2d(3, stride=2),
        ),
        avgpool=AdaptiveAvgPool2d(6),
        flatten=Flatten(),
        classifier=Chain(
            Dropout(0.5, rng=rng),
            Linear(256 * 6 * 6, 4096, rng=rng),
            ReLU(),
            Dropout(0.5, rng=rng),
            Linear(4096, 4096, rng=rng),
            ReLU(),
            Linear(4096, classes, rng=rng),
        ),
    )


def stack(depth: int, *, shortcuts: bool, width: int = 8, classes: int = 2, rng: Rng = None) -> Chain:
    """Return a network of `depth` convolutions of 3 × 3 on maps of one size, with shortcuts past every two, or without.

    Input (1, 32, 32), which a first convolution and pooling bring to (width, 8, 8). Both kinds hold the same layers and
    the same number of parameters: only the additions differ. He et al. 2016, figure 3, in small.

    Parameters
    ----------
    depth : int
        An even number of convolutions.
    shortcuts : bool
        Whether each pair of convolutions is a residual block.
    width, classes : int
        Channels of every layer; scores that come out.

    Raises
    ------
    ValueError
        If depth is not a positive even number.
    """
    if whole("stack", "depth", depth, 2) % 2:
        raise ValueError(f"stack: depth counts pairs of convolutions, so it must be even, but {depth} came.")
    blocks: list[Layer] = []
    for _ in range(depth // 2):
        main, _ = _basic(Conv2d, width, width, 1, rng)
        blocks.append(Residual(main, after=ReLU()) if shortcuts else Chain(main, ReLU()))
    first = (Conv2d(1, width, 5, padding=2, rng=rng), ReLU(), MaxPool2d(4))
    return Chain(*first, *blocks, GlobalMaxPool(), Linear(width, classes, rng=rng))


def vgg16(*, classes: int = 1000, rng: Rng = None) -> Chain:
    """Return VGG-16, configuration D; 138,357,544 parameters.

    Input (3, 224, 224). Simonyan and Zisserman 2015, table 1.
    """
    layers: list[Layer] = []
    channels = 3
    for width, depth in ((64, 2), (128, 2), (256, 3), (512, 3), (512, 3)):
        for _ in range(depth):
            layers += [Conv2d(channels, width, 3, padding=1, rng=rng), ReLU()]
            channels = width
        layers.append(MaxPool2d(2))
    return Chain(
        features=Chain(*layers),
        avgpool=AdaptiveAvgPool2d(7),
        flatten=Flatten(),
        classifier=Chain(
            Linear(512 * 7 * 7, 4096, rng=rng),
            ReLU(),
            Dropout(0.5, rng=rng),
            Linear(4096, 4096, rng=rng),
            ReLU(),
            Dropout(0.5, rng=rng),
            Linear(4096, classes, rng=rng),
        ),
    )


def resnet18(*, classes: int = 1000, rng: Rng = None) -> Chain:
    """Return ResNet-18; 11,689,512 parameters. Input (3, 224, 224). He et al. 2016, table 1."""
    return _resnet((2, 2, 2, 2), partial(_basic, Conv2d), classes, rng)


def resnet50(*, classes: int = 1000, rng: Rng = None) -> Chain:
    """Return ResNet-50; 25,557,032 parameters. Input (3, 224, 224). He et al. 2016, table 1.

    As in today's libraries, a block's stride stands at its 3 × 3 convolution, not at its first 1 × 1.
    """
    return _resnet((3, 4, 6, 3), _bottleneck, classes, rng)


def wide_resnet50_2(*, classes: int = 1000, rng: Rng = None) -> Chain:
    """Return Wide ResNet-50-2: ResNet-50 with twice the width inside its blocks; 68,883,240 parameters.

    Input (3, 224, 224). Zagoruyko and Komodakis 2016.
    """
    return _resnet((3, 4, 6, 3), partial(_bottleneck, factor=2), classes, rng)


def resnet18_3d(*, channels: int = 1, classes: int = 2, rng: Rng = None) -> Chain:
    """Return a ResNet-18 whose kernels are 3 × 3 × 3, for volumes (channels, D, H, W): Hara, Kataoka and Satoh 2018."""
    stem = {
        "conv1": Conv3d(channels, 64, 7, stride=(1, 2, 2), padding=3, bias=False, rng=rng),
        "bn1": BatchNorm(64),
        "relu": ReLU(),
        "maxpool": MaxPool3d(3, stride=2, padding=1),
    }
    stages, outside = _stages((2, 2, 2, 2), partial(_basic, Conv3d), Conv3d, rng)
    return Chain(**stem, **stages, pool=GlobalMaxPool(), fc=Linear(outside, classes, rng=rng))


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

    def double(before, after):
        layers = (Conv2d(before, after, 3, padding=1, rng=rng), ReLU(), Conv2d(after, after, 3, padding=1, rng=rng))
        return (*layers, ReLU())

    def level(wide, left):
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


PUBLISHED: dict[str, tuple[Callable[..., Chain], tuple[int, int, int], int]] = {
    # the function, its input, and the parameters that its authors, or the library that ships it, count
    "alexnet": (alexnet, (3, 227, 227), 60_965_224),
    "alexnet_single": (alexnet_single, (3, 224, 224), 61_100_840),
    "vgg16": (vgg16, (3, 224, 224), 138_357_544),
    "resnet18": (resnet18, (3, 224, 224), 11_689_512),
    "resnet50": (resnet50, (3, 224, 224), 25_557_032),
    "wide_resnet50_2": (wide_resnet50_2, (3, 224, 224), 68_883_240),
}


def _resnet(depths, block, classes, rng):
    """Return the ResNet for photographs whose four stages have so many blocks each."""
    stages, outside = _stages(depths, block, Conv2d, rng)
    return Chain(
        conv1=Conv2d(3, 64, 7, stride=2, padding=3, bias=False, rng=rng),
        bn1=BatchNorm(64),
        relu=ReLU(),
        maxpool=MaxPool2d(3, stride=2, padding=1),
        **stages,
        avgpool=AdaptiveAvgPool2d(1),
        flatten=Flatten(),
        fc=Linear(outside, classes, rng=rng),
    )


def _stages(depths, block, conv, rng):
    """Return the four stages of a ResNet by name, and the channels of the last; `conv` is for images or for volumes."""
    stages, inside = {}, 64
    for stage, (depth, width) in enumerate(zip(depths, (64, 128, 256, 512), strict=True), start=1):
        blocks = []
        for place in range(depth):
            stride = 2 if stage > 1 and place == 0 else 1
            main, outside = block(inside, width, stride, rng)
            shortcut = None
            if stride != 1 or inside != outside:
                shortcut = Chain(conv(inside, outside, 1, stride=stride, bias=False, rng=rng), BatchNorm(outside))
            blocks += [Residual(main, shortcut, after=ReLU())]
            inside = outside
        stages[f"layer{stage}"] = Chain(*blocks)
    return stages, inside


def _basic(conv, inside, width, stride, rng):
    """Return the main path of a block with two 3 × 3 convolutions, and its channels: He et al. 2016, figure 5 left."""
    main = Chain(
        conv1=conv(inside, width, 3, stride=stride, padding=1, bias=False, rng=rng),
        bn1=BatchNorm(width),
        relu=ReLU(),
        conv2=conv(width, width, 3, padding=1, bias=False, rng=rng),
        bn2=BatchNorm(width),
    )
    return main, width


def _bottleneck(inside, width, stride, rng, factor=1):
    """Return the main path of a block that narrows, convolves and widens, and its channels: figure 5 right."""
    narrow, outside = width * factor, width * 4
    main = Chain(
        conv1=Conv2d(inside, narrow, 1, bias=False, rng=rng),
        bn1=BatchNorm(narrow),
        relu1=ReLU(),
        conv2=Conv2d(narrow, narrow, 3, stride=stride, padding=1, bias=False, rng=rng),
        bn2=BatchNorm(narrow),
        relu2=ReLU(),
        conv3=Conv2d(narrow, outside, 1, bias=False, rng=rng),
        bn3=BatchNorm(outside),
    )
    return main, outside
