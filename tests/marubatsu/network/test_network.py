import numpy as np
import pytest
import torch

from marubatsu.layers import Conv2d, Flatten, Linear, MaxPool2d, ReLU, Softmax, Upsample
from marubatsu.network import Chain, Residual, Skip, summary


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
