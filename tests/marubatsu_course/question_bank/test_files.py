"""The question bank: both files obey their format, and read back they hold the questions of the book and no other."""

import re
import zipfile
from html import unescape
from xml.etree import ElementTree

import pytest

from marubatsu.questions import Choice, Question, load, names, title
from marubatsu_course.question_bank import files as bank
from marubatsu_course.question_bank.__main__ import main
from marubatsu_course.question_bank.cartridge import LOM, PACKAGE, QTI, assessment, forms
from marubatsu_course.question_bank.contents import by_part, called, html, in_order, parts

# Each element: the order of its children, as a regular expression, and its attributes (a * marks one that must be).
# Written from format.php, by which Moodle imports, and from the schemas of Common Cartridge 1.1; the files of the book
# were also checked against these schemas themselves, rules of Schematron included.
MOODLE = {
    "quiz": ("(question )+", ""),
    "question": (
        "category info |name questiontext generalfeedback defaultgrade penalty hidden idnumber "
        "((single shuffleanswers answernumbering (answer ){2,})"
        "|((answer ){2}(units )?unitgradingtype unitpenalty showunits unitsleft ))",
        "type*",
    ),
    "answer": ("text (tolerance )?feedback ", "fraction* format*"),
    "units": ("(unit )+", ""),
    "unit": ("multiplier unit_name ", ""),
    "category": ("text ", ""),
    "name": ("text ", ""),
} | dict.fromkeys(("info", "questiontext", "generalfeedback", "feedback"), ("text ", "format*"))
MANIFEST = {
    "manifest": ("metadata organizations resources ", "identifier*"),
    "metadata": ("schema schemaversion lom ", ""),
    "lom": ("general ", ""),
    "general": ("title ", ""),
    "title": ("(string )?", ""),
    "string": ("", "language"),
    "organizations": ("organization ", ""),
    "organization": ("item ", "identifier* structure*"),
    "item": ("(title )?(item )*", "identifier* identifierref"),
    "resources": ("(resource )+", ""),
    "resource": ("file ", "identifier* type*"),
    "file": ("", "href*"),
}
ASSESSMENT = {
    "questestinterop": ("assessment ", ""),
    "assessment": ("qtimetadata section ", "ident* title*"),
    "section": ("(item )+", "ident*"),
    "item": ("itemmetadata presentation resprocessing (itemfeedback )+", "ident* title"),
    "itemmetadata": ("qtimetadata ", ""),
    "qtimetadata": ("(qtimetadatafield )+", ""),
    "qtimetadatafield": ("fieldlabel fieldentry ", ""),
    "presentation": ("material (response_lid |response_str )", ""),
    "response_lid": ("render_choice ", "ident* rcardinality*"),
    "response_str": ("render_fib ", "ident* rcardinality*"),
    "render_choice": ("(response_label ){2,}", ""),
    "render_fib": ("", "fibtype prompt"),
    "response_label": ("material ", "ident*"),
    "material": ("mattext ", ""),
    "mattext": ("", "texttype"),
    "resprocessing": ("outcomes (respcondition )+", ""),
    "outcomes": ("decvar ", ""),
    "decvar": ("", "varname* vartype minvalue maxvalue"),
    "respcondition": ("conditionvar (setvar )?(displayfeedback )?", "continue"),
    "conditionvar": ("(other )|(and )|(varequal )+", ""),
    "and": ("((varequal )|(not ))+", ""),
    "not": ("varequal ", ""),
    "varequal": ("", "respident*"),
    "setvar": ("", "action varname"),
    "displayfeedback": ("", "feedbacktype* linkrefid*"),
    "itemfeedback": ("flow_mat ", "ident*"),
    "flow_mat": ("material ", ""),
}


def local(tag):
    return tag.rpartition("}")[2]


def faults(element, grammar):
    """Yield what breaks the grammar, from an element down."""
    tag = local(element.tag)
    children, attributes = grammar.get(tag, ("", ""))
    found = "".join(f"{local(child.tag)} " for child in element)
    if not re.fullmatch(children, found):
        yield f"{tag} holds {found}"
    given, known = set(element.attrib), set(attributes.replace("*", "").split())
    needed = {each[:-1] for each in attributes.split() if each.endswith("*")}
    if not needed <= given <= known:
        yield f"{tag} has {sorted(given)}"
    for child in element:
        yield from faults(child, grammar)


def plain(text):
    """The words of a paragraph of HTML, as a file of questions has them."""
    (inside,) = re.findall(r"\A<p>(.*)</p>\Z", text, re.DOTALL)
    return unescape(re.sub("</?code>", "`", inside))


