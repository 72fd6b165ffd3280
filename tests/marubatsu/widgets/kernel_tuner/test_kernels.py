"""The kernels with a name do what their names say, on flat grey, on edges, and from every side."""

import numpy as np
import pytest

from marubatsu.widgets.kernel_tuner.kernels import KERNELS

SUMS = {"identity": 1, "mean": 1, "gaussian": 1, "sharpen": 1, "vertical": 0, "horizontal": 0, "laplacian": 0,
        "falling": 0, "rising": 0, "arc": 0}  # fmt: skip


def test_flat_grey_stays_as_it_is_or_becomes_nothing():
    assert {name: pytest.approx(kernel.sum(), abs=1e-9) for name, kernel in KERNELS.items()} == SUMS


def test_every_kernel_is_square_with_a_middle():
    for name, kernel in KERNELS.items():
        assert kernel.shape[0] == kernel.shape[1] and kernel.shape[0] % 2 == 1, name


@pytest.mark.parametrize("name", ["identity", "mean", "gaussian", "sharpen", "laplacian"])
def test_what_knows_no_direction_is_the_same_from_every_side(name):
    kernel = KERNELS[name]
    for other in (kernel.T, kernel[::-1], kernel[:, ::-1]):
        np.testing.assert_array_equal(kernel, other)


def test_edges_and_strokes_come_in_pairs_that_are_turned_or_mirrored():
    np.testing.assert_array_equal(KERNELS["vertical"].T, KERNELS["horizontal"])
    np.testing.assert_array_equal(KERNELS["falling"][:, ::-1], KERNELS["rising"])
    np.testing.assert_array_equal(KERNELS["arc"], KERNELS["arc"].T)


def test_differences_are_brighter_towards_the_right_and_below():
    step = np.repeat([[0, 0, 1]], 3, axis=0)
    assert (KERNELS["vertical"] * step).sum() > 0 and (KERNELS["horizontal"] * step.T).sum() > 0
    assert (KERNELS["vertical"] * step.T).sum() == (KERNELS["horizontal"] * step).sum() == 0
    assert KERNELS["sharpen"][1, 1] > 1 and KERNELS["laplacian"][1, 1] < 0
