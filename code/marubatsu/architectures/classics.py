"""Networks of the years before shortcuts: AlexNet as published and as it is shipped today, and VGG-16."""

from marubatsu.layers import (
    AdaptiveAvgPool2d,
    Conv2d,
    Dropout,
    Flatten,
    Layer,
    Linear,
    LocalResponseNorm,
    MaxPool2d,
    ReLU,
    Rng,
)
from marubatsu.network import Chain


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
