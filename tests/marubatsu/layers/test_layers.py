import numpy as np
import pytest
import torch
from every_layer import EXAMPLES, RNG, kinds, layer_of

from marubatsu.layers import (
    AvgPool2d,
    BatchNorm,
    Conv2d,
    Conv3d,
    ConvTranspose2d,
    Dropout,
    Flatten,
    GlobalMaxPool,
    Layer,
    Linear,
    LocalResponseNorm,
    MaxPool2d,
    Parameter,
    Upsample,
)


def test_every_kind_of_layer_has_an_example_beside_pytorchs():
    there = {type(make()).__name__ for make, _, _ in EXAMPLES.values()}
    assert kinds() - there == set(), (
        "give it one in tests/support/every_layer.py; all tests of layers take it from there"
    )


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_layer_computes_what_pytorchs_does_forward_and_backward(name):
    ours, theirs, shape = EXAMPLES[name][0](), EXAMPLES[name][1](), EXAMPLES[name][2]
    parameters = ours.parameters()
    assert list(parameters) == [word for word, _ in theirs.named_parameters()]
    with torch.no_grad():
        for word, parameter in theirs.named_parameters():
            parameter.copy_(torch.from_numpy(parameters[word].value))
    x = RNG(2).standard_normal(shape).astype(np.float32)
    tensor = torch.from_numpy(x).requires_grad_()
    output = theirs(tensor)
    np.testing.assert_allclose(ours.forward(x, training=True), output.detach().numpy(), rtol=1e-4, atol=1e-5)
    gradient = RNG(3).standard_normal(output.shape).astype(np.float32)
    output.backward(torch.from_numpy(gradient))
    np.testing.assert_allclose(ours.backward(gradient), tensor.grad.numpy(), rtol=1e-4, atol=1e-5)
    for word, parameter in theirs.named_parameters():
        np.testing.assert_allclose(parameters[word].gradient, parameter.grad.numpy(), rtol=1e-4, atol=1e-4)


@pytest.mark.parametrize("name", EXAMPLES)
def test_shapes_told_beforehand_are_those_that_come(name):
    layer, shape = EXAMPLES[name][0](), EXAMPLES[name][2]
    assert layer.output_shape(shape[1:]) == layer(np.ones(shape, np.float32)).shape[1:]


@pytest.mark.parametrize("name", EXAMPLES)
def test_in_use_nothing_is_kept_and_backward_says_so(name):
    layer, shape = EXAMPLES[name][0](), EXAMPLES[name][2]
    output = layer.forward(np.ones(shape, np.float32), training=True)
    layer(np.ones(shape, np.float32))
    with pytest.raises(ValueError, match=r"backward needs what forward saw. Call forward\(x, training=True\) first"):
        layer.backward(output)


@pytest.mark.parametrize("name", EXAMPLES)
def test_gradients_are_the_slopes_of_the_loss(name, slope):
    layer, x = layer_of(name)
    for parameter in layer.parameters().values():
        parameter.value = parameter.value.astype(float)
    weights = RNG(3).standard_normal(layer.forward(x, training=True).shape)

    def loss():
        return (layer.forward(x, training=True) * weights).sum()

    mine = layer.backward(weights)
    np.testing.assert_allclose(mine, slope(loss, x), atol=1e-5)
    for word, parameter in layer.parameters().items():
        np.testing.assert_allclose(parameter.gradient, slope(loss, parameter.value), atol=1e-4, err_msg=word)


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_gradient_of_another_shape_is_refused_although_numpy_would_stretch_it(name):
    layer, x = layer_of(name)
    shape = layer.forward(x, training=True).shape
    for other in ((1, *shape[1:]), (*shape[:-1], shape[-1] + 1), (1,) * len(shape), shape[1:]):
        if other != shape:
            with pytest.raises(ValueError, match=r"gradient must have the output's shape \("):
                layer.backward(np.ones(other, np.float32))


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_input_that_holds_no_numbers_gets_a_sentence(name):
    layer, x = layer_of(name)
    with pytest.raises(TypeError, match="must hold real numbers, but complex128 came"):
        layer(x + 1j)


def test_other_numbers_in_place_of_a_parameters_have_its_shape():
    layer = Linear(2, 3)
    layer.weight.value = np.ones((3, 2), np.float32)
    with pytest.raises(ValueError, match=r"Parameter: the numbers have shape \(3, 2\), so others .* but \(2, 3\) came"):
        layer.weight.value = np.ones((2, 3), np.float32)


