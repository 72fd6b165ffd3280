"""Words on slides: the question with what it is about, the answer in words, nothing that points to places of a page."""

import pytest
from bs4 import BeautifulSoup

from marubatsu_book.slides.wording import answer, asks, numbers, of_slides, question, sentences


def paragraph(text):
    """A paragraph of HTML."""
    return BeautifulSoup(f"<p>{text}</p>", "html.parser").p


def test_a_paragraph_is_cut_into_sentences_with_their_markup():
    found = sentences(paragraph('It is 0.5. Look at <a id="x" href="#y">this</a>. A &lt; B?'))
    assert found == ["It is 0.5.", 'Look at <a href="#y">this</a>.', "A &lt; B?"]


def test_an_abbreviation_ends_no_sentence():
    assert sentences(paragraph("The bands of Fig. 9 overlap. So what?")) == ["The bands of Fig. 9 overlap.", "So what?"]


def test_a_question_keeps_the_whole_sentence_before_it_however_long():
    long = f"Of 1,000 people{' and again people' * 30} ten are ill."
    asked = question([paragraph(f"Earlier. {long} <strong>Guess</strong> how many of the other 990.")])
    assert asked.startswith("Of 1,000 people") and asked.endswith("of the other 990.")


def test_a_question_takes_what_leads_to_it_while_there_is_room():
    assert (
        question([paragraph("One. Two. <strong>Guess:</strong> three?")]) == "One. Two. <strong>Guess:</strong> three?"
    )


def test_a_sentence_of_code_leads_to_no_question():
    text = "The answer <code>(2,)</code> is a shape. Each is a pixel. <strong>Guess</strong> it."
    assert question([paragraph(text)]) == "Each is a pixel. <strong>Guess</strong> it."


def test_what_announces_a_cell_is_no_part_of_a_question():
    assert question([paragraph("One. <strong>Predict</strong> it for two, then look:")]).endswith("it for two.")
    assert question([paragraph("<strong>Guess</strong> it. Then the intervals:")]) == "<strong>Guess</strong> it."


def test_bold_type_alone_asks_nothing():
    assert not asks("A <strong>bold</strong> word.") and question([paragraph("One. Two.")]) == "" == question([])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Nine of ten. <code>area</code> says so. Only the people changed.", "Nine of ten. Only the people changed."),
        ("Read the second column. The empty image is nearer.", "The empty image is nearer."),
        ("The first row is the lung as a whole. The zones find both.", "The zones find both."),
        ("It is so. (In the paper it was 224. So it says.)", "It is so."),
        ("It is so. <strong>Guess</strong> the next. Then go on.", "It is so."),
        ("It runs:", ""),
        ("0.72 billion. Where are they? There.", "0.72 billion."),
        ("0.72 billion. Where are they?", ""),
        ("Half of them. It has 61 where the network as published has", "Half of them."),
        ("In words: <math>H</math> counts. The formula stands in Notation.", ""),
    ],
)
def test_an_answer_says_in_words_what_came_out(text, expected):
    assert answer(paragraph(text)) == expected


@pytest.mark.parametrize(
    ("printed", "asked", "expected"),
    [
        ("[254, 256, 127]", "Of what is left: <strong>Predict</strong> it.", "254; 256; 127"),
        ("{'template': 481, 'by hand': 50}", "<strong>Guess:</strong> on how many?", "template: 481; by hand: 50"),
        ("(305, 0.61)", "<strong>Guess first:</strong> how many are called wrong?", "305"),
        ("[30, 23]", "<strong>Guess first:</strong> what becomes of the errors?", ""),
        ("array([[0.99, 0.82], [0.84, 0.81]])", "<strong>Guess</strong> both.", ""),
    ],
)
def test_a_few_printed_numbers_answer_what_asks_for_numbers(printed, asked, expected):
    assert numbers(paragraph(printed), asked) == expected


def test_a_question_that_begins_behind_printed_numbers_says_what_they_count():
    printed, asked = paragraph("[0]"), paragraph("No error. <strong>Guess</strong> the next.")
    printed.name = "div"
    assert question([paragraph("The rule looks at one. More."), printed, asked]).startswith("The rule looks at one. No")
    printed.string = "a picture"
    assert question([paragraph("The rule looks at one."), printed, asked]).startswith("No error.")


def test_an_answer_ends_before_it_fills_the_slide():
    assert answer(paragraph("Short. " + "Much more of it. " * 40)).count("Much") < 20


@pytest.mark.parametrize(
    ("page", "slide"),
    [
        ("What this page makes true", "What this chapter makes true"),
        ("This page shows it.", "This chapter shows it."),
        ("On this page you see it.", "In this chapter you see it."),
        ("How many? No code is needed.", "How many?"),
        ("Sort them before you read on; the answer is in the text below.", "Sort them first."),
        ("The line is the threshold chosen below.", "The line is the threshold chosen."),
        ("A: above 8 mm. B: below 8 mm.", "A: above 8 mm. B: below 8 mm."),
    ],
)
def test_words_that_point_to_a_place_of_the_page_are_not_on_slides(page, slide):
    assert of_slides(page) == slide
