"""What of a page makes a slide, and what is for the speaker."""

import json

from bs4 import BeautifulSoup

from marubatsu_book.slides.cutting import cut

CODE = '<div class="cell_input"><div class="highlight"><pre>maps.shape</pre></div></div>'
OUTPUT = '<div class="cell_output"><div class="output text_plain"><pre>(2, 5)</pre></div></div>'
PLAIN = f'<div class="cell">{CODE}{OUTPUT}</div>'
FIGURE = '<figure><img alt="" src="a.png" width="6" height="1"/><figcaption><p>Look.</p></figcaption></figure>'


def slides_of(inner):
    """The slides of a section about steps."""
    return cut(BeautifulSoup(f"<section><h2>Steps</h2>{inner}</section>", "html.parser").section)


def seen(slide):
    """What the class reads of a slide."""
    soup = BeautifulSoup(slide.html(), "html.parser")
    for notes in soup.select("aside"):
        notes.decompose()
    return soup.get_text(" ")


def test_numbers_of_a_program_that_nobody_asked_for_are_for_the_speaker():
    slides = slides_of(f"<p>A map for each kernel.</p>{PLAIN}<p>Two maps.</p>")
    assert [(slide.kind, slide.lead) for slide in slides] == [("words", "A map for each kernel.")]
    assert "(2, 5)" not in seen(slides[0]) and "(2, 5)" in slides[0].html() and "maps.shape" in slides[0].html()


def test_a_section_about_code_alone_leaves_no_slide():
    slides = slides_of(f"{FIGURE}<section><h3>More</h3><p>In <code>numpy</code> it is short.</p>{PLAIN}</section>")
    assert [slide.kind for slide in slides] == ["figure"]
    assert "it is short" in slides[0].html(), "the speaker keeps it"


def test_a_question_about_numbers_is_answered_by_the_next_sentence():
    slides = slides_of(f"<p>Two kernels. <strong>Guess:</strong> how many maps?</p>{PLAIN}<p>Two: one for each.</p>")
    assert [slide.kind for slide in slides] == ["question"]
    assert 'fragment">Two: one for each.</p>' in slides[0].html() and "maps.shape" not in seen(slides[0])


def test_the_answer_to_a_question_before_a_figure_is_the_figure():
    slides = slides_of(f"<p><strong>Guess:</strong> where?</p>{PLAIN}{FIGURE}<p>At the edge.</p>")
    assert [slide.kind for slide in slides] == ["question", "figure"] and "At the edge" not in seen(slides[0])


def test_numbers_answer_a_question_that_no_sentence_answers():
    asked = "<p><strong>Predict</strong> the size.</p>"
    (slide,) = slides_of(f"{asked}{PLAIN}<p>In words: <math></math> counts.</p>")
    assert 'fragment">2; 5</p>' in slide.html()
    assert 'fragment">2; 5</p>' in slides_of(f"{asked}{PLAIN}{FIGURE}")[0].html()
    assert 'fragment">Two.</p>' in slides_of(f"{asked}{PLAIN}<p>Two.</p>")[0].html()


def test_a_formula_stands_with_the_sentences_that_name_its_letters():
    formula = '<div class="math"><math><mi>y</mi></math></div>'
    before, after = "<p>First. With <math><mi>k</mi></math> rows:</p>", "<p><math><mi>y</mi></math> is odd. More.</p>"
    slide = slides_of(f"{before}{formula}{after}")[0]
    assert (slide.kind, slide.lead) == ("formula", "With <math><mi>k</mi></math> rows:")
    assert " ".join(seen(slide).split()) == "Steps With k rows: y y is odd."


def test_of_a_long_caption_the_first_sentences_are_shown_and_all_is_said():
    def captions(text):
        (slide,) = slides_of(FIGURE.replace("Look.", text))
        return seen(slide), slide.html().split("<aside")[-1]

    shown, said = captions(f"Look. {'A sign. ' * 60}Last.")
    assert "Look. A sign." in shown and "Last." not in shown and "Last." in said and len(shown) < 200
    assert "Last." in captions(f"Look. {'A sign. ' * 20}Last.")[0]


def test_each_question_of_a_quiz_has_a_slide_and_its_answer_is_for_the_speaker():
    state = {"state": {"questions": [{"text": "One </b>?"}, {"text": "Two?"}], "answers": ""}, "texts": 1}
    stored = json.dumps(state).replace("</", "<\\/")
    quiz = (
        '<div class="cell"><div class="cell_output"><figure class="marubatsu-widget" data-module="quiz" id="quiz">'
        '<div class="marubatsu-quiz"><ol><li>One?</li><li>Two?</li></ol>'
        "<details><ol><li><strong>7</strong></li><li><strong>8</strong></li></ol></details></div>"
        f'<script type="application/json">{stored}</script></figure></div></div>'
    )
    slides = slides_of(quiz)
    assert [slide.heading for slide in slides] == ["Steps (1 of 2)", "Steps (2 of 2)"]
    soups = [BeautifulSoup(slide.html(), "html.parser") for slide in slides]
    assert [soup.figure["id"] for soup in soups] == ["quiz", "quiz-2"]
    assert [soup.ol.get_text() for soup in soups] == ["One?", "Two?"]
    assert [soup.aside.get_text() for soup in soups] == ["7", "8"]
    stored = [json.loads(soup.script.string) for soup in soups]
    assert [each["state"]["questions"] for each in stored] == [[each] for each in state["state"]["questions"]]
    assert stored[1]["texts"] == 1 and "</b>" not in soups[0].script.string


def test_an_exercise_of_code_is_done_at_the_page():
    def exercise(text, solution):
        return (
            f'<div class="exercise admonition"><p class="admonition-title">Exercise</p><p>{text}</p></div>'
            f'<div class="solution admonition">{solution}</div>'
        )

    shown = exercise("How many by pencil?", "<p>Six.</p>") + exercise("Use <code>conv2d</code>.", "<p>So.</p>")
    shown += exercise("Make it larger.", '<div class="highlight"><pre>x</pre></div>')
    assert [seen(each).split("Exercise")[1].strip() for each in slides_of(shown) if each.kind == "exercise"] == [
        "How many by pencil?"
    ]


def test_a_page_that_begins_with_an_exercise_of_code_is_cut_too():
    assert slides_of('<div class="exercise"><p class="admonition-title">E</p><code>x</code></div>') == []


def test_a_section_without_pictures_still_has_a_slide():
    slides = slides_of("<p>First. Second.</p>")
    assert [(slide.kind, slide.lead) for slide in slides] == [("words", "First.")]
    assert "Second." in slides[0].html()


def test_what_was_seen_is_told_without_names_of_code():
    points = "<ol><li>The map was 6.</li><li><code>conv2d</code> gave it.</li></ol>"
    (slide,) = slides_of(f'<div class="seen admonition"><p class="admonition-title">What was seen</p>{points}</div>')
    assert "The map was 6." in seen(slide) and "conv2d" not in seen(slide) and "conv2d" in slide.html()


def test_a_list_about_cells_is_for_the_speaker():
    assert [slide.kind for slide in slides_of(f"{FIGURE}<ul><li>The results stand below.</li></ul>")] == ["figure"]
