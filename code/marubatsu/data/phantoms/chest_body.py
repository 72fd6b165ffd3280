"""One chest: its measures drawn once from chance, and how they change from slice to slice (all in mm)."""

from dataclasses import dataclass

import numpy as np

from marubatsu.data.phantoms import anatomy
from marubatsu.data.phantoms.anatomy import Organ
from marubatsu.data.phantoms.lung_vessels import grow_tree

CHEST = anatomy.read("chest")
SWAYS = ("width of the cage", "depth of the cage", "size of the heart", "place of the heart", "aorta", "outline")
"""What changes slowly along the body; the outline is that of the heart."""


@dataclass(frozen=True)
class Body:
    """The measures of one chest. Rows grow to the back, columns to the patient's left, depth to the feet."""

    half_width: float  # of the cage, inside the ribs
    half_depth: float
    fat: float  # under the skin
    muscle: float
    breast: float  # 0: none
    heart: tuple[float, float, float]  # half length, half width, angle in degrees
    heart_centre: tuple[float, float]
    aorta: float  # diameter of the descending aorta in the slice at depth 0, without its bulge
    bulge: tuple[float, float, float]  # an aneurysm: more mm of diameter, at which depth, how long
    calcified: float  # the share of the aorta's wall that is; 0 in the young
    ribs: tuple[float, float]  # where a rib stands, right and left
    scapula: float  # how far down its tip reaches, mm from depth 0
    noise: float  # of the scanner: standard deviation in HU in the middle of the body
    wave: np.ndarray  # (6, 2) phases and sizes of the slow changes along the body, in the order of SWAYS
    trees: tuple[np.ndarray, ...]

    def phase(self, what: str) -> float:
        """Return where one of the slow changes begins, in radians."""
        return float(self.wave[SWAYS.index(what), 0])

    def sway(self, what: str, depth: float, length: float = 90.0) -> float:
        """Return a slow change along the body, about −1 to 1, 0 at depth 0."""
        phase, size = self.wave[SWAYS.index(what)]
        return float(size * (np.sin(2 * np.pi * depth / length + phase) - np.sin(phase)))

    def aorta_diameter(self, depth: float) -> float:
        """Return the diameter of the descending aorta there: it tapers to the feet, and an aneurysm adds to it."""
        more, at, long = self.bulge
        tapered = self.aorta * (1 - CHEST["aorta"].taper_slope * depth)
        return tapered + more * float(np.exp(-0.5 * ((depth - at) / long) ** 2))


def new_body(*, rng: np.random.Generator, diameter: float | None, bulge: bool, span: tuple[float, float]) -> Body:
    """Return a new chest; its vessels reach over the slices from span[0] to span[1] mm."""
    cage, under_skin, muscle = CHEST["cage"], CHEST["fat under the skin"], CHEST["muscles of the wall"]
    half_width = _about(cage.half_width_mean_mm, cage.half_width_deviation_mm, cage.half_width_range_mm, rng)
    usual_depth = cage.depth_width_share * half_width
    half_depth = _about(usual_depth, cage.half_depth_deviation_mm, cage.half_depth_range_mm, rng)
    fat = np.clip(rng.gamma(under_skin.shape_times, under_skin.scale_mm), *under_skin.thickness_range_mm)
    size = half_width / cage.half_width_mean_mm
    heart = _heart(size, rng)
    if diameter is None:
        usual = CHEST["aorta"]
        diameter = _about(usual.diameter_mean_mm, usual.diameter_deviation_mm, usual.diameter_range_mm, rng)
    wider = float(rng.uniform(*CHEST["bulge of the aorta"].wider_range_mm)) if bulge else 0.0
    trees = []
    for side in (-1, 1):
        trees += [_tree(side, half_width, half_depth, span, rng, to_heart=veins) for veins in (False, True)]
    return Body(
        half_width=half_width,
        half_depth=half_depth,
        fat=float(fat),
        muscle=_about(muscle.thickness_mean_mm, muscle.thickness_deviation_mm, muscle.thickness_range_mm, rng),
        breast=_some(CHEST["breasts"].frequency_share, CHEST["breasts"].height_range_mm, rng),
        heart=heart,
        heart_centre=_heart_centre(half_depth, size, rng),
        aorta=float(diameter),
        bulge=(wider, _bulge_place(span, rng) if bulge else 0.0, CHEST["bulge of the aorta"].length_mm),
        calcified=_some(
            CHEST["calcium in the aorta"].frequency_share, CHEST["calcium in the aorta"].wall_range_share, rng
        ),
        ribs=tuple(rng.uniform(0, CHEST["ribs"].pitch_mm, 2).tolist()),
        scapula=float(rng.uniform(*CHEST["shoulder blade"].tip_range_mm)),
        noise=float(rng.uniform(*CHEST["scanner"].noise_range_hu)),
        wave=np.column_stack([rng.uniform(0, 2 * np.pi, len(SWAYS)), rng.uniform(0.3, 1.0, len(SWAYS))]),
        trees=tuple(trees),
    )


