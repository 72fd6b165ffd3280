"""What a widget leaves on paper: greys through a window, two colours around zero, pictures, and tables of numbers."""

import base64
import io

import numpy as np
import pytest
from PIL import Image

from marubatsu.widgets.kit import still


def test_a_window_is_black_half_its_width_below_its_level_and_white_half_above():
    hu = np.array([[-2000, -50, 0, 50, 150, 2000]])
    np.testing.assert_array_equal(still.shade(hu, (50, 200)), [[0, 0, 64, 128, 255, 255]])


def test_below_zero_is_blue_above_is_orange_and_the_limit_has_the_lightest_colour():
    colours = still.diverge(np.array([[-4.0, -2.0, 0.0, 2.0, 4.0, 9.0]]), 4.0)[0]
    np.testing.assert_array_equal(colours[2], [13, 16, 20])
    np.testing.assert_array_equal(colours[1], still.BELOW[1, 1:])
    np.testing.assert_array_equal(colours[3], still.ABOVE[1, 1:])
    np.testing.assert_array_equal(colours[0], still.BELOW[2, 1:])
    np.testing.assert_array_equal(colours[4], colours[5])
    assert colours[0, 2] > colours[0, 0] and colours[4, 0] > colours[4, 2]


@pytest.mark.parametrize("shape", [(3, 5), (3, 5, 3), (1, 1)])
def test_a_png_read_back_has_the_very_bytes(shape):
    pixels = np.random.default_rng(1).integers(0, 256, shape).astype(np.uint8)
    kind, data = still.png(pixels).split(",")
    assert kind == "data:image/png;base64"
    image = Image.open(io.BytesIO(base64.b64decode(data)))
    image.load()  # a wrong checksum stops here
    np.testing.assert_array_equal(np.asarray(image), pixels)


def test_a_picture_says_what_is_to_be_seen_and_no_word_becomes_html():
    html = still.picture(np.zeros((2, 2), np.uint8), alt='a "○"', caption="a < b")
    assert 'alt="a &quot;○&quot;"' in html and "<p>a &lt; b</p>" in html


@pytest.mark.parametrize(
    ("value", "written"), [(0, "0"), (-0.0001, "0"), (-1.5, "−1.5"), (2.0, "2"), (100.0, "100"), (0.12345, "0.123")]
)
def test_a_number_is_written_short_and_with_a_true_minus(value, written):
    assert still.number(value) == written


def test_a_cell_is_tinted_by_the_sign_and_size_of_its_number_and_zero_not_at_all():
    html = still.table([[0.0, -1.0], [0.5, 2.0]], caption="a & b")
    assert "<caption>a &amp; b</caption>" in html and "<td>0</td>" in html
    assert '<td class="marubatsu-below" style="--mb-share:50%">−1</td>' in html
    assert '<td class="marubatsu-above" style="--mb-share:25%">0.5</td>' in html
    assert '<td class="marubatsu-above" style="--mb-share:100%">2</td>' in html
    assert still.table(np.zeros((1, 1)), caption="").count("<td>0</td>") == 1
