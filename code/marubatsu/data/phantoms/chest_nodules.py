"""Nodules in a lung: balls whose outline is smooth, lobulated or spiculated, placed so that none touches another."""

from dataclasses import dataclass

import numpy as np
from scipy import ndimage

from marubatsu.data.phantoms.shapes import lay


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
    malignant = bool(rng.random() < 0.5)
    low, mode, high = (6, 10, 20) if malignant else (4, 6, 16)
    radius = 0.5 * rng.triangular(low, mode, high)
    height = rng.uniform(0.04, 0.11) if malignant else rng.uniform(0.0, 0.045)
    waves = tuple((n, height * rng.standard_normal() * 3 / (n + 1), rng.uniform(0, 2 * np.pi)) for n in range(2, 7))
    number = int(rng.integers(5, 11)) if malignant and rng.random() < 0.6 else 0
    spikes = tuple((rng.uniform(0, 2 * np.pi), rng.uniform(1.5, 5)) for _ in range(number))
    core = float(rng.uniform(180, 420)) if not malignant and rng.random() < 0.2 else 0.0
    value = rng.uniform(-60, 45) if malignant else rng.uniform(-20, 60)
    return Ball(depth, 0.0, 0.0, radius, malignant, waves, spikes, float(value), core)


def plan_nodules(section, plane, count: int, *, rng: np.random.Generator, depth: float = 0.0, taken=()) -> list[Ball]:
    """Return so many nodules with places in the lungs of a section, none touching the other, the wall or a hilum.

    Raises
    ------
    ValueError
        If there is no room for so many.
    """
    room = section.lung_depth - 14 * ndimage.maximum_filter(
        section.covers["vessels"] * (ndimage.uniform_filter(section.covers["vessels"], 5) > 0.7), 5
    )
    placed = [*taken]
    for number in range(count):
        ball = new_ball(depth, rng=rng)
        for _ in range(60):
            free = room > 1.25 * ball.radius + 3.0
            for other in placed:
                apart = 1.3 * (ball.radius + other.radius) + 6 + 2 * plane.spacing
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


def add_nodules(section, plane, balls: list[Ball], depth: float) -> tuple[tuple[Nodule, ...], np.ndarray]:
    """Draw the nodules that a slice cuts; return what they are, and the mask of all of them (H, W)."""
    mask = np.zeros(section.image.shape, bool)
    found = []
    for ball in balls:
        share = 1 - ((ball.depth - depth) / ball.radius) ** 2
        if share <= 0:
            continue
        radius = ball.radius * np.sqrt(share)
        where = plane.window((ball.row, ball.column), 1.6 * ball.radius + 8)
        down, right = plane.rows[where[0]] - np.float32(ball.row), plane.columns[:, where[1]] - np.float32(ball.column)
        away, angle = np.sqrt(down * down + right * right), np.arctan2(down, right)
        outline = 1.0 + sum(size * np.cos(n * angle + turn) for n, size, turn in ball.waves)
        inside = radius * outline - away
        cover = plane.cover(inside)
        image = section.image[where]
        for turn, length in ball.spikes:
            along = right * np.cos(turn) + down * np.sin(turn)
            across = np.abs(down * np.cos(turn) - right * np.sin(turn))
            thin = plane.cover(0.7 - across) * np.clip((radius + length - along) / length, 0, 1) * (along > 0)
            lay(image, thin * 0.9 * np.sqrt(share), -60)
        lay(image, cover, ball.value)
        if ball.core:
            lay(image, plane.cover(0.55 * radius - away), ball.core)
        here = cover >= 0.5
        if not here.any():
            continue
        mask[where] |= here
        rows, columns = np.nonzero(here)
        top, left = where[0].start, where[1].start
        box = (top + rows.min(), left + columns.min(), top + rows.max() + 1, left + columns.max() + 1)
        found.append(
            Nodule(
                float(top + rows.mean()),
                float(left + columns.mean()),
                float(2 * np.sqrt(cover.sum() / np.pi) * plane.spacing),
                ball.malignant,
                tuple(int(edge) for edge in box),
            )
        )
    return tuple(found), mask
