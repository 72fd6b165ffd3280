"""Where the organs of a chest lie and how dense they are, measured in the painted image of one of usual measures."""

from dataclasses import replace

import numpy as np
import pytest
from scipy import ndimage

from marubatsu.data import phantoms
from marubatsu.data.phantoms import chest_body
from marubatsu.data.phantoms.chest_body import Body, new_body
from marubatsu.data.phantoms.chest_section import paint
from marubatsu.data.phantoms.plane import Plane

RNG = np.random.default_rng
PLANE = Plane(800, 0.5)  # half a millimetre a pixel
STILL = np.zeros((800, 800), np.float32)  # no texture
USUAL = Body(
    half_width=127.0,
    half_depth=84.0,
    fat=16.0,
    muscle=17.0,
    breast=0.0,
    heart=(59.0, 44.0, 35.0),
    heart_centre=(-25.0, 22.0),
    aorta=26.0,
    bulge=(0.0, 0.0, 16.0),
    calcified=0.0,
    ribs=(0.0, 0.0),
    scapula=-30.0,
    noise=12.0,
    wave=np.zeros((6, 2)),
    trees=(),
)
SPINE = 0.6 * 84  # mm behind the middle


def painted(depth=0.0, **other):
    return paint(replace(USUAL, **other), depth, PLANE, STILL)


@pytest.fixture(scope="module")
def usual():
    return painted()


def at(section, row, column):
    """HU at a place in mm behind the middle and to the patient's left."""
    return float(section.image[round(row / 0.5 + 399.5), round(column / 0.5 + 399.5)])


def extent(cover):
    """First and last row and column, in mm, that a cover of half or more reaches."""
    rows, columns = np.nonzero(cover >= 0.5)
    return tuple((each - 399.5) * 0.5 for each in (rows.min(), rows.max(), columns.min(), columns.max()))


@pytest.mark.parametrize(
    ("what", "row", "column", "hu"),
    [
        ("vertebral body", SPINE, 0, 175),
        ("cortex of the vertebral body", SPINE - 14.8, 0, 560),
        ("spinal cord", SPINE + 22, 0, 38),
        ("fluid around the cord", SPINE + 22, 8, 8),
        ("spinous process", SPINE + 41, 0, 330),
        ("transverse process", SPINE + 22.4, 40.4, 260),
        ("pedicle", SPINE + 16, 14, 330),
        ("lamina", SPINE + 32, 13, 380),
        ("neck of a rib", SPINE + 10, 22, 210),
        ("oesophagus", SPINE - 25, -3, 38),
        ("air in the oesophagus", SPINE - 25.5, 2, -300),
        ("azygos vein", SPINE - 20, -13, 41),
        ("aorta", SPINE - 33.5 * np.sin(np.deg2rad(38)), 33.5 * np.cos(np.deg2rad(38)), 41),
        ("sternum", -89.2, 0, 120),
        ("cortex of the sternum", -93.7, 0, 450),
        ("muscle of the heart", -8, 40, 50),
        ("left atrium", 1, 4, 40),
        ("right atrium", -26, -5, 39),
        ("left ventricle", -26, 42, 38),
        ("right ventricle", -47, 21, 40),
        ("lung in front", -60, -70, -880 + 55 * 24 / 168),
        ("lung behind", 60, -70, -880 + 55 * 144 / 168),
        ("erector spinae", 100, 34, 54),
        ("fat around the erector spinae", 111.3, 27, -90),
        ("fat of the back", 115, 60, -104),
        ("fat within the cage", -79, 12, -98),
        ("foam of the table", 135, 0, -930),
        ("air", -190, 0, -1000),
    ],
)
def test_each_tissue_lies_where_it_should_with_the_hu_it_should_have(usual, what, row, column, hu):
    assert abs(at(usual, row, column) - hu) < 3, f"{what}: {at(usual, row, column):.0f} HU, not {hu:.0f}"


def test_organs_end_where_they_should(usual):
    covers = usual.covers
    front, back = 0.75 * 17 + 0.8 * 16, 17 + 12 + 0.7 * 16
    np.testing.assert_allclose(extent(covers["body"])[:2], (-84 - front, 84 + back), atol=0.5)
    np.testing.assert_allclose(extent(covers["body"])[2:], (-161.6, 161.6), atol=0.5)  # 127 + 17 + 1.1 × 16 mm
    np.testing.assert_allclose(extent(covers["lungs"]), (-77.75, 80.75, -125.75, 125.75), atol=0.5)
    np.testing.assert_allclose(extent(covers["aorta"])[1] - extent(covers["aorta"])[0], 26, atol=0.6)
    bones = np.where(np.hypot(PLANE.rows + 89, PLANE.columns) < 25, covers["bones"], 0)  # the breastbone alone
    np.testing.assert_allclose(extent(bones), (-94.2, -83.8, -18, 18), atol=0.5)
    behind = np.where(np.abs(PLANE.columns) < 2, covers["bones"], 0) * (PLANE.rows > 0)  # the vertebra in the middle
    np.testing.assert_allclose(extent(behind)[:2], (SPINE - 15.5, SPINE + 56), atol=0.6)


