"""Small lung nodules on CT, benign-like and malignant-like: five signs that overlap, drawn on lung with vessels."""

from dataclasses import dataclass

import numpy as np
from scipy import ndimage

from marubatsu.data.phantoms.shapes import lay, smooth_noise, soft
from marubatsu.notation import whole

SIGNS = ("lobulation", "spiculation", "ground glass", "low density", "heterogeneity")
"""What distinguishes the two classes; of each, malignant-like nodules have more, on average."""

SEPARATION = 1.6
"""How far the two classes lie apart in each sign, in standard deviations. Size does not differ at all."""

PIXEL = 0.7
"""Row and column spacing of the patches in mm."""


@dataclass(frozen=True)
class NodulePatches:
    """Patches of lung with one nodule in the middle of each, and the truth about them.

    - `images`: (N, 1, size, size), float32, HU; 0.7 mm a pixel.
    - `labels`: (N,), int64: 0 benign-like, 1 malignant-like.
    - `masks`: (N, size, size), bool: the nodule without its spicules.
    - `signs`: (N, 5), in the order of `SIGNS`: normal scores whose mean is +0.8 in one class and −0.8 in the other.
    - `diameters`: (N,), mm.
    """

    images: np.ndarray
    labels: np.ndarray
    masks: np.ndarray
    signs: np.ndarray
    diameters: np.ndarray


def nodules(count: int, *, rng: np.random.Generator, size: int = 32) -> tuple[np.ndarray, np.ndarray]:
    """Return patches of lung with a nodule each, and their classes; half of them are malignant-like.

    Parameters
    ----------
    count : int
        How many.
    rng : numpy.random.Generator
        Where chance comes from.
    size : int
        Rows and columns of a patch, at least 16; one pixel is 0.7 mm.

    Returns
    -------
    (numpy.ndarray, numpy.ndarray)
        Images (N, 1, size, size), float32, HU; labels (N,), int64: 0 benign-like, 1 malignant-like.

    Raises
    ------
    ValueError
        If the count or the size is not a whole number, or is too small.

    See Also
    --------
    nodule_patches : The same patches with their masks, signs and diameters.
    """
    made = nodule_patches(count, rng=rng, size=size)
    return made.images, made.labels


def nodule_patches(count: int, *, rng: np.random.Generator, size: int = 32) -> NodulePatches:
    """Return patches of lung with a nodule each, and all that is true of them; the arguments are those of `nodules`.

    Notes
    -----
    The five signs are independent, so a reader who saw each of them exactly could reach an area under the ROC curve of
    Φ(1.6 √5 / √2) = 0.994, and nobody more. Noise, blur and vessels take away a part of that.
    """
    count, size = whole("nodules", "count", count, 1), whole("nodules", "size", size, 16)
    labels = rng.permutation(np.arange(count) % 2)
    signs = nodule_signs(labels, rng=rng)
    diameters = rng.uniform(0.27, 0.6, count) * size * PIXEL  # 6 to 13 mm in a patch of 32 pixels
    images, masks = np.empty((count, size, size), np.float32), np.empty((count, size, size), bool)
    for image, mask, sign, diameter in zip(images, masks, signs, diameters, strict=True):
        centre = (size - 1) / 2 + rng.uniform(-1.5, 1.5, 2)
        _draw_lung(image, centre, diameter / PIXEL / 2, rng=rng)
        mask[:] = draw_nodule(image, centre, diameter, signs=sign, spacing=PIXEL, rng=rng)
    images = ndimage.gaussian_filter(images, (0, 0.65, 0.65), mode="nearest")  # the blur of the scanner
    grain = ndimage.gaussian_filter(rng.standard_normal(images.shape, np.float32), (0, 0.6, 0.6), mode="nearest")
    images += rng.uniform(45, 75, (count, 1, 1)).astype(np.float32) * grain  # 22 to 38 HU once it is smoothed
    return NodulePatches(images[:, None], labels, masks, signs, diameters)


def nodule_signs(labels: np.ndarray, *, rng: np.random.Generator) -> np.ndarray:
    """Return the five signs of nodules of these classes (0 benign-like, 1 malignant-like): (N, 5), as in `SIGNS`."""
    labels = np.asarray(labels)
    return SEPARATION * (labels[:, None] - 0.5) + rng.standard_normal((len(labels), len(SIGNS)))


