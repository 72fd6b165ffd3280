import numpy as np
import pytest
import torch

from marubatsu.arithmetic.recurrent import lstm, lstm_backward, lstm_slow
from marubatsu.layers import LSTM, Flatten, Linear, TimeDistributed
from marubatsu.learning.losses import mse_loss
from marubatsu.learning.optimisers import Adam
from marubatsu.network import Chain, summary

RNG = np.random.default_rng
SIZES = [(1, 1, 1, 1), (2, 5, 3, 4), (3, 1, 2, 5), (1, 12, 1, 2)]  # N, T, C, H


def given(N, T, C, H, seed=1):
    """A sequence and the four arrays of a memory, in float64."""
    rng = RNG(seed)
    return [rng.standard_normal(shape) for shape in ((N, T, C), (4 * H, C), (4 * H, H), (4 * H,), (4 * H,))]


def test_a_step_by_hand():
    # Every gate's sum is ln 3, so that the sigmoid is 3/4; tanh(ln 3) = (9 − 1) / (9 + 1) = 0.8.
    # The first cell is 3/4 · 0.8 = 0.6, the second 3/4 · 0.6 + 0.6 = 1.05.
    bias = np.full(4, np.log(3))
    output, cells, gates = lstm(np.zeros((1, 2, 1)), np.zeros((4, 1)), np.zeros((4, 1)), bias, np.zeros(4))
    np.testing.assert_allclose(gates[0, 0], [0.75, 0.75, 0.8, 0.75])
    np.testing.assert_allclose(cells[0, :, 0], [0.6, 1.05])
    np.testing.assert_allclose(output[0, :, 0], 0.75 * np.tanh([0.6, 1.05]))


@pytest.mark.parametrize("sizes", SIZES)
def test_the_fast_one_is_the_slow_one(sizes):
    arrays = given(*sizes)
    np.testing.assert_allclose(lstm(*arrays)[0], lstm_slow(*arrays), rtol=1e-12, atol=1e-14)


def test_gradients_are_finite_differences(slope):
    x, weight_ih, weight_hh, bias_ih, bias_hh = arrays = given(2, 4, 3, 2)
    worth = RNG(2).standard_normal((2, 4, 2))
    output, cells, gates = lstm(*arrays)
    found = lstm_backward(worth, x, output, cells, gates, weight_ih, weight_hh)
    for gradient, array in zip((*found, found[3]), (x, weight_ih, weight_hh, bias_ih, bias_hh), strict=True):
        measured = slope(lambda: float((lstm(*arrays)[0] * worth).sum()), array)
        np.testing.assert_allclose(gradient, measured, rtol=1e-6, atol=1e-8)


@pytest.mark.parametrize("bidirectional", [False, True])
@pytest.mark.parametrize("sizes", SIZES)
def test_it_is_pytorchs_forward_and_backward(sizes, bidirectional):
    N, T, C, H = sizes
    ours = LSTM(C, H, bidirectional=bidirectional, rng=RNG(1))
    theirs = torch.nn.LSTM(C, H, bidirectional=bidirectional, batch_first=True)
    parameters = ours.parameters()
    assert list(parameters) == [name for name, _ in theirs.named_parameters()]
    with torch.no_grad():
        for name, parameter in theirs.named_parameters():
            parameter.copy_(torch.from_numpy(parameters[name].value))
    x = RNG(2).standard_normal((N, T, C)).astype(np.float32)
    tensor = torch.from_numpy(x).requires_grad_()
    output, _ = theirs(tensor)
    np.testing.assert_allclose(ours.forward(x, training=True), output.detach().numpy(), rtol=1e-4, atol=1e-6)
    assert ours.output_shape((T, C)) == tuple(output.shape[1:])
    gradient = RNG(3).standard_normal(output.shape).astype(np.float32)
    output.backward(torch.from_numpy(gradient))
    np.testing.assert_allclose(ours.backward(gradient), tensor.grad.numpy(), rtol=1e-4, atol=1e-5)
    for name, parameter in theirs.named_parameters():
        np.testing.assert_allclose(parameters[name].gradient, parameter.grad.numpy(), rtol=1e-4, atol=1e-5)


def test_one_direction_knows_only_the_past_and_two_know_the_whole_sequence():
    x = RNG(1).standard_normal((1, 6, 1)).astype(np.float32)
    changed = x.copy()
    changed[0, 5] += 1  # only the last step
    for both in (False, True):
        layer = LSTM(1, 3, bidirectional=both, rng=RNG(2))
        same = (layer(x) == layer(changed))[0, :5, :].all()
        assert same != both


def test_a_memory_learns_to_say_at_the_end_what_came_first():
    rng = RNG(1)
    x = rng.standard_normal((64, 8, 1)).astype(np.float32)
    network = Chain(LSTM(1, 8, rng=rng), TimeDistributed(Linear(8, 1, rng=rng)))
    optimiser, losses = Adam(network.parameters(), 0.03), []
    for _ in range(150):
        output = network.forward(x, training=True)
        loss, gradient = mse_loss(output[:, -1], x[:, 0])
        whole = np.zeros_like(output)
        whole[:, -1] = gradient
        optimiser.zero_grad()
        network.learn(whole)
        optimiser.step()
        losses.append(loss)
    assert losses[-1] < 0.1 * losses[0]


