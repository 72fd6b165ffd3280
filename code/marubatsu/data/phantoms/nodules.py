"""Small lung nodules on CT, benign-like and malignant-like: five signs that overlap, drawn on lung with vessels."""

import numpy as np
from scipy import ndimage

from marubatsu.checks import chance, whole
from marubatsu.data.edges import soft
from marubatsu.data.phantoms import anatomy
from marubatsu.data.phantoms.images import Images
from marubatsu.data.phantoms.nodule_lung import paint_lung
from marubatsu.data.phantoms.shapes import Point, lay, smooth_noise

SIGNS = ("lobulation", "spiculation", "ground glass", "low density", "heterogeneity")
"""What distinguishes the two classes; of each, malignant-like nodules have more, on average."""

SEPARATION = 1.6
"""How far the two classes lie apart in each sign, in standard deviations. Size does not differ at all."""

_LUNG = anatomy.read("lung")
_PATCH = _LUNG["patch with a nodule"]
PIXEL = _PATCH.pixel_mm
"""Row and column spacing of the patches in mm."""


def nodules(count: int, *, rng: np.random.Generator, size: int = 32) -> Images:
    """Return patches of lung with a nodule in the middle of each; half of them are malignant-like.

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
    Images
        Of shape (N, 1, size, size), in HU; the labels are 0 benign-like and 1 malignant-like, (N,), int64. The rest of
        the truth is called

        - ``"masks"``: (N, size, size), bool, the nodule without its spicules;
        - ``"signs"``: (N, 5), in the order of `SIGNS`, normal scores of mean −0.8 in one class, +0.8 in the other;
        - ``"diameters"``: (N,), in mm.

    Raises
    ------
    ValueError
        If the count or the size is not a whole number, or is too small.
    TypeError
        If rng is no random generator.

    Notes
    -----
    The five signs are independent, so a reader who saw each of them exactly could reach an area under the ROC curve of
    Φ(1.6 √5 / √2) = 0.994, and nobody more. Noise, blur and vessels take away a part of that.
    """
    count, size = whole("nodules", "count", count, 1), whole("nodules", "size", size, 16)
    chance("nodules", rng)
    labels = rng.permutation(np.arange(count) % 2).astype(np.int64)
    signs = nodule_signs(labels, rng=rng)
    small, large = _PATCH.diameter_range_share
    diameters = rng.uniform(small, large, count) * size * PIXEL  # 6 to 13 mm in a patch of 32 pixels
    low, high = _PATCH.off_middle_range_pixels
    images, masks = np.empty((count, size, size), np.float32), np.empty((count, size, size), bool)
    for image, mask, sign, diameter in zip(images, masks, signs, diameters, strict=True):
        centre = (size - 1) / 2 + rng.uniform(low, high, 2)
        paint_lung(image, centre, diameter / PIXEL / 2, rng=rng)
        mask[:] = draw_nodule(image, centre, diameter, signs=sign, spacing=PIXEL, rng=rng)
    images = _blurred(images, _PATCH.blur_pixels)
    grain = _blurred(rng.standard_normal(images.shape, np.float32), _PATCH.grain_pixels)
    quiet, noisy = _PATCH.noise_range_hu
    images += rng.uniform(quiet, noisy, (count, 1, 1)).astype(np.float32) * grain  # 22 to 38 HU smoothed
    truth = {"masks": masks, "signs": signs, "diameters": diameters}
    return Images(images[:, None], labels, unit="HU", spacing=PIXEL, truth=truth)  # (N, 1, size, size)


def _blurred(images: np.ndarray, pixels: float) -> np.ndarray:
    """Return each image of a stack as a scanner blurs it."""
    return ndimage.gaussian_filter(images, (0, pixels, pixels), mode="nearest")


def nodule_signs(labels: np.ndarray, *, rng: np.random.Generator) -> np.ndarray:
    """Return the five signs of nodules of these classes (0 benign-like, 1 malignant-like): (N, 5), as in `SIGNS`."""
    chance("nodule_signs", rng)
    labels = np.asarray(labels)
    return SEPARATION * (labels[:, None] - 0.5) + rng.standard_normal((len(labels), len(SIGNS)))


