"""Slices of brain perfusion SPECT: normal flow, and three patterns of reduced flow as dementias show them."""

from functools import partial

import numpy as np
from scipy import ndimage

from marubatsu.data._checks import check_generator
from marubatsu.data.phantoms.shapes import smooth_noise, soft
from marubatsu.notation import whole

PATTERNS = ("normal", "temporoparietal", "frontal", "occipital")

_FIELD = 192.0  # mm, one side of the picture
_GREY, _WHITE, _FLUID = 1.05, 0.30, 0.05  # flow before the blur, as a share of the cerebellum's
_BLUR, _FILTER = 9.0, 8.0  # mm, full width at half maximum: of the camera, and of the noise after reconstruction
_NOISE = 0.08


def blood_flow(count: int, *, rng: np.random.Generator, size: int = 32) -> tuple[np.ndarray, np.ndarray]:
    """Return axial slices of cerebral blood flow at the level of the thalami, and which pattern each shows.

    Front is up. Flow is high in the ribbon of cortex, the basal ganglia and the thalami, about a third as high in white
    matter, and absent in the ventricles; a blur of 9 mm and grainy noise are those of a camera. The patterns are

    - 0 normal;
    - 1 temporoparietal and posterior cingulate reduced, occipital spared, as in dementia of Alzheimer type;
    - 2 frontal reduced, often on one side more than on the other, as in frontotemporal dementia (McNeill et al. 2007);
    - 3 occipital and less so temporoparietal reduced, as in dementia with Lewy bodies (Lobotesis et al. 2001), the
      posterior cingulate standing out as an island (Graff-Radford et al. 2014).

    How deep a reduction is (10 to 42 % of the cortex's flow), how far it reaches and which side is worse differ from
    brain to brain, and neighbouring areas take part, so that the patterns overlap, as they do in patients.

    Parameters
    ----------
    count : int
        How many.
    rng : numpy.random.Generator
        Where chance comes from.
    size : int
        Rows and columns of a picture that is 192 mm wide.

    Returns
    -------
    images : numpy.ndarray
        Shape (N, 1, size, size), float32: flow relative to the cerebellum, which is 1.
    labels : numpy.ndarray
        Shape (N,), int64: the place in `PATTERNS`; all are equally frequent.

    Raises
    ------
    ValueError
        If count or size is not a whole number, or is too small.
    TypeError
        If rng is no random generator.

    Notes
    -----
    Lobotesis et al. 2001, doi:10.1212/WNL.56.5.643; McNeill et al. 2007, doi:10.1136/jnnp.2006.106054; Graff-Radford
    et al. 2014, doi:10.1212/WNL.0000000000000734.
    """
    count, size = whole("blood_flow", "count", count, 1), whole("blood_flow", "size", size, 16)
    check_generator("blood_flow", rng)
    labels = rng.permutation(np.arange(count) % len(PATTERNS)).astype(np.int64)
    images = np.stack([_slice(PATTERNS[label], size, rng) for label in labels])
    return images[:, None], labels  # (N, 1, size, size)


def _slice(pattern, size, rng):
    """Return one picture, drawn finer than it is shown."""
    finer = max(1, round(64 / size))
    step = _FIELD / (size * finer)  # mm
    down, right = _places(size * finer, step, rng)
    flow = _brain(down, right, step, _reductions(pattern, down, right, rng), rng)
    flow = ndimage.gaussian_filter(flow, _BLUR / 2.355 / step)
    grain = smooth_noise(flow.shape, _FILTER / 2.355 / step, rng=rng)
    flow += _NOISE * np.sqrt(np.maximum(flow, 0.02)) * grain * rng.uniform(0.8, 1.2)
    flow = np.maximum(flow, 0)
    return flow.reshape(size, finer, size, finer).mean(axis=(1, 3)).astype(np.float32)


def _places(side, step, rng):
    """Return how far behind and to the right of the brain's middle each pixel lies, in mm of a standard brain."""
    down, right = (np.indices((side, side)) - (side - 1) / 2) * step
    down, right = down - rng.normal(0, 2.5), right - rng.normal(0, 2.5)
    turn = np.deg2rad(rng.normal(0, 3))
    down, right = np.cos(turn) * down - np.sin(turn) * right, np.sin(turn) * down + np.cos(turn) * right
    return down / rng.normal(1, 0.03), right / rng.normal(1, 0.03)


