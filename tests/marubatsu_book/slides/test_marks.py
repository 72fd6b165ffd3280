"""Marks in a page's source: they make its slides, leave no trace in what is read, and a wrong one is a warning."""

import re

import pytest
from bs4 import BeautifulSoup
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace, patch_docutils

from marubatsu_book.notebooks.markdown import Page
from marubatsu_book.slides.cutting import cut

CONF = """
extensions = ["myst_nb", "sphinx_exercise", "sphinx_design", "marubatsu_book.slides.marks"]
myst_enable_extensions = ["amsmath", "attrs_inline", "attrs_block", "colon_fence", "dollarmath"]
nb_execution_mode = "off"
root_doc = "right"
html_theme = "basic"
"""
CLAIMS = ":::{admonition} Claims\n:class: claims\n\n1. One.\n\n*Five minutes.*\n:::\n"
RIGHT = f"""---
file_format: mystnb
---

# Steps

A case. [The lecturer knows it.]{{.speaker}}

{CLAIMS}
## Sums

Said before. [Take *two* steps of $k$ rows.]{{.slide}} Said, too. [**Guess:** how many?]{{.question}} Then look.

[Three, with the start.]{{.answer}} More of it.

[With $k$ rows:]{{.slide}}

$$ y = k $$

[Here $k$ counts.]{{.below}} And so on.

## Words

[Words alone.]{{.slide}} They are explained.

## Lists

{{.slide}}
- One.
- [Two.]{{.speaker}}

A list that is said:

- Three.

## Exercises

:::{{exercise}} By pencil
:label: ex-one
:nonumber:

How many? [No code.]{{.speaker}}
:::

:::{{exercise}} By computer
:label: ex-two
:nonumber:
:class: speaker

Compute it.
:::

:::{{admonition}} Seen
:class: seen

1. A.
2. [B.]{{.speaker}}
:::

{{.slide}}
**One step further.** A book. [It is long.]{{.speaker}}
"""
JAPANESE = {
    "A case.": "症例です。",
    "Take *two* steps of": "*二*歩進む、",
    "rows.]": "行。]",
    "**Guess:** how many?": "**予想：**いくつ？",
    "Three, with the start.": "出発点を入れて三つ",
    "Words alone.": "言葉だけ、です。",
    "**One step further.**": "**もう一歩。**",
}
MORE = {"Said, too.": "Said, too, and twice. What? **Guess**, “A.B.”", "A list that is said:": "X. Y, below."}
HEAD = RIGHT.split("## Sums")[0] + "## Sums\n\n"
WRONG = {  # what is wrong, on which line below the heading, and what is said of it
    "unknown": ("[A sentence.]{.slid}", 0, "'slid' is no mark. Here the marks are slide, question, answer, below, sp"),
    "unknown-block": ("{.sldie}\n- A list.", 1, "'sldie' is no mark"),
    "unknown-tag": ("```{code-cell}\n:tags: [anwser]\n1 + 1\n```", 2, "'anwser' is no mark"),
    "answer": ("[An answer.]{.answer}", 0, "an answer without a question. Mark its question, in this section"),
    "answer-after-picture": (
        "[A question?]{.question}\n\n```{figure} a.png\nWords.\n```\n\n[An answer.]{.answer}",
        6,
        "an answer without a question",
    ),
    "answer-elsewhere": ("[A question?]{.question}\n\n## More\n\n[An answer.]{.answer}", 4, "an answer without"),
    "below": ("[Nothing above.]{.below}", 0, "no slide is above these words in this section. Mark them 'slide'"),
    "heading": ("### [Words]{.slide}", 0, "'slide' stands where no slide is made. Mark words of a paragraph"),
    "point": ("- [Words]{.slide}", 0, "'slide' stands where no slide is made"),
    "hint": (":::{dropdown} Hint\n[Words]{.question}\n:::", 1, "'question' stands where no slide is made"),
    "block": ("{.question}\nA paragraph.", 1, "'question' stands where no slide is made"),
    "speaker": ("Prose. [More.]{.speaker}", 0, "on no slide, so the mark 'speaker' does nothing. Remove it."),
}
CARD = "# Plans\n\nA [word]{.question}.\n\n| a | b |\n|---|---|\n| 0 | [**What?**]{.question .picture} [So]{.slide} |\n"


