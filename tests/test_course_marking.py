"""A class is marked: right, wrong and hostile submissions get the marks they deserve, and none is lost."""

import csv
import json
import os
import subprocess
import sys
import time

import pytest
import simulated

from marubatsu.course import marking, report, sandbox
from marubatsu.course.__main__ import main

QUICK = sandbox.Limits(seconds=40, cell_seconds=3, test_seconds=2)


@pytest.fixture(scope="module")
def layers():
    """The assignment, what its tests should give, the student notebook, and the solved answers."""
    found, wanted, notebook = simulated.template()
    return found, wanted, notebook, simulated.solutions(found)


def marked(layers, tmp_path, content, limits=QUICK):
    """What becomes of one submission with this content."""
    path = tmp_path / "handed-in.ipynb"
    path.write_text(content, encoding="utf-8")
    return marking.mark_one(path, "her", layers[0], layers[1], limits)


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
    assert result.points == 0 and all(question.sentence for question in result.questions)


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
    assert result.points == 0 and "is it another notebook?" in result.notes[-1]


@pytest.mark.parametrize("name", simulated.HOSTILE)
def test_mischief_costs_its_own_question_and_nothing_else(layers, tmp_path, name):
    found, _, notebook, solved = layers
    code, status = simulated.HOSTILE[name]
    victim = tmp_path / "results"
    victim.mkdir()
    (victim / "marks.csv").write_text("untouched")
    answer = "# question 1\n" + code.replace("{out}", str(victim))
    result = marked(layers, tmp_path, simulated.submission(notebook, solved | {1: answer}))
    assert result.status == status
    assert result.points == (0 if status == "crashed" else found.points - 2)
    assert (victim / "marks.csv").read_text() == "untouched"


@pytest.mark.parametrize("name", ["reads-tests", "writes-marks", "talks", "starts", "kills", "deletes"])
def test_an_attempt_is_told_to_the_lecturer(layers, tmp_path, name):
    answer = "# question 1\n" + simulated.HOSTILE[name][0].replace("{out}", str(tmp_path))
    result = marked(layers, tmp_path, simulated.submission(layers[2], layers[3] | {1: answer}))
    assert any("was refused: " in note for note in result.notes)


@pytest.mark.parametrize("name", simulated.QUIET_CHEATS)
def test_no_trick_with_objects_modules_or_frames_brings_a_point(layers, tmp_path, name):
    found, _, notebook, solved = layers
    answer = "# question 1\n" + simulated.QUIET_CHEATS[name]
    result = marked(layers, tmp_path, simulated.submission(notebook, solved | {1: answer}))
    honest = {"patches-numpy": 0.5}.get(name, 0)  # it answers 0.0, which is right for identical images
    assert points(result)[0] <= honest and result.points <= found.points - 2 + honest


def test_nothing_that_a_submission_started_lives_on(layers, tmp_path):
    thread = (
        "# question 1\nimport threading, time\n"
        f"threading.Thread(target=lambda: [time.sleep(0.2) for _ in range(200)], name='stay').start()\n{layers[3][1]}"
    )
    begun = time.monotonic()
    result = marked(layers, tmp_path, simulated.submission(layers[2], layers[3] | {1: thread}))
    assert result.points == layers[0].points and time.monotonic() - begun < 39


@pytest.fixture
def small_class(layers, tmp_path):
    """A folder as a learning platform gives it: four submissions, a picture, and files that are none."""
    _, _, notebook, solved = layers
    folder = tmp_path / "class"
    for name, answers in {
        "ann": solved,
        "ben": {},
        "cleo": solved | {8: "# question 8\nsentences = [True] * 4"},
    }.items():
        (folder / f"{name}_1_assignsubmission_file").mkdir(parents=True)
        (folder / f"{name}_1_assignsubmission_file" / "layers.ipynb").write_text(
            simulated.submission(notebook, answers)
        )
    (folder / "dora.ipynb").write_text("not a notebook")
    (folder / "photo.png").write_bytes(b"\x89PNG")
    (folder / ".DS_Store").write_text("x")
    (folder / "__MACOSX").mkdir()
    (folder / "__MACOSX" / "layers.ipynb").write_text("x")
    return folder


