"""The Python side of the widgets: what they compute, what they refuse, what they leave on paper."""

import json
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import numpy as np
import pytest
from traitlets import TraitError

from marubatsu import architectures, by_hand, widgets
from marubatsu.activations import relu
from marubatsu.architectures import marubatsu_net
from marubatsu.convolution import conv2d
from marubatsu.cost import GB, cost
from marubatsu.data import marks, phantoms
from marubatsu.page.static_widgets import modules_of
from marubatsu.widgets import (
    ArchitectureReader,
    BoxesExplorer,
    DenoisingComparer,
    KernelTuner,
    MemoryBalance,
    NetworkExplorer,
    PixelReader,
    PoolingExplorer,
    ProgrammeExercise,
    Quiz,
    TaskBoard,
    TemplateDifference,
    ThresholdExplorer,
    TrainingPlayer,
    challenges,
    drawing,
    picture,
)
from marubatsu.widgets.base import FOLDER, TEXTS, compose
from marubatsu.widgets.kernels import KERNELS
from marubatsu.widgets.memory_balance import INPUTS, memory_words
from marubatsu.widgets.pictures import NAMES, pack

ROOT = Path(__file__).resolve().parents[1]


def a_player(**options):
    return TrainingPlayer(marubatsu_net(), marks.sample(8, rng=np.random.default_rng(1)), **options)


def an_explorer(**options):
    return NetworkExplorer(by_hand.network(), **options)


def a_board(**options):
    return TaskBoard(phantoms.chest(rng=np.random.default_rng(1), nodules=1), **options)


def a_threshold(**options):
    return ThresholdExplorer([0.1, 0.4, 0.6, 0.9], [0, 1, 0, 1], **options)


def a_comparer(**options):
    grey = np.zeros((16, 16))
    return DenoisingComparer(grey, [(100, {"low": grey + 1, "network": grey + 1})], **options)


def boxes(**options):
    return BoxesExplorer(np.zeros((1, 20, 20)), [[(2, 2, 8, 8)]], [[(2, 3, 8, 8)]], [[0.6]], **options)


def a_quiz(**options):
    return Quiz("training", **options)


MADE = {
    ArchitectureReader: ArchitectureReader,
    BoxesExplorer: boxes,
    DenoisingComparer: a_comparer,
    KernelTuner: KernelTuner,
    MemoryBalance: MemoryBalance,
    NetworkExplorer: an_explorer,
    PixelReader: PixelReader,
    PoolingExplorer: PoolingExplorer,
    ProgrammeExercise: ProgrammeExercise,
    Quiz: a_quiz,
    TaskBoard: a_board,
    TemplateDifference: TemplateDifference,
    ThresholdExplorer: a_threshold,
    TrainingPlayer: a_player,
}
every_widget = pytest.mark.parametrize("make", MADE.values(), ids=lambda make: make.__name__)


def test_every_widget_of_the_room_is_tested_here():
    assert {each.__name__ for each in MADE} == set(widgets.__all__) - {"picture"}


@every_widget
def test_a_widget_offers_itself_live_and_as_html(make):
    data, _ = make()._repr_mimebundle_()
    assert "application/vnd.jupyter.widget-view+json" in data
    html = data["text/html"]
    still = re.search(r'<div class="marubatsu-still">(.*)</div><script', html, re.S)[1]
    pictures = re.findall(r"<img ", still)
    assert len(re.findall(r"<img [^>]*alt=\"[^\"]+\"", still)) == len(pictures)
    assert "<table" in still or "<ol" in still or pictures
    state = json.loads(re.search(r'<script type="application/json">(.*)</script>', html, re.S)[1])
    assert state["names"] and set(state["names"]) <= set(state["state"])


@pytest.mark.parametrize("widget", MADE)
def test_its_script_needs_no_other_file(widget):
    script = compose(f"{widget.module}.js")
    assert "data:text/javascript," in script and not re.search(r"""from\s*["']\./""", script)


@every_widget
def test_the_slug_is_a_word_for_an_address(make):
    assert make(slug="second-one").slug == "second-one"
    with pytest.raises(ValueError, match="slug must be small letters, digits and hyphens, but 'No!' came"):
        make(slug="No!")


