"""A slice through a chest at the level of the heart, in HU: lungs with their vessels, heart, aorta, bones, nodules."""

from dataclasses import dataclass

import numpy as np

from marubatsu.checks import between, chance, whole
from marubatsu.data.phantoms.chest_body import CHEST, Body, new_body
from marubatsu.data.phantoms.chest_nodules import HOW_MANY, Nodule, add_nodules, plan_nodules
from marubatsu.data.phantoms.chest_section import Section, blur_and_noise, paint
from marubatsu.data.phantoms.plane import Plane
from marubatsu.data.phantoms.shapes import smooth_noise

FIELD = CHEST["field of view"].side_mm  # from edge to edge of the image
GRAIN = CHEST["field of view"].grain_mm  # how coarse the texture of the tissues is


@dataclass(frozen=True)
class Chest:
    """One slice of a synthetic chest, and the truth about it."""

    image: np.ndarray
    """Shape (H, W), float32, in HU."""
    spacing: float
    """The side of a pixel, in mm."""
    masks: dict[str, np.ndarray]
    """Shape (H, W), bool. "body", "lungs" (all within the pleura, with vessels and nodules), "heart", "aorta" (the
    descending one), "vessels" (of the lungs), "bones", "nodules". A pixel belongs to what covers half of it."""
    nodules: tuple[Nodule, ...]
    """What each nodule is and where."""
    aorta_mm: float
    """True diameter of the descending aorta, in mm."""


def chest(
    *, rng: np.random.Generator, size: int = 256, nodules: int | None = None, diameter: float | None = None
) -> Chest:
    """Return a slice through a new chest, seen as radiologists see it: from the feet, the patient's left on the right.

    Parameters
    ----------
    rng : numpy.random.Generator
        Where everything that differs from chest to chest comes from.
    size : int
        Rows and columns, at least 64; the field of view is 400 mm, so 256 gives pixels of 1.6 mm.
    nodules : int, optional
        How many nodules lie in the lungs; left out, 0 to 4. None touches another, and all lie within the lung.
    diameter : float, optional
        Of the descending aorta, in mm, from 15 to 60; left out, about 26 ± 4.5, from 18 to 40.

    Raises
    ------
    TypeError
        If `rng` is no generator.
    ValueError
        If the size or the number of nodules is not whole or too small, more nodules are asked for than find room, or
        the diameter is out of range.
    """
    chance("chest", rng)
    size = whole("chest", "size", size, 64)
    if diameter is not None:
        diameter = between("chest", "diameter", diameter, 15, 60)
    count = int(rng.choice(len(HOW_MANY), p=HOW_MANY)) if nodules is None else nodules
    count = whole("chest", "nodules", count, 0)
    body = new_body(rng=rng, diameter=diameter, bulge=False, span=(0.0, 0.0))
    plane = Plane(size, FIELD / size)
    section = paint(body, 0.0, plane, smooth_noise((size, size), GRAIN / plane.spacing, rng=rng))
    balls = plan_nodules(section, plane, count, rng=rng)
    found, mask = add_nodules(section, plane, balls, 0.0)
    return finish(section, plane, body, 0.0, found, mask, rng)


def finish(
    section: Section,
    plane: Plane,
    body: Body,
    depth: float,
    found: tuple[Nodule, ...],
    mask: np.ndarray,
    rng: np.random.Generator,
) -> Chest:
    """Return the slice as the scanner gives it, and its truth."""
    image = blur_and_noise(section.image, rng=rng, noise=body.noise, spacing=plane.spacing)
    masks = {name: cover >= 0.5 for name, cover in section.covers.items()}
    masks["nodules"] = mask
    masks["vessels"] &= ~mask
    image = np.maximum(image, CHEST["field of view"].air_below_hu)
    return Chest(image, plane.spacing, masks, found, body.aorta_diameter(depth))
