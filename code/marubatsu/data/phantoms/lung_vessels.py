"""The vessels of a lung: a tree that grows from the hilum to the pleura, and what one slice shows of it."""

import numpy as np

from marubatsu.data.phantoms import anatomy

_TREES = anatomy.read("chest")["trees of vessels"]
LEAF = _TREES.twig_mm  # radius of the last branch that is drawn
TRUNK = _TREES.trunk_mm  # radius of the vessel that runs down through the hilum
BRANCHING = _TREES.branching_power  # r to this power of a parent is the sum over its children
SLAB = 1.25  # mm: half the thickness of a slice


def grow_tree(hilum: np.ndarray, ends: np.ndarray, *, rng: np.random.Generator) -> np.ndarray:
    """Return a tree that reaches every end from the hilum: (M, 8), two points (slice, row, column) and two radii, mm.

    Parameters
    ----------
    hilum : numpy.ndarray
        Shape (K, 3), the points of the trunk, in mm.
    ends : numpy.ndarray
        Shape (N, 3), where branches should come, in mm.
    rng : numpy.random.Generator
        Bends the branches.

    Notes
    -----
    Ends join the tree in six waves, few and then many, each at the nearest node that lies closer to the hilum: first
    the lobar branches, last the twigs. The radii follow from how many twigs a branch feeds.
    """
    nodes, parent = hilum, np.full(len(hilum), -1)
    reach = np.zeros(len(hilum), np.float32)  # how far each node lies from the hilum
    for wave in np.split(ends, [int(len(ends) * share) for share in (0.03, 0.08, 0.18, 0.36, 0.64)]):
        if not len(wave):
            continue
        away = _apart(wave, hilum).min(axis=1)
        steps = _apart(wave, nodes) + np.float32(0.25) * reach
        steps[reach > 0.92 * away[:, None]] = np.inf
        joined = steps.argmin(axis=1)
        middle = 0.5 * (wave + nodes[joined])
        length = np.linalg.norm(wave - nodes[joined], axis=1)[:, None]
        middle = middle + rng.standard_normal(middle.shape) * _TREES.bend_share * length
        first = len(nodes)
        nodes = np.concatenate([nodes, middle, wave])
        parent = np.concatenate([parent, joined, first + np.arange(len(wave))])
        reach = np.concatenate([reach, _apart(middle, hilum).min(axis=1), away])
    fed = np.zeros(len(nodes))
    fed[len(hilum) :][_is_leaf(parent)[len(hilum) :]] = 1.0
    for node in range(len(nodes) - 1, len(hilum) - 1, -1):
        if fed[node] and parent[node] >= 0:
            fed[parent[node]] += fed[node]
    radius = LEAF * np.maximum(fed, 1.0) ** (1 / BRANCHING)
    branches = np.arange(len(hilum), len(nodes))
    start, end = parent[branches], branches
    thick = np.minimum(radius[start], 1.25 * radius[end])
    trunk = np.column_stack([hilum[:-1], hilum[1:], *[np.full(len(hilum) - 1, TRUNK)] * 2])
    return np.concatenate([trunk, np.column_stack([nodes[start], nodes[end], thick, radius[end]])])


