"""Layers as objects: each keeps its weights with their gradients, runs forward, and takes gradients backward."""

from .activating import LeakyReLU, ReLU, Sigmoid, Softmax, Tanh
from .base import Layer, Parameter, Rng, Shape
from .comparing import BatchSpread
from .convolving import Conv2d, Conv3d, ConvTranspose2d
from .dense import Flatten, Linear
from .normalising import BatchNorm, Dropout, LocalResponseNorm
from .recurrent import LSTM, TimeDistributed
from .resampling import AdaptiveAvgPool2d, AvgPool2d, GlobalMaxPool, MaxPool2d, MaxPool3d, Upsample

__all__ = [
    "LSTM",
    "AdaptiveAvgPool2d",
    "AvgPool2d",
    "BatchNorm",
    "BatchSpread",
    "Conv2d",
    "Conv3d",
    "ConvTranspose2d",
    "Dropout",
    "Flatten",
    "GlobalMaxPool",
    "Layer",
    "LeakyReLU",
    "Linear",
    "LocalResponseNorm",
    "MaxPool2d",
    "MaxPool3d",
    "Parameter",
    "ReLU",
    "Rng",
    "Shape",
    "Sigmoid",
    "Softmax",
    "Tanh",
    "TimeDistributed",
    "Upsample",
]
