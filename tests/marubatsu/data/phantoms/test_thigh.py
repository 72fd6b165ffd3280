import numpy as np
import pytest
from scipy import ndimage

from marubatsu.data import phantoms
from marubatsu.data.phantoms import GROUPS, MUSCLES, THIGH, thigh

AIR, FAT, MUSCLE, BONE, OTHER = range(5)


def drawn(seed, **choices):
    return thigh(rng=np.random.default_rng(seed), **choices)


def test_a_slice_says_what_each_pixel_is():
    one = drawn(1)
    assert one.image.shape == one.labels.shape == one.groups.shape == one.muscles.shape == (128, 128)
    assert one.image.dtype == np.float32 and {each.dtype.kind for each in (one.labels, one.groups, one.muscles)} == {
        "i"
    }
    assert THIGH[:4] == ("air", "fat", "muscle", "bone") and set(np.unique(one.labels)) == set(range(len(THIGH)))
    np.testing.assert_allclose(one.spacing, 220 / 128)
    assert phantoms.thigh is thigh


def test_the_same_seed_gives_the_same_slice_and_another_seed_another():
    np.testing.assert_array_equal(drawn(3).image, drawn(3).image)
    assert np.abs(drawn(3).image - drawn(4).image).mean() > 20
    one, two = drawn(3, size=64), drawn(3, size=64)
    np.testing.assert_array_equal(one.muscles, two.muscles)


@pytest.mark.parametrize("seed", range(8))
def test_every_tissue_has_its_hounsfield_units(seed):
    one = drawn(seed, size=256, infiltration=0.03, noise=0)
    inner = {tissue: ndimage.binary_erosion(one.labels == tissue, iterations=2) for tissue in (AIR, FAT, MUSCLE)}
    np.testing.assert_allclose(one.image[inner[FAT]].mean(), -100, atol=20)
    np.testing.assert_allclose(one.image[inner[MUSCLE]].mean(), 53, atol=8)
    np.testing.assert_allclose(np.median(one.image[inner[AIR]]), -1000)
    bone = one.image[one.labels == BONE]
    assert 900 < np.quantile(bone, 0.9) < 1600 and -110 < np.quantile(bone, 0.03) < 20  # cortex, and marrow in it


@pytest.mark.parametrize("seed", range(8))
def test_groups_are_unions_of_muscles_and_fill_what_is_called_muscle(seed):
    one = drawn(seed)
    np.testing.assert_array_equal(one.groups > 0, one.labels == MUSCLE)
    np.testing.assert_array_equal(one.muscles > 0, one.labels == MUSCLE)
    for number in range(1, len(MUSCLES)):
        assert len(np.unique(one.groups[one.muscles == number])) == 1, MUSCLES[number]
    assert set(np.unique(one.groups)) == set(range(len(GROUPS)))


@pytest.mark.parametrize("seed", range(8))
def test_muscles_lie_where_they_do_in_a_right_thigh_seen_from_below(seed):
    one = drawn(seed, infiltration=0.05)
    centre = {name: np.argwhere(one.muscles == k).mean(axis=0) for k, name in enumerate(MUSCLES) if k}
    femur = np.argwhere(one.labels == BONE).mean(axis=0)
    assert centre["rectus femoris"][0] < femur[0] < centre["semitendinosus"][0]  # front is up
    assert centre["vastus lateralis"][1] < femur[1] < centre["vastus medialis"][1]  # the middle of the body is right
    assert (
        centre["biceps femoris, long head"][1] < centre["semimembranosus"][1] and centre["gracilis"][1] > femur[1] + 15
    )
    areas = np.bincount(one.groups.ravel())
    assert areas[1] == areas[1:].max()  # the quadriceps is the largest group


def test_the_femur_lies_in_muscle_and_the_muscles_in_fat_and_the_fat_in_skin():
    for seed in range(8):
        one = drawn(seed)
        assert ndimage.label(one.labels == BONE)[1] == 1
        around = ndimage.binary_dilation(one.labels == BONE, iterations=2) & (one.labels != BONE)
        assert (one.labels[around] == MUSCLE).mean() > 0.5 and not (one.labels[around] == AIR).any()
        at_air = ndimage.binary_dilation(one.labels == AIR) & (one.labels != AIR)
        assert (one.labels[at_air] == OTHER).mean() > 0.85 and not (one.labels[at_air] == MUSCLE).any()


