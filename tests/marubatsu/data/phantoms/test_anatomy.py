"""The anatomy files: found in an installed package, painted as they stand, and answered in words where they slip."""

import re
import tomllib
from importlib import resources
from pathlib import Path

import numpy as np
import pytest
from setuptools.glob import glob

from marubatsu.data import phantoms
from marubatsu.data.phantoms import anatomy
from marubatsu.data.phantoms.anatomy import Organ, read, understood

ROOT = Path(__file__).resolve().parents[4]
REGIONS = sorted(path.stem for path in Path(anatomy.__file__).parent.glob("*.toml"))
RNG = np.random.default_rng


def every_number(organ):
    """Each number of a file: the names of the tables it stands in, and its own."""
    for key, value in organ._numbers.items():
        yield organ, key, value
    for part in organ:
        yield from every_number(part)


def test_there_is_a_file_for_each_region():
    assert REGIONS == ["brain", "chest", "coronary", "lung", "thigh"]


@pytest.mark.parametrize("region", REGIONS)
def test_every_organ_names_its_source_and_every_number_its_unit(region):
    organs = read(region)
    assert len(organs) > 3 and all(len(organ.source) > 10 for organ in organs)
    found = [key for _, key, value in every_number(organs) if not isinstance(value, str)]
    assert len(found) > 12 and {key.split("_")[-1] for key in found} <= set(anatomy.UNITS)


@pytest.mark.parametrize("region", REGIONS)
def test_every_number_is_painted_with_by_some_room(region):
    rooms = "\n".join(path.read_text(encoding="utf-8") for path in Path(phantoms.__file__).parent.glob("*.py"))
    used = set(re.findall(r"\w+", rooms))
    chosen = {"quadriceps_times", "hamstrings_times", "medial_times"}  # by the group of a muscle
    unused = {key for _, key, _ in every_number(read(region))} - used - chosen - {"source"}
    assert unused == set()


def test_a_file_is_read_once():
    assert read("chest") is read("chest")


@pytest.mark.parametrize("region", REGIONS)
def test_the_files_go_into_the_wheel(region):
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    patterns = project["tool"]["setuptools"]["package-data"]["marubatsu"]
    package = ROOT / "code" / "marubatsu"
    packed = {Path(name) for pattern in patterns for name in glob(str(package / pattern), recursive=True)}
    assert package / "data" / "phantoms" / "anatomy" / f"{region}.toml" in packed
    assert (resources.files("marubatsu.data.phantoms.anatomy") / f"{region}.toml").is_file()


def changed(monkeypatch, organ, key, value):
    monkeypatch.setitem(organ._numbers, key, value)


def test_who_thickens_the_ribs_sees_thicker_ribs(monkeypatch):
    before = phantoms.chest(rng=RNG(1), nodules=0)
    changed(monkeypatch, read("chest")["ribs"], "half_thickness_mm", 6.6)
    after = phantoms.chest(rng=RNG(1), nodules=0)
    assert after.masks["bones"].sum() > 1.1 * before.masks["bones"].sum()
    assert not np.array_equal(after.image, before.image)


def test_who_moves_a_muscle_sees_it_elsewhere(monkeypatch):
    number = phantoms.MUSCLES.index("gracilis")
    rows = []
    for row in (0.25, 0.15):
        changed(monkeypatch, read("thigh")["muscles"]["gracilis"]["belly"], "centre_share", (row, 0.88))
        rows.append(np.argwhere(phantoms.thigh(rng=RNG(1), size=256).muscles == number)[:, 0].mean() * 220 / 256)
    assert 2 < rows[0] - rows[1] < 8  # a tenth of 69 mm, less what its neighbours keep


def test_who_widens_the_ventricles_sees_less_flow(monkeypatch):
    before = phantoms.blood_flow(1, rng=RNG(1)).images
    changed(monkeypatch, read("brain")["third ventricle"], "radii_mm", (13, 6))
    assert (
        phantoms.blood_flow(1, rng=RNG(1)).images[0, 0, 14:19, 14:18].mean() < before[0, 0, 14:19, 14:18].mean() - 0.02
    )


