"""The questions asked of arguments: what passes, and the sentence for what does not."""

import numpy as np
import pytest

from marubatsu import checks
from marubatsu.checks import chance, finite, floating, gradient_of, of_shape, several, whole


def test_one_number_stands_for_rows_and_columns():
    assert several("f", "stride", 2, 1) == (2, 2)
    assert several("f", "stride", [2, 3], 1) == (2, 3)
    assert several("f", "stride", np.int64(2), 1, count=3) == (2, 2, 2)


@pytest.mark.parametrize("value", [(1, 2, 3), "12", None, 1.5, [1]])
def test_what_is_no_pair_is_refused(value):
    with pytest.raises(ValueError, match=r"f: stride must be one whole number or \(rows, columns\), but"):
        several("f", "stride", value, 1)


def test_whole_takes_numbers_of_numpy():
    assert whole("f", "n", np.int32(3), 0) == 3


@pytest.mark.parametrize(
    ("dtype", "expected"),
    [("float32", "float32"), ("float64", "float64"), ("uint8", "float64"), ("bool", "float64"), ("float16", "float64")],
)
def test_numbers_are_computed_in_float32_only_when_they_came_so(dtype, expected):
    assert floating("f", "x", np.ones(3, dtype)).dtype == expected


@pytest.mark.parametrize("array", [["a"], [1 + 2j], [None]])
def test_what_is_no_real_number_is_refused(array):
    with pytest.raises(TypeError, match="f: x must hold real numbers, but"):
        floating("f", "x", array)


def test_missing_axes_are_named_and_the_remedy_is_told():
    with pytest.raises(
        ValueError, match=r"f: x must have 4 axes \(N, C, H, W\), but shape \(3, 3\) came. For one grey"
    ):
        floating("f", "x", np.ones((3, 3)), "N C H W")


def test_an_empty_array_is_refused():
    with pytest.raises(ValueError, match=r"f: x must not be empty, but shape \(0, 1, 3, 3\) came"):
        floating("f", "x", np.ones((0, 1, 3, 3)), "N C H W")


def test_the_array_that_holds_nan_is_named():
    good, bad = np.ones(3), np.array([1, np.nan, np.inf])
    with pytest.raises(ValueError, match="f: weight must be finite, but 2 of 3 numbers are NaN or infinite"):
        finite("f", good * bad, x=good, weight=bad)


def test_a_result_too_large_for_its_dtype_says_so():
    large = np.float32([3e38])
    with np.errstate(over="ignore"), pytest.raises(ValueError, match="f: the result is larger than float32 can hold"):
        finite("f", large * 10, x=large)


def test_a_finite_result_whose_sum_is_not_passes():
    large = np.float64([1e308, 1e308])
    np.testing.assert_array_equal(finite("f", large, x=large), large)


def test_a_gradient_must_have_the_outputs_shape_although_numpy_would_stretch_it():
    np.testing.assert_array_equal(gradient_of("f", [1, 2], (2,)), [1.0, 2.0])
    assert gradient_of("f", np.ones(2), (2,), np.float32).dtype == np.float32
    for shape in ((1, 2), (2, 1), (1,)):
        with pytest.raises(ValueError, match=r"f: gradient must have the output's shape \(2, 2\), but \("):
            gradient_of("f", np.ones(shape), (2, 2))


def test_of_shape_says_whose_shape_it_should_be():
    with pytest.raises(ValueError, match=r"f: output must have the gradient's shape \(2,\), but \(3,\) came"):
        of_shape("f", "output", np.ones(3), (2,), "the gradient's")


@pytest.mark.parametrize("rng", [1, None, np.random])
def test_chance_is_a_generator_and_nothing_else(rng):
    with pytest.raises(TypeError, match=r"f: rng must be a random generator such as np.random.default_rng\(1\), but"):
        chance("f", rng)


def test_chance_hands_the_generator_on():
    rng = np.random.default_rng(1)
    assert chance("f", rng) is rng


@pytest.mark.parametrize(
    ("ask", "good"),
    [
        (lambda value: checks.between("f", "x", value, 0, 1), (0, 1, 0.5, np.float32(0.25))),
        (lambda value: checks.between("f", "x", value, 2, np.inf), (2, 1e9)),
        (lambda value: checks.below("f", "p", value, 1), (0, 0.5, np.float64(0.999))),
        (lambda value: checks.extent("f", "x", value), ((0, 1), [2, 2])),
        (lambda value: checks.confidence("f", value), (0.95, 0.01)),
    ],
)
def test_what_is_within_its_limits_passes(ask, good):
    for value in good:
        assert ask(value) == (tuple(value) if isinstance(value, list) else value)


@pytest.mark.parametrize(
    ("ask", "error", "sentence"),
    [
        (lambda: checks.between("f", "x", 2, 0, 1), ValueError, "f: x must be from 0 to 1, but 2 came"),
        (lambda: checks.between("f", "x", 1, 2, np.inf), ValueError, "f: x must be at least 2, but 1 came"),
        (lambda: checks.between("f", "x", np.nan, 0, 1), ValueError, "f: x must be from 0 to 1, but nan came"),
        (lambda: checks.between("f", "x", "1", 0, 1), TypeError, "f: x must be a number, but '1' came"),
        (lambda: checks.between("f", "x", True, 0, 1), TypeError, "f: x must be a number, but True came"),
        (lambda: checks.below("f", "p", 1.0, 1), ValueError, "f: p must be a fraction from 0 to below 1, but 1.0 came"),
        (lambda: checks.below("f", "p", -0.1, 0.5), ValueError, "from 0 to below 0.5, but -0.1 came"),
        (lambda: checks.below("f", "p", None, 1), TypeError, "f: p must be a number, but None came"),
        (
            lambda: checks.extent("f", "x", (2, 1)),
            ValueError,
            r"f: x must be a range \(smallest, largest\), but \(2, 1\)",
        ),
        (lambda: checks.extent("f", "x", 3), ValueError, "must be a range .* but 3 came"),
        (lambda: checks.confidence("f", 95), ValueError, "confidence must lie between 0 and 1, but 95 came. For 95 %"),
    ],
)
def test_what_is_beyond_its_limits_gets_a_sentence(ask, error, sentence):
    with pytest.raises(error, match=sentence):
        ask()
