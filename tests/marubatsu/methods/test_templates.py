import numpy as np
import pytest

from marubatsu.data import marks
from marubatsu.methods.templates import classify, difference, differences

MODELS = [marks.model(kind) for kind in marks.KINDS]


def test_two_pixels_that_differ_by_a_half_and_by_one_differ_by_one_and_a_half():
    images = np.array([[[[0.0, 1.0], [0.5, 0.0]]]])
    np.testing.assert_array_equal(difference(images, np.array([[0.0, 1.0], [0.0, 1.0]])), [1.5])


def test_identical_images_differ_by_nothing():
    images = np.stack(MODELS)[:, None]
    np.testing.assert_array_equal(np.diag(differences(images, MODELS)), [0, 0])
    np.testing.assert_array_equal(classify(images, MODELS), [0, 1])


def test_the_difference_is_the_sum_over_the_pixels_one_by_one():
    rng = np.random.default_rng(1)
    images, template = rng.uniform(size=(3, 1, 4, 5)), rng.uniform(size=(4, 5))
    slow = [sum(abs(a - b) for a, b in zip(image.flat, template.flat, strict=True)) for image in images]
    np.testing.assert_allclose(difference(images, template), slow)


def test_black_and_white_bytes_are_subtracted_without_wrapping_round():
    black, white = np.zeros((1, 1, 1, 1), np.uint8), np.full((1, 1), 255, np.uint8)
    np.testing.assert_array_equal(difference(black, white), [255])


def test_of_two_equal_differences_the_first_template_wins():
    grey = np.full((1, 1, 2, 2), 0.5)
    np.testing.assert_array_equal(classify(grey, [np.zeros((2, 2)), np.ones((2, 2))]), [0])


def test_a_cross_moved_by_three_pixels_is_farther_from_its_own_model_than_an_empty_image():
    # The page template-difference asks the reader to guess this.
    moved = marks.draw("cross", row=18.5, column=15.5)[None, None]
    empty = np.zeros_like(moved)
    assert difference(moved, MODELS[1])[0] > difference(empty, MODELS[1])[0]


@pytest.mark.parametrize("seed", range(5))
def test_on_distorted_marks_the_template_is_hardly_better_than_a_coin(seed):
    images, labels = marks.sample(400, rng=np.random.default_rng(seed))
    wrong = np.mean(classify(images, MODELS) != labels)
    assert 0.38 < wrong < 0.54


def test_on_perfect_marks_the_template_never_errs():
    images, labels = marks.sample(50, rng=np.random.default_rng(1), difficulty=0.0)
    np.testing.assert_array_equal(classify(images, MODELS), labels)


def test_the_images_are_left_as_they_were():
    images, _ = marks.sample(4, rng=np.random.default_rng(1))
    before = images.copy()
    classify(images, MODELS)
    np.testing.assert_array_equal(images, before)


@pytest.mark.parametrize("shape", [(1, 3, 32, 32), (1, 1, 32, 31)])
def test_images_of_another_size_or_in_colour_are_refused(shape):
    with pytest.raises(ValueError, match=r"difference: images must be grey .* images of shape .* Cut or scale"):
        difference(np.zeros(shape), MODELS[0])


def test_one_image_without_its_axes_is_told_what_to_write():
    with pytest.raises(ValueError, match=r"difference: images must have 4 axes .* write image\[None, None\]"):
        difference(MODELS[0], MODELS[0])


def test_a_template_with_a_channel_axis_is_refused():
    with pytest.raises(ValueError, match=r"difference: template must have 2 axes \(H, W\)"):
        difference(MODELS[0][None, None], MODELS[0][None])


def test_a_pixel_that_is_not_a_number_is_refused_rather_than_called_a_circle():
    images = MODELS[1][None, None].copy()
    images[0, 0, 3, 3] = np.nan
    with pytest.raises(ValueError, match="difference: images must be finite, but 1 of 1024 numbers"):
        classify(images, MODELS)


def test_text_is_refused():
    with pytest.raises(TypeError, match="difference: images must hold real numbers"):
        difference(np.full((1, 1, 32, 32), "×"), MODELS[0])


def test_a_single_template_has_nothing_to_be_compared_with():
    with pytest.raises(ValueError, match="differences: at least 2 templates are needed to compare, but 1 came"):
        differences(MODELS[0][None, None], MODELS[:1])
