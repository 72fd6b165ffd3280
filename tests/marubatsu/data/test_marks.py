import inspect
import itertools

import numpy as np
import pytest

from marubatsu.data import marks


def test_a_pixel_is_as_bright_as_the_stroke_covers_it():
    cross = marks.draw("cross", thickness=2.5)
    # Row 15, column 18 is 0.5 above and 2.5 right of the centre (15.5): |2.5 − 0.5| / √2 = 1.414 from ╱.
    np.testing.assert_allclose(cross[15, 18], 2.5 / 2 - 2 / np.sqrt(2) + 0.5, atol=1e-6)
    np.testing.assert_allclose(cross[15, 16], 1.0)  # on the stroke
    np.testing.assert_allclose(cross[15, 20], 0.0)  # between the strokes


def test_the_ring_is_the_set_of_pixels_at_one_distance_from_the_centre():
    ring = marks.draw("circle", row=15, column=17, size=18, thickness=3)
    row, column = np.indices((32, 32))
    exact = np.clip(1.5 - np.abs(np.hypot(row - 15, column - 17) - 9) + 0.5, 0, 1)
    np.testing.assert_allclose(ring, exact, atol=0.025)  # 48 straight pieces in place of the ring: 9 · (1 − cos 3.75°)


def test_the_ink_of_a_ring_is_its_length_times_its_thickness():
    np.testing.assert_allclose(marks.draw("circle", size=16, thickness=2.5).sum(), np.pi * 16 * 2.5, rtol=0.01)


def test_a_model_is_dark_inside_the_circle_and_bright_where_the_cross_crosses():
    circle, cross = marks.model("circle"), marks.model("cross")
    np.testing.assert_array_equal(circle[14:18, 14:18], 0)
    np.testing.assert_array_equal(cross[15:17, 15:17], 1)
    assert circle.dtype == cross.dtype == np.float32


def test_a_model_grows_with_the_canvas():
    assert marks.model("cross", shape=(64, 80)).shape == (64, 80)
    small = marks.model("circle").sum()
    np.testing.assert_allclose(marks.model("circle", shape=(64, 64)).sum(), 4 * small, rtol=0.01)


def test_a_turn_is_counter_clockwise_on_the_screen():
    for kind in marks.KINDS:
        before, after = (marks.draw(kind, turn=turn, slant=10, gap=0.2) for turn in (10, 100))
        np.testing.assert_allclose(after, np.rot90(before), atol=1e-5)


def test_a_slanted_mark_leans_to_the_right():
    weights = marks.draw("cross", slant=20)
    column_of_ink = (weights * np.arange(32)).sum(axis=1)[8:24] / weights.sum(axis=1)[8:24]
    assert column_of_ink[0] > 15.5 + 1 and column_of_ink[-1] < 15.5 - 1


def test_aspect_is_width_over_height_and_keeps_the_area():
    (way,) = marks.strokes("circle", size=16, aspect=1.44)
    height, width = np.ptp(way, axis=0)
    np.testing.assert_allclose(width / height, 1.44, rtol=1e-6)
    np.testing.assert_allclose(width * height, 16 * 16, rtol=1e-6)


def test_a_gap_is_the_missing_end_of_every_stroke():
    (whole,) = marks.strokes("circle")
    (broken,) = marks.strokes("circle", gap=0.25)
    np.testing.assert_allclose(broken[0], whole[0], atol=1e-9)  # both start at the top
    np.testing.assert_allclose(broken[-1], [0, 8], atol=1e-9)  # down the left side, under the bottom, up to the right
    for short, long in zip(marks.strokes("cross", gap=0.25), marks.strokes("cross"), strict=True):
        np.testing.assert_allclose(short[1] - short[0], 0.75 * (long[1] - long[0]))


def test_noise_has_the_standard_deviation_that_was_asked_for_and_is_cut_off_at_black_and_white():
    image = marks.draw("circle", shape=(200, 200), noise=0.1, rng=np.random.default_rng(3))
    assert image.min() == 0 and image.max() == 1
    canvas = image[:80]  # without ink: half of the noise is cut off at 0, so the mean square is halved
    np.testing.assert_allclose(np.sqrt(2 * np.mean(canvas**2)), 0.1, rtol=0.03)


