"""The pixel reader in Python: numbers, greys, and what is no picture."""

import numpy as np
import pytest

from marubatsu.widgets import PixelReader, picture


def test_the_pixel_reader_reads_the_pixel_and_its_grey():
    reader = PixelReader(image="head", pixel=[100, 60], window=[40, 80])
    value = picture("head")[100, 60]
    assert reader.value() == value
    assert reader.grey() == int(np.floor(255 * np.clip((value - 40.0) / 80 + 0.5, 0, 1) + 0.5))
    assert PixelReader(image="cross").place() == (16, 16)
    assert PixelReader(image="cross", pixel=[99, -5]).place() == (31, 0)


def test_a_colour_pixel_has_three_numbers_and_no_grey():
    reader = PixelReader(image="fundus", pixel=[128, 128])
    np.testing.assert_array_equal(reader.value(), picture("fundus")[128, 128])
    with pytest.raises(ValueError, match="its pixels have three numbers, no grey"):
        reader.grey()


def test_an_unknown_picture_is_refused():
    with pytest.raises(ValueError, match=r"PixelReader: image must be one of circle, cross, .* but 'retina' came"):
        PixelReader(image="retina")
    with pytest.raises(ValueError, match="picture: there is no picture called 'dog'"):
        picture("dog")
