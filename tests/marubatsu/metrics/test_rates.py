import numpy as np
import pytest
from sklearn.metrics import roc_curve

from marubatsu.metrics import roc_band


def cases(count, seed=1):
    rng = np.random.default_rng(seed)
    truth = np.arange(count) % 2
    return truth, rng.normal(size=count) + 1.5 * truth


def sensitivity_at(truth, scores, at):
    """The highest sensitivity of scikit-learn's curve at or left of each place."""
    away, found, _ = roc_curve(truth, scores, drop_intermediate=False)
    return np.array([found[away <= place + 1e-9].max() for place in at])


def test_the_curve_of_scikit_learn_lies_in_the_band():
    truth, scores = cases(400)
    at, low, high = roc_band(truth, scores, rng=np.random.default_rng(2))
    found = sensitivity_at(truth, scores, at)
    assert ((low <= found) & (found <= high)).mean() > 0.95
    assert low[-1] == high[-1] == 1 and (high - low).max() > 0.1


def test_one_round_is_the_curve_of_the_drawn_cases():
    truth, scores = cases(60)
    at, low, high = roc_band(truth, scores, rng=np.random.default_rng(3), rounds=1, places=31)
    np.testing.assert_array_equal(low, high)
    rng = np.random.default_rng(3)
    drawn = np.concatenate([rng.choice(scores[truth == 1], 30), rng.choice(scores[truth == 0], 30)])
    np.testing.assert_allclose(low, sensitivity_at(np.repeat([1, 0], 30), drawn, at), atol=1e-12)


def test_more_cases_and_less_confidence_give_a_narrower_band():
    few = roc_band(*cases(100), rng=np.random.default_rng(1))
    many = roc_band(*cases(1600), rng=np.random.default_rng(1))
    less = roc_band(*cases(100), rng=np.random.default_rng(1), confidence=0.5)
    assert 3 < (few[2] - few[1]).mean() / (many[2] - many[1]).mean() < 5.5
    assert (less[2] - less[1]).mean() < 0.5 * (few[2] - few[1]).mean()


@pytest.mark.slow
def test_nine_of_ten_bands_hold_the_true_sensitivity():
    from scipy.stats import norm

    true = norm.cdf(1.5 + norm.ppf(0.2))  # of the two normal distributions, at 1 − specificity = 0.2
    held = []
    for seed in range(120):
        _, low, high = roc_band(*cases(200, seed), rng=np.random.default_rng(seed), places=6, rounds=200)
        held.append(low[1] <= true <= high[1])
    assert np.mean(held) > 0.88


def test_cases_that_do_not_belong_together_are_refused():
    with pytest.raises(ValueError, match="roc_band: one score and one label for each case"):
        roc_band(np.zeros(4), np.zeros(4), rng=np.random.default_rng(1))
    with pytest.raises(ValueError, match=r"shapes \(4,\) and \(3,\)"):
        roc_band(np.arange(4) % 2, np.zeros(3), rng=np.random.default_rng(1))
    with pytest.raises(ValueError, match="roc_band: confidence must lie between 0 and 1"):
        roc_band(*cases(10), rng=np.random.default_rng(1), confidence=95)
    with pytest.raises(TypeError, match="roc_band: rng must be a random generator such as"):
        roc_band(*cases(10), rng=1)


def test_a_band_leaves_out_as_many_drawn_curves_below_as_above():
    truth, scores = cases(60)
    rng = np.random.default_rng(3)
    curves = np.array([roc_band(truth, scores, rng=rng, rounds=1, places=11)[1] for _ in range(80)])
    for confidence in (0.5, 0.9):
        options = {"rounds": 80, "places": 11, "confidence": confidence}
        _, low, high = roc_band(truth, scores, rng=np.random.default_rng(3), **options)
        np.testing.assert_allclose(low, np.quantile(curves, 0.5 - confidence / 2, axis=0), atol=1e-12)
        np.testing.assert_allclose(high, np.quantile(curves, 0.5 + confidence / 2, axis=0), atol=1e-12)
