"""Questions as an IMS Common Cartridge 1.1, one quiz a page, for Canvas, Moodle and other course systems.

Version 1.1 and not a newer one: Moodle imports up to 1.1 and Canvas up to 1.3, so 1.1 is what both read. Its questions
are QTI 1.2.1, in a profile that knows no numbers; a number is therefore a blank with the forms that are accepted. (QTI
2.1 could say a tolerance, but neither Canvas nor Moodle imports it without an extension. For Moodle, its own XML is
the better way.)
"""

import zipfile
from collections.abc import Iterable
from fractions import Fraction
from pathlib import Path
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from marubatsu.questions import LETTERS, Question, load, title
from marubatsu_course.question_bank.contents import by_part, called, html

PACKAGE = "http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1"
LOM = "http://ltsc.ieee.org/xsd/imsccv1p1/LOM/manifest"
QTI = "http://www.imsglobal.org/xsd/ims_qtiasiv1p2"
PROFILES = {"one": "cc.multiple_choice.v0p1", "many": "cc.multiple_response.v0p1", "number": "cc.fib.v0p1"}


def common_cartridge(names: Iterable[str] | None, path: Path, *, toc: Path | None = None) -> Path:
    """Write questions as a Common Cartridge and return its path; the same questions give the same bytes.

    Parameters
    ----------
    names : iterable of str or None
        The pages, by the last word of their address; None for all.
    path : Path
        The file to write; its name usually ends in ``.imscc``.
    toc : Path, optional
        The book's ``_toc.yml``; left out, the one of this copy or of the folder in which the command runs.

    Raises
    ------
    ValueError
        If there are no questions of a name.

    References
    ----------
    IMS Global Learning Consortium (2011). Common Cartridge Profile, version 1.1.
    """
    parts = by_part(names, toc)
    files = {"imsmanifest.xml": manifest(parts)}
    files |= {_file(name): assessment(name) for of_part in parts.values() for name in of_part}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for inside, text in files.items():
            entry = zipfile.ZipInfo(inside)  # without the time of day
            entry.external_attr = 0o644 << 16
            packed.writestr(entry, text.encode("utf-8"), zipfile.ZIP_DEFLATED)
    return path


def manifest(parts: dict[str, tuple[str, ...]]) -> str:
    """Return the list of contents: parts, and in each the quizzes of its pages."""
    root = Element("manifest", {"identifier": "marubatsu", "xmlns": PACKAGE, "xmlns:lomimscc": LOM})
    about = SubElement(root, "metadata")
    SubElement(about, "schema").text = "IMS Common Cartridge"
    SubElement(about, "schemaversion").text = "1.1.0"
    general = SubElement(SubElement(about, "lomimscc:lom"), "lomimscc:general")
    named = SubElement(SubElement(general, "lomimscc:title"), "lomimscc:string", language="en-GB")
    named.text = "marubatsu: questions on deep learning for images"
    shelf = SubElement(
        SubElement(root, "organizations"), "organization", identifier="contents", structure="rooted-hierarchy"
    )
    top = SubElement(shelf, "item", identifier="top")
    resources = SubElement(root, "resources")
    for place, (part, names) in enumerate(parts.items(), 1):
        folder = SubElement(top, "item", identifier=f"part-{place}")
        SubElement(folder, "title").text = part
        for name in names:
            item = SubElement(folder, "item", identifier=f"item-{name}", identifierref=f"quiz-{name}")
            SubElement(item, "title").text = title(name)
            kind = "imsqti_xmlv1p2/imscc_xmlv1p1/assessment"
            resource = SubElement(resources, "resource", identifier=f"quiz-{name}", type=kind)
            SubElement(resource, "file", href=_file(name))
    return _written(root)


def assessment(name: str) -> str:
    """Return the quiz of a page as QTI 1.2.1 in the profile of Common Cartridge."""
    root = Element("questestinterop", {"xmlns": QTI})
    quiz = SubElement(root, "assessment", ident=f"quiz-{name}", title=title(name))
    _fields(quiz, cc_profile="cc.exam.v0p1", qmd_assessmenttype="Examination", qmd_scoretype="Percentage")
    section = SubElement(quiz, "section", ident="root_section")
    for place, question in enumerate(load(name), 1):
        item = SubElement(section, "item", ident=f"{name}-{place}", title=called(name, place, question))
        _fields(SubElement(item, "itemmetadata"), cc_profile=PROFILES[question.kind], cc_weighting="1")
        presentation = SubElement(item, "presentation")
        unit = f" (in {question.unit})" if question.unit else ""
        _material(presentation, html(question.text + unit))
        (_blank if question.kind == "number" else _choices)(item, presentation, question)
        for ident, text in _feedback(question).items():
            _material(SubElement(SubElement(item, "itemfeedback", ident=ident), "flow_mat"), html(text))
    return _written(root)


