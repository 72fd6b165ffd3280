"""Layers as objects: each keeps its weights with their gradients, runs forward, and takes gradients backward."""

from marubatsu.layers.activations import LeakyReLU, ReLU, Sigmoid, Softmax, Tanh
from marubatsu.layers.base import Layer, Parameter, Plan, Rng, Shape
from marubatsu.layers.comparing import BatchSpread
from marubatsu.layers.convolution import Conv2d, Conv3d, ConvTranspose2d
from marubatsu.layers.fully_connected import Flatten, Linear
from marubatsu.layers.interpolation import Upsample
from marubatsu.layers.normalisation import BatchNorm, Dropout, LocalResponseNorm
from marubatsu.layers.pooling import AdaptiveAvgPool2d, AvgPool2d, GlobalMaxPool, MaxPool2d, MaxPool3d
from marubatsu.layers.recurrent import LSTM, TimeDistributed

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
    "Plan",
    "ReLU",
    "Rng",
    "Shape",
    "Sigmoid",
    "Softmax",
    "Tanh",
    "TimeDistributed",
    "Upsample",
]
