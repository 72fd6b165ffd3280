"""Slices of brain perfusion SPECT: normal flow, and three patterns of reduced flow as dementias show them."""

import numpy as np
from scipy import ndimage

from marubatsu.checks import chance, whole
from marubatsu.data.phantoms.anatomy import Organ
from marubatsu.data.phantoms.brain import BRAIN, Brain
from marubatsu.data.phantoms.images import Images
from marubatsu.data.phantoms.shapes import smooth_noise

PATTERNS = ("normal", "temporoparietal", "frontal", "occipital")
"""Which part of the cortex has lost flow, the names of the labels 0 to 3."""
_FULL_WIDTH = 2.355  # standard deviations in the full width at half maximum of a Gaussian curve


def blood_flow(count: int, *, rng: np.random.Generator, size: int = 32) -> Images:
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
    Images
        Of shape (N, 1, size, size): flow relative to the cerebellum, which is 1. The labels are places in `PATTERNS`,
        (N,), int64; all are equally frequent.

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
    chance("blood_flow", rng)
    labels = rng.permutation(np.arange(count) % len(PATTERNS)).astype(np.int64)
    images = np.stack([_slice(PATTERNS[label], size, rng) for label in labels])
    spacing = BRAIN["field of view"].side_mm / size
    return Images(images[:, None], labels, unit="flow of the cerebellum", spacing=spacing)  # (N, 1, size, size)


def _slice(pattern: str, size: int, rng: np.random.Generator) -> np.ndarray:
    """Return one picture, drawn finer than it is shown."""
    camera = BRAIN["camera"]
    finer = max(1, round(64 / size))
    step = BRAIN["field of view"].side_mm / (size * finer)  # mm
    brain = Brain(size * finer, step, rng)
    flow = brain.flow(_left_over(pattern, brain, rng), rng)
    flow = ndimage.gaussian_filter(flow, camera.blur_mm / _FULL_WIDTH / step)
    grain = smooth_noise(flow.shape, camera.grain_mm / _FULL_WIDTH / step, rng=rng)
    strength = camera.noise_share * np.sqrt(np.maximum(flow, camera.least_flow_share))
    flow += strength * grain * rng.uniform(*camera.noise_range_share)
    flow = np.maximum(flow, 0)
    return flow.reshape(size, finer, size, finer).mean(axis=(1, 3)).astype(np.float32)


def _left_over(pattern: str, brain: Brain, rng: np.random.Generator) -> np.ndarray:
    """Return what is left of the cortex's flow at every pixel: 1 where nothing is lost."""
    loss = BRAIN["loss of flow"]
    areas = _areas(brain, rng.normal(0, loss.reach_deviation_degrees))
    shares = _shares(pattern, loss, rng)
    leaning = loss.lean_frontal_range_share if pattern == "frontal" else loss.lean_range_share
    depth, lean = rng.uniform(*loss.depth_range_share), rng.uniform(*leaning) * rng.choice([-1, 1])
    lost = sum(share * areas[area] for area, share in shares.items()) + np.zeros_like(brain.down)
    if pattern == "occipital":  # the posterior cingulate is spared
        lost += rng.uniform(*loss.occipital_temporoparietal_range_share) * areas["temporoparietal, outside"]
    lost *= depth * (1 + lean * np.tanh(brain.right / loss.lean_edge_mm))
    lost += rng.uniform(*loss.aged_range_share) * areas["frontal"]
    return 1 - np.clip(lost, 0, loss.most_share)


def _areas(brain: Brain, reach: float) -> dict[str, np.ndarray]:
    """Return how much each pixel belongs to each area of the cortex; all reach further or less far together."""
    parietal, cingulate = BRAIN["temporoparietal cortex"], BRAIN["posterior cingulate cortex"]
    frontal, occipital = BRAIN["frontal cortex"], BRAIN["occipital cortex"]
    angle, down, right = brain.degrees, brain.down, brain.right
    from_front = _rising(angle, parietal.from_degrees - reach, parietal.edge_degrees)
    outside = from_front * (1 - _rising(angle, parietal.to_degrees + reach, parietal.edge_degrees))
    outside = outside * _rising(np.abs(right), parietal.aside_mm, parietal.aside_edge_mm)
    away = ((down - cingulate.row_mm) / cingulate.wide_mm) ** 2 + (right / cingulate.wide_mm) ** 2
    back = _rising(angle, occipital.from_degrees - reach, occipital.edge_degrees)
    return {
        "temporoparietal": np.maximum(outside, cingulate.flow_share * np.exp(-away / 2)),
        "temporoparietal, outside": outside,
        "frontal": 1 - _rising(angle, frontal.to_degrees + reach, frontal.edge_degrees),
        "occipital": back * _rising(down, occipital.row_mm, occipital.row_edge_mm),
    }


def _shares(pattern: str, loss: Organ, rng: np.random.Generator) -> dict[str, float]:
    """Return how far each area takes part in a pattern."""
    # every brain throws the dice of every pattern, so that the pattern changes nothing else about it
    with_frontal = rng.uniform(*loss.temporoparietal_frontal_range_share)
    with_occipital = rng.uniform(*loss.temporoparietal_occipital_range_share)
    with_parietal = rng.uniform(*loss.frontal_temporoparietal_range_share)
    return {
        "normal": {},
        "temporoparietal": {"temporoparietal": 1, "frontal": with_frontal, "occipital": with_occipital},
        "frontal": {"frontal": 1, "temporoparietal": with_parietal},
        "occipital": {"occipital": 1},
    }[pattern]


def _rising(value: np.ndarray, place: float, width: float) -> np.ndarray:
    """Return a soft step from 0 to 1."""
    return 0.5 * (1 + np.tanh((value - place) / width))