def draw_nodule(
    image: np.ndarray,
    centre: tuple[float, float],
    diameter: float,
    *,
    signs: np.ndarray,
    spacing: float,
    rng: np.random.Generator,
) -> np.ndarray:
    """Paint one nodule over a CT image in place and return where it is: (H, W), bool, without its spicules.

    Parameters
    ----------
    image : numpy.ndarray
        Shape (H, W), float32, HU.
    centre : (float, float)
        Row and column of its middle, in pixels.
    diameter : float
        In mm.
    signs : numpy.ndarray
        Shape (5,), one row of `nodule_signs`: 0 is halfway between the classes, 2 is much, −2 is little.
    spacing : float
        Millimetres per pixel.
    rng : numpy.random.Generator
        Where the outline and the texture come from.

    Raises
    ------
    ValueError
        If the diameter or the spacing is not above 0, or there are not five signs.
    """
    if not (diameter > 0 and spacing > 0):
        raise ValueError(f"draw_nodule: diameter and spacing must lie above 0 mm, but {diameter} and {spacing} came.")
    if np.shape(signs) != (len(SIGNS),):
        raise ValueError(f"draw_nodule: 5 signs are needed, one row of nodule_signs, but {np.size(signs)} came.")
    lobulation, spiculation, ground_glass, low_density, heterogeneity = (float(each) for each in signs)
    radius = diameter / spacing / 2  # pixels
    reach = int(np.ceil(2 * radius)) + 2
    top, left = (max(0, int(middle) - reach) for middle in centre)
    part = image[top : int(centre[0]) + reach + 1, left : int(centre[1]) + reach + 1]  # a view: it is painted in place
    down, right = np.ogrid[: part.shape[0], : part.shape[1]]
    down, right = (down - (centre[0] - top)).astype(np.float32), (right - (centre[1] - left)).astype(np.float32)
    away, angle = np.hypot(down, right), np.arctan2(down, right)

    for at in rng.uniform(-np.pi, np.pi, rng.integers(5, 10)):
        length = radius * (0.30 + 0.32 * spiculation) * rng.uniform(0.6, 1.3)
        if length > 0:
            lay(part, _spicule(down, right, at, radius, length), rng.uniform(-450, -150))

    shape = 1 + _waves(angle, 0.16 * np.exp(0.55 * lobulation), rng=rng)
    body = soft((radius * shape - away) / 1.2)
    halo = float(np.clip(0.16 + 0.22 * ground_glass, 0, 0.75))  # share of the radius
    shift = 0.3 * halo * radius * rng.uniform(-1, 1, 2)
    core = soft((radius * (1 - halo) * shape - np.hypot(down - shift[0], right - shift[1])) / 1.2)
    solid = np.full(part.shape, 35 - 45 * low_density, np.float32)
    if low_density < -1.4:
        chalk = soft((radius * rng.uniform(0.35, 0.7) - away) / 2)
        solid += chalk * rng.uniform(200, 600)
    texture = 38 * np.exp(0.5 * heterogeneity) * smooth_noise(part.shape, 1.1, rng=rng)
    glass = rng.uniform(-620, -420)
    lay(part, body, glass + core * (solid - glass) + texture)
    mask = np.zeros(image.shape, bool)
    mask[top : top + part.shape[0], left : left + part.shape[1]] = body > 0.5
    return mask


def _waves(angle, size, *, rng):
    """Return how far an outline leaves the circle, as a share of the radius: waves of 2 to 6 bumps round it."""
    waves = np.zeros(angle.shape, np.float32)
    for bumps in range(2, 7):
        waves += np.float32(rng.standard_normal() / bumps) * np.cos(bumps * angle + np.float32(rng.uniform(0, 6.2832)))
    return np.clip(np.float32(size) * waves, -0.45, 0.45)


def _spicule(down, right, at, radius, length):
    """Return the cover of one thin strand that leaves the nodule at an angle and tapers."""
    along = np.sin(at) * down + np.cos(at) * right
    across = np.abs(np.cos(at) * down - np.sin(at) * right)
    left_over = (radius + length - along) / (length + 0.3 * radius)  # 1 inside the outline, 0 at the tip
    return soft(np.minimum(0.25 + 0.9 * left_over - across, along - 0.5 * radius) - 0.25) * (left_over > 0)


def _draw_lung(image, centre, radius, *, rng):
    """Paint lung with a few vessels and, in one of four, the chest wall; alike in both classes."""
    shape = image.shape
    image[:] = rng.normal(-860, 25) + 16 * smooth_noise(shape, 2.0, rng=rng)
    down, right = np.ogrid[: shape[0], : shape[1]]
    for _ in range(rng.integers(0, 4)):  # vessels that run in the slice for a while, some of them to the nodule
        at, offset = rng.uniform(-np.pi, np.pi), rng.normal(0, 0.25) * shape[0]
        along = np.sin(at) * (down - centre[0]) + np.cos(at) * (right - centre[1])
        across = np.cos(at) * (down - centre[0]) - np.sin(at) * (right - centre[1])
        middle = offset + rng.normal(0, 0.012) * along**2 + rng.normal(0, 0.8) * np.sin(along / rng.uniform(3, 6))
        begins, ends = rng.uniform(-0.7, 0.1) * shape[0], rng.uniform(0.1, 0.7) * shape[0]
        width = rng.uniform(0.4, 1.3) * np.clip(1.2 - along / shape[0], 0.4, 1.4)
        seen = np.clip(np.minimum(along - begins, ends - along) / 8, 0, 1)  # it enters and leaves the slice slantwise
        lay(image, soft(width - np.abs(across - middle)) * seen, rng.uniform(-350, 0))
    for _ in range(rng.integers(0, 4)):  # vessels across the slice
        row, column = rng.uniform(0, shape[0], 2)
        lay(image, soft(rng.uniform(0.6, 1.6) - np.hypot(down - row, right - column)), rng.uniform(-300, 20))
    if rng.random() < 0.25:
        at, bow = rng.uniform(-np.pi, np.pi), rng.uniform(0.002, 0.01)
        along = np.sin(at) * (down - centre[0]) + np.cos(at) * (right - centre[1])
        across = np.cos(at) * (down - centre[0]) - np.sin(at) * (right - centre[1])
        wall = along - radius * rng.uniform(1.0, 1.5) + bow * across**2
        lay(image, soft(wall), rng.normal(40, 15) + 12 * smooth_noise(shape, 1.5, rng=rng))
