"""A submission is marked: right and wrong ones get the marks they deserve, and what went wrong is said."""

import json
from dataclasses import replace

import pytest
import simulated
from simulated import QUICK, marked

from marubatsu_course import marking
from marubatsu_course.submissions import Submission
from marubatsu_course.walls import sandbox


def points(result):
    return [question.points for question in result.questions]


def test_the_solution_gets_all_points(layers, tmp_path):
    found, _, notebook, solved = layers
    result = marked(layers, tmp_path, simulated.submission(notebook, solved))
    assert (result.status, result.points, result.notes) == ("marked", found.points, [])
    assert all(question.sentence == "" for question in result.questions)


def test_what_lost_its_metadata_is_marked_all_the_same(layers, tmp_path):
    found, _, notebook, solved = layers
    assert marked(layers, tmp_path, simulated.submission(notebook, solved, strip=True)).points == found.points


def test_the_untouched_notebook_gets_nothing_and_says_so(layers, tmp_path):
    result = marked(layers, tmp_path, simulated.submission(layers[2], {}))
    assert (result.status, result.points) == ("empty", 0)
    assert {question.sentence for question in result.questions} == {"left empty"}


def test_an_answer_in_another_cell_counts_where_its_own_was_left_empty(layers, tmp_path):
    found, _, notebook, solved = layers
    content = json.loads(simulated.submission(notebook, solved | {5: notebook_cell(notebook, 5)}))
    content["cells"].append({"cell_type": "code", "metadata": {}, "source": solved[5].split("\n", 1)[1]})
    result = marked(layers, tmp_path, json.dumps(content))
    assert (result.status, result.points, result.questions[4].sentence) == ("marked", found.points, "")


def notebook_cell(notebook, number):
    """The answer cell of a question as students get it."""
    return next(c["source"] for c in notebook["cells"] if c["metadata"].get("marubatsu", {}).get("question") == number)


@pytest.mark.parametrize(
    ("number", "code", "note"),
    [
        (4, "def convolve(image, kernel):\n    x = 1\n   return x",
         "question 4, line 4: IndentationError: unindent does not match any outer indentation level"),
        (3, "kernel = ones", "question 3, line 2: NameError: name 'ones' is not defined"),
        (7, "def walk(weight, rate, steps):\n    while True:\n        pass", "question 7 did not end within 2 s"),
        (7, "while True:\n    pass", "question 7 did not end within 3 s"),
        (7, "import os\nos._exit(1)", "question 7 ended its program"),
        (7, "import os\ndef walk(weight, rate, steps):\n    os._exit(1)", "question 7 ended its program"),
    ],
)  # fmt: skip
def test_a_note_names_the_question_and_the_line_that_a_student_can_find(layers, tmp_path, number, code, note):
    answers = layers[3] | {number: f"# question {number}\n{code}"}
    result = marked(layers, tmp_path, simulated.submission(layers[2], answers))
    assert (result.status, result.notes) == ("errors", [note])


def test_an_error_in_a_cell_of_her_own_is_found_by_the_question_before_it(layers, tmp_path):
    _, _, notebook, solved = layers
    content = json.loads(simulated.submission(notebook, solved | {8: notebook_cell(notebook, 8)}))
    for place in (len(content["cells"]), 0):
        content["cells"].insert(place, {"cell_type": "code", "metadata": {}, "source": "1\nmissing"})
    result = marked(layers, tmp_path, json.dumps(content))
    words = "line 2: NameError: name 'missing' is not defined"
    assert result.notes == [f"a cell before the first question, {words}", f"a cell after question 8, {words}"]


LOST = " is missing or changed; it was run as it was handed out, before all others"


@pytest.mark.parametrize("imports", ["", "import numpy\n# from marubatsu.data import marks", "import numpy as np"])
def test_a_lost_import_costs_nothing_and_is_told(layers, tmp_path, imports):
    result = marked(layers, tmp_path, simulated.submission(layers[2], layers[3], imports=imports))
    assert (result.status, result.points, result.look) == ("marked", layers[0].points, True)
    assert result.notes == [f"the cell with the imports{LOST}"]


