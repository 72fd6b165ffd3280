"""Nodules in a lung: balls whose outline is smooth, lobulated or spiculated, placed so that none touches another."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import ndimage

from marubatsu.data.phantoms.anatomy import Organ
from marubatsu.data.phantoms.chest_body import CHEST
from marubatsu.data.phantoms.chest_section import Section
from marubatsu.data.phantoms.plane import Plane, Window
from marubatsu.data.phantoms.shapes import lay

_NODULES = CHEST["nodules"]
HOW_MANY = (0.3, 0.28, 0.2, 0.14, 0.08)
"""How frequent 0, 1, 2, 3 and 4 nodules are where nobody says how many."""


@dataclass(frozen=True)
class Nodule:
    """One nodule in a slice."""

    row: float
    """Its middle, in pixels from the top."""
    column: float
    """Its middle, in pixels from the left."""
    diameter_mm: float
    """Of the disc of the same area, in mm."""
    malignant: bool
    """Whether it is drawn as malignant ones often look, lobulated, spiculated, larger. The kinds overlap."""
    box: tuple[int, int, int, int]
    """Top, left, bottom, right, so that `image[top:bottom, left:right]` holds it and touches it on all four sides."""


@dataclass(frozen=True)
class Ball:
    """A nodule before it is cut by a slice; all in mm."""

    depth: float
    row: float
    column: float
    radius: float
    malignant: bool
    waves: tuple[tuple[int, float, float], ...]  # of the outline: how many, how high, turned by
    spikes: tuple[tuple[float, float], ...]  # angle and length beyond the outline
    value: float
    core: float  # HU of a calcified core; 0 for none


def new_ball(depth: float, *, rng: np.random.Generator) -> Ball:
    """Return a nodule of 4 to 20 mm, benign or malignant in looks, at row 0, column 0."""
    malignant = bool(rng.random() < _NODULES.malignant_share)
    looks = _NODULES["malignant" if malignant else "benign"]
    smallest, largest = looks.diameter_range_mm
    radius = 0.5 * rng.triangular(smallest, looks.diameter_usual_mm, largest)
    height = rng.uniform(*looks.wave_range_share)
    waves = tuple((n, height * rng.standard_normal() * 3 / (n + 1), rng.uniform(0, 2 * np.pi)) for n in range(2, 7))
    spikes = _spicules(looks, rng) if malignant else ()
    calcified = not malignant and rng.random() < looks.core_frequency_share
    core = float(rng.uniform(*looks.core_range_hu)) if calcified else 0.0
    value = float(rng.uniform(*looks.hu_range_hu))
    return Ball(depth, 0.0, 0.0, radius, malignant, waves, spikes, value, core)


def _spicules(looks: Organ, rng: np.random.Generator) -> tuple[tuple[float, float], ...]:
    """Return angle and length of each spicule; not every malignant nodule has them."""
    number = int(rng.integers(*looks.spicules_range_times)) if rng.random() < looks.spicules_frequency_share else 0
    return tuple((rng.uniform(0, 2 * np.pi), rng.uniform(*looks.spicule_length_range_mm)) for _ in range(number))


def plan_nodules(
    section: Section,
    plane: Plane,
    count: int,
    *,
    rng: np.random.Generator,
    depth: float = 0.0,
    taken: Sequence[Ball] = (),
) -> list[Ball]:
    """Return so many nodules with places in the lungs of a section, none touching the other, the wall or a hilum.

    Raises
    ------
    ValueError
        If there is no room for so many.
    """
    room = section.lung_depth - _NODULES.hilum_mm * ndimage.maximum_filter(
        section.covers["vessels"] * (ndimage.uniform_filter(section.covers["vessels"], 5) > 0.7), 5
    )
    placed = [*taken]
    for number in range(count):
        ball = new_ball(depth, rng=rng)
        for _ in range(60):
            free = room > _NODULES.room_share * ball.radius + _NODULES.room_mm
            for other in placed:
                apart = _NODULES.apart_share * (ball.radius + other.radius) + _NODULES.apart_mm + 2 * plane.spacing
                free = free & (np.hypot(plane.rows - other.row, plane.columns - other.column) > apart)
            places = np.flatnonzero(free)
            if len(places):
                break
            ball = new_ball(depth, rng=rng)
        else:
            raise ValueError(
                f"chest: nodules: {count} were asked for, but after {number} there is no room in the lungs "
                "for one more. Ask for fewer."
            )
        row, column = np.unravel_index(places[rng.integers(len(places))], room.shape)
        jitter = rng.uniform(-0.5, 0.5, 2) * plane.spacing
        placed.append(
            Ball(
                ball.depth,
                float(plane.rows[row, 0] + jitter[0]),
                float(plane.columns[0, column] + jitter[1]),
                *list(vars(ball).values())[3:],
            )
        )
    return placed[len(taken) :]


def add_nodules(
    section: Section, plane: Plane, balls: list[Ball], depth: float
) -> tuple[tuple[Nodule, ...], np.ndarray]:
    """Draw the nodules that a slice cuts; return what they are, and the mask of all of them (H, W)."""
    mask = np.zeros(section.image.shape, bool)
    found = []
    for ball in balls:
        share = 1 - ((ball.depth - depth) / ball.radius) ** 2
        if share <= 0:
            continue
        where = plane.window((ball.row, ball.column), 1.6 * ball.radius + 8)
        cover = _paint_ball(section.image[where], plane, where, ball, share)
        here = cover >= 0.5
        if here.any():
            mask[where] |= here
            found.append(_measured(cover, here, where, ball.malignant, plane.spacing))
    return tuple(found), mask


def _paint_ball(image: np.ndarray, plane: Plane, where: Window, ball: Ball, share: float) -> np.ndarray:
    """Paint the part of a nodule that a slice cuts; return how much of each pixel it covers, without its spicules."""
    radius = ball.radius * np.sqrt(share)
    down, right = plane.rows[where[0]] - np.float32(ball.row), plane.columns[:, where[1]] - np.float32(ball.column)
    away, angle = np.sqrt(down * down + right * right), np.arctan2(down, right)
    outline = 1.0 + sum(size * np.cos(n * angle + turn) for n, size, turn in ball.waves)
    cover = plane.cover(radius * outline - away)
    looks = _NODULES["malignant"]
    for turn, length in ball.spikes:
        along = right * np.cos(turn) + down * np.sin(turn)
        across = np.abs(down * np.cos(turn) - right * np.sin(turn))
        tapered = np.clip((radius + length - along) / length, 0, 1) * (along > 0)
        thin = plane.cover(looks.spicule_half_thickness_mm - across) * tapered
        lay(image, thin * looks.spicule_cover_share * np.sqrt(share), looks.spicule_hu)
    lay(image, cover, ball.value)
    if ball.core:
        lay(image, plane.cover(_NODULES["benign"].core_radius_share * radius - away), ball.core)
    return cover


def _measured(cover: np.ndarray, here: np.ndarray, where: Window, malignant: bool, spacing: float) -> Nodule:
    """Return what a nodule is in the slice: its middle, its diameter, its box."""
    rows, columns = np.nonzero(here)
    top, left = where[0].start, where[1].start
    bottom, right = top + rows.max() + 1, left + columns.max() + 1
    return Nodule(
        row=float(top + rows.mean()),
        column=float(left + columns.mean()),
        diameter_mm=float(2 * np.sqrt(cover.sum() / np.pi) * spacing),
        malignant=malignant,
        box=(int(top + rows.min()), int(left + columns.min()), int(bottom), int(right)),
    )
