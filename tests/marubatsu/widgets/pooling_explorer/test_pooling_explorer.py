"""The pooling explorer in Python: its three pictures and what share of each has changed."""

import numpy as np
import pytest
from traitlets import TraitError

from marubatsu.data import marks
from marubatsu.methods import by_hand
from marubatsu.widgets import PoolingExplorer


@pytest.mark.parametrize("piece", by_hand.SYMBOLS)
def test_its_map_is_that_of_the_network_by_hand(piece):
    explorer = PoolingExplorer(kind="circle", down=2, right=-1, piece=piece, size=4, stride=4)
    image = marks.draw("circle", row=17.5, column=14.5)[None, None]
    _, evidence, pooled, *_ = by_hand.network().outputs(image)
    channel = by_hand.SYMBOLS.index(piece)
    np.testing.assert_allclose(explorer.map(), evidence[0, channel], atol=1e-6)
    np.testing.assert_allclose(explorer.pooled(), pooled[0, channel], atol=1e-6)


def test_a_mark_in_the_middle_has_changed_nothing():
    np.testing.assert_array_equal(PoolingExplorer().changes(), [0, 0, 0])


def test_the_pooled_map_changes_less_than_the_picture_and_less_than_half_as_much_at_two_pixels():
    changes = np.array([PoolingExplorer(right=shift).changes() for shift in (1, 2, 3, 4)])
    assert (changes[:, 2] < changes[:, 0]).all()
    assert changes[1, 2] < changes[1, 0] / 2


def test_the_mean_and_the_largest_differ():
    largest, mean = PoolingExplorer().pooled(), PoolingExplorer(mode="average").pooled()
    assert (largest >= mean).all() and largest.max() > 2 * mean.max()


@pytest.mark.parametrize("state", [{"size": 1}, {"stride": 0}, {"down": 7}, {"piece": "+"}, {"mode": "median"}])
def test_what_is_out_of_range_is_refused(state):
    with pytest.raises(TraitError):
        PoolingExplorer(**state)


def test_the_sliders_end_where_the_docstring_says():
    ends = {"size": (2, 16), "stride": (1, 16), "down": (-6, 6), "right": (-6, 6)}
    for name, (low, high) in ends.items():
        for value in (low, high):
            assert getattr(PoolingExplorer(**{name: value}), name) == value
        for value in (low - 1, high + 1):
            with pytest.raises(TraitError):
                PoolingExplorer(**{name: value})
