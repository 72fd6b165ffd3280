"""Networks with shortcuts past their layers: ResNets for photographs and volumes, and a small one to compare with."""

from collections.abc import Callable, Sequence
from functools import partial

from marubatsu.checks import whole
from marubatsu.layers import (
    AdaptiveAvgPool2d,
    BatchNorm,
    Conv2d,
    Conv3d,
    Flatten,
    GlobalMaxPool,
    Layer,
    Linear,
    MaxPool2d,
    MaxPool3d,
    ReLU,
    Rng,
)
from marubatsu.network import Chain, Residual

Block = Callable[[int, int, int, Rng], tuple[Chain, int]]
"""What makes the main path of a block of a given width, and says how many channels come out of it."""


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


def _resnet(depths: Sequence[int], block: Block, classes: int, rng: Rng) -> Chain:
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


def _stages(
    depths: Sequence[int], block: Block, conv: type[Conv2d] | type[Conv3d], rng: Rng
) -> tuple[dict[str, Chain], int]:
    """Return the four stages of a ResNet by name, and the channels of the last; `conv` is for images or for volumes."""
    stages: dict[str, Chain] = {}
    inside = 64
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


def _basic(conv: type[Conv2d] | type[Conv3d], inside: int, width: int, stride: int, rng: Rng) -> tuple[Chain, int]:
    """Return the main path of a block with two 3 × 3 convolutions, and its channels: He et al. 2016, figure 5 left."""
    main = Chain(
        conv1=conv(inside, width, 3, stride=stride, padding=1, bias=False, rng=rng),
        bn1=BatchNorm(width),
        relu=ReLU(),
        conv2=conv(width, width, 3, padding=1, bias=False, rng=rng),
        bn2=BatchNorm(width),
    )
    return main, width


def _bottleneck(inside: int, width: int, stride: int, rng: Rng, factor: int = 1) -> tuple[Chain, int]:
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
