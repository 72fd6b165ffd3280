"""The outside of a chest in a slice: the table under it, skin, fat, breasts and the muscles around the cage."""

import numpy as np

from marubatsu.data.phantoms.chest_body import CHEST, Body
from marubatsu.data.phantoms.chest_level import SIDES, Level


def paint_table(level: Level) -> None:
    """Paint the table: a thin curved shell around foam."""
    table, plane = CHEST["table"], level.plane
    back = _behind(level.body, level.body.half_depth)
    curve = back + table.below_skin_mm - table.sag_bend * plane.columns**2
    below = plane.rows - curve
    over = np.abs(plane.columns)
    inside = np.minimum(np.minimum(below, table.thickness_mm - below), table.half_width_mm - over)
    level.lay(plane.cover(inside), table.foam_hu)
    upper = plane.cover(table.upper_shell_mm - np.abs(below - table.upper_shell_mm))
    level.lay(upper * (over < table.half_width_mm), table.upper_shell_hu)
    lower = plane.cover(table.lower_shell_mm - np.abs(below - table.lower_shell_row_mm))
    level.lay(lower * (over < table.half_width_mm), table.lower_shell_hu)


def paint_trunk(level: Level) -> np.ndarray:
    """Paint skin, fat, breasts and muscles; return how many mm a pixel lies in the body."""
    trunk = _outline(level)
    skin, fat = CHEST["skin"], CHEST["fat under the skin"]
    level.lay(level.plane.cover(trunk), skin.hu)
    level.lay(level.plane.cover(trunk - skin.thickness_mm), fat.hu + fat.grain_hu * level.grain)
    if level.body.breast:
        _paint_glands(level)
    _paint_muscles(level, trunk)
    _paint_erector_spinae(level)
    return trunk


def _behind(body: Body, cage: float = 0.0) -> float:
    """Return how thick the wall is at the back, in mm, or how far behind the middle of the cage its skin lies."""
    skin = CHEST["skin"]
    return cage + skin.behind_muscle_share * body.muscle + skin.behind_mm + skin.behind_fat_share * body.fat


def _outline(level: Level) -> np.ndarray:
    """Return how many mm each pixel lies within the skin."""
    skin, body, plane = CHEST["skin"], level.body, level.plane
    front = skin.front_muscle_share * body.muscle + skin.front_fat_share * body.fat
    back = _behind(body)
    middle, radius = (back - front) / 2, level.half_depth + (front + back) / 2
    side = level.half_width + skin.side_muscle_share * body.muscle + skin.side_fat_share * body.fat
    trunk = plane.ellipse((middle, 0), (radius, side), power=skin.power)
    if body.breast:
        breasts = CHEST["breasts"]
        radii = breasts.radius_row_mm + body.breast, breasts.radius_column_mm
        for side in SIDES:
            centre = breasts.row_depth_share * level.half_depth, side * breasts.column_width_share * level.half_width
            trunk = np.maximum(trunk, plane.ellipse(centre, radii, turn=side * breasts.turn_degrees))
    return trunk


def _paint_glands(level: Level) -> None:
    """Paint the glands of the breasts: strands of tissue in fat."""
    gland = CHEST["breast gland"]
    strands = np.clip(gland.strands_share + gland.strands_grain_share * np.roll(level.grain, 7, axis=0), 0, 1)
    row = gland.row_depth_share * level.half_depth + gland.row_mm
    for side in SIDES:
        centre = row, side * gland.column_width_share * level.half_width
        inside = level.plane.ellipse(centre, gland.radii_mm, turn=side * gland.turn_degrees)
        level.lay(level.plane.cover(inside) * strands * gland.cover_share, gland.hu)


def _paint_muscles(level: Level, trunk: np.ndarray) -> None:
    """Paint the muscles of the wall, and the seam of fat between two layers of them."""
    wall, seam, plane, thick = CHEST["muscles of the wall"], CHEST["seam in the wall"], level.plane, level.body.muscle
    deep, wide = level.half_depth, level.half_width
    radii = deep + wall.depth_muscle_share * thick, wide + wall.width_muscle_share * thick
    muscle = plane.ellipse((wall.row_depth_share * deep, 0), radii, power=wall.power)
    for swelling in wall:
        off = (level.angle - np.float32(swelling.around_radians)) / np.float32(swelling.wide_radians)
        muscle += np.float32(swelling.thicker_mm * thick / wall.usual_mm) * np.exp(-(off**2))
    level.lay(plane.cover(np.minimum(muscle, trunk - wall.below_skin_mm)), wall.hu + wall.grain_hu * level.grain)
    radii = deep + seam.depth_muscle_share * thick, wide + seam.width_muscle_share * thick
    layer = plane.ellipse((0, 0), radii, power=seam.power)
    strands = np.clip(seam.strands_share + seam.strands_grain_share * np.roll(level.grain, 31, axis=1), 0, 1)
    level.lay(plane.cover(seam.half_thickness_mm - np.abs(layer)) * strands * (muscle > 0), seam.hu)


def _paint_erector_spinae(level: Level) -> None:
    """Paint the muscles beside the spine, in their fat, a leaf of which lies in each."""
    erector, thick = CHEST["erector spinae"], level.body.muscle
    row = level.half_depth + erector.row_muscle_share * thick + erector.row_mm
    for side in SIDES:
        centre, turn = (row, side * erector.column_mm), side * erector.turn_degrees
        for radii, value, power in (
            (erector.sheath_radii_mm, erector.sheath_hu, 2.0),
            (erector.radii_mm, erector.hu, erector.power),
        ):
            radii = erector.radius_row_muscle_share * thick + radii[0], radii[1]
            level.put(centre, radii, value, turn=turn, power=power)
        cleft = centre[0] + erector.cleft_centre_mm[0], centre[1] + side * erector.cleft_centre_mm[1]
        radii = erector.cleft_length_muscle_share * thick, erector.cleft_half_thickness_mm
        level.put(cleft, radii, erector.cleft_hu, turn=side * erector.cleft_turn_degrees)
