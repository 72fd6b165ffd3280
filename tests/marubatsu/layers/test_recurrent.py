"""Layers for sequences: what they start with, what they say of their shapes and costs, what they refuse."""

import numpy as np
import pytest

from marubatsu.layers import LSTM, Conv2d, Linear, TimeDistributed

RNG = np.random.default_rng


def test_a_young_memory_keeps_what_it_has_and_its_other_biases_are_0():
    memory = LSTM(3, 4, rng=RNG(1))
    np.testing.assert_array_equal(memory.bias_ih_l0.value, [0] * 4 + [1] * 4 + [0] * 8)  # the forget gate is second
    np.testing.assert_array_equal(memory.bias_hh_l0.value, np.zeros(16))


def test_first_weights_are_even_between_the_inverse_root_of_what_is_remembered():
    memory = LSTM(50, 16, bidirectional=True, rng=RNG(1))
    for name, parameter in memory.parameters().items():
        if name.startswith("weight"):
            assert np.abs(parameter.value).max() <= 0.25 and parameter.value.dtype == np.float32
            assert parameter.value.std() == pytest.approx(0.25 / np.sqrt(3), rel=0.1), name


def test_without_chance_every_number_is_0_so_that_weights_from_a_file_can_be_put_in():
    assert not any(array.any() for array in LSTM(3, 4, bidirectional=True).arrays().values())


@pytest.mark.parametrize("both", [False, True])
def test_the_cost_of_a_memory_is_counted_step_by_step_in_each_direction(both):
    memory = LSTM(3, 5, bidirectional=both)
    products = 4 * 5 * (3 + 5) + 3 * 5  # four gates of five numbers, each from 3 + 5; three products a cell
    assert memory.multiply_adds((7, 3)) == 7 * products * (2 if both else 1)
    assert memory.output_shape((7, 3)) == (7, 10 if both else 5)


@pytest.mark.parametrize("sizes", [(0, 4), (4, 0), (1.5, 4)])
def test_a_memory_without_numbers_is_refused(sizes):
    with pytest.raises(ValueError, match=r"LSTM: \w+_size must be a whole number of at least 1, but"):
        LSTM(*sizes)
    assert LSTM(1, 1).output_shape((2, 1)) == (2, 1)


@pytest.mark.parametrize("shape", [(7,), (7, 4), (7, 3, 1)])
def test_a_sequence_of_another_shape_is_refused(shape):
    with pytest.raises(ValueError, match=r"a sequence of shape \(T, 3\) is expected, but shape"):
        LSTM(3, 5).output_shape(shape)


def test_the_same_layer_is_laid_on_every_step():
    inner = Linear(3, 2, rng=RNG(1))
    layer, x = TimeDistributed(inner), RNG(2).standard_normal((4, 5, 3)).astype(np.float32)
    steps = np.stack([inner(x[:, step]) for step in range(5)], axis=1)
    output = layer.forward(x, training=True)
    np.testing.assert_allclose(output, steps, atol=1e-6)
    assert layer.output_shape((5, 3)) == output.shape[1:] == (5, 2)
    assert layer.multiply_adds((5, 3)) == 5 * inner.multiply_adds((3,))
    worth = RNG(3).standard_normal(output.shape).astype(np.float32)
    np.testing.assert_allclose(layer.backward(worth), worth @ inner.weight.value, atol=1e-5)
    np.testing.assert_allclose(inner.bias.gradient, worth.sum(axis=(0, 1)), atol=1e-4)


def test_slices_of_a_volume_are_steps_too():
    layer = TimeDistributed(Conv2d(1, 2, 3, rng=RNG(1)))
    assert layer.output_shape((6, 1, 8, 9)) == layer(np.ones((2, 6, 1, 8, 9), np.float32)).shape[1:] == (6, 2, 6, 7)


def test_what_has_no_steps_is_refused():
    with pytest.raises(ValueError, match=r"x must have the axes N, T and at least one more, but \(4, 3\) came"):
        TimeDistributed(Linear(3, 2))(np.ones((4, 3)))
    with pytest.raises(ValueError, match=r"a shape of T and at least one more axis is expected, but \(3,\) came"):
        TimeDistributed(Linear(3, 2)).output_shape((3,))


@pytest.mark.parametrize("both", [False, True])
def test_the_gradient_of_a_sequence_is_that_of_every_direction_together(slope, both):
    memory, x = LSTM(2, 3, bidirectional=both, rng=RNG(1)), RNG(2).standard_normal((2, 4, 2))
    worth = RNG(3).standard_normal((2, 4, 6 if both else 3))
    memory.forward(x, training=True)
    mine = memory.backward(worth)
    np.testing.assert_allclose(mine, slope(lambda: (memory(x) * worth).sum(), x), atol=1e-6)
