"""A layer that compares the images of a batch with each other."""

import numpy as np
import pytest

from marubatsu.layers import BatchSpread

RNG = np.random.default_rng


def test_the_spread_of_a_batch_by_hand_and_by_finite_differences(slope):
    layer = BatchSpread()
    x = np.array([[1.0, 5.0], [3.0, 5.0]])  # the first column varies by 1, the second not at all
    np.testing.assert_allclose(layer(x), [[1, 5, 1.00005, 0.01], [3, 5, 1.00005, 0.01]], rtol=1e-6)
    x, worth = RNG(1).standard_normal((5, 3)), RNG(2).standard_normal((5, 6))
    measured = slope(lambda: float((layer(x) * worth).sum()), x)
    layer.forward(x, training=True)
    np.testing.assert_allclose(layer.backward(worth), measured, rtol=1e-6, atol=1e-8)
    assert layer.output_shape((3,)) == (6,) and repr(layer) == "BatchSpread()"


def test_what_is_no_row_of_numbers_is_refused():
    with pytest.raises(ValueError, match=r"BatchSpread: x must have 2 axes \(N, C\), but"):
        BatchSpread()(np.ones((1, 2, 3)))
    with pytest.raises(ValueError, match=r"numbers in one row, shape .* are expected, but"):
        BatchSpread().output_shape((1, 2))


def test_in_use_nothing_is_kept():
    layer = BatchSpread()
    layer(np.ones((2, 3)))
    with pytest.raises(ValueError, match="backward needs what forward saw"):
        layer.backward(np.ones((2, 6)))
