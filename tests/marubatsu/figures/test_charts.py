"""Charts of results: bands and whiskers lie where their numbers say, and nothing is cut off or left out."""

import matplotlib
import numpy as np
import pytest

matplotlib.use("Agg")

import matplotlib.colors

from marubatsu.figures import paper, show_bars, show_curves, show_histograms

AT = np.array([0.0, 1.0, 2.0])
LOW, MIDDLE, HIGH = np.array([1.0, 2, 2]), np.array([2.0, 3, 5]), np.array([4.0, 5, 6])


def colour(artist):
    return matplotlib.colors.to_hex(artist.get_facecolor() if hasattr(artist, "get_facecolor") else artist.get_color())


def test_the_band_of_a_curve_lies_between_its_two_ends_in_its_colour_and_has_no_edge_of_its_own():
    axes = show_curves(AT, [MIDDLE, MIDDLE + 1], labels=["A", "B"], low=[LOW, LOW + 1], high=[HIGH, HIGH + 1]).axes[0]
    assert len(axes.collections) == 2
    for band, line, more in zip(axes.collections, axes.lines, (0, 1), strict=True):
        corners = {tuple(each) for each in band.get_paths()[0].vertices}
        assert {*zip(AT, LOW + more, strict=True), *zip(AT, HIGH + more, strict=True)} <= corners
        assert matplotlib.colors.to_hex(band.get_facecolor()[0]) == matplotlib.colors.to_hex(line.get_color())
        assert band.get_linewidth()[0] == 0 and 0 < band.get_alpha() < 0.5
    assert [line.get_marker() for line in axes.lines] == ["o", "s"], "told apart without colours"


@pytest.mark.parametrize(("low", "high"), [([LOW], None), (None, [HIGH]), ([LOW, LOW], [HIGH]), ([LOW], [HIGH, HIGH])])
def test_a_band_needs_two_ends_for_each_curve(low, high):
    with pytest.raises(ValueError, match="give low and high together, 1 arrays each, or neither"):
        show_curves(AT, [MIDDLE], labels=["A"], low=low, high=high)


@pytest.mark.parametrize(("low", "high"), [([1], None), (None, [3]), ([1, 1], [3]), ([1], [3, 3])])
def test_a_whisker_needs_two_ends_for_each_bar(low, high):
    with pytest.raises(ValueError, match="give low and high together, 1 numbers each, or neither"):
        show_bars([2], labels=["A"], low=low, high=high)


def test_the_axis_of_curves_begins_at_0_or_below_the_lowest_end_and_stops_where_it_is_told():
    assert show_curves(AT, [MIDDLE], labels=["A"]).axes[0].get_ylim()[0] == 0
    assert show_curves(AT, [MIDDLE], labels=["A"], most=9).axes[0].get_ylim() == (0, 9)
    below = show_curves(AT, [MIDDLE], labels=["A"], low=[LOW - 3], high=[HIGH]).axes[0]
    assert below.get_ylim()[0] < -2, "the band is seen whole"
    assert show_curves(AT, [MIDDLE - 2], labels=["A"]).axes[0].get_ylim()[0] == 0, "a curve may touch 0"


def test_the_value_of_a_bar_stands_on_its_whisker_inside_the_picture():
    axes = show_bars([0.4, 0.123456], labels=["A", "B"], low=[0.3, 0.1], high=[0.5, 0.2]).axes[0]
    assert [(text.get_text(), *text.get_position()) for text in axes.texts] == [("0.4", 0, 0.5), ("0.123", 1, 0.2)]
    assert axes.get_ylim() == (0, pytest.approx(1.15 * 0.5))
    assert show_bars([0.4], labels=["A"]).axes[0].get_ylim() == (0, pytest.approx(1.15 * 0.4))
    assert show_bars([0.4], labels=["A"], most=1).axes[0].get_ylim() == (0, 1)


def test_each_bar_has_its_colour_and_a_gap_to_the_next():
    axes = show_bars([3, 2, 1], labels=list("ABC")).axes[0]
    assert [colour(bar) for bar in axes.patches] == list(paper.CLASSES[:3])
    assert [bar.get_x() + bar.get_width() / 2 for bar in axes.patches] == pytest.approx([0, 1, 2])
    assert all(0.4 < bar.get_width() < 0.9 for bar in axes.patches)


@pytest.mark.parametrize(("count", "width"), [(1, 2.5), (3, 4.8), (5, 8.0), (9, 8.0)])
def test_more_bars_take_a_wider_sheet_up_to_that_of_a_page(count, width):
    assert show_bars([1] * count, labels=["A"] * count).get_figwidth() == pytest.approx(width)


def test_a_threshold_stands_upright_over_the_histograms_where_it_is():
    axes = show_histograms([AT, AT + 2], labels=["○", "×"], mark=1.5, unit="HU").axes[0]
    (mark,) = [line for line in axes.lines if line.get_linestyle() == "--"]
    assert list(mark.get_xdata()) == [1.5, 1.5] and list(mark.get_ydata()) == [0, 1]
    assert axes.get_xlabel() == "HU" and [text.get_text() for text in axes.get_legend().get_texts()] == ["○", "×"]
    plain = show_histograms([AT]).axes[0]
    assert len(plain.lines) == 0 and plain.get_legend() is None


def test_where_two_histograms_overlap_both_are_seen():
    axes = show_histograms([AT, AT], labels=["○", "×"], bins=3).axes[0]
    assert all(0.2 < patch.get_alpha() < 0.8 for bars in axes.containers for patch in bars)
    outlines = [patch for patch in axes.patches if patch.get_fill() is False or not patch.get_facecolor()[3]]
    assert len(outlines) >= 2, "and each has an outline"


def test_no_class_at_all_is_refused():
    with pytest.raises(ValueError, match="each class needs at least one number"):
        show_histograms([])
