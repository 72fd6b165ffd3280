"""The widgets' JavaScript and the numpy library, on the same inputs, in a real browser: every number is compared."""

import base64
import io
from dataclasses import asdict

import numpy as np
import pydicom
import pytest
from pydicom.data import get_testdata_file
from reader import array, tensor

from marubatsu.architectures import encoder
from marubatsu.arithmetic.activations import relu, softmax
from marubatsu.arithmetic.convolution import conv2d
from marubatsu.arithmetic.fully_connected import linear
from marubatsu.arithmetic.pooling import avg_pool2d, max_pool2d
from marubatsu.data import greys, marks
from marubatsu.exchange.cost import BYTES, COPIES, GB, cost, largest_batch
from marubatsu.layers import GlobalMaxPool
from marubatsu.methods import templates
from marubatsu.notation import output_size
from marubatsu.widgets import KernelTuner, MemoryBalance, TemplateDifference, picture
from marubatsu.widgets.kernel_tuner import challenges
from marubatsu.widgets.kit import drawing, still
from marubatsu.widgets.memory_balance.memory_balance import CARDS, PARTS, UNITS, memory_words

CLOSE = {"rtol": 1e-12, "atol": 1e-11}


@pytest.mark.parametrize("seed", range(40))
def test_conv2d(call, seed):
    rng = np.random.default_rng(seed)
    side, options = int(rng.integers(1, 8)), {word: int(rng.integers(low, high)) for word, low, high in
                                              (("stride", 1, 4), ("padding", 0, 5), ("dilation", 1, 3))}  # fmt: skip
    N, C, F = rng.integers(1, 4, 3)
    H, W = rng.integers(options["dilation"] * (side - 1) + 1, 24, 2)
    images, bias = rng.standard_normal((N, C, H, W)), rng.standard_normal(F)
    kernels = rng.standard_normal((F, C, side, side)) * (rng.random((F, C, side, side)) > 0.3)  # zeros are left out
    ours = array(call("arithmetic", "conv2d", tensor(images), tensor(kernels), {**options, "bias": bias.tolist()}))
    np.testing.assert_allclose(ours, conv2d(images, kernels, bias, **options), **CLOSE)
    row, column = (int(rng.integers(size)) for size in ours.shape[2:])
    place = {"n": int(N) - 1, "f": int(F) - 1, "row": row, "column": column}
    behind = call(
        "arithmetic", "productSum", tensor(images), tensor(kernels), place, {**options, "bias": bias.tolist()}
    )
    assert len(behind["terms"]) == C * side * side
    np.testing.assert_allclose(behind["value"], ours[-1, -1, row, column], **CLOSE)
    np.testing.assert_allclose(sum(term["product"] for term in behind["terms"]), behind["sum"], **CLOSE)


@pytest.mark.parametrize("size", [1, 5, 32, 227])
@pytest.mark.parametrize("kernel", [1, 3, 11])
def test_output_size(call, size, kernel):
    for stride, padding, dilation in [(1, 0, 1), (2, 1, 1), (4, 0, 1), (3, 5, 2)]:
        options = {"stride": stride, "padding": padding, "dilation": dilation}
        ours = call("arithmetic", "outputSize", size, kernel, options)
        if dilation * (kernel - 1) + 1 > size + 2 * padding:
            assert ours < 1  # "below 1 it does not fit"
        else:
            assert ours == output_size(size, kernel, **options)


