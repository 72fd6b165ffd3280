"""How far an ROC curve can be trusted: the band in which it may lie for other cases of the same kind."""

import numpy as np

from marubatsu import checks
from marubatsu.checks import chance, whole


def roc_band(
    truth: np.ndarray,
    scores: np.ndarray,
    *,
    rng: np.random.Generator,
    places: int = 51,
    rounds: int = 500,
    confidence: float = 0.95,
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return in which interval the sensitivity may lie at each value of 1 − specificity: a bootstrap of both groups.

    Parameters
    ----------
    truth : numpy.ndarray
        Shape (N,): 1 for a case with the disease, 0 for one without.
    scores : numpy.ndarray
        Shape (N,): higher where the disease is more likely.
    rng : numpy.random.Generator
        Where chance comes from.
    places : int
        At how many values of 1 − specificity, evenly from 0 to 1.
    rounds : int
        How often the cases are drawn again, those with and those without the disease separately.
    confidence : float
        Of the band at each place by itself; 0.95 gives 95 %.

    Returns
    -------
    (numpy.ndarray, numpy.ndarray, numpy.ndarray)
        1 − specificity, and the lower and the upper end of the sensitivity there; each of shape (places,).

    Raises
    ------
    ValueError, TypeError
        If truth and scores differ in length, a group is missing, a label is neither 0 nor 1, the confidence is not
        between 0 and 1, or rng is no generator.

    Notes
    -----
    Vertical averaging, the way that Macskassy, Provost and Rosset 2005 (Pointwise ROC confidence bounds) recommend for
    large samples: at each 1 − specificity the sensitivities of the drawn curves, the highest where a curve rises.
    """
    truth, scores = np.asarray(truth), np.asarray(scores, dtype=float)
    places, rounds = whole("roc_band", "places", places, 2), whole("roc_band", "rounds", rounds, 1)
    if truth.ndim != 1 or truth.shape != scores.shape or set(np.unique(truth)) != {0, 1}:
        raise ValueError(
            "roc_band: one score and one label for each case are needed, and both labels 0 and 1 must occur, but "
            f"shapes {truth.shape} and {scores.shape} with labels {np.unique(truth).tolist()} came."
        )
    checks.confidence("roc_band", confidence)
    chance("roc_band", rng)
    ill, well = scores[truth == 1], scores[truth == 0]
    at = np.linspace(0, 1, places)
    found = np.empty((rounds, places))
    for each in found:
        drawn_ill, drawn_well = np.sort(rng.choice(ill, len(ill))), np.sort(rng.choice(well, len(well)))
        allowed = np.floor(at * len(well) + 1e-9).astype(int)  # so many without the disease may be called positive
        limits = np.append(drawn_well[::-1], -np.inf)[allowed]  # a case is called when it lies above this score
        each[:] = 1 - np.searchsorted(drawn_ill, limits, side="right") / len(ill)
    low, high = np.quantile(found, [(1 - confidence) / 2, (1 + confidence) / 2], axis=0)
    return at, low, high
