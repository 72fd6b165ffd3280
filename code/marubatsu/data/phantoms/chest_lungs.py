"""The lungs of a chest in a slice: where the pleura runs, air and tissue, fissures, vessels and bronchi."""

import numpy as np

from marubatsu.data.phantoms.chest_body import CHEST
from marubatsu.data.phantoms.chest_level import SIDES, Level
from marubatsu.data.phantoms.lung_vessels import draw_tubes


def lung_depth(level: Level, heart_rim: np.ndarray) -> np.ndarray:
    """Return how many mm each pixel lies inside the lungs, which end at the ribs and at what lies between them."""
    lungs, deep, wide = CHEST["lungs"], level.half_depth, level.half_width
    radii = lungs.radius_depth_share * deep, lungs.radius_width_share * wide
    both = [
        level.plane.ellipse(
            (lungs.row_depth_share * deep, side * lungs.column_width_share * wide),
            radii,
            turn=side * lungs.turn_degrees,
            power=lungs.power,
        )
        for side in SIDES
    ]
    within = np.minimum(np.maximum(*both), level.cage - np.float32(lungs.pleura_mm))
    return np.minimum(within, -_between(level, heart_rim))


def _between(level: Level, heart_rim: np.ndarray) -> np.ndarray:
    """Return how many mm each pixel lies in what keeps the lungs apart."""
    middle, plane, deep = CHEST["between the lungs"], level.plane, level.half_depth
    between = np.maximum(heart_rim, plane.ellipse(level.spine, middle.vertebra_radii_mm))
    for side in SIDES:  # the lung stops before the processes and the necks of the ribs
        neck, turn = level.from_spine(middle.rib_neck_centre_mm, side), side * middle.rib_neck_turn_degrees
        between = np.maximum(between, plane.ellipse(neck, middle.rib_neck_radii_mm, turn=turn))
    around_aorta = (level.diameter / 2 + CHEST["aorta"].pleura_mm,) * 2
    between = np.maximum(between, plane.ellipse(level.aorta, around_aorta))
    radii = middle.radius_depth_share * deep, middle.radius_column_mm
    between = np.maximum(between, plane.ellipse((middle.row_depth_share * deep, middle.column_mm), radii))
    behind = (plane.rows - middle.strip_from_depth_share * deep) / (middle.strip_over_depth_share * deep)
    strip = np.float32(middle.strip_mm) + middle.strip_behind_mm * np.clip(behind, 0, 1)
    return np.maximum(between, strip - np.abs(plane.columns - middle.column_mm))


def paint_lungs(level: Level, depth: np.ndarray) -> np.ndarray:
    """Paint the lungs, denser behind than in front; return how much of each pixel vessels cover."""
    lungs, cover = CHEST["lungs"], level.plane.cover(depth)
    behind = np.clip((level.plane.rows + level.half_depth) / (2 * level.half_depth), 0, 1)
    level.lay(cover, lungs.hu + lungs.behind_hu * behind + lungs.grain_hu * level.grain)
    _paint_fissures(level, depth, cover)
    vessels = np.zeros_like(level.image)
    for number, tree in enumerate(level.body.trees):
        drawn = draw_tubes(level.image.shape, tree, level.depth, level.plane.spacing) * cover
        level.lay(drawn, lungs.vessel_hu)
        vessels = np.maximum(vessels, drawn)
        if number % 2 == 0:  # trees of arteries and of veins take turns; a bronchus runs beside an artery
            _paint_bronchi(level, tree, cover, vessels)
    return vessels


def _paint_fissures(level: Level, depth: np.ndarray, lungs: np.ndarray) -> None:
    fissure, plane = CHEST["oblique fissure"], level.plane
    away = fissure.away_mm + fissure.depth_slope * level.depth
    wave = fissure.wave_mm * np.sin(plane.columns / fissure.wave_length_mm)
    for side in SIDES:
        line = plane.rows * fissure.row_slope + side * plane.columns * fissure.column_slope - away + wave
        cover = plane.cover(fissure.half_thickness_mm - np.abs(line)) * lungs * (depth > fissure.inside_mm)
        level.lay(cover * fissure.cover_share, fissure.hu)


def _paint_bronchi(level: Level, arteries: np.ndarray, lungs: np.ndarray, vessels: np.ndarray) -> None:
    bronchi, shape = CHEST["lungs"], level.image.shape
    wide = arteries[arteries[:, 6:].min(axis=1) > bronchi.bronchus_vessel_mm]
    for scale, value in (
        (bronchi.bronchus_wall_times, bronchi.bronchus_wall_hu),
        (bronchi.bronchus_air_times, bronchi.bronchus_air_hu),
    ):
        beside = {"shift": bronchi.bronchus_beside_times, "scale": scale}
        drawn = draw_tubes(shape, wide, level.depth, level.plane.spacing, **beside) * lungs
        level.lay(drawn * (vessels < 0.3), value)
