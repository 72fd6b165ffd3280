"""One thigh on CT: skin, a ring of fat, the femur, and twelve muscles between thin planes of fat, as a slice in HU.

What is bright like muscle is not always muscle (skin, vessels, a nerve), and old muscle is darker than young: fat lies
between its fibres. That is why no threshold can be right everywhere.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from marubatsu.checks import between, chance, whole
from marubatsu.data.edges import soft
from marubatsu.data.phantoms.anatomy import Organ
from marubatsu.data.phantoms.shapes import lay, smooth_noise
from marubatsu.data.phantoms.thigh_plan import THIGH_ANATOMY, ThighPlan

THIGH = ("air", "fat", "muscle", "bone", "other")
"""The tissues behind `labels`; skin, vessels and the nerve are "other"."""
GROUPS = ("none", "quadriceps", "hamstrings", "medial")
"""The groups of muscles behind `groups`; adductors, gracilis and sartorius are "medial"."""
MUSCLES = ("none", *(muscle.name for muscle in THIGH_ANATOMY["muscles"]))
"""The muscles behind `muscles`, in the order of the anatomy file."""
AIR, FAT, MUSCLE, BONE, OTHER = range(len(THIGH))


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
    chance("thigh", rng)
    size = whole("thigh", "size", size, 32)
    fat_mm, infiltration = _fat(fat_mm, infiltration, rng)
    oedema, noise = between("thigh", "oedema", oedema, 0, 1), between("thigh", "noise", noise, 0, 200)
    view, scanner = THIGH_ANATOMY["field of view"], THIGH_ANATOMY["scanner"]
    group_of = np.array([0, *map(_group, THIGH_ANATOMY["muscles"])])
    plan = ThighPlan(size, view.side_mm / size, fat_mm, infiltration, rng)

    which, muscle = _muscles(plan, rng)
    fatty = _fattiness(plan, which, rng)
    image = np.full((size, size), view.air_hu, np.float32)
    skin, inside = _paint_skin_and_fat(image, plan, oedema, rng)
    lean, fat = THIGH_ANATOMY["muscle"].hu, THIGH_ANATOMY["fat under the skin"].hu
    lay(image, muscle, (lean * (1 - fatty) + fat * fatty).astype(np.float32))
    other = _paint_bundles(image, plan, which, rng)
    saphenous = _paint_saphenous_vein(image, plan, inside, rng)
    bone = _paint_femur(image, plan, rng)

    labels = np.where(inside > 0.5, FAT, AIR)
    labels[(skin > 0.5) & (inside <= 0.5) | (saphenous > 0.5) & (inside > 0.5) | other] = OTHER
    labels[which > 0] = MUSCLE
    labels[bone > 0.5] = BONE
    which[labels != MUSCLE] = 0
    share = scanner.noise_air_share + scanner.noise_leg_share * skin
    image += noise * share * smooth_noise(image.shape, scanner.grain_pixels, rng=rng)
    return Thigh(image.astype(np.float32), labels, group_of[which], which, plan.spacing, fat_mm, infiltration)


def _fat(fat_mm: float | None, infiltration: float | None, rng: np.random.Generator) -> tuple[float, float]:
    """Return the thickness of the fat under the skin and the share of fat in muscle: as asked for, or by chance."""
    skin, muscle = THIGH_ANATOMY["fat under the skin"], THIGH_ANATOMY["fat in muscle"]
    if fat_mm is None:
        fat_mm = float(rng.gamma(skin.shape_times, skin.scale_mm)) + skin.least_mm
    else:
        fat_mm = between("thigh", "fat_mm", fat_mm, skin.least_mm, skin.most_mm)
    drawn = muscle.least_share + muscle.more_share * rng.beta(muscle.shape_times, muscle.other_shape_times)
    if infiltration is not None:
        drawn = between("thigh", "infiltration", infiltration, 0, 0.6)
    return min(fat_mm, skin.most_mm), float(drawn)


def _group(muscle: Organ) -> int:
    """Return the place in GROUPS of the group that a muscle belongs to."""
    if muscle.group not in GROUPS[1:]:
        raise ValueError(
            f"anatomy: thigh.toml [muscles] [{muscle.name}] group must be one of {', '.join(GROUPS[1:])}, but "
            f"{muscle.group!r} came."
        )
    return GROUPS.index(muscle.group)


def _muscles(plan: ThighPlan, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Return the muscle of each pixel, and how much of it is muscle: thin planes of fat stay between two of them."""
    muscle = THIGH_ANATOMY["muscle"]
    which, depth, gaps = plan.bellies(rng)
    gap = rng.uniform(*muscle.gap_range_mm) + muscle.gap_fatty_mm * plan.infiltration
    cover = soft(depth / plan.spacing) * (1 - _line(gaps, gap / 2, plan.spacing))
    which[cover <= 0.5] = 0
    return which, cover


