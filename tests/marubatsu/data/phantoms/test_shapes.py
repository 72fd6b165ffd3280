"""The shapes that phantoms are made of have the area, the place, the turn and the soft edge that they should."""

import numpy as np
import pytest
from scipy import ndimage

from marubatsu.data.edges import soft
from marubatsu.data.phantoms.plane import Plane
from marubatsu.data.phantoms.shapes import blob, ellipse, lay, smooth_noise

RNG = np.random.default_rng


def second_moments(cover):
    """Variance along rows and columns, and between them, in pixels squared."""
    rows, columns = np.indices(cover.shape) - np.reshape(ndimage.center_of_mass(cover), (2, 1, 1))
    return [(cover * each).sum() / cover.sum() for each in (rows**2, columns**2, rows * columns)]


@pytest.mark.parametrize("turn", [0.0, 30.0, -50.0])
def test_an_ellipse_has_its_area_its_middle_and_its_turn(turn):
    found = ellipse((60, 70), (28.3, 33.6), (12.0, 20.0), turn=turn)
    assert found.dtype == np.float32 and found.min() == 0 and found.max() == 1
    np.testing.assert_allclose(found.sum(), np.pi * 12 * 20, rtol=0.005)
    np.testing.assert_allclose(ndimage.center_of_mass(found), (28.3, 33.6), atol=0.02)
    sin, cos = np.sin(np.deg2rad(turn)), np.cos(np.deg2rad(turn))
    tall, wide = 12**2 / 4, 20**2 / 4
    expected = tall * cos**2 + wide * sin**2, tall * sin**2 + wide * cos**2, (wide - tall) * sin * cos
    np.testing.assert_allclose(second_moments(found), expected, rtol=0.02, atol=0.4)


def test_a_pixel_on_the_outline_is_half_covered_and_its_neighbours_are_not():
    line = ellipse((41, 41), (20, 20), (10.0, 15.0))[20]
    np.testing.assert_allclose(line[[3, 4, 5, 6, 20, 34, 35, 36]], [0, 0, 0.5, 1, 1, 1, 0.5, 0], atol=0.04)
    np.testing.assert_allclose(soft(np.array([-0.6, -0.5, -0.25, 0, 0.25, 0.5, 2])), [0, 0, 0.25, 0.5, 0.75, 1, 1])


@pytest.mark.parametrize("power", [2.0, 4.0])
def test_a_plane_draws_the_same_ellipse_in_millimetres(power):
    plane = Plane(120, 0.5)
    cover = plane.cover(plane.ellipse((3.0, -4.0), (10.0, 16.0), turn=25, power=power))
    share = {2.0: np.pi / 4, 4.0: 0.9270}[power]  # of the rectangle around it
    np.testing.assert_allclose(cover.sum() / 4, share * 20 * 32, rtol=0.005)
    middle = (np.array(ndimage.center_of_mass(cover)) - 59.5) * 0.5
    np.testing.assert_allclose(middle, (3, -4), atol=0.02)
    if power == 2:
        pixels = ellipse((120, 120), (65.5, 51.5), (20.0, 32.0), turn=25)
        np.testing.assert_allclose(cover, pixels, atol=0.02)


def test_a_window_holds_what_is_put_there():
    plane = Plane(80, 1.5)
    rows, columns = plane.window((10.0, -20.0), 6.0)
    assert plane.rows[rows].min() <= 4 and plane.rows[rows].max() >= 16
    assert plane.columns[:, columns].min() <= -26 and plane.columns[:, columns].max() >= -14
    assert plane.rows[rows].size <= 12 and plane.columns[:, columns].size <= 12
    image = np.zeros((80, 80), np.float32)
    where, cover = plane.put(image, (10.0, -20.0), (6.0, 4.0), 100.0)
    np.testing.assert_allclose(image.sum() / 100 * 1.5**2, np.pi * 24, rtol=0.015)
    np.testing.assert_array_equal(image[where], 100 * cover)
    outside = plane.window((500.0, 0.0), 3.0)
    assert image[outside].size == 0


def test_a_blob_that_does_not_wobble_is_an_ellipse_and_one_that_does_keeps_its_size():
    still = blob((50, 50), (24, 25), (10.0, 10.0), rng=RNG(1), wobble=0.0)
    np.testing.assert_allclose(still, ellipse((50, 50), (24, 25), (10.0, 10.0)), atol=0.01)
    areas = [blob((50, 50), (24, 25), (10.0, 10.0), rng=RNG(seed), wobble=0.06).sum() for seed in range(60)]
    np.testing.assert_allclose(np.mean(areas), np.pi * 100 * (1 + 0.06**2), rtol=0.01)
    assert np.std(areas) > 0.3


def test_smooth_noise_has_mean_0_deviation_1_and_grains_of_its_scale():
    fine, coarse = (smooth_noise((128, 128), scale, rng=RNG(1)) for scale in (1.0, 4.0))
    for found, scale in ((fine, 1.0), (coarse, 4.0)):
        assert found.dtype == np.float32
        np.testing.assert_allclose((found.mean(), found.std()), (0, 1), atol=1e-4)
        alike = (found * np.roll(found, round(2 * scale), axis=0)).mean()
        np.testing.assert_allclose(alike, np.exp(-1), atol=0.08)  # two scales away, by the Gaussian filter


def test_what_is_laid_over_an_image_covers_it_in_part():
    image = np.array([0.0, 10.0, 10.0], np.float32)
    lay(image, np.array([1.0, 0.5, 0.0], np.float32), 40.0)
    np.testing.assert_array_equal(image, [40, 25, 10])
