import numpy as np
import pytest

from marubatsu.figures import show_denoised


def test_versions_are_grey_and_the_difference_is_signed():
    full, low = np.full((8, 10), -800.0), np.full((8, 10), -700.0)
    figure = show_denoised([full, low], low - full, labels="ABC", reach=200)
    pictures = [axes.images[0] for axes in figure.axes]
    assert [axes.get_title() for axes in figure.axes] == ["A", "B", "C"]
    assert [picture.cmap.name for picture in pictures] == ["gray", "gray", "signed"]
    np.testing.assert_array_equal(pictures[2].get_array(), 100)
    assert pictures[2].get_clim() == (-200, 200) and pictures[0].get_clim() == (-1350, 150)


def test_a_label_too_few_is_refused():
    with pytest.raises(ValueError, match="show_denoised: 2 pictures need 2 labels, but 1 came"):
        show_denoised([np.zeros((4, 4))], np.zeros((4, 4)), labels="A")
