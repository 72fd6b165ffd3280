"""The lung around a nodule in a patch: vessels along and across the slice, now and then the chest wall."""

import numpy as np

from marubatsu.data.edges import soft
from marubatsu.data.phantoms import anatomy
from marubatsu.data.phantoms.shapes import lay, smooth_noise

_LUNG = anatomy.read("lung")


def paint_lung(image: np.ndarray, centre: np.ndarray, radius: float, *, rng: np.random.Generator) -> None:
    """Paint lung over a patch (H, W) in place, alike in both classes; centre and radius of the nodule in pixels."""
    lung, across, wall = _LUNG["lung around a nodule"], _LUNG["vessels across the slice"], _LUNG["chest wall"]
    shape = image.shape
    image[:] = rng.normal(lung.mean_hu, lung.deviation_hu) + lung.grain_hu * smooth_noise(
        shape, lung.grain_pixels, rng=rng
    )
    down, right = np.ogrid[: shape[0], : shape[1]]
    for _ in range(rng.integers(*_LUNG["vessels in the slice"].range_times)):
        _paint_vessel(image, down - centre[0], right - centre[1], rng)
    for _ in range(rng.integers(*across.range_times)):
        row, column = rng.uniform(0, shape[0], 2)
        cover = soft(rng.uniform(*across.radius_range_pixels) - np.hypot(down - row, right - column))
        lay(image, cover, rng.uniform(*across.range_hu))
    if rng.random() < wall.frequency_share:
        _paint_wall(image, down - centre[0], right - centre[1], radius, rng)


def _paint_vessel(image: np.ndarray, down: np.ndarray, right: np.ndarray, rng: np.random.Generator) -> None:
    """Paint a vessel that runs in the slice for a while, perhaps to the nodule."""
    vessel, side = _LUNG["vessels in the slice"], image.shape[0]
    at, offset = rng.uniform(-np.pi, np.pi), rng.normal(0, vessel.off_deviation_share) * side
    along, across = np.sin(at) * down + np.cos(at) * right, np.cos(at) * down - np.sin(at) * right
    middle = offset + rng.normal(0, vessel.bend_deviation_bend) * along**2
    wave = rng.normal(0, vessel.wave_deviation_pixels)
    middle = middle + wave * np.sin(along / rng.uniform(*vessel.wave_length_range_pixels))
    begins, ends = rng.uniform(*vessel.begins_range_share) * side, rng.uniform(*vessel.ends_range_share) * side
    width = rng.uniform(*vessel.half_width_range_pixels)
    width = width * np.clip(vessel.taper_middle_share - along / side, *vessel.taper_range_share)
    inside = np.minimum(along - begins, ends - along) / vessel.fading_pixels
    seen = np.clip(inside, 0, 1)  # it enters and leaves the slice slantwise
    lay(image, soft(width - np.abs(across - middle)) * seen, rng.uniform(*vessel.range_hu))


def _paint_wall(
    image: np.ndarray, down: np.ndarray, right: np.ndarray, radius: float, rng: np.random.Generator
) -> None:
    """Paint the chest wall on one side of the nodule."""
    wall = _LUNG["chest wall"]
    at, bow = rng.uniform(-np.pi, np.pi), rng.uniform(*wall.bow_range_bend)
    along, across = np.sin(at) * down + np.cos(at) * right, np.cos(at) * down - np.sin(at) * right
    depth = along - radius * rng.uniform(*wall.away_range_share) + bow * across**2
    value = rng.normal(wall.mean_hu, wall.deviation_hu)
    lay(image, soft(depth), value + wall.grain_hu * smooth_noise(image.shape, wall.grain_pixels, rng=rng))