def test_the_heart_is_as_large_as_its_ellipse_and_grows_smaller_to_both_ends(usual):
    area = [painted(depth).covers["heart"].sum() / 4 for depth in (-50, 0, 50)]  # mm²
    assert abs(area[1] / (np.pi * 59 * 44) - 0.93) < 0.04  # three grooves, and the chest wall, take a part
    np.testing.assert_allclose(area[0] / area[1], (1 - (50 / 190) ** 2) ** 2, atol=0.02)
    np.testing.assert_allclose(area[0], area[2], rtol=0.01)
    row, column = ndimage.center_of_mass(usual.covers["heart"])
    np.testing.assert_allclose(((row - 399.5) / 2, (column - 399.5) / 2), (-25, 22), atol=2.5)


def test_fat_keeps_the_heart_from_the_aorta_and_the_lung_from_both(usual):
    def apart(one, other):
        return ndimage.distance_transform_edt(usual.covers[one] < 0.5)[usual.covers[other] >= 0.5].min() / 2

    np.testing.assert_allclose(apart("aorta", "heart"), 2.4, atol=0.6)
    np.testing.assert_allclose(apart("aorta", "lungs"), 2.2, atol=0.6)
    assert 4 < apart("heart", "lungs") < 9  # 4.5 mm and a fifth of the fat under the skin


def test_ribs_stand_25_mm_apart_and_fall_41_mm_for_each_radian_to_the_front():
    small = Plane(100, 4.0)
    depths = np.arange(0, 75, 0.5)

    def bone(angle):  # HU half a rib's thickness outside the cage, at each depth
        sections = [paint(USUAL, depth, small, np.zeros((100, 100), np.float32)).covers["bones"] for depth in depths]
        away = np.abs(np.arctan2(np.abs(small.columns), small.rows) - angle)
        ring = (away < 0.05) & (small.columns > 60)
        return np.array([each[ring].sum() for each in sections])

    side, further = bone(1.6), bone(1.9)
    spectrum = np.abs(np.fft.rfft(side - side.mean()))
    assert 75 / spectrum.argmax() == 25
    later = [np.corrcoef(side[:100], further[shift : shift + 100])[0, 1] for shift in range(50)]
    np.testing.assert_allclose(0.5 * np.argmax(later), 0.3 * 41, atol=2.5)


def test_a_calcified_aorta_has_a_bright_rim_and_a_breast_stands_out():
    calcified, plain = painted(calcified=0.3), painted()
    changed = calcified.image - plain.image > 100
    rows, columns = np.nonzero(changed)
    away = np.hypot(*(((rows - 399.5) / 2 - (SPINE - 33.5 * np.sin(np.deg2rad(38)))), (columns - 399.5) / 2 - 26.4))
    assert len(rows) > 40 and away.min() > 11 and away.max() < 13.2
    breast = painted(breast=25.0)
    more = (breast.covers["body"] > 0.5) & (plain.covers["body"] < 0.5)
    assert 30e2 < more.sum() / 4 < 120e2  # mm², both sides
    row, column = ndimage.center_of_mass(more & (PLANE.columns > 0))
    np.testing.assert_allclose(((row - 399.5) / 2, (column - 399.5) / 2), (-97.5, 107), atol=0.5)
    gland = breast.image[round(-77.2 * 2 + 399.5), round(88.9 * 2 + 399.5)]
    assert gland > plain.image.min() + 500 and gland > -60  # a third of a gland, in fat


def test_the_shoulder_blade_ends_at_its_tip():
    shown = [
        painted(depth, scapula=20.0).covers["bones"].sum() - painted(depth).covers["bones"].sum()
        for depth in (-20, 10, 17)
    ]
    assert shown[0] > shown[1] > 0 == shown[2]
    np.testing.assert_allclose(shown[0] / 4, 2 * np.pi * 2.3 * 20, rtol=0.12)  # two ellipses, 20 mm half wide at most


