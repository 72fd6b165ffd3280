"""A submission in a process of its own: what does not end costs its own question, on every system; nothing leaks."""

import json
import os
import threading
import time

import pytest
import simulated

from marubatsu.answers.check import Check
from marubatsu.answers.values import alike, unpack
from marubatsu_course import classroom, marking, submissions
from marubatsu_course.walls import process, sandbox

pytestmark = pytest.mark.slow  # each submission runs in processes of its own, and many until a clock ends them

QUICK = sandbox.Limits(seconds=40, cell_seconds=1.5, test_seconds=1)
STUBBORN = "while True:\n    try:\n        while True: sum(range(99))\n    except BaseException: pass"
LOOPS = {  # as students write them: the step is forgotten
    1: "def difference(image, model):\n    place = 0\n    while place < image.size:\n        total = 0",
    4: "def convolve(image, kernel):\n    row = 0\n    while row < len(image):\n        column = 0\n    return image",
    5: "def pooled(numbers):\n    row = 0\n    while row < 1:\n        pass",
}


@pytest.fixture
def without_posix(monkeypatch):
    """The way that a system without POSIX goes: no wall, no limits, no signal, no group of processes."""
    monkeypatch.setattr(process, "_posix", False)


def asked(cells, *tests, limits=QUICK, **more):
    return sandbox.run(cells, [list(each) for each in tests], forbidden=marking.FOLDER, limits=limits, **more)


def points(layers, answers):
    """What becomes of a student notebook with these answers, and its points."""
    assignment, wanted, notebook, solved = layers
    cells = json.loads(simulated.submission(notebook, solved | answers))["cells"]
    sources = [cell["source"] for cell in cells if cell["cell_type"] == "code"]
    tests = [[test.code for test in question.tests] for question in assignment.questions]
    found = asked(sources, *tests, modules=marking.modules(sources))
    total = 0
    for question, given in zip(assignment.questions, found.answers, strict=True):
        pairs = zip(given, wanted[question.number], strict=True)
        right = [kind == "value" and alike(value, unpack(packed)) for (kind, value), packed in pairs]
        total += question.points * sum(right) / len(right)
    return found, total


@pytest.mark.parametrize(("number", "expected"), [(1, 14), (4, 12), (5, 14)])
def test_a_loop_without_an_end_in_the_function_asked_for_costs_its_own_question(layers, number, expected):
    found, got = points(layers, {number: f"# question {number}\n{LOOPS[number]}"})
    assert (got, found.errors, found.status) == (expected, {}, "ran")
    assert found.broken_off == {number - 1: "did not end within 1 s"}


def test_after_a_test_that_did_not_end_only_the_others_of_its_question_are_left_out():
    code = "def f(x):\n    while x: pass\n    return x\ndef g(x):\n    return x"
    found = asked([code], ["f(0)", "f(1)", "f(0)"], ["g(1)"])
    assert list(found.broken_off) == [0] and found.status == "ran" and found.errors == {}
    assert found.answers[0] == [
        ("value", 0),
        ("error", "did not end within 1 s"),
        ("error", "not asked: an earlier test of the question was broken off"),
    ]
    assert found.answers[1] == [("value", 1)]


def test_a_cell_that_did_not_end_is_named_and_the_others_run():
    found = asked(["x = 1", "while True: pass", "x += 1"], ["x"])
    assert found.errors == {1: "did not end within 1.5 s"} and found.answers == [[("value", 2)]]


def test_many_cells_that_do_not_end_leave_time_for_the_tests():
    limits = sandbox.Limits(seconds=15, cell_seconds=4, test_seconds=0.5)
    found = asked(["x = 1", *["while True: pass"] * 4, STUBBORN], ["x"], limits=limits)
    assert found.status == "ran" and found.answers == [[("value", 1)]]
    assert list(found.errors.values()) == ["did not end within 4 s", *["did not end within 0.5 s"] * 4]


def test_what_no_clock_inside_can_stop_is_left_out_in_a_new_process():
    found = asked(["x = 1", STUBBORN, "x += 1", f"def f():\n    {STUBBORN.replace(chr(10), chr(10) + '    ')}"],
                  ["x"], ["f()", "x"], ["x"])  # fmt: skip
    assert (found.status, found.errors) == ("ran", {1: "did not end within 1.5 s"})
    assert found.broken_off == {1: "did not end within 1 s"}
    assert [kind for answers in found.answers for kind, _ in answers] == ["value", "error", "error", "value"]


