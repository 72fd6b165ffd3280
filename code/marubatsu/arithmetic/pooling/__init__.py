"""Pooling: each window of pixels is replaced by one number, its largest or its average."""

from marubatsu.arithmetic.pooling.adaptive import adaptive_avg_pool2d, adaptive_avg_pool2d_backward
from marubatsu.arithmetic.pooling.average import avg_pool2d, avg_pool2d_backward, avg_pool2d_slow
from marubatsu.arithmetic.pooling.maximum import (
    max_pool2d,
    max_pool2d_backward,
    max_pool2d_slow,
    max_pool3d,
    max_pool3d_backward,
)

__all__ = [
    "adaptive_avg_pool2d",
    "adaptive_avg_pool2d_backward",
    "avg_pool2d",
    "avg_pool2d_backward",
    "avg_pool2d_slow",
    "max_pool2d",
    "max_pool2d_backward",
    "max_pool2d_slow",
    "max_pool3d",
    "max_pool3d_backward",
]
