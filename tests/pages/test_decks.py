"""The decks of the built book: every chapter has one, every mark is obeyed, and no deck depends on a language."""

import re
from copy import copy

import pytest
from bs4 import BeautifulSoup, NavigableString

from marubatsu_book.slides.cutting import cut

OVER = ".slide, .question, .answer, .below"
SHOWN = ("slide", "question", "answer", "below", "speaker")
FIXED = {"case", "claims", "quiz", "seen", "limits", "further"}  # of which each chapter has some
ROUTE = re.compile(r"\[[^\]]*\]\{\.|\{\.\w+\}|:class:")  # a mark as it stands in the source


@pytest.fixture(scope="module")
def chapters(site):
    """The article of every chapter, by the file of its deck."""
    found = {}
    for path in sorted(site.glob("book/*/*.html")):
        article = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser").select_one("article.bd-article")
        if "teaching" not in path.parts and article.select_one(".claims.admonition"):
            for link in article.select(".headerlink"):
                link.decompose()
            found[path.name] = article
    return found


def text(node):
    """What is read of a node, without spaces: a slide breaks its lines elsewhere."""
    return "".join(node.get_text().split())


def structure(article):
    """The kind of each slide, whether words stand over it, and how many keys it waits for."""
    slides = [(slide, BeautifulSoup(slide.html(), "html.parser")) for slide in cut(copy(article).find("section"))]
    return [(slide.kind, bool(slide.lead), len(soup.select(".fragment"))) for slide, soup in slides]


def test_every_chapter_has_a_deck_and_every_deck_is_of_a_chapter(site, chapters):
    decks = {path.name for path in (site / "slides").glob("*.html")} - {"index.html"}
    assert decks == set(chapters) and len(decks) >= 25
    for name, article in chapters.items():
        assert {kind for kind, _, _ in structure(article)} >= FIXED, name


def test_every_mark_of_every_page_is_obeyed(site, chapters):
    marked = dict.fromkeys(SHOWN, 0)
    for name, article in chapters.items():
        deck = BeautifulSoup((site / "slides" / name).read_text(encoding="utf-8"), "html.parser")
        notes = "".join(text(aside.extract()) for aside in deck.select("aside.notes"))
        seen = [text(slide) for slide in deck.select(".slides > section")]
        for words in article.select(f":is({OVER}, .speaker):not(.marubatsu-widget *)"):
            kind = next(each for each in SHOWN if each in words["class"])
            marked[kind] += 1
            told = text(words) if words.name != "p" else text(words).removeprefix(text(words.strong or words)[:-1])
            if kind == "speaker":
                assert told in notes and not any(told in slide for slide in seen), f"{name}: {told}"
            elif words.name in ("span", "p"):
                assert any(told[1:] in slide for slide in seen), f"{name}: {told}"
        waiting = [text(each) for each in deck.select(".fragment")]
        assert {text(words) for words in article.select(".answer")} <= set(waiting), name
    assert all(marked.values()), f"no page has some mark: {marked}"


def test_a_book_in_another_language_has_decks_of_the_same_structure(chapters):
    for name, article in chapters.items():
        other = copy(article)
        for words in [each for each in other.find_all(string=True) if type(each) is NavigableString and each.strip()]:
            if words.parent.name not in ("script", "style"):
                words.replace_with(f"⟦{words.strip().lower()}⟧")
        assert structure(other) == structure(article), name


def test_no_mark_is_read_on_a_page_or_in_its_notebook(site, chapters):
    for name, article in chapters.items():
        read = copy(article)
        for each in read.select("script, style, pre, code"):
            each.decompose()
        assert not ROUTE.search(read.get_text()), name
    notebooks = list(site.glob("_sources/book/*/*.ipynb"))
    assert len(notebooks) >= 25
    for path in notebooks:
        assert not re.search(r"\]\{\.|^\{\.", path.read_text(encoding="utf-8"), re.MULTILINE), path.name