def test_gradients_of_two_steps_add_up():
    layer, x = Linear(2, 1, rng=RNG(1)), np.ones((1, 2), np.float32)
    for _ in range(2):
        layer.forward(x, training=True)
        layer.backward(np.ones((1, 1), np.float32))
    np.testing.assert_array_equal(layer.weight.gradient, [[2, 2]])
    np.testing.assert_array_equal(layer.bias.gradient, [2])


def test_a_gradient_stands_before_the_first_backward():
    parameter = Parameter(np.ones((2, 3), np.float32))
    np.testing.assert_array_equal(parameter.gradient, np.zeros((2, 3)))
    assert repr(parameter) == "Parameter of shape (2, 3), float32"


def test_the_same_seed_gives_the_same_weights_and_no_seed_gives_none():
    one, other = (Conv2d(3, 4, 3, rng=RNG(7)).weight.value for _ in range(2))
    np.testing.assert_array_equal(one, other)
    np.testing.assert_array_equal(Conv2d(3, 4, 3).weight.value, np.zeros((4, 3, 3, 3)))


def test_first_weights_keep_the_size_of_what_goes_through():
    weights = Conv2d(16, 64, 5, rng=RNG(1)).weight.value
    np.testing.assert_allclose(weights.std(), np.sqrt(2 / (16 * 25)), rtol=0.02)


def test_multiply_adds_of_alexnets_first_layer():
    # 55 · 55 places, 96 filters, 11 · 11 · 3 products each
    layer = Conv2d(3, 96, 11, stride=4)
    assert layer.output_shape((3, 227, 227)) == (96, 55, 55)
    assert layer.multiply_adds((3, 227, 227)) == 55 * 55 * 96 * 11 * 11 * 3
    assert Linear(9216, 4096).multiply_adds((9216,)) == 37_748_736


@pytest.mark.parametrize(
    ("layer", "text"),
    [
        (Conv2d(3, 8, 3), "Conv2d(3, 8, kernel_size=3)"),
        (
            Conv2d(4, 8, (3, 5), stride=2, padding=(1, 2), groups=2, bias=False),
            "Conv2d(4, 8, kernel_size=(3, 5), stride=2, padding=(1, 2), groups=2, bias=False)",
        ),
        (MaxPool2d(3, stride=2), "MaxPool2d(3, stride=2)"),
        (AvgPool2d(2, padding=1), "AvgPool2d(2, padding=1)"),
        (Linear(5, 2, bias=False), "Linear(5, 2, bias=False)"),
        (Flatten(), "Flatten()"),
        (ConvTranspose2d(3, 5, 4, stride=2, padding=1), "ConvTranspose2d(3, 5, kernel_size=4, stride=2, padding=1)"),
        (Conv3d(1, 2, 3, stride=(1, 2, 2)), "Conv3d(1, 2, kernel_size=3, stride=(1, 2, 2))"),
        (LocalResponseNorm(5, alpha=5e-4, k=2), "LocalResponseNorm(5, alpha=0.0005, beta=0.75, k=2)"),
        (Upsample(2, mode="bilinear"), "Upsample(2, mode='bilinear')"),
        (BatchNorm(8), "BatchNorm(8)"),
        (Dropout(0.5), "Dropout(0.5)"),
    ],
)
def test_a_layer_says_what_it_is(layer, text):
    assert repr(layer) == text
    assert repr(eval(text)) == text


