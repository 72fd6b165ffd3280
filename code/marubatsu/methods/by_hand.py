"""A network that nobody trained: kernels for ╲, ╱ and four arcs, set by hand, and a sum that tells ○ from ×."""

import numpy as np

from marubatsu.data import marks
from marubatsu.layers import Conv2d, Flatten, Linear, MaxPool2d, ReLU, Softmax
from marubatsu.network import Chain

SYMBOLS = ("╲", "╱", "∩", "∪", "(", ")")  # the channels, in order
SIDE = 9
THRESHOLD = 0.2  # evidence below it does not count: noise seldom reaches it
POOL = 4
STROKE = 2.0  # two strokes of × stand against four arcs of ○, so each counts twice


def kernels() -> np.ndarray:
    """Return the six kernels, shape (6, 1, 9, 9), float32: small templates of pieces of the model × and ○.

    Each is a piece of stroke as the pen of `marks` draws it, minus its mean, so that an even surface gives 0; then
    scaled so that the piece itself, white on black, gives 1.
    """
    reach = SIDE  # longer than the kernel, so that no end of the stroke is seen
    falling = np.array([[-reach, -reach], [reach, reach]], float)
    angles = np.linspace(-np.pi / 2, np.pi / 2, 49)
    radius = 8.0  # that of the model ○
    top = np.stack([radius * (1 - np.cos(angles)) - 1.5, radius * np.sin(angles)], axis=1)
    turned = top[:, ::-1]
    ways = [falling, falling * [1, -1], top, top * [-1, 1], turned, turned * [1, -1]]
    pieces = np.stack([marks.ink([way], shape=(SIDE, SIDE)) for way in ways])  # (6, 9, 9)
    templates = pieces - pieces.mean(axis=(1, 2), keepdims=True)
    answers = (templates * pieces).sum(axis=(1, 2), keepdims=True)
    return (templates / answers)[:, None].astype(np.float32)  # (6, 1, 9, 9)


def network() -> Chain:
    """Return the hand-made network: (N, 1, 32, 32) → (N, 2), the shares of ○ and ×.

    The last layer only adds up: the arcs speak for ○ with weight 1, the strokes for × with weight 2.
    """
    convolution = Conv2d(1, len(SYMBOLS), SIDE, padding=SIDE // 2)
    convolution.weight.value = kernels()
    convolution.bias.value[:] = -THRESHOLD
    places = (32 // POOL) ** 2
    total = Linear(len(SYMBOLS) * places, 2)
    speaks = np.array([[0, 0, 1, 1, 1, 1], [STROKE, STROKE, 0, 0, 0, 0]], np.float32)  # (2, 6)
    total.weight.value = speaks.repeat(places, axis=1)  # (2, 6 · 64)
    return Chain(convolution, ReLU(), MaxPool2d(POOL), Flatten(), total, Softmax())


def classify(images: np.ndarray) -> np.ndarray:
    """Return 0 for ○ and 1 for ×; images (N, 1, 32, 32) give shape (N,), as `templates.classify` does."""
    return network()(images).argmax(axis=1)