def test_a_class_is_marked_into_a_table_and_a_page(small_class, tmp_path):
    out = tmp_path / "out"
    assert main(["mark", "layers", str(small_class), "--out", str(out)]) == 0
    rows = list(csv.DictReader((out / "marks.csv").open(encoding="utf-8-sig")))
    marks = {row["student"].split("_")[0]: float(row["points"]) for row in rows}
    assert marks == {"ann": 16, "ben": 0, "cleo": 15.5, "dora": 0, "photo": 0}
    assert {row["of"] for row in rows} == {"16"}
    page = (out / "results.html").read_text(encoding="utf-8")
    assert (
        "5</strong>submissions" in page
        and "<svg" in page
        and "src=" not in page
        and "http" not in page.split("<svg")[0]
    )


def test_what_was_marked_is_not_marked_again_unless_it_changed_or_is_asked_for(
    small_class, tmp_path, layers, monkeypatch
):
    found, out, asked = layers[0], tmp_path / "out", []
    first = marking.mark_class(small_class, out, found)
    real = marking.mark_one
    monkeypatch.setattr(marking, "mark_one", lambda path, *rest: asked.append(path.name) or real(path, *rest))
    assert marking.mark_class(small_class, out, found) == first and asked == []
    (small_class / "dora.ipynb").write_text("still not a notebook")
    marking.mark_class(small_class, out, found)
    assert asked == ["dora.ipynb"]
    marking.mark_class(small_class, out, found, again=True)
    assert len(asked) == 6


def test_an_interrupted_marking_goes_on_where_it_stopped(small_class, tmp_path, layers, monkeypatch):
    found, out, done = layers[0], tmp_path / "out", []

    def interrupt(result):
        done.append(result.student)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        marking.mark_class(small_class, out, found, workers=1, progress=interrupt)
    kept = len(list((out / "submissions").glob("*.json")))
    assert kept >= 1 and not (out / "marks.csv").exists()
    asked, real = [], marking.mark_one
    monkeypatch.setattr(marking, "mark_one", lambda path, *rest: asked.append(path) or real(path, *rest))
    assert len(marking.mark_class(small_class, out, found)) == 5 and len(asked) == 5 - kept


def test_a_result_that_was_cut_short_is_marked_again(small_class, tmp_path, layers):
    out = tmp_path / "out"
    first = marking.mark_class(small_class, out, layers[0])
    next((out / "submissions").glob("*.json")).write_text('{"student": "a')
    assert marking.mark_class(small_class, out, layers[0]) == first


@pytest.mark.parametrize("name", ["=HYPERLINK(1)", "+1", "@x", "-2"])
def test_no_name_becomes_a_formula_in_a_spreadsheet(layers, tmp_path, name):
    result = marking.Marked(name, "unreadable", [marking.Answered(0, q.points) for q in layers[0].questions])
    marking.write_table(tmp_path / "marks.csv", [result], layers[0])
    assert list(csv.reader((tmp_path / "marks.csv").open(encoding="utf-8-sig")))[1][0] == f"'{name}"


def test_the_page_names_the_question_missed_most_and_what_was_missed(layers):
    found = layers[0]
    results = []
    for student in range(4):
        answers = [marking.Answered(float(question.points), question.points) for question in found.questions]
        answers[3] = marking.Answered(1.0, 4, f"Do not flip the kernel (gave {student})")
        results.append(marking.Marked(f"<b>{student}", "marked", answers))
    number, share, count, most = report.missed(results, found)[0]
    assert (number, share, count, most) == (4, 0.25, 4, "Do not flip the kernel")
    page = report.page(results, found, sandbox.protections())
    assert "&lt;b&gt;0" in page and "<b>0" not in page


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["mark", "layers", "nowhere"], "there is no folder nowhere"),
        (["mark", "nothing", "."], "nothing was not found. The book's are:"),
        (["make", "nothing"], "nothing was not found"),
    ],
)
def test_a_wrong_command_gets_a_sentence(arguments, sentence, capsys):
    assert main(arguments) == 2
    assert sentence in capsys.readouterr().err


def test_an_empty_folder_is_said(tmp_path):
    with pytest.raises(ValueError, match="holds no submission"):
        marking.submissions(tmp_path)


def test_a_solution_that_fails_is_named_before_a_class_is_marked(layers):
    from dataclasses import replace

    broken = tuple((k, t.replace("return float(np.abs", "return broken(np.abs"), n) for k, t, n in layers[0].cells)
    with pytest.raises(ValueError, match=r"question 1: the test .* stops: NameError"):
        marking.expected(replace(layers[0], cells=broken))


def test_the_command_is_there_for_a_lecturer():
    command = [sys.executable, "-m", "marubatsu.course", "mark", "--help"]
    shown = subprocess.run(command, capture_output=True, text=True, check=True, env=os.environ).stdout
    assert "--workers" in shown and "mark anew what was marked before" in " ".join(shown.split())
