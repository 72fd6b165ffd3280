import numpy as np
import pytest

from marubatsu.metrics import spot_contrast


def test_a_disc_of_that_size_stands_out_by_its_own_contrast():
    away = np.hypot(*(np.indices((41, 41)) - 20))
    found = spot_contrast(np.where(away <= 4, -740.0, -860.0), 8)
    np.testing.assert_allclose(found[20, 20], 120)
    assert np.unravel_index(found.argmax(), found.shape) == (20, 20)


def test_the_numbers_of_a_case_by_hand():
    image = np.zeros((9, 9))
    image[4, 4] = 5  # a disc of radius 1 holds 5 pixels
    found = spot_contrast(image, 2)
    np.testing.assert_allclose(found[4, 4], 1)
    ring = np.hypot(*(np.indices((9, 9)) - 4))
    count = np.sum((ring > 1.4) & (ring <= 2.6))
    np.testing.assert_allclose(found[4, 6], -5 / count)


def test_level_and_slope_of_the_surroundings_do_not_count():
    rows, columns = np.indices((30, 30))
    found = spot_contrast(300.0 + 5 * rows - 2 * columns, 6)
    np.testing.assert_allclose(found[10:-10, 10:-10], 0, atol=1e-9)


@pytest.mark.parametrize(
    ("image", "diameter", "sentence"),
    [
        (np.zeros((2, 9, 9)), 4, r"spot_contrast: one image of shape \(H, W\) is needed, but shape \(2, 9, 9\) came"),
        (np.full((9, 9), np.nan), 4, "spot_contrast: image must be finite, but 81 of 81 numbers are NaN or infinite"),
        (np.zeros((9, 9)), 1, "spot_contrast: diameter must be at least 2 pixels, but 1 came"),
    ],
)
def test_what_cannot_be_is_said_in_a_sentence(image, diameter, sentence):
    with pytest.raises(ValueError, match=sentence):
        spot_contrast(image, diameter)
