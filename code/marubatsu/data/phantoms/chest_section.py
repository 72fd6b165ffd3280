"""One slice through a chest: each tissue laid over the one behind it, with edges that share a pixel."""

from dataclasses import dataclass

import numpy as np
from scipy import ndimage

from marubatsu.data.phantoms.chest_body import CHEST, Body
from marubatsu.data.phantoms.chest_bones import paint_breastbone, paint_ribs, paint_shoulder_blades, paint_vertebra
from marubatsu.data.phantoms.chest_heart import aorta_cover, heart_outlines, paint_beside_the_spine, paint_heart
from marubatsu.data.phantoms.chest_level import Level
from marubatsu.data.phantoms.chest_lungs import lung_depth, paint_lungs
from marubatsu.data.phantoms.chest_trunk import paint_table, paint_trunk
from marubatsu.data.phantoms.plane import Plane
from marubatsu.data.phantoms.shapes import smooth_noise


@dataclass
class Section:
    """What a slice shows: HU, and how much of each pixel each organ covers."""

    image: np.ndarray
    covers: dict[str, np.ndarray]
    lung_depth: np.ndarray  # mm inside the lung


def paint(body: Body, depth: float, plane: Plane, grain: np.ndarray) -> Section:
    """Return the slice at that depth, without nodules and without noise; `grain` (H, W) is the fine texture."""
    level = Level(body, depth, plane, grain)
    paint_table(level)
    trunk = paint_trunk(level)
    bones = np.maximum(paint_ribs(level), paint_shoulder_blades(level))
    level.lay(plane.cover(level.cage), CHEST["cage"].fat_hu + CHEST["cage"].fat_grain_hu * grain)
    heart, heart_rim = heart_outlines(level)
    within = lung_depth(level, heart_rim)
    vessels = paint_lungs(level, within)
    paint_heart(level, heart)
    paint_beside_the_spine(level)
    bones = np.maximum(np.maximum(bones, paint_vertebra(level)), paint_breastbone(level))
    covers = {
        "body": plane.cover(trunk),
        "lungs": np.minimum(plane.cover(within), 1 - bones),
        "heart": plane.cover(heart),
        "aorta": aorta_cover(level),
        "vessels": vessels,
        "bones": bones,
    }
    return Section(level.image, covers, within)


def blur_and_noise(image: np.ndarray, *, rng: np.random.Generator, noise: float, spacing: float) -> np.ndarray:
    """Return the slice as a scanner gives it: a little less sharp, and with noise whose grains are a pixel or two."""
    scanner = CHEST["scanner"]
    sharp = ndimage.gaussian_filter(image, scanner.blur_mm / spacing)
    local = 1 + ndimage.uniform_filter(image[::4, ::4], 9) / scanner.noise_less_hu
    local = np.clip(local, *scanner.noise_range_share)  # less where rays meet little
    local = np.kron(local, np.ones((4, 4), np.float32))[: image.shape[0], : image.shape[1]]
    return sharp + np.float32(noise) * local * smooth_noise(image.shape, scanner.grain_pixels, rng=rng)
