import numpy as np
import pytest

from marubatsu.figures import show_calibration, show_groups, show_learning, show_roc

CURVE = (np.array([0, 0.1, 1]), np.array([0, 0.8, 1]))
BAND = (np.array([0, 0.5, 1]), np.array([0, 0.7, 1]), np.array([0.2, 0.95, 1]))


def drawn(figure):
    """All lines with their places, but the diagonal."""
    return [line.get_xydata() for line in figure.axes[0].lines[1:]]


def words(figure):
    legend = figure.axes[0].get_legend()
    return [] if legend is None else [text.get_text() for text in legend.get_texts()]


def test_roc_curves_stand_where_their_rates_say_and_only_letters_are_written():
    other = (CURVE[0], CURVE[1] / 2)
    figure = show_roc([CURVE, other], labels=["A", "B"], bands=[BAND, BAND], points=[(0.1, 0.8)])
    lines = drawn(figure)
    np.testing.assert_array_equal(lines[0], np.transpose(CURVE))
    np.testing.assert_array_equal(lines[1], np.transpose(other))
    np.testing.assert_array_equal(lines[2], [[0.1, 0.8]])
    assert words(figure) == ["A", "B"] and len(figure.axes[0].collections) == 2
    assert show_roc([CURVE]).axes[0].get_legend() is None
    edge = figure.axes[0].collections[0].get_paths()[0].vertices
    assert edge[:, 1].max() == 1 and [0.5, 0.95] in edge.tolist()


def test_the_diagonal_is_there_and_both_axes_run_from_0_to_1():
    axes = show_roc([CURVE]).axes[0]
    np.testing.assert_array_equal(axes.lines[0].get_xydata(), [[0, 0], [1, 1]])
    assert axes.get_xlim() == axes.get_ylim() == (-0.02, 1.02)


def test_calibration_shows_shares_and_their_whiskers():
    said, found = [np.array([0.1, 0.9])], [np.array([0.2, 0.7])]
    figure = show_calibration(said, found, low=[np.array([0.1, 0.6])], high=[np.array([0.4, 0.8])])
    np.testing.assert_allclose(drawn(figure)[-1], [[0.1, 0.2], [0.9, 0.7]])
    whisker = figure.axes[0].collections[0].get_segments()[0]
    np.testing.assert_allclose(whisker, [[0.1, 0.1], [0.1, 0.4]])


def test_learning_has_the_sizes_on_its_axis_in_equal_ratios():
    sizes, band = np.array([30, 120, 1920]), [np.array([0.6, 0.7, 0.8])]
    figure = show_learning(sizes, band, labels=["A"], low=band, high=band, least=0.5)
    axes = figure.axes[0]
    assert [text.get_text() for text in axes.get_xticklabels()] == ["30", "120", "1,920"]
    assert axes.get_xscale() == "log" and axes.get_ylim() == (0.5, 1)
    np.testing.assert_array_equal(axes.lines[0].get_ydata(), band[0])


def test_bars_of_one_group_stand_side_by_side_over_its_sign():
    figure = show_groups([np.array([0.1, 0.5]), np.array([0.2, -0.4])], labels=["A", "B"], groups=["1", "2"])
    axes = figure.axes[0]
    assert [bar.get_height() for bar in axes.patches] == [0.1, 0.5, 0.2, -0.4]
    middles = [bar.get_x() + bar.get_width() / 2 for bar in axes.patches]
    np.testing.assert_allclose(middles, [-0.2, 0.8, 0.2, 1.2])
    assert words(figure) == ["A", "B"] and [text.get_text() for text in axes.get_xticklabels()] == ["1", "2"]
    with pytest.raises(ValueError, match="show_groups: the arrays of one curve must have the same length"):
        show_groups([np.zeros(3)], labels=["A"], groups=["1", "2"])


def test_what_does_not_belong_together_is_said():
    with pytest.raises(ValueError, match="show_roc: at least one curve is needed"):
        show_roc([])
    with pytest.raises(ValueError, match="show_roc: 1 pictures need 1 labels, but 2 came"):
        show_roc([CURVE], labels=["A", "B"])
    with pytest.raises(ValueError, match="show_roc: 1 curves need 1 bands, but 2 came"):
        show_roc([CURVE], bands=[BAND, BAND])
    with pytest.raises(ValueError, match="show_roc: the arrays of one curve must have the same length"):
        show_roc([(CURVE[0], CURVE[1][:2])])
    with pytest.raises(ValueError, match="show_roc: rates lie between 0 and 1"):
        show_roc([(CURVE[0], 100 * CURVE[1])])
    with pytest.raises(ValueError, match="show_calibration: give low and high together"):
        show_calibration([CURVE[0]], [CURVE[1]], low=[CURVE[1]])
