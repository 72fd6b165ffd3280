"""A class is marked by one command: a table, a page, sheets; corrections stay; an interruption loses nothing."""

import csv
import json
import os
import subprocess
import sys

import pytest
import simulated

from marubatsu_course import classroom, marking
from marubatsu_course.__main__ import main
from marubatsu_course.submissions import collect

pytestmark = pytest.mark.slow  # a class is marked in processes of its own


@pytest.fixture
def small_class(layers, tmp_path):
    """A folder as a learning platform gives it: four submissions, a picture, and files that are none."""
    _, _, notebook, solved = layers
    folder = tmp_path / "class"
    for number, (name, answers) in enumerate({
        "ann": solved,
        "ben": {},
        "cleo": solved | {8: "# question 8\nsentences = [True] * 4"},
    }.items(), 1):  # fmt: skip
        (folder / f"{name}_{number}_assignsubmission_file").mkdir(parents=True)
        (folder / f"{name}_{number}_assignsubmission_file" / "layers.ipynb").write_text(
            simulated.submission(notebook, answers)
        )
    (folder / "dora.ipynb").write_text("not a notebook")
    (folder / "photo.png").write_bytes(b"\x89PNG")
    (folder / ".DS_Store").write_text("x")
    (folder / "__MACOSX").mkdir()
    (folder / "__MACOSX" / "layers.ipynb").write_text("x")
    return folder


@pytest.fixture
def counted(monkeypatch):
    """The names of the submissions that were really marked."""
    asked, real = [], marking.mark_one
    monkeypatch.setattr(marking, "mark_one", lambda each, *rest: asked.append(each.path) or real(each, *rest))
    return asked


def rows(out, **options):
    return list(csv.DictReader((out / "layers/marks.csv").open(encoding="utf-8-sig"), **options))


def test_a_class_is_marked_into_a_table_a_page_and_sheets(small_class, tmp_path, capsys):
    out = tmp_path / "out"
    assert main(["mark", "layers", str(small_class), "--out", str(out)]) == 0
    assert "4 submissions: " in (said := capsys.readouterr().out) and "1 other file was not marked" in said
    table = rows(out)
    assert [(row["student"], row["number"], row["points"]) for row in table] == [
        ("ann", "1", "16"), ("ben", "2", "0"), ("cleo", "3", "15.5"), ("dora", "", "0")]  # fmt: skip
    assert {row["of"] for row in table} == {"16"}
    assert table[2]["why"].startswith("8: ") and "(gave [" in table[2]["why"] and table[0]["why"] == ""
    page = (out / "layers/results.html").read_text(encoding="utf-8")
    assert "4</strong>students" in page and "3</strong>notebooks of this assignment" in page
    assert "src=" not in page and "http" not in page and "photo.png" in page
    sheet = (out / "layers/sheets/cleo_3.html").read_text(encoding="utf-8")
    assert "sentences = [True] * 4" in sheet and "15.5</b> of 16 points" in sheet and ">ann" not in sheet


def test_two_assignments_in_one_folder_keep_their_own_results(small_class, tmp_path):
    out = tmp_path / "out"
    for name in ("layers", "machines"):
        assert main(["mark", name, str(small_class), "--out", str(out)]) == 0
    assert rows(out)[0]["points"] == "16"
    assert "another assignment" in (out / "machines/marks.csv").read_text(encoding="utf-8-sig")


def test_results_inside_the_folder_of_the_class_are_not_taken_for_submissions(small_class):
    for _ in range(2):
        assert main(["mark", "layers", str(small_class), "--out", str(small_class / "results")]) == 0
        assert len(rows(small_class / "results")) == 4


def test_a_semicolon_brings_decimal_commas(small_class, tmp_path):
    out = tmp_path / "out"
    assert main(["mark", "layers", str(small_class), "--out", str(out), "--separator", ";"]) == 0
    assert rows(out, delimiter=";")[2]["points"] == "15,5"


def test_what_was_marked_is_not_marked_again_unless_it_changed_or_is_asked_for(small_class, tmp_path, layers, counted):
    out = tmp_path / "out"
    first = classroom.mark_class(collect(small_class)[0], out, layers[0])
    counted.clear()
    assert classroom.mark_class(collect(small_class)[0], out, layers[0]) == first and counted == []
    (small_class / "dora.ipynb").write_text("still not a notebook")
    classroom.mark_class(collect(small_class)[0], out, layers[0])
    assert counted == ["dora.ipynb"]
    classroom.mark_class(collect(small_class)[0], out, layers[0], again=True)
    assert len(counted) == 5


