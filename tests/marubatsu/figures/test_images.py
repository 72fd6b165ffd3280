"""Images side by side: each as large as its place allows, in its own proportions, in rows of so many."""

import matplotlib
import numpy as np
import pytest

matplotlib.use("Agg")

from marubatsu.figures import paper, show_feature_maps, show_images, show_window


def side(figure):
    """How wide and high the first picture is on paper, in inches."""
    figure.draw_without_rendering()
    box = figure.axes[0].get_window_extent()
    return box.width / figure.dpi, box.height / figure.dpi


@pytest.mark.parametrize(("count", "columns", "widest"), [(1, 6, 3.2), (2, 6, 3.2), (6, 6, 1.25), (7, 3, 2.5)])
def test_pictures_share_the_width_of_a_page_and_none_is_larger_than_a_hand(count, columns, widest):
    figure = show_images(np.zeros((count, 8, 8)), columns=columns)
    width, height = side(figure)
    assert 0.9 * widest < width <= widest and width == pytest.approx(height, rel=0.01)
    assert figure.axes[0].get_gridspec().ncols == min(count, columns)
    assert figure.axes[0].get_gridspec().nrows == -(-count // min(count, columns))


def test_a_letter_above_takes_no_room_from_its_picture():
    images = np.zeros((6, 8, 8))
    without, with_letters = side(show_images(images)), side(show_images(images, labels=list("ABCDEF")))
    assert with_letters[0] == pytest.approx(without[0], rel=0.06)


@pytest.mark.parametrize(("shape", "height"), [((8, 8), 3.2), ((4, 8), 1.6), ((16, 8), 6.4), ((80, 8), 6.4)])
def test_a_picture_keeps_its_proportions_up_to_twice_as_high_as_wide(shape, height):
    assert show_images([np.zeros(shape)]).get_figheight() == pytest.approx(height + 0.05)


def test_an_even_map_is_white_and_has_a_scale():
    shown = show_feature_maps(np.zeros((1, 3, 3))).axes[0].images[0]
    assert shown.get_clim() == (-1, 1)
    np.testing.assert_allclose(shown.to_rgba(shown.get_array())[..., :3], 1, atol=0.01)


def test_a_frame_is_orange_on_all_four_sides_and_only_where_it_was_asked_for():
    framed, other = show_images(np.zeros((2, 4, 4)), framed=[True, False]).axes
    colour = matplotlib.colors.to_rgba(paper.POSITIVE)
    assert {spine.get_edgecolor() for spine in framed.spines.values()} == {colour}
    assert colour not in {spine.get_edgecolor() for spine in other.spines.values()}


def test_one_image_through_several_windows_is_labelled_by_them_or_as_it_is_told():
    windows = [(40, 400), (-600, 1500)]
    assert [each.get_title() for each in show_window(np.zeros((4, 4)), windows).axes] == ["40 / 400", "-600 / 1500"]
    assert [each.get_title() for each in show_window(np.zeros((4, 4)), windows, labels=["A", "B"]).axes] == ["A", "B"]


def test_only_one_end_of_the_greys_can_be_given():
    assert show_images([np.zeros((2, 2))], low=-5).axes[0].images[0].get_clim() == (-5, 1)
    assert show_images([np.zeros((2, 2), np.uint8)], high=99).axes[0].images[0].get_clim() == (0, 99)


def test_pictures_have_no_ticks():
    for axes in show_images(np.zeros((2, 4, 4))).axes:
        assert len(axes.get_xticks()) == len(axes.get_yticks()) == 0