@pytest.fixture(scope="module")
def many():
    """Four hundred chests without vessels."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(chest_body, "_tree", lambda *_, **__: np.zeros((0, 8)))
        return [new_body(rng=RNG(seed), diameter=None, bulge=True, span=(-50.0, 50.0)) for seed in range(1500)]


@pytest.mark.parametrize(
    ("word", "low", "high", "mean"),
    [
        ("half_width", 112, 142, 127),
        ("half_depth", 72, 98, 84),
        ("fat", 6, 30, 16),
        ("muscle", 11, 24, 17),
        ("aorta", 18, 40, 26),
        ("scapula", -30, 40, 5),
        ("noise", 9, 17, 13),
    ],
)
def test_patients_differ_within_limits(many, word, low, high, mean):
    found = np.array([getattr(body, word) for body in many])
    within = 0.01 * (high - low)
    assert low <= found.min() < low + within and high - within < found.max() <= high
    np.testing.assert_allclose(found.mean(), mean, atol=0.03 * (high - low))


def test_hearts_differ_within_limits(many):
    length, width, turn = np.array([body.heart for body in many]).T
    np.testing.assert_allclose((length.min(), length.max()), (48, 72), atol=0.3)
    np.testing.assert_allclose(((width / length).min(), (width / length).max()), (0.7, 0.8), atol=1e-3)
    np.testing.assert_allclose((turn.min(), turn.max()), (26, 44), atol=0.1)
    row, column = np.array([body.heart_centre for body in many]).T
    deep, wide = np.array([(body.half_depth, body.half_width) for body in many]).T
    np.testing.assert_allclose(((row + 0.3 * deep).mean(), (row + 0.3 * deep).std()), (0, 3), atol=0.3)
    column = column - 22 * wide / 127
    np.testing.assert_allclose((column.mean(), column.std()), (0, 4), atol=0.4)


def test_what_only_some_patients_have(many):
    breasts, calcium = (np.array([getattr(body, word) for body in many]) for word in ("breast", "calcified"))
    np.testing.assert_allclose(((breasts > 0).mean(), (calcium > 0).mean()), (0.4, 0.3), atol=0.03)
    np.testing.assert_allclose((breasts[breasts > 0].min(), breasts.max()), (14, 34), atol=0.3)
    np.testing.assert_allclose((calcium[calcium > 0].min(), calcium.max()), (0.1, 0.35), atol=0.003)
    wider, place, long = np.array([body.bulge for body in many]).T
    np.testing.assert_allclose((wider.min(), wider.max()), (6, 14), atol=0.1)
    np.testing.assert_allclose((place.min(), place.max()), (-20, 20), atol=0.4)
    assert set(long) == {16}


def test_the_aorta_tapers_by_six_hundredths_of_a_percent_for_each_mm():
    assert replace(USUAL, aorta=25.0).aorta_diameter(50.0) == pytest.approx(25 * 0.97)
    assert replace(USUAL, bulge=(8.0, 10.0, 16.0)).aorta_diameter(26.0) == pytest.approx(
        26 * (1 - 0.0156) + 8 * np.exp(-0.5)
    )
    assert USUAL.aorta_diameter(0.0) == 26.0


def test_a_sway_begins_at_nothing_and_has_its_own_phase():
    body = replace(USUAL, wave=np.array([[k, 0.5 + 0.1 * k] for k in range(6)]))
    for number, what in enumerate(chest_body.SWAYS):
        assert body.phase(what) == number and body.sway(what, 0.0) == 0
        expected = (0.5 + 0.1 * number) * (np.sin(2 * np.pi * 30 / 90 + number) - np.sin(number))
        assert body.sway(what, 30.0) == pytest.approx(expected)


MUSCLES = [  # mm below and to the right of the middle of the femur, cm²; a lean right thigh with 10 mm of fat
    ("rectus femoris", -46.7, 7.7, 12.7),
    ("vastus lateralis", -5.7, -36.9, 31.2),
    ("vastus intermedius", -13.2, -6.8, 9.3),
    ("vastus medialis", -22.6, 33.9, 17.2),
    ("sartorius", -13.6, 61.2, 6.8),
    ("adductor longus", 9.1, 48.4, 4.0),
    ("adductor magnus", 23.6, 26.8, 12.6),
    ("gracilis", 17.0, 67.5, 4.1),
    ("semimembranosus", 44.0, 44.7, 8.0),
    ("semitendinosus", 56.6, 15.2, 8.7),
    ("biceps femoris, long head", 48.1, -17.8, 12.3),
    ("biceps femoris, short head", 23.2, -8.5, 3.9),
]


@pytest.fixture(scope="module")
def legs():
    return [phantoms.thigh(rng=RNG(seed), infiltration=0.03, fat_mm=10) for seed in range(12)]


@pytest.mark.parametrize(("name", "down", "right", "area"), MUSCLES)
def test_each_muscle_keeps_its_place_in_mm_and_its_area(legs, name, down, right, area):
    number = phantoms.MUSCLES.index(name)
    away = [np.argwhere(leg.muscles == number).mean(axis=0) - np.argwhere(leg.labels == 3).mean(axis=0) for leg in legs]
    np.testing.assert_allclose(np.mean(away, axis=0) * legs[0].spacing, (down, right), atol=0.3)
    found = np.mean([(leg.muscles == number).sum() for leg in legs]) * legs[0].spacing ** 2 / 100
    np.testing.assert_allclose(found, area, atol=0.2)


def test_the_list_of_muscles_is_whole():
    assert [name for name, *_ in MUSCLES] == list(phantoms.MUSCLES[1:])


def test_a_fat_leg_has_the_smaller_compartment_that_still_leaves_it_in_the_picture():
    fat = [phantoms.thigh(rng=RNG(seed), infiltration=0.0, fat_mm=35) for seed in range(4)]
    area = np.mean([((leg.labels == 2) | (leg.labels == 3)).sum() for leg in fat]) * fat[0].spacing ** 2
    compartment = 98 - 1.35 * 35  # mm; planes of fat and the vessels take 2.2 mm of it
    np.testing.assert_allclose(np.sqrt(area / np.pi), compartment - 2.2, atol=0.3)
