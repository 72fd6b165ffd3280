"""The heart and what lies beside it in a slice: chambers, coronary arteries, aorta, oesophagus, azygos vein."""

import numpy as np

from marubatsu.data.phantoms.chest_body import CHEST
from marubatsu.data.phantoms.chest_level import Level
from marubatsu.data.phantoms.shapes import lay


def heart_outlines(level: Level) -> tuple[np.ndarray, np.ndarray]:
    """Return how many mm each pixel lies in the heart, and how many in the heart with the fat and the sac around it."""
    heart, sac, body, plane = CHEST["heart"], CHEST["heart sac"], level.body, level.plane
    long, wide, turn = body.heart
    grow = 1 + heart.size_sway_share * body.sway("size of the heart", level.depth)
    grow = max(grow - (level.depth / heart.half_height_mm) ** 2, heart.smallest_share)
    row = body.heart_centre[0] + heart.place_sway_mm * body.sway("place of the heart", level.depth)
    centre = row, body.heart_centre[1]
    smooth = plane.ellipse(centre, (wide * grow, long * grow), turn=turn, power=heart.power)
    outline = _uneven(level, smooth, centre)
    rim = sac.rim_mm + sac.rim_fat_share * body.fat
    front = plane.ellipse(
        (centre[0] + sac.front_row_mm, centre[1] * sac.front_column_share),
        (wide * grow * sac.front_width_share, long * grow * sac.front_length_share),
    )
    return _apart(level, outline), np.maximum(outline + np.float32(rim), front)


def _uneven(level: Level, outline: np.ndarray, centre: tuple[float, float]) -> np.ndarray:
    """Return the outline of the heart with its waves, and with the grooves that the coronary arteries run in."""
    heart, body, plane = CHEST["heart"], level.body, level.plane
    angle = np.arctan2(plane.rows - np.float32(centre[0]), plane.columns - np.float32(centre[1]))
    waves = heart.three_waves_mm * np.cos(3 * angle + body.phase("aorta"))
    outline = outline + (waves + heart.four_waves_mm * np.cos(4 * angle + body.phase("outline")))
    for artery in CHEST["coronary arteries"]:
        turned = np.cos(angle - np.float32(np.deg2rad(body.heart[2]) + artery.around_radians))
        outline -= np.float32(heart.groove_mm) * np.exp((turned - 1) * np.float32(heart.groove_sharp_times))
    return outline


def _apart(level: Level, outline: np.ndarray) -> np.ndarray:
    """Return the outline of the heart where fat lies between it and what it meets."""
    oesophagus = CHEST["oesophagus"]
    around_aorta = level.plane.ellipse(level.aorta, (level.diameter / 2 + CHEST["aorta"].fat_mm,) * 2)
    beside = level.plane.ellipse(level.from_spine(oesophagus.centre_mm), oesophagus.fat_radii_mm)
    outline = np.minimum(np.minimum(outline, -around_aorta), -beside)
    return np.minimum(outline, level.cage - np.float32(CHEST["heart"].wall_mm))


def paint_heart(level: Level, heart: np.ndarray) -> None:
    """Paint the sac, the heart with its chambers and the coronary arteries around it."""
    sac, muscle, plane = CHEST["heart sac"], CHEST["heart"], level.plane
    level.lay(plane.cover(sac.half_thickness_mm - np.abs(heart + sac.away_mm)) * sac.cover_share, sac.hu)
    level.lay(plane.cover(heart), muscle.hu + muscle.grain_hu * level.grain)
    _paint_chambers(level, heart)
    _paint_coronary_arteries(level)


def _paint_chambers(level: Level, heart: np.ndarray) -> None:
    chambers, plane = CHEST["chambers of the heart"], level.plane
    long, wide, turn = level.body.heart
    row, column = level.body.heart_centre
    cos, sin = np.cos(np.deg2rad(turn)), np.sin(np.deg2rad(turn))
    for chamber in chambers:
        along, across, size = chamber.along_share, chamber.across_share, chamber.size_share
        centre = row + cos * across * wide - sin * along * long, column + sin * across * wide + cos * along * long
        where = plane.window(centre, size * long + chambers.edge_mm)
        radii = size * wide, size * long * chambers.length_share
        inside = plane.ellipse(centre, radii, turn=turn, where=where)
        lay(level.image[where], plane.cover(np.minimum(inside, heart[where])), chamber.hu)


def _paint_coronary_arteries(level: Level) -> None:
    arteries = CHEST["coronary arteries"]
    long, wide, turn = level.body.heart
    row, column = level.body.heart_centre
    cos, sin = np.cos(np.deg2rad(turn)), np.sin(np.deg2rad(turn))
    for artery in arteries:
        along = np.cos(artery.around_radians) * long * artery.reach_share
        across = np.sin(artery.around_radians) * wide * artery.reach_share
        centre = row + cos * across + sin * along, column - sin * across + cos * along
        level.put(centre, (arteries.radius_mm,) * 2, arteries.hu)


def paint_beside_the_spine(level: Level) -> None:
    """Paint oesophagus, azygos vein and aorta, with the calcium in its wall."""
    oesophagus, azygos = CHEST["oesophagus"], CHEST["azygos vein"]
    level.put(level.from_spine(oesophagus.centre_mm), oesophagus.radii_mm, oesophagus.hu)
    level.put(level.from_spine(oesophagus.air_centre_mm), oesophagus.air_radii_mm, oesophagus.air_hu)
    level.put(level.from_spine(azygos.centre_mm), azygos.radii_mm, azygos.hu)
    level.put(level.aorta, (level.diameter / 2,) * 2, CHEST["aorta"].hu)
    if level.body.calcified:
        _paint_calcium(level)


def _paint_calcium(level: Level) -> None:
    calcium, plane = CHEST["calcium in the aorta"], level.plane
    where = plane.window(level.aorta, level.diameter)
    down, right = plane.rows[where[0]] - level.aorta[0], plane.columns[:, where[1]] - level.aorta[1]
    middle = plane.ellipse(level.aorta, (level.diameter / 2 - calcium.below_surface_mm,) * 2, where=where)
    begins = level.body.phase("place of the heart")
    spot = np.cos(np.arctan2(down, right) - begins - level.depth / calcium.turn_mm) > 1 - level.body.calcified
    lay(level.image[where], plane.cover(calcium.half_thickness_mm - np.abs(middle)) * spot, calcium.hu)


def aorta_cover(level: Level) -> np.ndarray:
    """Return how much of each pixel the aorta covers."""
    cover = np.zeros_like(level.image)
    where = level.plane.window(level.aorta, level.diameter)
    cover[where] = level.plane.cover(level.plane.ellipse(level.aorta, (level.diameter / 2,) * 2, where=where))
    return cover