def _fattiness(plan: ThighPlan, which: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Return the share of fat in each pixel of muscle: marbled, in patches and streaks, each muscle its own."""
    fat, muscles, spacing = THIGH_ANATOMY["fat in muscle"], THIGH_ANATOMY["muscles"], plan.spacing
    usual = np.array([getattr(fat, f"{muscle.group}_times") for muscle in muscles]) * plan.infiltration
    own = np.append(0, usual * rng.lognormal(fat.muscle_mean_share, fat.muscle_deviation_share, len(muscles)))
    own = np.clip(own, 0, fat.most_in_muscle_share).astype(np.float32)[which]
    patches = smooth_noise(which.shape, fat.patch_mm / spacing, rng=rng)
    streaks = np.exp(-fat.streak_sharp_times * np.abs(smooth_noise(which.shape, fat.streak_mm / spacing, rng=rng)))
    marbled = fat.even_share + fat.patch_share * patches + fat.streak_share * streaks
    return np.clip(own * marbled, 0, fat.most_share)


def _paint_skin_and_fat(
    image: np.ndarray, plan: ThighPlan, oedema: float, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """Paint the table, skin, fat and fascia; return how much of each pixel lies within the skin, and beneath it."""
    table, fascia, spacing = THIGH_ANATOMY["table"], THIGH_ANATOMY["fascia"], plan.spacing
    skin, fat = THIGH_ANATOMY["skin"], THIGH_ANATOMY["fat under the skin"]
    lay(image, _line(plan.table - plan.down, table.half_thickness_mm, spacing), table.hu)
    whole, inside = soft(plan.skin / spacing), soft((plan.skin - skin.thickness_mm) / spacing)
    lay(image, whole, skin.hu)
    grain = smooth_noise(image.shape, fat.grain_mm / spacing, rng=rng)
    lay(image, inside, (fat.hu + fat.grain_hu * grain).astype(np.float32))
    if oedema:
        _paint_oedema(image, plan, inside, oedema, rng)
    lay(image, _line(plan.depth, fascia.half_thickness_mm, spacing), fascia.hu)
    return whole, inside


def _paint_oedema(
    image: np.ndarray, plan: ThighPlan, inside: np.ndarray, oedema: float, rng: np.random.Generator
) -> None:
    """Paint water in the septa of the fat under the skin."""
    water = THIGH_ANATOMY["oedema"]
    web = np.abs(smooth_noise(image.shape, water.web_mm / plan.spacing, rng=rng))
    septa = np.exp(-water.sharp_times * web)
    dependent = 1 / (1 + np.exp(-(plan.down - plan.middle[0]) / water.lower_mm))
    under_skin = inside * soft(-plan.depth / plan.spacing)
    lay(image, under_skin * (septa * oedema * dependent).astype(np.float32), water.hu)


def _paint_bundles(image: np.ndarray, plan: ThighPlan, which: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Paint vessels and nerve, each bundle in its fat, and take them out of the muscles; return where they are."""
    other = np.zeros(image.shape, bool)
    for row, column, radius, hu, counts in _round_things(rng):
        cover = soft((radius - plan.away(row, column)) / plan.spacing)
        lay(image, cover, hu)
        which[cover > 0.5] = 0
        other = (other & (cover <= 0.5)) | (counts & (cover > 0.5))
    return other


def _round_things(rng: np.random.Generator) -> Iterator[tuple[float, float, float, float, bool]]:
    """Give row and column (shares), radius (mm) and HU of each sheath and of what lies in it, and which it is."""
    for bundle in THIGH_ANATOMY["bundles"]:
        row, column = bundle.centre_share
        yield row, column, bundle.sheath_mm, THIGH_ANATOMY["fat under the skin"].hu, False
        for each in bundle:
            down, right = each.centre_share
            yield row + down, column + right, rng.uniform(*each.radius_range_mm), each.hu, True


def _paint_saphenous_vein(
    image: np.ndarray, plan: ThighPlan, inside: np.ndarray, rng: np.random.Generator
) -> np.ndarray:
    """Paint the great saphenous vein in the fat under the skin; return how much of each pixel it covers."""
    vein = THIGH_ANATOMY["great saphenous vein"]
    column = vein.column_share + vein.column_fat_share * plan.fat_mm / vein.usual_radius_mm
    cover = soft((rng.uniform(*vein.radius_range_mm) - plan.away(vein.row_share, column)) / plan.spacing)
    lay(image, cover * inside, vein.hu)
    return cover


def _paint_femur(image: np.ndarray, plan: ThighPlan, rng: np.random.Generator) -> np.ndarray:
    """Paint cortex and marrow, and the shadow around them; return how much of each pixel is bone."""
    femur, scanner = THIGH_ANATOMY["femur"], THIGH_ANATOMY["scanner"]
    cover = soft(plan.femur / plan.spacing)
    hardness = rng.normal(femur.cortex_mean_hu, femur.cortex_deviation_hu) - femur.cortex_lost_hu * plan.infiltration
    lay(image, cover, float(hardness))
    lay(image, soft((plan.femur - plan.cortex) / plan.spacing), float(rng.uniform(*femur.marrow_range_hu)))
    away = (plan.femur + scanner.hardening_away_mm) ** 2 / scanner.hardening_width_times
    image -= scanner.hardening_hu * np.exp(-away) * (plan.femur < 0)
    return cover


def _line(depth: np.ndarray, half: float, spacing: float) -> np.ndarray:
    """Return how much of each pixel a line around an outline covers, `half` mm to either side, however thin."""
    cover = np.clip(0.5 + (half - np.abs(depth)) / spacing, 0, min(1.0, 2 * half / spacing))
    return cover.astype(np.float32)
