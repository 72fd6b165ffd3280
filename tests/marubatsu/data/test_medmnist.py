"""MedMNIST: a small file of the same form is read as it is, fetched when asked for, and refused when it is wrong."""

import hashlib
import io
import os
import pickle
import re
import subprocess
import sys
import zipfile
from dataclasses import replace

import numpy as np
import pytest
from file_server import serving
from pages import cells_of, solutions_of

from marubatsu.data import collections, medmnist, medmnist_sets

COUNTS = {"train": 7, "val": 3, "test": 5}


def arrays(name, counts=COUNTS):
    """Random arrays in the form of a set's file."""
    known, rng, found = medmnist.record(name), np.random.default_rng(len(name)), {}
    for split, N in counts.items():
        found[f"{split}_images"] = rng.integers(0, 256, (N, 28, 28, 3)[: 3 + (known.channels == 3)], np.uint8)
        several = (len(known.classes), 2) if known.several else (1, len(known.classes))
        found[f"{split}_labels"] = rng.integers(0, several[1], (N, several[0]), np.uint8)
    found["train_images"].flat[:2] = 0, 255
    return found


def packed(found):
    file = io.BytesIO()
    np.savez_compressed(file, **found)
    return file.getvalue()


@pytest.fixture
def publish(monkeypatch):
    """Make some bytes the published file of a set."""

    def published(name, content, counts=COUNTS):
        changed = [
            replace(known, counts=counts, md5=hashlib.md5(content).hexdigest()) if known.name == name else known
            for known in medmnist_sets.SETS
        ]
        monkeypatch.setattr(medmnist, "SETS", tuple(changed))
        return content

    return published


@pytest.fixture
def server(monkeypatch):
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    with serving(b"") as served:
        monkeypatch.setattr(medmnist_sets, "ADDRESS", served.home + "/{name}.npz?download=1")
        yield served


@pytest.mark.parametrize("name", medmnist.NAMES)
def test_every_set_is_read_as_shares_of_white_with_its_classes(publish, tmp_path, name):
    file = arrays(name)
    (tmp_path / f"{name}.npz").write_bytes(publish(name, packed(file)))
    known = medmnist.record(name)
    for split, N in COUNTS.items():
        found = medmnist.load(name, split=split, folder=tmp_path)
        assert isinstance(found, collections.Collection)
        assert found.images.shape == (N, known.channels, 28, 28) and found.images.dtype == np.float32
        assert found.images.flags.c_contiguous and not found.images.flags.writeable
        raw = file[f"{split}_images"].reshape(N, 28, 28, known.channels)
        np.testing.assert_array_equal(np.rint(255 * found.images), np.moveaxis(raw, 3, 1))
        labels = file[f"{split}_labels"]
        np.testing.assert_array_equal(found.labels, labels if name == "chestmnist" else labels[:, 0])
        assert found.labels.dtype == np.int64 and not found.labels.flags.writeable
        assert (found.title, found.classes, found.note) == (known.title, known.classes, known.note)
        assert found.source == "https://doi.org/10.5281/zenodo.10519652"
        assert "doi:10.1038/s41597-022-01721-8; made from " + known.made_from in found.credit
        assert found.licence == ("CC BY-NC 4.0" if name == "dermamnist" else "CC BY 4.0")
    first = medmnist.load(name, split="train", folder=str(tmp_path)).images
    assert first.min() == 0 and first.max() == 1


def test_a_film_may_have_several_findings_or_none(publish, tmp_path):
    file = arrays("chestmnist")
    file["val_labels"] = np.zeros((3, 14), np.int64)
    file["val_labels"][0, [2, 7]] = 1
    (tmp_path / "chestmnist.npz").write_bytes(publish("chestmnist", packed(file)))
    found = medmnist.load("chestmnist", split="val", folder=tmp_path)
    assert found.labels.sum(axis=1).tolist() == [2, 0, 0]
    assert [found.classes[place] for place in np.flatnonzero(found.labels[0])] == ["effusion", "pneumothorax"]


def test_what_is_written_about_the_sets_is_whole_and_says_who_allows_what():
    assert medmnist.NAMES == (
        "pathmnist", "chestmnist", "dermamnist", "octmnist", "pneumoniamnist", "retinamnist", "breastmnist",
        "bloodmnist", "tissuemnist", "organamnist", "organcmnist", "organsmnist",
    )  # fmt: skip
    for known in medmnist.SETS:
        assert re.fullmatch(r"[0-9a-f]{32}", known.md5) and tuple(known.counts) == medmnist.SPLITS
        assert known.address == f"https://zenodo.org/records/10519652/files/{known.name}.npz?download=1"
        assert known.title and known.made_from and known.note and known.channels in (1, 3) and len(known.classes) > 1
        assert ("Not for commercial use" in known.note) == ("NC" in known.licence) == (known.name == "dermamnist")
    assert len({known.md5 for known in medmnist.SETS}) == 12
    # the makers' own totals: Yang et al. 2023, table 2, and for the organs the release of 2024
    totals = {known.name: sum(known.counts.values()) for known in medmnist.SETS}
    assert (totals["chestmnist"], totals["dermamnist"], totals["breastmnist"]) == (112_120, 10_015, 780)
    assert medmnist.record("breastmnist").classes[0] == "malignant"