def test_a_young_memory_keeps_what_it_has_and_one_without_rng_is_empty():
    layer = LSTM(2, 3, rng=RNG(1))
    np.testing.assert_array_equal(layer.bias_ih_l0.value, [0, 0, 0, 1, 1, 1, 0, 0, 0, 0, 0, 0])
    assert 0.9 < np.abs(layer.weight_hh_l0.value).max() * np.sqrt(3) <= 1
    assert all((parameter.value == 0).all() for parameter in LSTM(2, 3).parameters().values())


def test_it_costs_what_its_sums_need():
    # 5 steps, 2 directions, 4 gates of 3 rows over 2 + 3 numbers, and three products for each of 3 cells
    layer = LSTM(2, 3, bidirectional=True)
    assert layer.multiply_adds((5, 2)) == 5 * 2 * (4 * 3 * (2 + 3) + 3 * 3)
    rows = summary(Chain(layer, TimeDistributed(Linear(6, 1))), (5, 2)).rows
    assert [row.output for row in rows] == [(5, 6), (5, 1)]
    assert [row.parameters for row in rows] == [2 * (4 * 3 * (2 + 3) + 2 * 4 * 3), 7]
    assert rows[1].multiply_adds == 5 * 6


def test_a_layer_for_every_step_is_that_layer_on_each():
    rng = RNG(1)
    inner = Chain(Flatten(), Linear(12, 2, rng=rng))
    layer, x = TimeDistributed(inner), rng.standard_normal((2, 3, 1, 4, 3)).astype(np.float32)
    output = layer.forward(x, training=True)
    np.testing.assert_allclose(output, np.stack([inner(x[:, t]) for t in range(3)], axis=1), rtol=1e-6)
    inner.forward(x.reshape(6, 1, 4, 3), training=True)
    gradient = rng.standard_normal(output.shape).astype(np.float32)
    np.testing.assert_allclose(layer.backward(gradient).reshape(6, 1, 4, 3), inner.backward(gradient.reshape(6, 2)))
    assert layer.output_shape((3, 1, 4, 3)) == output.shape[1:]
    assert list(layer.parameters()) == list(layer.arrays()) == ["1.weight", "1.bias"]


def test_layers_say_what_they_are():
    for text in ("LSTM(2, 3)", "LSTM(2, 3, bidirectional=True)", "TimeDistributed(Linear(6, 1))"):
        assert repr(eval(text)) == text


@pytest.mark.parametrize(
    ("make", "error", "sentence"),
    [
        (lambda: LSTM(0, 3), ValueError, "LSTM: input_size must be a whole number of at least 1, but 0 came"),
        (lambda: LSTM(1, 3, rng=1), TypeError, "LSTM: rng must be a random generator .* but 1 came"),
        (lambda: LSTM(2, 3).output_shape((5, 1)), ValueError, r"a sequence of shape \(T, 2\) is expected, but"),
        (lambda: LSTM(2, 3)(np.ones((1, 5, 1))), ValueError, "weight_ih has 2 columns, one for each number of a step"),
        (lambda: LSTM(2, 3)(np.ones((5, 2))), ValueError, r"lstm: x must have 3 axes \(N, T, C\), but shape"),
        (lambda: LSTM(2, 3)(np.full((1, 5, 2), np.nan)), ValueError, "lstm: x must be finite, but 10 of 10"),
        (lambda: LSTM(2, 3).backward(np.ones((1, 5, 3))), ValueError, "LSTM: backward needs what forward saw"),
        (
            lambda: lstm(np.ones((1, 2, 3)), np.ones((4, 3)), np.ones((4, 1)), np.ones(3), np.ones(4)),
            ValueError,
            r"lstm: bias_ih must have 4 rows, four gates for each of the 1 columns of weight_hh, but shape \(3,\) came",
        ),
        (
            lambda: lstm_backward(np.ones((1, 2, 2)), *[np.ones((1, 2, 1))] * 3, *[np.ones((4, 1))] * 3),
            ValueError,
            r"lstm_backward: gradient must have the output's shape \(1, 2, 1\), but \(1, 2, 2\) came",
        ),
        (lambda: TimeDistributed(3), TypeError, "TimeDistributed: give a layer, as in .* but 3 came"),
        (lambda: TimeDistributed(Flatten())(np.ones((2, 3))), ValueError, "x must have the axes N, T and at least one"),
        (lambda: TimeDistributed(Flatten()).output_shape((3,)), ValueError, "a shape of T and at least one more axis"),
    ],
)
def test_what_cannot_be_gets_a_sentence(make, error, sentence):
    with pytest.raises(error, match=sentence):
        make()