@pytest.mark.parametrize("seed", range(10))
def test_max_pool2d(call, seed):
    rng = np.random.default_rng(seed)
    size = int(rng.integers(1, 5))
    options = {"stride": int(rng.integers(1, 4)), "padding": int(rng.integers(0, size // 2 + 1))}
    images = rng.standard_normal((2, 3, *rng.integers(5, 15, 2)))
    ours = array(call("arithmetic", "maxPool2d", tensor(images), size, options))
    np.testing.assert_array_equal(ours, max_pool2d(images, size, **options))


@pytest.mark.parametrize("seed", range(6))
def test_avg_pool2d_and_the_largest_of_each_map(call, seed):
    rng = np.random.default_rng(seed)
    size, stride = int(rng.integers(1, 5)), int(rng.integers(1, 4))
    images = rng.standard_normal((2, 3, *rng.integers(5, 15, 2)))
    ours = array(call("arithmetic", "avgPool2d", tensor(images), size, {"stride": stride}))
    np.testing.assert_allclose(ours, avg_pool2d(images, size, stride=stride), **CLOSE)
    largest = array(call("arithmetic", "globalMaxPool", tensor(images)))
    np.testing.assert_array_equal(largest, GlobalMaxPool()(images))


def test_relu_linear_and_softmax(call):
    rng = np.random.default_rng(1)
    x, weight, bias = rng.standard_normal((4, 7)) * 5, rng.standard_normal((3, 7)), rng.standard_normal(3)
    np.testing.assert_array_equal(array(call("arithmetic", "relu", tensor(x))), relu(x))
    ours = array(call("arithmetic", "linear", tensor(x), tensor(weight), bias.tolist()))
    np.testing.assert_allclose(ours, linear(x, weight, bias), **CLOSE)
    for scale in (1, 300):  # also where powers would overflow
        np.testing.assert_allclose(array(call("arithmetic", "softmax", tensor(scale * x))), softmax(scale * x), **CLOSE)


def test_windows_and_greys(call):
    values = np.linspace(-1200, 2000, 400)
    for level, width in [(40, 80), (50, 400), (500, 2000), (-600, 1500), (0.5, 1)]:
        ours = array(call("arithmetic", "windowLevel", tensor(values), level, width))
        np.testing.assert_allclose(ours, greys.window(values, level=level, width=width), atol=1e-6)
        shades = [call("pixel_reader", "greyOf", float(value), [level, width]) for value in values[::40]]
        np.testing.assert_array_equal(shades, still.shade(values[::40], (level, width)))


def test_absolute_difference(call):
    a, b = np.random.default_rng(1).random((2, 5, 6))
    ours = array(call("arithmetic", "absoluteDifference", tensor(a), tensor(b)))
    np.testing.assert_array_equal(ours, np.abs(a - b))


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("conv2d", [(1, 2, 5, 5), (1, 3, 3, 3)]),
        ("conv2d", [(1, 1, 2, 2), (1, 1, 3, 3)]),
        ("linear", [(1, 3), (2, 4)]),
    ],
)
def test_shapes_that_do_not_fit_are_refused_there_too(call, name, given):
    assert "RangeError" in call("arithmetic", name, *(tensor(np.ones(shape)) for shape in given))["error"]


@pytest.mark.parametrize("kind", marks.KINDS)
@pytest.mark.parametrize("seed", range(6))
def test_marks_are_drawn_alike(call, kind, seed):
    rng = np.random.default_rng(seed)
    form = {"size": rng.uniform(8, 16), "turn": rng.uniform(-90, 90), "slant": rng.uniform(-20, 20)}
    form |= {"thickness": rng.uniform(1, 4), "aspect": rng.uniform(0.8, 1.2), "gap": rng.uniform(0, 0.3)}
    form |= {"row": rng.uniform(14, 17), "column": rng.uniform(14, 17)}
    ours = np.reshape(call("marks", "draw", kind, form), (32, 32))
    np.testing.assert_allclose(ours, marks.draw(kind, **form), atol=1e-6)


@pytest.mark.parametrize("seed", range(12))
def test_the_template_difference_is_the_librarys(call, seed):
    rng = np.random.default_rng(seed)
    state = {name: float(np.round(rng.uniform(*ends), 2)) for name, ends in TemplateDifference.bounds().items()}
    widget = TemplateDifference(kind=marks.KINDS[seed % 2], **state)
    asked = call("compared_mark", "compare", {"kind": widget.kind, **state}, widget.grain.ravel().tolist())
    assert "error" not in asked, asked
    np.testing.assert_allclose([answer["sum"] for answer in asked["answers"]], widget.differences(), atol=1e-4)
    assert asked["verdict"] == widget.verdict()
    expected = templates.differences(np.reshape(asked["mark"], (1, 1, 32, 32)), [marks.model(k) for k in marks.KINDS])
    np.testing.assert_allclose([answer["sum"] for answer in asked["answers"]], expected[0], atol=1e-4)


@pytest.mark.parametrize("seed", range(60))
def test_the_costs_of_an_encoder_are_those_that_the_library_counts_layer_by_layer(call, seed):
    rng = np.random.default_rng(seed)
    state = {name: int(rng.integers(low, high + 1)) for name, (low, high) in MemoryBalance.bounds().items()}
    dimensions, precision, optimiser = 2 + seed % 2, str(rng.choice(list(BYTES))), str(rng.choice(list(COPIES)))
    network = encoder(dimensions=dimensions, **{name: state[name] for name in ("channels", "width", "levels")})
    shape = (state["channels"], *((state["slices"],) if dimensions == 3 else ()), state["side"], state["side"])
    options = {"precision": precision, "optimiser": optimiser}
    expected = asdict(cost(network, shape, batch=state["batch"], **options))
    expected["training"] = sum(expected[part] for part in PARTS)
    given = {**state, "dimensions": dimensions, "bytes": BYTES[precision], "copies": COPIES[optimiser]}
    ours = call("network_costs", "encoderCost", given)
    assert ours == {"multiplyAdds": expected.pop("multiply_adds"), **expected}
    for card in CARDS:
        fitting = largest_batch(network, shape, memory=card * GB, **options)
        assert call("network_costs", "largestBatch", given, card * GB) == fitting


def test_memories_are_written_alike(call):
    sizes = [0, 1, 1023, 1024, 1152, 10.125 * 2**20, 2**30 - 1, 999.5 * 2**30, 3.7 * 2**40, 2**53]
    sizes += np.random.default_rng(1).integers(0, 2**45, 40).tolist()
    ours = [call("memory_balance", "memoryWords", size, UNITS) for size in sizes]
    assert ours == [memory_words(size) for size in sizes]


@pytest.mark.parametrize(
    ("part", "words"),
    [(0, "0 %"), (0.5, "< 0.1 %"), (84, "8.4 %"), (504, "50 %"), (995, "99.5 %"), (999.9, "> 99.9 %"), (1000, "100 %"),
     (1000.1, "> 100 %"), (1006, "100.6 %"), (4785, "479 %"), (11_000, "11 ×"), (2_345_600, "2,346 ×")],
)  # fmt: skip
def test_a_share_is_never_called_none_or_all_when_it_only_comes_near(call, part, words):
    assert call("memory_balance", "percent", part, 1000) == words


@pytest.mark.parametrize("name", challenges.CHALLENGES)
@pytest.mark.parametrize("options", [{"padding": 1}, {"stride": 2, "padding": 0}, {"dilation": 2, "padding": 3}])
def test_scores_of_challenges(call, name, options):
    challenge = challenges.CHALLENGES[name]
    images = {word: picture(challenge[word]).astype(float) for word in ("image", "reference")}
    for seed in range(3):
        kernel = np.random.default_rng(seed).standard_normal((3, 3)) if seed else np.full((3, 3), 1 / 9)
        output = conv2d(images["image"][None, None], kernel[None, None], **options)[0, 0]
        given = [{"rows": each.shape[0], "columns": each.shape[1], "data": {"numbers": each.ravel().tolist()}}
                 for each in (output, images["image"], images["reference"])]  # fmt: skip
        shape = {"side": 3, "stride": 1, "padding": 0, "dilation": 1} | options
        ours = call("challenges", "score", name, given[0], {"input": given[1], "reference": given[2]}, shape)
        np.testing.assert_allclose(ours, challenges.score(name, output, 3, **options), atol=1e-6)


def test_drawings_are_the_same_words(call):
    drawn = np.random.default_rng(1).integers(0, 2, (32, 32)).astype(float)
    assert call("drawing", "encode", {"numbers": drawn.ravel().tolist()}) == drawing.encode(drawn)
    np.testing.assert_array_equal(call("drawing", "decode", drawing.encode(drawn)), drawn.ravel())


def test_a_line_of_python_gives_the_array_on_the_screen(call):
    state = {"kernel": [[0.5, -1], [1 / 3, 2]], "bias": -3, "stride": 2, "padding": 1, "dilation": 2, "relu": True}
    line = call("python_line", "pythonLine", 'picture("head")', state)
    given = eval(line, {"picture": picture, "np": np, "conv2d": conv2d, "relu": relu})
    np.testing.assert_allclose(given, KernelTuner(image="head", **state).output(), atol=1e-9)


# ---- DICOM, read in the browser as pydicom reads it --------------------------------------------------------


@pytest.mark.parametrize("name", ["CT_small.dcm", "MR_small.dcm", "MR_small_bigendian.dcm", "MR_small_implicit.dcm"])
def test_a_dicom_file_has_the_same_numbers_as_in_pydicom(call, name):
    path = get_testdata_file(name, download=False)
    dataset = pydicom.dcmread(path)
    slope, intercept = float(dataset.get("RescaleSlope", 1)), float(dataset.get("RescaleIntercept", 0))
    with open(path, "rb") as file:
        given = {"file": base64.b64encode(file.read()).decode(), "name": name}
    ours = call("reading", "readFile", given, 4096)
    assert "error" not in ours, ours
    np.testing.assert_allclose(
        np.reshape(ours["data"], (ours["rows"], ours["columns"])), dataset.pixel_array * slope + intercept
    )
    assert ours["unit"] == ("HU" if dataset.Modality == "CT" else "")


def test_a_grey_png_has_the_same_numbers(call):
    from PIL import Image

    pixels, buffer = picture("cat"), io.BytesIO()
    Image.fromarray(pixels).save(buffer, "PNG")
    given = {"file": base64.b64encode(buffer.getvalue()).decode(), "name": "cat.png"}
    ours = call("reading", "readFile", given, 256)
    np.testing.assert_allclose(np.reshape(ours["data"], (256, 256)), pixels, atol=1e-9)
    halved = call("reading", "readFile", given, 128)
    means = pixels.reshape(128, 2, 128, 2).mean(axis=(1, 3))
    np.testing.assert_allclose(np.reshape(halved["data"], (128, 128)), means, atol=1e-9)
    assert [note["code"] for note in halved["notes"]] == ["reduced"]


@pytest.mark.parametrize("name", ["JPEG2000.dcm", "MR_small_RLE.dcm", "SC_rgb_jpeg_dcmtk.dcm"])
def test_a_compressed_dicom_file_is_said_to_be_one(call, name):
    with open(get_testdata_file(name, download=False), "rb") as file:
        given = {"file": base64.b64encode(file.read()).decode(), "name": name}
    assert call("reading", "readFile", given, 512)["error"] == "compressed"


def test_a_colour_dicom_file_is_read_as_grey(call):
    path = get_testdata_file("SC_rgb_small_odd.dcm", download=False)
    with open(path, "rb") as file:
        given = {"file": base64.b64encode(file.read()).decode(), "name": "colours.dcm"}
    ours, pixels = call("reading", "readFile", given, 512), pydicom.dcmread(path).pixel_array
    greys_of = pixels.astype(float) @ [0.2126, 0.7152, 0.0722]
    np.testing.assert_allclose(np.reshape(ours["data"], greys_of.shape), greys_of, atol=1e-9)
