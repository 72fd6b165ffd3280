"""Programs in the built page: hidden until asked for, by one switch, at one place, by link and on paper."""

import pytest
from playwright.sync_api import expect

PAGE = "book/layers/convolution.html"


@pytest.fixture
def page(browser, site):
    """A page of the book as a reader opens it for the first time."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, offline=True)
    page = context.new_page()
    page.goto(f"{site.as_uri()}/{PAGE}")
    yield page
    context.close()


def open_folds(page):
    return page.locator("details.program[open]").count()


def test_one_switch_shows_all_programs_and_the_book_remembers_it(page, site):
    all_folds = page.locator("details.program").count()
    switch = page.get_by_role("button", name="Programs")
    assert (open_folds(page), switch.get_attribute("aria-pressed")) == (0, "false")
    assert page.locator("details.program pre").first.is_hidden()
    switch.click()
    assert (open_folds(page), switch.get_attribute("aria-pressed")) == (all_folds, "true")
    expect(switch).to_contain_text("shown")
    page.goto(f"{site.as_uri()}/book/layers/max-pooling.html")
    assert page.locator("details.program").count() > 0
    expect(page.locator("details.program:not([open])")).to_have_count(0)
    page.get_by_role("button", name="Programs").click()
    page.reload()
    expect(page.locator("details.program[open]")).to_have_count(0)


def test_a_link_can_ask_for_the_programs(page, site):
    page.goto(f"{site.as_uri()}/{PAGE}?programs=shown")
    assert open_folds(page) == page.locator("details.program").count()
    page.goto(f"{site.as_uri()}/{PAGE}?programs=hidden")
    assert open_folds(page) == 0


def test_a_word_that_no_link_should_hold_leaves_what_the_reader_chose(page, site):
    page.goto(f"{site.as_uri()}/{PAGE}?programs=shown")
    page.goto(f"{site.as_uri()}/{PAGE}?programs=__proto__")
    assert open_folds(page) == page.locator("details.program").count() > 0


def test_one_program_opens_in_its_place_by_keyboard(page):
    summary = page.locator("details.program > summary").first
    expect(summary).to_have_text("‹› code")
    summary.focus()
    page.keyboard.press("Enter")
    assert open_folds(page) == 1
    page.keyboard.press("Enter")
    assert open_folds(page) == 0


def test_without_javascript_there_is_no_switch_and_every_fold_opens(browser, site):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site.as_uri()}/{PAGE}")
    assert page.locator(".mb-programs").is_hidden()
    for kind in ("program", "hint", "solution"):
        fold = page.locator(f"details.{kind}").first
        fold.locator("summary").click()
        assert fold.evaluate("each => each.open && each.lastElementChild.offsetHeight > 0")
    context.close()


@pytest.mark.parametrize("width", [360, 1280])
def test_a_long_line_wraps_below_its_own_beginning(browser, site, width):
    context = browser.new_context(viewport={"width": width, "height": 800})
    page = context.new_page()
    page.goto(f"{site.as_uri()}/{PAGE}?programs=shown")
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })")
    page.wait_for_timeout(100)
    cut = "each => each.filter(code => code.scrollWidth > code.clientWidth).map(code => code.textContent.slice(0, 60))"
    assert page.locator("article pre").evaluate_all(cut) == []
    starts = page.locator("article .code-line").evaluate_all(
        """lines => lines.filter(each => each.textContent.trim()).map(each => {
             const words = document.createRange();
             words.selectNodeContents(each);
             const rows = [...words.getClientRects()].filter(row => row.width > 1);
             const below = rows.filter(row => row.top > rows[0].bottom - 2);
             return below.length ? Math.min(...below.map(row => row.left)) - each.getBoundingClientRect().left : null;
           }).filter(each => each !== null)"""
    )
    assert all(start > 20 for start in starts)
    assert width > 400 or len(starts) > 5, "on a phone lines do wrap"
    context.close()


def test_paper_shows_programs_as_the_reader_left_them(page):
    page.emulate_media(media="print")
    assert page.locator("details.program > summary").first.is_hidden()
    assert page.locator("details.program pre").first.is_hidden()
    page.emulate_media(media="screen")
    page.get_by_role("button", name="Programs").click()
    page.locator("details.hint > summary").first.click()
    page.emulate_media(media="print")
    assert page.locator("details.program pre").first.is_visible()
    assert page.locator("details.hint > .fold-inside").first.is_visible()
    assert page.locator("details.solution > .fold-inside").first.is_hidden()
    assert page.locator("article h1").is_visible()
    assert page.locator("h1:visible").count() == 1


def test_paper_is_white_in_the_dark_too(browser, site):
    context = browser.new_context(color_scheme="dark")
    page = context.new_page()
    page.goto(f"{site.as_uri()}/{PAGE}")
    colours = "each => [getComputedStyle(each).color, getComputedStyle(document.body).backgroundColor]"
    words = page.locator("article > section > p").first
    assert words.evaluate(colours) == ["rgb(232, 237, 243)", "rgb(15, 19, 23)"]
    page.emulate_media(media="print", color_scheme="dark")
    assert words.evaluate(colours) == ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]
    context.close()
