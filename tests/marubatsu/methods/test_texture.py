import sys

import numpy as np
import pytest
from scipy.stats import skew

from marubatsu.methods import texture

IMAGES = np.random.default_rng(4).normal(-400, 300, (5, 1, 12, 10))


def co_occurrence_slow(image, levels, step):
    """The table by its definition, counted both ways, as shares of all pairs."""
    table = np.zeros((levels, levels))
    for row in range(image.shape[0]):
        for column in range(image.shape[1]):
            down, right = row + step[0], column + step[1]
            if 0 <= down < image.shape[0] and 0 <= right < image.shape[1]:
                table[image[row, column], image[down, right]] += 1
                table[image[down, right], image[row, column]] += 1
    return table / table.sum()


def test_grey_levels_lie_evenly_between_the_limits_and_are_cut_beyond_them():
    found = texture.grey_levels(np.array([-2000.0, -1000, -751, -750, 199, 200, 999]), low=-1000, high=200, levels=24)
    np.testing.assert_array_equal(found, [0, 0, 4, 5, 23, 23, 23])
    assert found.dtype == np.uint8


def test_features_of_the_greys_are_those_of_numpy_and_scipy():
    found, flat = texture.features(IMAGES), IMAGES.reshape(5, -1)
    np.testing.assert_allclose(found[:, 0], flat.mean(axis=1))
    np.testing.assert_allclose(found[:, 1], flat.std(axis=1))
    np.testing.assert_allclose(found[:, 2:6].T, np.percentile(flat, (10, 50, 90, 99), axis=1))
    np.testing.assert_allclose(found[:, 6], skew(flat, axis=1))


def test_contrast_and_energy_are_what_the_definition_says_averaged_over_four_directions():
    names = texture.names((1, 2))
    assert len(names) == texture.features(IMAGES).shape[1] == 19
    grey = texture.grey_levels(IMAGES[:, 0], low=-1000, high=200, levels=16)
    apart = np.subtract.outer(np.arange(16), np.arange(16)) ** 2
    for distance in (1, 2):
        diagonal = round(distance / np.sqrt(2))  # as scikit-image rounds a step along a diagonal
        steps = [(0, distance), (diagonal, diagonal), (distance, 0), (diagonal, -diagonal)]
        tables = np.array([[co_occurrence_slow(each, 16, step) for step in steps] for each in grey])
        found = texture.features(IMAGES, distances=(1, 2))
        contrast = (tables * apart).sum(axis=(2, 3)).mean(axis=1)
        np.testing.assert_allclose(found[:, names.index(f"contrast at {distance}")], contrast)
        energy = np.sqrt((tables**2).sum(axis=(2, 3))).mean(axis=1)
        np.testing.assert_allclose(found[:, names.index(f"energy at {distance}")], energy)


def test_every_argument_changes_the_co_occurrence():
    usual = texture.features(IMAGES)
    for change in ({"low": -900}, {"high": 300}, {"levels": 8}):
        assert not np.allclose(texture.features(IMAGES, **change)[:, 7:], usual[:, 7:])
    assert texture.features(IMAGES, distances=(3,)).shape == (5, 13) and len(texture.names((3,))) == 13


def test_an_even_image_has_no_contrast_and_no_number_is_missing():
    found = texture.features(np.full((1, 1, 6, 6), -300.0))[0]
    assert np.isfinite(found).all()
    assert found[texture.names().index("contrast at 1")] == 0 and found[6] == 0


def test_what_cannot_be_counted_is_said(monkeypatch):
    with pytest.raises(
        ValueError, match=r"features: grey images of shape \(N, 1, H, W\) are needed, but shape \(5, 5\)"
    ):
        texture.features(np.zeros((5, 5)))
    with pytest.raises(ValueError, match="grey_levels: low must lie below high"):
        texture.features(IMAGES, low=200, high=-1000)
    with pytest.raises(ValueError, match="grey_levels: levels"):
        texture.grey_levels(IMAGES, low=0, high=1, levels=1)
    monkeypatch.setitem(sys.modules, "skimage.feature", None)
    with pytest.raises(ImportError, match=r"texture\.features needs scikit-image"):
        texture.features(IMAGES)