def forms(question: Question) -> tuple[str, ...]:
    """Return the ways of writing a number that are accepted, the answer itself first; all lie within the tolerance."""
    shown = f"{question.answer:.12g}"
    digits = len(shown.partition(".")[2])
    found = [shown]
    for places in (digits, *range(digits)):
        steps = int(question.tolerance * 10**places + 1e-9)
        middle = round(question.answer * 10**places)
        near = (f"{(middle + step) / 10**places:.{places}f}" for step in range(-steps - 1, steps + 2))
        found += [text for text in near if question.right(text)]
    simple = Fraction(question.answer).limit_denominator(12)
    if simple.denominator > 1 and question.right(str(simple)):
        found.append(str(simple))
    found += [text.replace(".", ",") for text in found if "." in text]
    found += [f"{int(text):,}" for text in found if text.isdecimal() and len(text) > 3]
    return tuple(dict.fromkeys(found))


def _choices(item, presentation, question):
    several = question.kind == "many"
    cardinality = {"rcardinality": "Multiple" if several else "Single"}
    listed = SubElement(SubElement(presentation, "response_lid", ident="answer", **cardinality), "render_choice")
    letters = LETTERS[: len(question.choices)]
    for letter, choice in zip(letters, question.choices, strict=True):
        _material(SubElement(listed, "response_label", ident=letter), html(choice.text))
    processing = _processing(item)
    for letter, choice in zip(letters, question.choices, strict=True):
        condition = SubElement(processing, "respcondition", {"continue": "Yes" if several else "No"})
        _equal(SubElement(condition, "conditionvar"), letter)
        if choice.right and not several:
            _full_marks(condition)
        SubElement(condition, "displayfeedback", feedbacktype="Response", linkrefid=f"{letter}_fb")
    if several:
        condition = SubElement(processing, "respcondition", {"continue": "No"})
        every = SubElement(SubElement(condition, "conditionvar"), "and")
        for letter, choice in zip(letters, question.choices, strict=True):
            _equal(every if choice.right else SubElement(every, "not"), letter)
        _full_marks(condition)


def _blank(item, presentation, question):
    response = SubElement(presentation, "response_str", ident="answer", rcardinality="Single")
    SubElement(response, "render_fib", fibtype="String", prompt="Box")
    condition = SubElement(_processing(item), "respcondition", {"continue": "No"})
    accepted = SubElement(condition, "conditionvar")
    for text in forms(question):
        _equal(accepted, text)
    _full_marks(condition)


def _processing(item):
    """Begin the marking: a score from 0 to 100, and what everybody is told."""
    processing = SubElement(item, "resprocessing")
    limits = {"varname": "SCORE", "vartype": "Decimal", "minvalue": "0", "maxvalue": "100"}
    SubElement(SubElement(processing, "outcomes"), "decvar", limits)
    condition = SubElement(processing, "respcondition", {"continue": "Yes"})
    SubElement(SubElement(condition, "conditionvar"), "other")
    SubElement(condition, "displayfeedback", feedbacktype="Response", linkrefid="general_fb")
    return processing


def _feedback(question):
    choices = {f"{letter}_fb": each.why for letter, each in zip(LETTERS, question.choices, strict=False)}
    return {"general_fb": question.why} | choices


def _full_marks(condition):
    SubElement(condition, "setvar", action="Set", varname="SCORE").text = "100"


def _equal(parent, text):
    SubElement(parent, "varequal", respident="answer").text = text


def _fields(parent, **entries):
    fields = SubElement(parent, "qtimetadata")
    for label, entry in entries.items():
        field = SubElement(fields, "qtimetadatafield")
        SubElement(field, "fieldlabel").text = label
        SubElement(field, "fieldentry").text = entry


def _material(parent, text):
    SubElement(SubElement(parent, "material"), "mattext", texttype="text/html").text = text


def _file(name):
    return f"quizzes/{name}.xml"


def _written(root):
    indent(root, " ")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{tostring(root, encoding="unicode")}\n'