def read_moodle(text):
    """The questions of a document of Moodle XML, by category."""
    found, category = {}, None
    for entry in ElementTree.fromstring(text):
        if entry.get("type") == "category":
            category = entry.findtext("category/text")
            continue
        words, why = (plain(entry.findtext(f"{tag}/text")) for tag in ("questiontext", "generalfeedback"))
        answers = entry.findall("answer")
        if entry.get("type") == "numerical":
            numbers = float(answers[0].findtext("text")), float(answers[0].findtext("tolerance"))
            question = Question(words, "number", why, (), *numbers, entry.findtext("units/unit/unit_name", ""))
        else:
            choices = tuple(
                Choice(
                    plain(each.findtext("text")), float(each.get("fraction")) > 0, plain(each.findtext("feedback/text"))
                )
                for each in answers
            )
            question = Question(words, "one" if entry.findtext("single") == "true" else "many", why, choices)
        found.setdefault(category, []).append(question)
    return found


def read_assessment(text):
    """The questions of an assessment; of a number all accepted forms, and no tolerance."""
    asi = {"q": QTI}
    for item in ElementTree.fromstring(text).iterfind(".//q:item", asi):
        told = {
            each.get("ident"): plain(each.findtext(".//q:mattext", "", asi))
            for each in item.iterfind("q:itemfeedback", asi)
        }
        words = plain(item.findtext("q:presentation/q:material/q:mattext", "", asi))
        (marked,) = (
            each for each in item.iterfind(".//q:respcondition", asi) if each.find("q:setvar", asi) is not None
        )
        right = [each.text for each in marked.iterfind("q:conditionvar/q:varequal", asi)]
        right += [each.text for each in marked.iterfind("q:conditionvar/q:and/q:varequal", asi)]
        if item.find(".//q:response_str", asi) is not None:
            yield words, "number", told["general_fb"], right
            continue
        kind = {"Single": "one", "Multiple": "many"}[item.find(".//q:response_lid", asi).get("rcardinality")]
        choices = tuple(
            Choice(
                plain(each.findtext(".//q:mattext", "", asi)),
                each.get("ident") in right,
                told[f"{each.get('ident')}_fb"],
            )
            for each in item.iterfind(".//q:response_label", asi)
        )
        yield words, kind, told["general_fb"], choices


def test_moodle_xml_obeys_its_form_and_a_broken_one_does_not():
    root = ElementTree.fromstring(bank.moodle())
    assert list(faults(root, MOODLE)) == []
    root[1].remove(root[1].find("generalfeedback"))
    root[2].set("kind", "numerical")
    assert len(list(faults(root, MOODLE))) == 2


def test_moodle_xml_read_back_holds_the_very_questions_of_the_book_by_part_and_page():
    found = read_moodle(bank.moodle())
    for part, of_part in parts().items():
        for name in of_part:
            assert tuple(found.pop(f"$course$/top/marubatsu/{part}/{title(name)}")) == load(name)
    assert found == {}


def test_marks_in_moodle_add_up_to_all_for_the_right_choices_and_to_nothing_with_all_wrong_ones():
    document = ElementTree.fromstring(bank.moodle(["training", "transfer-learning"]))
    entries = document.findall("question[@type='multichoice']")
    assert {entry.findtext("single") for entry in entries} == {"true", "false"}
    for entry in entries:
        shares = [float(answer.get("fraction")) for answer in entry.iterfind("answer")]
        assert abs(sum(share for share in shares if share > 0) - 100) < 0.001
        assert entry.findtext("single") == "true" or abs(sum(shares)) < 0.001


def test_whoever_types_another_number_in_moodle_is_told_where_to_look_and_not_the_answer():
    entries = ElementTree.fromstring(bank.moodle()).findall("question[@type='numerical']")
    assert entries
    for entry in entries:
        right, other = entry.findall("answer")
        assert (right.get("fraction"), other.get("fraction"), other.findtext("text")) == ("100", "0", "*")
        page = title(entry.findtext("idnumber").removeprefix("marubatsu-").rpartition("-")[0])
        told = plain(other.findtext("feedback/text"))
        assert f"“{page}”" in told and right.findtext("text") not in told.replace(page, "")
        assert not right.findtext("feedback/text")


def test_a_question_is_called_by_its_first_words_in_both_banks():
    for name in names():
        calls = [called(name, place, question) for place, question in enumerate(load(name), 1)]
        moodle = ElementTree.fromstring(bank.moodle([name])).iterfind("question/name/text")
        items = ElementTree.fromstring(assessment(name)).iterfind(".//q:item", {"q": QTI})
        assert calls == [each.text for each in moodle] == [item.get("title") for item in items]
        assert len(set(calls)) == len(calls)
        for call, question in zip(calls, load(name), strict=True):
            assert question.text[:15].replace("`", "") in call and len(call) < 110


def test_identifiers_of_moodle_questions_are_unique():
    identifiers = re.findall(r"<idnumber>(.*?)</idnumber>", bank.moodle())
    assert len(identifiers) == len(set(identifiers)) == sum(len(load(name)) for name in names())


@pytest.fixture(scope="module")
def cartridge(tmp_path_factory):
    path = bank.common_cartridge(None, tmp_path_factory.mktemp("bank") / bank.CARTRIDGE)
    with zipfile.ZipFile(path) as packed:
        return {name: packed.read(name).decode("utf-8") for name in packed.namelist()}


