"""Every assignment of the book: solutions get all points, an untouched notebook none, a typical mistake loses some."""

import json
from itertools import takewhile

import numpy as np
import pytest
from simulated import solutions, submission, template
from skimage.metrics import peak_signal_noise_ratio

from marubatsu import architectures, metrics
from marubatsu.network import Chain, summary
from marubatsu_course import assignment, marking
from marubatsu_course.__main__ import make
from marubatsu_course.submissions import Submission

NAMES = ["architectures", "layers", "machines", "tasks"]
# Answers as students write them, and the share of the question's points that they keep.
MISTAKES = {
    "machines": {
        "question 1: a learned limit taken for a network": (1, 'sets = ["A", "C", "D", "C", "B", "A"]', 3 / 4),
        "question 2: not below counts as above": (
            2, "def rule(images, limit):\n    return images.max(axis=(1, 2, 3)) >= limit", 3 / 4),
        "question 3: a number of images, not a share": (
            3, "def accuracy(images, truth, limit):\n"
               "    return int(np.sum((images.max(axis=(1, 2, 3)) > limit) == truth))", 0),
        "question 4: the last of equal limits": (
            4, "def learn(values, answers):\n    values, answers = np.asarray(values, float), np.asarray(answers)\n"
               "    s = np.sort(values)\n    limits = ((s[1:] + s[:-1]) / 2)[::-1]\n"
               "    return limits[np.argmin([np.sum((values > limit) != answers) for limit in limits])]", 3 / 4),
        "question 5: detection taken for segmentation": (
            5, 'tasks = ["C", "R", "S", "S", "Q", "G", "C", "R"]', 3 / 4),
        "question 6: the share of the first label": (
            6, "def lazy(labels):\n    return list(labels).count(1) / len(labels)", 0),
        "question 7: small greys below zero": (
            7, "def contrast(image):\n    return float(np.mean((image[:, 1:] - image[:, :-1]) ** 2))", 3 / 4),
        "question 8: a network thought to adapt": (8, "sentences = [True, True, False, True]", 1 / 2),
    },
    "architectures": {
        "question 1: the window at the edge forgotten": (1, "sides = [62, 30, 30, 14, 14, 6]", 0),
        "question 2: no biases": (2, "def linear_parameters(inputs, outputs):\n    return inputs * outputs", 0),
        "question 3: groups forgotten": (
            3, "def conv_parameters(channels, filters, kernel, groups=1):\n"
               "    return filters * (channels * kernel**2 + 1)", 1 / 4),
        "question 4: one side only": (
            4, "def multiply_adds(channels, filters, kernel, side, groups=1):\n"
               "    return side * filters * (channels // groups) * kernel**2", 0),
        "question 5: always four bytes": (
            5, "def megabytes(shapes, batch, each=4):\n"
               "    return sum(np.prod(shape) for shape in shapes) * batch * 4 / 1e6", 3 / 4),
        "question 6: ReLU before the sum": (
            6, "def residual(x, change):\n    x = np.asarray(x, float)\n    return np.maximum(change(x), 0) + x", 0),
        "question 7: dropout thought to have weights": (7, "sentences = [True, False, True, True, False]", 1 / 2),
        "question 8: its own stride": (
            8, "def field(layers):\n    seen, step = 1, 1\n    for kernel, stride in layers:\n        step *= stride\n"
               "        seen += (kernel - 1) * step\n    return seen", 1 / 2),
    },
    "tasks": {
        "question 1: predictive values": (
            1, "def rates(tp, fn, fp, tn):\n    return tp / max(tp + fp, 1), tn / max(tn + fn, 1)", 0),
        "question 2: sensitivity read as what a positive answer is worth": (
            2, "def predictive(sensitivity, specificity, prevalence):\n    return sensitivity", 0),
        "question 3: false alarms a nodule": (3, "readings = [0.25, 0.6, 0.775, 0.3]", 2 / 3),
        "question 4: the share alone": (
            4, "def better(right, cases, baseline):\n    return right / cases > baseline", 0),
        "question 5: the shared pixels once": (
            5, "def overlap(found, truth):\n    found, truth = np.asarray(found, bool), np.asarray(truth, bool)\n"
               "    shared = np.sum(found & truth)\n"
               "    return shared / (found.sum() + truth.sum()), shared / np.sum(found | truth)", 1 / 4),
        "question 6: two lengths below zero": (
            6, "def box_iou(a, b):\n    rows = min(a[2], b[2]) - max(a[0], b[0])\n"
               "    columns = min(a[3], b[3]) - max(a[1], b[1])\n"
               "    shared = rows * columns\n"
               "    area = lambda box: (box[2] - box[0]) * (box[3] - box[1])\n"
               "    return shared / (area(a) + area(b) - shared)", 1 / 2),
        "question 7: n in place of n − 1": (
            7, "def limits(measured, truth):\n    away = np.asarray(measured, float) - np.asarray(truth, float)\n"
               "    spread = 1.96 * away.std()\n"
               "    return away.mean(), away.mean() - spread, away.mean() + spread", 1 / 2),
        "question 8: errors that cancel": (
            8, "def psnr(image, truth, span):\n"
               "    error = np.mean(np.asarray(image, float) - np.asarray(truth, float))\n"
               "    return 10 * np.log10(span**2 / error**2)", 1 / 4),
    },
    "layers": {
        "question 1: too dark and too bright cancel": (
            1, "def difference(image, model):\n    return float((image - model).sum())", 1 / 4),
        "question 2: a window that does not fit": (
            2, "def output_size(size, kernel, stride=1, padding=0):\n"
               "    return -(-(size + 2 * padding - kernel) // stride) + 1", 1 / 2),
        "question 4: the kernel flipped": (
            4, "def convolve(image, kernel):\n    from scipy.signal import convolve2d\n"
               "    return convolve2d(np.asarray(image, float), np.asarray(kernel, float), mode='valid')", 1 / 4),
    },
}  # fmt: skip


