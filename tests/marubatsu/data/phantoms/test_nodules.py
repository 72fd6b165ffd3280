import numpy as np
import pytest
from scipy import ndimage
from scipy.stats import norm
from sklearn.metrics import roc_auc_score

from marubatsu.data import phantoms
from marubatsu.data.phantoms.nodules import PIXEL, SEPARATION, SIGNS


@pytest.fixture(scope="module")
def many():
    return phantoms.nodules(1500, rng=np.random.default_rng(7))


def painted(signs, seed=3, diameter=11.0, side=48):
    image = np.full((side, side), -860, np.float32)
    mask = phantoms.draw_nodule(
        image, (23.5, 23.5), diameter, signs=np.array(signs, float), spacing=PIXEL, rng=np.random.default_rng(seed)
    )
    return image, mask


@pytest.mark.slow
def test_patches_are_in_hu_half_of_each_class_and_the_same_for_the_same_seed(many):
    images, labels = phantoms.nodules(1500, rng=np.random.default_rng(7))
    assert images.shape == (1500, 1, 32, 32) and images.dtype == np.float32 and labels.dtype == np.int64
    np.testing.assert_array_equal(images, many.images)
    np.testing.assert_array_equal(labels, many.labels)
    assert labels.sum() == 750
    assert -900 < np.median(images) < -800  # most of a patch is lung
    assert not np.array_equal(images[:20], phantoms.nodules(20, rng=np.random.default_rng(8)).images)


def test_the_diameter_is_alike_in_both_classes_and_between_6_and_14_mm(many):
    assert many.truth["diameters"].min() >= 6 and many.truth["diameters"].max() < 14
    area = many.truth["masks"].sum(axis=(1, 2))
    assert abs(roc_auc_score(many.labels, many.truth["diameters"]) - 0.5) < 0.04
    assert abs(roc_auc_score(many.labels, area) - 0.5) < 0.06
    measured = 2 * np.sqrt(area / np.pi) * PIXEL
    assert np.median(np.abs(measured - many.truth["diameters"])) < 0.5
    assert np.corrcoef(measured, many.truth["diameters"])[0, 1] > 0.95


def test_the_nodule_lies_in_the_middle_and_is_brighter_than_lung(many):
    centres = np.array([np.argwhere(mask).mean(axis=0) for mask in many.truth["masks"]])
    assert np.abs(centres - 15.5).max() < 4
    inside = np.array([image[0][mask].mean() for image, mask in zip(many.images, many.truth["masks"], strict=True)])
    assert (inside > -700).mean() > 0.99


def test_who_sees_all_five_signs_reaches_the_ceiling_that_the_docstring_names_and_one_sign_does_not(many):
    ceiling = norm.cdf(SEPARATION * np.sqrt(len(SIGNS)) / np.sqrt(2))
    assert round(ceiling, 3) == 0.994 and "= 0.994" in phantoms.nodules.__doc__
    assert abs(roc_auc_score(many.labels, many.truth["signs"].sum(axis=1)) - ceiling) < 0.006
    for sign in many.truth["signs"].T:
        assert abs(roc_auc_score(many.labels, sign) - norm.cdf(SEPARATION / np.sqrt(2))) < 0.035


def test_each_sign_is_seen_in_the_image():
    calm = [-1.0, -3, -2, 0, -3]
    image, mask = painted(calm)
    for place, name in enumerate(SIGNS):
        loud = list(calm)
        loud[place] = 2.5
        other, outline = painted(loud)
        if name == "lobulation":
            assert (outline ^ mask).sum() > 20
        if name == "spiculation":
            assert ((other > -700) & ~mask).sum() > ((image > -700) & ~mask).sum() + 20
        if name in ("ground glass", "low density"):
            assert other[mask].mean() < image[mask].mean() - 60
        if name == "heterogeneity":
            core = ndimage.binary_erosion(mask, iterations=2)  # its edge is in the mask, and half lung
            assert other[core].std() > 2 * image[core].std()


def test_the_densest_are_calcified():
    assert painted([0, -3, -2, -1.3, -3])[0].max() < 200 < painted([0, -3, -2, -1.6, -3])[0].max()


def test_a_nodule_at_the_border_of_an_image_is_cut_and_nothing_far_from_it_is_touched():
    image = np.full((60, 80), -860, np.float32)
    mask = phantoms.draw_nodule(image, (2, 78), 8, signs=np.zeros(5), spacing=PIXEL, rng=np.random.default_rng(1))
    assert mask.shape == (60, 80) and mask[2, 78]
    np.testing.assert_array_equal(image[30:], -860)
    np.testing.assert_array_equal(image[:, :50], -860)


def test_what_cannot_be_drawn_is_said():
    with pytest.raises(ValueError, match="nodules: count"):
        phantoms.nodules(0, rng=np.random.default_rng(1))
    with pytest.raises(ValueError, match="nodules: size"):
        phantoms.nodules(2, rng=np.random.default_rng(1), size=8)
    with pytest.raises(ValueError, match="draw_nodule: diameter and spacing must lie above 0"):
        painted(np.zeros(5), diameter=0)
    with pytest.raises(ValueError, match=r"draw_nodule: 5 signs are needed, .* but 3 came"):
        painted(np.zeros(3))
