import numpy as np
import pytest
from scipy import ndimage

from marubatsu.data import phantoms
from marubatsu.data.phantoms.lung_vessels import BRANCHING, draw_tubes, grow_tree

CHESTS = [phantoms.chest(rng=np.random.default_rng(seed), nodules=3) for seed in range(6)]


def inner(mask, by=3):
    """The part of a mask that shares no pixel with its surroundings."""
    return ndimage.binary_erosion(mask, iterations=by)


@pytest.mark.parametrize("chest", CHESTS)
def test_each_tissue_has_the_hu_of_its_kind(chest):
    hu, masks = chest.image, chest.masks
    assert hu.dtype == np.float32 and hu.shape == (256, 256) and chest.spacing == pytest.approx(400 / 256)
    assert abs(np.median(hu[:40]) + 1000) < 5  # air before the patient
    empty = masks["lungs"] & ~ndimage.binary_dilation(masks["vessels"] | masks["nodules"], iterations=3)
    assert -890 < np.median(hu[inner(empty)]) < -800
    assert 35 < np.median(hu[inner(masks["heart"])]) < 55
    assert 33 < np.median(hu[inner(masks["aorta"])]) < 50
    assert np.percentile(hu[masks["bones"]], 75) > 250
    under_skin = masks["body"] & ~inner(masks["body"], 4) & inner(masks["body"], 2)
    assert -115 < np.median(hu[under_skin]) < -80


@pytest.mark.parametrize("chest", CHESTS)
def test_organs_do_not_overlap_and_lie_in_the_body(chest):
    masks = chest.masks
    assert set(masks) == {"body", "lungs", "heart", "aorta", "vessels", "bones", "nodules"}
    assert all(mask.dtype == bool and mask.any() for mask in masks.values())
    counted = sum(masks[name].astype(int) for name in ("lungs", "heart", "aorta", "bones"))
    assert (counted > 1).sum() == 0
    assert not (counted.astype(bool) & ~masks["body"]).any()
    assert not ((masks["vessels"] | masks["nodules"]) & ~masks["lungs"]).any()
    assert not (masks["vessels"] & masks["nodules"]).any()


def test_the_lungs_fill_a_third_of_the_body_and_the_heart_lies_to_the_patients_left():
    for chest in CHESTS:
        assert 0.25 < chest.masks["lungs"].sum() / chest.masks["body"].sum() < 0.55
        assert np.nonzero(chest.masks["heart"])[1].mean() > 128 < np.nonzero(chest.masks["aorta"])[1].mean()


@pytest.mark.parametrize("diameter", [18.0, 26.5, 40.0])
@pytest.mark.parametrize("size", [128, 256])
def test_the_aorta_has_the_diameter_that_was_asked_for(diameter, size):
    chest = phantoms.chest(rng=np.random.default_rng(2), size=size, diameter=diameter)
    assert chest.aorta_mm == diameter
    measured = 2 * np.sqrt(chest.masks["aorta"].sum() / np.pi) * chest.spacing
    assert abs(measured - diameter) < 0.35 * chest.spacing


@pytest.mark.slow
def test_left_to_chance_the_aorta_differs_from_18_to_40_mm():
    found = [phantoms.chest(rng=np.random.default_rng(seed), size=64).aorta_mm for seed in range(60)]
    assert 18 <= min(found) < 21 and 31 < max(found) <= 40 and 24 < np.mean(found) < 28


@pytest.mark.parametrize("chest", CHESTS)
def test_the_box_of_a_nodule_holds_exactly_its_mask(chest):
    labels, count = ndimage.label(chest.masks["nodules"], np.ones((3, 3)))
    assert count == len(chest.nodules) == 3  # none touches another
    boxes = {(rows.start, columns.start, rows.stop, columns.stop) for rows, columns in ndimage.find_objects(labels)}
    assert {nodule.box for nodule in chest.nodules} == boxes


