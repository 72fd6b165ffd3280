"""Texture as numbers: how grey an image is, how it spreads, and which greys lie beside each other (co-occurrence)."""

import math

import numpy as np

from marubatsu.checks import whole

DIRECTIONS = (0.0, math.pi / 4, math.pi / 2, 3 * math.pi / 4)
"""Right, and the two diagonals, and down, as scikit-image counts angles; all are averaged."""

_FIRST = ("mean", "standard deviation", "10th percentile", "median", "90th percentile", "99th percentile", "skewness")
_SECOND = ("contrast", "dissimilarity", "homogeneity", "energy", "correlation", "entropy")


def names(distances: tuple[int, ...] = (1, 2)) -> tuple[str, ...]:
    """Return what each column of `features` is, for co-occurrence at these distances in pixels."""
    return _FIRST + tuple(f"{each} at {distance}" for each in _SECOND for distance in distances)


def grey_levels(images: np.ndarray, *, low: float, high: float, levels: int = 16) -> np.ndarray:
    """Return images in a few whole grey levels, uint8: 0 from `low` downwards, `levels` − 1 from `high` upwards."""
    levels = whole("grey_levels", "levels", levels, 2)
    if levels > 256 or not low < high:
        raise ValueError(
            f"grey_levels: low must lie below high, and 2 to 256 levels fit, but {low}, {high} and {levels} came."
        )
    shares = (np.asarray(images) - low) / (high - low)
    return np.clip(np.floor(shares * levels), 0, levels - 1).astype(np.uint8)


def features(
    images: np.ndarray,
    *,
    low: float = -1000,
    high: float = 200,
    levels: int = 16,
    distances: tuple[int, ...] = (1, 2),
) -> np.ndarray:
    """Return numbers that describe the texture of each image: seven of the greys alone, six of the co-occurrence.

    Parameters
    ----------
    images : numpy.ndarray
        Shape (N, 1, H, W), HU for the limits given here.
    low, high : float
        The values between which the grey levels lie evenly; beyond, all is the first or the last level.
    levels : int
        How many grey levels the co-occurrence is counted in.
    distances : tuple of int
        How far apart two pixels of a pair lie, in pixels.

    Returns
    -------
    numpy.ndarray
        Shape (N, 7 + 6 · distances), float64, in the order of `names`. Co-occurrence is averaged over four directions.

    Raises
    ------
    ValueError
        If the shape is not that of grey images, or the limits or levels cannot be used.
    ImportError
        If scikit-image is not installed.

    Notes
    -----
    Haralick, Shanmugam and Dinstein 1973, Textural features for image classification; computed by
    `skimage.feature.graycomatrix` and `graycoprops`. The skewness is the third standardised moment.
    """
    try:
        from skimage.feature import graycomatrix, graycoprops
    except ImportError:
        raise ImportError('texture.features needs scikit-image. Install it: pip install "scikit-image".') from None
    images = np.asarray(images, dtype=float)
    if images.ndim != 4 or images.shape[1] != 1 or images.size == 0:
        raise ValueError(f"features: grey images of shape (N, 1, H, W) are needed, but shape {images.shape} came.")
    flat = images.reshape(len(images), -1)  # (N, H · W)
    mean, spread = flat.mean(axis=1), flat.std(axis=1)
    skewness = ((flat - mean[:, None]) ** 3).mean(axis=1) / np.maximum(spread, 1e-12) ** 3
    first = np.stack([mean, spread, *np.percentile(flat, (10, 50, 90, 99), axis=1), skewness], axis=1)  # (N, 7)
    second = []
    for image in grey_levels(images[:, 0], low=low, high=high, levels=levels):
        pairs = graycomatrix(image, distances, DIRECTIONS, levels=levels, symmetric=True, normed=True)
        second.append(np.ravel([graycoprops(pairs, each).mean(axis=1) for each in _SECOND]))
    return np.concatenate([first, second], axis=1)
