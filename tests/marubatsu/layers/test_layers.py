import numpy as np
import pytest
import torch

from marubatsu.layers import (
    AdaptiveAvgPool2d,
    AvgPool2d,
    BatchNorm,
    Conv2d,
    Conv3d,
    ConvTranspose2d,
    Dropout,
    Flatten,
    GlobalMaxPool,
    Layer,
    LeakyReLU,
    Linear,
    LocalResponseNorm,
    MaxPool2d,
    MaxPool3d,
    Parameter,
    ReLU,
    Sigmoid,
    Softmax,
    Tanh,
    Upsample,
)

RNG = np.random.default_rng
PAIRS = {  # our layer, PyTorch's, and the shape of an input
    "conv": (
        lambda: Conv2d(4, 6, (3, 2), stride=2, padding=1, dilation=(1, 2), groups=2, rng=RNG(1)),
        lambda: torch.nn.Conv2d(4, 6, (3, 2), stride=2, padding=1, dilation=(1, 2), groups=2),
        (2, 4, 9, 8),
    ),
    "conv without bias": (
        lambda: Conv2d(1, 2, 3, bias=False, rng=RNG(1)),
        lambda: torch.nn.Conv2d(1, 2, 3, bias=False),
        (2, 1, 6, 6),
    ),
    "linear": (lambda: Linear(5, 3, rng=RNG(1)), lambda: torch.nn.Linear(5, 3), (4, 5)),
    "linear without bias": (
        lambda: Linear(5, 3, bias=False, rng=RNG(1)),
        lambda: torch.nn.Linear(5, 3, bias=False),
        (4, 5),
    ),
    "max pool": (
        lambda: MaxPool2d(3, stride=2, padding=1),
        lambda: torch.nn.MaxPool2d(3, stride=2, padding=1),
        (2, 3, 9, 8),
    ),
    "average pool": (lambda: AvgPool2d(2), lambda: torch.nn.AvgPool2d(2), (2, 3, 8, 8)),
    "flatten": (Flatten, torch.nn.Flatten, (2, 3, 4, 5)),
    "relu": (ReLU, torch.nn.ReLU, (2, 3, 4, 5)),
    "leaky relu": (lambda: LeakyReLU(0.2), lambda: torch.nn.LeakyReLU(0.2), (2, 3, 4, 5)),
    "sigmoid": (Sigmoid, torch.nn.Sigmoid, (2, 7)),
    "tanh": (Tanh, torch.nn.Tanh, (2, 7)),
    "conv in 3-D": (
        lambda: Conv3d(2, 4, 3, stride=2, padding=1, groups=2, rng=RNG(1)),
        lambda: torch.nn.Conv3d(2, 4, 3, stride=2, padding=1, groups=2),
        (2, 2, 5, 6, 7),
    ),
    "transposed conv": (
        lambda: ConvTranspose2d(3, 5, 4, stride=2, padding=1, rng=RNG(1)),
        lambda: torch.nn.ConvTranspose2d(3, 5, 4, stride=2, padding=1),
        (2, 3, 5, 6),
    ),
    "max pool in 3-D": (lambda: MaxPool3d(2), lambda: torch.nn.MaxPool3d(2), (2, 3, 4, 5, 6)),
    "adaptive pool": (lambda: AdaptiveAvgPool2d((3, 2)), lambda: torch.nn.AdaptiveAvgPool2d((3, 2)), (2, 3, 7, 5)),
    "global max": (
        GlobalMaxPool,
        lambda: torch.nn.Sequential(torch.nn.AdaptiveMaxPool2d(1), torch.nn.Flatten()),
        (2, 3, 7, 5),
    ),
    "upsample": (lambda: Upsample(3), lambda: torch.nn.Upsample(scale_factor=3), (2, 3, 4, 5)),
    "upsample smoothly": (
        lambda: Upsample(2, mode="bilinear"),
        lambda: torch.nn.Upsample(scale_factor=2, mode="bilinear"),
        (2, 3, 4, 5),
    ),
    "response norm": (
        lambda: LocalResponseNorm(5, alpha=0.5, k=2.0),
        lambda: torch.nn.LocalResponseNorm(5, alpha=0.5, k=2.0),
        (2, 7, 4, 5),
    ),
    "batch norm": (lambda: BatchNorm(3), lambda: torch.nn.BatchNorm2d(3), (4, 3, 5, 5)),
    "softmax": (Softmax, lambda: torch.nn.Softmax(dim=1), (3, 4)),
}


@pytest.mark.parametrize("name", PAIRS)
def test_a_layer_computes_what_pytorchs_does_forward_and_backward(name):
    ours, theirs, shape = PAIRS[name][0](), PAIRS[name][1](), PAIRS[name][2]
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


@pytest.mark.parametrize("name", PAIRS)
def test_shapes_told_beforehand_are_those_that_come(name):
    layer, shape = PAIRS[name][0](), PAIRS[name][2]
    assert layer.output_shape(shape[1:]) == layer(np.ones(shape, np.float32)).shape[1:]


@pytest.mark.parametrize("name", PAIRS)
def test_in_use_nothing_is_kept_and_backward_says_so(name):
    layer, shape = PAIRS[name][0](), PAIRS[name][2]
    output = layer.forward(np.ones(shape, np.float32), training=True)
    layer(np.ones(shape, np.float32))
    with pytest.raises(ValueError, match=r"backward needs what forward saw. Call forward\(x, training=True\) first"):
        layer.backward(output)


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
        (lambda: Conv2d(3, 8, 3, rng=1), TypeError, "rng must be a numpy.random.Generator, as from .* but 1 came"),
        (lambda: Linear(2.5, 1), ValueError, "Linear: in_features must be a whole number of at least 1, but 2.5"),
        (lambda: MaxPool2d("2"), ValueError, "MaxPool2d: kernel_size must be one whole number or"),
        (lambda: Conv2d(3, 8, 3).output_shape((1, 9, 9)), ValueError, "an input of 3 channels is expected, but"),
        (lambda: Conv2d(3, 8, 3).output_shape((9, 9)), ValueError, r"an input of shape \(C, H, W\) is expected, but"),
        (lambda: Conv2d(1, 8, 3).output_shape((1, 2, 9)), ValueError, "Conv2d: the kernel covers 3 pixels, but"),
        (lambda: Linear(4, 2).output_shape((5,)), ValueError, "4 numbers are expected for an image, but shape"),
        (lambda: ConvTranspose2d(3, 2, 2).output_shape((1, 9, 9)), ValueError, "an input of 3 channels is expected"),
        (lambda: BatchNorm(3).output_shape((1, 9, 9)), ValueError, "as many channels are expected, but shape"),
        (lambda: Dropout(1.0), ValueError, "Dropout: p must be from 0 to below 1, but 1.0 came"),
        (
            lambda: Dropout(0.5).forward(np.ones((1, 2)), training=True),
            ValueError,
            r"Dropout: training needs chance. Make the network with rng=numpy.random.default_rng\(1\)",
        ),
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