def test_the_manifest_obeys_its_schema_and_lists_every_file_once(cartridge):
    root = ElementTree.fromstring(cartridge["imsmanifest.xml"])
    assert root.tag == f"{{{PACKAGE}}}manifest" and root.find(f".//{{{LOM}}}lom") is not None
    assert list(faults(root, MANIFEST)) == []
    cc = {"c": PACKAGE}
    assert root.findtext("c:metadata/c:schemaversion", "", cc) == "1.1.0"
    assert {each.get("href") for each in root.iterfind(".//c:file", cc)} == set(cartridge) - {"imsmanifest.xml"}
    listed = [each.get("identifierref") for each in root.iterfind(".//c:item[@identifierref]", cc)]
    assert listed == [f"quiz-{name}" for name in in_order()]
    assert sorted(listed) == sorted(each.get("identifier") for each in root.iterfind(".//c:resource", cc))


@pytest.mark.parametrize("name", names())
def test_a_quiz_obeys_the_schema_of_common_cartridge(name):
    root, asi = ElementTree.fromstring(assessment(name)), {"q": QTI}
    assert root.tag == f"{{{QTI}}}questestinterop" and list(faults(root, ASSESSMENT)) == []
    items = root.findall(".//q:item", asi)
    assert len({item.get("ident") for item in items}) == len(items)
    for item, question in zip(items, load(name), strict=True):
        shown = {each.get("linkrefid") for each in item.iterfind(".//q:displayfeedback", asi)}
        assert shown == {each.get("ident") for each in item.iterfind("q:itemfeedback", asi)}
        labels = [each.get("ident") for each in item.iterfind(".//q:response_label", asi)]
        assert question.kind != "one" or len(labels) >= 3, "the profile asks for three choices"
        assert question.kind == "number" or {each.text for each in item.iterfind(".//q:varequal", asi)} == set(labels)


@pytest.mark.parametrize("name", names())
def test_a_quiz_read_back_holds_the_very_questions_of_its_page(name, cartridge):
    for found, question in zip(read_assessment(cartridge[f"quizzes/{name}.xml"]), load(name), strict=True):
        words, kind, why, answer = found
        assert (words.removesuffix(f" (in {question.unit})"), kind, why) == (question.text, question.kind, question.why)
        if kind != "number":
            assert answer == question.choices
        else:
            assert all(question.right(each) for each in answer) and float(answer[0]) == question.answer


def test_a_number_is_accepted_as_readers_write_it_and_not_beyond_its_tolerance():
    share = Question("?", "number", "!", (), 0.75, 0.005)
    assert set(forms(share)) == {"0.75", "0,75", "3/4"}
    assert set(forms(Question("?", "number", "!", (), 8.3, 0.4, "%"))) >= {"8.3", "8,3", "8", "8.0", "8.6"}
    assert "8.8" not in forms(Question("?", "number", "!", (), 8.3, 0.4, "%"))
    assert forms(Question("?", "number", "!", (), 1168, 0.5)) == ("1168", "1,168")


def test_the_same_questions_give_the_same_bytes(tmp_path):
    first, second = (bank.write(tmp_path / each, ["training"]) for each in "ab")
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in second]


def test_code_and_signs_become_html():
    assert html("a < b & `x[0] > 1`") == "<p>a &lt; b &amp; <code>x[0] &gt; 1</code></p>"


def test_names_are_put_in_the_order_of_the_book_and_strangers_are_refused():
    assert by_part(["deeper", "training", "alexnet"]) == {
        "From ○ and × to a network": ("training",),
        "Reading AlexNet, and after": ("alexnet", "deeper"),
    }
    with pytest.raises(
        ValueError, match=r"no part of the book holds nowhere\. There are quizzes for: what-is-learning, .*alexnet"
    ):
        bank.moodle(["nowhere"])


def test_the_order_is_that_of_the_table_of_contents_and_of_nothing_else(tmp_path):
    toc = tmp_path / "_toc.yml"
    chapters = "".join(f"      - file: book/any/{name}\n" for name in ("training", "unasked", "convolution"))
    toc.write_text(f"root: book/index\nparts:\n  - caption: One part\n    chapters:\n{chapters}")
    assert parts(toc) == {"One part": ("training", "convolution")} and in_order(toc) == ("training", "convolution")
    assert bank.moodle(["training"], toc=toc).count("$course$/top/marubatsu/One part/") == 1


def test_the_command_writes_both_files_and_refuses_in_a_sentence(tmp_path, capsys):
    assert main(["bank", "training", "--out", str(tmp_path / "out")]) == 0
    assert {path.name for path in (tmp_path / "out").iterdir()} == {bank.MOODLE, bank.CARTRIDGE}
    assert main(["bank", "nowhere", "--out", str(tmp_path)]) == 1
    assert "no part of the book holds nowhere" in capsys.readouterr().err
