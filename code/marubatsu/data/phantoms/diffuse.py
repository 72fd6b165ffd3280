"""Patches of lung with diffuse disease: four textures that cover a part of the patch and overlap in density."""

import numpy as np
from scipy import ndimage

from marubatsu.data._checks import check_generator, check_whole
from marubatsu.data.phantoms.shapes import smooth_noise

TEXTURES = ("normal", "ground glass", "honeycombing", "emphysema")
"""The names of the labels 0 to 3."""

PIXEL = 1.0
"""Row and column spacing in mm."""


def diffuse(count: int, *, rng: np.random.Generator, size: int = 32) -> tuple[np.ndarray, np.ndarray]:
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
    (numpy.ndarray, numpy.ndarray)
        Images (N, 1, size, size), float32, HU, and labels (N,), int64, places in `TEXTURES`.

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
    count, size = check_whole("diffuse", "count", count, 1), check_whole("diffuse", "size", size, 16)
    check_generator("diffuse", rng)
    labels = rng.permutation(np.arange(count) % len(TEXTURES))
    images = np.stack([_patch(label, size, rng) for label in labels])
    return images[:, None].astype(np.float32), labels


def _patch(label, size, rng):
    shape = (size, size)
    image = rng.uniform(-880, -780) + 25 * smooth_noise(shape, 4, rng=rng)
    vessels = np.maximum(smooth_noise(shape, 1.6, rng=rng) - 1.9, 0)  # dots and short lines
    image += np.minimum(vessels * 700, 600)
    extent = np.clip(0.5 + smooth_noise(shape, size / 4, rng=rng) + rng.uniform(0.1, 0.8), 0, 1)  # where it is diseased
    strength = rng.uniform(0.6, 1.2)
    if label == 1:
        image += extent * strength * (220 + 30 * smooth_noise(shape, 2, rng=rng))
    elif label == 2:
        image += extent * strength * (430 * _walls(shape, 4.5, 1.1, rng) - 60)
    elif label == 3:
        holes = _walls(shape, rng.uniform(6, 10), 2.2, rng)
        image -= extent * strength * 130 * (1 - holes)
    noise = ndimage.gaussian_filter(rng.standard_normal(shape), 0.6)
    return np.maximum(ndimage.gaussian_filter(image, 0.5) + 45 * noise, -1010)


def _walls(shape, apart, thick, rng):
    """Return the walls between round cells that lie about so many pixels apart: 1 on a wall, 0 in a cell."""
    rows, columns = np.mgrid[-apart : shape[0] + apart : apart, -apart : shape[1] + apart : apart]
    centres = np.stack([rows, columns], axis=-1).reshape(-1, 2)
    centres = centres + rng.normal(0, apart / 3.5, centres.shape)
    places = np.indices(shape).reshape(2, -1).T
    away = np.sort(np.linalg.norm(places[:, None] - centres, axis=2), axis=1)[:, :2]
    between = (away[:, 1] - away[:, 0]).reshape(shape)  # 0 halfway between two cells
    return np.exp(-((between / thick) ** 2))
