import numpy as np
import pytest

from marubatsu.data import volumes

SHAPE = (17, 19, 21)


def test_a_ball_has_the_volume_of_a_ball_and_lies_where_it_should():
    ball = volumes.ball(SHAPE, (8, 9.5, 10), 5)
    assert ball.shape == SHAPE and ball.dtype == np.float32
    np.testing.assert_allclose(ball.sum(), 4 / 3 * np.pi * 5**3, rtol=0.02)
    centre = (np.indices(SHAPE) * ball).sum(axis=(1, 2, 3)) / ball.sum()
    np.testing.assert_allclose(centre, (8, 9.5, 10), atol=1e-6)


def test_a_tube_across_the_slices_is_the_same_disc_in_each_and_runs_on():
    tube = volumes.tube(SHAPE, (8, 9, 10), 4)
    np.testing.assert_array_equal(tube, np.broadcast_to(tube[:1], SHAPE))
    np.testing.assert_allclose(tube[0].sum(), np.pi * 4**2, rtol=0.02)


def test_in_the_slice_through_the_middle_the_two_are_the_same():
    ball, tube = volumes.ball(SHAPE, (8, 9, 10), 4), volumes.tube(SHAPE, (8, 9, 10), 4)
    np.testing.assert_array_equal(ball[8], tube[8])
    assert ball[2].max() == 0 and tube[2].max() == 1


def test_a_direction_turns_the_tube_and_its_length_does_not_matter():
    along = volumes.tube(SHAPE, (8, 9, 10), 3, direction=(0, 0, 5))
    np.testing.assert_array_equal(along, np.broadcast_to(along[..., :1], SHAPE))
    slanted = volumes.tube(SHAPE, (8, 9, 10), 3, direction=(1, 0.5, 0))
    rows = np.arange(SHAPE[1])[:, None]
    places = [(rows * slice_).sum() / slice_.sum() for slice_ in slanted[4:13]]
    np.testing.assert_allclose(np.diff(places), 0.5, atol=0.05)
    with pytest.raises(ValueError, match=r"tube: direction must say how the axis runs, .* but \(0, 0, 0\) came"):
        volumes.tube(SHAPE, (8, 9, 10), 3, direction=(0, 0, 0))


def test_a_sample_is_the_same_for_the_same_seed_and_holds_both_kinds():
    drawn, labels = volumes.sample(60, rng=np.random.default_rng(1))
    again, _ = volumes.sample(60, rng=np.random.default_rng(1))
    assert drawn.shape == (60, 1, 16, 16, 16) and drawn.dtype == np.float32
    np.testing.assert_array_equal(drawn, again)
    assert 15 < labels.sum() < 45


def test_nodules_end_within_a_sample_and_vessels_run_through():
    drawn, labels = volumes.sample(60, rng=np.random.default_rng(1), noise=0)
    middle, ends = drawn[:, 0, 8].max(axis=(1, 2)), drawn[:, 0, [0, -1]].max(axis=(2, 3)).min(axis=1)
    assert middle.min() == 1
    np.testing.assert_array_equal(ends > 0.5, labels == 0)
    upright, labels = volumes.sample(60, rng=np.random.default_rng(1), noise=0, tilt=0)
    vessels = upright[labels == 0, 0]
    np.testing.assert_array_equal(vessels[:, :1] == vessels, np.ones_like(vessels, dtype=bool))


def test_noise_and_side_are_as_asked_for():
    drawn, _ = volumes.sample(4, rng=np.random.default_rng(1), side=20, noise=0.5)
    assert drawn.shape == (4, 1, 20, 20, 20)
    np.testing.assert_allclose(drawn[:, 0, :, 0, :3].std(), 0.5, rtol=0.15)
    with pytest.raises(ValueError, match="sample: side must be a whole number of at least 12, but 8 came"):
        volumes.sample(1, rng=np.random.default_rng(1), side=8)
    with pytest.raises(ValueError, match="sample: count must be a whole number of at least 1, but 0 came"):
        volumes.sample(0, rng=np.random.default_rng(1))


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"noise": -1}, "sample: noise must be from 0 to 100, but -1 came"),
        ({"tilt": 120}, "sample: tilt must be from 0 to 90, but 120 came"),
    ],
)
def test_what_no_volume_can_have_is_said_in_words(given, words):
    with pytest.raises(ValueError, match=words):
        volumes.sample(2, rng=np.random.default_rng(1), **given)


def test_what_is_drawn_lies_near_the_middle_and_is_as_large_as_the_docstring_says():
    drawn, labels = volumes.sample(200, rng=np.random.default_rng(2), noise=0, tilt=0)
    nodules, vessels = drawn[labels == 1, 0], drawn[labels == 0, 0]
    place = np.indices((16, 16, 16))
    centres = np.stack([(place * each).sum(axis=(1, 2, 3)) / each.sum() for each in nodules]) - 7.5
    furthest = np.abs(centres).max(axis=0)
    assert (furthest <= (1.01, 2.01, 2.01)).all() and (furthest > (0.8, 1.6, 1.6)).all()
    radii = np.cbrt(nodules.sum(axis=(1, 2, 3)) * 3 / (4 * np.pi)), np.sqrt(vessels[:, 8].sum(axis=(1, 2)) / np.pi)
    for radius in radii:
        assert 1.9 < radius.min() < 2.3 and 3.7 < radius.max() < 4.1


def test_a_vessel_leans_up_to_its_tilt_and_to_every_side():
    drawn, labels = volumes.sample(200, rng=np.random.default_rng(2), noise=0, tilt=15, side=24)
    vessels = drawn[labels == 0, 0]
    row, column = np.indices((24, 24))
    middle = [[(each * row).sum() / each.sum(), (each * column).sum() / each.sum()]
              for vessel in vessels for each in (vessel[10], vessel[13])]  # fmt: skip
    steps = np.diff(np.reshape(middle, (-1, 2, 2)), axis=1)[:, 0] / 3  # rows and columns for each slice
    lean = np.rad2deg(np.arctan(np.hypot(*steps.T)))
    assert 12 < lean.max() < 15.5 and lean.min() < 3
    assert {(a > 0, b > 0) for a, b in steps} == {(True, True), (True, False), (False, True), (False, False)}