@pytest.fixture(scope="module", params=NAMES)
def made(request):
    """One assignment: what it is, what its tests give, its student notebook, and its solutions."""
    found, wanted, notebook = template(request.param)
    return found, wanted, notebook, solutions(found)


def marked(made, folder, answers):
    found, wanted, notebook, _ = made
    path = folder / "one.ipynb"
    path.write_text(submission(notebook, answers), encoding="utf-8")
    return marking.mark_one(Submission(path.name, "one", "", path), found, wanted)


def test_the_book_has_an_assignment_for_each_part_and_they_are_of_a_size():
    assert assignment.names() == NAMES
    for name in NAMES:
        found = assignment.load(name)
        assert 6 <= len(found.questions) <= 8 and 12 <= found.points <= 18, name


def test_the_solutions_get_all_points(made, tmp_path):
    result = marked(made, tmp_path, made[3])
    assert (result.status, result.points) == ("marked", made[0].points), [each.sentence for each in result.questions]


def test_an_untouched_notebook_gets_no_point(made, tmp_path):
    assert [each.points for each in marked(made, tmp_path, {}).questions] == [0] * len(made[0].questions)


def test_typical_mistakes_lose_what_they_should_and_nothing_else(made, tmp_path):
    found, _, _, solved = made
    mistakes = MISTAKES[found.name]
    result = marked(
        made, tmp_path, solved | {number: f"# question {number}\n{code}" for number, code, _ in mistakes.values()}
    )
    got = {answer[0]: result.questions[answer[0] - 1] for answer in mistakes.values()}
    for name, (number, _, share) in mistakes.items():
        assert got[number].points == pytest.approx(got[number].of * share, abs=1e-3), (name, got[number])
        assert got[number].sentence, name
    others = [each for number, each in enumerate(result.questions, 1) if number not in got]
    assert all(each.points == each.of for each in others)