def unmarked(text):
    """A source without its marks."""
    return re.sub(
        r"^\{\.\w+\}\n|\]\{\.\w+\}|:class: speaker\n", "", re.sub(r"\[(?=[^\]]*\]\{\.)", "", text), flags=re.M
    )


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """The folder of the built pages, what was warned of, and the application."""
    folder = tmp_path_factory.mktemp("marks")
    pages = {"right": RIGHT, "unmarked": unmarked(RIGHT).replace("ex-", "ey-"), "more": RIGHT, "japanese": RIGHT}
    for found, instead in (
        ("Said, too.", "Said, too, and twice. What? Guess, “A.B.”"),
        ("A list that is said", "X. Y"),
    ):
        assert found in RIGHT
        pages["more"] = pages["more"].replace(found, instead).replace("ex-", "ez-")
    for found, instead in JAPANESE.items():
        assert found in RIGHT
        pages["japanese"] = pages["japanese"].replace(found, instead).replace("ex-", "ej-")
    pages |= {name: f"{HEAD}{body}\n" for name, (body, *_) in WRONG.items()}
    pages |= {"book/teaching/plans-a": CARD, "free": "# Free\n\n[Any]{.kind} [word]{.slide}.\n"}
    (folder / "conf.py").write_text(CONF)
    (folder / "a.png").write_bytes(b"")
    for name, text in pages.items():
        path = folder / f"{name}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"---\norphan: true\n---\n{text}" if not text.startswith("---") else text, encoding="utf-8")
    with (folder / "warned.txt").open("w") as stream, patch_docutils(), docutils_namespace():
        app = Sphinx(folder, folder, folder / "out", folder / "trees", "html", warning=stream, status=None)
        app.build()
    return folder, (folder / "warned.txt").read_text(), app


def page_of(built, name):
    """The outermost section of a built page, as slides are cut from it."""
    soup = BeautifulSoup((built[0] / f"out/{name}.html").read_text(encoding="utf-8"), "html.parser")
    for link in soup.select(".headerlink"):
        link.decompose()
    return soup.section


def deck(built, name="right"):
    """The slides of a page: kind, heading, what is seen, what waits for a key, what is said."""
    found = []
    for slide in cut(page_of(built, name)):
        soup = BeautifulSoup(slide.html(), "html.parser")
        notes = " ".join(aside.extract().get_text(" ") for aside in soup.select("aside"))
        heading = soup.h2.extract().get_text()
        waits = [each.get_text() for each in soup.select(".fragment")]
        found.append((slide.kind, heading, soup.get_text(" "), waits, notes))
    return found


def test_every_mark_makes_what_it_says(built):
    case, claims, question, formula, words, listed, exercise, seen, further = deck(built)
    assert case[0] == "case" and "A case." in case[2] and "lecturer" not in case[2] and "lecturer" in case[4]
    assert claims[0] == "claims" and "One." in claims[2] and "minutes" not in claims[2] and "minutes" in claims[4]
    assert question[:2] == ("question", "Sums") and question[3] == ["Three, with the start."]
    assert re.search(r"^Take +two +steps of .* rows\.\s+Guess: +how many\?", question[2])
    assert "Said before." not in question[2] and "Said before." in question[4]
    assert formula[0] == "formula" and formula[2].startswith("With") and formula[2].rstrip().endswith("counts.")
    assert words[:2] == ("words", "Words") and words[2].strip() == "Words alone." and "explained" in words[4]
    assert listed[0] == "list" and "One." in listed[2] and "Two." not in listed[2] and "Two." in listed[4]
    assert exercise[0] == "exercise" and "How many?" in exercise[2] and "No code." not in exercise[2]
    assert "No code." in exercise[4] and "Compute it." in exercise[4] and "Compute it." not in exercise[2]
    assert seen[0] == "seen" and "A." in seen[2] and "B." not in seen[2] and "B." in seen[4]
    assert further[:2] == ("further", "One step further") and "A book." in further[2] and "long" in further[4]


def test_a_comma_or_a_sentence_in_unmarked_text_changes_no_slide(built):
    first, second = deck(built), deck(built, "more")
    assert [slide[:4] for slide in first] == [slide[:4] for slide in second]
    assert [slide[4] for slide in first] != [slide[4] for slide in second], "the speaker reads it"


def test_the_same_marks_in_another_language_give_the_same_deck(built):
    first, second = deck(built), deck(built, "japanese")
    assert [(slide[0], len(slide[3])) for slide in first] == [(slide[0], len(slide[3])) for slide in second]
    assert second[-1][1] == "もう一歩" and second[2][3] == ["出発点を入れて三つ"]


def test_marks_are_neither_seen_on_the_page_nor_in_its_notebook(built):
    marked, without = page_of(built, "right"), page_of(built, "unmarked")
    assert marked.get_text() == without.get_text()
    env = built[2].env
    read = [
        Page(link=lambda address: "", number=lambda kind, name: "").pieces(env.get_doctree(name))
        for name in ("right", "unmarked")
    ]
    assert read[0] == read[1] and "{." not in str(read[0])


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_mark_is_a_warning_with_its_file_and_line(built, name):
    _, below, message = WRONG[name]
    line = HEAD.count("\n") + 1 + below
    lines = [each for each in built[1].splitlines() if f"/{name}.md:" in each and "slides:" in each]
    assert len(lines) == 1, lines
    assert re.search(rf"/{name}\.md:{line}: WARNING: slides: .*{re.escape(message)}", lines[0]), lines


def test_a_card_of_a_lesson_plan_has_marks_of_its_own(built):
    lines = [each for each in built[1].splitlines() if "plans-a.md" in each and "slides:" in each]
    assert len(lines) == 2
    assert "the mark 'question' belongs into the table of a card" in lines[0]
    assert "'slide' is no mark. Here the marks are question, picture." in lines[1]


def test_right_marks_and_pages_without_slides_are_not_warned_of(built):
    for name in ("right", "more", "japanese", "free"):
        assert not re.search(rf"/{name}\.md:.*slides:", built[1])
