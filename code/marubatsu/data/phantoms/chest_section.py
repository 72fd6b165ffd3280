"""One slice through a chest: each tissue laid over the one behind it, with edges that share a pixel."""

from dataclasses import dataclass, field

import numpy as np
from scipy import ndimage

from marubatsu.data.phantoms.chest_body import RIB_DROP, RIB_PITCH, Body
from marubatsu.data.phantoms.lung_vessels import draw_tubes
from marubatsu.data.phantoms.plane import Plane
from marubatsu.data.phantoms.shapes import lay, smooth_noise


@dataclass
class Section:
    """What a slice shows: HU, and how much of each pixel each organ covers."""

    image: np.ndarray
    covers: dict[str, np.ndarray] = field(default_factory=dict)
    lung_depth: np.ndarray | None = None  # mm inside the lung


def paint(body: Body, depth: float, plane: Plane, grain: np.ndarray) -> Section:
    """Return the slice at that depth, without nodules and without noise; `grain` (H, W) is the fine texture."""
    shape = (plane.size, plane.size)
    image = np.full(shape, -1000, np.float32)
    _table(image, plane, body)
    width, high = body.half_width + 1.5 * body.sway(0, depth), body.half_depth + 1.5 * body.sway(1, depth)
    angle = np.arctan2(np.abs(plane.columns), plane.rows)  # 0 behind, pi in front
    trunk = _wall(image, plane, body, width, high, grain, angle)
    cage = plane.ellipse((0, 0), (high, width), power=2.35)
    bones = _ribs(image, plane, body, cage, depth, angle)
    bones = np.maximum(bones, _scapulae(image, plane, body, width, high, depth))
    lay(image, plane.cover(cage), -98 + 6 * grain)
    # the organs between the lungs
    spine = (0.60 * high, 0.0)
    diameter = body.aorta_diameter(depth)
    aorta = _aorta_centre(body, spine, diameter, depth)
    heart, heart_rim = _heart_outline(plane, body, depth)
    for centre, radii in ((aorta, (diameter / 2 + 2.4,) * 2), ((spine[0] - 25, 3), (8.5, 12))):
        heart = np.minimum(heart, -plane.ellipse(centre, radii))  # fat lies between the heart and what it meets
    heart = np.minimum(heart, cage - np.float32(4))
    between = np.maximum(heart_rim, plane.ellipse(spine, (21, 21)))
    for sign in (-1, 1):  # the lung stops before the processes and the necks of the ribs
        between = np.maximum(between, plane.ellipse((spine[0] + 16, sign * 29), (9, 23), turn=sign * 22))
    between = np.maximum(between, plane.ellipse(aorta, (diameter / 2 + 2.2,) * 2))
    between = np.maximum(between, plane.ellipse((0.1 * high, 2), (0.5 * high, 30)))
    strip = np.float32(4.0) + 14 * np.clip((plane.rows - 0.5 * high) / (0.4 * high), 0, 1)
    between = np.maximum(between, strip - np.abs(plane.columns - 2))
    left = plane.ellipse((0.04 * high, 0.53 * width), (0.98 * high, 0.62 * width), turn=-4, power=2.2)
    right = plane.ellipse((0.04 * high, -0.53 * width), (0.98 * high, 0.62 * width), turn=4, power=2.2)
    lung_depth = np.minimum(np.minimum(np.maximum(left, right), cage - np.float32(1.2)), -between)
    lungs = plane.cover(lung_depth)
    vessels = _lungs(image, plane, body, depth, lungs, lung_depth, grain, high)
    _mediastinum(image, plane, body, depth, heart, spine, aorta, diameter, grain)
    bones = np.maximum(bones, _spine(image, plane, body, spine, depth))
    bones = np.maximum(bones, _sternum(image, plane, high))
    where = plane.window(aorta, diameter)
    aorta_cover = np.zeros(shape, np.float32)
    aorta_cover[where] = plane.cover(plane.ellipse(aorta, (diameter / 2,) * 2, where=where))
    covers = {
        "body": plane.cover(trunk),
        "lungs": np.minimum(lungs, 1 - bones),
        "heart": plane.cover(heart),
        "aorta": aorta_cover,
        "vessels": vessels,
        "bones": bones,
    }
    return Section(image, covers, lung_depth)


