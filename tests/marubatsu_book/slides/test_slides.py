"""The decks: what is to be seen stands on the slides, what is said in the notes, and every file is the site's own."""

import re

import pytest
from bs4 import BeautifulSoup
from PIL import Image

from marubatsu_book.site.offline import loads_of_page
from marubatsu_book.slides.slides import moved, write

TOC = """
format: jb-book
root: book/index
parts:
  - caption: Layers
    chapters:
      - file: book/layers/kernels
      - file: book/plain
"""
BODY = """<section id="kernels"><span id="sec-kernels"></span><h1>Kernels
<a class="headerlink" href="#kernels">#</a></h1>
<p>A case of a <a href="../glossary.html#term-kernel">kernel</a>.</p>
<div class="claims admonition"><p class="admonition-title">What this chapter makes true</p>
<ol><li><p>One claim.</p></li></ol>
<p><em>15 minutes.</em></p></div>
<section id="sums"><h2>Sums</h2><p>Prose to be spoken.</p>
<p><span class="question">Two ones. <strong>Guess first:</strong> which sum?</span></p>
<div class="cell"><div class="cell_input"><div class="highlight"><pre><span></span>1 + 1
</pre></div></div><div class="cell_output"><div class="output text_plain"><pre>2</pre></div></div></div>
<p><span class="answer">It is two.</span> <code>sum</code> says so too.</p><p>Said after it.</p>
<div class="cell tag_hide-input"><div class="cell_output"><figure id="fig-a"><img alt="A" src="../../_images/a.png"
width="600" height="100"/><figcaption><p>Look at A.</p></figcaption></figure></div></div>
<div class="math notranslate"><math display="block"><mi>x</mi></math></div>
<div class="cell"><div class="cell_output"><div class="output text_html"><figure class="marubatsu-widget" id="tuner"
data-module="tuner"><script type="application/json">{"src":"../../_static/marubatsu/a.js"}</script></figure>
</div></div></div>
</section>
<section id="exercises"><h2>Exercises</h2>
<div class="exercise admonition"><p class="admonition-title">Exercise 1</p>
<section id="exercise-content"><p>How many?</p></section></div>
<details><summary>Hint</summary><p>Count.</p></details>
<div class="solution dropdown admonition"><p>Forty-two.</p></div>
<div class="limits admonition"><p class="admonition-title">Limits</p><p>A limit, see <a href="#fig-a">A</a>.</p></div>
<p class="slide"><strong>One step further.</strong> A book.</p></section></section>"""
PLAN = """<section><h2>Kernels</h2><p><a href="../../slides/kernels.html">slides</a></p>
<table><thead><tr><th>minutes</th><th>what happens</th></tr></thead>
<tbody><tr><td>0–5</td><td><span class="question"><strong>Soft or sharp?</strong></span> Hands.</td></tr>
<tr><td>5–10</td><td><strong>Other.</strong></td></tr></tbody></table></section>"""
PAGE = """<!DOCTYPE html><html lang="en"><head><title>x — A small book</title>
<link rel="stylesheet" href="../../_static/book-all.css?v=1"/><script src="../../_static/doctools.js"></script>
<script defer src="../../_static/marubatsu/host.js?v=1"></script></head>
<body><article class="bd-article">{}</article></body></html>"""


@pytest.fixture
def site(tmp_path):
    """A built site: a cover, a chapter with everything, and a page without claims."""
    (tmp_path / "html/book/layers").mkdir(parents=True)
    pages = {"book/index": "<section><h1>Cover</h1></section>", "book/plain": "<section><h1>Plain</h1></section>"}
    for name, body in (pages | {"book/layers/kernels": BODY}).items():
        (tmp_path / "html" / f"{name}.html").write_text(PAGE.format(body), encoding="utf-8")
    (tmp_path / "_toc.yml").write_text(TOC, encoding="utf-8")
    return tmp_path / "html"


@pytest.fixture
def deck(site):
    """The chapter's deck."""
    write(site, site.parent / "_toc.yml")
    return BeautifulSoup((site / "slides/kernels.html").read_text(encoding="utf-8"), "html.parser")


