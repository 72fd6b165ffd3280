"""An example of every kind of layer beside PyTorch's: tests of layers, twins, plans and pages take theirs from here."""

import numpy as np
import torch

from marubatsu import layers
from marubatsu.layers import (
    LSTM,
    AdaptiveAvgPool2d,
    AvgPool2d,
    BatchNorm,
    BatchSpread,
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
    Softmax,
    Tanh,
    TimeDistributed,
    Upsample,
)

RNG = np.random.default_rng


class Said(torch.nn.LSTM):
    """Of what PyTorch's memory returns, what it says at each step."""

    def forward(self, x):
        return super().forward(x)[0]


class Spread(torch.nn.Module):
    """x, and behind it the root of the mean square of how far each number is from the mean of its column."""

    def forward(self, x):
        away = x - x.mean(dim=0, keepdim=True)
        return torch.cat([x, (away.square().mean(dim=0) + 1e-4).sqrt().repeat(len(x), 1)], dim=1)


EXAMPLES = {  # our layer, PyTorch's, and the shape of an input
    "conv": (
        lambda: Conv2d(4, 6, (3, 2), stride=2, padding=1, dilation=(1, 2), groups=2, rng=RNG(1)),
        lambda: torch.nn.Conv2d(4, 6, (3, 2), stride=2, padding=1, dilation=(1, 2), groups=2),
        (2, 4, 9, 8),
    ),
    "conv without bias": (
        lambda: Conv2d(1, 2, 3, bias=False, rng=RNG(1)),
        lambda: torch.nn.Conv2d(1, 2, 3, bias=False),
        (2, 1, 6, 6),
    ),
    "linear": (lambda: Linear(5, 3, rng=RNG(1)), lambda: torch.nn.Linear(5, 3), (4, 5)),
    "linear without bias": (
        lambda: Linear(5, 3, bias=False, rng=RNG(1)),
        lambda: torch.nn.Linear(5, 3, bias=False),
        (4, 5),
    ),
    "max pool": (
        lambda: MaxPool2d(3, stride=2, padding=1),
        lambda: torch.nn.MaxPool2d(3, stride=2, padding=1),
        (2, 3, 9, 8),
    ),
    "average pool": (lambda: AvgPool2d(2), lambda: torch.nn.AvgPool2d(2), (2, 3, 8, 8)),
    "flatten": (Flatten, torch.nn.Flatten, (2, 3, 4, 5)),
    "relu": (ReLU, torch.nn.ReLU, (2, 3, 4, 5)),
    "leaky relu": (lambda: LeakyReLU(0.2), lambda: torch.nn.LeakyReLU(0.2), (2, 3, 4, 5)),
    "sigmoid": (Sigmoid, torch.nn.Sigmoid, (2, 7)),
    "tanh": (Tanh, torch.nn.Tanh, (2, 7)),
    "conv in 3-D": (
        lambda: Conv3d(2, 4, 3, stride=2, padding=1, groups=2, rng=RNG(1)),
        lambda: torch.nn.Conv3d(2, 4, 3, stride=2, padding=1, groups=2),
        (2, 2, 5, 6, 7),
    ),
    "transposed conv": (
        lambda: ConvTranspose2d(3, 5, 4, stride=2, padding=1, rng=RNG(1)),
        lambda: torch.nn.ConvTranspose2d(3, 5, 4, stride=2, padding=1),
        (2, 3, 5, 6),
    ),
    "max pool in 3-D": (lambda: MaxPool3d(2), lambda: torch.nn.MaxPool3d(2), (2, 3, 4, 5, 6)),
    "adaptive pool": (lambda: AdaptiveAvgPool2d((3, 2)), lambda: torch.nn.AdaptiveAvgPool2d((3, 2)), (2, 3, 7, 5)),
    "global max": (
        GlobalMaxPool,
        lambda: torch.nn.Sequential(torch.nn.AdaptiveMaxPool2d(1), torch.nn.Flatten()),
        (2, 3, 7, 5),
    ),
    "upsample": (lambda: Upsample(3), lambda: torch.nn.Upsample(scale_factor=3), (2, 3, 4, 5)),
    "upsample smoothly": (
        lambda: Upsample(2, mode="bilinear"),
        lambda: torch.nn.Upsample(scale_factor=2, mode="bilinear"),
        (2, 3, 4, 5),
    ),
    "response norm": (
        lambda: LocalResponseNorm(5, alpha=0.5, k=2.0),
        lambda: torch.nn.LocalResponseNorm(5, alpha=0.5, k=2.0),
        (2, 7, 4, 5),
    ),
    "batch norm": (lambda: BatchNorm(3), lambda: torch.nn.BatchNorm2d(3), (4, 3, 5, 5)),
    "softmax": (Softmax, lambda: torch.nn.Softmax(dim=1), (3, 4)),
    "dropout of nothing": (lambda: Dropout(0.0, rng=RNG(1)), lambda: torch.nn.Dropout(0.0), (2, 3, 4)),
    "memory": (lambda: LSTM(3, 4, rng=RNG(1)), lambda: Said(3, 4, batch_first=True), (2, 5, 3)),
    "memory both ways": (
        lambda: LSTM(3, 4, bidirectional=True, rng=RNG(1)),
        lambda: Said(3, 4, batch_first=True, bidirectional=True),
        (2, 5, 3),
    ),
    "one layer for every step": (
        lambda: TimeDistributed(Linear(3, 4, rng=RNG(1))),
        lambda: torch.nn.Linear(3, 4),  # PyTorch's works on the last axis, whatever stands before
        (2, 5, 3),
    ),
    "spread of a batch": (BatchSpread, Spread, (4, 3)),
}


def layer_of(name):
    """The layer of an example, and an input for it in float64 in which all numbers differ."""
    make, _, shape = EXAMPLES[name]
    return make(), RNG(2).permutation(np.prod(shape)).reshape(shape) / np.prod(shape) - 0.4037


def kinds():
    """The names of all kinds of layers that the library has: what every list of layers must hold."""
    found = {name: getattr(layers, name) for name in layers.__all__}
    return {name for name, kind in found.items() if isinstance(kind, type) and issubclass(kind, Layer)} - {"Layer"}
