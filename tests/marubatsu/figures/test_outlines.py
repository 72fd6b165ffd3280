import warnings

import matplotlib
import numpy as np
import pytest

matplotlib.use("Agg")

import matplotlib.colors
import matplotlib.pyplot as plt

from marubatsu.figures import outlines, show_outlines

SLICES = np.linspace(-200, 300, 3 * 30 * 40).reshape(3, 30, 40)
MASKS = np.zeros((3, 30, 40), bool)
MASKS[:, 5:15, 10:30] = True


def area(line):
    """The area inside a closed line; negative for one that runs against the clock, as seen on a picture."""
    row, column = line.T
    return float(np.sum(column[:-1] * row[1:] - column[1:] * row[:-1]) / 2)


def test_an_outline_runs_along_the_edges_of_pixels_and_is_closed():
    (line,) = outlines.edges(MASKS[0])
    np.testing.assert_array_equal(line[0], line[-1])
    assert line.min(axis=0).tolist() == [4.5, 9.5] and line.max(axis=0).tolist() == [14.5, 29.5]
    np.testing.assert_array_equal(np.abs(np.diff(line, axis=0)).sum(axis=1), 1)
    assert area(line) == 200


def test_outlines_hold_exactly_the_pixels_of_any_mask():
    rng = np.random.default_rng(1)
    for share in (0.1, 0.5, 0.9):
        mask = rng.random((20, 25)) < share  # holes, corners that touch, pixels at the border of the image
        lines = outlines.edges(mask)
        np.testing.assert_allclose(sum(area(line) for line in lines), mask.sum())
        for line in lines:
            np.testing.assert_array_equal(line[0], line[-1])
        sides = sum(np.sum(np.diff(np.pad(mask, 1).astype(int), axis=axis) != 0) for axis in (0, 1))
        assert sum(len(line) - 1 for line in lines) == sides


def test_a_hole_has_an_outline_against_the_clock():
    mask = MASKS[0].copy()
    mask[8, 12] = False
    assert sorted(area(line) for line in outlines.edges(mask)) == [-1, 200]


def test_each_label_has_its_own_outline_and_nothing_has_none():
    labels = MASKS[0].astype(int)
    labels[5:15, 20:30] = 2
    assert sorted(area(line) for line in outlines.edges(labels)) == [100, 100]
    assert outlines.edges(np.zeros((4, 4), int)) == []


def test_truth_and_found_differ_in_colour_brightness_and_dashes():
    figure = show_outlines(SLICES[:, None], MASKS, np.roll(MASKS, 3, axis=2), labels=list("ABC"))
    truth, found = figure.axes[0].lines
    assert truth.get_color() != found.get_color()
    assert truth.get_linestyle() == "-" and found.get_linestyle() == "--"
    colours = [matplotlib.colors.to_rgb(line.get_color()) for line in (truth, found)]
    assert abs(colours[0][2] - colours[1][2]) > 0.5  # blue against no blue: told apart without red and green


def test_lines_leave_the_slice_readable_in_its_window():
    figure = show_outlines(SLICES, MASKS, level=50, width=300)
    image = figure.axes[0].images[0]
    assert image.get_clim() == (-100, 200) and len(figure.axes[0].collections) == 0
    np.testing.assert_array_equal(image.get_array(), SLICES[0])
    assert max(line.get_linewidth() for line in figure.axes[0].lines) <= 2
    assert figure.axes[0].get_ylim() == (29.5, -0.5)


def test_a_slice_may_have_no_mask():
    figure = show_outlines(SLICES, [MASKS[0], None, MASKS[2]], columns=3)
    assert [len(each.lines) for each in figure.axes[:3]] == [1, 0, 1]
    assert [len(each.lines) for each in show_outlines(SLICES).axes[:3]] == [0, 0, 0]


def test_it_is_drawn_without_a_warning_without_words_and_left_closed(tmp_path):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        figure = show_outlines(SLICES, MASKS, MASKS, labels=["A", "B", "0.93"])
        figure.savefig(tmp_path / "figure.svg")
    assert plt.get_fignums() == [] and figure.patch.get_alpha() == 0 and figure.get_figwidth() <= 7.5
    texts = [text.get_text() for text in figure.findobj(matplotlib.text.Text) if text.get_visible()]
    assert not [text for text in texts if sum(letter.isalpha() for letter in text) > 1]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((SLICES, MASKS[:2]), "show_outlines: 3 slices came with 2 masks of truth"),
        ((SLICES, None, MASKS[:, :9]), r"found must be masks or whole-number labels of shape \(30, 40\), but bool of"),
        ((SLICES, MASKS * 0.5), "truth must be masks or whole-number labels of shape .* but float64"),
        ((np.zeros((0, 4, 4)),), "show_outlines: at least one picture is needed"),
    ],
)
def test_what_does_not_fit_is_answered_with_a_sentence(arguments, words):
    with pytest.raises(ValueError, match=words):
        show_outlines(*arguments)


def test_a_crop_leaves_off_the_same_on_each_side():
    axes = show_outlines(SLICES, MASKS, crop=3).axes[0]
    assert axes.get_xlim() == (2.5, 36.5) and axes.get_ylim() == (26.5, 2.5)
    for crop in (15, -1):
        with pytest.raises(ValueError, match=f"with crop={crop} nothing would be left of a slice"):
            show_outlines(SLICES, crop=crop)


def test_a_window_without_width_is_refused():
    with pytest.raises(ValueError, match="the width of the window must be above 0 HU, but 0 came"):
        show_outlines(SLICES, width=0)


def test_the_dashed_line_is_no_thinner_than_the_full_one_so_that_both_are_seen_where_they_meet():
    truth, found = show_outlines(SLICES[:1], MASKS[:1], MASKS[:1]).axes[0].lines
    assert 1.5 <= truth.get_linewidth() <= found.get_linewidth() <= 2
