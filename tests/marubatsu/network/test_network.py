import numpy as np
import pytest
import torch

from marubatsu import architectures
from marubatsu.layers import Conv2d, Dropout, Flatten, Linear, MaxPool2d, ReLU, Softmax, TimeDistributed, Upsample
from marubatsu.network import Chain, Holder, Residual, Skip, inside, summary


def small(rng=None):
    head = Chain(Flatten(), Linear(8 * 4 * 4, 2, rng=rng))
    return Chain(Conv2d(1, 8, 3, padding=1, rng=rng), ReLU(), MaxPool2d(2), head)


def test_a_chain_computes_what_pytorchs_does_forward_and_backward():
    ours = small(np.random.default_rng(1))
    theirs = torch.nn.Sequential(
        torch.nn.Conv2d(1, 8, 3, padding=1),
        torch.nn.ReLU(),
        torch.nn.MaxPool2d(2),
        torch.nn.Sequential(torch.nn.Flatten(), torch.nn.Linear(128, 2)),
    )
    parameters = ours.parameters()
    assert list(parameters) == [name for name, _ in theirs.named_parameters()]
    theirs.load_state_dict({name: torch.from_numpy(each.value) for name, each in parameters.items()})
    x = np.random.default_rng(2).standard_normal((5, 1, 8, 8)).astype(np.float32)
    tensor = torch.from_numpy(x).requires_grad_()
    output = theirs(tensor)
    np.testing.assert_allclose(ours.forward(x, training=True), output.detach().numpy(), atol=1e-5)
    gradient = np.random.default_rng(3).standard_normal((5, 2)).astype(np.float32)
    output.backward(torch.from_numpy(gradient))
    np.testing.assert_allclose(ours.backward(gradient), tensor.grad.numpy(), atol=1e-5)
    for name, parameter in theirs.named_parameters():
        np.testing.assert_allclose(parameters[name].gradient, parameter.grad.numpy(), atol=1e-4)


def test_the_outputs_of_all_layers_end_with_that_of_the_chain():
    network, x = small(np.random.default_rng(1)), np.ones((2, 1, 8, 8), np.float32)
    outputs = network.outputs(x)
    assert [output.shape for output in outputs] == [(2, 8, 8, 8), (2, 8, 8, 8), (2, 8, 4, 4), (2, 2)]
    np.testing.assert_array_equal(outputs[-1], network(x))


def test_the_summary_tells_shapes_and_counts_without_running():
    table = summary(small(), (1, 8, 8))
    assert [row.name for row in table.rows] == ["0", "1", "2", "3.0", "3.1"]
    assert [row.output for row in table.rows] == [(8, 8, 8), (8, 8, 8), (8, 4, 4), (128,), (2,)]
    assert table.parameters == 8 * 9 + 8 + 128 * 2 + 2
    assert table.multiply_adds == 8 * 64 * 9 + 256
    assert table.multiply_adds == small().multiply_adds((1, 8, 8))
    assert table.activation_bytes == 4 * (512 + 512 + 128 + 128 + 2)


def test_the_summary_can_be_read_as_text_and_as_a_table():
    lines = str(summary(small(), (1, 8, 8))).splitlines()
    assert lines[0].split() == ["layer", "output", "parameters", "multiply-adds", "memory"]
    assert lines[2].split("  ")[0] == "0" and "8 × 8 × 8" in lines[2] and "80" in lines[2]
    assert lines[-1].split() == ["sum", "338", "4,864", "5.0", "KiB"]
    html = summary(small(), (1, 8, 8))._repr_html_()
    assert html.count("<tr>") == len(lines) and "<td>8 × 8 × 8</td>" in html


def test_a_chain_says_what_it_is():
    assert repr(Chain(ReLU(), Chain(Softmax()))) == "Chain(\n  ReLU(),\n  Chain(\n    Softmax(),\n  ),\n)"
    assert len(small()) == 4 and isinstance(small()[1], ReLU)


def test_layers_can_have_names():
    network = Chain(first=Conv2d(1, 2, 3), after=Chain(ReLU(), Flatten()))
    assert list(network.parameters()) == ["first.weight", "first.bias"]
    assert [row.name for row in summary(network, (1, 4, 4)).rows] == ["first", "after.0", "after.1"]
    assert repr(network).startswith("Chain(\n  first=Conv2d(1, 2, kernel_size=3),\n  after=Chain(\n    ReLU(),")


def residual(rng=None):
    main = Chain(conv1=Conv2d(2, 4, 3, stride=2, padding=1, rng=rng), relu=ReLU(), conv2=Conv2d(4, 4, 1, rng=rng))
    return Residual(main, Chain(Conv2d(2, 4, 1, stride=2, rng=rng)), after=ReLU())