def test_the_memory_that_the_documentation_names():
    for name, words in {"breastmnist": "2 MB", "pathmnist": "850 MB"}.items():
        known = medmnist.record(name)
        size = known.counts["train"] * known.channels * 28 * 28 * 4
        assert f"{round(size / 1e6, -1 if size > 1e8 else 0):.0f} MB" == words and words in medmnist.load.__doc__


def test_nothing_is_fetched_unless_asked_for(publish, server, tmp_path):
    server.content = publish("breastmnist", packed(arrays("breastmnist")))
    sentence = (
        rf"there is no file {tmp_path / 'breastmnist.npz'}\. With download=True it is fetched from zenodo.org "
        rf"\(licence: CC BY 4.0\)\. By hand: open {server.home}/breastmnist.npz.download=1 in a browser, on another"
    )
    with pytest.raises(FileNotFoundError, match=sentence):
        medmnist.load("breastmnist", split="val", folder=tmp_path)
    assert server.ranges == [] and os.listdir(tmp_path) == []


def test_when_asked_for_it_is_fetched_once(publish, server, tmp_path, capsys):
    file = arrays("breastmnist")
    server.content = publish("breastmnist", packed(file))
    folder = tmp_path / "sets"
    for split in ("val", "test", "val"):
        found = medmnist.load("breastmnist", split=split, folder=folder, download=True)
        np.testing.assert_array_equal(found.labels, file[f"{split}_labels"][:, 0])
    assert server.ranges == [None] and os.listdir(folder) == ["breastmnist.npz"]
    assert capsys.readouterr() == ("", "")


def test_the_bar_shows_the_licence(publish, server, tmp_path, capsys):
    server.content = publish("dermamnist", packed(arrays("dermamnist")))
    medmnist.load("dermamnist", split="val", folder=tmp_path, download=True, progress=True)
    said = capsys.readouterr()
    assert said.out == "" and re.search(r"dermamnist\.npz \(CC BY-NC 4\.0\): 100%", said.err)


def test_what_is_not_the_published_file_is_not_kept(publish, server, tmp_path):
    server.content = publish("breastmnist", packed(arrays("breastmnist")))[:-1] + b"?"
    with pytest.raises(ValueError, match=r"is not the published file breastmnist\.npz.*It was removed"):
        medmnist.load("breastmnist", split="val", folder=tmp_path, download=True)
    assert os.listdir(tmp_path) == []


def test_a_transfer_that_never_ends_is_said_and_not_kept(publish, server, tmp_path):
    server.content = publish("breastmnist", packed(arrays("breastmnist")))
    server.cuts, server.goes_on = [500] * 9, False
    with pytest.raises(ConnectionError, match=r"breastmnist\.npz from 127\.0\.0\.1 broke off after 500 bytes"):
        medmnist.load("breastmnist", split="val", folder=tmp_path, download=True)
    assert os.listdir(tmp_path) == []


def test_a_wrong_file_put_there_by_hand_is_refused_unread_and_left_to_its_owner(publish, server, tmp_path):
    server.content = publish("breastmnist", packed(arrays("breastmnist")))
    (tmp_path / "breastmnist.npz").write_bytes(b"something dear to me")
    sentence = rf"{tmp_path / 'breastmnist.npz'} is not the published file: its MD5 checksum is .*Remove it, then load"
    with pytest.raises(ValueError, match=sentence):
        medmnist.load("breastmnist", split="val", folder=tmp_path, download=True)
    assert (tmp_path / "breastmnist.npz").read_bytes() == b"something dear to me" and server.ranges == []


class Harm:
    """What a pickle may do: run a command when it is read."""

    def __init__(self, path):
        self.path = path

    def __reduce__(self):
        return os.mkdir, (str(self.path),)


@pytest.mark.parametrize("form", ["array", "whole file"])
def test_nothing_in_a_file_is_ever_run(publish, tmp_path, form):
    harm = tmp_path / "harm"
    if form == "array":
        content = packed(arrays("breastmnist") | {"val_images": np.array([Harm(harm)], object)})
    else:
        content = pickle.dumps(Harm(harm))
    (tmp_path / "breastmnist.npz").write_bytes(publish("breastmnist", content))
    sentence = "allow_pickle=False" if form == "array" else "File is not a zip file"
    with pytest.raises(ValueError, match=rf"breastmnist\.npz cannot be read as a MedMNIST file: .*{sentence}"):
        medmnist.load("breastmnist", split="val", folder=tmp_path)
    assert not harm.exists()
    if form == "whole file":
        pickle.loads(content)
        assert harm.exists(), "the file of this test would do harm"