def _table(image, plane, body):
    """The table: a thin curved shell around foam."""
    curve = _back(body) + 2 - 0.0009 * plane.columns**2
    below = plane.rows - curve
    inside = np.minimum(np.minimum(below, 24 - below), 215 - np.abs(plane.columns))
    lay(image, plane.cover(inside), -930)
    lay(image, plane.cover(1.3 - np.abs(below - 1.3)) * (np.abs(plane.columns) < 215), -420)
    lay(image, plane.cover(1.0 - np.abs(below - 23)) * (np.abs(plane.columns) < 215), -560)


def _back(body):
    """Where the skin of the back lies: mm below the middle."""
    return body.half_depth + 1.0 * body.muscle + 12 + 0.7 * body.fat


def _wall(image, plane, body, width, high, grain, angle):
    """Skin, fat, breasts and the muscles around the cage; return how deep a pixel lies in the body."""
    front, back = 0.75 * body.muscle + 0.8 * body.fat, 1.0 * body.muscle + 12 + 0.7 * body.fat
    middle, radius = (back - front) / 2, high + (front + back) / 2
    side = width + body.muscle + 1.1 * body.fat
    trunk = plane.ellipse((middle, 0), (radius, side), power=2.5)
    for sign in (-1, 1):
        if body.breast:
            centre = (-0.62 * high, sign * 0.66 * width)
            breast = plane.ellipse(centre, (42 + body.breast, 66), turn=sign * 24)
            trunk = np.maximum(trunk, breast)
    lay(image, plane.cover(trunk), -30)  # skin
    lay(image, plane.cover(trunk - 2.0), -104 + 7 * grain)
    if body.breast:
        for sign in (-1, 1):
            gland = plane.ellipse((-0.8 * high - 10, sign * 0.7 * width), (20, 36), turn=sign * 24)
            streaks = np.clip(0.5 + 0.8 * np.roll(grain, 7, axis=0), 0, 1)
            lay(image, plane.cover(gland) * streaks * 0.7, 20)
    thick = body.muscle
    muscle = plane.ellipse((0.02 * high, 0), (high + 0.9 * thick, width + 0.95 * thick), power=2.3)
    for at, wide, more in ((1.15, 0.3, 6.0), (2.4, 0.22, 4.0), (np.pi, 0.22, -5.0)):  # broad back, chest, breastbone
        muscle += np.float32(more * thick / 17) * np.exp(-(((angle - np.float32(at)) / np.float32(wide)) ** 2))
    lay(image, plane.cover(np.minimum(muscle, trunk - 4)), 52 + 5 * grain)
    seam = plane.ellipse((0, 0), (high + 0.62 * thick, width + 0.66 * thick), power=2.3)
    fatty = np.clip(0.55 + 0.75 * np.roll(grain, 31, axis=1), 0, 1)
    lay(image, plane.cover(0.9 - np.abs(seam)) * fatty * (muscle > 0), -75)
    for sign in (-1, 1):  # the muscles beside the spine, in their fat
        centre = (high + 0.5 * thick + 4, sign * 27)
        plane.put(image, centre, (0.5 * thick + 7, 25), -90, turn=sign * -8)
        plane.put(image, centre, (0.5 * thick + 5.5, 23.5), 54, turn=sign * -8, power=2.4)
        plane.put(image, (centre[0] - 1, centre[1] + 2 * sign), (0.4 * thick, 0.9), -60, turn=sign * -25)
    return trunk


def _ribs(image, plane, body, cage, depth, angle):
    """Ribs, and their cartilage in front: arcs that fall from the spine to the front, cut by the slice."""
    bones = np.zeros_like(image)
    for sign, phase in zip((-1, 1), body.ribs, strict=True):
        turn = (depth + phase - RIB_DROP * angle) / RIB_PITCH
        height = (turn - np.round(turn)) * RIB_PITCH  # mm above or below the middle of the nearest rib
        half = 4.6 * np.sqrt(np.maximum(1 - (height / 7.0) ** 2, 0))
        inside = half - np.hypot(cage + np.float32(5.8), np.maximum(50 - sign * plane.columns, 0))
        inside = np.where(half > 0, inside, np.float32(-9))
        cover = plane.cover(inside)
        bone = np.clip((2.52 - angle) / 0.06, 0, 1)
        shell = np.clip((2.2 - inside) / 1.4, 0, 1)
        lay(image, cover, bone * (170 + 480 * shell) + (1 - bone) * 95)
        bones = np.maximum(bones, cover * (bone > 0.5))
    return bones


