"""What a student calls in a notebook: is this answer right so far? A sentence comes back, never an exception."""

import ast
import base64
import json
import sys
import zlib
from html import escape
from typing import Any

from marubatsu.answers.values import NotData, alike, pack, shown, unpack


class Answers:
    """How some answers did: they show themselves as sentences with a sign, in a notebook and in plain text."""

    def __init__(self, results: list[tuple[bool, str]]):
        self.results = results

    def __bool__(self) -> bool:
        return all(passed for passed, _ in self.results)

    def __repr__(self) -> str:
        return "\n".join(f"{'✓' if passed else '✗'} {sentence}" for passed, sentence in self.results)

    def _repr_html_(self) -> str:
        return "".join(_line(passed, sentence) for passed, sentence in self.results)


class Check:
    """The checks of an assignment, made once at the top of its notebook; ``check(3)`` then checks question 3.

    Parameters
    ----------
    packed : str
        What `Check.pack` made of the visible tests.

    Raises
    ------
    ValueError
        If the line was changed.
    """

    def __init__(self, packed: str):
        try:
            tests = json.loads(zlib.decompress(base64.b64decode(packed, validate=True)))
        except (ValueError, zlib.error) as error:
            raise ValueError("The line of the checks was changed. Download the notebook again and copy it.") from error
        self.tests = {int(number): of_question for number, of_question in tests.items()}

    @staticmethod
    def pack(tests: dict[int, list[tuple[str, dict, str]]]) -> str:
        """Return tests as one line of letters.

        Parameters
        ----------
        tests : dict
            For each question its tests: code whose last line is an expression, as "output_size(32, 5)"; what it
            should give, as `marubatsu.answers.values.pack` writes it; and a hint, told where the answer is not right.
        """
        return base64.b64encode(zlib.compress(json.dumps(tests).encode(), 9)).decode()

    def __call__(self, question: int, names: dict | None = None) -> Answers:
        """Return whether the visible tests of a question give what they should, as sentences.

        Parameters
        ----------
        question : int
            Its number.
        names : dict, optional
            Where the tests find the student's names; left out, where the check is called.

        Returns
        -------
        Answers
            True where all are right. An error in the student's code is told, not raised.
        """
        if question not in self.tests:
            return Answers([(False, f"There is no question {question!r} here: 1 to {max(self.tests)}.")])
        if names is None:
            names = sys._getframe(1).f_globals
        return Answers([_check(code, expected, hint, names) for code, expected, hint in self.tests[question]])


def _check(code: str, expected: dict, hint: str, names: dict[str, Any]) -> tuple[bool, str]:
    last = code.strip().split("\n")[-1]
    try:
        tree = ast.parse(code)
        last_line: Any = tree.body.pop()  # an expression: what a test asks for
        final, scope = ast.Expression(last_line.value), dict(names)
        exec(compile(tree, "<check>", "exec"), scope)
        given = eval(compile(final, "<check>", "eval"), scope)
    except Exception as error:  # noqa: BLE001 -- whatever a student's line does, the answer is a sentence
        asked = {node.id for node in ast.walk(ast.parse(code)) if isinstance(node, ast.Name)}
        if isinstance(error, NameError) and error.name in asked and error.name not in names:
            why = "Its cell did not run: look at the error above. Or it has another name."
            return False, f"{last} cannot be tried: there is no {error.name}. {why}"
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


def _line(passed: bool, sentence: str) -> str:
    colour, mark, words = ("#17703c", "✓", "Right.") if passed else ("#b4491b", "✗", "Not yet.")
    return (
        f'<p style="border-left:4px solid {colour};padding-left:0.6em;margin:0.3em 0">'
        f'<strong><span aria-hidden="true">{mark}</span> {words}</strong> {escape(sentence)}</p>'
    )