def kinds(deck):
    """The kind of each slide."""
    return [
        re.search(r"deck-(?!slide)(\w+)", " ".join(slide["class"]))[1] for slide in deck.select(".slides > section")
    ]


def test_a_chapter_becomes_a_deck_in_the_order_of_the_page(site, deck):
    found = ["cover", "case", "claims", "question", "figure", "formula", "widget", "exercise", "limits", "further"]
    assert kinds(deck) == found
    assert not deck.select("section section"), "nested, reveal.js would lay slides below slides"
    assert sorted(path.name for path in (site / "slides").iterdir()) == ["index.html", "kernels.html"]
    assert "Kernels" in (site / "slides/index.html").read_text(encoding="utf-8")


def test_the_deck_of_a_page_that_is_gone_goes_too(site):
    (site / "slides").mkdir()
    (site / "slides/old.html").write_text("old", encoding="utf-8")
    write(site, site.parent / "_toc.yml")
    assert not (site / "slides/old.html").exists()


def test_a_deck_is_cut_again_only_when_its_page_has_changed(site):
    deck, page = site / "slides/kernels.html", site / "book/layers/kernels.html"
    write(site, site.parent / "_toc.yml")
    first = deck.read_text(encoding="utf-8")
    deck.write_text(f"{first}<!-- kept -->", encoding="utf-8")
    write(site, site.parent / "_toc.yml")
    assert deck.read_text(encoding="utf-8") == f"{first}<!-- kept -->"
    assert "Kernels" in (site / "slides/index.html").read_text(encoding="utf-8")
    page.write_text(page.read_text(encoding="utf-8").replace("Kernels", "Weights"), encoding="utf-8")
    write(site, site.parent / "_toc.yml")
    assert "Weights" in deck.read_text(encoding="utf-8") and "kept" not in deck.read_text(encoding="utf-8")


def test_prose_code_hints_and_solutions_are_for_the_speaker_alone(deck):
    notes = " ".join(each.get_text(" ") for each in deck.select("aside.notes"))
    for each in deck.select("aside.notes"):
        each.decompose()
    shown = deck.select_one(".slides").get_text(" ")
    for said in ("Prose to be spoken.", "1 + 1", "Said after it.", "Count.", "Forty-two.", "15 minutes."):
        assert said in notes and said not in shown
    for seen in (
        "A case of a",
        "One claim.",
        "Two ones.",
        "which sum?",
        "It is two.",
        "Look at A.",
        "How many?",
        "A limit",
    ):
        assert seen in shown


def test_the_answer_to_a_question_is_in_words_and_waits_for_a_key(deck):
    asked = deck.select_one(".deck-question")
    assert "which sum?" in asked.select_one(".deck-lead").get_text()
    assert asked.select_one(".fragment").get_text() == "It is two."
    assert not deck.select(".deck-figure .fragment"), "nothing was asked before the figure"


def test_the_question_of_the_lesson_plan_is_asked_before_anything_is_told(site):
    plans = site / "book/teaching/plans-layers.html"
    plans.parent.mkdir()
    plans.write_text(PLAN, encoding="utf-8")
    write(site, site.parent / "_toc.yml")
    deck = BeautifulSoup((site / "slides/kernels.html").read_text(encoding="utf-8"), "html.parser")
    assert kinds(deck)[:3] == ["cover", "opening", "case"]
    opening = deck.select_one(".deck-opening")
    assert opening.select_one(".deck-lead").get_text() == "Soft or sharp?" and not opening.select("img")
    assert opening.select_one("aside.notes").get_text() == "Hands.", "what the lecturer does is not projected"
    plans.write_text(PLAN.replace("sharp", "crisp"), encoding="utf-8")
    write(site, site.parent / "_toc.yml")
    assert "Soft or crisp?" in (site / "slides/kernels.html").read_text(encoding="utf-8")


