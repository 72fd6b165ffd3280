"""Numbers in cells: each stands in its own cell, the frame lies where the kernel lies, and all can be read."""

import matplotlib
import numpy as np
import pytest

matplotlib.use("Agg")

from matplotlib.patches import Rectangle

from marubatsu import figures
from marubatsu.figures import paper

IMAGE = np.arange(30.0).reshape(5, 6)


def sizes(figure, number=0):
    """The sizes of the letters of one picture, which are all one size."""
    (size,) = {text.get_fontsize() for text in figure.axes[number].texts}
    return size


@pytest.mark.parametrize("box", [(0, 0, 3, 3), (1, 2, 2, 3), (4, 5, 1, 1)])
def test_the_frame_runs_along_the_edges_of_the_pixels_that_it_names(box):
    (frame,) = [patch for patch in figures.show_numbers(IMAGE, box=box).axes[0].patches if type(patch) is Rectangle]
    row, column, rows, columns = box
    corners = frame.get_corners()  # (column, row) of the four corners
    assert corners.min(axis=0).tolist() == [column - 0.5, row - 0.5]  # pixel 0 reaches from −0.5 to 0.5
    assert corners.max(axis=0).tolist() == [column + columns - 0.5, row + rows - 0.5]
    assert not frame.get_fill(), "the numbers in the frame stay readable"


def test_without_a_box_there_is_no_frame():
    assert len(figures.show_numbers(IMAGE).axes[0].patches) == 0


def test_the_smallest_number_is_black_and_the_largest_white_unless_it_is_said_otherwise():
    assert figures.show_numbers(IMAGE - 3).axes[0].images[0].get_clim() == (-3, 26)
    assert figures.show_numbers(IMAGE, low=-10, high=50).axes[0].images[0].get_clim() == (-10, 50)
    low, high = figures.show_numbers(np.full((2, 2), 7.0)).axes[0].images[0].get_clim()
    assert low == 7 < high, "an even image needs a scale too"


def test_the_lines_run_between_the_cells_and_not_through_the_numbers():
    axes = figures.show_numbers(IMAGE).axes[0]
    level = [line.get_ydata()[0] for line in axes.lines if list(line.get_xdata()) == [0, 1]]
    upright = [line.get_xdata()[0] for line in axes.lines if list(line.get_ydata()) == [0, 1]]
    assert level == [0.5, 1.5, 2.5, 3.5] and upright == [0.5, 1.5, 2.5, 3.5, 4.5]


@pytest.mark.parametrize("columns", [2, 6, 14])
def test_a_number_fits_into_its_cell(columns):
    """Letters are at most 0.66 of their size wide in this typeface: measured, not guessed."""
    figure = figures.show_numbers(np.full((columns, columns), -0.25))
    figure.draw_without_rendering()
    axes = figure.axes[0]
    cell = axes.get_window_extent().width / columns
    for text in axes.texts:
        assert text.get_window_extent().width < cell and text.get_window_extent().height < cell
        assert text.get_window_extent().width > 0.4 * cell, "and is not smaller than it must be"


def test_a_cell_is_as_high_as_it_is_wide():
    for shape in ((4, 8), (8, 4), (10, 30)):
        figure = figures.show_numbers(np.zeros(shape))
        width, height = figure.get_size_inches()
        assert height / width == pytest.approx(shape[0] / shape[1]) and 2.5 <= width <= 7.5
    assert figures.show_numbers(np.zeros((8, 8))).get_figwidth() == 4, "half an inch a cell, where there is room"


def test_up_to_32_rows_and_columns_can_be_shown_and_no_more():
    assert figures.show_numbers(np.zeros((32, 32))).axes
    for shape in ((33, 1), (1, 33)):
        with pytest.raises(ValueError, match="at most 32 each"):
            figures.show_numbers(np.zeros(shape))
    with pytest.raises(ValueError, match=r"expected rows and columns of numbers, .* but shape \(0, 3\) came"):
        figures.show_numbers(np.zeros((0, 3)))


def test_kernels_of_zeros_are_white_and_do_not_stop_the_page():
    shown = figures.show_kernels([np.zeros((2, 2))]).axes[0].images[0]
    assert shown.get_clim() == (-1, 1)
    np.testing.assert_allclose(shown.to_rgba(shown.get_array())[..., :3], 1, atol=0.01)
    patch, kernel = np.ones((2, 2)), np.zeros((2, 2))
    assert [each.images[0].get_clim() for each in figures.show_products(patch, kernel).axes] == [(0, 1)] + 2 * [(-1, 1)]


def test_kernels_stand_in_rows_of_so_many_columns_and_empty_places_are_empty():
    figure = figures.show_kernels([np.eye(2)] * 4, labels=list("ABCD"), columns=3)
    assert [each.get_visible() for each in figure.axes] == [True] * 4 + [False] * 2
    assert [each.get_title() for each in figure.axes[:4]] == list("ABCD")
    assert figure.axes[0].get_gridspec().get_geometry() == (2, 3)
    assert len(figures.show_kernels([np.eye(2)] * 2, columns=3).axes) == 2


def test_the_pixels_under_a_kernel_are_grey_from_black_at_zero_to_white_at_one():
    clims = [figures.show_products(patch, np.eye(2)).axes[0].images[0].get_clim() for patch in (
        np.full((2, 2), 0.5), np.array([[-2.0, 0], [0, 3]]))]  # fmt: skip
    assert clims == [(0, 1), (-2, 3)], "wider where the numbers are"


def test_the_colours_of_kernel_and_products_reach_to_their_own_largest_number():
    figure = figures.show_products(np.array([[2.0, 3.0]]), np.array([[-5.0, 1.0]]))
    assert [each.images[0].get_clim() for each in figure.axes[1:]] == [(-5, 5), (-10, 10)]


@pytest.mark.parametrize(
    ("value", "written"),
    [(3.0, "3"), (-2.0, "−2"), (0.25, "0.25"), (0.126, "0.13"), (-0.001, "0"), (100.0, "100"), (999.5, "999.5"),
     (-1000.4, "−1000")],
)  # fmt: skip
def test_a_number_is_written_as_short_as_it_can_be_read(value, written):
    (text,) = figures.show_numbers(np.array([[value]])).axes[0].texts
    assert text.get_text() == written


def test_a_frame_and_a_kernel_above_zero_have_the_colour_of_what_is_positive():
    frame = figures.show_numbers(IMAGE, box=(0, 0, 1, 1)).axes[0].patches[0]
    assert matplotlib.colors.to_hex(frame.get_edgecolor()) == paper.POSITIVE


def test_one_image_of_numbers_is_one_picture():
    assert len(figures.show_numbers(IMAGE).axes) == 1
