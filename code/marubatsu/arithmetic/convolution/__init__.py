"""Convolution as deep learning does it: at every place, the sum of the products of a kernel and the pixels under it.

Mathematics calls this cross-correlation; a convolution in its sense would turn the kernel by 180° first.
"""

from marubatsu.arithmetic.convolution.ordinary import conv2d, conv2d_backward, conv2d_slow, conv3d, conv3d_backward
from marubatsu.arithmetic.convolution.transposed import conv_transpose2d, conv_transpose2d_backward

__all__ = [
    "conv2d",
    "conv2d_backward",
    "conv2d_slow",
    "conv3d",
    "conv3d_backward",
    "conv_transpose2d",
    "conv_transpose2d_backward",
]
