"""How far a measured share can be trusted: only what scikit-learn and scikit-image lack."""

from statistics import NormalDist

from .notation import whole


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
    if not 0 < confidence < 1:
        raise ValueError(
            f"wilson_interval: confidence must lie between 0 and 1, but {confidence!r} came. For 95 % write 0.95."
        )
    share, z = successes / trials, NormalDist().inv_cdf((1 + confidence) / 2)
    middle = (share + z**2 / (2 * trials)) / (1 + z**2 / trials)
    half = z * (share * (1 - share) / trials + z**2 / (4 * trials**2)) ** 0.5 / (1 + z**2 / trials)
    return max(0.0, middle - half), min(1.0, middle + half)
