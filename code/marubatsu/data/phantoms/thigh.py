"""One thigh on CT: skin, a ring of fat, the femur, and twelve muscles between thin planes of fat, as a slice in HU.

What is bright like muscle is not always muscle (skin, vessels, a nerve), and old muscle is darker than young: fat lies
between its fibres. That is why no threshold can be right everywhere.
"""

import math
from dataclasses import dataclass

import numpy as np

from marubatsu.data._checks import check_between, check_generator, check_whole
from marubatsu.data.phantoms.shapes import lay, smooth_noise, soft

THIGH = ("air", "fat", "muscle", "bone", "other")  # the tissues behind `labels`; other: skin, vessels, nerve
GROUPS = ("none", "quadriceps", "hamstrings", "medial")  # behind `groups`; medial: adductors, gracilis, sartorius

# Each muscle: its name, its group, and the ellipses that it is made of, each (down, right, radius down, radius right).
# Unit: the radius of the muscles' compartment; up is to the front, right is to the middle of the body (a right thigh).
_BELLIES = (
    ("rectus femoris", 1, ((-0.73, 0.02, 0.2, 0.3),)),
    ("vastus lateralis", 1, ((-0.52, -0.5, 0.28, 0.26), (-0.1, -0.7, 0.32, 0.22), (0.22, -0.58, 0.2, 0.18))),
    ("vastus intermedius", 1, ((-0.4, -0.1, 0.15, 0.3), (-0.16, -0.4, 0.24, 0.12))),
    ("vastus medialis", 1, ((-0.45, 0.42, 0.24, 0.22), (-0.16, 0.24, 0.22, 0.13))),
    ("sartorius", 3, ((-0.2, 0.78, 0.17, 0.13),)),
    ("adductor longus", 3, ((0.1, 0.55, 0.13, 0.2),)),
    ("adductor magnus", 3, ((0.32, 0.3, 0.2, 0.34), (0.22, 0.05, 0.13, 0.16))),
    ("gracilis", 3, ((0.25, 0.88, 0.2, 0.09),)),
    ("semimembranosus", 2, ((0.62, 0.53, 0.2, 0.24),)),
    ("semitendinosus", 2, ((0.8, 0.1, 0.16, 0.26),)),
    ("biceps femoris, long head", 2, ((0.62, -0.36, 0.24, 0.25),)),
    ("biceps femoris, short head", 2, ((0.3, -0.25, 0.14, 0.17),)),
)
MUSCLES = ("none", *(name for name, _, _ in _BELLIES))
_FATTINESS = np.array([(0.85, 1.3, 1.0)[group - 1] for _, group, _ in _BELLIES])  # hamstrings are fattier
_FEMUR, _VESSELS, _NERVE = (-0.08, -0.1), (-0.08, 0.5), (0.5, -0.02)
_FAT, _LEAN = -105.0, 58.0  # HU


@dataclass(frozen=True, eq=False)
class Thigh:
    """A slice of one right thigh, seen from below as usual: front up, the middle of the body on the right."""

    image: np.ndarray
    """HU, shape (H, W), float32."""
    labels: np.ndarray
    """The tissue of each pixel, a number of `THIGH` at shape (H, W), int64. Fat within a muscle counts as muscle."""
    groups: np.ndarray
    """The group of muscles of each pixel, a number of `GROUPS` at shape (H, W), int64."""
    muscles: np.ndarray
    """The muscle of each pixel, a number of `MUSCLES` at shape (H, W), int64."""
    spacing: float
    """Millimetres from pixel to pixel."""
    fat_mm: float
    """Mean thickness of the fat under the skin."""
    infiltration: float
    """The mean share of fat within the muscles."""


