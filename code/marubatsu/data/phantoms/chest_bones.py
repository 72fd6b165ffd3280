"""The bones of a chest in a slice: ribs with their cartilage, shoulder blades, a vertebra, the breastbone."""

import numpy as np

from marubatsu.data.phantoms.anatomy import Organ
from marubatsu.data.phantoms.chest_body import CHEST
from marubatsu.data.phantoms.chest_level import SIDES, Level
from marubatsu.data.phantoms.shapes import lay


def paint_ribs(level: Level) -> np.ndarray:
    """Paint the ribs, arcs that fall from the spine to the front, cut by the slice; return how much is bone."""
    ribs, plane, angle = CHEST["ribs"], level.plane, level.angle
    bones = np.zeros_like(level.image)
    for side, phase in zip(SIDES, level.body.ribs, strict=True):
        turn = (level.depth + phase - ribs.drop_mm * angle) / ribs.pitch_mm
        height = (turn - np.round(turn)) * ribs.pitch_mm  # mm above or below the middle of the nearest rib
        half = ribs.half_thickness_mm * np.sqrt(np.maximum(1 - (height / ribs.half_height_mm) ** 2, 0))
        beyond = np.maximum(ribs.from_middle_mm - side * plane.columns, 0)
        inside = half - np.hypot(level.cage + np.float32(ribs.outside_cage_mm), beyond)
        inside = np.where(half > 0, inside, np.float32(-9))
        cover = plane.cover(inside)
        bone = np.clip((ribs.cartilage_from_radians - angle) / ribs.cartilage_edge_radians, 0, 1)
        value = bone * _bone(ribs, inside) + (1 - bone) * ribs.cartilage_hu
        level.lay(cover, value)
        bones = np.maximum(bones, cover * (bone > 0.5))
    return bones


def paint_shoulder_blades(level: Level) -> np.ndarray:
    """Paint the tips of the shoulder blades, thin bones outside the ribs; return how much is bone."""
    blade, plane = CHEST["shoulder blade"], level.plane
    bones = np.zeros_like(level.image)
    smallest, largest = blade.half_width_range_mm
    half = min(largest, blade.slope * (level.body.scapula - level.depth))
    for side in SIDES if half > smallest else ():
        column = side * (blade.column_width_share * level.half_width + blade.column_mm)
        centre, radii = (blade.row_depth_share * level.half_depth, column), (blade.half_thickness_mm, half)
        where = plane.window(centre, half + 2 * plane.spacing)
        inside = plane.ellipse(centre, radii, turn=side * blade.turn_degrees, where=where)
        bones[where] = plane.cover(inside)
        lay(level.image[where], bones[where], _bone(blade, inside))
    return bones


def paint_vertebra(level: Level) -> np.ndarray:
    """Paint a vertebra, its canal and the spinal cord; return how much is bone."""
    parts, canal = CHEST["parts of the vertebra"], CHEST["spinal canal"]
    bones = np.zeros_like(level.image)
    for side in SIDES:
        for part in parts:
            if part.centre_mm[1]:
                _paint_part(level, bones, part, side)
    for part in parts:
        if not part.centre_mm[1]:
            _paint_part(level, bones, part, 1)
    centre = level.from_spine(canal.centre_mm)
    where, cover = level.put(centre, canal.radii_mm, canal.hu)
    bones[where] *= 1 - cover
    level.put(centre, canal.cord_radii_mm, canal.cord_hu)
    return bones


def _paint_part(level: Level, bones: np.ndarray, part: Organ, side: int) -> None:
    """Paint one part of the vertebra, on one side."""
    vertebra, plane, centre = CHEST["vertebra"], level.plane, level.from_spine(part.centre_mm, side)
    where = plane.window(centre, max(part.radii_mm) + 2 * plane.spacing)
    inside = plane.ellipse(centre, part.radii_mm, turn=side * part.turn_degrees, power=part.power, where=where)
    cover = plane.cover(inside)
    cortex = np.clip((vertebra.shell_mm - inside) / vertebra.shell_edge_mm, 0, 1)
    lay(level.image[where], cover, part.hu + (vertebra.cortex_hu - part.hu) * cortex)
    bones[where] = np.maximum(bones[where], cover)


def paint_breastbone(level: Level) -> np.ndarray:
    """Paint the sternum, a flat bone in front; return how much is bone."""
    sternum, plane = CHEST["sternum"], level.plane
    bones = np.zeros_like(level.image)
    centre = -level.half_depth - sternum.outside_cage_mm, 0.0
    where = plane.window(centre, max(sternum.radii_mm) + 2 * plane.spacing)
    inside = plane.ellipse(centre, sternum.radii_mm, power=sternum.power, where=where)
    bones[where] = plane.cover(inside)
    lay(level.image[where], bones[where], _bone(sternum, inside))
    return bones


def _bone(bone: Organ, inside: np.ndarray) -> np.ndarray:
    """Return the HU of a bone: marrow, and a shell of cortex whose inner edge is soft."""
    return bone.marrow_hu + bone.shell_hu * np.clip((bone.shell_mm - inside) / bone.shell_edge_mm, 0, 1)