def test_a_question_that_is_marked_with_a_picture_is_asked_beside_it(site):
    page, plans = site / "book/layers/kernels.html", site / "book/teaching/plans-layers.html"
    text = page.read_text(encoding="utf-8")
    figure = '<figure id="fig-b"><img alt="B" src="../../_images/b.png"/><figcaption><p>Four.</p></figcaption></figure>'
    page.write_text(text.replace('<div class="claims', f'{figure}<div class="claims', 1), encoding="utf-8")
    plans.parent.mkdir()
    plans.write_text(PLAN.replace('"question"', '"question picture"'), encoding="utf-8")
    write(site, site.parent / "_toc.yml")
    deck = BeautifulSoup((site / "slides/kernels.html").read_text(encoding="utf-8"), "html.parser")
    opening = deck.select_one(".deck-opening")
    assert opening.select_one("img")["src"] == "../_images/b.png" and "Four." not in opening.get_text()
    assert deck.select_one("#fig-b figcaption").get_text() == "Four.", "it stands again with its words"


def test_a_tall_picture_of_rows_is_laid_out_in_width(site):
    drawing = Image.new("RGBA", (100, 200))
    for top in (10, 120):
        drawing.paste((0, 0, 0, 255), (20, top, 80, top + 60))
    (site / "_images").mkdir()
    drawing.save(site / "_images/a.png")
    page = site / "book/layers/kernels.html"
    page.write_text(page.read_text("utf-8").replace('width="600" height="100"', 'width="100" height="200"'), "utf-8")
    write(site, site.parent / "_toc.yml")
    deck = BeautifulSoup((site / "slides/kernels.html").read_text(encoding="utf-8"), "html.parser")
    image = deck.select_one(".deck-figure img")
    assert (image["src"], image["width"], image["height"]) == ("../_images/a-rows.png", "125", "60")
    assert Image.open(site / "_images/a-rows.png").size == (125, 60)
    assert 'src="../../_images/a.png"' in page.read_text("utf-8"), "the page keeps its own"


def test_addresses_lead_from_the_folder_of_the_decks(deck, site):
    assert deck.select_one(".deck-figure img")["src"] == "../_images/a.png"
    assert deck.select_one(".deck-case a")["href"] == "../book/glossary.html#term-kernel"
    assert deck.select_one(".deck-limits a")["href"] == "#fig-a", "a place on the deck itself"
    assert '"../_static/marubatsu/a.js"' in deck.select_one("script[type='application/json']").string
    loaded = {each.get("src") or each.get("href") for each in deck.select("head script[src], head link")}
    assert "../_static/marubatsu/host.js?v=1" in loaded and not any("doctools" in each for each in loaded)
    own = [each for each in loaded if "_static/slides/" in each]
    assert own
    for each in own:
        assert (site / "slides" / each).resolve().is_file(), each
    assert loads_of_page(str(deck)) == []


def test_a_deck_forbids_connections_as_the_pages_do(deck):
    policy = deck.select_one('meta[http-equiv="Content-Security-Policy"]')["content"]
    assert "default-src 'none'" in policy and "connect-src 'none'" in policy


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://doi.org/1", "https://doi.org/1"),
        ("#fig-a", "#fig-a"),
        ("#fig-b", "../book/layers/kernels.html#fig-b"),
        ("training.html#x", "../book/layers/training.html#x"),
        ("../../marubatsu-book.zip", "../marubatsu-book.zip"),
    ],
)
def test_an_address_is_moved(address, expected):
    assert moved(address, "book/layers/kernels", {"fig-a"}) == expected


def test_two_pages_of_one_name_are_refused_with_a_sentence(site):
    (site / "book/tasks").mkdir()
    (site / "book/tasks/kernels.html").write_text(PAGE.format(BODY), encoding="utf-8")
    (site.parent / "_toc.yml").write_text(TOC + "      - file: book/tasks/kernels\n", encoding="utf-8")
    with pytest.raises(ValueError, match="two pages are called kernels; a deck needs a name of its own"):
        write(site, site.parent / "_toc.yml")