def draw_nodule(
    image: np.ndarray,
    centre: Point,
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
    TypeError
        If rng is no random generator.
    """
    chance("draw_nodule", rng)
    if not (diameter > 0 and spacing > 0):
        raise ValueError(f"draw_nodule: diameter and spacing must lie above 0 mm, but {diameter} and {spacing} came.")
    if np.shape(signs) != (len(SIGNS),):
        raise ValueError(f"draw_nodule: 5 signs are needed, one row of nodule_signs, but {np.size(signs)} came.")
    radius = diameter / spacing / 2  # pixels
    reach = int(np.ceil(2 * radius)) + 2
    top, left = (max(0, int(middle) - reach) for middle in centre)
    part = image[top : int(centre[0]) + reach + 1, left : int(centre[1]) + reach + 1]  # a view: it is painted in place
    down, right = np.ogrid[: part.shape[0], : part.shape[1]]
    down, right = (down - (centre[0] - top)).astype(np.float32), (right - (centre[1] - left)).astype(np.float32)
    body = _paint_nodule(part, down, right, radius, dict(zip(SIGNS, map(float, signs), strict=True)), rng)
    mask = np.zeros(image.shape, bool)
    mask[top : top + part.shape[0], left : left + part.shape[1]] = body > 0.5
    return mask


def _paint_nodule(
    image: np.ndarray,
    down: np.ndarray,
    right: np.ndarray,
    radius: float,
    signs: dict[str, float],
    rng: np.random.Generator,
) -> np.ndarray:
    """Paint spicules, a halo of ground glass and a core; return how much of each pixel the nodule covers."""
    nodule = _LUNG["nodule"]
    _paint_spicules(image, down, right, radius, signs["spiculation"], rng)
    away, angle = np.hypot(down, right), np.arctan2(down, right)
    shape = 1 + _waves(angle, nodule.uneven_share * np.exp(nodule.uneven_each_times * signs["lobulation"]), rng=rng)
    body = soft((radius * shape - away) / nodule.edge_pixels)
    halo = nodule.halo_share + nodule.halo_each_share * signs["ground glass"]  # of the radius
    halo = float(np.clip(halo, 0, nodule.most_halo_share))
    shift = nodule.core_off_share * halo * radius * rng.uniform(-1, 1, 2)
    within = radius * (1 - halo) * shape - np.hypot(down - shift[0], right - shift[1])
    core = soft(within / nodule.edge_pixels)
    solid = _solid(away, radius, signs["low density"], rng)
    coarse = nodule.texture_hu * np.exp(nodule.texture_each_times * signs["heterogeneity"])
    texture = coarse * smooth_noise(image.shape, nodule.texture_grain_pixels, rng=rng)
    glass = rng.uniform(*nodule.glass_range_hu)
    lay(image, body, glass + core * (solid - glass) + texture)
    return body


def _solid(away: np.ndarray, radius: float, low_density: float, rng: np.random.Generator) -> np.ndarray:
    """Return the HU of the solid part; the densest hold calcium."""
    nodule, calcium = _LUNG["nodule"], _LUNG["calcium in a nodule"]
    solid = np.full(away.shape, nodule.solid_hu - nodule.less_dense_each_hu * low_density, np.float32)
    if low_density < calcium.below_share:
        reach = radius * rng.uniform(*calcium.radius_range_share)
        solid += soft((reach - away) / calcium.edge_pixels) * rng.uniform(*calcium.range_hu)
    return solid


def _waves(angle: np.ndarray, size: float, *, rng: np.random.Generator) -> np.ndarray:
    """Return how far an outline leaves the circle, as a share of the radius: a few bumps round it."""
    nodule, waves = _LUNG["nodule"], np.zeros(angle.shape, np.float32)
    for bumps in range(*nodule.bumps_range_times):
        waves += np.float32(rng.standard_normal() / bumps) * np.cos(bumps * angle + np.float32(rng.uniform(0, 6.2832)))
    return np.clip(np.float32(size) * waves, -nodule.most_uneven_share, nodule.most_uneven_share)


def _paint_spicules(
    image: np.ndarray, down: np.ndarray, right: np.ndarray, radius: float, spiculation: float, rng: np.random.Generator
) -> None:
    """Paint thin strands that leave the nodule at all angles."""
    spicules = _LUNG["spicules"]
    for at in rng.uniform(-np.pi, np.pi, rng.integers(*spicules.range_times)):
        length = radius * (spicules.length_share + spicules.length_each_share * spiculation)
        length = length * rng.uniform(*spicules.uneven_range_times)
        if length > 0:
            lay(image, _spicule(down, right, at, radius, length), rng.uniform(*spicules.range_hu))


def _spicule(down: np.ndarray, right: np.ndarray, at: float, radius: float, length: float) -> np.ndarray:
    """Return the cover of one thin strand that leaves the nodule at an angle and tapers."""
    strand = _LUNG["spicules"]
    along = np.sin(at) * down + np.cos(at) * right
    across = np.abs(np.cos(at) * down - np.sin(at) * right)
    left_over = (radius + length - along) / (length + strand.root_share * radius)  # 1 inside the outline, 0 at the tip
    within = strand.tip_pixels + strand.root_pixels * left_over - across
    return soft(np.minimum(within, along - strand.from_share * radius) - strand.thin_pixels) * (left_over > 0)
