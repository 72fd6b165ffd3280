"""A term explains itself where it stands: by pointer, by keyboard and by touch, as WCAG 1.4.13 asks."""

import pytest
from playwright.sync_api import expect

PAGE = "book/layers/convolution.html"


@pytest.fixture
def opened(browser, site):
    """Opens the page on a screen with a mouse or with touch."""
    contexts = []

    def open_page(**screen):
        contexts.append(browser.new_context(offline=True, **screen))
        page = contexts[-1].new_page()
        page.goto(f"{site.as_uri()}/{PAGE}")
        return page, page.locator("article a[href*='#term-kernel']").first, page.locator(".term-card")

    yield open_page
    for context in contexts:
        context.close()


def test_a_pointer_opens_the_card_can_move_onto_it_and_leaves_it(opened):
    page, term, card = opened(viewport={"width": 1280, "height": 900})
    expect(card).to_be_hidden()
    term.hover()
    expect(card).to_be_visible()
    expect(card).to_contain_text("kernel")
    card.hover()
    page.wait_for_timeout(400)
    expect(card).to_be_visible()
    page.mouse.move(5, 5)
    expect(card).to_be_hidden()


def test_focus_describes_the_term_and_escape_closes_the_card(opened):
    page, term, card = opened(viewport={"width": 1280, "height": 900})
    term.focus()
    expect(card).to_be_visible()
    assert term.get_attribute("aria-describedby") == card.locator("p").get_attribute("id")
    page.keyboard.press("Escape")
    expect(card).to_be_hidden()
    assert term.evaluate("each => each === document.activeElement")


def test_a_tap_opens_the_card_inside_the_screen_and_its_link_leads_on(opened):
    page, term, card = opened(viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True)
    term.tap()
    expect(card).to_be_visible()
    assert page.url.endswith(PAGE)
    box = card.bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 360
    card.get_by_role("link", name="Glossary").tap()
    page.wait_for_url("**/glossary.html#term-kernel")


def test_a_tap_elsewhere_closes_the_card(opened):
    page, term, card = opened(viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True)
    term.tap()
    expect(card).to_be_visible()
    page.locator("h1").tap()
    expect(card).to_be_hidden()
