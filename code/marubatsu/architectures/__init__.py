"""Networks that have names, built from layers: the ○× network, AlexNet twice, VGG, ResNet, an encoder, U-Net, a GAN.

Each is a function that returns a `Chain`. `rng` gives first weights; without it they are 0, to be loaded or only
counted. The arrays are called as in PyTorch's own versions, so that their files can be read (see `weights`).
"""

from collections.abc import Callable

from marubatsu.architectures.classics import alexnet, alexnet_single, vgg16
from marubatsu.architectures.residual import resnet18, resnet18_3d, resnet50, stack, wide_resnet50_2
from marubatsu.architectures.small import discriminator, encoder, generator, marubatsu_net, unet
from marubatsu.network import Chain

PUBLISHED: dict[str, tuple[Callable[..., Chain], tuple[int, int, int], int]] = {
    # the function, its input, and the parameters that its authors, or the library that ships it, count
    "alexnet": (alexnet, (3, 227, 227), 60_965_224),
    "alexnet_single": (alexnet_single, (3, 224, 224), 61_100_840),
    "vgg16": (vgg16, (3, 224, 224), 138_357_544),
    "resnet18": (resnet18, (3, 224, 224), 11_689_512),
    "resnet50": (resnet50, (3, 224, 224), 25_557_032),
    "wide_resnet50_2": (wide_resnet50_2, (3, 224, 224), 68_883_240),
}

__all__ = [
    "PUBLISHED",
    "alexnet",
    "alexnet_single",
    "discriminator",
    "encoder",
    "generator",
    "marubatsu_net",
    "resnet18",
    "resnet18_3d",
    "resnet50",
    "stack",
    "unet",
    "vgg16",
    "wide_resnet50_2",
]
