"""Claims about bias and limits of agreement."""

import numpy as np
import pytest
from scipy import stats

from marubatsu.metrics import bland_altman

# Bland and Altman 1986, table 1: peak flow in l/min of 17 people, first readings of the Wright and the mini meter.
WRIGHT = [494, 395, 516, 434, 476, 557, 413, 442, 650, 433, 417, 656, 267, 478, 178, 423, 427]
MINI = [512, 430, 520, 428, 500, 600, 364, 380, 658, 445, 432, 626, 260, 477, 259, 350, 451]


def test_four_aortas_by_hand():
    found = bland_altman([31, 29, 35, 26], [30, 30, 33, 26])  # differences 1, −1, 2, 0
    assert found.bias == 0.5
    np.testing.assert_allclose(found.deviation, np.sqrt(5 / 3))
    np.testing.assert_allclose([found.low, found.high], 0.5 + np.array([-1, 1]) * 1.96 * np.sqrt(5 / 3))
    half = 3.182446305 * np.sqrt(5 / 3) / 2  # Student's t for 3 degrees of freedom, from a table
    np.testing.assert_allclose(found.bias_interval, [0.5 - half, 0.5 + half])


def test_the_peak_flow_meters_of_bland_and_altman_agree_as_they_published():
    found = bland_altman(WRIGHT, MINI)
    assert round(found.bias, 1) == -2.1 and round(found.deviation, 1) == 38.8
    np.testing.assert_allclose(found.bias_interval, [-22.1, 17.8], atol=0.1)
    # They took 2 for 1.96 and √3 for √(1 + 1.96² n / 2 (n − 1)), so the limits' intervals are theirs to a few l/min.
    np.testing.assert_allclose([found.low, found.high], [-79.7, 75.5], atol=1.7)
    np.testing.assert_allclose(found.low_interval, [-114.3, -45.1], atol=2.5)
    np.testing.assert_allclose(found.high_interval, [40.9, 110.1], atol=2.5)


@pytest.mark.parametrize("confidence", [0.5, 0.95, 0.99])
def test_the_interval_of_the_bias_is_the_one_of_scipy(confidence):
    truth = np.random.default_rng(1).uniform(20, 60, 40)
    measured = truth + np.random.default_rng(2).normal(1, 2, 40)
    theirs = stats.ttest_1samp(measured - truth, 0).confidence_interval(confidence)
    np.testing.assert_allclose(bland_altman(measured, truth, confidence=confidence).bias_interval, theirs)


def test_95_of_100_intervals_hold_the_true_bias_and_the_true_limits():
    rng = np.random.default_rng(3)
    held = np.zeros(3)
    for _ in range(1500):
        found = bland_altman(rng.normal(1, 2, 40), np.zeros(40))
        ends = (found.bias_interval, found.low_interval, found.high_interval)
        true = (1, 1 - 1.96 * 2, 1 + 1.96 * 2)
        held += [low <= value <= high for (low, high), value in zip(ends, true, strict=True)]
    np.testing.assert_allclose(held / 1500, 0.95, atol=0.02)


def test_the_limits_hold_about_95_of_100_differences():
    rng = np.random.default_rng(4)
    found = bland_altman(rng.normal(1, 2, 400), np.zeros(400))
    others = rng.normal(1, 2, 10_000)
    np.testing.assert_allclose(np.mean((others > found.low) & (others < found.high)), 0.95, atol=0.015)


def test_measured_and_true_are_not_the_same_role():
    one, other = bland_altman(WRIGHT, MINI), bland_altman(MINI, WRIGHT)
    np.testing.assert_allclose(one.bias, -other.bias)
    np.testing.assert_allclose(one.low_interval, np.negative(other.high_interval)[::-1])


def test_float32_is_counted_in_double_precision():
    truth = np.full(4, 1e6, np.float32)
    assert bland_altman(truth + np.float32([1, 2, 3, 2]), truth).bias == 2


@pytest.mark.parametrize(
    ("measured", "truth", "sentence"),
    [
        ([1, 2, 3], [1, 2], "3 measured and 2 true values came; each needs its partner"),
        ([1, 2], [1, 2], "at least 3 cases are needed, but 2 came"),
        ([[1, 2, 3]], [1, 2, 3], "measured must have 1 axes"),
        ([1, np.nan, 3], [1, 2, 3], "measured must be finite, but 1 of 3 numbers are NaN"),
        ([1, 2, 3], [1, np.inf, 3], "truth must be finite"),
    ],
)
def test_what_cannot_be_compared_is_refused(measured, truth, sentence):
    with pytest.raises(ValueError, match=f"bland_altman: {sentence}"):
        bland_altman(measured, truth)


def test_words_and_a_confidence_in_per_cent_are_refused():
    with pytest.raises(TypeError, match="bland_altman: measured must hold real numbers"):
        bland_altman(["a", "b", "c"], [1, 2, 3])
    with pytest.raises(ValueError, match="bland_altman: confidence must lie between 0 and 1, but 95 came"):
        bland_altman([1, 2, 3], [1, 2, 3], confidence=95)
