"""What the page on assignments says: its list, its commands and its class of five are those of the library."""

import ast
import csv
import re
import tomllib
from pathlib import Path

import pytest
import simulated

from marubatsu.answers import Check
from marubatsu_course import assignment, corrections, marking
from marubatsu_course.__main__ import main
from marubatsu_course.submissions import Submission
from marubatsu_course.walls import sandbox

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "book/teaching/assignments.md").read_text(encoding="utf-8")
ENDLESS = "# question 4\ndef convolve(image, kernel):\n    while True:\n        pass"
ROWS = re.findall(r"^- \{assignment\}`(\w+)`, (\d+) points:", PAGE, re.M)


def test_it_lists_every_assignment_with_its_questions_and_points():
    found = [assignment.load(name) for name, _ in ROWS]
    assert sorted(each.name for each in found) == assignment.names()
    assert [str(each.points) for each in found] == [points for _, points in ROWS]
    assert {len(each.questions) for each in found} == {8} and "Each has eight questions." in PAGE
    assert f"Four assignments, {8 * len(found)} questions" in PAGE


def test_the_command_make_prints_what_the_page_shows(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert main(["make", "layers", "--out", "hand-out"]) == 0
    assert ".venv/bin/python -m marubatsu_course make layers --out hand-out\n```" in PAGE
    assert re.findall(r"^- `(hand-out/\S+)`", PAGE, re.M) == capsys.readouterr().out.split()


def test_each_command_can_be_copied_and_names_the_python_that_has_the_library():
    blocks = re.findall(r"^```sh\n(.*?)^```$", PAGE, re.M | re.S)
    lines = [line for block in blocks for line in block.splitlines()]
    assert len(lines) == 9 and {line.split()[0] for line in lines} == {"python3", ".venv/bin/python"}
    assert PAGE.count("-m marubatsu_course") == PAGE.count(".venv/bin/python -m marubatsu_course") == 3
    assert "```console" not in PAGE and "$ " not in PAGE


def test_the_file_of_the_library_is_called_as_the_page_says():
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    assert f'"marubatsu-{version}-py3-none-any.whl[data]"' in PAGE


def test_the_sentences_of_a_check_are_those_of_the_page():
    names = {}
    hint = "A border of 2 keeps the size under a kernel of 5."
    check = Check(Check.pack({1: [("output_size(32, 5, padding=2)", {"value": 32}, hint)]}))
    for body in ("...", "return (size + 2 * padding - kernel) // stride + 1"):
        exec(f"def output_size(size, kernel, stride=1, padding=0):\n    {body}", names)
        said = repr(check(1, names))
        assert f"\n> {said}\n" in PAGE


def test_the_class_of_five_gets_the_points_of_the_page(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    quick = sandbox.Limits(cell_seconds=3, test_seconds=2)
    monkeypatch.setattr(sandbox, "Limits", lambda: quick)
    _, _, notebook = simulated.template()
    solved = simulated.solutions(assignment.load("layers"))
    handed_in = {
        "aoki": simulated.submission(notebook, solved),
        "brandt": simulated.submission(notebook, {number: solved[number] for number in (1, 2, 3, 4)}),
        "cohen": simulated.submission(notebook, solved, drop=(3,)),
        "duarte": simulated.submission(notebook, solved | {4: ENDLESS}),
        "eze": "Dear lecturer",
    }
    (tmp_path / "handed-in").mkdir()
    for name, content in handed_in.items():
        (tmp_path / "handed-in" / f"{name}.ipynb").write_text(content, encoding="utf-8")
    assert main(["mark", "layers", "handed-in"]) == 0
    assert ".venv/bin/python -m marubatsu_course mark layers handed-in\n```" in PAGE
    assert f"`{capsys.readouterr().out.strip()}`" in PAGE
    said = re.findall(r"^\| (\w+) \| [^|]+ \| (\d+) \| ([^|]+) \|$", PAGE, re.M)
    marks = list(csv.DictReader((tmp_path / "results/layers/marks.csv").open(encoding="utf-8-sig")))
    assert said == [(row["student"], row["points"], row["status"]) for row in marks] and len(said) == 5
    assert sorted(path.name for path in (tmp_path / "results/layers").iterdir()) == [
        "corrections.csv", "marks.csv", "results.html", "sheets", "submissions"]  # fmt: skip


def test_the_line_of_a_correction_can_be_applied(tmp_path):
    line = re.search(r"A line as `(.+?)` gives the submission of aoki 1.5 points in question 5", PAGE)[1]
    (tmp_path / "corrections.csv").write_text(f"{','.join(corrections.HEADS)}\n{line}\n")
    aoki = Submission("aoki.ipynb", "aoki", "", tmp_path)
    (found,) = corrections.read(tmp_path / "corrections.csv", [aoki], assignment.load("layers"))
    assert found == corrections.Correction("aoki.ipynb", 5, 1.5, "right, but as text")


def solutions_by_kind(name):
    """The questions whose answers need no function, and those whose solutions loop."""
    plain, looping = [], []
    for number, code in simulated.solutions(assignment.load(name)).items():
        nodes = list(ast.walk(ast.parse(code)))
        plain += [number] * (not any(isinstance(node, ast.FunctionDef) for node in nodes))
        loops = ast.For | ast.While | ast.ListComp | ast.GeneratorExp
        looping += [number] * any(isinstance(node, loops) for node in nodes)
    return plain, looping


def test_the_table_of_what_a_student_must_know_is_that_of_the_solutions():
    said = re.findall(r"^\| (\w+) \| questions? ([\d, ]+) \| questions? ([\d, ]+) \|$", PAGE, re.M)
    assert [name for name, *_ in said] == [name for name, _ in ROWS]
    for name, *numbers in said:
        assert tuple([int(each) for each in given.split(", ")] for given in numbers) == solutions_by_kind(name)


def test_the_longest_solution_has_six_lines_and_most_have_one_or_two():
    lines = []
    for name, _ in ROWS:
        for kind, text, _ in assignment.load(name).cells:
            inner = re.search(r"### SOLUTION\n(.*?)\s*### END", text, re.S) if kind == "answer" else None
            lines += [len(inner[1].splitlines())] if inner else []
    assert max(lines) == 6 and sum(number <= 2 for number in lines) > len(lines) / 2
    assert "Most answers need one line or two, the hardest six." in PAGE


def test_the_limits_are_those_that_the_page_names():
    limits = sandbox.Limits()
    assert (limits.cell_seconds, limits.test_seconds, limits.seconds, limits.later_seconds) == (20, 5, 60, 5)
    assert "A cell gets 20 seconds, a test 5, all together a minute." in PAGE
    assert "After a cell without an end, each further one gets 5 seconds." in PAGE


def test_a_variant_is_made_and_marked_by_its_path(tmp_path):
    text = (assignment.FOLDER / "layers.md").read_text(encoding="utf-8")
    assert text.count("(227, 11, stride=4)") == 1
    variant = tmp_path / "layers-b.md"
    variant.write_text(text.replace("(227, 11, stride=4)", "(91, 7, stride=3)"), encoding="utf-8")
    assert main(["make", str(variant), "--out", str(tmp_path / "hand-out")]) == 0
    assert (tmp_path / "hand-out/layers-b.ipynb").exists()
    assert marking.expected(assignment.load(variant))[2][2]["list"][0] == {"value": 29}


def test_a_question_without_a_hidden_test_is_named_in_a_sentence(tmp_path):
    text = (assignment.FOLDER / "layers.md").read_text(encoding="utf-8")
    variant = tmp_path / "broken.md"
    variant.write_text(text.replace("[hidden]", "[visible]"), encoding="utf-8")
    with pytest.raises(ValueError, match=r"question 1: a visible and a hidden test are needed"):
        assignment.load(variant)
