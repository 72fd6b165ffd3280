import numpy as np
import pytest
from skimage.metrics import hausdorff_distance
from sklearn.metrics import f1_score

from marubatsu.data.phantoms.shapes import blob
from marubatsu.metrics import dice, surface_distances

NOTHING, SQUARE = np.zeros((6, 7), bool), np.zeros((6, 7), bool)
SQUARE[1:4, 1:4] = True
NEXT = np.roll(SQUARE, 2, axis=1)  # the square, two columns further


def pairs(count=6, shape=(30, 34)):
    rng = np.random.default_rng(1)
    for _ in range(count):
        yield [blob(shape, rng.uniform(11, 18, 2), rng.uniform(3, 9, 2), rng=rng, wobble=0.2) > 0.5 for _ in range(2)]


def border(mask):
    """The border pixels, by looking at the four neighbours of each."""
    rows, columns = mask.shape
    return [
        (row, column)
        for row, column in zip(*np.nonzero(mask), strict=True)
        if not all(
            0 <= r < rows and 0 <= c < columns and mask[r, c]
            for r, c in ((row - 1, column), (row + 1, column), (row, column - 1), (row, column + 1))
        )
    ]


def ways(one, other, spacing):
    """From each border pixel of one mask to the nearest of the other, by trying all."""
    here, there = np.array(border(one)) * spacing, np.array(border(other)) * spacing
    return np.sqrt(((here[:, None] - there[None]) ** 2).sum(axis=2)).min(axis=1)


def test_dice_by_hand():
    assert dice(SQUARE, NEXT) == 2 * 3 / (9 + 9)
    assert dice(SQUARE, SQUARE) == 1 and dice(SQUARE, NOTHING) == 0
    assert dice(SQUARE.astype(float), NEXT.astype(int)) == dice(NEXT, SQUARE) == 1 / 3


def test_dice_is_the_f1_score_of_the_pixels():
    for found, truth in pairs():
        np.testing.assert_allclose(dice(found, truth), f1_score(truth.ravel(), found.ravel()))


def test_surface_distances_by_hand():
    # Each border is a ring of 8 pixels. Of either ring, 3 pixels lie in the column that both share: way 0. The 2 of its
    # middle column are 1 column away, the 3 of its far column 2 columns.
    mean, most = surface_distances(SQUARE, NEXT, 1.5)
    np.testing.assert_allclose(mean, 1.5 * (3 * 0 + 2 * 1 + 3 * 2) / 8)
    np.testing.assert_allclose(most, 1.5 * 2)


def test_surface_distances_are_those_of_trying_every_pixel():
    for found, truth in pairs():
        spacing = np.array([0.8, 2.5])
        one, two = ways(found, truth, spacing), ways(truth, found, spacing)
        mean, most = surface_distances(found, truth, (0.8, 2.5))
        np.testing.assert_allclose(mean, np.concatenate([one, two]).mean())
        np.testing.assert_allclose(most, max(np.percentile(one, 95), np.percentile(two, 95)))
        np.testing.assert_allclose(surface_distances(truth, found, (0.8, 2.5)), (mean, most))


def test_the_95th_percentile_is_at_most_the_hausdorff_distance_of_scikit_image_and_forgives_a_stray_pixel():
    for found, truth in pairs():
        lines = [np.zeros_like(mask) for mask in (found, truth)]
        for line, mask in zip(lines, (found, truth), strict=True):
            line[tuple(np.transpose(border(mask)))] = True
        whole = hausdorff_distance(*lines)
        assert whole == max(ways(found, truth, 1.0).max(), ways(truth, found, 1.0).max())
        mean, most = surface_distances(found, truth)
        assert mean <= most <= whole
    truth = np.zeros((40, 40), bool)
    truth[8:30, 8:30] = True
    stray = truth.copy()
    stray[39, 39] = True
    assert hausdorff_distance(stray, truth) > 14 and surface_distances(stray, truth).percentile_95 == 0


def test_a_border_ends_at_the_image_and_a_hole_has_one():
    whole = np.ones((5, 5), bool)
    inner = np.zeros((5, 5), bool)
    inner[1:4, 1:4] = True
    np.testing.assert_allclose(surface_distances(inner, whole).percentile_95, np.sqrt(2))  # from the corners
    holed = np.ones((9, 9), bool)
    holed[4, 4] = False
    assert surface_distances(holed, np.ones((9, 9), bool)).mean > 0


def test_volumes_have_surfaces_too():
    one, two = np.zeros((2, 5, 6, 7), bool)
    one[1:3, 2:4, 2:4], two[2:4, 2:4, 2:4] = True, True
    mean, most = surface_distances(one, two, (5, 1, 1))
    np.testing.assert_allclose([mean, most], [2.5, 5])  # all pixels are border; half of each lies one slice away


def test_empty_masks_have_answers_and_a_miss_is_never_averaged_away():
    assert dice(NOTHING, NOTHING) == 1 and surface_distances(NOTHING, NOTHING) == (0, 0)
    assert dice(NOTHING, SQUARE) == 0 == dice(SQUARE, NOTHING)
    assert surface_distances(NOTHING, SQUARE) == (np.inf, np.inf) == surface_distances(SQUARE, NOTHING)


@pytest.mark.parametrize("score", [dice, surface_distances])
def test_what_is_no_pair_of_masks_is_refused(score):
    with pytest.raises(ValueError, match=rf"{score.__name__}: both masks must have the same shape, but \(6, 7\) and"):
        score(SQUARE, SQUARE[1:])
    with pytest.raises(ValueError, match=r"a mask says yes or no .* make a mask first, for example scores > 0"):
        score(SQUARE, 0.5 * SQUARE)
    with pytest.raises(ValueError, match="a mask says yes or no"):
        score(np.full((6, 7), np.nan), SQUARE)


@pytest.mark.parametrize("spacing", [0, -1, (1, 2, 3), (1, 0), np.inf, float("nan")])
def test_a_spacing_must_be_millimetres(spacing):
    with pytest.raises(ValueError, match="spacing must be one number of mm above 0, or 2 of them"):
        surface_distances(SQUARE, NEXT, spacing)