@pytest.mark.slow
def test_nodules_lie_within_the_lung_and_are_as_large_as_they_say():
    small, large = [], []
    for seed in range(40):
        chest = phantoms.chest(rng=np.random.default_rng(seed), nodules=2)
        for nodule in chest.nodules:
            top, left, bottom, right = nodule.box
            mask = chest.masks["nodules"][top:bottom, left:right]
            assert not (mask & ~inner(chest.masks["lungs"], 1)[top:bottom, left:right]).any()
            assert 3 < nodule.diameter_mm < 22
            measured = 2 * np.sqrt(mask.sum() / np.pi) * chest.spacing
            assert abs(measured - nodule.diameter_mm) < chest.spacing
            assert top <= nodule.row < bottom and left <= nodule.column < right
            (large if nodule.malignant else small).append(nodule.diameter_mm)
    assert np.mean(large) > np.mean(small) + 2 and min(large) < max(small)  # they differ, and overlap


def test_as_many_nodules_as_asked_for_and_otherwise_none_to_four():
    assert phantoms.chest(rng=np.random.default_rng(1), nodules=0).nodules == ()
    assert not phantoms.chest(rng=np.random.default_rng(1), nodules=0).masks["nodules"].any()
    counts = [len(phantoms.chest(rng=np.random.default_rng(seed), size=64).nodules) for seed in range(40)]
    assert set(counts) == {0, 1, 2, 3, 4}


def test_the_same_seed_gives_the_same_chest_and_another_seed_another():
    again = phantoms.chest(rng=np.random.default_rng(0), nodules=3)
    np.testing.assert_array_equal(again.image, CHESTS[0].image)
    assert again.nodules == CHESTS[0].nodules
    assert np.abs(CHESTS[1].image - CHESTS[0].image).mean() > 50


def test_neighbouring_slices_are_more_alike_than_distant_ones():
    volume = phantoms.chest_volume(slices=12, rng=np.random.default_rng(5), step=3.0, nodules=2, bulge=False)
    images = volume.images
    assert images.shape == (12, 128, 128) and images.dtype == np.float32
    assert all(mask.shape == images.shape and mask.dtype == bool for mask in volume.masks.values())
    apart = [np.abs(images[by:] - images[:-by]).mean() for by in (1, 2, 4, 8)]
    assert apart == sorted(apart) and apart[3] > 1.3 * apart[0]


def test_a_nodule_is_a_ball_that_several_slices_cut():
    volume = phantoms.chest_volume(slices=24, rng=np.random.default_rng(3), step=1.5, nodules=1)
    cut = [each[0].diameter_mm for each in volume.nodules if each]
    assert len(cut) >= 3
    widest = int(np.argmax(cut))
    assert all(np.diff(cut[: widest + 1]) > -0.3) and all(np.diff(cut[widest:]) < 0.3)
    centres = np.array([(each[0].row, each[0].column) for each in volume.nodules if each])
    assert np.ptp(centres, axis=0).max() < 2  # pixels
    for found, mask in zip(volume.nodules, volume.masks["nodules"], strict=True):
        assert bool(found) == mask.any()


def test_the_aorta_of_a_volume_changes_smoothly_and_is_as_wide_as_it_says():
    volume = phantoms.chest_volume(slices=20, rng=np.random.default_rng(4), step=5.0, bulge=True, diameter=25)
    measured = 2 * np.sqrt(volume.masks["aorta"].sum(axis=(1, 2)) / np.pi) * volume.spacing
    np.testing.assert_allclose(measured, volume.aorta_mm, atol=0.35 * volume.spacing)
    assert np.abs(np.diff(volume.aorta_mm)).max() < 3
    assert volume.bulge and np.ptp(volume.aorta_mm) > 5
    middles = np.array([ndimage.center_of_mass(mask) for mask in volume.masks["aorta"]]) * volume.spacing
    assert np.abs(np.diff(middles, axis=0)).max() < 4  # mm from slice to slice
    plain = phantoms.chest_volume(slices=20, rng=np.random.default_rng(4), step=5.0, bulge=False, diameter=25)
    assert not plain.bulge and np.ptp(plain.aorta_mm) < 2


