"""Claims about the diffusion signals."""

import numpy as np
import pytest
from scipy import stats
from scipy.optimize import curve_fit

from marubatsu.data import phantoms

RNG = np.random.default_rng


def test_a_signal_by_hand():
    found = phantoms.ivim([1e-3, 0.2, 50e-3], [0, 50, 800])
    by_hand = [1, 0.2 * 0.0820849986 + 0.8 * 0.9512294245, 0.2 * 4.2483543e-18 + 0.8 * 0.4493289641]
    np.testing.assert_allclose(found, by_hand, rtol=1e-9)


def test_without_blood_the_signal_is_one_exponential_and_the_logarithm_a_straight_line():
    b = np.array(phantoms.B_VALUES)
    np.testing.assert_allclose(np.log(phantoms.ivim([1.3e-3, 0, 30e-3], b)), -1.3e-3 * b)


def test_blood_makes_the_first_steps_steeper_and_changes_nothing_at_high_b():
    with_blood, without = phantoms.ivim([[1e-3, 0.2, 50e-3], [1e-3, 0, 50e-3]])
    slope = -np.diff(np.log(with_blood)) / np.diff(phantoms.B_VALUES)
    assert slope[0] > 5e-3 and abs(slope[-1] - 1e-3) < 1e-6
    np.testing.assert_allclose(with_blood[-1] / without[-1], 0.8, rtol=1e-9)


def test_any_number_of_voxels_has_its_signals():
    one = phantoms.ivim([1e-3, 0.2, 50e-3])
    assert one.shape == (len(phantoms.B_VALUES),)
    np.testing.assert_array_equal(phantoms.ivim(np.tile([1e-3, 0.2, 50e-3], (4, 5, 1))), np.tile(one, (4, 5, 1)))


def test_least_squares_finds_the_parameters_of_a_signal_without_noise():
    b = np.array(phantoms.B_VALUES, float)
    found, _ = curve_fit(
        lambda b, *p: phantoms.ivim(p, b), b, phantoms.ivim([1.4e-3, 0.15, 25e-3], b), [1e-3, 0.1, 1e-2]
    )
    np.testing.assert_allclose(found, [1.4e-3, 0.15, 25e-3], rtol=1e-5)


def test_the_parameters_fill_their_ranges_evenly():
    signals, parameters = phantoms.diffusion(4000, rng=RNG(1))
    assert signals.shape == (4000, 12) and parameters.shape == (4000, 3)
    assert signals.dtype == parameters.dtype == np.float32
    for values, (low, high) in zip(parameters.T, phantoms.RANGES, strict=True):
        assert stats.kstest(values, stats.uniform(low, high - low).cdf).pvalue > 0.001
    np.testing.assert_allclose(np.corrcoef(parameters.T), np.eye(3), atol=0.06)


@pytest.mark.parametrize("snr", [5.0, 20.0])
def test_the_noise_is_that_of_scipys_rice_distribution(snr):
    still = phantoms.ivim([1e-3, 0.1, 20e-3], [800])
    drawn = phantoms.rician(np.full(20_000, still), snr, rng=RNG(2))
    assert stats.kstest(drawn, stats.rice(b=still[0] * snr, scale=1 / snr).cdf).pvalue > 0.001


def test_magnitudes_have_a_floor_above_zero():
    drawn = phantoms.rician(np.zeros(20_000), 10, rng=RNG(3))
    np.testing.assert_allclose(drawn.mean(), np.sqrt(np.pi / 2) / 10, rtol=0.02)


def test_a_range_of_noise_gives_each_voxel_its_own():
    ranges = [(1e-3, 1e-3), (0.1, 0.1), (20e-3, 20e-3)]
    away = [
        np.abs(phantoms.diffusion(3000, rng=RNG(4), snr=snr, ranges=ranges).images[:, 0] - 1)
        for snr in (20, (10, 30), 60)
    ]
    assert away[2].mean() < away[0].mean() < away[1].mean()  # half of the mixed voxels are noisier than 20
    assert stats.kurtosis(away[1]) > stats.kurtosis(away[0])


def test_the_same_seed_gives_the_same_voxels():
    first, again, other = (phantoms.diffusion(5, rng=RNG(seed)).images for seed in (1, 1, 2))
    np.testing.assert_array_equal(first, again)
    assert not np.array_equal(first, other)


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"count": 0}, "diffusion: count must be a whole number of at least 1"),
        ({"b_values": [0, -5]}, "diffusion: b-values are 0 s/mm² or more, but -5 came"),
        ({"snr": 0}, "diffusion: snr must be a number above 0"),
        ({"snr": (30, 10)}, r"diffusion: snr must be a number above 0, or \(smallest, largest\)"),
        ({"snr": "high"}, "diffusion: snr must be a number above 0"),
        ({"ranges": [(0, 1)]}, "diffusion: ranges must be"),
        ({"ranges": [(2e-3, 1e-3), (0, 0.1), (0, 1)]}, "diffusion: ranges must be"),
        ({"ranges": [(1e-3, 2e-3), (0, 35), (0, 1)]}, "none below 0 and f at most 1"),
    ],
)
def test_what_cannot_be_drawn_is_said(given, sentence):
    with pytest.raises(ValueError, match=sentence):
        phantoms.diffusion(**{"count": 2, "rng": RNG(1), **given})


def test_wrong_parameters_and_a_seed_in_place_of_a_generator_are_refused():
    with pytest.raises(ValueError, match=r"ivim: parameters must end in an axis of three numbers \(D, f, D\*\)"):
        phantoms.ivim([1e-3, 0.2])
    with pytest.raises(ValueError, match="ivim: b-values are 0"):
        phantoms.ivim([1e-3, 0.2, 0.05], [-1])
    with pytest.raises(TypeError, match="diffusion: rng must be a random generator"):
        phantoms.diffusion(2, rng=1)
