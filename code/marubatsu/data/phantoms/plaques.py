"""Coronary arteries in cross-section on CT without contrast, half of them with a calcified plaque in the wall."""

import numpy as np
from scipy import ndimage

from marubatsu.data._checks import check_between, check_generator
from marubatsu.data.phantoms.shapes import blob, lay, smooth_noise
from marubatsu.notation import whole

PIXEL = 0.35
"""Row and column spacing in mm."""

_FAT, _BLOOD, _MUSCLE = -90.0, 42.0, 55.0  # HU


def plaques(
    count: int, *, rng: np.random.Generator, size: int = 32, noise: float = 14.0, gain: float = 1.0
) -> tuple[np.ndarray, np.ndarray]:
    """Return small CT images of a coronary artery in its fat, and whether its wall holds calcium.

    A round vessel of 3 to 4.5 mm without contrast medium lies in fat, at the edge of the heart muscle. Half of the
    vessels have a plaque of 1 to 2 mm. What another scanner or protocol changes can be set: thinner slices and a
    sharper kernel make more noise, a lower tube voltage or a thinner slice makes calcium brighter.

    Parameters
    ----------
    count : int
        How many.
    rng : numpy.random.Generator
        Where chance comes from.
    size : int
        Rows and columns, at least 16; one pixel is 0.35 mm.
    noise : float
        Standard deviation of the noise in HU.
    gain : float
        By how much calcium is brighter than with the first scanner.

    Returns
    -------
    (numpy.ndarray, numpy.ndarray)
        Images (N, 1, size, size), float32, HU; labels (N,), int64: 0 without calcium, 1 with calcium.

    Raises
    ------
    ValueError
        If a number is out of its range.
    TypeError
        If rng is no random generator.
    """
    count, size = whole("plaques", "count", count, 1), whole("plaques", "size", size, 16)
    noise, gain = check_between("plaques", "noise", noise, 0, 200), check_between("plaques", "gain", gain, 0.1, 10)
    check_generator("plaques", rng)
    labels = rng.permutation(np.arange(count) % 2).astype(np.int64)
    images = np.stack([_artery(size, bool(label), gain, rng) for label in labels])
    images = ndimage.gaussian_filter(images, (0, 0.8, 0.8), mode="nearest")  # the blur of the scanner
    if noise:
        images += noise * np.stack([smooth_noise((size, size), 0.6, rng=rng) for _ in labels])
    return images[:, None].astype(np.float32), labels  # (N, 1, size, size)


def _artery(size, calcified, gain, rng):
    image = np.full((size, size), _FAT, np.float32)
    middle = (size - 1) / 2 + rng.uniform(-2, 2, 2)
    radius = rng.uniform(1.5, 2.25) / PIXEL  # pixels
    heart = (size * rng.uniform(1.15, 1.3), size * rng.uniform(0.2, 0.8))
    lay(image, blob(image.shape, heart, (size * 0.55,) * 2, rng=rng, wobble=0.02), _MUSCLE)
    lay(image, blob(image.shape, middle, (radius, radius * rng.uniform(0.85, 1.15)), rng=rng, wobble=0.03), _BLOOD)
    if calcified:
        angle, along = rng.uniform(0, 2 * np.pi), rng.uniform(0.5, 1.0) / PIXEL
        place = middle + 0.75 * radius * np.array([np.sin(angle), np.cos(angle)])
        cover = blob(image.shape, place, (along * rng.uniform(0.5, 0.9), along), rng=rng, turn=rng.uniform(0, 180))
        lay(image, cover, gain * rng.uniform(230, 700))
    return image
