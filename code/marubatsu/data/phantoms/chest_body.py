"""One chest: its measures drawn once from chance, and how they change from slice to slice (all in mm)."""

from dataclasses import dataclass

import numpy as np

from marubatsu.data.phantoms.lung_vessels import grow_tree

RIB_PITCH = 25.0  # mm from one rib to the next, along the body
RIB_DROP = 41.0  # mm that a rib falls for each radian from the spine to the front


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
    wave: np.ndarray  # (6, 2) phases and sizes of the slow changes along the body
    trees: tuple[np.ndarray, ...]

    def sway(self, number: int, depth: float, length: float = 90.0) -> float:
        """Return a slow change along the body, about −1 to 1, 0 at depth 0."""
        phase, size = self.wave[number]
        return float(size * (np.sin(2 * np.pi * depth / length + phase) - np.sin(phase)))

    def aorta_diameter(self, depth: float) -> float:
        """Return the diameter of the descending aorta there: it tapers to the feet, and an aneurysm adds to it."""
        more, at, long = self.bulge
        return self.aorta * (1 - 0.0006 * depth) + more * float(np.exp(-0.5 * ((depth - at) / long) ** 2))


def new_body(*, rng: np.random.Generator, diameter: float | None, bulge: bool, span: tuple[float, float]) -> Body:
    """Return a new chest; its vessels reach over the slices from span[0] to span[1] mm."""
    normal = rng.standard_normal
    half_width = float(np.clip(127 + 8 * normal(), 112, 142))
    half_depth = float(np.clip(0.66 * half_width + 5 * normal(), 72, 98))
    fat = float(np.clip(rng.gamma(4.0, 4.0), 6, 30))
    size = half_width / 127
    length = float(np.clip(59 * size * (1 + 0.08 * normal()), 48, 72))
    heart = (length, length * float(rng.uniform(0.7, 0.8)), float(rng.uniform(26, 44)))
    aorta = float(np.clip(26 + 4.5 * normal(), 18, 40)) if diameter is None else float(diameter)
    more = float(rng.uniform(6, 14)) if bulge else 0.0
    trees = []
    for side in (-1, 1):
        trees += [_tree(side, half_width, half_depth, span, rng, to_heart=veins) for veins in (False, True)]
    return Body(
        half_width=half_width,
        half_depth=half_depth,
        fat=fat,
        muscle=float(np.clip(17 + 3 * normal(), 11, 24)),
        breast=float(rng.uniform(14, 34)) if rng.random() < 0.4 else 0.0,
        heart=heart,
        heart_centre=(float(-0.30 * half_depth + 3 * normal()), float(22 * size + 4 * normal())),
        aorta=aorta,
        bulge=(more, float(rng.uniform(0.3, 0.7) * (span[1] - span[0]) + span[0]) if bulge else 0.0, 16.0),
        calcified=float(rng.uniform(0.1, 0.35)) if rng.random() < 0.3 else 0.0,
        ribs=tuple(rng.uniform(0, RIB_PITCH, 2).tolist()),
        scapula=float(rng.uniform(-30, 40)),
        noise=float(rng.uniform(9, 17)),
        wave=np.column_stack([rng.uniform(0, 2 * np.pi, 6), rng.uniform(0.3, 1.0, 6)]),
        trees=tuple(trees),
    )


def _tree(side, half_width, half_depth, span, rng, to_heart):
    """Return one tree of one lung: its ends are spread over the lung, from 40 mm above the slices to 40 mm below."""
    low, high = span[0] - 40.0, span[1] + 40.0
    count = int(6.0 * (high - low))
    angle, out = rng.uniform(0, 2 * np.pi, count), np.sqrt(rng.uniform(0.0, 1, count))
    ends = np.column_stack(
        [
            rng.uniform(low, high, count),
            0.04 * half_depth + 0.93 * half_depth * out * np.sin(angle),
            side * (0.56 * half_width + 0.40 * half_width * out * np.cos(angle)),
        ]
    )
    depth = np.arange(low, high + 1, 16.0)
    row = rng.uniform(6, 18) - 9 * to_heart + 3 * np.sin(depth / 30 + rng.uniform(0, 6))
    hilum = np.column_stack([depth, row, side * (47 + 5 * to_heart + rng.uniform(-4, 4) + 3 * np.sin(depth / 25))])
    tree = grow_tree(hilum, ends, rng=rng)
    if not to_heart:
        return tree
    veins = [  # they enter the left atrium from both sides
        [at, 4.0, side * 22.0, at + rng.uniform(-6, 6), row[0] + rng.uniform(-3, 6), side * 53.0, 5.5, 4.0]
        for at in np.arange(low + rng.uniform(0, 20), high, 34.0)
    ]
    return np.concatenate([tree[len(hilum) - 1 :], veins])