@pytest.mark.parametrize(
    ("make", "error", "sentence"),
    [
        (lambda: Conv2d(0, 8, 3), ValueError, "Conv2d: in_channels must be a whole number of at least 1, but 0 came"),
        (lambda: Conv2d(3, 8, 0), ValueError, "Conv2d: kernel_size must be a whole number of at least 1"),
        (lambda: Conv2d(3, 8, 3, groups=2), ValueError, "Conv2d: 3 channels and 8 filters cannot be cut into 2 equal"),
        (lambda: Conv2d(3, 8, 3, rng=1), TypeError, "Conv2d: rng must be a random generator .* but 1 came"),
        (lambda: Linear(2.5, 1), ValueError, "Linear: in_features must be a whole number of at least 1, but 2.5"),
        (lambda: MaxPool2d("2"), ValueError, "MaxPool2d: kernel_size must be one whole number or"),
        (lambda: Conv2d(3, 8, 3).output_shape((1, 9, 9)), ValueError, "an input of 3 channels is expected, but"),
        (lambda: Conv2d(3, 8, 3).output_shape((9, 9)), ValueError, r"an input of shape \(C, H, W\) is expected, but"),
        (lambda: Conv2d(1, 8, 3).output_shape((1, 2, 9)), ValueError, "Conv2d: the kernel covers 3 pixels, but"),
        (lambda: Linear(4, 2).output_shape((5,)), ValueError, "4 numbers are expected for an image, but shape"),
        (lambda: ConvTranspose2d(3, 2, 2).output_shape((1, 9, 9)), ValueError, "an input of 3 channels is expected"),
        (lambda: BatchNorm(3).output_shape((1, 9, 9)), ValueError, "as many channels are expected, but shape"),
        (lambda: Dropout(1.0), ValueError, "Dropout: p must be a fraction from 0 to below 1, but 1.0 came"),
        (
            lambda: Dropout(0.5).forward(np.ones((1, 2)), training=True),
            ValueError,
            r"Dropout: training needs chance. Make the network with rng=numpy.random.default_rng\(1\)",
        ),
        (lambda: MaxPool2d(2, padding=2), ValueError, r"MaxPool2d: padding can be at most half the window \(2, 2\)"),
        (lambda: Upsample(2, mode="cubic"), ValueError, 'Upsample: mode must be "nearest" or "bilinear", but .cubic.'),
        (lambda: GlobalMaxPool()(np.ones((2, 3))), ValueError, "GlobalMaxPool: x must have the axes N, C and at least"),
        (
            lambda: GlobalMaxPool()(np.full((1, 1, 2), np.nan)),
            ValueError,
            "GlobalMaxPool: x must be finite, but 2 of 2",
        ),
        (lambda: GlobalMaxPool().output_shape((3,)), ValueError, "channels of at least one axis are expected, but"),
        (lambda: LocalResponseNorm(5).output_shape((3,)), ValueError, r"of shape \(C, H, W\) is expected, but shape"),
        (lambda: BatchNorm(3).output_shape(()), ValueError, "as many channels are expected, but shape"),
        (
            lambda: ConvTranspose2d(1, 1, 2, padding=2).output_shape((1, 2, 2)),
            ValueError,
            "the padding leaves nothing. Take a smaller one",
        ),
        (lambda: Layer().plan(), ValueError, "Layer: there is no plan for a layer .* so it cannot be drawn"),
        (lambda: Layer.from_plan({}, ()), ValueError, "Layer: a layer of this kind cannot be made from a plan"),
        (lambda: Linear.from_plan(Linear(9, 2).plan(), (1, 3, 3)), ValueError, "Linear: a row of numbers must come in"),
        (lambda: Layer()(np.ones(1)), NotImplementedError, "Layer has no forward yet"),
        (lambda: Layer().backward(np.ones(1)), NotImplementedError, "Layer has no backward yet"),
    ],
)
def test_what_cannot_be_gets_a_sentence(make, error, sentence):
    with pytest.raises(error, match=sentence):
        make()


def test_dropout_lets_gradients_pass_where_it_let_numbers_pass():
    layer, x = Dropout(0.5, rng=RNG(1)), np.ones((4, 50), np.float32)
    output = layer.forward(x, training=True)
    np.testing.assert_array_equal(layer.backward(np.ones_like(x)), output)
    assert 0.3 < (output == 0).mean() < 0.7
    np.testing.assert_array_equal(layer(x), x)


def test_batch_norm_in_use_is_that_of_pytorch_after_the_same_batches():
    ours, theirs = BatchNorm(3), torch.nn.BatchNorm2d(3)
    for seed in range(3):
        x = RNG(seed).standard_normal((4, 3, 5, 5)).astype(np.float32) * 2 + 1
        ours.forward(x, training=True)
        theirs(torch.from_numpy(x))
    np.testing.assert_allclose(ours(x), theirs.eval()(torch.from_numpy(x)).detach().numpy(), atol=1e-5)
    assert list(ours.arrays()) == ["weight", "bias", "running_mean", "running_var"]


def test_learning_alone_adds_the_same_gradients_as_backward():
    gradients = []
    for way in ("backward", "learn"):
        layer = Conv2d(2, 3, 3, rng=RNG(1))
        output = layer.forward(RNG(2).standard_normal((2, 2, 6, 6)).astype(np.float32), training=True)
        getattr(layer, way)(np.ones_like(output))
        gradients.append(layer.weight.gradient)
    np.testing.assert_array_equal(*gradients)