GOOD = 'source = "chosen by eye"\n'


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("[aorta\n", ValueError, "anatomy: chest.toml cannot be read as TOML: "),
        ("width_mm = 3\n", ValueError, "chest.toml: width_mm stands in no table. Put it below the name of an organ"),
        ("[aorta]\nhu = 41\n", ValueError, r"chest.toml \[aorta\] needs a source: where do its numbers come from\?"),
        ('[aorta]\nsource = " "\n', ValueError, r"chest.toml \[aorta\] needs a source"),
        (f"[aorta]\n{GOOD}width = 3\n", ValueError, r"chest.toml \[aorta\] width must end in its unit, one of mm, hu,"),
        (f"[aorta]\n{GOOD}width_cm = 3\n", ValueError, r"chest.toml \[aorta\] width_cm must end in its unit"),
        (
            f'[aorta]\n{GOOD}width_mm = "wide"\n',
            TypeError,
            r"chest.toml \[aorta\] width_mm must be one number, but 'wide' came",
        ),
        (f"[aorta]\n{GOOD}width_mm = true\n", TypeError, r"\[aorta\] width_mm must be one number, but True came"),
        (f"[aorta]\n{GOOD}width_mm = [1, 2]\n", TypeError, r"width_mm must be one number, but \[1, 2\] came"),
        (f"[aorta]\n{GOOD}radii_mm = 3\n", TypeError, r"radii_mm must be two numbers in square brackets, but 3 came"),
        (f"[aorta]\n{GOOD}radii_mm = [3]\n", TypeError, r"radii_mm must be two numbers in square brackets, but \[3\]"),
        (f"[aorta]\n{GOOD}centre_mm = [3, 'a']\n", TypeError, r"centre_mm must be two numbers .* but \[3, 'a'\] came"),
        (f"[aorta]\n{GOOD}hu = 41000\n", ValueError, r"\[aorta\] hu must lie from -1100 to 3071 hu, but 41000 came"),
        (f"[aorta]\n{GOOD}turn_degrees = nan\n", ValueError, "turn_degrees must lie from -360 to 360 degrees, but nan"),
        (f"[aorta]\n{GOOD}[aorta.wall]\nhu = []\n", TypeError, r"chest.toml \[aorta\] \[wall\] hu must be one number"),
        (f"[muscle]\n{GOOD}group = 3\n", TypeError, r"\[muscle\] group must be text in quotation marks, but 3 came"),
    ],
)
def test_a_slip_in_a_file_is_said_with_file_and_entry(text, kind, words):
    with pytest.raises(kind, match=words):
        understood("chest.toml", text)


def test_a_number_that_is_gone_is_asked_for_by_its_name():
    organs = understood("chest.toml", f'[aorta]\n{GOOD}hu = 41\n["aorta"."wall"]\nradii_mm = [1, 2]\n')
    assert isinstance(organs["aorta"], Organ) and organs["aorta"].hu == 41
    assert organs["aorta"]["wall"].radii_mm == (1, 2) and [part.name for part in organs["aorta"]] == ["wall"]
    with pytest.raises(
        AttributeError, match=r"chest.toml \[aorta\] needs a number called wall_mm, but it has source, hu"
    ):
        _ = organs["aorta"].wall_mm
    with pytest.raises(
        ValueError, match=r"anatomy: chest.toml needs a table \[heart\], but the tables there are: aorta"
    ):
        _ = organs["heart"]
    with pytest.raises(
        ValueError, match=r"chest.toml \[aorta\] needs a table \[lumen\], but the tables there are: wall"
    ):
        _ = organs["aorta"]["lumen"]


def test_a_muscle_of_an_unknown_group_is_refused(monkeypatch):
    changed(monkeypatch, read("thigh")["muscles"]["gracilis"], "group", "inner")
    with pytest.raises(
        ValueError, match=r"thigh.toml \[muscles\] \[gracilis\] group must be one of quadriceps, hamstr"
    ):
        phantoms.thigh(rng=RNG(1))
