"""How far a measured number can be trusted: the interval of a share, and of any score of a set of cases."""

from collections.abc import Callable
from statistics import NormalDist

import numpy as np

from marubatsu.notation import whole


def wilson_interval(successes: int, trials: int, confidence: float = 0.95) -> tuple[float, float]:
    """Return the interval in which the true share may lie when `successes` of `trials` were counted.

    Parameters
    ----------
    successes : int
        How often it happened, for example the number of wrong answers.
    trials : int
        How often it could have happened, for example the number of images.
    confidence : float
        How often such intervals hold the true share, between 0 and 1; 0.95 gives the usual 95 % interval.

    Returns
    -------
    (float, float)
        Lower and upper end, as fractions from 0 to 1. Unlike the schoolbook formula it is of use at 0 or few events.

    Raises
    ------
    ValueError
        If a count is not whole, there are more successes than trials, or the confidence is not between 0 and 1.

    Notes
    -----
    Wilson 1927, p. 210: the shares p for which (p − share)² = z² p (1 − p) / trials, solved for p.

    Examples
    --------
    No wrong answer among 100 images does not mean that none will ever come:

    >>> low, high = wilson_interval(0, 100)
    >>> low, round(high, 3)
    (0.0, 0.037)
    """
    trials = whole("wilson_interval", "trials", trials, 1)
    successes = whole("wilson_interval", "successes", successes, 0)
    if successes > trials:
        raise ValueError(f"wilson_interval: {successes} successes cannot come from {trials} trials.")
    _check_confidence("wilson_interval", confidence)
    share, z = successes / trials, NormalDist().inv_cdf((1 + confidence) / 2)
    middle = (share + z**2 / (2 * trials)) / (1 + z**2 / trials)
    half = z * (share * (1 - share) / trials + z**2 / (4 * trials**2)) ** 0.5 / (1 + z**2 / trials)
    return max(0.0, middle - half), min(1.0, middle + half)


def bootstrap_interval(
    score: Callable[..., float],
    *cases: np.ndarray,
    rng: np.random.Generator,
    rounds: int = 1000,
    confidence: float = 0.95,
) -> tuple[float, float]:
    """Return the interval in which a score may lie for other cases of the same kind: the percentile bootstrap.

    The cases are drawn again, as many as there are, each as often as chance will, and the score is computed anew; so
    for every round. Draw what is independent: patients, not pixels of one patient.

    Parameters
    ----------
    score : function
        Takes as many arrays as there are in `cases` and returns one number, as `sklearn.metrics.roc_auc_score` does.
    *cases : numpy.ndarray
        One or more arrays with N cases along the first axis, drawn together.
    rng : numpy.random.Generator
        Where chance comes from.
    rounds : int
        How often the cases are drawn.
    confidence : float
        Between 0 and 1; 0.95 gives the usual 95 % interval.

    Returns
    -------
    (float, float)
        Lower and upper end. Rounds in which the score has no value (nan) are left out.

    Raises
    ------
    ValueError
        If there are no cases, the arrays differ in length, the confidence is not between 0 and 1, or no round has a
        score.

    Notes
    -----
    Efron 1979. A score that needs both classes should return nan when a draw holds only one of them.

    Examples
    --------
    >>> low, high = bootstrap_interval(np.mean, np.arange(100.0), rng=np.random.default_rng(1))
    >>> round(low), round(high)
    (44, 55)
    """
    rounds = whole("bootstrap_interval", "rounds", rounds, 1)
    _check_confidence("bootstrap_interval", confidence)
    cases = tuple(np.asarray(each) for each in cases)
    sizes = [len(each) for each in cases]
    if not sizes or sizes[0] == 0 or len(set(sizes)) > 1:
        raise ValueError(f"bootstrap_interval: arrays with one entry for each case are needed, but {sizes} came.")
    found = np.empty(rounds)
    for place in range(rounds):
        drawn = rng.integers(0, sizes[0], sizes[0])
        found[place] = score(*(each[drawn] for each in cases))
    found = found[~np.isnan(found)]
    if not len(found):
        raise ValueError("bootstrap_interval: the score had no value in any round. Are both classes among the cases?")
    low, high = np.quantile(found, [(1 - confidence) / 2, (1 + confidence) / 2])
    return float(low), float(high)


def _check_confidence(name: str, confidence: float) -> None:
    if not 0 < confidence < 1:
        raise ValueError(f"{name}: confidence must lie between 0 and 1, but {confidence!r} came. For 95 % write 0.95.")
