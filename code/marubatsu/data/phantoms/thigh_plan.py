"""Where everything lies in one thigh: for each pixel, how many mm inside the skin, the muscles and the femur."""

import math

import numpy as np

from marubatsu.data.phantoms import anatomy
from marubatsu.data.phantoms.anatomy import Organ

THIGH_ANATOMY = anatomy.read("thigh")


class ThighPlan:
    """The outlines of one leg, drawn from chance, before anything is painted.

    `row` and `column` are each pixel's place in the muscles' compartment, as shares of its radius; `skin`, `depth` and
    `femur` say how many mm it lies inside the skin, the compartment and the femur; `table` is how many mm below the
    upper edge the table is.
    """

    def __init__(self, size: int, spacing: float, fat_mm: float, infiltration: float, rng: np.random.Generator):
        self.spacing, self.fat_mm, self.infiltration = spacing, fat_mm, infiltration
        centre = (size - 1) * spacing / 2
        self.down, right = np.indices((size, size), dtype=np.float32) * np.float32(spacing)
        self._place(centre, rng)
        row, column = self._turned(self.down - self.middle[0], right - self.middle[1], rng)
        outline, thick = self._outlines(np.arctan2(row, column), rng)
        self._lie_down(outline, thick, np.hypot(row, column), right - centre)
        self.row, self.column = row / outline, column / outline
        self._grow_femur(rng)

    def _place(self, centre: float, rng: np.random.Generator) -> None:
        """Choose radius and middle: the whole leg must stay in view, so a fat leg has no giant muscles."""
        leg, fat = THIGH_ANATOMY["leg"], self.fat_mm
        radius = rng.normal(leg.radius_mean_mm, leg.radius_deviation_mm) * (1 - leg.wasted_share * self.infiltration)
        self.radius = min(radius, leg.largest_radius_mm - leg.largest_radius_fat_slope * fat)
        least, most = leg.room_range_mm
        room = leg.room_mm - leg.room_radius_slope * self.radius - leg.room_fat_slope * fat
        room = min(max(room, least), most)
        self.middle = [centre + shift for shift in rng.uniform(-room, room, 2).tolist()]

    def _turned(self, row: np.ndarray, column: np.ndarray, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
        """Return how many mm each pixel lies behind the middle of the leg and inwards, along the leg's own axes."""
        row, column = row + _waves(row, column, rng), column + _waves(row, column, rng)
        turn = math.radians(rng.normal(0, THIGH_ANATOMY["leg"].turn_deviation_degrees))
        cos, sin = math.cos(turn), math.sin(turn)
        return cos * row - sin * column, sin * row + cos * column

    def _outlines(self, angle: np.ndarray, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
        """Return, in the direction of each pixel, the radius of the compartment and the thickness of the fat."""
        leg, fat = THIGH_ANATOMY["leg"], THIGH_ANATOMY["fat under the skin"]
        oval = rng.normal(leg.oval_mean_share, leg.oval_deviation_share) * np.cos(2 * angle)
        three_sided = rng.normal(0, leg.three_sided_deviation_share) * np.cos(3 * angle + rng.uniform(0, 6))
        outline = self.radius * (1 + oval + three_sided)
        front = rng.normal(fat.front_mean_radians, fat.front_deviation_radians)
        thick = 1 + fat.front_share * np.cos(angle - front)
        thick = self.fat_mm * (thick + fat.oval_share * np.cos(2 * angle + rng.uniform(0, 6)))
        return outline, thick

    def _lie_down(self, outline: np.ndarray, thick: np.ndarray, away: np.ndarray, aside: np.ndarray) -> None:
        """Lay the leg on the table, which flattens the fat there."""
        leg, table = THIGH_ANATOMY["leg"], THIGH_ANATOMY["table"]
        rest, edge = self.middle[0] + self.radius + leg.resting_fat_share * self.fat_mm, leg.flattened_mm
        self.table = rest + table.below_mm - table.sag_bend * aside**2
        # the lower of both, rounded
        self.skin = -edge * np.logaddexp(-(outline + thick - away) / edge, (self.down - rest) / edge)
        self.depth = np.minimum(outline - away, self.skin - THIGH_ANATOMY["skin"].least_fat_mm)

    def _grow_femur(self, rng: np.random.Generator) -> None:
        """Choose the femur: round, with the linea aspera behind."""
        femur = THIGH_ANATOMY["femur"]
        row, column = femur.centre_share
        radius = rng.normal(femur.radius_mean_mm, femur.radius_deviation_mm)
        self.cortex = rng.uniform(*femur.cortex_range_mm) * (1 - femur.cortex_thinner_share * self.infiltration)
        aside = np.arctan2(self.row - row, self.column - column) - femur.linea_aspera_radians
        ridge = femur.linea_aspera_mm * np.exp(-((aside / femur.linea_aspera_wide_radians) ** 2))
        self.femur = radius + ridge - self.away(row, column)

    def away(self, row: float, column: float) -> np.ndarray:
        """Return each pixel's distance in mm from a point of the compartment."""
        return self.radius * np.hypot(self.row - row, self.column - column)

    def bellies(self, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Return the muscle at each pixel, how many mm inside all muscles it lies, and how far from the next muscle."""
        first = np.full(self.row.shape, np.inf, np.float32)
        second, which = first.copy(), np.zeros(self.row.shape, np.int64)
        for number, muscle in enumerate(THIGH_ANATOMY["muscles"], start=1):
            away = self._from_muscle(muscle, rng)
            np.minimum(second, np.maximum(first, away), out=second)
            which[away < first] = number
            np.minimum(first, away, out=first)
        usual = THIGH_ANATOMY["muscle"]
        limit = usual.reach_mm - usual.reach_wasted_mm * self.infiltration
        within = self.depth - usual.below_fascia_mm, -self.femur - usual.beside_femur_mm
        return which, np.minimum.reduce([limit - first, *within]), (second - first) / 2

    def _from_muscle(self, muscle: Organ, rng: np.random.Generator) -> np.ndarray:
        """Return how many mm each pixel lies outside the nearest belly of a muscle."""
        usual, bellies = THIGH_ANATOMY["muscle"], []
        swell = rng.normal(1, usual.swell_deviation_share)
        for belly in muscle:
            (row, column), (tall, wide) = belly.centre_share, belly.radii_share
            row, column = (place + rng.normal(0, usual.place_deviation_share) for place in (row, column))
            beyond = np.hypot((self.row - row) / tall, (self.column - column) / wide)
            bellies.append((beyond - swell) * (self.radius * math.sqrt(tall * wide)))
        return np.minimum.reduce(bellies)


def _waves(row: np.ndarray, column: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Return a gentle unevenness of a few mm: some long waves in all directions."""
    leg, total = THIGH_ANATOMY["leg"], np.zeros_like(row)
    for _ in range(leg.waves_times):
        direction, phase = rng.uniform(0, 2 * math.pi, 2).tolist()
        steep = 2 * math.pi / rng.uniform(*leg.wave_length_range_mm)
        total += np.sin(steep * math.cos(direction) * row + steep * math.sin(direction) * column + phase)
    return total