def test_what_a_student_adds_to_a_given_cell_is_no_loss(layers, tmp_path):
    imports = "%matplotlib inline\nimport math\nimport numpy as np  # numbers\nfrom marubatsu.data import marks"
    result = marked(layers, tmp_path, simulated.submission(layers[2], layers[3], imports=imports))
    assert (result.points, result.notes) == (layers[0].points, [])


def test_given_data_are_named_by_their_first_line_and_the_students_own_line_counts(layers, tmp_path):
    changed = replace(layers[0], cells=(*layers[0].cells, ("code", "limit = 3\nmore = 4", 8)))
    (tmp_path / "a.ipynb").write_text(simulated.submission(layers[2], layers[3]), encoding="utf-8")
    result = marking.mark_one(Submission("a.ipynb", "her", "", tmp_path / "a.ipynb"), changed, layers[1], QUICK)
    assert result.notes == [f"the given cell that begins with 'limit = 3'{LOST}"]


def test_a_question_whose_cell_was_deleted_is_to_look_at(layers, tmp_path):
    result = marked(layers, tmp_path, simulated.submission(layers[2], layers[3], drop=(3,)))
    assert (result.points, result.look) == (layers[0].points - 1, True)
    assert result.notes == ["the cell of question 3 is missing"]


@pytest.mark.parametrize(
    ("sentences", "said"),
    [
        ("['True', 'False', 'False', 'True']", "gave the text 'True': right but of another type"),
        ("[1, 0, 0, 1]", "gave 1: right but of another type"),
        ("['False', False, False, True]", "gave the text 'False', but True is expected"),
        ("[None, False, False, True]", "gave nothing: return it, do not print it"),
    ],
)
def test_a_value_of_another_type_is_named_and_to_look_at_where_it_is_right(layers, tmp_path, sentences, said):
    answer = f"# question 8\nsentences = {sentences}"
    result = marked(layers, tmp_path, simulated.submission(layers[2], layers[3] | {8: answer}))
    assert result.questions[7].sentence == f"A share grows with the distance of the scores ({said})"
    assert result.notes == ["question 8: right but of another type"] * ("right" in said)


def test_what_was_expected_is_told_of_a_test_that_students_see_and_of_no_hidden_one(layers, tmp_path):
    right = "return (size + 2 * padding - kernel) // stride + 1"
    for wrong, said in {
        "return 7": "(gave 7, but 32 is expected)",
        f"{right} if size in (32,) else 0": "(gave [0, 0])",
    }.items():
        answer = f"# question 2\ndef output_size(size, kernel, stride=1, padding=0):\n    {wrong}"
        result = marked(layers, tmp_path, simulated.submission(layers[2], layers[3] | {2: answer}))
        assert result.questions[1].sentence.endswith(said)


def test_errors_of_other_cells_do_not_matter_where_all_points_were_got(layers, tmp_path):
    content = json.loads(simulated.submission(layers[2], layers[3]))
    content["cells"].insert(0, {"cell_type": "code", "metadata": {}, "source": "from google.colab import drive"})
    result = marked(layers, tmp_path, json.dumps(content))
    assert (result.status, result.points, result.look) == ("marked", layers[0].points, False)


def test_the_answer_and_the_number_of_missed_tests_are_kept_for_the_sheet(layers, tmp_path):
    found, _, notebook, solved = layers
    wrong = "# question 8\nsentences = [True] * 4"
    answer = marked(layers, tmp_path, simulated.submission(notebook, solved | {8: wrong})).questions[7]
    tests = len(found.questions[7].tests)
    assert (answer.code, answer.tests) == (wrong, tests)
    assert answer.missed == round(tests * (1 - answer.points / answer.of)) > 0


def test_a_notebook_with_a_byte_order_mark_is_read(layers, tmp_path):
    content = "\ufeff" + simulated.submission(layers[2], layers[3])
    assert marked(layers, tmp_path, content).points == layers[0].points


