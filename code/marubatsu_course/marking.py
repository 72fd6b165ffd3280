"""One submission is marked in a process of its own; whatever is in it, there is a result.

What the tests should give is asked of the solution, in the same kind of process, once. The points lie in this process
alone; a submission only ever sends back answers.
"""

import re
from dataclasses import dataclass, field

from marubatsu.answers.values import alike, in_another_form, pack, shown
from marubatsu_course.assignment import FOLDER, Assignment, question_of, solved, without_solution
from marubatsu_course.submissions import Notebook, Submission, other, read_notebook
from marubatsu_course.walls import guard, sandbox

STATUSES = {
    "marked": "all its cells ran",
    "errors": "something stopped or did not end",
    "empty": "nothing answered",
    "time": "stopped: its time was up",
    "crashed": "its program ended again and again",
    "another": "another assignment",
    "unreadable": "not a notebook",
    "missing": "no notebook",
}
EMPTY = "left empty"
ANOTHER_TYPE = "right but of another type"
LONGEST = 4000  # letters of a student's code that are kept for the sheet
_PLACE = re.compile(r"\s*\((?:<cell \d+>, )?line (\d+)\)")


@dataclass
class Answered:
    """What became of one question of a submission."""

    points: float
    of: int
    sentence: str = ""
    """What went wrong first; empty where nothing did."""
    hint: str = ""
    """The hint of the first test that was missed; empty where no test was asked."""
    missed: int = 0
    """How many of its tests gave something else."""
    tests: int = 0
    code: str = ""
    """What the student wrote."""
    by_hand: str = ""
    """Why the lecturer corrected the points; empty where nobody did."""
    another_type: bool = False
    """Whether one of its tests gave what is right but of another type."""


@dataclass
class Marked:
    """What became of one submission."""

    submission: str
    student: str
    number: str
    status: str
    questions: list[Answered] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    key: str = ""
    """Which submission and assignment this belongs to, so that an interrupted marking can go on."""

    @property
    def points(self) -> float:
        """All its points."""
        return sum(question.points for question in self.questions)

    @property
    def counts(self) -> bool:
        """Whether it is a notebook of this assignment, so that it says something about the class."""
        return self.status not in ("another", "unreadable", "missing")

    @property
    def look(self) -> bool:
        """Whether the lecturer should look at it."""
        return self.status != "marked" or bool(self.notes)


def expected(assignment: Assignment) -> dict[int, list]:
    """Return for each question what its tests should give, packed: the solution is run and asked.

    Raises
    ------
    ValueError
        If no submission could be run on this computer, or the solution itself fails; the sentence says where.
    """
    cells = [cell.source for cell in solved(assignment).cells if cell.cell_type == "code"]
    found = sandbox.run(cells, _asked(assignment), modules=modules(cells), forbidden=FOLDER)
    if found.status == "crashed" and sandbox.run([], [], forbidden=FOLDER).status == "crashed":
        raise ValueError(
            "marking: the library marubatsu is not visible to a separate process, in which each submission runs. "
            "Install it in a virtual environment, as the page Assignments says, and use the Python of that environment."
        )
    for place, error in found.errors.items():
        raise ValueError(f"assignment {assignment.name}: the solution's cell {place + 1} stops: {error}.")
    values: dict[int, list] = {}
    for question, answers in zip(assignment.questions, found.answers, strict=True):
        for test, (kind, value) in zip(question.tests, answers, strict=True):
            if kind == "error":
                where = f"assignment {assignment.name}, question {question.number}"
                raise ValueError(f"{where}: the test {test.hint!r} stops: {value}.")
        values[question.number] = [pack(value) for _, value in answers]
    return values


def _asked(assignment):
    """Return the code of the tests, question by question."""
    return [[test.code for test in question.tests] for question in assignment.questions]


def modules(cells: list[str]) -> list[str]:
    """Return what cells import, so that it is there before the guard is set."""
    found = re.findall(
        r"^(?:from|import) (marubatsu[\w.]*|sklearn[\w.]*|skimage[\w.]*|scipy[\w.]*)", "\n".join(cells), re.M
    )
    return sorted(set(found))


def mark_one(
    submission: Submission,
    assignment: Assignment,
    wanted: dict[int, list],
    limits: sandbox.Limits | None = None,
    halt: sandbox.Halt | None = None,
) -> Marked:
    """Mark one submission. Whatever is in the file, this returns; only `halt` makes it raise."""
    who = (submission.path, submission.student, submission.number)
    if submission.missing:
        return _nothing(who, assignment, "missing", "there is no notebook", submission.missing)
    try:
        notebook = read_notebook(submission.content(), submission.path.rsplit("/", 1)[-1])
    except ValueError as error:
        return _nothing(who, assignment, "unreadable", "the file is not a notebook", str(error))
    if name := other(notebook, assignment):
        note = f"it is the notebook of another assignment: {name}"
        return _nothing(who, assignment, "another", "the notebook is of another assignment", note)
    sources = [source for source, _ in notebook.cells]
    found = sandbox.run(
        sources,
        _asked(assignment),
        given=assignment.given,
        modules=modules(assignment.given + sources),
        forbidden=FOLDER,
        limits=limits,
        halt=halt,
    )
    numbers = [question_of(source, metadata) for source, metadata in notebook.cells]
    judged = [
        _judge(question, answers, wanted[question.number], _own(question.number, numbers), sources, found)
        for question, answers in zip(assignment.questions, found.answers, strict=True)
    ]
    empty = _untouched(notebook, numbers, assignment)
    for question, answer in zip(assignment.questions, judged, strict=True):
        if question.number in empty & set(numbers) and answer.points < answer.of:
            answer.sentence = EMPTY
    told = _errors(found, numbers, assignment) if any(answer.points < answer.of for answer in judged) else []
    status = found.status if found.status != "ran" else "errors" if told else "marked"
    if status == "marked" and len(empty) == len(judged) and not any(answer.points for answer in judged):
        status = "empty"
    lost = _lost(assignment.given, sources) if any(numbers) else []
    notes = [*told, *lost, *_notes(found, numbers, judged)]
    return Marked(*who, status, judged, notes)


