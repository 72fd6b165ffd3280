import numpy as np
import pytest
from scipy.stats import binomtest, bootstrap

from marubatsu.metrics import bootstrap_interval, wilson_interval


def test_no_event_in_100_leaves_room_for_almost_4_percent():
    low, high = wilson_interval(0, 100)
    z = 1.959963984540054
    assert low == 0
    np.testing.assert_allclose(high, z**2 / (100 + z**2), rtol=1e-12)  # by hand: the root of p = z² (1 − p) / 100


@pytest.mark.parametrize("confidence", [0.5, 0.9, 0.95, 0.999])
@pytest.mark.parametrize(("successes", "trials"), [(0, 1), (1, 1), (1, 7), (3, 1000), (447, 1000), (999, 1000)])
def test_the_interval_is_the_one_of_scipy(successes, trials, confidence):
    theirs = binomtest(successes, trials).proportion_ci(confidence, method="wilson")
    np.testing.assert_allclose(wilson_interval(successes, trials, confidence), theirs, atol=1e-12)


@pytest.mark.parametrize("share", [0.003, 0.1, 0.5])
def test_95_of_100_intervals_hold_the_true_share(share):
    counts = np.random.default_rng(3).binomial(1000, share, size=2000)
    ends = np.array([wilson_interval(int(count), 1000) for count in counts])
    held = np.mean((ends[:, 0] <= share) & (share <= ends[:, 1]))
    np.testing.assert_allclose(held, 0.95, atol=0.025)


def test_more_images_make_the_interval_narrower():
    few, many = wilson_interval(5, 50), wilson_interval(100, 1000)
    assert many[1] - many[0] < (few[1] - few[0]) / 4


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ((3, 2), "3 successes cannot come from 2 trials"),
        ((-1, 2), "successes must be a whole number of at least 0, but -1 came"),
        ((0.3, 2), "successes must be a whole number of at least 0, but 0.3 came"),
        ((0, 0), "trials must be a whole number of at least 1, but 0 came"),
        ((1, 2, 95), "confidence must lie between 0 and 1, but 95 came. For 95 % write 0.95"),
        ((1, 2, float("nan")), "confidence must lie between 0 and 1, but nan came"),
    ],
)
def test_what_cannot_be_counted_is_refused(given, sentence):
    with pytest.raises(ValueError, match=f"wilson_interval: {sentence}"):
        wilson_interval(*given)


def test_the_bootstrap_interval_is_near_the_one_of_scipy():
    cases = np.random.default_rng(1).gamma(2.0, size=80)
    ours = bootstrap_interval(np.mean, cases, rng=np.random.default_rng(2), rounds=4000)
    theirs = bootstrap((cases,), np.mean, n_resamples=4000, method="percentile", rng=np.random.default_rng(3))
    np.testing.assert_allclose(ours, theirs.confidence_interval, atol=0.03)


def test_cases_of_several_arrays_are_drawn_together():
    cases = np.random.default_rng(1).normal(size=50)
    ends = bootstrap_interval(lambda a, b: float(np.abs(a + b).max()), cases, -cases, rng=np.random.default_rng(2))
    assert ends == (0.0, 0.0)


def test_a_round_without_a_score_is_left_out():
    truth = np.array([0, 0, 0, 1])
    share = bootstrap_interval(lambda t: np.nan if t.sum() == 0 else 1.0, truth, rng=np.random.default_rng(2))
    assert share == (1.0, 1.0)


@pytest.mark.parametrize(
    ("cases", "options", "sentence"),
    [
        ((), {}, r"one entry for each case are needed, but \[\] came"),
        (([1, 2], [1]), {}, r"one entry for each case are needed, but \[2, 1\] came"),
        (([1, 2],), {"confidence": 95}, "confidence must lie between 0 and 1, but 95 came"),
        (([np.nan, np.nan],), {}, "the score had no value in any round"),
    ],
)
def test_what_gives_no_interval_is_refused(cases, options, sentence):
    with pytest.raises(ValueError, match=f"bootstrap_interval: .*{sentence}"):
        bootstrap_interval(lambda *each: float(np.mean(each[0])), *cases, rng=np.random.default_rng(1), **options)


def test_chance_must_be_handed_in():
    with pytest.raises(TypeError, match="bootstrap_interval: rng must be a random generator such as"):
        bootstrap_interval(np.mean, np.arange(5.0), rng=1)