@every_widget
def test_an_unknown_language_is_refused(make):
    with pytest.raises(ValueError, match=r"language must be one of en.*, but 'xx' came"):
        make(language="xx")


@pytest.mark.parametrize("widget", MADE)
def test_every_word_that_its_scripts_ask_for_is_in_the_texts(widget):
    scripts = [(FOLDER / name).read_text(encoding="utf-8") for name in modules_of(widget.module)]
    asked = set(re.findall(r"\btexts\.(?!json)(\w+)", "".join(scripts)))
    known = set(TEXTS["en"]["shared"]) | set(TEXTS["en"][widget.module])
    missing = asked - known
    others = set().union(*(set(words) for module, words in TEXTS["en"].items() if module != "shared"))
    own = (FOLDER / f"{widget.module}.js").read_text(encoding="utf-8")
    assert asked and not set(re.findall(r"\btexts\.(?!json)(\w+)", own)) - known
    assert missing <= others, f"no texts.json entry for {missing - others}"


# ---- kernel tuner ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", KERNELS)
@pytest.mark.parametrize("image", ["cross", "head"])
def test_the_tuners_output_is_the_librarys(name, image):
    tuner = KernelTuner(image=image, kernel=name, stride=2, padding=3, dilation=1, bias=0.5, relu=True)
    options = {"stride": 2, "padding": 3}
    expected = relu(
        conv2d(picture(image)[None, None].astype(float), KERNELS[name][None, None], np.array([0.5]), **options)
    )
    np.testing.assert_allclose(tuner.output(), expected[0, 0])


def test_a_kernel_is_set_and_read_as_an_array():
    tuner = KernelTuner()
    tuner.kernel = np.eye(3)
    np.testing.assert_array_equal(tuner.kernel, np.eye(3))
    with pytest.raises(ValueError, match="read-only"):
        tuner.kernel[0, 0] = 5


def test_an_own_array_is_an_image():
    image = np.arange(30.0).reshape(5, 6)
    tuner = KernelTuner(image=image, kernel=[[2]], padding=0)
    np.testing.assert_array_equal(tuner.output(), 2 * image)


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        ({"kernel": "sobel"}, "there is no kernel called 'sobel'. The kernels are identity"),
        ({"kernel": [[1, 2]]}, r"kernel must have as many rows as columns, but an array of shape \(1, 2\) came"),
        ({"kernel": np.ones((9, 9))}, r"kernel must have from 1 to 7 numbers along each axis"),
        ({"kernel": [[np.nan]]}, "kernel must hold finite numbers only"),
        ({"kernel": [["a"]]}, "kernel must be an array of numbers"),
        ({"image": "dog"}, "image must be one of circle, cross"),
        ({"image": np.zeros((2, 2, 2))}, "an image is an array of numbers with rows and columns"),
        ({"drawing": "???"}, "is not a drawing; copy the whole text"),
        ({"stride": 0}, "stride"),
        ({"padding": 99}, "padding"),
        ({"challenge": "all"}, "challenge"),
    ],
)
def test_a_tuner_refuses_what_it_cannot_show(state, sentence):
    with pytest.raises((ValueError, TraitError), match=sentence):
        KernelTuner(**state)


def test_an_image_of_the_reader_stays_in_the_browser():
    for widget in (KernelTuner(), PixelReader()):
        widget.image = "own"
        with pytest.raises(ValueError, match="stays there; Python cannot see"):
            widget.input()


@pytest.mark.parametrize("name", challenges.CHALLENGES)
def test_a_challenge_is_not_solved_by_doing_nothing(name):
    image = picture(challenges.CHALLENGES[name]["image"]).astype(float)
    assert challenges.score(name, image, 1) < challenges.CHALLENGES[name]["goal"]


SOLVED = {
    "stroke": {"kernel": np.where(np.eye(5, dtype=bool), 4.0, -1.0), "bias": -4.0, "relu": True, "padding": 2},
    "edges": {"kernel": np.outer(np.ones(7), [0, 0, -1, 0, 1, 0, 0]), "padding": 3},
    "noise": {"kernel": "gaussian", "padding": 2},
}