@pytest.mark.parametrize("limits", [sandbox.Limits(seconds=6, cell_seconds=1),
                                    sandbox.Limits(seconds=40, cell_seconds=0.5, restarts=1)])  # fmt: skip
def test_neither_the_clock_nor_the_number_of_new_processes_is_without_a_bound(limits):
    begun = time.monotonic()
    found = asked([STUBBORN] * 4, ["1"], limits=limits)
    assert found.status == "time" and found.answers == [[("error", "the time was up before this was asked")]]
    assert time.monotonic() - begun < 20


def test_the_checks_of_a_notebook_do_nothing_while_it_is_marked():
    packed = repr(Check.pack({1: [("f()", {"value": 1}, "hint")]}))
    calls = "calls = []\ndef f():\n    calls.append(1)\n    return 1"
    ways = [f"from marubatsu.answers import Check\ncheck = Check({packed})\nassert check(1)",
            f"import marubatsu.answers.check as c\nc.Check({packed})(1, globals())", "check(1)",
            "Check('the line was changed')(question=1)"]  # fmt: skip
    found = asked([calls, *ways], ["len(calls)"])
    assert found.errors == {} and found.answers == [[("value", 0)]]


def test_nothing_that_a_submission_prints_or_reads_touches_the_channel():
    forged = '{"test": [0, 0], "answer": {"value": 5}}'
    cells = [
        f"import os, sys\nprint({forged!r})\nfor number in (1, 2):\n    os.write(number, {forged.encode()!r} + b'\\n')",
        f"sys.__stdout__.write({forged!r} + '\\n')\nsys.__stdout__.flush()",
        "read = sys.__stdin__.read() + os.read(0, 100).decode()",
        "input()",
    ]
    found = asked(cells, ["3"], ["read"])
    assert found.answers == [[("value", 3)], [("value", "")]]
    assert list(found.errors) == [3] and found.errors[3].startswith("EOFError")


def test_what_was_expected_is_nowhere_in_the_process(layers):
    look = (
        "import sys\nframe, seen = sys._getframe(), []\nwhile frame:\n"
        "    seen.append(repr(frame.f_locals.get('task')))\n    frame = frame.f_back\n''.join(seen)"
    )
    ((_, seen),) = asked(["secret = 1"], [look]).answers[0]
    assert "cell_seconds" in seen and "expected" not in seen and "look" not in seen


@pytest.mark.parametrize(
    ("name", "expected"),
    [("solved", 16), ("endless", 14), ("endless-cell", 14), ("stubborn", 14), ("stubborn-cell", 14), ("leaves", 14),
     ("exits", 14), ("exits-later", 14), ("starts", 14), ("talks", 14), ("kills", 14)],
)  # fmt: skip
def test_where_a_system_has_no_posix_the_marks_are_the_same(layers, without_posix, name, expected):
    answers = {} if name == "solved" else {1: f"# question 1\n{simulated.HOSTILE[name][0]}"}
    assert points(layers, answers)[1] == expected
    assert process.protections() | {"memory": False} == process.protections()


def test_an_honest_plot_is_no_attempt():
    plot = (
        "import matplotlib.pyplot as plt\nfigure, axes = plt.subplots()\naxes.imshow([[1, 2]])\n"
        "axes.set_title('née', family=['Nowhere', 'serif'])\nplt.show()\nfigure.savefig('mine.png')"
    )
    found = asked([plot], ["1"], limits=sandbox.Limits(seconds=40))
    assert (found.errors, found.attempts) == ({}, [])


def test_what_a_library_looks_for_is_refused_without_a_word_and_what_a_cell_looks_for_is_told(tmp_path):
    (tmp_path / "a.txt").write_text("1")
    outside, solutions = tmp_path / "a.txt", marking.FOLDER / "layers.md"
    found = asked(["import numpy as np", f"np.loadtxt({str(outside)!r})"], ["1"])
    assert "A submission may not open" in found.errors[1] and found.attempts == []
    for code in (f"open({str(outside)!r})", f"from pathlib import Path\nPath({str(outside)!r}).read_text()",
                 f"np.loadtxt({str(solutions)!r})", f"np.savetxt({str(outside)!r}, [1])"):  # fmt: skip
        found = asked(["import numpy as np", code], ["1"])
        kind, place = found.attempts[0]
        assert len(found.attempts) == 1 and place in map(str, (outside, solutions)), code
        assert kind == ("write" if "savetxt" in code else "read")