def _zip(texts):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, text in texts.items():
            archive.writestr(name, text)
    return file.getvalue()


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"val_images": None}, "it holds no val_images, only train_images, train_labels, val_labels"),
        ({"val_images": np.zeros((3, 64, 64), np.uint8)}, r"val_images .* of shape \(3, 28, 28\), but uint8 of sh"),
        ({"val_images": np.zeros((3, 28, 28, 3), np.uint8)}, r"but uint8 of shape \(3, 28, 28, 3\) came"),
        ({"val_images": np.zeros((4, 28, 28), np.uint8)}, r"but uint8 of shape \(4, 28, 28\) came"),
        ({"val_images": np.zeros((3, 28, 28))}, r"whole numbers of shape \(3, 28, 28\), but float64 of shape"),
        ({"val_images": np.full((3, 28, 28), 256)}, "val_images .* numbers from 0 to 255, but 256 to 256 came"),
        ({"val_labels": np.array([[0], [1], [2]])}, "val_labels .* numbers from 0 to 1, but 0 to 2 came"),
        ({"val_labels": np.array([[0], [1], [-1]])}, "val_labels .* numbers from 0 to 1, but -1 to 1 came"),
        ({"val_labels": np.array([0, 1, 1])}, r"val_labels .* of shape \(3, 1\), but int64 of shape \(3,\) came"),
        (b"<html>Please log in</html>", "cannot be read as a MedMNIST file: File is not a zip file"),
        (_zip({"readme.txt": "no images"}), "it holds no val_images, only readme.txt"),
        (_zip({"val_images": "no array", "val_labels": ""}), r"val_images .* shape \(3, 28, 28\), but"),
    ],
)  # fmt: skip
def test_a_file_of_another_form_is_refused_in_words(publish, tmp_path, change, sentence):
    if isinstance(change, bytes):
        content = change
    else:
        changed = arrays("breastmnist") | change
        content = packed({name: array for name, array in changed.items() if array is not None})
    (tmp_path / "breastmnist.npz").write_bytes(publish("breastmnist", content))
    with pytest.raises(ValueError, match=rf"^medmnist: .*{sentence}"):
        medmnist.load("breastmnist", split="val", folder=tmp_path)


def test_a_damaged_array_is_refused_in_words(publish, tmp_path):
    content = bytearray(packed(arrays("breastmnist")))
    place = content.index(b"val_images.npy") + 300
    content[place : place + 50] = bytes(50)
    (tmp_path / "breastmnist.npz").write_bytes(publish("breastmnist", bytes(content)))
    with pytest.raises(ValueError, match=r"breastmnist\.npz cannot be read as a MedMNIST file"):
        medmnist.load("breastmnist", split="val", folder=tmp_path)


def test_an_unknown_set_and_an_unknown_part_are_refused(tmp_path):
    with pytest.raises(
        ValueError, match=r"there is no set called 'dogmnist'\. The sets are pathmnist, chestmnist, der"
    ):
        medmnist.load("dogmnist", split="val", folder=tmp_path)
    with pytest.raises(ValueError, match="medmnist: split must be one of train, val, test, but 'validation' came"):
        medmnist.load("breastmnist", split="validation", folder=tmp_path)


def test_the_exercise_of_the_page_faces_and_digits_runs_on_a_file_of_this_form(publish, tmp_path, monkeypatch):
    page = "layers/real-images"
    monkeypatch.chdir(tmp_path)
    file = arrays("pneumoniamnist", {"train": 40, "val": 8, "test": 12})
    for split in ("train", "val", "test"):  # white films have pneumonia, so that there is something to learn
        file[f"{split}_images"][:] = file[f"{split}_images"] // 4 + 190 * file[f"{split}_labels"][:, :, None]
    (tmp_path / "medmnist").mkdir()
    content = publish("pneumoniamnist", packed(file), {"train": 40, "val": 8, "test": 12})
    (tmp_path / "medmnist" / "pneumoniamnist.npz").write_bytes(content)
    names = {}
    exec(cells_of(page)[0], names)
    exec(next(cell for cell in cells_of(page) if "def for_faces" in cell), names)
    (code,) = [code for code in solutions_of(page) if "medmnist" in code]
    exec(code, names)
    assert names["for_films"](np.random.default_rng(1)).output_shape((1, 28, 28)) == (2,)
    assert [rate for rate, _ in names["rates"]] == [0, 0]


def test_neither_the_import_nor_a_file_that_is_there_needs_a_network(tmp_path):
    program = """
import socket, sys
def refuse(*_, **__):
    raise AssertionError("the network was asked")
socket.socket.connect = socket.getaddrinfo = socket.create_connection = refuse
from marubatsu.data import medmnist
try:
    medmnist.load("breastmnist", split="val", folder=sys.argv[1])
except FileNotFoundError as error:
    print("asked nobody" if "download=True" in str(error) else error)
heavy = {"tqdm", "skimage", "sklearn", "pydicom", "PIL", "matplotlib"} & set(sys.modules)
assert not heavy, heavy
"""
    done = subprocess.run([sys.executable, "-c", program, tmp_path], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "asked nobody"