@pytest.mark.parametrize("name", challenges.CHALLENGES)
def test_a_challenge_can_be_solved_with_its_hint(name):
    challenge = challenges.CHALLENGES[name]
    tuner = KernelTuner(image=challenge["image"], **SOLVED[name])
    assert challenges.score(name, tuner.output(), len(tuner.kernel), padding=tuner.padding) >= challenge["goal"]


def test_no_kernel_of_7_by_7_takes_more_noise_away_than_the_best_that_is_scored_100():
    noisy, clean = (picture(name).astype(float) for name in ("noisy", "cat"))
    seen = np.lib.stride_tricks.sliding_window_view(noisy, (7, 7)).reshape(-1, 49)  # (250 · 250, 49)
    inner, margin = slice(3, 253), challenges.MARGIN - 3
    counts = np.zeros((250, 250), bool)
    counts[margin:-margin, margin:-margin] = True
    counts = counts.ravel()
    wanted = clean[inner, inner].ravel()[counts]
    best = np.linalg.lstsq(seen[counts], wanted, rcond=None)[0]
    before = np.sqrt(((noisy - clean)[inner, inner].ravel()[counts] ** 2).mean())
    left = np.sqrt(((seen[counts] @ best - wanted) ** 2).mean()) / before
    np.testing.assert_allclose(left, challenges.BEST, atol=5e-4)


def test_a_drawing_survives_its_way_through_a_link():
    drawn = np.random.default_rng(1).integers(0, 2, (32, 32)).astype(np.float32)
    np.testing.assert_array_equal(drawing.decode(drawing.encode(drawn)), drawn)
    np.testing.assert_array_equal(drawing.decode(""), np.zeros((32, 32)))
    with pytest.raises(ValueError, match=r"a drawing has 32 rows and 32 columns, but shape \(3, 3\) came"):
        drawing.encode(np.zeros((3, 3)))


# ---- pixel reader ------------------------------------------------------------------------------------------


def test_the_pixel_reader_reads_the_pixel_and_its_grey():
    reader = PixelReader(image="head", pixel=[100, 60], window=[40, 80])
    value = picture("head")[100, 60]
    assert reader.value() == value
    assert reader.grey() == int(np.floor(255 * np.clip((value - 40.0) / 80 + 0.5, 0, 1) + 0.5))
    assert PixelReader(image="cross").place() == (16, 16)
    assert PixelReader(image="cross", pixel=[99, -5]).place() == (31, 0)


def test_a_colour_pixel_has_three_numbers_and_no_grey():
    reader = PixelReader(image="fundus", pixel=[128, 128])
    np.testing.assert_array_equal(reader.value(), picture("fundus")[128, 128])
    with pytest.raises(ValueError, match="its pixels have three numbers, no grey"):
        reader.grey()


def test_an_unknown_picture_is_refused():
    with pytest.raises(ValueError, match=r"PixelReader: image must be one of circle, cross, .* but 'retina' came"):
        PixelReader(image="retina")
    with pytest.raises(ValueError, match="picture: there is no picture called 'dog'"):
        picture("dog")


# ---- template difference -----------------------------------------------------------------------------------


def test_the_verdicts_that_the_page_tells_of():
    for kind, other in (("circle", "cross"), ("cross", "circle")):
        assert TemplateDifference(kind=kind).verdict() == kind
        assert TemplateDifference(kind=kind, right=3).verdict() == kind
        assert TemplateDifference(kind=kind, right=4).verdict() == other  # "the answers swap"
        assert TemplateDifference(kind=kind, size=9).verdict() == "cross"  # "a small mark of either kind"


def test_a_mark_that_would_leave_the_canvas_is_moved_back():
    reader = TemplateDifference(right=12, down=-12, size=28, turn=45)
    ink = reader.mark()
    assert ink.shape == (32, 32) and ink.sum() > 40
    np.testing.assert_allclose(TemplateDifference().mark(), marks.model("cross"), atol=1e-6)


@pytest.mark.parametrize("state", [{"size": 99}, {"kind": "plus"}, {"noise": -1}, {"turn": "left"}])
def test_what_is_out_of_range_is_refused(state):
    with pytest.raises(TraitError):
        TemplateDifference(**state)


# ---- memory balance ----------------------------------------------------------------------------------------


