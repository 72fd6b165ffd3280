import numpy as np
import pytest

from marubatsu.data.phantoms import diameters, measured_diameters

RNG = np.random.default_rng


def test_true_diameters_are_plausible_and_never_jump():
    true = diameters(300, rng=RNG(1))
    assert true.shape == (300, 16) and true.min() > 8 and true.max() < 60
    assert abs(np.median(true) - 26) < 2
    assert np.abs(np.diff(true, axis=1)).max() < 6  # from slice to slice, 6 mm apart
    bulging = (true.max(axis=1) - np.median(true, axis=1) > 3).mean()
    assert 0.2 < bulging < 0.5


def test_leaks_are_upwards_last_two_to_four_slices_and_come_as_often_as_asked():
    true = np.full((400, 16), 26.0)
    leak = measured_diameters(true, rng=RNG(2), noise=0.0, leaks=0.5) - true
    assert abs((leak > 0).any(axis=1).mean() - 0.5) < 0.08
    assert set((leak > 0).sum(axis=1)) == {0, 2, 3, 4}
    assert (leak >= 0).all() and leak[leak > 0].min() >= 6 and leak.max() <= 14
    assert all(np.ptp(np.flatnonzero(row)) == np.count_nonzero(row) - 1 for row in leak if row.any())


def test_without_leaks_the_noise_is_as_large_as_asked():
    true = diameters(200, rng=RNG(3))
    np.testing.assert_allclose(
        (measured_diameters(true, rng=RNG(4), noise=2.0, leaks=0.0) - true).std(), 2.0, rtol=0.05
    )
    np.testing.assert_array_equal(measured_diameters(true, rng=RNG(4), noise=0.0, leaks=0.0), true)


def test_the_same_seed_gives_the_same_and_what_came_is_not_changed():
    true = diameters(5, rng=RNG(1))
    before = true.copy()
    np.testing.assert_array_equal(measured_diameters(true, rng=RNG(2)), measured_diameters(true, rng=RNG(2)))
    np.testing.assert_array_equal(true, before)


@pytest.mark.parametrize(
    ("make", "error", "sentence"),
    [
        (lambda: diameters(0, rng=RNG(1)), ValueError, "diameters: count must be a whole number of at least 1"),
        (lambda: diameters(2, rng=RNG(1), span=0), ValueError, "diameters: span must be from 1 to 1000, but 0 came"),
        (lambda: diameters(2, rng=1), TypeError, "diameters: rng must be a random generator"),
        (
            lambda: measured_diameters(np.ones((2, 3)), rng=RNG(1)),
            ValueError,
            r"measured_diameters: true must be .* but \(2, 3\) came",
        ),
        (
            lambda: measured_diameters(np.ones((2, 5)), rng=RNG(1), leaks=2),
            ValueError,
            "leaks must be from 0 to 1, but 2 came",
        ),
        (lambda: measured_diameters(np.ones((2, 5)), rng=RNG(1), noise=-1), ValueError, "noise must be from 0 to 100"),
        (
            lambda: measured_diameters(np.ones((2, 5)), rng=1),
            TypeError,
            "measured_diameters: rng must be a random generator",
        ),
    ],
)
def test_what_cannot_be_gets_a_sentence(make, error, sentence):
    with pytest.raises(error, match=sentence):
        make()
