"""Questions as Moodle XML, which Moodle's own question bank imports with every kind of question and all feedback."""

from collections.abc import Iterable
from pathlib import Path
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from marubatsu.questions import Question, load, title
from marubatsu_course.question_bank.contents import by_part, called, html

WRONG = "Not this number. Work it out once more on paper, in the unit that is asked for; the page is “{page}”."


def moodle(names: Iterable[str] | None = None, *, toc: Path | None = None) -> str:
    """Return questions as one document of Moodle XML.

    Each page is a category within that of its part. A question with several right choices is worth one mark, shared
    by them; wrong choices take away as much. A number has its tolerance, and its unit may be left out; whoever types
    another is sent back to the page.

    Parameters
    ----------
    names : iterable of str, optional
        The pages, by the last word of their address; left out, all.
    toc : Path, optional
        The book's ``_toc.yml``; left out, the one of this copy or of the folder in which the command runs.

    Returns
    -------
    str
        The text of the file, to be saved as UTF-8.

    Raises
    ------
    ValueError
        If there are no questions of a name.

    References
    ----------
    The form that Moodle's importer reads: ``question/format/xml/format.php`` of its source, and
    https://docs.moodle.org/en/Moodle_XML_format.
    """
    quiz = Element("quiz")
    for part, of_part in by_part(names, toc).items():
        for name in of_part:
            _category(quiz, ("marubatsu", part, title(name)))
            for place, question in enumerate(load(name), 1):
                _question(quiz, question, name, place)
    indent(quiz, " ")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{tostring(quiz, encoding="unicode")}\n'


def _category(quiz, path):
    question = SubElement(quiz, "question", type="category")
    steps = "/".join(step.replace("/", "//") for step in path)  # a slash within a name is doubled
    _text(SubElement(question, "category"), f"$course$/top/{steps}")
    _html(question, "info", "")


def _question(quiz, question: Question, name, place):
    kind = "numerical" if question.kind == "number" else "multichoice"
    entry = SubElement(quiz, "question", type=kind)
    _text(SubElement(entry, "name"), called(name, place, question))
    _html(entry, "questiontext", html(question.text))
    _html(entry, "generalfeedback", html(question.why))
    for word, value in (("defaultgrade", "1"), ("penalty", "0.3333333"), ("hidden", "0")):
        SubElement(entry, word).text = value
    SubElement(entry, "idnumber").text = f"marubatsu-{name}-{place}"
    if kind == "numerical":
        _number(entry, question, title(name))
    else:
        _choices(entry, question)


def _choices(entry, question):
    right = sum(choice.right for choice in question.choices)
    several = question.kind == "many"
    for word, value in (("single", "false" if several else "true"), ("shuffleanswers", "true")):
        SubElement(entry, word).text = value
    SubElement(entry, "answernumbering").text = "abc"
    for choice in question.choices:
        share = 100 / right if choice.right else -100 / (len(question.choices) - right) if several else 0
        answer = _html(entry, "answer", html(choice.text))
        answer.set("fraction", f"{share:.7g}")  # 33.33333, as Moodle lists it
        _html(answer, "feedback", html(choice.why))


def _number(entry, question, page):
    right, any_other = f"{question.answer:.12g}", "*"  # Moodle tries the answers from first to last
    for fraction, text, tolerance, told in (
        ("100", right, f"{question.tolerance:.12g}", ""),
        ("0", any_other, "0", html(WRONG.format(page=page))),
    ):
        answer = SubElement(entry, "answer", fraction=fraction, format="moodle_auto_format")
        _text(answer, text)
        SubElement(answer, "tolerance").text = tolerance
        _html(answer, "feedback", told)
    if question.unit:
        unit = SubElement(SubElement(entry, "units"), "unit")
        SubElement(unit, "multiplier").text = "1"
        SubElement(unit, "unit_name").text = question.unit
    graded = (("unitgradingtype", "0"), ("unitpenalty", "0.1"), ("showunits", "0" if question.unit else "3"))
    for word, value in (*graded, ("unitsleft", "0")):
        SubElement(entry, word).text = value


def _html(parent, tag, text):
    element = SubElement(parent, tag, format="html")
    _text(element, text)
    return element


def _text(parent, text):
    SubElement(parent, "text").text = text
