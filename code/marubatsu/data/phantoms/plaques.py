"""Coronary arteries in cross-section on CT without contrast, half of them with a calcified plaque in the wall."""

import numpy as np
from scipy import ndimage

from marubatsu.checks import between, chance, whole
from marubatsu.data.phantoms import anatomy
from marubatsu.data.phantoms.images import Images
from marubatsu.data.phantoms.shapes import blob, lay, smooth_noise

_CORONARY = anatomy.read("coronary")
_VIEW = _CORONARY["field of view"]
PIXEL = _VIEW.pixel_mm
"""Row and column spacing in mm."""


def plaques(count: int, *, rng: np.random.Generator, size: int = 32, noise: float = 14.0, gain: float = 1.0) -> Images:
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
    Images
        Of shape (N, 1, size, size), in HU; the labels are 0 without calcium and 1 with calcium, (N,), int64.

    Raises
    ------
    ValueError
        If a number is out of its range.
    TypeError
        If rng is no random generator.
    """
    count, size = whole("plaques", "count", count, 1), whole("plaques", "size", size, 16)
    noise, gain = between("plaques", "noise", noise, 0, 200), between("plaques", "gain", gain, 0.1, 10)
    chance("plaques", rng)
    labels = rng.permutation(np.arange(count) % 2).astype(np.int64)
    images = np.stack([_artery(size, bool(label), gain, rng) for label in labels])
    images = ndimage.gaussian_filter(images, (0, _VIEW.blur_pixels, _VIEW.blur_pixels), mode="nearest")  # the scanner's
    if noise:
        images += noise * np.stack([smooth_noise((size, size), _VIEW.grain_pixels, rng=rng) for _ in labels])
    return Images(images[:, None].astype(np.float32), labels, unit="HU", spacing=PIXEL)  # (N, 1, size, size)


def _artery(size: int, calcified: bool, gain: float, rng: np.random.Generator) -> np.ndarray:
    artery, muscle = _CORONARY["artery"], _CORONARY["heart muscle"]
    image = np.full((size, size), _CORONARY["fat"].hu, np.float32)
    low, high = artery.off_middle_range_pixels
    middle = (size - 1) / 2 + rng.uniform(low, high, 2)
    radius = rng.uniform(*artery.radius_range_mm) / PIXEL  # pixels
    heart = size * rng.uniform(*muscle.row_range_share), size * rng.uniform(*muscle.column_range_share)
    radii = (size * muscle.radius_share,) * 2
    lay(image, blob(image.shape, heart, radii, rng=rng, wobble=muscle.uneven_share), muscle.hu)
    radii = radius, radius * rng.uniform(*artery.oval_range_times)
    lay(image, blob(image.shape, middle, radii, rng=rng, wobble=artery.uneven_share), artery.hu)
    if calcified:
        _paint_plaque(image, middle, radius, gain, rng)
    return image


def _paint_plaque(image: np.ndarray, middle: np.ndarray, radius: float, gain: float, rng: np.random.Generator) -> None:
    """Paint calcium into the wall of a vessel."""
    plaque = _CORONARY["plaque"]
    angle, along = rng.uniform(0, 2 * np.pi), rng.uniform(*plaque.half_length_range_mm) / PIXEL
    place = middle + plaque.from_middle_share * radius * np.array([np.sin(angle), np.cos(angle)])
    across = along * rng.uniform(*plaque.half_width_range_share)
    cover = blob(image.shape, place, (across, along), rng=rng, turn=rng.uniform(0, 180))
    lay(image, cover, gain * rng.uniform(*plaque.range_hu))
