import pytest

from marubatsu.notation import output_size


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
