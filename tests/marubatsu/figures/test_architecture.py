"""A network as a row of boxes: more data is a larger box, none covers another, each has its letter and its numbers."""

import math
from itertools import pairwise

import matplotlib
import numpy as np
import pytest

matplotlib.use("Agg")

import matplotlib.colors
from matplotlib.patches import Polygon

from marubatsu.figures import paper, show_boxes

ALEXNET = [(3, 227, 227), (96, 55, 55), (256, 13, 13), (4096,), (1000,)]


def boxes(axes):
    """The three sides of each box, in their order: front, top and side, as arrays of corners."""
    sides = [patch for patch in axes.patches if isinstance(patch, Polygon)]
    return [sides[place : place + 3] for place in range(0, len(sides), 3)]


def ends(box):
    """The left and the right end of a box."""
    across = np.concatenate([side.get_xy()[:, 0] for side in box])
    return across.min(), across.max()


def test_boxes_stand_side_by_side_with_a_gap_and_none_covers_another():
    (axes,) = show_boxes(ALEXNET).axes
    drawn = [ends(box) for box in boxes(axes)]
    assert len(drawn) == 5 and drawn[0][0] == 0
    for (_, right), (left, _) in pairwise(drawn):
        assert 1 < left - right < 5
    low, high = axes.get_xlim()
    assert low <= 0 and drawn[-1][1] < high < drawn[-1][1] + 6, "the last one is seen whole"


def test_a_box_is_as_high_as_the_root_of_its_rows_as_deep_as_that_of_its_columns_as_wide_as_its_channels_in_doublings():
    (axes,) = show_boxes([(3, 64, 16), (15, 64, 16)]).axes
    for box, wide in zip(boxes(axes), (0.5, 1.0), strict=True):
        front, top, side = (each.get_xy()[:-1] for each in box)
        assert np.ptp(front[:, 0]) == pytest.approx(wide) and np.ptp(front[:, 1]) == pytest.approx(8)
        np.testing.assert_allclose(top[2] - top[1], 0.35 * 4)  # up and to the right alike
        np.testing.assert_allclose(side[2:] - side[1::-1], 0.35 * 4)
        np.testing.assert_allclose([front[:, 1].min(), front[:, 1].max()], [-4, 4])  # on one middle line


def test_a_row_of_numbers_is_a_rod_of_its_own_colour_that_grows_by_doublings():
    (axes,) = show_boxes([(1,), (1023,), (3, 8, 8)]).axes
    one, many, image = boxes(axes)
    assert np.ptp(one[0].get_xy()[:, 1]) == pytest.approx(1.3)
    assert np.ptp(many[0].get_xy()[:, 1]) == pytest.approx(13)
    colours = [matplotlib.colors.to_hex(box[0].get_facecolor()) for box in (one, many, image)]
    assert colours == [paper.POSITIVE, paper.POSITIVE, paper.NEGATIVE]


def test_the_three_sides_differ_in_strength_so_that_a_box_looks_solid():
    (axes,) = show_boxes([(3, 8, 8)]).axes
    front, top, side = (patch.get_alpha() for patch in boxes(axes)[0])
    assert front - side > 0.1 and side - top > 0.1


def test_the_letter_stands_above_the_middle_of_its_box_and_the_numbers_below():
    (axes,) = show_boxes(ALEXNET, labels=list("ABCDE")).axes
    written = axes.texts
    assert [text.get_text() for text in written[::2]] == list("ABCDE")
    assert [text.get_text() for text in written[1::2]] == [
        "227\n227\n3", "55\n55\n96", "13\n13\n256", "4,096", "1,000"]  # fmt: skip
    for box, letter, numbers in zip(boxes(axes), written[::2], written[1::2], strict=True):
        middle = sum(ends(box)) / 2
        assert letter.get_position()[0] == numbers.get_position()[0] == pytest.approx(middle)
        front = box[0].get_xy()[:, 1]
        slope = front.max() + middle - ends(box)[0]  # where the upper edge, which goes up at 45°, passes the middle
        assert letter.get_position()[1] > slope and front.min() > numbers.get_position()[1]
    low, high = axes.get_ylim()
    assert low < -16 and high > 14, "room for three lines below and a letter above"


@pytest.mark.parametrize(("rows", "on_each"), [(1, [5]), (2, [3, 2]), (5, [1] * 5)])
def test_boxes_are_spread_over_so_many_lines_in_their_order(rows, on_each):
    figure = show_boxes(ALEXNET, labels=list("ABCDE"), rows=rows)
    assert [len(boxes(axes)) for axes in figure.axes] == on_each
    assert [text.get_text() for axes in figure.axes for text in axes.texts[::2]] == list("ABCDE")
    assert figure.get_figheight() <= 5.5 * rows and figure.get_figwidth() == 7.5


@pytest.mark.parametrize("shapes", [[], [(3, 4)], [(1, 2, 3, 4)], [(0, 4, 4)]])
def test_what_is_no_shape_is_refused(shapes):
    with pytest.raises(ValueError, match=r"a shape is \(channels, rows, columns\) or \(numbers,\), but"):
        show_boxes(shapes)


def test_the_sheet_is_as_high_as_its_longest_line_needs():
    one = show_boxes([(3, 64, 64)] * 12).get_figheight()
    line = 12 * (max(0.25 * math.log2(4) + 0.35 * 8, 3.6) + 1.6)
    assert one == pytest.approx(7.5 * 31 / line)
