"""What a student calls in a notebook: is this answer right so far? A sentence comes back, never an exception."""

import ast
import inspect
import json
from html import escape

from .values import NotData, alike, pack, shown, unpack


class Checks:
    """The results of some checks: they show themselves as sentences with a sign, in a notebook and in plain text."""

    def __init__(self, results: list[tuple[bool, str]]):
        self.results = results

    def __bool__(self) -> bool:
        return all(passed for passed, _ in self.results)

    def __repr__(self) -> str:
        return "\n".join(f"{'✓' if passed else '✗'} {sentence}" for passed, sentence in self.results)

    def _repr_html_(self) -> str:
        return "".join(_line(passed, sentence) for passed, sentence in self.results)


def check(*tests: tuple[str, str, str], names: dict | None = None) -> Checks:
    """Return whether code gives what it should, as sentences.

    Parameters
    ----------
    *tests : (str, str, str)
        Code whose last line is an expression, as "output_size(32, 5)"; what it should give, as
        `marubatsu.course.assignment` wrote it into the notebook; and a hint, told where the answer is not right.
    names : dict, optional
        Where the code finds the student's names; left out, where `check` is called.

    Returns
    -------
    Checks
        True where all answers are right. An error in the student's code is told, not raised.
    """
    if names is None:
        names = inspect.currentframe().f_back.f_globals
    return Checks([_check(code, json.loads(expected), hint, names) for code, expected, hint in tests])


def _check(code, expected, hint, names):
    last = code.strip().split("\n")[-1]
    try:
        tree = ast.parse(code)
        final, scope = ast.Expression(tree.body.pop().value), dict(names)
        exec(compile(tree, "<check>", "exec"), scope)
        given = eval(compile(final, "<check>", "eval"), scope)
    except Exception as error:
        return False, f"{last} stops with {type(error).__name__}: {error}. {hint}"
    wanted = unpack(expected)
    if given is Ellipsis or (given is None and wanted is not None):
        what = "Replace the three dots by your answer; a function must return it."
        return False, f"{last} gives nothing yet. {what} {hint}"
    try:
        given = unpack(pack(given))
    except NotData as error:
        return False, f"{last}: {error}. {hint}"
    if alike(given, wanted):
        return True, f"{last} gives {shown(given)}."
    return False, f"{last} gives {shown(given)}, but {shown(wanted)} is expected. {hint}"


def _line(passed, sentence):
    colour, mark, words = ("#17703c", "✓", "Right.") if passed else ("#b4491b", "✗", "Not yet.")
    return (
        f'<p style="border-left:4px solid {colour};padding-left:0.6em;margin:0.3em 0">'
        f'<strong><span aria-hidden="true">{mark}</span> {words}</strong> {escape(sentence)}</p>'
    )
