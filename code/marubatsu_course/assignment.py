"""One text, three notebooks: an assignment with its solutions and tests, and what is made of it for whom.

The text is a page in MyST Markdown. A question begins with ``## Question 3: Its name (2 points)``. Its answer cell
has the tag ``answer``; what stands between ``### SOLUTION`` and ``### END`` is left out for students. Each test is a
cell whose last line is an expression; the tag says who sees it, ``visible`` or ``hidden``, and its first comment is the
hint for those who miss it. What the expression should give is never written down: the solution is asked.
"""

import re
from dataclasses import dataclass, field
from pathlib import Path

import jupytext
import nbformat

from marubatsu.answers.check import Check
from marubatsu.answers.values import shown, unpack

FOLDER = Path(__file__).parent / "assignments"
_HEADING = re.compile(r"^## Question (\d+): (.+?) \((\d+) points?\)\s*$", re.MULTILINE)
_SOLUTION = re.compile(r"^([ \t]*)### SOLUTION\n.*?^[ \t]*### END\n?", re.MULTILINE | re.DOTALL)
_MARKS = re.compile(r"^[ \t]*### (?:SOLUTION|END)\n?", re.MULTILINE)
_NAME = re.compile(r"^# question (\d+)\b")


@dataclass(frozen=True)
class Test:
    """One test of a question: code whose last line gives the value, who sees it, and a hint."""

    code: str
    visible: bool
    hint: str


@dataclass
class Question:
    """One question: its number and name, its points, and its tests, which share the points equally."""

    number: int
    title: str
    points: int
    tests: list[Test] = field(default_factory=list)


@dataclass(frozen=True)
class Assignment:
    """An assignment as it was read: its name and title, its questions, and all its cells."""

    name: str
    title: str
    questions: tuple[Question, ...]
    cells: tuple[tuple[str, str, int], ...]
    """The cells as kind ("markdown", "code", "answer", "visible", "hidden"), text and question (0 for none)."""

    @property
    def points(self) -> int:
        """All points that can be had."""
        return sum(question.points for question in self.questions)

    @property
    def given(self) -> list[str]:
        """The code that students are given and need not change, such as imports and data."""
        return [text for kind, text, _ in self.cells if kind == "code"]


def names() -> list[str]:
    """Return the names of the book's assignments."""
    return sorted(path.stem for path in FOLDER.glob("*.md"))


def load(name: str | Path) -> Assignment:
    """Read an assignment of the book by its name, or any by the path of its text.

    Raises
    ------
    ValueError
        If there is none, or its text breaks a rule; the sentence says which and where.
    """
    path = Path(name) if str(name).endswith(".md") else FOLDER / f"{name}.md"
    if not path.is_file():
        raise ValueError(f"assignment: {name} was not found. The book's are: {', '.join(names())}.")
    return read(path.read_text(encoding="utf-8"), path.stem)


def read(text: str, name: str) -> Assignment:
    """Return the assignment that a text holds."""
    notebook = jupytext.reads(text, fmt="md:myst")
    words = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    title = re.search(r"^# (.+)$", words, re.MULTILINE)
    if title is None:
        raise ValueError(f"assignment {name}: the text needs a title, a line that begins with '# '.")
    questions: list[Question] = []
    cells: list[tuple[str, str, int]] = []
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            for part in re.split(r"(?m)^(?=## )", cell.source):
                if heading := _HEADING.search(part):
                    questions.append(Question(int(heading[1]), heading[2], int(heading[3])))
                elif part.startswith("## Question"):
                    wanted = "## Question 1: Its name (2 points)"
                    raise ValueError(f"assignment {name}: write {wanted!r}, not {part.splitlines()[0]!r}.")
                if part.strip():
                    cells.append(("markdown", part.strip(), questions[-1].number if questions else 0))
            continue
        kinds = [tag for tag in cell.metadata.get("tags", ()) if tag in ("answer", "visible", "hidden")]
        kind = kinds[0] if kinds else "code"
        if kind != "code" and not questions:
            raise ValueError(f"assignment {name}: a cell with the tag {kind} stands before the first question.")
        number = questions[-1].number if questions else 0
        if kind == "answer" and not re.match(rf"# question {number}\b", cell.source):
            raise ValueError(
                f"assignment {name}: the answer of question {number} must begin with '# question {number}'."
            )
        if kind in ("visible", "hidden"):
            hint = re.match(r"#\s*(.+)", cell.source)
            if hint is None:
                raise ValueError(f"assignment {name}, question {number}: a test must begin with a comment, its hint.")
            code = cell.source.split("\n", 1)[-1]
            questions[-1].tests.append(Test(code, kind == "visible", hint[1].strip()))
        cells.append((kind, cell.source, number))
    _check(name, questions, cells)
    return Assignment(name, title[1].strip(), tuple(questions), tuple(cells))


