"""The kernel tuner's three challenges: what counts as done, as a number from 0 to 100.

``challenges.js`` computes the same numbers in the page; a test holds the two equal.
"""

import numpy as np

from marubatsu.arithmetic.convolution import conv2d
from marubatsu.widgets.kit.pictures import picture

MARGIN = 8  # pixels at the rim of a photograph that do not count, because padding reaches them
BEST = 0.3439  # of the noise: what the best of all 7 × 7 kernels leaves (least squares; tests/test_widgets.py)
CHALLENGES = {  # its picture, what it is compared with, and the score from which it is solved
    "stroke": {"image": "cross", "reference": "cross", "goal": 80},
    "edges": {"image": "head", "reference": "head", "goal": 75},
    "noise": {"image": "noisy", "reference": "cat", "goal": 97},
}


def _centres(output: np.ndarray, side: int, stride: int, padding: int, dilation: int) -> list[np.ndarray]:
    """Return the row and the column of the picture on which each output pixel's kernel is centred."""
    return [np.arange(size) * stride - padding + dilation * (side - 1) / 2 for size in output.shape]


def _at(image: np.ndarray, output: np.ndarray, side: int, options: dict) -> tuple[np.ndarray, np.ndarray]:
    """Return which output pixels count, and the image's number under each of them."""
    rows, columns = (np.floor(centres).astype(int) for centres in _centres(output, side, **options))
    inside = [(at >= MARGIN) & (at < size - MARGIN) for at, size in zip((rows, columns), image.shape, strict=True)]
    counts = inside[0][:, None] & inside[1][None, :]
    return counts, image[np.clip(rows, 0, image.shape[0] - 1)][:, np.clip(columns, 0, image.shape[1] - 1)]


def stroke(output: np.ndarray, side: int, options: dict) -> float:
    """Score how well positive output lies on the stroke ╲ of the model ×, all along it, and nowhere else."""
    rows, columns = _centres(output, side, **options)
    falling = np.abs(rows[:, None] - columns[None, :])  # distance to ╲, times √2
    rising = np.abs(rows[:, None] + columns[None, :] - 31)  # distance to ╱
    crossing = (falling <= 6) & (rising <= 6)  # both strokes: does not count
    wanted = (falling <= 4) & ~crossing
    light = np.maximum(output, 0)
    on, off = light[wanted].sum(), light[~wanted & ~crossing].sum()
    line = (falling <= 1) & (rising > 6) & (rising <= 14)  # the middle of the stroke, up to near its ends
    if on <= off or not line.any():
        return 0.0
    lit = (light[line] >= light[wanted].max() / 4).mean()
    return float(100 * (on - off) / (on + off) * lit)


def edges(output: np.ndarray, side: int, options: dict) -> float:
    """Score how much larger the output is on vertical edges of the CT than on horizontal ones and in flat parts."""
    counts, kind = _at(kinds_of_edges(picture("head")), output, side, options)
    size = np.abs(output)
    means = [size[counts & (kind == which)].mean() if (counts & (kind == which)).any() else 0 for which in (1, 2, 3)]
    return float(100 * max(0, 1 - max(means[1:]) / means[0])) if means[0] > 0 else 0.0


def kinds_of_edges(image: np.ndarray) -> np.ndarray:
    """Return for each pixel of a CT (HU): 1 on a vertical edge, 2 on a horizontal one, 3 where it is flat, else 0."""
    values = np.maximum(image.astype(float), -1000)[None, None]
    sobel = np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]]) / 8
    across, down = (np.abs(conv2d(values, kernel[None, None], padding=1)[0, 0]) for kernel in (sobel, sobel.T))
    steep, flat = across**2 + down**2 > 100**2, across**2 + down**2 < 20**2
    return np.select([steep & (across > 2 * down), steep & (down > 2 * across), flat], [1, 2, 3], 0)


def noise(output: np.ndarray, side: int, options: dict) -> float:
    """Score how near the output comes to the cat without noise; 100 is the best that a 7 × 7 kernel can do."""
    counts, clean = _at(picture("cat").astype(float), output, side, options)
    _, noisy = _at(picture("noisy").astype(float), output, side, options)
    if not counts.any():
        return 0.0
    after, before = (np.sqrt(((image - clean)[counts] ** 2).mean()) for image in (output, noisy))
    return float(np.clip(100 * (1 - after / before) / (1 - BEST), 0, 100))


def score(name: str, output: np.ndarray, side: int, *, stride: int = 1, padding: int = 0, dilation: int = 1) -> float:
    """Return the score of a challenge, 0 to 100.

    Parameters
    ----------
    name : str
        One of `CHALLENGES`: "stroke", "edges" or "noise".
    output : numpy.ndarray
        Shape (rows, columns): what a kernel made of the challenge's picture.
    side : int
        Rows, and columns, of that kernel.
    stride, padding, dilation : int
        How it was applied; they say which place of the picture an output pixel belongs to.
    """
    options = {"stride": stride, "padding": padding, "dilation": dilation}
    return {"stroke": stroke, "edges": edges, "noise": noise}[name](output, side, options)