def thigh(
    *,
    rng: np.random.Generator,
    size: int = 128,
    fat_mm: float | None = None,
    infiltration: float | None = None,
    oedema: float = 0.0,
    noise: float = 12.0,
) -> Thigh:
    """Return a CT-like slice through the middle of one thigh, and the truth about it.

    Parameters
    ----------
    rng : numpy.random.Generator
        Where chance comes from: place, turn, size, fat, how far the muscles have wasted, noise.
    size : int
        Rows and columns, for a field of view of 220 mm.
    fat_mm : float, optional
        Mean thickness of the fat under the skin in mm, 3 to 35; left out, by chance.
    infiltration : float, optional
        Mean share of fat within the muscles, from 0 (young) to 0.6 (fatty); left out, by chance. The more, the
        thinner the muscles are.
    oedema : float
        From 0 (none) to 1: water in the septa of the fat under the skin. It never comes by chance.
    noise : float
        Standard deviation in HU.

    Raises
    ------
    ValueError, TypeError
        If a number is out of range, or rng is no generator.

    Notes
    -----
    Muscle falls from about 58 HU with its share of fat (Goodpaster et al. 2000), and hamstrings are fattier than the
    quadriceps (Goodpaster et al. 2001, The Health ABC Study); areas lie in the range of that study. The rest is drawn
    by eye, after what a CT of the thigh looks like.
    """
    check_generator("thigh", rng)
    size = check_whole("thigh", "size", size, 32)
    fat_mm = float(rng.gamma(5, 2.2)) + 3 if fat_mm is None else check_between("thigh", "fat_mm", fat_mm, 3, 35)
    drawn = 0.02 + 0.53 * rng.beta(1.1, 2.0)
    share = drawn if infiltration is None else check_between("thigh", "infiltration", infiltration, 0, 0.6)
    oedema, noise = check_between("thigh", "oedema", oedema, 0, 1), check_between("thigh", "noise", noise, 0, 200)
    fat_mm = min(fat_mm, 35.0)
    spacing, shape = 220 / size, (size, size)
    plan = _Plan(shape, spacing, fat_mm, share, rng)

    # muscles: each pixel goes to the nearest belly, and thin planes of fat stay between two of them
    which, depth, between = _bellies(plan, thin=share, rng=rng)
    gap = rng.uniform(0.5, 1.0) + 1.6 * share
    muscle = soft(depth / spacing) * (1 - _line(between, gap / 2, spacing))
    which[muscle <= 0.5] = 0
    own = np.append(0, _FATTINESS * share * rng.lognormal(-0.08, 0.4, len(_BELLIES)))  # each muscle its own
    own = np.clip(own, 0, 0.85).astype(np.float32)[which]
    patches, web = smooth_noise(shape, 6 / spacing, rng=rng), np.abs(smooth_noise(shape, 2.2 / spacing, rng=rng))
    fatty = np.clip(own * (0.75 + 0.25 * patches + 1.2 * np.exp(-4 * web)), 0, 0.95)  # marbled: patches and streaks

    image = np.full(shape, -1000, np.float32)
    lay(image, _line(plan.table - plan.down, 0.6, spacing), 120.0)  # the table under the leg
    skin, inside = soft(plan.skin / spacing), soft((plan.skin - 1.8) / spacing)
    lay(image, skin, 40.0)
    lay(image, inside, (_FAT + 8 * smooth_noise(shape, 9 / spacing, rng=rng)).astype(np.float32))
    if oedema:
        web = np.exp(-2.5 * np.abs(smooth_noise(shape, 3.5 / spacing, rng=rng)))
        dependent = 1 / (1 + np.exp(-(plan.down - plan.middle[0]) / 25))
        lay(image, inside * soft(-plan.depth / spacing) * (web * oedema * dependent).astype(np.float32), 15.0)
    lay(image, _line(plan.depth, 0.45, spacing), 35.0)  # the fascia around all muscles
    lay(image, muscle, (_LEAN * (1 - fatty) + _FAT * fatty).astype(np.float32))

    other = np.zeros(shape, bool)
    round_things = [
        (*_VESSELS, 8.0, _FAT, False),
        (_VESSELS[0] - 0.03, _VESSELS[1] + 0.03, rng.uniform(3, 4), 45.0, True),
        (_VESSELS[0] + 0.06, _VESSELS[1] - 0.04, rng.uniform(3.5, 5), 42.0, True),
        (*_NERVE, 5.5, _FAT, False),
        (*_NERVE, rng.uniform(2.4, 3.4), 25.0, True),
    ]
    for down, right, radius, hu, counts in round_things:
        cover = soft((radius - plan.away(down, right)) / spacing)
        lay(image, cover, hu)
        which[cover > 0.5] = 0
        other = (other & (cover <= 0.5)) | (counts & (cover > 0.5))
    saphenous = soft((rng.uniform(1.5, 2.2) - plan.away(-0.25, 1 + 0.4 * fat_mm / 70)) / spacing)
    lay(image, saphenous * inside, 40.0)
    cortex = soft(plan.femur / spacing)
    lay(image, cortex, float(rng.normal(1250, 80) - 400 * share))
    lay(image, soft((plan.femur - plan.cortex) / spacing), float(rng.uniform(-75, 0)))  # marrow

    labels = np.where(inside > 0.5, 1, 0)
    labels[(skin > 0.5) & (inside <= 0.5) | (saphenous > 0.5) & (inside > 0.5) | other] = 4
    labels[which > 0] = 2
    labels[cortex > 0.5] = 3
    which[labels != 2] = 0
    image -= 8 * np.exp(-((plan.femur + 12) ** 2) / 200) * (plan.femur < 0)  # beam hardening around the bone
    image += noise * (0.6 + 0.6 * skin) * smooth_noise(shape, 0.55, rng=rng)
    groups = np.append(0, [group for _, group, _ in _BELLIES])[which]
    return Thigh(image.astype(np.float32), labels, groups, which, spacing, fat_mm, float(share))