def _scapulae(image, plane, body, width, high, depth):
    """The tips of the shoulder blades, thin bones outside the ribs; they end a little further down."""
    bones = np.zeros_like(image)
    half = min(20.0, 0.8 * (body.scapula - depth))
    for sign in (-1, 1) if half > 3 else ():
        centre, radii = (0.52 * high, sign * (0.93 * width + 15)), (2.3, half)
        where = plane.window(centre, half + 2 * plane.spacing)
        inside = plane.ellipse(centre, radii, turn=sign * -65, where=where)
        bones[where] = plane.cover(inside)
        lay(image[where], bones[where], 210 + 380 * np.clip((1.8 - inside) / 1.2, 0, 1))
    return bones


def _heart_outline(plane, body, depth):
    """How many mm a pixel lies in the heart, and in the fat and the sac around it."""
    long, wide, turn = body.heart
    grow = 1 + 0.05 * body.sway(2, depth) - (depth / 190.0) ** 2
    grow = max(grow, 0.3)
    centre = (body.heart_centre[0] + 2 * body.sway(3, depth), body.heart_centre[1])
    angle = np.arctan2(plane.rows - np.float32(centre[0]), plane.columns - np.float32(centre[1]))
    third, fourth = float(body.wave[4, 0]), float(body.wave[5, 0])
    wobble = 1.8 * np.cos(3 * angle + third) + 1.2 * np.cos(4 * angle + fourth)
    heart = plane.ellipse(centre, (wide * grow, long * grow), turn=turn, power=2.2) + wobble
    for at in (2.75, -1.15, 0.35):  # grooves between the chambers, where the coronary arteries run
        turned = np.cos(angle - np.float32(np.deg2rad(turn) + at))
        heart -= np.float32(5.5) * np.exp((turned - 1) * np.float32(45))
    rim = 4.5 + 0.22 * body.fat
    front = plane.ellipse((centre[0] - 24, centre[1] * 0.6), (wide * grow * 0.82, long * grow * 0.72), power=2.0)
    return heart, np.maximum(heart + np.float32(rim), front)


def _aorta_centre(body, spine, diameter, depth):
    """The aorta lies before and left of the spine, and just touches it."""
    angle = np.deg2rad(38 + 6 * body.sway(4, depth))
    away = 20.5 + diameter / 2
    return spine[0] - away * float(np.sin(angle)), spine[1] + away * float(np.cos(angle))


def _lungs(image, plane, body, depth, lungs, lung_depth, grain, high):
    """Air and tissue, denser behind than in front, a fissure, vessels and bronchi; return the vessels' cover."""
    behind = np.clip((plane.rows + high) / (2 * high), 0, 1)
    lay(image, lungs, -880 + 55 * behind + 9 * grain)
    shape = image.shape
    for sign in (-1, 1):
        line = plane.rows * 0.42 + sign * plane.columns * 0.9 - (62 + 0.25 * depth) + 5 * np.sin(plane.columns / 30)
        cover = plane.cover(0.35 - np.abs(line)) * lungs * (lung_depth > 1) * 0.28
        lay(image, cover, -620)
    vessels = np.zeros(shape, np.float32)
    for number, tree in enumerate(body.trees):
        drawn = draw_tubes(shape, tree, depth, plane.spacing) * lungs
        lay(image, drawn, 42)
        vessels = np.maximum(vessels, drawn)
        if number % 2 == 0:  # bronchi run beside the arteries
            wide = tree[tree[:, 6:].min(axis=1) > 0.95]
            wall = draw_tubes(shape, wide, depth, plane.spacing, shift=2.0, scale=1.05) * lungs
            air = draw_tubes(shape, wide, depth, plane.spacing, shift=2.0, scale=0.72) * lungs
            lay(image, wall * (vessels < 0.3), -120)
            lay(image, air * (vessels < 0.3), -960)
    return vessels