def test_an_interrupted_marking_writes_what_was_done_and_goes_on(small_class, tmp_path, monkeypatch, counted, capsys):
    out, real = tmp_path / "out", classroom._finished

    def interrupted(waiting):
        yield next(real(waiting))
        raise KeyboardInterrupt

    monkeypatch.setattr(classroom, "_finished", interrupted)
    assert main(["mark", "layers", str(small_class), "--out", str(out), "--workers", "1"]) == 130
    assert "The same command goes on from here" in capsys.readouterr().err
    assert len(rows(out)) == 1
    assert "Interrupted: 1 of 4 are marked." in (out / "layers/results.html").read_text(encoding="utf-8")
    kept = len(list((out / "layers/submissions").glob("*.json")))
    counted.clear()
    monkeypatch.setattr(classroom, "_finished", real)
    assert main(["mark", "layers", str(small_class), "--out", str(out)]) == 0
    assert len(counted) == 4 - kept and len(rows(out)) == 4
    assert "Interrupted" not in (out / "layers/results.html").read_text(encoding="utf-8")


def test_a_result_that_was_cut_short_is_marked_again(small_class, tmp_path, layers):
    out = tmp_path / "out"
    first = classroom.mark_class(collect(small_class)[0], out, layers[0])
    next((out / "submissions").glob("*.json")).write_text('{"student": "a')
    assert classroom.mark_class(collect(small_class)[0], out, layers[0]) == first


def test_a_correction_by_hand_stays_and_is_shown(small_class, tmp_path, capsys):
    out = tmp_path / "out"
    command = ["mark", "layers", str(small_class), "--out", str(out)]
    assert main(command) == 0
    file = out / "layers/corrections.csv"
    assert file.read_text(encoding="utf-8-sig") == "submission,question,points,reason\n"
    file.write_text("submission;question;points;reason\nben;5;1,5;it was on paper\n", encoding="cp1252")
    kept = file.read_bytes()
    for _ in range(2):
        assert main(command) == 0
        row = rows(out)[1]
        assert (row["question 5 (2)"], row["points"]) == ("1.5", "1.5")
        assert "5: corrected by hand: it was on paper" in row["why"] and file.read_bytes() == kept
    assert "Corrected by hand: it was on paper." in (out / "layers/results.html").read_text(encoding="utf-8")
    file.write_text("submission,question,points,reason\nzoe,5,1,x\n")
    assert main(command) == 2 and "corrections.csv, line 2: no submission is called 'zoe'" in capsys.readouterr().err


def test_two_files_of_one_student_are_both_marked_and_the_lecturer_is_asked(layers, tmp_path):
    folder = tmp_path / "class/ann"
    folder.mkdir(parents=True)
    for name, answers in {"a": {}, "b": layers[3]}.items():
        (folder / f"{name}.ipynb").write_text(simulated.submission(layers[2], answers))
    (tmp_path / "class/ben.ipynb").write_text(json.dumps({"cells": []}))
    assert main(["mark", "layers", str(tmp_path / "class"), "--out", str(tmp_path / "out")]) == 0
    asked = [
        (row["student"], "2 files of one student: which counts?" in row["notes"]) for row in rows(tmp_path / "out")
    ]
    assert asked == [("ann", True), ("ann", True), ("ben", False)]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["mark", "layers", "nowhere"], "there is no folder nowhere"),
        (["mark", "nothing", "."], "nothing was not found. The book's are:"),
        (["make", "nothing"], "nothing was not found"),
    ],
)
def test_a_wrong_command_gets_a_sentence(arguments, sentence, capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert main(arguments) == 2
    assert sentence in capsys.readouterr().err


def test_a_table_that_is_open_elsewhere_gets_a_sentence(small_class, tmp_path, monkeypatch, capsys):
    def locked(*_):
        raise PermissionError(13, "Permission denied", "marks.csv")

    monkeypatch.setattr("marubatsu_course.reports.table.write", locked)
    assert main(["mark", "layers", str(small_class), "--out", str(tmp_path / "out")]) == 2
    assert "marks.csv could not be written: Permission denied. Is it open elsewhere?" in capsys.readouterr().err


def test_the_command_is_there_for_a_lecturer():
    command = [sys.executable, "-m", "marubatsu_course", "mark", "--help"]
    shown = subprocess.run(command, capture_output=True, text=True, check=True, env=os.environ).stdout
    assert "--workers" in shown and "mark anew what was marked before" in " ".join(shown.split())


def test_what_the_course_needs_is_named_where_it_is_missing():
    code = "import sys; sys.modules['nbformat'] = None; import runpy; runpy.run_module('marubatsu_course')"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert said.returncode == 1 and "nbformat is missing. In the book's folder run: " in said.stderr
    assert "Traceback" not in said.stderr


def test_a_repository_lets_the_notebook_install_itself_and_else_students_are_told_whom_to_ask(tmp_path):
    for options, words in {
        ("--repository", "https://github.com/me/book"): "@ git+https://github.com/me/book",
        (): "Ask your lecturer for it",
    }.items():
        assert main(["make", "layers", "--out", str(tmp_path), *options]) == 0
        first = json.loads((tmp_path / "layers.ipynb").read_text(encoding="utf-8"))["cells"][0]["source"]
        assert words in "".join(first)
