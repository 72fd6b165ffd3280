"""Patches of lung with diffuse disease: four textures that cover a part of the patch and overlap in density."""

import numpy as np
from scipy import ndimage

from marubatsu.checks import chance, whole
from marubatsu.data.phantoms import anatomy
from marubatsu.data.phantoms.images import Images
from marubatsu.data.phantoms.shapes import smooth_noise

TEXTURES = ("normal", "ground glass", "honeycombing", "emphysema")
"""The names of the labels 0 to 3."""

_LUNG = anatomy.read("lung")
PIXEL = _LUNG["diffuse lung"].pixel_mm
"""Row and column spacing in mm."""


def diffuse(count: int, *, rng: np.random.Generator, size: int = 32) -> Images:
    """Return patches of lung, and the texture of each.

    Parameters
    ----------
    count : int
        How many; all textures are as frequent as each other, in random order.
    rng : numpy.random.Generator
        Where chance comes from.
    size : int
        Rows and columns, at least 16; one pixel is 1 mm.

    Returns
    -------
    Images
        Of shape (N, 1, size, size), in HU; the labels are places in `TEXTURES`, (N,), int64.

    Raises
    ------
    ValueError
        If a number is not whole or too small.
    TypeError
        If `rng` is no generator.

    Notes
    -----
    Ground glass raises the density evenly; honeycombing is small round holes of air with walls; emphysema is larger
    holes without. How much of a patch is diseased, how strongly, and how dense the lung is, differs from patch to
    patch.
    """
    count, size = whole("diffuse", "count", count, 1), whole("diffuse", "size", size, 16)
    chance("diffuse", rng)
    labels = rng.permutation(np.arange(count) % len(TEXTURES)).astype(np.int64)
    images = np.stack([_patch(label, size, rng) for label in labels])
    return Images(images[:, None].astype(np.float32), labels, unit="HU", spacing=PIXEL)  # (N, 1, size, size)


def _patch(label: int, size: int, rng: np.random.Generator) -> np.ndarray:
    lung, vessels, extent = _LUNG["diffuse lung"], _LUNG["vessels in diffuse lung"], _LUNG["extent of disease"]
    shape = (size, size)
    image = rng.uniform(*lung.range_hu) + lung.grain_hu * smooth_noise(shape, lung.grain_pixels, rng=rng)
    dots = np.maximum(smooth_noise(shape, vessels.grain_pixels, rng=rng) - vessels.above_times, 0)
    image += np.minimum(dots * vessels.hu, vessels.most_hu)
    place = smooth_noise(shape, size * extent.grain_share, rng=rng)
    diseased = np.clip(extent.middle_share + place + rng.uniform(*extent.more_range_share), 0, 1)
    image += _change(TEXTURES[label], diseased * rng.uniform(*extent.strength_range_times), rng)
    noise = lung.noise_hu * ndimage.gaussian_filter(rng.standard_normal(shape), lung.noise_grain_pixels)
    return np.maximum(ndimage.gaussian_filter(image, lung.blur_pixels) + noise, lung.least_hu)


def _change(texture: str, disease: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Return by how many HU each pixel changes; `disease` is how strongly it is diseased."""
    glass, comb, emphysema = _LUNG["ground glass"], _LUNG["honeycombing"], _LUNG["emphysema"]
    if texture == "ground glass":
        return disease * (glass.denser_hu + glass.grain_hu * smooth_noise(disease.shape, glass.grain_pixels, rng=rng))
    if texture == "honeycombing":
        walls = _walls(disease.shape, comb.apart_mm / PIXEL, comb.wall_mm / PIXEL, rng)
        return disease * (comb.wall_hu * walls - comb.hole_hu)
    if texture == "emphysema":
        walls = _walls(disease.shape, rng.uniform(*emphysema.apart_range_mm) / PIXEL, emphysema.edge_mm / PIXEL, rng)
        return -disease * emphysema.hole_hu * (1 - walls)
    return np.zeros_like(disease)


def _walls(shape: tuple[int, ...], apart: float, thick: float, rng: np.random.Generator) -> np.ndarray:
    """Return the walls between round cells that lie about so many pixels apart: 1 on a wall, 0 in a cell."""
    rows, columns = np.mgrid[-apart : shape[0] + apart : apart, -apart : shape[1] + apart : apart]
    centres = np.stack([rows, columns], axis=-1).reshape(-1, 2)
    centres = centres + rng.normal(0, apart / 3.5, centres.shape)
    places = np.indices(shape).reshape(2, -1).T
    away = np.sort(np.linalg.norm(places[:, None] - centres, axis=2), axis=1)[:, :2]
    between = (away[:, 1] - away[:, 0]).reshape(shape)  # 0 halfway between two cells
    return np.exp(-((between / thick) ** 2))
