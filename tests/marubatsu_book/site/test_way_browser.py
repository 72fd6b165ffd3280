"""The ways through the book: the head of a page, the list of pages, next and previous; and the letters it is set in."""

import pytest
from playwright.sync_api import expect


@pytest.fixture
def opened(browser, site):
    """Opens a page of the book at a width."""
    contexts = []

    def open_page(name, width=1280, height=800, **more):
        contexts.append(browser.new_context(viewport={"width": width, "height": height}, offline=True, **more))
        page = contexts[-1].new_page()
        page.goto(f"{site.as_uri()}/book/{name}.html")
        return page

    yield open_page
    for context in contexts:
        context.close()


def test_name_search_parts_programs_and_light_stay_in_view(opened):
    page = opened("layers/convolution")
    page.evaluate("scrollTo(0, 3000)")
    head = page.locator("header.mb-header")
    assert head.bounding_box()["y"] == 0
    for name in ("Search", "Programs", "Light or dark"):
        assert head.get_by_role("button", name=name).is_visible()
    assert head.get_by_role("link", name="marubatsu").is_visible()


def test_the_menu_of_parts_opens_marks_the_readers_own_and_closes_with_escape(opened):
    page = opened("layers/convolution")
    menu = page.locator("details.mb-parts")
    menu.locator("summary").focus()
    page.keyboard.press("Enter")
    assert menu.locator("a[aria-current]").inner_text() == "From ○ and × to a network"
    page.keyboard.press("Escape")
    expect(menu.locator("ul")).to_be_hidden()
    menu.locator("summary").click()
    menu.get_by_role("link", name="Reading AlexNet").click()
    page.wait_for_url("**/architectures/alexnet.html")


@pytest.mark.parametrize("name", ["machines/what-is-learning", "layers/training", "reference/course"])
def test_the_list_of_pages_shows_the_current_page_wherever_the_reader_comes_from(opened, site, name):
    page = opened("reference/widgets", height=700)
    page.goto(f"{site.as_uri()}/book/{name}.html")
    page.wait_for_timeout(200)
    here = page.locator("#pst-primary-sidebar a.current").bounding_box()
    frame = page.locator("#pst-primary-sidebar").bounding_box()
    assert frame["y"] <= here["y"]
    assert here["y"] + here["height"] <= min(700, frame["y"] + frame["height"])


@pytest.mark.parametrize("name", ["layers/max-pooling", "tasks/regression", "architectures/deeper"])
def test_next_and_previous_are_whole_on_a_narrow_phone(opened, name):
    page = opened(name, width=320)
    for each in page.locator(".prev-next-area a").all():
        sizes = each.evaluate("a => [a.scrollWidth - a.clientWidth, a.getBoundingClientRect().right]")
        assert sizes[0] <= 0
        assert sizes[1] <= 320


def test_a_phone_reaches_every_button_of_the_head(opened):
    page = opened("layers/convolution", width=360, has_touch=True, is_mobile=True)
    for each in page.locator(".mb-header :is(button, summary, a):visible").all():
        box = each.bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 360
        assert box["height"] >= 44
    page.get_by_role("button", name="All pages").tap()
    expect(page.get_by_role("link", name="Max pooling", exact=True)).to_be_visible()


def test_text_headings_and_signs_are_set_in_the_books_own_letters(opened):
    page = opened("layers/convolution")
    page.evaluate("document.fonts.ready")
    loaded = page.evaluate(
        "[...document.fonts].filter(f => f.status === 'loaded').map(f => f.family.replaceAll('\"', ''))"
    )
    assert {"Book Sans", "Book Serif", "Book Symbols"} <= set(loaded)
    style = "each => getComputedStyle(each).fontFamily.split(',')[0]"
    assert page.locator("article > section > p").first.evaluate(style) == '"Book Serif"'
    assert page.locator("article h1").evaluate(style) == '"Book Sans"'


@pytest.mark.parametrize("chosen", [16, 24])
def test_the_size_of_letters_follows_the_readers_choice(opened, chosen):
    page = opened("layers/convolution")
    page.add_style_tag(
        content=f"html {{ font-size: {chosen}px !important; }}"
    )  # what a browser's setting does to a rem
    size = "each => parseFloat(getComputedStyle(each).fontSize)"
    for place, expected in (("article > section > p", 18), ("article h1", 40), ("article h2", 26), ("figcaption", 15)):
        assert page.locator(place).first.evaluate(size) == pytest.approx(expected * chosen / 16)


def test_a_page_says_what_it_is_once(opened):
    page = opened("layers/convolution")
    assert page.locator("meta[name='viewport']").count() == 1
    assert page.locator("html").get_attribute("lang") == "en"
    assert "reconstruction kernels" in page.locator("meta[name='description']").get_attribute("content")
    icon = page.locator("link[rel='apple-touch-icon']").get_attribute("href")
    assert (
        page.evaluate(
            "address => new Promise(done => { const i = new Image(); i.onload = () => done(i.width);"
            " i.src = address; })",
            icon,
        )
        == 180
    )
