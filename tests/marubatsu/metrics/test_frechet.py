import numpy as np
import pytest
from scipy.linalg import sqrtm

from marubatsu.metrics import frechet_distance

RNG = np.random.default_rng


def test_one_feature_by_hand():
    # Means 1 and 4, standard deviations √2 and √8: (4 − 1)² + (√8 − √2)² = 9 + 2
    assert frechet_distance([[0.0], [2.0]], [[2.0], [6.0]]) == pytest.approx(11)


@pytest.mark.parametrize("features", [1, 2, 5])
def test_it_is_the_formula_with_scipys_root_of_a_matrix(features):
    rng = RNG(features)
    first = rng.standard_normal((40, features)) @ rng.standard_normal((features, features))
    second = rng.standard_normal((60, features)) @ rng.standard_normal((features, features)) + 1
    one, other = (np.atleast_2d(np.cov(each, rowvar=False)) for each in (first, second))
    away = first.mean(axis=0) - second.mean(axis=0)
    expected = away @ away + np.trace(one + other - 2 * sqrtm(one @ other).real)
    assert frechet_distance(first, second) == pytest.approx(expected, rel=1e-6)


def test_a_set_is_at_no_distance_from_itself_and_order_does_not_matter():
    first, second = RNG(1).standard_normal((30, 4)), RNG(2).standard_normal((30, 4)) * 2
    assert frechet_distance(first, first) == pytest.approx(0, abs=1e-6)
    assert frechet_distance(first, second) == pytest.approx(frechet_distance(second, first))


@pytest.mark.parametrize(
    ("first", "second", "sentence"),
    [
        (np.ones((3, 2)), np.ones((3, 1)), r"the same number of features, are expected, but shapes \(3, 2\) and"),
        (np.ones((1, 2)), np.ones((3, 2)), "frechet_distance: two or more images in either set"),
        (np.ones(3), np.ones((3, 1)), "frechet_distance: features must have 2 axes"),
        (np.full((3, 1), np.nan), np.ones((3, 1)), "frechet_distance: features must be finite"),
    ],
)
def test_what_cannot_be_gets_a_sentence(first, second, sentence):
    with pytest.raises(ValueError, match=sentence):
        frechet_distance(first, second)
