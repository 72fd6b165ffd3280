"""A reader's drawing as a word in a link: every pixel survives, and a word that was cut off is refused."""

import numpy as np
import pytest

from marubatsu.widgets.kit import drawing


@pytest.mark.parametrize("share", [0.02, 0.5, 1.0])
def test_every_pixel_of_a_drawing_survives_its_way_through_a_link(share):
    drawn = np.random.default_rng(1).random((32, 32)) < share
    word = drawing.encode(drawn)
    assert word.replace("-", "").replace("_", "").isalnum(), "no sign that an address would change"
    np.testing.assert_array_equal(drawing.decode(word), drawn)


def test_an_empty_drawing_is_no_word_and_no_word_an_empty_drawing():
    assert drawing.encode(np.zeros((32, 32))) == ""
    assert drawing.decode("").shape == (32, 32) and not drawing.decode("").any()


def test_a_grey_pixel_is_drawn_from_above_one_half():
    grey = np.zeros((32, 32))
    grey[0, :3] = 0.4, 0.5, 0.6
    assert drawing.decode(drawing.encode(grey))[0, :4].tolist() == [0, 0, 1, 0]


@pytest.mark.parametrize("word", ["A" * 20, "A" * 170, "not a word!", "é"])
def test_a_word_that_was_not_copied_whole_is_refused(word):
    with pytest.raises(ValueError, match="is not a drawing; copy the whole text from a widget"):
        drawing.decode(word)


def test_a_drawing_of_another_size_is_refused():
    with pytest.raises(ValueError, match=r"a drawing has 32 rows and 32 columns, but shape \(32, 31\) came"):
        drawing.encode(np.zeros((32, 31)))
