"""Inside a submission's process: a cell is read as a notebook reads it, and an error is one sentence."""

import ast
import time

import pytest

from marubatsu_course.walls import child
from marubatsu_course.walls.child import TooLong, alarm, outcome, parsed, sentence


def value(code):
    names = {}
    return child.run(code, names, "<cell 0>"), names


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("size = 7\nrest = (size\n    % 4)\nrest", 3),
        ("text = '''\n!ls\n%time\n?\n'''\ntext", "\n!ls\n%time\n?\n"),
        ("answer = (1 !=\n  2)\nanswer", True),
    ],
)
def test_a_line_of_python_that_looks_like_a_magic_runs_as_it_stands(code, expected):
    assert value(code)[0] == expected


@pytest.mark.parametrize(
    "line",
    ["%matplotlib inline", "!pip install x[all] 'and", "?print", "print?", "np.sum??", "!pip install a \\\n  b c",
     "if True:\n    !ls (", "%time y = f(3", "%cd C:\\temp"],
)  # fmt: skip
def test_a_line_that_only_a_notebook_understands_is_passed_over(line):
    assert value(f"x = 1\n{line}\nx += 1\nx")[0] == 2


def test_what_a_shell_line_would_give_is_an_empty_list():
    names = value("files = !ls *.png\na, b = 1, 2\nwhen = %time 3")[1]
    assert names["files"] == [] and names["when"] == [] and names["b"] == 2


@pytest.mark.parametrize(("code", "ran"), [("%%time\nx = 3", True), ("\n%%capture out\nx = 3", True),
                                            ("%%bash\nx = 3", False), ("%%html\n<b>x = 3</b>", False)])  # fmt: skip
def test_a_cell_under_a_timing_magic_runs_and_a_cell_of_another_language_does_not(code, ran):
    assert ("x" in value(code)[1]) is ran


def test_what_is_no_python_and_no_magic_is_an_error_with_its_line_said_once():
    for code, expected in {
        "x = 1\n  y = 2": "IndentationError: unexpected indent (line 2)",
        "%pylab\nx = (1,\ny = 2": "SyntaxError: '(' was never closed (line 2)",
        "x = 1\n1 / 0": "ZeroDivisionError: division by zero (line 2)",
        "import ast\n\nast.literal_eval('1 +')": "SyntaxError: invalid syntax (line 3)",
    }.items():
        said = outcome(code, {}, "<cell 9>", alarm(5, True), lambda _: None)
        assert said == {"error": expected}
    with pytest.raises(SyntaxError):
        parsed("!ls\nx = = 3", "<cell 1>")


def test_an_error_without_words_is_its_kind():
    assert sentence(KeyboardInterrupt(), "<cell 1>") == "KeyboardInterrupt"


@pytest.mark.parametrize("posix", [True, False])
def test_what_does_not_end_is_stopped_each_time_anew_and_no_except_exception_keeps_it(posix):
    endless = "while True:\n    try:\n        while True: pass\n    except Exception: pass"
    for _ in range(2):
        begun = time.monotonic()
        assert outcome(endless, {}, "<test>", alarm(0.3, posix), lambda _: None) == {"endless": True}
        assert 0.25 < time.monotonic() - begun < 5
    assert outcome("1 + 1", {}, "<test>", alarm(0.3, posix), lambda given: given) == {"answer": 2}
    time.sleep(0.4)  # a clock that was left on would ring now


def test_time_that_is_up_is_no_exception_that_a_submission_catches():
    assert issubclass(TooLong, BaseException) and not issubclass(TooLong, Exception)
    assert isinstance(parsed("", "<cell>"), ast.Module)