def _nothing(who, assignment, status, sentence, note):
    return Marked(*who, status, [Answered(0.0, question.points, sentence) for question in assignment.questions], [note])


def _own(number, numbers):
    """Return the places of a question's cells."""
    return [place for place, each in enumerate(numbers) if each == number]


def _judge(question, results, wanted, places, sources, found):
    """Return the points of one question, and the sentence for the first test that it misses."""
    tests = len(question.tests)
    if not places:
        sentence = f"the cell of question {question.number} is missing"
        return Answered(0.0, question.points, sentence, missed=tests, tests=tests)
    passed, sentence, hint, another_type = 0, "", "", False
    for test, (kind, value), packed in zip(question.tests, results, wanted, strict=True):
        right = sandbox.unpack(packed)
        if kind == "value" and alike(value, right):
            passed += 1
            continue
        another_type |= kind == "value" and in_another_form(value, right)
        if not sentence:
            own = next((found.errors[place] for place in places if place in found.errors), "")
            said = own or (value if kind == "error" else _gave(value, right, test.visible))
            what = _PLACE.sub("", said) + _line(_PLACE.findall(own))
            hint = test.hint.rstrip(".")
            sentence = f"{hint} ({what})"
    points, code = round(question.points * passed / tests, 4), "\n\n".join(sources[place] for place in places)
    return Answered(points, question.points, sentence, hint, tests - passed, tests, code[:LONGEST], "", another_type)


def _gave(value, right, visible):
    """Return what a test gave, in words; what was expected is said only where students see the test."""
    if value is None:
        return "gave nothing: return it, do not print it"
    said = f"gave the text {shown(value)}" if isinstance(value, str) and not isinstance(right, str) else ""
    said = said or f"gave {shown(value)}"
    if in_another_form(value, right):
        return f"{said}: {ANOTHER_TYPE}"
    return f"{said}, but {shown(right)} is expected" if visible else said


def _untouched(notebook: Notebook, numbers, assignment):
    """Return the questions whose cells are as they were handed out, or are gone."""
    given = {number: without_solution(text).split() for kind, text, number in assignment.cells if kind == "answer"}
    written = {
        number
        for number, (source, _) in zip(numbers, notebook.cells, strict=True)
        if number in given and source.split() not in (given[number], [])
    }
    return set(given) - written


def _errors(found, numbers, assignment):
    """Return what stopped, by the question and line that a student can find."""
    told = {}
    for place, error in list(found.errors.items())[:3]:
        line, words = _PLACE.findall(error), _PLACE.sub("", error)
        where = _where(place, numbers)
        broken_off = words == sandbox.ENDED or words.startswith("did not end")
        told[where] = f"{where} {words}" if broken_off else f"{where}{_line(line)}: {words}"
    for place, why in found.broken_off.items():
        where = f"question {assignment.questions[place].number}"
        told.setdefault(where, f"{where} {why}")
    return list(told.values())


def _line(found):
    return f", line {found[-1]}" if found else ""


def _where(place, numbers):
    """Return where a cell stands, in words that do not depend on how cells are counted."""
    if numbers[place]:
        return f"question {numbers[place]}"
    before = [number for number in numbers[:place] if number]
    return f"a cell after question {before[-1]}" if before else "a cell before the first question"


def _lost(given, sources):
    """Return for each given cell of which a line is not in the submission that it was run all the same."""
    written, notes = set(_statements("\n".join(sources))), []
    for lines in map(_statements, given):
        if not written.issuperset(lines):
            imports = all(re.match(r"(?:import|from)\b", line) for line in lines)
            what = "the cell with the imports" if imports else f"the given cell that begins with {lines[0][:60]!r}"
            notes.append(f"{what} is missing or changed; it was run as it was handed out, before all others")
    return notes


def _statements(source):
    """Return the lines of some code without comments and indents. (Nothing of a submission is parsed here.)"""
    return [line for each in source.splitlines() if (line := each.split("#")[0].strip())]


def _notes(found, numbers, judged):
    """Return what the lecturer should know beside the points."""
    notes = [f"was refused: {guard.in_words(found.attempts)}"] if found.attempts else []
    twice = sorted({number for number in numbers if number and numbers.count(number) > 1})
    if twice:
        notes.append(f"more than one cell for question {', '.join(map(str, twice))}; the last that ran counts")
    missing = [number for number in range(1, len(judged) + 1) if number not in numbers]
    if len(missing) == len(judged):
        notes.append("no cell of this assignment was found: is it another notebook?")
    else:
        notes += [f"the cell of question {number} is missing" for number in missing]
    notes += [f"question {number}: {ANOTHER_TYPE}" for number, answer in enumerate(judged, 1) if answer.another_type]
    return notes
