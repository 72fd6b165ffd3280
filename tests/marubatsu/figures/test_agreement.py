"""Claims about the pictures of agreement."""

import warnings

import matplotlib
import numpy as np
import pytest

matplotlib.use("Agg")

import matplotlib.pyplot as plt

from marubatsu.figures import paper, show_agreement, show_scatter
from marubatsu.metrics import bland_altman

TRUTH = np.array([20.0, 25, 30, 40, 55])
ONE, OTHER = TRUTH + np.array([1, -1, 2, 0, 1]), TRUTH * 0.8 + 6


def with_limits(measured, truth, **options):
    return show_agreement(measured, truth, [bland_altman(each, truth) for each in measured], **options)


@pytest.mark.parametrize("draw", [with_limits, show_scatter])
@pytest.mark.parametrize("count", [1, 2, 3])
def test_a_figure_is_drawn_without_a_warning_and_is_left_closed(draw, count, tmp_path):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        figure = draw([ONE, OTHER, ONE][:count], TRUTH, labels=list("ABC")[:count], unit="mm")
        figure.savefig(tmp_path / "figure.svg")
    assert plt.get_fignums() == [] and figure.patch.get_alpha() == 0 and figure.get_figwidth() <= 7.5
    assert [axes.get_title() for axes in figure.axes] == list("ABC")[:count]
    assert {axes.get_xlabel() for axes in figure.axes} == {axes.get_ylabel() for axes in figure.axes} == {"mm"}


def test_the_lines_of_agreement_stand_at_bias_and_limits():
    axes = with_limits([ONE], TRUTH).axes[0]
    found = bland_altman(ONE, TRUTH)
    at = [line.get_ydata()[0] for line in axes.lines if len(line.get_xdata()) == 2]
    np.testing.assert_allclose(at, [0, found.bias, found.low, found.high])
    (points,) = [line for line in axes.lines if len(line.get_xdata()) == len(TRUTH)]
    np.testing.assert_allclose(points.get_xydata(), np.stack([TRUTH, ONE - TRUTH], axis=1))
    axes.figure.draw_without_rendering()
    boxes = [axes.transData.inverted().transform_bbox(patch.get_window_extent()) for patch in axes.patches]
    bands = sorted((box.y0, box.y1) for box in boxes)
    np.testing.assert_allclose(bands, sorted([found.bias_interval, found.low_interval, found.high_interval]))


def test_methods_side_by_side_can_be_compared():
    figure = with_limits([ONE, OTHER], TRUTH, labels=["A", "B"])
    assert figure.axes[0].get_ylim() == figure.axes[1].get_ylim()
    low, high = figure.axes[0].get_ylim()
    assert low < min((ONE - TRUTH).min(), (OTHER - TRUTH).min()) and high > max((ONE - TRUTH).max(), 3)


def test_the_scatter_has_the_line_of_identity_and_equal_axes():
    axes = show_scatter([OTHER], TRUTH).axes[0]
    identity, points = axes.lines
    np.testing.assert_array_equal(identity.get_xdata(), identity.get_ydata())
    np.testing.assert_allclose(points.get_xydata(), np.stack([TRUTH, OTHER], axis=1))
    assert axes.get_xlim() == axes.get_ylim() and axes.get_aspect() == 1


def test_each_method_has_its_colour():
    colours = [axes.lines[-1].get_color() for axes in show_scatter([ONE, OTHER], TRUTH).axes]
    assert colours == list(paper.CLASSES[:2])


def without_limits(measured, truth, **options):
    return show_agreement(measured, truth, [None] * len(measured), **options)


def test_an_agreement_is_needed_for_each_method():
    with pytest.raises(ValueError, match="show_agreement: 2 methods and 1 agreements came; each method needs one"):
        show_agreement([ONE, OTHER], TRUTH, [bland_altman(ONE, TRUTH)])


@pytest.mark.parametrize(("draw", "name"), [(without_limits, "show_agreement"), (show_scatter, "show_scatter")])
def test_what_cannot_be_drawn_is_said(draw, name):
    with pytest.raises(ValueError, match=f"{name}: at least one method is needed"):
        draw([], TRUTH)
    with pytest.raises(ValueError, match=r"each of the 5 true ones, in a row, but shape \(\) came"):
        draw(ONE, TRUTH)
    with pytest.raises(ValueError, match="2 pictures need 2 labels, but 1 came"):
        draw([ONE, OTHER], TRUTH, labels=["A"])


def test_the_line_of_identity_reaches_past_all_numbers_by_a_twentieth_on_both_sides():
    axes = show_scatter([ONE, OTHER], TRUTH).axes[0]
    low, high = min(TRUTH.min(), ONE.min(), OTHER.min()), max(TRUTH.max(), ONE.max(), OTHER.max())
    margin = 0.05 * (high - low)
    np.testing.assert_allclose(axes.get_xlim(), [low - margin, high + margin])
    np.testing.assert_allclose(axes.lines[0].get_xdata(), axes.get_xlim())


def test_zero_stands_in_the_middle_and_every_band_is_seen_whole():
    figure = with_limits([ONE, OTHER], TRUTH)
    low, high = figure.axes[0].get_ylim()
    assert low == -high
    bands = [edge for axes in figure.axes for patch in axes.patches for edge in (patch.get_y(), patch.get_height())]
    furthest = max(abs(end) for each in (ONE, OTHER) for a in [bland_altman(each, TRUTH)]
                   for end in (*a.low_interval, *a.high_interval))  # fmt: skip
    assert high == pytest.approx(1.1 * furthest) and len(bands) == 12


@pytest.mark.parametrize("count", [1, 2, 3])
def test_methods_side_by_side_keep_pictures_that_can_be_read(count):
    figure = show_scatter([ONE] * count, TRUTH, labels=list("ABC")[:count], unit="mm")
    figure.draw_without_rendering()
    sides = [axes.get_window_extent().width / figure.dpi for axes in figure.axes]
    assert min(sides) > {1: 2.8, 2: 2.6, 3: 1.6}[count]