def test_the_balance_is_the_cost_of_the_network_that_it_names():
    balance = MemoryBalance(dimensions=3, side=64, slices=32, channels=2, batch=5, width=8, levels=3)
    assert balance.shape() == (2, 32, 64, 64)
    expected = cost(architectures.encoder(dimensions=3, channels=2, width=8, levels=3), (2, 32, 64, 64), batch=5)
    assert balance.cost() == expected
    flat = MemoryBalance(dimensions=2, side=64, precision="float16", optimiser="SGD", width=8, levels=1)
    assert flat.shape() == (1, 64, 64) and flat.cost().optimiser == 0
    assert flat.cost().weights == 2 * flat.cost().parameters


def test_the_largest_batch_of_the_balance_fits_on_the_card():
    balance = MemoryBalance(dimensions=3, side=128, slices=64, width=16)
    batch = balance.largest_batch(8)
    assert cost(balance.network(), balance.shape(), batch=batch).training <= 8 * GB
    assert cost(balance.network(), balance.shape(), batch=batch + 1).training > 8 * GB
    assert MemoryBalance(side=512, slices=512, width=128).largest_batch(80) == 0


@pytest.mark.parametrize("name", INPUTS)
def test_every_input_of_the_balance_can_be_taken(name):
    assert MemoryBalance(**INPUTS[name]).cost().training > 0


@pytest.mark.parametrize(
    ("size", "words"),
    [(0, "0 B"), (1023, "1,023 B"), (1024, "1.00 KB"), (1.125 * 1024, "1.13 KB"), (10.06 * 2**20, "10.1 MB"),
     (999.5 * 2**30, "1,000 GB"), (3 * 2**40, "3.00 TB"), (4096 * 2**40, "4,096 TB")],
)  # fmt: skip
def test_a_memory_is_written_in_three_figures(size, words):
    assert memory_words(size) == words


def test_the_still_of_the_balance_holds_its_numbers():
    balance = MemoryBalance(side=512, slices=300)
    html = balance.html()
    for words in ("76.6 GB", "1 × 300 × 512 × 512", "3,514,594", "Largest batch", "<td>none</td>", "<td>1</td>"):
        assert words in html


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        ({"side": 1024}, "MemoryBalance: side must be a whole number from 32 to 512, but 1024 came"),
        ({"slices": 8}, "MemoryBalance: slices must be a whole number from 16 to 512, but 8 came"),
        ({"batch": 0}, "MemoryBalance: batch must be a whole number from 1 to 64, but 0 came"),
        ({"width": 4}, "MemoryBalance: width must be a whole number from 8 to 128, but 4 came"),
        ({"levels": 6}, "MemoryBalance: levels must be a whole number from 1 to 5, but 6 came"),
        ({"channels": 17}, "MemoryBalance: channels must be a whole number from 1 to 16, but 17 came"),
        ({"side": 2.5}, "expected an int, not the float 2.5"),
        ({"dimensions": 4}, "dimensions"),
        ({"precision": "float8"}, "precision"),
        ({"optimiser": "LBFGS"}, "optimiser"),
    ],
)
def test_a_balance_refuses_what_is_out_of_range(state, sentence):
    with pytest.raises(TraitError, match=sentence):
        MemoryBalance(**state)


# ---- pictures and the wheel --------------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_a_picture_is_as_the_docstring_says_and_cannot_be_changed(name):
    array = picture(name)
    assert array.shape[:2] == ((32, 32) if name in ("circle", "cross") else (256, 256))
    with pytest.raises(ValueError, match="read-only"):
        array[0, 0] = 0


@pytest.mark.parametrize("array", [np.zeros(3), np.zeros((0, 3)), np.zeros((2, 2, 4)), [[np.nan]]])
def test_what_is_no_picture_is_not_packed(array):
    with pytest.raises(ValueError, match="pack: a picture"):
        pack(array, title="x")


def test_the_wheel_holds_scripts_styles_texts_and_templates(tmp_path):
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", str(tmp_path), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True)
    inside = set(zipfile.ZipFile(next(tmp_path.glob("*.whl"))).namelist())
    library = ROOT / "code"
    wanted = {
        path.relative_to(library).as_posix()
        for path in library.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and ".egg-info" not in str(path)
    }
    assert {name for name in wanted if name.endswith(".js")} and wanted - inside == set()
