"""Every public phantom keeps one contract, chance is always handed in, and all of data/ stands in the reference."""

import ast
import dataclasses
import importlib
import inspect
import re
from pathlib import Path

import numpy as np
import pytest

import marubatsu.data
from marubatsu.data import collections, marks, phantoms, reports, volumes
from marubatsu.data.phantoms import Chest, ChestVolume, Images, Thigh

RNG = np.random.default_rng
ROOT = Path(__file__).resolve().parents[4]
DATA = Path(marubatsu.data.__file__).parent
REFERENCE = (ROOT / "book" / "reference" / "images.md").read_text(encoding="utf-8")

MANY = {  # what a phantom of many images is measured in, mm from pixel to pixel, and its further truth
    "aortas": ("HU", 80 / 40, ()),
    "blood_flow": ("flow of the cerebellum", 192 / 32, ()),
    "diffuse": ("HU", 1.0, ()),
    "diffusion": ("true signal at b = 0", None, ()),
    "nodules": ("HU", 0.7, ("masks", "signs", "diameters")),
    "plaques": ("HU", 0.35, ()),
}
ONE = {"chest": (Chest, {}), "chest_volume": (ChestVolume, {"slices": 2}), "thigh": (Thigh, {})}  # one patient each
NUMBERS = {"diameters"}  # of many patients, without an image
FROM_GIVEN = {  # what changes or measures something that is given
    "draw_nodule": lambda rng: phantoms.draw_nodule(
        np.zeros((20, 20), np.float32), (10, 10), 5, signs=np.zeros(5), spacing=0.7, rng=rng
    ),
    "ivim": None,
    "low_dose": lambda rng: phantoms.low_dose(np.zeros((16, 16)), rng=rng, photons=1e4),
    "measured_diameters": lambda rng: phantoms.measured_diameters(np.full((2, 5), 26.0), rng=rng),
    "nodule_signs": lambda rng: phantoms.nodule_signs(np.array([0, 1]), rng=rng),
    "rician": lambda rng: phantoms.rician(np.ones(3), 20, rng=rng),
}
OTHERS = {  # the rest of data/ that throws dice
    "draw": lambda rng: marks.draw("circle", noise=0.1, rng=rng),
    "sample": lambda rng: volumes.sample(2, rng=rng),
    "marks.sample": lambda rng: marks.sample(2, rng=rng),
    "folds": lambda rng: collections.folds(6, 3, rng=rng),
    "scatter": lambda rng: collections.scatter(np.zeros((2, 1, 8, 8)), side=12, noise=0.1, rng=rng),
    "reports": lambda rng: reports.reports(2, rng=rng),
}


def functions():
    return {name for name in phantoms.__all__ if inspect.isfunction(getattr(phantoms, name))}


def test_every_public_function_is_one_of_the_four_kinds():
    assert functions() == set(MANY) | set(ONE) | NUMBERS | set(FROM_GIVEN)


@pytest.mark.parametrize("name", sorted({*MANY, *ONE, *NUMBERS}))
def test_the_first_arguments_are_the_same_everywhere(name):
    arguments = inspect.signature(getattr(phantoms, name)).parameters
    positional = [each.name for each in arguments.values() if each.kind is not each.KEYWORD_ONLY]
    assert positional == ([] if name in ONE else ["count"])
    assert arguments["rng"].kind is inspect.Parameter.KEYWORD_ONLY
    assert arguments["rng"].default is arguments["rng"].empty  # no hidden dice
    assert all(
        each.default is not each.empty for each in arguments.values() if each.name not in ("count", "rng", "slices")
    )


def sized(name):
    return "size" in inspect.signature(getattr(phantoms, name)).parameters


@pytest.mark.parametrize("name", sorted({*MANY, *ONE}))
def test_size_is_the_rows_and_columns_where_there_is_a_picture(name):
    if name == "diffusion":
        assert not sized(name)
        return
    options = ONE[name][1] if name in ONE else {"count": 1}
    made = getattr(phantoms, name)(**options, rng=RNG(1), size=68)
    picture = made.image if hasattr(made, "image") else made.images
    assert picture.shape[-2:] == (68, 68)
    with pytest.raises(ValueError, match=f"{name}: size must be a whole number of at least .* but 3 came"):
        getattr(phantoms, name)(**options, rng=RNG(1), size=3)


@pytest.mark.parametrize("name", MANY)
def test_many_images_come_with_labels_unit_spacing_and_truth(name):
    made = getattr(phantoms, name)(6, rng=RNG(1))
    unit, spacing, truth = MANY[name]
    assert type(made) is Images and made.unit == unit and tuple(made.truth) == truth
    assert made.spacing == (spacing if spacing is None else pytest.approx(spacing))
    assert made.images.dtype == np.float32 and made.labels.dtype in (np.int64, np.float32)
    assert made.images.ndim == (2 if name == "diffusion" else 4) and np.isfinite(made.images).all()
    assert {len(each) for each in (made.images, made.labels, *made.truth.values())} == {6}
    if made.unit == "HU":
        assert -1400 < made.images.min() < -60 and made.images.max() > -300
    images, labels = made
    assert images is made.images and labels is made.labels