def _mediastinum(image, plane, body, depth, heart, spine, aorta, diameter, grain):
    """Sac, heart and its chambers, aorta, oesophagus and azygos vein."""
    lay(image, plane.cover(1.0 - np.abs(heart + 4.0)) * 0.5, 10)
    lay(image, plane.cover(heart), 50 + 4 * grain)
    long, wide, turn = body.heart
    y, x = body.heart_centre
    for along, across, share, value in (
        (-0.45, 0.28, 0.42, 40),
        (-0.35, -0.35, 0.4, 39),
        (0.3, 0.2, 0.42, 38),
        (0.2, -0.42, 0.36, 40),
    ):
        c, s = np.cos(np.deg2rad(turn)), np.sin(np.deg2rad(turn))
        centre = (y + c * across * wide - s * along * long, x + s * across * wide + c * along * long)
        where = plane.window(centre, share * long + 2)
        chamber = plane.ellipse(centre, (share * wide, share * long * 0.9), turn=turn, where=where)
        lay(image[where], plane.cover(np.minimum(chamber, heart[where])), value)
    for at, reach in ((2.75, 0.97), (-1.15, 0.99), (0.35, 0.98)):
        c, s, u = np.cos(np.deg2rad(turn)), np.sin(np.deg2rad(turn)), np.cos(at) * long * reach
        v = np.sin(at) * wide * reach
        plane.put(image, (y + c * v + s * u, x - s * v + c * u), (1.9, 1.9), 44)
    plane.put(image, (spine[0] - 25, 3), (5.5, 9), 38)
    plane.put(image, (spine[0] - 25.5, 2), (0.8, 2.5), -300)
    plane.put(image, (spine[0] - 20, -13), (4.2, 4.6), 41)
    plane.put(image, aorta, (diameter / 2,) * 2, 41)
    if body.calcified:
        where = plane.window(aorta, diameter)
        angle = np.arctan2(plane.rows[where[0]] - aorta[0], plane.columns[:, where[1]] - aorta[1])
        away = np.abs(plane.ellipse(aorta, (diameter / 2 - 0.9,) * 2, where=where))
        spot = np.cos(angle - float(body.wave[3, 0]) - depth / 25) > 1 - body.calcified
        lay(image[where], plane.cover(0.5 - away) * spot, 520)


def _spine(image, plane, body, spine, depth):
    """A vertebra: body, pedicles, canal, laminae, processes; return how much of each pixel is bone."""
    y, x = spine
    bones = np.zeros_like(image)

    def bone(centre, radii, turn=0.0, power=2.0, shell=1.5, core=190, rim=560):
        where = plane.window(centre, max(radii) + 2 * plane.spacing)
        inside = plane.ellipse(centre, radii, turn=turn, power=power, where=where)
        cover = plane.cover(inside)
        lay(image[where], cover, core + (rim - core) * np.clip((shell + 0.9 - inside) / 1.3, 0, 1))
        bones[where] = np.maximum(bones[where], cover)

    for sign in (-1, 1):
        bone((y + 19, x + sign * 31), (4.6, 17), turn=sign * 20, core=260)  # transverse process
        bone((y + 13, x + sign * 27), (5.0, 11), turn=sign * 28, core=210)  # neck and head of a rib
        bone((y + 16, x + sign * 13), (9, 4.4), core=330)  # pedicle
        bone((y + 29, x + sign * 8), (3.2, 10), turn=sign * 32, core=380)  # lamina
    bone((y + 41, x), (15, 3.0), core=330)  # spinous process
    bone((y, x), (15.5, 18.5), power=2.4, core=175)
    where, cover = plane.put(image, (y + 22, x), (8.6, 10), 8)
    bones[where] *= 1 - cover
    plane.put(image, (y + 22, x), (4.4, 5.4), 38)
    return bones


def _sternum(image, plane, high):
    """The sternum: a flat bone in front; return how much of each pixel it covers."""
    bones = np.zeros_like(image)
    centre, radii = (-high - 5.0, 0.0), (5.2, 18.0)
    where = plane.window(centre, 18 + 2 * plane.spacing)
    inside = plane.ellipse(centre, radii, power=2.6, where=where)
    bones[where] = plane.cover(inside)
    lay(image[where], bones[where], 120 + 330 * np.clip((2.0 - inside) / 1.3, 0, 1))
    return bones


def blur_and_noise(image: np.ndarray, *, rng: np.random.Generator, noise: float, spacing: float) -> np.ndarray:
    """Return the slice as a scanner gives it: a little less sharp, and with noise whose grains are a pixel or two."""
    sharp = ndimage.gaussian_filter(image, 0.55 / spacing)
    local = np.clip(1 + ndimage.uniform_filter(image[::4, ::4], 9) / 1500, 0.35, 1.0)  # less where rays meet little
    local = np.kron(local, np.ones((4, 4), np.float32))[: image.shape[0], : image.shape[1]]
    return sharp + np.float32(noise) * local * smooth_noise(image.shape, 0.75, rng=rng)
