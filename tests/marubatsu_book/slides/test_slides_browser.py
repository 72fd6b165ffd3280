"""Decks as a lecturer shows them: opened from disk, offline, turned by keys, large enough for the last row."""

import json

import pytest
from axe_playwright_python.sync_playwright import Axe
from axe_rules import RULES
from decks import decks, here, show
from reader import PAINTED

SMALL = """() => {
  const found = [], words = document.createTreeWalker(Reveal.getCurrentSlide(), NodeFilter.SHOW_TEXT);
  while (words.nextNode()) {
    const parent = words.currentNode.parentElement, size = parseFloat(getComputedStyle(parent).fontSize);
    const shown = words.currentNode.textContent.trim() && parent.checkVisibility();
    if (shown && size < 28 && !parent.closest(".marubatsu-widget, aside, script, sub, sup, math"))
      found.push(`${size} px: ${words.currentNode.textContent.trim().slice(0, 60)}`);
  }
  return found;
}"""
SIDEWAYS = "() => Reveal.getCurrentSlide().scrollWidth - Reveal.getCurrentSlide().clientWidth"


def test_every_deck_is_stepped_through_by_one_key_with_type_for_the_last_row(site, talk):
    small = {}
    for name in decks(site):
        page = talk(name)
        total = page.evaluate("Reveal.getTotalSlides()")
        assert total >= 8, name
        for _ in range(4 * total):
            found = page.evaluate(SMALL)
            if found or page.evaluate(SIDEWAYS) > 1:
                small[f"{name}, slide {here(page) + 1}"] = found or "wider than the screen"
            if page.evaluate("Reveal.isLastSlide()") and not page.evaluate("Reveal.availableFragments().next"):
                break
            page.keyboard.press("ArrowRight")
        assert here(page) == total - 1, f"{name}: the arrow key did not reach the last slide"
        page.close()
    assert small == {}, json.dumps(small, indent=1, ensure_ascii=False)


def test_the_answer_to_a_question_comes_with_the_next_key(talk):
    page = talk("convolution")
    show(page, ":has(.fragment)")
    place, fragment = here(page), page.locator("section.present .fragment")
    assert not fragment.is_visible()
    page.keyboard.press("ArrowRight")
    fragment.wait_for(state="visible")
    assert here(page) == place


def test_a_widget_on_a_slide_answers_a_key_and_escape_gives_the_keys_back(talk):
    page = talk("training")
    show(page, ".deck-widget")
    page.wait_for_selector(".present #training-player[data-mounted]", timeout=15000)
    place, slider = here(page), page.locator("section.present").get_by_label("Epoch", exact=True)
    slider.focus()
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    assert slider.input_value() == "3" and here(page) == place, "the key moves the slider, not the slide"
    page.keyboard.press("Escape")
    page.keyboard.press("ArrowRight")
    assert here(page) == place + 1


def test_a_link_with_a_state_opens_its_slide_in_that_state(talk):
    page = talk("convolution", "#kernel-tuner?image=head&stride=2")
    page.wait_for_selector(".present #kernel-tuner[data-mounted]", timeout=15000)
    assert page.locator("section.present").get_by_label("Stride s", exact=True).input_value() == "2"


def test_a_point_on_an_enlarged_picture_is_the_pixel_under_the_mouse(talk):
    page = talk("convolution")
    show(page, ".deck-widget")
    page.wait_for_selector(".present #kernel-tuner[data-mounted]", timeout=15000)
    canvas = page.locator("section.present .mb-pane-output .mb-view canvas").first
    box = canvas.bounding_box()
    page.mouse.click(box["x"] + box["width"] * (10.5 / 32), box["y"] + box["height"] * (5.5 / 32))
    page.wait_for_timeout(500)
    assert "pixel=5,10" in page.url


def test_the_speaker_has_notes_below_the_slide_which_stays_whole_above_them(talk):
    page = talk("convolution")
    show(page, ".deck-claims")
    last = page.locator("section.present li").last
    page.keyboard.press("t")
    notes = page.locator(".speaker-notes")
    assert "It rests on" in notes.inner_text()
    claim, below = last.bounding_box(), notes.bounding_box()
    assert claim["y"] + claim["height"] < below["y"]
    page.keyboard.press("t")
    assert not notes.is_visible() and last.bounding_box()["height"] > claim["height"]


def test_the_number_of_a_slide_to_go_to_is_typed_on_a_ground_of_its_own(talk):
    page = talk("convolution")
    page.keyboard.press("g")
    ground = page.locator(".jump-to-slide").evaluate("(box) => getComputedStyle(box).backgroundColor")
    assert ground == page.evaluate("getComputedStyle(document.body).backgroundColor") != "rgba(0, 0, 0, 0)"
    page.keyboard.type("4")
    page.keyboard.press("Enter")
    assert here(page) == 3


def test_the_list_of_keys_names_those_that_do_something(talk):
    page = talk("convolution")
    page.keyboard.press("Shift+?")
    keys = page.locator(".r-overlay-help").inner_text()
    assert "Notes below the slide" in keys and "Leave a widget" in keys
    assert "overview" not in keys and "Navigate up" not in keys


def test_solutions_are_not_on_the_slides(talk):
    page = talk("training")
    show(page, ".deck-exercise")
    shown = page.locator("section.present").inner_text()
    assert "What is the weight after one step?" in shown and "1.95" not in shown


@pytest.mark.parametrize(("name", "mode"), [("convolution", "light"), ("classification", "dark")])
def test_axe_finds_no_violation_on_any_slide(browser, site, name, mode):
    page = browser.new_page(viewport={"width": 1280, "height": 720})  # not watched: axe itself asks for style sheets
    page.goto(f"{site.as_uri()}/slides/{name}.html", wait_until="load")
    page.wait_for_function("window.Reveal && Reveal.isReady()")
    page.evaluate("(mode) => document.documentElement.dataset.theme = mode", mode)
    found = {}
    for place in range(page.evaluate("Reveal.getTotalSlides()")):
        page.evaluate("(place) => Reveal.slide(place, 0, 99)", place)
        if page.locator("section.present .marubatsu-widget").count():
            page.wait_for_selector("section.present .marubatsu-widget[data-mounted]", timeout=15000)
        page.evaluate(PAINTED)
        for rule in Axe().run(page, options=RULES).response["violations"]:
            found[f"slide {place + 1}: {rule['id']}"] = [each["html"][:160] for each in rule["nodes"][:3]]
    page.close()
    assert found == {}, json.dumps(found, indent=1, ensure_ascii=False)


def test_the_list_of_decks_opens_each_and_is_accessible(browser, site):
    page = browser.new_page()
    page.goto(f"{site.as_uri()}/slides/index.html")
    addresses = [each.get_attribute("href") for each in page.locator("main li a").all()]
    assert sorted(addresses) == [f"{name}.html" for name in decks(site)]
    assert Axe().run(page, options=RULES).response["violations"] == []
    page.close()
