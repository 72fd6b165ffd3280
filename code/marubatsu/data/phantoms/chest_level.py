"""One slice through one chest before it is painted: its measures at that depth, and the outlines that organs share."""

import numpy as np

from marubatsu.data.phantoms.chest_body import CHEST, Body
from marubatsu.data.phantoms.plane import Plane, Window
from marubatsu.data.phantoms.shapes import Point, lay

SIDES = (-1, 1)  # right, left


class Level:
    """What all painters of a slice need, and the image that they paint."""

    def __init__(self, body: Body, depth: float, plane: Plane, grain: np.ndarray):
        self.body, self.depth, self.plane, self.grain = body, depth, plane, grain
        self.image = np.full((plane.size, plane.size), CHEST["field of view"].air_hu, np.float32)  # HU
        self.angle = np.arctan2(np.abs(plane.columns), plane.rows)  # round the body: 0 behind, pi in front
        cage = CHEST["cage"]
        self.half_width = body.half_width + cage.sway_mm * body.sway("width of the cage", depth)
        self.half_depth = body.half_depth + cage.sway_mm * body.sway("depth of the cage", depth)
        self.cage = plane.ellipse((0, 0), (self.half_depth, self.half_width), power=cage.power)  # mm inside the ribs
        self.spine = CHEST["vertebra"].row_depth_share * self.half_depth, 0.0  # the middle of the vertebra
        self.diameter = body.aorta_diameter(depth)
        self.aorta = self._before_the_spine()

    def _before_the_spine(self) -> tuple[float, float]:
        """Return the middle of the aorta: it lies before and left of the spine, and just touches it."""
        aorta = CHEST["aorta"]
        angle = np.deg2rad(aorta.around_degrees + aorta.around_sway_degrees * self.body.sway("aorta", self.depth))
        away = aorta.from_spine_mm + self.diameter / 2
        return self.spine[0] - away * float(np.sin(angle)), self.spine[1] + away * float(np.cos(angle))

    def from_spine(self, centre: tuple[float, float], side: int = 1) -> tuple[float, float]:
        """Return a place that is given from the middle of the vertebra, on the left (1) or mirrored (−1)."""
        return self.spine[0] + centre[0], self.spine[1] + side * centre[1]

    def lay(self, cover: np.ndarray, value: float | np.ndarray) -> None:
        """Paint a tissue of so many HU over the whole slice, as far as it covers each pixel."""
        lay(self.image, cover, value)

    def put(
        self, centre: Point, radii: tuple[float, float], value: float, *, turn: float = 0.0, power: float = 2.0
    ) -> tuple[Window, np.ndarray]:
        """Paint an ellipse of one value; return its place and its cover."""
        return self.plane.put(self.image, centre, radii, value, turn=turn, power=power)