class _Plan:
    """Where everything lies: for each pixel, how many mm inside the skin, the muscles' compartment and the femur."""

    def __init__(self, shape, spacing, fat_mm, share, rng):
        middle = (shape[0] - 1) * spacing / 2
        # the whole leg must stay in the field of view, so a fat leg has no giant muscles and lies near the middle
        mean = min(rng.normal(69, 5) * (1 - 0.28 * share), 98 - 1.35 * fat_mm)
        room = min(max(106 - 1.08 * mean - 1.4 * fat_mm, 1.0), 8.0)
        self.middle = [middle + shift for shift in rng.uniform(-room, room, 2).tolist()]
        down, right = np.indices(shape, dtype=np.float32) * np.float32(spacing)
        self.down = down
        y, x = down - self.middle[0], right - self.middle[1]
        y, x = y + _waves(y, x, rng), x + _waves(y, x, rng)  # nothing alive is an ellipse
        turn = math.radians(rng.normal(0, 8))
        y, x = math.cos(turn) * y - math.sin(turn) * x, math.sin(turn) * y + math.cos(turn) * x
        angle, r = np.arctan2(y, x), np.hypot(y, x)
        oval = rng.normal(0.02, 0.03)
        outline = mean * (1 + oval * np.cos(2 * angle) + rng.normal(0, 0.012) * np.cos(3 * angle + rng.uniform(0, 6)))
        thick = fat_mm * (1 + 0.3 * np.cos(angle - rng.normal(0.6, 0.5)) + 0.1 * np.cos(2 * angle + rng.uniform(0, 6)))
        self.depth = outline - r
        rest = self.middle[0] + mean + 0.72 * fat_mm  # the leg lies on the table and is flattened there
        self.table = rest + 5 - 0.0012 * (right - middle) ** 2
        self.skin = -7 * np.logaddexp(-(outline + thick - r) / 7, (down - rest) / 7)  # the lower of both, rounded
        self.depth = np.minimum(self.depth, self.skin - 3)
        self.scale = mean
        self.p, self.q = y / outline, x / outline
        bone = rng.normal(14.2, 0.9)
        self.cortex = rng.uniform(5.5, 7.5) * (1 - 0.5 * share)
        to_the_back = np.arctan2(self.p - _FEMUR[0], self.q - _FEMUR[1]) - 1.7
        spine = 1.8 * np.exp(-((to_the_back / 0.45) ** 2))  # linea aspera
        self.femur = bone + spine - self.away(*_FEMUR)

    def away(self, down, right):
        """Return each pixel's distance in mm from a point of the compartment."""
        return self.scale * np.hypot(self.p - down, self.q - right)


def _bellies(plan, *, thin, rng):
    """Return the muscle at each pixel, how many mm inside all muscles it lies, and how far from the next muscle."""
    first = np.full(plan.p.shape, np.inf, np.float32)
    second, which = first.copy(), np.zeros(plan.p.shape, np.int64)
    for number, (_, _, ellipses) in enumerate(_BELLIES, start=1):
        swell = rng.normal(1, 0.06)
        away = None
        for down, right, tall, wide in ellipses:
            down, right = down + rng.normal(0, 0.015), right + rng.normal(0, 0.015)
            beyond = np.hypot((plan.p - down) / tall, (plan.q - right) / wide)
            beyond = (beyond - swell) * (plan.scale * math.sqrt(tall * wide))
            away = beyond if away is None else np.minimum(away, beyond)
        np.minimum(second, np.maximum(first, away), out=second)
        which[away < first] = number
        np.minimum(first, away, out=first)
    limit = 11.0 - 9.0 * thin  # how far a belly reaches beyond its ellipse where it has no neighbour
    depth = np.minimum.reduce([limit - first, plan.depth - 0.6, -plan.femur - 0.3])
    return which, depth, (second - first) / 2


def _line(depth, half, spacing):
    """Return how much of each pixel a line around an outline covers, `half` mm to either side, however thin."""
    cover = np.clip(0.5 + (half - np.abs(depth)) / spacing, 0, min(1.0, 2 * half / spacing))
    return cover.astype(np.float32)


def _waves(y, x, rng):
    """Return a gentle unevenness of a few mm: five long waves in all directions."""
    total = np.zeros_like(y)
    for _ in range(5):
        direction, phase = rng.uniform(0, 2 * math.pi, 2).tolist()
        steep = 2 * math.pi / rng.uniform(45, 110)
        total += np.sin(steep * math.cos(direction) * y + steep * math.sin(direction) * x + phase)
    return total
