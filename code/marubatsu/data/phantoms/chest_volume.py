"""Slices of one chest from above to below: vessels run on, nodules are balls, the aorta changes its width slowly."""

from dataclasses import dataclass

import numpy as np

from marubatsu.checks import between, chance, whole
from marubatsu.data.phantoms.chest import FIELD, GRAIN, finish
from marubatsu.data.phantoms.chest_body import CHEST, new_body
from marubatsu.data.phantoms.chest_nodules import HOW_MANY, Ball, Nodule, add_nodules, plan_nodules
from marubatsu.data.phantoms.chest_section import paint
from marubatsu.data.phantoms.plane import Plane
from marubatsu.data.phantoms.shapes import smooth_noise


@dataclass(frozen=True)
class ChestVolume:
    """Slices of one synthetic chest, the first nearest to the head, and the truth about them."""

    images: np.ndarray
    """Shape (D, H, W), float32, in HU."""
    spacing: float
    """The side of a pixel, in mm."""
    step: float
    """From slice to slice, in mm."""
    masks: dict[str, np.ndarray]
    """Shape (D, H, W), bool, named as those of `Chest`."""
    nodules: tuple[tuple[Nodule, ...], ...]
    """For each slice the nodules that it cuts, as large as they are there."""
    aorta_mm: np.ndarray
    """Shape (D,). True diameter of the descending aorta in each slice, in mm."""
    bulge: bool
    """Whether the aorta has an aneurysm-like bulge."""


def chest_volume(
    *,
    slices: int,
    rng: np.random.Generator,
    size: int = 128,
    step: float = 4.0,
    nodules: int | None = None,
    diameter: float | None = None,
    bulge: bool | None = None,
) -> ChestVolume:
    """Return several slices of one new chest.

    Parameters
    ----------
    slices : int
        How many, at least 1.
    rng : numpy.random.Generator
        Where everything that differs from chest to chest comes from.
    size : int
        Rows and columns, at least 64; the field of view is 400 mm.
    step : float
        From slice to slice, in mm, from 0.5 to 10. All slices together span at most 120 mm, the height of the heart.
    nodules : int, optional
        How many lie in the volume; left out, 0 to 4.
    diameter : float, optional
        Of the descending aorta in the middle slice, without a bulge, in mm, from 15 to 60; left out, about 26 ± 4.5.
    bulge : bool, optional
        Whether the aorta widens as in an aneurysm, by 6 to 14 mm; left out, in one of three volumes.

    Raises
    ------
    TypeError
        If `rng` is no generator.
    ValueError
        If a number is out of range, or more nodules are asked for than find room.
    """
    chance("chest_volume", rng)
    slices, size = whole("chest_volume", "slices", slices, 1), whole("chest_volume", "size", size, 64)
    step = between("chest_volume", "step", step, 0.5, 10)
    length = (slices - 1) * step
    if length > 120:
        raise ValueError(
            f"chest_volume: {slices} slices of {step:g} mm span {length:g} mm, but the heart's height is 120 mm. "
            "Take fewer slices or a smaller step."
        )
    if diameter is not None:
        diameter = between("chest_volume", "diameter", diameter, 15, 60)
    bulge = bool(rng.random() < CHEST["bulge of the aorta"].frequency_share) if bulge is None else bool(bulge)
    count = int(rng.choice(len(HOW_MANY), p=HOW_MANY)) if nodules is None else nodules
    count = whole("chest_volume", "nodules", count, 0)
    body = new_body(rng=rng, diameter=diameter, bulge=bulge, span=(-length / 2, length / 2))
    plane = Plane(size, FIELD / size)
    depths = np.arange(slices) * step - length / 2
    grains = [smooth_noise((size, size), GRAIN / plane.spacing, rng=rng) for _ in range(2)]
    sections = [  # the texture turns slowly from one pattern into the other and on
        paint(
            body, depth, plane, np.float32(np.cos(depth / 12)) * grains[0] + np.float32(np.sin(depth / 12)) * grains[1]
        )
        for depth in depths.tolist()
    ]
    balls: list[Ball] = []
    for number in np.sort(rng.integers(0, slices, count)):
        balls += plan_nodules(sections[number], plane, 1, rng=rng, depth=float(depths[number]), taken=balls)
    cut = [add_nodules(section, plane, balls, float(depth)) for section, depth in zip(sections, depths, strict=True)]
    found = [
        finish(section, plane, body, float(depth), nodule, mask, rng)
        for section, depth, (nodule, mask) in zip(sections, depths, cut, strict=True)
    ]
    return ChestVolume(
        images=np.stack([each.image for each in found]),  # (D, H, W)
        spacing=plane.spacing,
        step=step,
        masks={name: np.stack([each.masks[name] for each in found]) for name in found[0].masks},
        nodules=tuple(each.nodules for each in found),
        aorta_mm=np.array([each.aorta_mm for each in found]),
        bulge=bulge,
    )