def test_the_leg_is_whole_in_the_picture_whatever_its_size():
    for seed in range(20):
        one = drawn(seed, fat_mm=35 if seed % 2 else None, size=64)
        edge = np.concatenate([one.labels[0], one.labels[-1], one.labels[:, 0], one.labels[:, -1]])
        np.testing.assert_array_equal(edge, 0)


def test_areas_are_those_of_thighs():
    slices = [drawn(seed) for seed in range(40)]
    areas = np.array([(one.labels == MUSCLE).sum() * one.spacing**2 / 100 for one in slices])  # cm²
    assert 85 < areas.mean() < 135 and areas.min() > 25 and areas.max() < 185, areas


def test_fatty_muscle_is_darker_and_smaller():
    young, old = ([drawn(seed, infiltration=share) for seed in range(6)] for share in (0.03, 0.5))
    for one, two in zip(young, old, strict=True):
        muscle = [each.labels == MUSCLE for each in (one, two)]
        assert muscle[1].sum() < 0.8 * muscle[0].sum()
        assert two.image[muscle[1]].mean() < one.image[muscle[0]].mean() - 40
    hamstrings, quadriceps = (np.mean([two.image[two.groups == group].mean() for two in old]) for group in (2, 1))
    assert hamstrings < quadriceps - 10


def test_the_thickness_of_the_fat_is_as_asked_for():
    for fat_mm in (6.0, 15.0, 28.0):
        found = []
        for seed in range(5):
            one = drawn(seed, fat_mm=fat_mm, size=256, infiltration=0.05)
            leg, muscles = one.labels > 0, one.labels == MUSCLE
            outer = np.sqrt(leg.sum() * one.spacing**2 / np.pi)
            inner = ndimage.binary_fill_holes(ndimage.binary_closing(np.pad(muscles, 12), iterations=10))
            found.append(outer - np.sqrt(inner.sum() * one.spacing**2 / np.pi))
        np.testing.assert_allclose(np.mean(found), fat_mm, atol=4)
        assert one.fat_mm == fat_mm


def test_no_threshold_separates_muscle_from_what_else_is_soft():
    shares = []
    for seed in range(6):
        one = drawn(seed, size=256)
        window = (one.image > -30) & (one.image < 150)
        shares.append((window & (one.labels == OTHER)).sum() / (one.labels == OTHER).sum())
    assert min(shares) > 0.4


def test_oedema_brightens_the_fat_under_the_skin_and_nothing_else():
    dry, wet = (drawn(5, oedema=share, noise=0) for share in (0.0, 1.0))
    np.testing.assert_array_equal(dry.labels == AIR, wet.labels == AIR)
    fat = (dry.labels == FAT) & (wet.labels == FAT)
    back = np.indices(dry.labels.shape)[0] > 90
    assert wet.image[fat & back].mean() > dry.image[fat & back].mean() + 15


def test_noise_is_as_asked_for():
    still, rough = drawn(2, noise=0), drawn(2, noise=30)
    np.testing.assert_array_equal(still.labels, rough.labels)
    inside = still.labels == MUSCLE
    np.testing.assert_allclose((rough.image - still.image)[inside].std(), 1.2 * 30, rtol=0.1)


@pytest.mark.parametrize(
    ("choices", "words"),
    [
        ({"size": 16}, "thigh: size must be a whole number of at least 32, but 16 came"),
        ({"fat_mm": 50}, "thigh: fat_mm must be from 3 to 35, but 50 came"),
        ({"infiltration": 0.9}, "thigh: infiltration must be from 0 to 0.6, but 0.9 came"),
        ({"oedema": 2}, "thigh: oedema must be from 0 to 1, but 2 came"),
        ({"noise": -1}, "thigh: noise must be from 0 to 200, but -1 came"),
    ],
)
def test_what_no_thigh_is_like_is_refused(choices, words):
    with pytest.raises(ValueError, match=words):
        drawn(1, **choices)


def test_chance_is_handed_in():
    with pytest.raises(TypeError, match="thigh: rng must be a random generator"):
        thigh(rng=1)
