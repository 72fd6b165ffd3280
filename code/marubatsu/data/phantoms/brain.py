"""One slice of one brain: where its surface, cortex, deep grey matter and ventricles lie, and the flow in each."""

import numpy as np

from marubatsu.data.edges import soft
from marubatsu.data.phantoms import anatomy
from marubatsu.data.phantoms.anatomy import Organ
from marubatsu.data.phantoms.shapes import smooth_noise

BRAIN = anatomy.read("brain")
SIDES = (-1, 1)


class Brain:
    """The pixels of a slice in mm of a brain of usual size: `down` behind its middle, `right` to the right of it."""

    def __init__(self, side: int, step: float, rng: np.random.Generator):
        self.step, view = step, BRAIN["field of view"]
        down, right = (np.indices((side, side)) - (side - 1) / 2) * step
        down, right = down - rng.normal(0, view.shift_deviation_mm), right - rng.normal(0, view.shift_deviation_mm)
        turn = np.deg2rad(rng.normal(0, view.turn_deviation_degrees))
        down, right = np.cos(turn) * down - np.sin(turn) * right, np.sin(turn) * down + np.cos(turn) * right
        self.down = down / rng.normal(1, view.size_deviation_share)
        self.right = right / rng.normal(1, view.size_deviation_share)

    @property
    def degrees(self) -> np.ndarray:
        """Return in which direction each pixel lies: 0 in front, 180 behind, the same on both sides."""
        surface = BRAIN["surface"]
        aside = np.abs(self.right) / surface.half_width_mm
        return np.degrees(np.arctan2(aside, -self.down / surface.half_length_mm))

    def flow(self, left_over: np.ndarray, rng: np.random.Generator) -> np.ndarray:
        """Return the flow before the camera blurs it; `left_over` is what is left of the cortex's flow."""
        usual, ventricles, third = BRAIN["flow"], BRAIN["ventricles"], BRAIN["third ventricle"]
        depth = self._depth(rng)
        wider = rng.uniform(*ventricles.wider_range_times)
        cortex, gyri = self._cortex(depth, rng)
        in_cortex = usual.grey_share * gyri * self._fissures() * left_over
        flow = usual.white_share + cortex * (in_cortex - usual.white_share)
        for side in SIDES:
            for nucleus in BRAIN["deep grey matter"]:
                share = nucleus.flow_share * rng.normal(1, BRAIN["deep grey matter"].deviation_share)
                flow += self._oval(nucleus, side) * (usual.grey_share * share - flow)
            for horn in ventricles:
                flow += self._oval(horn, side, (wider, wider)) * (usual.fluid_share - flow)
        flow += self._oval(third, 1, (1, wider)) * (usual.fluid_share - flow)
        sides = 1 + rng.normal(0, usual.sides_deviation_share) * np.sign(self.right)
        return flow * sides * soft(depth / self.step)

    def _depth(self, rng: np.random.Generator) -> np.ndarray:
        """Return how many mm each pixel lies below the surface."""
        surface = BRAIN["surface"]
        half = surface.half_width_mm * (1 + surface.wider_behind_slope * self.down)
        back, aside = self.down / surface.half_length_mm, self.right / half
        angle = np.arctan2(aside, -back)  # 0 at the front, positive on the right of the picture
        edge = 1 + sum(
            rng.normal(0, surface.uneven_deviation_share / k) * np.cos(k * angle + rng.uniform(0, 6.3))
            for k in range(*surface.uneven_range_times)
        )
        return (edge - np.hypot(back, aside)) * half

    def _cortex(self, depth: np.ndarray, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
        """Return how much of each pixel is cortex, and how its flow differs from gyrus to gyrus."""
        cortex, step = BRAIN["cortex"], self.step
        ribbon = smooth_noise(depth.shape, cortex.ribbon_grain_mm / step, rng=rng)
        ribbon = soft((cortex.ribbon_mm + cortex.ribbon_deviation_mm * ribbon - depth) / step)
        front, behind = -cortex.middle_front_mm - self.down, self.down - cortex.middle_behind_mm
        middle = soft((cortex.middle_half_width_mm - np.abs(self.right)) / step)
        middle = middle * np.maximum(soft(front / step), soft(behind / step))
        gyri = 1 + cortex.gyrus_share * smooth_noise(depth.shape, cortex.gyrus_mm / step, rng=rng)
        gyri = gyri + cortex.lobe_share * smooth_noise(depth.shape, cortex.lobe_mm / step, rng=rng)
        return np.maximum(ribbon, np.maximum(middle, self._insula())), gyri

    def _insula(self) -> np.ndarray:
        insula, step = BRAIN["insula"], self.step
        away = np.hypot(self.right / insula.column_times, (self.down + insula.row_mm) / insula.row_times)
        cover = soft((insula.half_thickness_mm - np.abs(away - insula.away_mm)) / step)
        return cover * soft((insula.half_length_mm - np.abs(self.down)) / step)

    def _fissures(self) -> np.ndarray:
        """Return what the fissures leave of the flow."""
        middle, sylvian = BRAIN["fissure between the halves"], BRAIN["Sylvian fissure"]
        left = 1 - middle.lost_share * soft((middle.half_width_mm - np.abs(self.right)) / self.step)
        for side in SIDES:
            left *= 1 - sylvian.lost_share * self._oval(sylvian, side)
        return left

    def _oval(self, organ: Organ, side: int, times: tuple[float, float] = (1, 1)) -> np.ndarray:
        """Return how much of each pixel an organ covers that is a turned ellipse, on one side, grown so many times."""
        (row, column), (tall, wide) = organ.centre_mm, organ.radii_mm
        turn = np.deg2rad(side * organ.turn_degrees)
        tall, wide = tall * times[0], wide * times[1]
        back, out = self.down - row, self.right - side * column
        along, across = np.cos(turn) * back - np.sin(turn) * out, np.sin(turn) * back + np.cos(turn) * out
        return soft((1 - np.hypot(along / tall, across / wide)) * min(tall, wide) / self.step)