def _brain(down, right, step, left_over, rng):
    """Return the flow before the camera blurs it; `left_over` is what the pattern leaves of the cortex's flow."""
    oval = partial(_oval, down, right, step)
    half = 66 * (1 + 0.0012 * down)  # mm; the back of the head is wider
    angle = np.arctan2(right / half, -down / 83)  # 0 at the front, positive on the right of the picture
    edge = 1 + sum(rng.normal(0, 0.025 / k) * np.cos(k * angle + rng.uniform(0, 6.3)) for k in range(2, 7))
    depth = (edge - np.hypot(down / 83, right / half)) * half  # mm below the surface
    shrunk = rng.uniform(0.8, 1.5)  # the ventricles grow with age

    ribbon = 15 + 2.5 * smooth_noise(down.shape, 7 / step, rng=rng)  # mm of folded cortex
    middle = soft((9 - np.abs(right)) / step) * np.maximum(soft((-22 - down) / step), soft((down - 30) / step))
    island = soft((5 - np.abs(np.hypot(right / 0.9, (down + 2) / 1.2) - 46)) / step) * soft((26 - np.abs(down)) / step)
    cortex = np.maximum(soft((ribbon - depth) / step), np.maximum(middle, island))
    gyri = 1 + 0.10 * smooth_noise(down.shape, 4 / step, rng=rng) + 0.05 * smooth_noise(down.shape, 12 / step, rng=rng)
    fissure = 1 - 0.7 * soft((1.8 - np.abs(right)) / step)
    for side in (-1, 1):  # the Sylvian fissures
        fissure *= 1 - 0.6 * oval(-14, side * 58, 3.5, 13, turn=side * 12)

    flow = _WHITE + cortex * (_GREY * gyri * fissure * left_over - _WHITE)
    for side in (-1, 1):
        for row, column, tall, wide, turn, share in (
            (-27, 13, 10, 6, -12, 1.00),  # head of the caudate nucleus
            (-7, 27, 17, 7.5, 14, 1.08),  # putamen
            (15, 12, 14, 10, -25, 1.05),  # thalamus
        ):
            cover = oval(row, side * column, tall, wide, turn=side * turn)
            flow += cover * (_GREY * share * rng.normal(1, 0.04) - flow)
        for row, column, tall, wide, turn in ((-30, 5, 12, 3, -20), (44, 25, 12, 5, -30)):  # horns of the ventricles
            flow += oval(row, side * column, tall * shrunk, wide * shrunk, turn=side * turn) * (_FLUID - flow)
    flow += oval(6, 0, 13, 2 * shrunk) * (_FLUID - flow)  # the third ventricle
    sides = 1 + rng.normal(0, 0.015) * np.sign(right)
    return flow * sides * soft(depth / step)


def _reductions(pattern, down, right, rng):
    """Return what is left of the cortex's flow at every pixel: 1 where nothing is lost."""
    angle = np.degrees(np.arctan2(np.abs(right) / 66, -down / 83))  # 0 front, 180 back
    reach = rng.normal(0, 5)
    behind = _ridge(angle, 84 - reach, 146 + reach) * _rising(np.abs(right), 26, 6)
    areas = {
        "temporoparietal": np.maximum(behind, 0.9 * np.exp(-(((down - 40) / 11) ** 2 + (right / 11) ** 2) / 2)),
        "frontal": 1 - _rising(angle, 62 + reach, 7),
        "occipital": _rising(angle, 144 - reach, 6) * _rising(down, 50, 4),
    }
    shares = {  # how far each area takes part
        "normal": {},
        "temporoparietal": {"temporoparietal": 1, "frontal": rng.uniform(0, 0.5), "occipital": rng.uniform(0, 0.3)},
        "frontal": {"frontal": 1, "temporoparietal": rng.uniform(0, 0.4)},
        "occipital": {"occipital": 1},
    }[pattern]
    depth, lean = rng.uniform(0.1, 0.42), rng.uniform(0, 0.6 if pattern == "frontal" else 0.4) * rng.choice([-1, 1])
    lost = sum(share * areas[area] for area, share in shares.items()) + np.zeros_like(down)
    if pattern == "occipital":
        lost += rng.uniform(0.1, 0.7) * behind  # without the posterior cingulate
    lost *= depth * (1 + lean * np.tanh(right / 10))
    lost += rng.uniform(0, 0.1) * areas["frontal"]  # as in healthy ageing
    return 1 - np.clip(lost, 0, 0.6)


def _oval(down, right, step, row, column, tall, wide, *, turn=0.0):
    """Return how much of each pixel a turned ellipse covers; all in mm, the turn in degrees."""
    back, out, angle = down - row, right - column, np.deg2rad(turn)
    along, across = np.cos(angle) * back - np.sin(angle) * out, np.sin(angle) * back + np.cos(angle) * out
    return soft((1 - np.hypot(along / tall, across / wide)) * min(tall, wide) / step)


def _rising(value, place, width):
    """Return a soft step from 0 to 1."""
    return 0.5 * (1 + np.tanh((value - place) / width))


def _ridge(value, low, high):
    return _rising(value, low, 6) * (1 - _rising(value, high, 6))
