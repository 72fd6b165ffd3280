"""A deck as a lecturer opens it, and what turns its slides."""

import pytest
from reader import PAINTED, watch


@pytest.fixture
def talk(browser, site):
    """Opens a deck from disk without network on a projector of 1280 × 720; afterwards nothing may have gone wrong."""
    context = browser.new_context(viewport={"width": 1280, "height": 720}, offline=True)
    seen = []

    def open_deck(name, fragment=""):
        page = context.new_page()
        seen.append(watch(page, site.as_uri()))
        page.goto(f"{site.as_uri()}/slides/{name}.html{fragment}", wait_until="load")
        page.wait_for_function("window.Reveal && Reveal.isReady()")
        page.evaluate(PAINTED)
        return page

    yield open_deck
    context.close()
    assert [trouble for troubles in seen for trouble in troubles] == []


def decks(site):
    """The names of all decks."""
    return sorted(path.stem for path in (site / "slides").glob("*.html") if path.stem != "index")


def here(page):
    """The number of the slide that is shown, from 0."""
    return page.evaluate("Reveal.getIndices().h")


def show(page, kind):
    """Turn to the first slide of a kind."""
    page.evaluate("(kind) => Reveal.slide(Reveal.getSlides().findIndex((each) => each.matches(kind)))", kind)
    page.evaluate(PAINTED)
