"""From stored numbers to greys: windows, greys of colours, cutting out and fitting."""

import numpy as np
import pytest
import skimage.color
import skimage.transform

from marubatsu.data import greys, samples


def test_a_window_spreads_its_range_evenly_over_the_greys():
    values = np.array([-1000, -10, 15, 40, 65, 90, 3000])
    np.testing.assert_allclose(greys.window(values, level=40, width=100), [0, 0, 0.25, 0.5, 0.75, 1, 1])


def test_a_window_without_width_is_refused():
    with pytest.raises(ValueError, match="window: width must be above 0, but 0 came"):
        greys.window(np.zeros(3), level=0, width=0)


def test_colours_become_the_grey_that_scikit_image_computes():
    cat = samples.load("cat")
    np.testing.assert_allclose(greys.grey(cat), skimage.color.rgb2gray(cat.pixels), atol=1e-3)


def test_every_sample_becomes_greys_that_use_the_range():
    for sample in samples.all():
        image = greys.grey(sample)
        assert image.dtype == np.float32 and image.ndim == 2
        assert image.min() >= 0 and image.max() <= 1 and np.ptp(image) > 0.3


def test_a_crop_is_that_part_of_the_image():
    image = np.arange(20).reshape(4, 5)
    np.testing.assert_array_equal(greys.crop(image, top=1, left=2, rows=2, columns=3), [[7, 8, 9], [12, 13, 14]])
    with pytest.raises(ValueError, match="rows 3 to 4 and columns 0 to 0 leave the image of 4 rows and 5 columns"):
        greys.crop(image, top=3, left=0, rows=2, columns=1)
    with pytest.raises(ValueError, match="left must be a whole number of at least 0, but -1 came"):
        greys.crop(image, top=0, left=-1, rows=2, columns=2)


def test_fitting_averages_areas_so_that_hounsfield_units_stay():
    head = samples.load("head").pixels
    expected = skimage.transform.downscale_local_mean(head.astype(float), (4, 4))
    np.testing.assert_allclose(greys.fit(head, shape=(128, 128)), expected, atol=1e-3)


def test_fitting_by_a_broken_factor_weighs_each_pixel_by_its_overlap():
    image = np.array([[3.0, 6.0, 9.0]] * 3)
    # 3 columns onto 2: the first takes all of column 0 and half of column 1: (3 + 6/2) / 1.5 = 4.
    np.testing.assert_allclose(greys.fit(image, shape=(2, 2)), [[4, 8], [4, 8]])


def test_fitting_cuts_the_centre_and_keeps_colours():
    image = np.zeros((2, 6, 3))
    image[:, 2:4] = [10, 20, 30]
    np.testing.assert_allclose(greys.fit(image, shape=(1, 1)), [[[10, 20, 30]]])
    np.testing.assert_allclose(greys.fit(image[..., 0], shape=(4, 4)), 10 * np.ones((4, 4)))


def test_an_image_without_pixels_is_refused():
    with pytest.raises(ValueError, match=r"fit: expected an image of rows and columns .* shape \(0, 4\) came"):
        greys.fit(np.zeros((0, 4)))
    with pytest.raises(ValueError, match="fit: shape must be a whole number of at least 1, but 0 came"):
        greys.fit(np.zeros((4, 4)), shape=(0, 4))


def test_a_picture_of_the_book_has_256_rows_and_columns():
    assert greys.fit(np.zeros((300, 400))).shape == (256, 256)
    assert greys.fit(np.zeros((30, 40, 3))).shape == (256, 256, 3), "a small one is enlarged"