def test_a_residual_adds_both_paths_and_sends_gradients_both_ways(slope):
    block, x = residual(np.random.default_rng(1)), np.random.default_rng(2).standard_normal((2, 2, 5, 5))
    names = ["conv1.weight", "conv1.bias", "conv2.weight", "conv2.bias", "downsample.0.weight", "downsample.0.bias"]
    assert list(block.parameters()) == names
    np.testing.assert_allclose(block(x), np.maximum(block.main(x) + block.shortcut(x), 0))
    weights = np.random.default_rng(3).standard_normal(block(x).shape)
    block.forward(x, training=True)
    mine = block.backward(weights)
    np.testing.assert_allclose(mine, slope(lambda: (block(x) * weights).sum(), x), atol=1e-4)


def test_a_skip_puts_its_input_before_what_its_chain_makes_of_it(slope):
    skip = Skip(Chain(MaxPool2d(2), Conv2d(2, 3, 1, rng=np.random.default_rng(1)), Upsample(2)))
    x = np.random.default_rng(2).standard_normal((2, 2, 4, 4))
    output = skip.forward(x, training=True)
    assert output.shape == (2, 5, 4, 4) and skip.output_shape((2, 4, 4)) == (5, 4, 4)
    np.testing.assert_array_equal(output[:, :2], x)
    weights = np.random.default_rng(3).standard_normal(output.shape)
    np.testing.assert_allclose(skip.backward(weights), slope(lambda: (skip(x) * weights).sum(), x), atol=1e-4)
    assert list(skip.parameters()) == ["inner.1.weight", "inner.1.bias"]


def test_paths_that_do_not_meet_get_a_sentence():
    with pytest.raises(ValueError, match=r"Residual: the main path gives \(3, 4, 4\), the shortcut \(2, 4, 4\)"):
        Residual(Conv2d(2, 3, 1)).output_shape((2, 4, 4))
    with pytest.raises(ValueError, match="Residual: what comes after the sum may have no arrays of its own"):
        Residual(ReLU(), after=Conv2d(2, 2, 1))
    for name in ("downsample", "after"):
        with pytest.raises(ValueError, match=f"Residual: no layer of the main path may be called {name}"):
            Residual(Chain(**{name: ReLU()}), Conv2d(2, 2, 1))
    with pytest.raises(ValueError, match=r"Skip: .* rows and columns must be the same. For a U-Net take sizes"):
        Skip(Chain(MaxPool2d(2), Upsample(2))).output_shape((2, 5, 5))


@pytest.mark.parametrize("layers", [(), ([ReLU()],), (ReLU,)])
def test_what_is_no_layer_is_refused(layers):
    with pytest.raises(TypeError, match="Chain: give it one or more layers, as in"):
        Chain(*layers)


def test_a_layer_that_does_not_fit_the_one_before_is_named():
    with pytest.raises(
        ValueError, match=r"Linear\(3, 2\): 3 numbers are expected for an image, but shape \(64,\) came"
    ):
        summary(Chain(Flatten(), Linear(3, 2)), (1, 8, 8))


def test_a_sum_of_paths_that_differ_is_refused_although_numpy_would_stretch_one():
    block = Residual(Conv2d(1, 8, 3, padding=1))
    with pytest.raises(ValueError, match=r"Residual: the main path gives \(2, 8, 8, 8\), the shortcut \(2, 1, 8, 8\)"):
        block(np.zeros((2, 1, 8, 8), np.float32))


def test_a_residual_refuses_a_gradient_of_another_shape():
    block = Residual(ReLU())
    block.forward(np.ones((2, 3, 4, 4)), training=True)
    with pytest.raises(ValueError, match=r"Residual: gradient must have the output's shape \(2, 3, 4, 4\)"):
        block.backward(np.ones((2, 1, 4, 4)))
    block = residual(np.random.default_rng(1))
    block.forward(np.ones((2, 2, 5, 5)), training=True)
    with pytest.raises(
        ValueError, match=r"layer after, ReLU\(\): relu_backward: gradient must have the output's shape"
    ):
        block.backward(np.ones((1, 4, 3, 3)))


def test_a_skip_that_cannot_be_joined_is_refused_in_use_too():
    with pytest.raises(ValueError, match=r"Skip: .* rows and columns must be the same. For a U-Net take sizes"):
        architectures.unet()(np.zeros((1, 1, 30, 30), np.float32))
    with pytest.raises(ValueError, match=r"Skip: \(1, 3, 3\) goes in and the chain gives \(1, 2, 2\)"):
        Skip(Chain(MaxPool2d(2), Upsample(2))).output_shape((1, 3, 3))


def test_a_skip_refuses_a_gradient_of_another_shape():
    skip = Skip(Conv2d(2, 3, 1))
    skip.forward(np.ones((1, 2, 4, 4)), training=True)
    for channels in (2, 4, 6):
        with pytest.raises(ValueError, match=r"Skip: gradient must have the output's shape \(1, 5, 4, 4\)"):
            skip.backward(np.ones((1, channels, 4, 4)))