@pytest.mark.parametrize("name", ONE)
def test_one_patient_comes_with_hu_and_millimetres(name):
    kind, options = ONE[name]
    made = getattr(phantoms, name)(rng=RNG(1), size=64, **options)
    picture = made.images if name == "chest_volume" else made.image
    assert type(made) is kind and picture.dtype == np.float32 and picture.shape[-2:] == (64, 64)
    assert -1030 < picture.min() < -950 and picture.max() > 200
    assert made.spacing == pytest.approx((220 if name == "thigh" else 400) / 64)


@pytest.mark.parametrize("kind", [Images, Chest, ChestVolume, Thigh])
def test_what_is_made_cannot_be_changed_by_mistake(kind):
    assert dataclasses.is_dataclass(kind) and kind.__dataclass_params__.frozen
    words = inspect.getdoc(kind) + inspect.getsource(kind)
    assert all(field.name in words for field in dataclasses.fields(kind))


@pytest.mark.parametrize("name", sorted({*MANY, *ONE, *NUMBERS}))
def test_the_same_seed_gives_the_same_and_another_seed_another(name):
    options = ONE[name][1] if name in ONE else {"count": 3}

    def numbers(seed):
        made = getattr(phantoms, name)(**options, rng=RNG(seed))
        return made if isinstance(made, np.ndarray) else vars(made)[dataclasses.fields(made)[0].name]

    np.testing.assert_array_equal(numbers(1), numbers(1))
    assert not np.array_equal(numbers(1), numbers(2))


@pytest.mark.parametrize("name", sorted({*MANY, *NUMBERS}))
@pytest.mark.parametrize("count", [0, -1, 2.5, True, "3"])
def test_a_count_that_is_none_is_refused(name, count):
    words = f"{name}: count must be a whole number of at least 1, but {re.escape(repr(count))} came"
    with pytest.raises((ValueError, TypeError), match=words):
        getattr(phantoms, name)(count, rng=RNG(1))


def with_dice():
    found = {name: (lambda rng, name=name: getattr(phantoms, name)(2, rng=rng)) for name in {*MANY, *NUMBERS}}
    found |= {name: (lambda rng, name=name: getattr(phantoms, name)(rng=rng, **ONE[name][1])) for name in ONE}
    return found | {name: call for name, call in {**FROM_GIVEN, **OTHERS}.items() if call}


@pytest.mark.parametrize("name", sorted(with_dice()))
@pytest.mark.parametrize("rng", [1, None, np.random.RandomState(1)], ids=["1", "None", "RandomState"])
def test_a_wrong_rng_is_answered_with_a_sentence(name, rng):
    words = f"{name.split('.')[-1]}: rng must be a random generator such as np.random.default_rng\\(1\\), but .* came"
    with pytest.raises(TypeError, match=words):
        with_dice()[name](rng)


def test_no_function_with_dice_is_left_out():
    """Every public function of data/ that takes rng is asked above, or makes shapes for those that are."""
    found = set()
    for path in DATA.rglob("*.py"):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef) and any(each.arg == "rng" for each in node.args.kwonlyargs):
                found.add(node.name)
    inner = {
        "blob",
        "smooth_noise",
        "blur_and_noise",
        "grow_tree",
        "new_body",
        "new_ball",
        "plan_nodules",
        "paint_lung",
    }
    assert {name for name in found if name[0] != "_"} - inner == {name.split(".")[-1] for name in with_dice()}


@pytest.mark.parametrize("name", phantoms.__all__)
def test_every_public_name_of_the_phantoms_stands_in_the_reference(name):
    assert re.search(rf"^\.\. auto\w+:: marubatsu\.data\.phantoms\.(\w+\.)?{re.escape(name)}$", REFERENCE, re.MULTILINE)


def test_every_room_of_data_that_a_reader_opens_stands_in_the_reference():
    """A room with `__all__` lists exactly its functions and classes; another one shows all that it has."""
    rooms = sorted(DATA.glob("[a-z]*.py"))
    assert rooms
    for path in rooms:
        room = importlib.import_module(f"marubatsu.data.{path.stem}")
        if path.stem in ("edges", "licences", "medmnist_sets"):  # read through other rooms
            continue
        shown = re.search(rf"automodule:: marubatsu\.data\.{path.stem}\n +:members:([\w, ]*)", REFERENCE)
        assert shown, f"marubatsu.data.{path.stem} is missing from book/reference/images.md"
        public = [each for each in getattr(room, "__all__", ()) if not each.isupper()]
        assert sorted(re.findall(r"\w+", shown[1])) == sorted(public), path.stem