def _about(mean: float, deviation: float, limits: tuple[float, float], rng: np.random.Generator) -> float:
    """Return a number about a mean, cut to its limits."""
    return float(np.clip(mean + deviation * rng.standard_normal(), *limits))


def _some(frequency: float, limits: tuple[float, float], rng: np.random.Generator) -> float:
    """Return a number within the limits in so many patients, and 0 in the others."""
    return float(rng.uniform(*limits)) if rng.random() < frequency else 0.0


def _heart(size: float, rng: np.random.Generator) -> tuple[float, float, float]:
    heart = CHEST["heart"]
    usual = heart.half_length_mm * size * (1 + heart.length_deviation_share * rng.standard_normal())
    length = float(np.clip(usual, *heart.half_length_range_mm))
    width = length * float(rng.uniform(*heart.width_range_share))
    return length, width, float(rng.uniform(*heart.turn_range_degrees))


def _heart_centre(half_depth: float, size: float, rng: np.random.Generator) -> tuple[float, float]:
    heart = CHEST["heart"]
    row = float(heart.row_depth_share * half_depth + heart.row_deviation_mm * rng.standard_normal())
    return row, float(heart.column_mm * size + heart.column_deviation_mm * rng.standard_normal())


def _bulge_place(span: tuple[float, float], rng: np.random.Generator) -> float:
    return float(rng.uniform(*CHEST["bulge of the aorta"].place_range_share) * (span[1] - span[0]) + span[0])


def _tree(
    side: int,
    half_width: float,
    half_depth: float,
    span: tuple[float, float],
    rng: np.random.Generator,
    to_heart: bool,
) -> np.ndarray:
    """Return one tree of one lung: its ends are spread over the lung, and over a little more than the slices."""
    trees = CHEST["trees of vessels"]
    low, high = span[0] - trees.beyond_slices_mm, span[1] + trees.beyond_slices_mm
    count = int(trees.ends_slope * (high - low))
    angle, out = rng.uniform(0, 2 * np.pi, count), np.sqrt(rng.uniform(0.0, 1, count))
    column, radius = trees.end_column_width_share * half_width, trees.end_radius_width_share * half_width
    ends = np.column_stack(
        [
            rng.uniform(low, high, count),
            trees.end_row_depth_share * half_depth + trees.end_radius_depth_share * half_depth * out * np.sin(angle),
            side * (column + radius * out * np.cos(angle)),
        ]
    )
    hilum = _hilum(trees, np.arange(low, high + 1, trees.hilum_step_mm), side, to_heart, rng)
    tree = grow_tree(hilum, ends, rng=rng)
    if not to_heart:
        return tree
    return np.concatenate([tree[len(hilum) - 1 :], _veins(low, high, side, hilum[0, 1], rng)])


def _hilum(trees: Organ, depth: np.ndarray, side: int, to_heart: bool, rng: np.random.Generator) -> np.ndarray:
    """Return the points of the trunk that runs down through a hilum; veins lie before the arteries, and further out."""
    row = rng.uniform(*trees.hilum_row_range_mm) - trees.hilum_vein_row_mm * to_heart
    row = row + trees.hilum_row_wave_mm * np.sin(depth / trees.hilum_row_wave_length_mm + rng.uniform(0, 6))
    column = trees.hilum_column_mm + trees.hilum_vein_column_mm * to_heart + rng.uniform(*trees.hilum_column_range_mm)
    column = column + trees.hilum_column_wave_mm * np.sin(depth / trees.hilum_column_wave_length_mm)
    return np.column_stack([depth, row, side * column])


def _veins(low: float, high: float, side: int, row: float, rng: np.random.Generator) -> list[list[float]]:
    """Return the large veins that enter the left atrium from one side, as tubes."""
    veins = CHEST["veins at the heart"]
    return [
        [
            *(at, veins.atrium_row_mm, side * veins.atrium_column_mm),
            *(at + rng.uniform(*veins.lung_depth_range_mm), row + rng.uniform(*veins.lung_row_range_mm)),
            *(side * veins.lung_column_mm, veins.atrium_radius_mm, veins.lung_radius_mm),
        ]
        for at in np.arange(low + rng.uniform(*veins.first_range_mm), high, veins.apart_mm)
    ]