def draw_tubes(
    shape: tuple[int, int], tubes: np.ndarray, depth: float, spacing: float, *, shift: float = 0.0, scale: float = 1.0
) -> np.ndarray:
    """Return how much of each pixel the tubes cover in the slice at that depth: (H, W), float32, from 0 to 1.

    Parameters
    ----------
    shape : (int, int)
        Rows and columns; the middle of the image is row 0 mm, column 0 mm.
    tubes : numpy.ndarray
        Shape (M, 8), as `grow_tree` returns them.
    depth, spacing : float
        In mm: the slice, and the side of a pixel.
    shift, scale : float
        A second set of tubes beside the first, as a bronchus runs beside its artery: moved by so many radii, and of
        so many times the radius.
    """
    image = np.zeros(shape, np.float32)
    start, end, radii = tubes[:, :3].copy(), tubes[:, 3:6].copy(), tubes[:, 6:]
    wide = radii.max(axis=1)
    if shift:
        aside = np.column_stack([np.zeros(len(tubes)), -(end - start)[:, 2], (end - start)[:, 1]])
        aside *= (shift * wide / np.maximum(np.linalg.norm(aside, axis=1), 1e-6))[:, None]
        start, end = start + aside, end + aside
    radii, wide = radii * scale, wide * scale
    run = end - start
    # the part of each tube that lies in the slab
    thick = SLAB + wide
    with np.errstate(divide="ignore", invalid="ignore"):
        at = np.stack([(depth - thick - start[:, 0]) / run[:, 0], (depth + thick - start[:, 0]) / run[:, 0]])
    low, high = np.clip(at.min(axis=0), 0, 1), np.clip(at.max(axis=0), 0, 1)
    kept = high > low
    start, run, radii, low, high = start[kept], run[kept], radii[kept], low[kept], high[kept]
    # pieces of at most four pixels, so that all fit patches of one size
    length = np.hypot(run[:, 1], run[:, 2]) * (high - low) / spacing
    count = np.maximum(1, np.ceil(length / 4).astype(int))
    which = np.repeat(np.arange(len(count)), count)
    number = np.arange(len(which)) - np.repeat(np.cumsum(count) - count, count)
    share = (high - low)[which] / count[which]
    first = low[which] + number * share
    begin = start[which] + first[:, None] * run[which]
    step = share[:, None] * run[which]
    centre = begin + 0.5 * step
    radius = radii[which, 0] + (first + 0.5 * share) * (radii[which, 1] - radii[which, 0])
    out = np.maximum(np.abs(centre[:, 0] - depth) - SLAB, 0)
    seen = np.sqrt(np.maximum(radius**2 - out**2, 0))
    for big in (False, True):
        chosen = (seen > 0.2) & ((seen > 2.5 * spacing) == big)
        if chosen.any():
            half = int(np.ceil(seen[chosen].max() / spacing)) + 3
            _stamp(image, begin[chosen, 1:], step[chosen, 1:], seen[chosen], spacing, half)
    return image


def _stamp(
    image: np.ndarray, start: np.ndarray, step: np.ndarray, radius: np.ndarray, spacing: float, half: int
) -> None:
    """Draw capsules, each within a patch of 2 half + 1 pixels around its middle."""
    rows, columns = image.shape
    offset = np.array([(rows - 1) / 2, (columns - 1) / 2])
    middle = np.round((start + 0.5 * step) / spacing + offset).astype(int)  # (M, 2)
    around = np.arange(-half, half + 1)
    row, column = middle[:, :1] + around, middle[:, 1:] + around  # (M, P)
    down = ((row - offset[0]) * spacing - start[:, :1]).astype(np.float32)
    right = ((column - offset[1]) * spacing - start[:, 1:]).astype(np.float32)
    down, right = down[:, :, None], right[:, None, :]  # (M, P, 1), (M, 1, P)
    run_down, run_right = (step[:, axis, None, None].astype(np.float32) for axis in (0, 1))
    along = (down * run_down + right * run_right) / np.maximum(run_down * run_down + run_right * run_right, 1e-6)
    along = np.clip(along, 0, 1)
    away = np.sqrt((down - along * run_down) ** 2 + (right - along * run_right) ** 2)  # (M, P, P)
    thin = np.minimum(1.0, 1.7 * radius / spacing)[:, None, None]
    cover = (np.clip((radius[:, None, None] - away) / spacing + 0.5, 0, 1) * thin).astype(np.float32)
    place = np.clip(row, 0, rows - 1)[:, :, None] * columns + np.clip(column, 0, columns - 1)[:, None, :]
    inside = cover > 0
    inside &= ((row >= 0) & (row < rows))[:, :, None] & ((column >= 0) & (column < columns))[:, None, :]
    np.maximum.at(image.reshape(-1), place[inside], cover[inside])


def _apart(points: np.ndarray, others: np.ndarray) -> np.ndarray:
    """Return how far each point lies from each of the others: (M, K), float32."""
    points, others = points.astype(np.float32), others.astype(np.float32)
    squared = (points**2).sum(axis=1)[:, None] + (others**2).sum(axis=1) - 2 * points @ others.T
    return np.sqrt(np.maximum(squared, 0))


def _is_leaf(parent: np.ndarray) -> np.ndarray:
    leaf = np.ones(len(parent), bool)
    leaf[parent[parent >= 0]] = False
    return leaf