@pytest.mark.parametrize("strip", [False, True])
def test_a_notebook_of_another_assignment_is_recognised_by_its_name_or_its_headings(layers, tmp_path, strip):
    _, _, notebook = simulated.template("machines")
    content = json.loads(simulated.submission(notebook, {}))
    if strip:
        content["metadata"] = {}
    result = marked(layers, tmp_path, json.dumps(content))
    name = "What it means that a machine learns" if strip else "machines"
    assert (result.status, result.points, result.counts) == ("another", 0, False)
    assert result.notes == [f"it is the notebook of another assignment: {name}"]


def test_a_variant_of_the_same_questions_is_marked_whatever_its_name(layers, tmp_path):
    content = json.loads(simulated.submission(layers[2], layers[3]))
    content["metadata"]["marubatsu"] = {"assignment": "layers-b"}
    assert marked(layers, tmp_path, json.dumps(content)).points == layers[0].points


def test_a_student_without_a_notebook_gets_a_row_that_says_so(layers):
    sent = Submission("olga/a.jpg", "olga", "", None, missing="there is no notebook among what came: a.jpg")
    result = marking.mark_one(sent, layers[0], layers[1], QUICK)
    assert (result.status, result.points, result.notes) == ("missing", 0, [sent.missing])


def test_where_no_separate_process_finds_the_library_the_lecturer_is_told(layers, monkeypatch):
    monkeypatch.setattr(sandbox.process.sys, "executable", "/bin/false")
    sandbox.process.walls.cache_clear()
    with pytest.raises(ValueError, match=r"marubatsu is not visible to a separate process.* virtual environment"):
        marking.expected(layers[0])
    sandbox.process.walls.cache_clear()


def test_a_wrong_answer_loses_its_own_points_only_and_gets_the_hint(layers, tmp_path):
    _, _, notebook, solved = layers
    flipped = solved[4].replace("* kernel)", "* kernel[::-1, ::-1])")
    result = marked(layers, tmp_path, simulated.submission(notebook, solved | {4: flipped}))
    assert points(result)[:3] + points(result)[4:] == [2, 2, 1, 2, 2, 2, 1]
    assert 0 < points(result)[3] < 4, "a kernel of one number looks the same when flipped"
    assert result.questions[3].sentence.startswith("Do not flip the kernel")
    assert "gave [[6.0]]" in result.questions[3].sentence


def test_a_deleted_cell_costs_its_question_and_is_named(layers, tmp_path):
    found, _, notebook, solved = layers
    result = marked(layers, tmp_path, simulated.submission(notebook, solved, drop=(4,)))
    assert result.points == found.points - 4
    assert result.questions[3].sentence == "the cell of question 4 is missing"


def test_a_cell_that_stands_twice_is_noted(layers, tmp_path):
    found, _, notebook, solved = layers
    content = json.loads(simulated.submission(notebook, solved))
    content["cells"].append(next(cell for cell in content["cells"] if "question 2" in "".join(cell["source"])[:14]))
    result = marked(layers, tmp_path, json.dumps(content))
    assert result.points == found.points and "more than one cell for question 2" in result.notes[0]


@pytest.mark.parametrize(
    "content", ["", "hello", "{", "[]", '{"cells": 3}', '{"cells": [{"cell_type": "code"}]}', "[" * 100_000, "\x00"]
)
def test_what_is_no_notebook_is_said_and_gets_no_points(layers, tmp_path, content):
    result = marked(layers, tmp_path, content)
    assert (result.status, result.points) == ("unreadable", 0)
    assert "is not a notebook" in result.notes[0]


def test_another_notebook_is_recognised_as_such(layers, tmp_path):
    result = marked(layers, tmp_path, '{"cells": [{"cell_type": "code", "source": "1 + 1"}]}')
    assert result.points == 0 and len(result.notes) == 1 and "is it another notebook?" in result.notes[0]


def test_a_solution_that_fails_is_named_before_a_class_is_marked(layers):
    broken = tuple((k, t.replace("return float(np.abs", "return broken(np.abs"), n) for k, t, n in layers[0].cells)
    with pytest.raises(ValueError, match=r"question 1: the test .* stops: NameError"):
        marking.expected(replace(layers[0], cells=broken))
