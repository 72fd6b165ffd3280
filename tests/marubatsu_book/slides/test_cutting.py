"""What of a page makes a slide, and what is for the speaker."""

import json

from bs4 import BeautifulSoup

from marubatsu_book.slides.cutting import cut

CODE = '<div class="cell_input"><div class="highlight"><pre>maps.shape</pre></div></div>'
OUTPUT = '<div class="cell_output"><div class="output text_plain"><pre>(2, 5)</pre></div></div>'
PLAIN = f'<div class="cell">{CODE}{OUTPUT}</div>'
ANSWER = PLAIN.replace('"cell"', '"cell tag_answer"')
FIGURE = '<figure><img alt="" src="a.png" width="6" height="1"/><figcaption><p>Look.</p></figcaption></figure>'
ASKED = '<p>Two kernels. <span class="question"><strong>Guess:</strong> how many maps?</span></p>'
ANSWERED = '<p><span class="answer">Two: one for each.</span> More.</p>'
WORDS = '<p><span class="slide">A map for each kernel.</span> So it is.</p>'


def slides_of(inner):
    """The slides of a section about steps."""
    return cut(BeautifulSoup(f"<section><h2>Steps</h2>{inner}</section>", "html.parser").section)


def seen(slide):
    """What the class reads of a slide."""
    soup = BeautifulSoup(slide.html(), "html.parser")
    for notes in soup.select("aside"):
        notes.decompose()
    return soup.get_text(" ")


def later(slide):
    """What of a slide waits for a key."""
    return [each.get_text(" ") for each in BeautifulSoup(slide.html(), "html.parser").select(".fragment")]


def test_marked_words_stand_over_what_comes_next():
    (slide,) = slides_of(f"{WORDS}{FIGURE}")
    assert slide.kind == "figure" and "A map for each kernel." in slide.lead and later(slide) == []
    assert "So it is." not in seen(slide) and "So it is." in slide.html()


def test_marked_words_that_nothing_follows_are_a_slide_of_their_own():
    (slide,) = slides_of(f"{WORDS}{PLAIN}")
    assert slide.kind == "words" and seen(slide).split() == ["Steps", "A", "map", "for", "each", "kernel."]
    assert "maps.shape" in slide.html() and "(2, 5)" in slide.html(), "the speaker keeps them"


def test_prose_without_marks_makes_no_slide_but_is_said():
    slides = slides_of(f"{FIGURE}<section><h3>More</h3><p>It is short. Is it?</p>{PLAIN}</section>")
    assert [slide.kind for slide in slides] == ["figure"]
    assert "It is short. Is it?" in slides[0].html() and "It is short" not in seen(slides[0])


def test_a_question_about_numbers_has_a_slide_and_its_answer_waits_for_a_key():
    (slide,) = slides_of(f"{ASKED}{PLAIN}{ANSWERED}")
    assert slide.kind == "question" and "how many maps?" in slide.lead
    assert later(slide) == ["Two: one for each."]
    assert "maps.shape" not in seen(slide) and "(2, 5)" not in seen(slide)


def test_a_question_needs_no_program_to_be_answered():
    (slide,) = slides_of(f"{ASKED}<p>Think.</p>{ANSWERED}")
    assert slide.kind == "question" and later(slide) == ["Two: one for each."] and "Think." not in seen(slide)


def test_a_figure_that_answers_waits_for_a_key():
    (slide,) = slides_of(f"{ASKED}{FIGURE}")
    assert slide.kind == "figure" and "how many maps?" in slide.lead
    assert later(slide)[0].strip() == "Look."


def test_the_answer_to_a_question_about_numbers_can_be_the_next_figure():
    slides = slides_of(f"{ASKED}{PLAIN}{FIGURE}<p>At the edge.</p>")
    assert [slide.kind for slide in slides] == ["question", "figure"] and later(slides[0]) == later(slides[1]) == []


def test_each_answer_of_a_paragraph_comes_with_a_key_of_its_own():
    two = '<p><span class="answer">One.</span> Said. <span class="answer">Two.</span></p>'
    assert later(slides_of(f"{ASKED}{PLAIN}{two}")[0]) == ["One.", "Two."]


def test_what_a_cell_prints_is_an_answer_if_it_is_tagged():
    (slide,) = slides_of(f"{ASKED}{ANSWER}")
    assert slide.kind == "question" and later(slide) == ["(2, 5)"] and "maps.shape" not in seen(slide)


def test_a_paragraph_answers_one_question_and_asks_the_next():
    both = ANSWERED.replace("</p>", '<span class="question">And three?</span></p>')
    slides = slides_of(f"{ASKED}{PLAIN}{both}{FIGURE}")
    assert [(slide.kind, later(slide)[0].strip()) for slide in slides] == [
        ("question", "Two: one for each."),
        ("figure", "Look."),
    ]
    assert "And three?" in slides[1].lead


def test_words_marked_below_stand_under_the_formula():
    formula = '<div class="math"><math><mi>y</mi></math></div>'
    below = '<p><span class="below"><math><mi>y</mi></math> is odd.</span> More.</p>'
    slide = slides_of(f"{WORDS}{formula}{below}")[0]
    assert slide.kind == "formula" and " ".join(seen(slide).split()) == "Steps A map for each kernel. y y is odd."


def test_words_of_a_caption_that_are_marked_for_the_speaker_are_said():
    (slide,) = slides_of(FIGURE.replace("Look.", 'Look. <span class="speaker">All signs are made up.</span>'))
    assert "Look." in seen(slide) and "signs" not in seen(slide) and "All signs are made up." in slide.html()


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


def test_an_exercise_that_is_marked_for_the_speaker_is_done_at_the_page():
    def exercise(text, mark=""):
        return f'<div class="exercise admonition {mark}"><p class="admonition-title">Exercise</p><p>{text}</p></div>'

    by_hand, made = exercise("How many by pencil?"), exercise("Use <code>conv2d</code>.", "speaker")
    (slide,) = slides_of(f"{by_hand}{made}")
    assert seen(slide).split("Exercise")[1].strip() == "How many by pencil?" and "conv2d" in slide.html()
    assert slides_of(made) == [], "there is no slide at which to tell it"


def test_a_point_that_is_marked_for_the_speaker_leaves_no_empty_point():
    points = '<ol><li><p>The map was 6.</p></li><li><p><span class="speaker">It was fast.</span></p></li></ol>'
    (slide,) = slides_of(f'<div class="seen admonition"><p class="admonition-title">Seen</p>{points}</div>')
    assert "The map was 6." in seen(slide) and "fast" not in seen(slide) and "It was fast." in slide.html()
    assert slide.content[0].count("<li>") == 1


def test_a_list_or_a_box_stands_on_a_slide_only_if_it_is_marked():
    listed, box = '<ul class="{}"><li>One.</li></ul>', '<div class="admonition tip {}"><p>One.</p></div>'
    for block, kind in ((listed, "list"), (box, "box")):
        slides = slides_of(FIGURE + block.format("") + block.format("slide"))
        assert [slide.kind for slide in slides] == ["figure", kind]


def test_a_marked_paragraph_is_a_slide_with_its_bold_words_for_a_heading():
    slides = slides_of(f'{WORDS}<p class="slide"><strong>One step further.</strong> A book.</p>')
    assert [(slide.kind, slide.heading) for slide in slides] == [("words", "Steps"), ("further", "One step further")]
    assert seen(slides[1]).split() == ["One", "step", "further", "A", "book."]