def test_the_student_notebook_holds_no_solution_and_no_hidden_test(made):
    found, _, notebook, solved = made
    text = "\n".join(cell["source"] for cell in notebook["cells"])
    for kind, source, number in found.cells:
        if kind == "answer":
            inner = source.split("### SOLUTION\n")[1].split("### END")[0]
            lines = {line.strip() for line in inner.splitlines()} - {""}
            assert lines and not lines & {line.strip() for line in text.splitlines()}, number
            assert not [line for line in lines if len(line) > 5 and line in text], number
        if kind == "hidden":
            assert repr(source.split("\n", 1)[1].strip()) not in text, number
    assert "SOLUTION" not in text and solved.keys() == set(range(1, len(found.questions) + 1))


def test_one_command_writes_the_three_notebooks(made, tmp_path):
    paths = make(made[0].name, tmp_path)
    assert [path.name for path in paths] == [f"{made[0].name}{end}.ipynb" for end in ("", "-solutions", "-marking")]
    first = json.loads(paths[0].read_text(encoding="utf-8"))["cells"]
    install, checks, words = ("".join(cell["source"]) for cell in first[:3])
    assert (
        "find_spec('marubatsu')" in install and 'check = Check("' in checks and words.startswith(f"# {made[0].title}")
    )


def run(name, *numbers):
    """The names that the solutions of some questions define."""
    names = {"np": np, "wilson_interval": metrics.wilson_interval}
    found = solutions(assignment.load(name))
    for number in numbers:
        exec(found[number], names)
    return names


def test_the_formulas_of_architectures_give_what_the_library_counts_for_alexnet():
    names = run("architectures", 1, 2, 3, 4, 8)
    rows = {row.name: row for row in summary(architectures.alexnet(), (3, 227, 227)).rows}
    for layer, given in {"conv1": (3, 96, 11), "conv2": (96, 256, 5, 2), "conv4": (384, 384, 3, 2)}.items():
        assert names["conv_parameters"](*given) == rows[layer].parameters
        side = rows[layer].output[-1]
        assert names["multiply_adds"](*given[:3], side, *given[3:]) == rows[layer].multiply_adds
    assert names["linear_parameters"](9216, 4096) == rows["fc6"].parameters
    layers = architectures.alexnet().named.items()
    convolutions = Chain(
        **dict(takewhile(lambda pair: pair[0] != "flatten", layers))
    )  # the rest would not fit this size
    sides = {name: after[-1] for name, _, _, after in convolutions.steps((3, 259, 259))}
    assert names["sides"] == [sides[layer] for layer in ("conv1", "pool1", "conv2", "pool2", "conv5", "pool5")]


def test_the_receptive_field_is_as_wide_as_the_pixels_that_change_the_answer():
    from marubatsu.arithmetic.convolution import conv2d

    stack, image = [(3, 2), (5, 1), (3, 2)], np.zeros((1, 1, 41, 41))
    reached = set()
    for row in range(41):
        numbers = image.copy()
        numbers[0, 0, row] = 1
        for kernel, stride in stack:
            numbers = conv2d(numbers, np.ones((1, 1, kernel, kernel)), stride=stride)
        reached |= {row} if numbers[0, 0, 3, 3] else set()
    assert len(reached) == run("architectures", 8)["field"](stack)


def test_the_scores_of_tasks_give_what_the_library_and_scikit_image_give():
    names, rng = run("tasks", 5, 6, 7, 8), np.random.default_rng(4)
    found, truth = rng.random((2, 9, 7)) > 0.5
    assert names["overlap"](found, truth)[0] == pytest.approx(metrics.dice(found, truth))
    for _ in range(50):
        (a, b), sides = rng.integers(0, 9, (2, 2)), rng.integers(1, 9, (2, 2))
        boxes = [(*a, *(a + sides[0])), (*b, *(b + sides[1]))]
        np.testing.assert_allclose(names["box_iou"](*boxes), metrics.iou([boxes[0]], [boxes[1]])[0, 0])
    measured, real = rng.normal(30, 4, (2, 12))
    agreement = metrics.bland_altman(measured, real)
    np.testing.assert_allclose(names["limits"](measured, real), [agreement.bias, agreement.low, agreement.high])
    image, other = rng.random((2, 6, 5)) * 255
    assert names["psnr"](image, other, 255) == pytest.approx(peak_signal_noise_ratio(other, image, data_range=255))