def test_an_answer_that_says_much_more_than_it_may_ends_its_process_and_costs_its_own_question(monkeypatch):
    monkeypatch.setattr(process, "LONGEST_LINE", 10_000)
    found = asked(["x = 'a' * 50_000"], ["x"], ["len(x)"])
    assert found.answers == [[("error", "ended its program")], [("value", 50_000)]]


def test_what_ends_the_program_costs_its_own_cell_or_question_and_later_cells_keep_their_time():
    leave = "import os\ndef leave():\n    os._exit(0)"
    limits = sandbox.Limits(seconds=40, cell_seconds=5, test_seconds=1)
    slow = "import time\ntime.sleep(2)\nx = 1"
    found = asked([leave, "leave()", slow], ["x", "leave()", "x"], ["x"], limits=limits)
    assert (found.status, found.errors, found.broken_off) == ("ran", {1: sandbox.ENDED}, {0: sandbox.ENDED})
    assert [kind for answers in found.answers for kind, _ in answers] == ["value", "error", "error", "value"]


def test_a_program_that_ends_again_and_again_is_given_up_and_called_so():
    found = asked(["import os"] + ["os._exit(0)"] * 4, ["1"], limits=sandbox.Limits(seconds=40, restarts=2))
    assert found.status == "crashed" and found.answers == [[("error", "the program ended before this was asked")]]
    assert found.errors == dict.fromkeys((1, 2, 3), sandbox.ENDED)


def test_memory_that_a_cell_used_up_is_there_again_for_the_next_and_its_functions_stay():
    hoard = "def f(x):\n    return x + 1\nhoard = []\nwhile True:\n    hoard.append(bytearray(10**8))"
    found = asked([hoard, "whole = bytearray(10**9)"], ["f(len(whole))"], limits=sandbox.Limits(seconds=40))
    assert list(found.errors) == [0] and found.errors[0].startswith("MemoryError")
    assert found.answers == [[("value", 10**9 + 1)]]


def test_given_cells_run_first_and_what_stops_in_them_is_not_told():
    found = asked(["b = a + 1"], ["[a, b]"], given=["1 / 0", "a = 1", "import json"])
    assert (found.errors, found.answers) == ({}, [[("value", [1, 2])]])
    assert asked(["a = 5", "import os\nos._exit(0)"], ["a"], given=["a = 1"]).answers == [[("value", 5)]]


def test_a_forged_attempt_is_passed_over():
    forge = (
        "import sys\nframe = sys._getframe()\nwhile 'send' not in frame.f_locals:\n    frame = frame.f_back\n"
        'frame.f_locals[\'send\'].write(\'{"attempt": 3}\\n{"attempt": [[], {}]}\\n{"attempt": ["x", 1]}\\n\')'
    )
    found = asked([forge], ["1"])
    assert (found.errors, found.attempts, found.answers) == ({}, [], [[("value", 1)]])


def test_a_call_to_halt_ends_what_runs_at_once_and_lets_nothing_start():
    halt, begun = sandbox.Halt(), time.monotonic()
    threading.Timer(2, halt.call).start()
    with pytest.raises(sandbox.Stopped):
        asked([STUBBORN], ["1"], limits=sandbox.Limits(), halt=halt)
    assert time.monotonic() - begun < 10
    with pytest.raises(sandbox.Stopped):
        asked(["1"], ["1"], halt=halt)


def test_an_interrupted_marking_ends_its_processes_at_once_and_keeps_no_half_result(layers, tmp_path):
    found, _, notebook, solved = layers
    (tmp_path / "class").mkdir()
    for name, answers in {"a": solved, "b": solved | {1: f"# question 1\n{STUBBORN}"}}.items():
        (tmp_path / f"class/{name}.ipynb").write_text(simulated.submission(notebook, answers), encoding="utf-8")
    interrupted = []

    def interrupt(_):
        interrupted.append(time.monotonic())
        raise KeyboardInterrupt

    handed_in, _ = submissions.collect(tmp_path / "class")
    with pytest.raises(KeyboardInterrupt):
        classroom.mark_class(handed_in, tmp_path / "out", found, workers=2, progress=interrupt)
    assert time.monotonic() - interrupted[0] < 8  # the cell would have run for 20 s
    assert len(list((tmp_path / "out/submissions").glob("*.json"))) == 1


def test_the_submission_runs_without_our_environment(monkeypatch):
    monkeypatch.setenv("LECTURER_TOKEN", "secret")
    ((kind, names),) = asked(["import os"], ["sorted(os.environ)"]).answers[0]
    assert kind == "value" and "LECTURER_TOKEN" not in names and os.environ["LECTURER_TOKEN"]