IMAGES = np.ones((2, 1, 8, 8), np.float32)
DEEP = Chain(first=Conv2d(1, 4, 3, padding=1), body=Chain(ReLU(), conv2=Conv2d(8, 2, 3)))
SENTENCE = (
    r"^layer body\.conv2, Conv2d\(8, 2, kernel_size=3\): conv2d: images have 4 channels, so each kernel must be 4 deep"
)


@pytest.mark.parametrize("use", [DEEP, lambda x: DEEP.forward(x, training=True), DEEP.outputs])
def test_an_error_says_in_which_layer_it_was_by_its_whole_place_once(use):
    with pytest.raises(ValueError, match=SENTENCE):
        use(IMAGES)


@pytest.mark.parametrize("ask", [DEEP.output_shape, lambda shape: summary(DEEP, shape)])
def test_so_does_a_shape_that_does_not_fit(ask):
    sentence = (
        r"^layer body\.conv2, Conv2d\(8, 2, kernel_size=3\): an input of 8 channels is expected, but shape \(4, 8"
    )
    with pytest.raises(ValueError, match=sentence):
        ask((1, 8, 8))


@pytest.mark.parametrize("way", ["backward", "learn"])
def test_so_does_a_gradient_that_does_not_fit(way):
    network = Chain(Chain(Conv2d(1, 2, 3), ReLU()), Flatten())
    network.forward(IMAGES, training=True)
    with pytest.raises(ValueError, match=r"^layer 1, Flatten\(\): gradient must have the output's shape \(2, 72\)"):
        getattr(network, way)(np.ones((1, 72), np.float32))
    network = Chain(Chain(Conv2d(1, 2, 3), ReLU()))
    network.forward(IMAGES, training=True)
    with pytest.raises(
        ValueError, match=r"^layer 0\.1, ReLU\(\): relu_backward: gradient must have the output's shape"
    ):
        getattr(network, way)(np.ones((1, 2, 6, 6), np.float32))
    network = Chain(first=Conv2d(1, 2, 3))
    network.forward(IMAGES, training=True)
    with pytest.raises(
        ValueError, match=r"^layer first, Conv2d\(1, 2, kernel_size=3\): conv2d_backward: gradient must"
    ):
        getattr(network, way)(np.ones((1, 2, 6, 6), np.float32))


@pytest.mark.parametrize(
    ("network", "place"),
    [
        (Chain(ReLU(), block=Residual(Chain(a=Conv2d(3, 1, 1)))), r"block\.a, Conv2d\(3, 1, kernel_size=1\): "),
        (Chain(Residual(ReLU(), Chain(Conv2d(3, 1, 1)))), r"0\.downsample\.0, Conv2d\("),
        (Chain(Skip(Chain(Conv2d(3, 1, 1)))), r"0\.inner\.0, "),
        (Chain(Residual(Conv2d(3, 1, 1))), r"0\.0, Conv2d\("),
    ],
)
def test_the_place_is_the_name_that_the_arrays_have(network, place):
    with pytest.raises(ValueError, match=f"^layer {place}"):
        network(IMAGES)
    with pytest.raises(ValueError, match=f"^layer {place}"):
        network.output_shape((1, 8, 8))


def test_a_block_that_does_not_fit_is_named_by_its_own_place():
    network = Chain(Flatten(), Chain(ReLU(), Residual(Linear(64, 8))))
    with pytest.raises(
        ValueError, match=r"^layer 1\.1, Residual: the main path gives \(2, 8\), the shortcut \(2, 64\)"
    ):
        network(IMAGES)
    with pytest.raises(ValueError, match=r"^layer 1\.1, Residual: the main path gives \(8,\), the shortcut \(64,\)"):
        summary(network, (1, 8, 8))


def test_a_layer_for_every_step_is_named_too():
    network = Chain(TimeDistributed(Chain(Flatten(), Linear(3, 2))))
    with pytest.raises(
        ValueError, match=r"^layer 0\.1, Linear\(3, 2\): linear: weight has 3 columns, one for each input"
    ):
        network(np.ones((2, 5, 4), np.float32))


def test_the_error_stays_what_it_was():
    with pytest.raises(TypeError, match=r"^layer 0, ReLU\(\): relu: x must hold real numbers, but"):
        Chain(ReLU())(np.array([["a"]]))
    with pytest.raises(ValueError, match=r"^layer 1, Dropout\(0.5\): training needs chance"):
        Chain(ReLU(), Dropout(0.5)).forward(IMAGES, training=True)
    for error in (KeyError("x"), ValueError(), ValueError(1, 2)):  # no sentence, so there is none to be completed
        before = error.args
        with pytest.raises(type(error)), inside("0", ReLU()):
            raise error
        assert error.args == before


def test_what_holds_layers_says_which():
    with pytest.raises(NotImplementedError, match="Holder does not say its parts yet"):
        Holder().parts()
    with pytest.raises(NotImplementedError, match="Holder does not say what it holds yet"):
        next(iter(Holder().held((1,))))