@pytest.mark.slow
def test_an_aneurysm_comes_in_one_of_three_volumes():
    found = [phantoms.chest_volume(slices=1, size=64, rng=np.random.default_rng(seed)).bulge for seed in range(60)]
    assert 0.15 < np.mean(found) < 0.5


def test_vessels_taper_from_the_hilum_and_a_parent_is_wide_enough_for_its_children():
    rng = np.random.default_rng(0)
    hilum = np.column_stack([np.arange(-20.0, 21, 10), np.zeros(5), np.zeros(5)])
    ends = np.column_stack([rng.uniform(-20, 20, 200), rng.uniform(-50, 50, 200), rng.uniform(5, 100, 200)])
    tree = grow_tree(hilum, ends, rng=rng)[4:]  # without the trunk
    assert len(tree) == 400  # every branch is bent once
    near = np.linalg.norm(tree[:, 4:6], axis=1)
    assert tree[near < 30, 7].mean() > 1.3 * tree[near > 80, 7].mean()
    starts = {tuple(point): 0.0 for point in tree[:, 3:6]}
    for row in tree:
        if tuple(row[:3]) in starts:
            starts[tuple(row[:3])] += row[7] ** BRANCHING
    radius = {tuple(row[3:6]): row[7] for row in tree}
    for point, total in starts.items():
        assert total <= radius[point] ** BRANCHING * (1 + 1e-9)


def test_a_tube_across_the_slice_is_a_disc_and_one_along_it_a_band():
    across = np.array([[-20.0, 0, 0, 20, 0, 0, 5, 5]])
    along = np.array([[0.0, 0, -30, 0, 0, 30, 5, 5]])
    disc, band = (draw_tubes((101, 101), tube, 0.0, 1.0) for tube in (across, along))
    np.testing.assert_allclose(disc.sum(), np.pi * 25, rtol=0.02)
    np.testing.assert_allclose(band.sum(), 60 * 10 + np.pi * 25, rtol=0.03)
    assert draw_tubes((101, 101), along, 8.0, 1.0).max() == 0  # a slice that it does not reach
    moved = draw_tubes((101, 101), along, 0.0, 1.0, shift=2.0, scale=0.5)
    assert abs(abs(ndimage.center_of_mass(moved)[0] - 50) - 10) < 0.1


@pytest.mark.parametrize("call", [phantoms.chest, lambda **given: phantoms.chest_volume(slices=2, **given)])
def test_what_cannot_be_drawn_is_said_in_words(call):
    rng = np.random.default_rng(1)
    with pytest.raises(TypeError, match="rng must be a random generator"):
        call(rng=1)
    with pytest.raises(ValueError, match="size must be a whole number of at least 64, but 32 came"):
        call(rng=rng, size=32)
    with pytest.raises(ValueError, match="diameter must be from 15 to 60, but 200 came"):
        call(rng=rng, diameter=200)
    with pytest.raises(ValueError, match="nodules must be a whole number of at least 0, but -1 came"):
        call(rng=rng, nodules=-1)
    with pytest.raises(ValueError, match=r"nodules: .* were asked for, but after .* there is no room in the lungs"):
        call(rng=rng, size=64, nodules=400)


def test_a_volume_stays_within_the_height_of_the_heart():
    with pytest.raises(ValueError, match="40 slices of 5 mm span 195 mm, but the heart's height is 120 mm"):
        phantoms.chest_volume(slices=40, rng=np.random.default_rng(1), step=5.0)
    with pytest.raises(ValueError, match=r"step must be from 0\.5 to 10, but 0 came"):
        phantoms.chest_volume(slices=2, rng=np.random.default_rng(1), step=0)