def test_half_of_a_sample_is_crosses_and_the_labels_say_which():
    images, labels = marks.sample(60, rng=np.random.default_rng(1), noise=(0, 0))
    assert images.shape == (60, 1, 32, 32) and images.dtype == np.float32
    assert labels.dtype == np.int64 and labels.sum() == 30
    for image, label in zip(images[:, 0], labels, strict=True):
        rows, columns = np.nonzero(image > 0)
        middle = image[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1]
        middle = middle[middle.shape[0] // 2, middle.shape[1] // 2]
        assert (middle > 0.3) == (label == 1)  # only a × has ink in the middle of its box


def test_the_same_seed_gives_the_same_images_and_another_seed_others():
    first, again, other = (marks.sample(4, rng=np.random.default_rng(seed))[0] for seed in (1, 1, 2))
    np.testing.assert_array_equal(first, again)
    assert np.abs(first - other).max() > 0.5


def test_without_difficulty_every_mark_is_the_model():
    images, labels = marks.sample(6, rng=np.random.default_rng(1), difficulty=0.0)
    for image, label in zip(images[:, 0], labels, strict=True):
        np.testing.assert_allclose(image, marks.model(marks.KINDS[label]), atol=1e-6)


def test_difficulty_leads_away_from_the_model_step_by_step():
    models = [marks.model(kind) for kind in marks.KINDS]
    away = []
    for difficulty in (0.25, 0.5, 1.0):
        images, labels = marks.sample(100, rng=np.random.default_rng(1), difficulty=difficulty)
        away.append(np.mean([np.abs(i - models[k]).sum() for i, k in zip(images[:, 0], labels, strict=True)]))
    assert away[0] < away[1] < away[2]


def test_every_mark_of_the_default_ranges_fits_on_the_canvas():
    ranges = {word: each.default for word, each in inspect.signature(marks.sample).parameters.items()}
    for kind in marks.KINDS:
        for turn, slant, aspect in itertools.product(ranges["turn"], ranges["slant"], ranges["aspect"]):
            form = {"turn": turn, "slant": slant, "aspect": aspect, "size": ranges["size"][1]}
            assert marks.draw(kind, thickness=ranges["thickness"][1], **form).max() == 1


def test_no_default_cross_comes_near_a_plus():
    ranges = {word: each.default for word, each in inspect.signature(marks.sample).parameters.items()}
    for turn, slant, aspect in itertools.product(ranges["turn"], ranges["slant"], ranges["aspect"]):
        for start, stop in marks.strokes("cross", turn=turn, slant=slant, aspect=aspect):
            down, right = np.abs(stop - start)
            assert 11 < np.degrees(np.arctan2(down, right)) < 79  # a + has 0 and 90, the model × has 45 twice


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"kind": "square"}, r'kind must be "circle" for ○ or "cross" for ×'),
        ({"size": 40}, r"40 pixels large .* would leave the canvas of 32 rows and 32 columns"),
        ({"row": 3}, r"centred at row 3, column 15\.5, would leave the canvas"),
        ({"size": 0.2}, r"size must be at least 1, but 0\.2 came"),
        ({"size": float("nan")}, r"size must be at least 1, but nan came"),
        ({"row": float("nan")}, r"centred at row nan"),
        ({"turn": 400}, r"turn must be from -360 to 360"),
        ({"slant": 80}, r"slant must be from -60 to 60"),
        ({"aspect": 0}, r"aspect must be from 0\.25 to 4"),
        ({"gap": 0.5}, r"gap must be a fraction from 0 to below 0\.5, but 0\.5 came"),
        ({"thickness": 0}, r"thickness must be at least 0\.5"),
        ({"noise": 2}, r"noise must be from 0 to 1"),
        ({"shape": (0, 32)}, r"shape must be a whole number of at least 1, but 0 came"),
    ],
)
def test_a_mark_that_cannot_be_drawn_is_refused_with_a_sentence(wrong, sentence):
    with pytest.raises(ValueError, match=sentence):
        marks.draw(**({"kind": "circle"} | wrong))


def test_the_largest_mark_touches_the_edge_and_one_step_more_is_refused():
    marks.draw("circle", row=8.75, size=16, thickness=2.5)
    with pytest.raises(ValueError, match="leave the canvas"):
        marks.draw("circle", row=8.70, size=16, thickness=2.5)


def test_chance_without_a_generator_is_refused():
    with pytest.raises(TypeError, match=r"rng must be a random generator .* but None came"):
        marks.draw("circle", noise=0.1)
    with pytest.raises(TypeError, match=r"rng must be a random generator .* but 7 came"):
        marks.sample(3, rng=7)
    with pytest.raises(TypeError, match="size must be a number, but '12' came"):
        marks.draw("circle", size="12")


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"n": 0}, "n must be a whole number of at least 1, but 0 came"),
        ({"size": (20, 10)}, r"size must be a range \(smallest, largest\), but \(20, 10\) came"),
        ({"turn": 5}, r"turn must be a range \(smallest, largest\), but 5 came"),
        ({"difficulty": 1.5}, "difficulty must be from 0 to 1"),
        ({"size": (40, 40)}, r"size 40\.0 pixels does not fit on a canvas of 32 rows and 32 columns"),
    ],
)
def test_a_sample_that_cannot_be_drawn_is_refused_with_a_sentence(wrong, sentence):
    with pytest.raises(ValueError, match=sentence):
        marks.sample(**({"n": 2, "rng": np.random.default_rng(1)} | wrong))


def test_left_to_itself_a_sample_leans_and_turns_to_both_sides_alike_and_is_as_often_wide_as_high():
    ranges = {name: each.default for name, each in inspect.signature(marks.sample).parameters.items()}
    for word in ("turn", "slant"):
        assert ranges[word][0] == -ranges[word][1] < 0
    assert ranges["aspect"][0] * ranges["aspect"][1] == pytest.approx(1) and ranges["aspect"][0] < 1
    assert ranges["gap"][0] == ranges["noise"][0] == 0 and ranges["difficulty"] == 1
    perfect = {"size": 16, "thickness": 2.5}
    assert all(ranges[word][0] < value < ranges[word][1] for word, value in perfect.items())


def test_ink_lies_in_the_middle_of_the_canvas_where_nothing_else_is_said_as_thick_as_a_drawn_mark():
    ways = marks.strokes("cross")
    np.testing.assert_allclose(marks.ink(ways, shape=(32, 40)), marks.draw("cross", shape=(32, 40)), atol=1e-6)
    moved = marks.ink(ways, shape=(32, 40), row=15.5 - 2, column=19.5 + 3)
    np.testing.assert_allclose(moved[4:26, 8:36], marks.ink(ways, shape=(32, 40))[6:28, 5:33], atol=1e-12)


def test_the_ends_of_what_a_stroke_may_be_are_allowed():
    for word, ends in {"turn": (-360, 360), "slant": (-60, 60), "aspect": (0.25, 4), "gap": (0, 0.49)}.items():
        for end in ends:
            assert len(marks.strokes("cross", **{word: end})) == 2
    assert marks.draw("circle", size=1, thickness=0.5).max() > 0 and marks.draw("cross", shape=(64, 20)).shape == (
        64,
        20,
    )