def _check(name, questions, cells):
    if not questions:
        raise ValueError(f"assignment {name}: there is no question.")
    if [question.number for question in questions] != list(range(1, len(questions) + 1)):
        raise ValueError(f"assignment {name}: questions must be numbered 1, 2, 3, … in their order.")
    for question in questions:
        answers = [text for kind, text, number in cells if kind == "answer" and number == question.number]
        if len(answers) != 1 or not _SOLUTION.search(answers[0]):
            raise ValueError(
                f"assignment {name}, question {question.number}: one answer cell with a solution is needed."
            )
        if not any(test.visible for test in question.tests) or all(test.visible for test in question.tests):
            raise ValueError(f"assignment {name}, question {question.number}: a visible and a hidden test are needed.")


def without_solution(source: str) -> str:
    """Return an answer cell as students get it: an ellipsis stands where the solution was."""
    return _SOLUTION.sub(lambda found: f"{found[1]}...\n", source + "\n").rstrip("\n")


def question_of(source: str, metadata: dict) -> int:
    """Return which question a cell of a submission answers, by what it carries or by its first line; 0 for none."""
    marked = metadata.get("marubatsu")
    if isinstance(marked, dict) and isinstance(marked.get("question"), int):
        return marked["question"]
    found = _NAME.match(source.lstrip())
    return int(found[1]) if found else 0


def student(assignment: Assignment, expected: dict[int, list], first: str) -> nbformat.NotebookNode:
    """Return the notebook for students: no solution, no hidden test; each visible test can be run for an answer.

    Parameters
    ----------
    expected : dict
        For each question, what its tests should give (`marubatsu_course.marking.expected`).
    first : str
        Source of the cell that installs what is missing.
    """
    cells = [nbformat.v4.new_code_cell(first), nbformat.v4.new_code_cell(_checks(assignment, expected))]
    for kind, text, number in assignment.cells:
        if kind == "answer":
            cells.append(_code(without_solution(text), number))
            cells.append(nbformat.v4.new_code_cell(f"check({number})"))
        elif kind == "code":
            cells.append(nbformat.v4.new_code_cell(text))
        elif kind == "markdown":
            cells.append(nbformat.v4.new_markdown_cell(text))
    return _notebook(cells, marubatsu={"assignment": assignment.name})


def solved(assignment: Assignment, expected: dict[int, list] | None = None) -> nbformat.NotebookNode:
    """Return the notebook with solutions, for the lecturer.

    Parameters
    ----------
    expected : dict, optional
        What the tests of each question should give; with it all tests are in the notebook, each with its value.
    """
    cells, values = [], {number: iter(of_question) for number, of_question in (expected or {}).items()}
    for kind, text, number in assignment.cells:
        if kind == "markdown":
            cells.append(nbformat.v4.new_markdown_cell(text))
        elif kind not in ("visible", "hidden"):
            cells.append(_code(_MARKS.sub("", text), number))
        elif expected:
            value = shown(unpack(next(values[number])))
            cells.append(nbformat.v4.new_code_cell(f"# {kind} test of question {number}, expected: {value}\n{text}"))
    return _notebook(cells)


def _checks(assignment, expected):
    """Return the source of the cell that holds what the visible tests should give, in no words that give it away."""
    tests = {
        question.number: [
            (test.code.strip(), value, test.hint)
            for test, value in zip(question.tests, expected[question.number], strict=True)
            if test.visible
        ]
        for question in assignment.questions
    }
    lines = [
        "# Run this cell first: the checks under the questions need it.",
        "from marubatsu.answers import Check",
        "",
    ]
    return "\n".join([*lines, f'check = Check("{Check.pack(tests)}")'])


def _code(source, number):
    metadata = {"marubatsu": {"question": number}} if number else {}
    return nbformat.v4.new_code_cell(source, metadata=metadata)


def _notebook(cells, **own):
    for place, cell in enumerate(cells):
        cell["id"] = f"cell-{place}"  # the same text gives the same file
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    metadata = kernel | {"language_info": {"name": "python"}} | own
    notebook = nbformat.v4.new_notebook(cells=cells, metadata=metadata)
    nbformat.validate(notebook)
    return notebook
