"""Small squares of plain chest CT around the descending aorta, whose diameter is known: hundreds in seconds."""

from dataclasses import replace

import numpy as np

from marubatsu.checks import between, chance, extent, whole
from marubatsu.data.phantoms.chest import GRAIN
from marubatsu.data.phantoms.chest_body import CHEST, Body, new_body
from marubatsu.data.phantoms.chest_section import blur_and_noise, paint
from marubatsu.data.phantoms.images import Images
from marubatsu.data.phantoms.plane import Plane, Window
from marubatsu.data.phantoms.shapes import Point, smooth_noise

_SQUARE = CHEST["square around the aorta"]
AORTA_FIELD = _SQUARE.side_mm


def aortas(
    count: int,
    *,
    rng: np.random.Generator,
    size: int = 40,
    diameters: tuple[float, float] | None = None,
    noise: float = 0.0,
) -> Images:
    """Return the surroundings of the descending aorta in `count` chests as `chest` draws them, and its diameters.

    Every square is cut at the same place of its field of view, so the aorta lies somewhere near the middle: in front
    of it the heart or the lung, behind it the lung, on the left of the picture the spine and the oesophagus.

    Parameters
    ----------
    count : int
        How many chests, one square of each.
    rng : numpy.random.Generator
        Where chance comes from.
    size : int
        Rows and columns of a square of 80 mm; 40 gives pixels of 2 mm.
    diameters : (float, float), optional
        The smallest and the largest true diameter in mm, all between equally likely, within 15 to 60; left out, those
        of patients who come for other reasons, about 26 ± 4.5 mm, from 18 to 40.
    noise : float
        Standard deviation, in HU, of what is added to the noise of `chest` (9 to 17 HU), as at a lower dose.

    Returns
    -------
    Images
        Of shape (N, 1, size, size), in HU; the labels are the diameters in mm, (N,), float32.

    Raises
    ------
    ValueError
        If count or size is not whole or too small, or the diameters are no range within 15 to 60 mm, or the noise is
        below 0.
    TypeError
        If rng is no random generator.
    """
    count, size = whole("aortas", "count", count, 1), whole("aortas", "size", size, 20)
    chance("aortas", rng)
    noise = between("aortas", "noise", noise, 0, np.inf)
    if diameters is not None:
        low, high = extent("aortas", "diameters", diameters)
        if not 15 <= low <= high <= 60:
            raise ValueError(f"aortas: diameters must lie within 15 to 60 mm, but {low:g} to {high:g} came.")
    images, true = np.empty((count, 1, size, size), np.float32), np.empty(count, np.float32)
    plane = _Square(size)
    for place in range(count):
        diameter = None if diameters is None else rng.uniform(low, high)
        body = new_body(rng=rng, diameter=diameter, bulge=False, span=_SQUARE.slab_range_mm)
        grain = smooth_noise((size, size), GRAIN / plane.spacing, rng=rng)
        section = paint(_moved(body), 0.0, plane, grain)
        image = blur_and_noise(section.image, rng=rng, noise=body.noise, spacing=plane.spacing)
        image += np.float32(noise) * smooth_noise(image.shape, 0.75, rng=rng)
        images[place, 0], true[place] = np.maximum(image, CHEST["field of view"].air_below_hu), body.aorta_diameter(0.0)
    return Images(images, true, unit="HU", spacing=plane.spacing)


class _Square(Plane):
    """A plane whose pixels lie around the aorta instead of the middle of the chest."""

    def __init__(self, size: int):
        super().__init__(size, AORTA_FIELD / size)
        row, column = _SQUARE.middle_centre_mm
        self.rows, self.columns = self.rows + np.float32(row), self.columns + np.float32(column)

    def window(self, centre: Point, reach: float) -> Window:
        return super().window(np.subtract(centre, _SQUARE.middle_centre_mm), reach)


def _moved(body: Body) -> Body:
    """Return the body with its vessels as seen from the middle of the square, which is where tubes are drawn from."""
    away = np.array([0, *_SQUARE.middle_centre_mm, 0, *_SQUARE.middle_centre_mm, 0, 0])
    return replace(body, trees=tuple(tree - away for tree in body.trees))
