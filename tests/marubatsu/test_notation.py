import numpy as np
import pytest

from marubatsu.notation import finite, floating, output_size, several, whole


@pytest.mark.parametrize(
    ("size", "kernel", "options", "expected"),
    [
        (227, 11, {"stride": 4}, 55),  # AlexNet's first layer
        (55, 3, {"stride": 2}, 27),  # its first pooling
        (256, 3, {"padding": 1}, 256),
        (256, 3, {"dilation": 4}, 248),
        (7, 7, {}, 1),
    ],
)
def test_the_output_size_is_that_of_the_formula(size, kernel, options, expected):
    assert output_size(size, kernel, **options) == expected


@pytest.mark.parametrize("stride", [1, 2, 3])
@pytest.mark.parametrize("padding", [0, 1, 2])
@pytest.mark.parametrize("dilation", [1, 2])
def test_the_output_size_counts_the_places_where_the_kernel_fits(stride, padding, dilation):
    size, kernel = 12, 3
    starts = range(-padding, size + padding - dilation * (kernel - 1), stride)
    assert output_size(size, kernel, stride=stride, padding=padding, dilation=dilation) == len(starts)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ((4, 7), "the kernel covers 7 pixels, but the image with its padding has only 4. Take a smaller kernel"),
        ((0, 3), "size must be a whole number of at least 1, but 0 came"),
        ((8, 2.5), "kernel_size must be a whole number of at least 1, but 2.5 came"),
        ((8, True), "kernel_size must be a whole number of at least 1, but True came"),
    ],
)
def test_a_kernel_that_does_not_fit_is_told_why(arguments, sentence):
    with pytest.raises(ValueError, match=f"output_size: {sentence}"):
        output_size(*arguments)


def test_a_stride_of_0_is_refused():
    with pytest.raises(ValueError, match="output_size: stride must be a whole number of at least 1, but 0 came"):
        output_size(8, 3, stride=0)


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
