"""The challenges of the kernel tuner: what counts as an edge, which way it runs, and what is flat."""

import numpy as np
import pytest

from marubatsu.widgets.kernel_tuner import challenges


@pytest.mark.parametrize(("slope", "kind"), [(100.5, 1), (99.5, 0), (20.5, 0), (19.5, 3), (0, 3)])
def test_an_edge_is_steeper_than_100_hu_a_pixel_and_flat_is_less_than_20(slope, kind):
    ramp = np.tile(slope * np.arange(12.0), (12, 1))
    inner = (slice(1, -1), slice(1, -1))  # at the border the picture ends against 0 HU
    np.testing.assert_array_equal(challenges.kinds_of_edges(ramp)[inner], kind)
    turned = {1: 2}.get(kind, kind)
    np.testing.assert_array_equal(challenges.kinds_of_edges(ramp.T)[inner], turned)


def test_an_edge_that_runs_askew_is_neither_and_air_below_minus_1000_is_flat():
    askew = 200.0 * (np.arange(12)[:, None] + np.arange(12)[None, :])
    np.testing.assert_array_equal(challenges.kinds_of_edges(askew)[1:-1, 1:-1], 0)
    outside = np.tile([-1000.0, -2000.0], (12, 6))  # what a scanner writes outside its circle
    np.testing.assert_array_equal(challenges.kinds_of_edges(outside)[1:-1, 1:-1], 3)


def test_no_output_at_all_scores_nothing():
    for name, challenge in challenges.CHALLENGES.items():
        side = {"stroke": 32}.get(name, 256)
        assert challenges.score(name, np.zeros((side, side)), 1) < challenge["goal"], name
    assert challenges.score("noise", np.zeros((1, 1)), 1, stride=300) >= 0
