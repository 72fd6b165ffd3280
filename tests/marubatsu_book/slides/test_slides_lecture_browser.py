"""What a class sees of every slide: nothing beyond the edge, and the parts of a widget together."""

import json

import pytest
from decks import decks, here, show
from reader import PAINTED

WIDGETS = {
    "convolution": "kernel_tuner",
    "classification": "threshold_explorer",
    "images-are-numbers": "pixel_reader",
    "max-pooling": "pooling_explorer",
    "template-difference": "template_difference",
    "six-tasks": "task_board",
    "detection": "boxes_explorer",
}
BEYOND = """() => {
  const slide = Reveal.getCurrentSlide(), { bottom, right } = slide.getBoundingClientRect();
  return [...slide.querySelectorAll("*")]
    .filter((each) => !each.closest(".notes, .marubatsu-widget") && !each.querySelector(".marubatsu-widget"))
    .filter((each) => each.checkVisibility())
    .map((each) => [each, each.getBoundingClientRect()])
    .filter(([, box]) => box.width && box.height && (box.bottom > bottom + 1 || box.right > right + 1))
    .map(([each, box]) => [each.tagName, box.bottom, box.right, each.textContent.trim()].join(" "));
}"""
IN_WIDGET = """() => {
  const slide = Reveal.getCurrentSlide(), found = [], { bottom, right } = slide.getBoundingClientRect();
  const words = document.createTreeWalker(slide.querySelector(".marubatsu-live"), NodeFilter.SHOW_TEXT);
  while (words.nextNode()) {
    const parent = words.currentNode.parentElement, svg = parent.closest("svg");
    const text = words.currentNode.textContent.trim();
    if (!text || !parent.checkVisibility() || parent.closest(".mb-quiet")) continue;
    const drawn = svg?.viewBox.baseVal.width;
    const scale = drawn ? svg.getBoundingClientRect().width / drawn : parent.currentCSSZoom;
    const size = parseFloat(getComputedStyle(parent).fontSize) * scale;
    const range = document.createRange();
    range.selectNodeContents(words.currentNode);
    const box = range.getBoundingClientRect();
    if (size < 23.95 || box.bottom > bottom + 1 || box.right > right + 1)
      found.push(`${size.toFixed(1)} px, to ${Math.round(box.bottom)}, ${Math.round(box.right)}: ${text.slice(0, 40)}`);
  }
  const over = slide.scrollHeight - slide.clientHeight;
  return over > 1 ? [...found, `${over} px below the edge`] : found;
}"""

PICTURES = """Reveal.getSlides().flatMap((each, place) =>
  each.querySelector(":is(.deck-picture, .deck-figure) img") ? [place] : [])"""
# How much larger the picture could be: above its caption, or beside it if the caption filled its column to the foot.
ROOM = """() => {
  const slide = Reveal.getCurrentSlide(), image = slide.querySelector(":is(.deck-picture, .deck-figure) img");
  const box = image.getBoundingClientRect(), words = image.closest("figure")?.querySelector("figcaption");
  const said = words?.getBoundingClientRect();
  const { paddingLeft, paddingRight, paddingBottom } = getComputedStyle(slide), all = slide.getBoundingClientRect();
  const width = all.width - parseFloat(paddingLeft) - parseFloat(paddingRight);
  const height = all.bottom - parseFloat(paddingBottom) - box.top, ratio = image.naturalWidth / image.naturalHeight;
  const drawn = Math.min(box.width, box.height * ratio), beside = said && said.left > box.right - 1;
  const wide = beside ? width - said.width * said.height / height : width;
  const high = height - (said && !beside ? said.height : 0);
  return { larger: Math.min(wide, high * ratio) / drawn, share: (drawn * drawn) / ratio / (width * height) };
}"""


def test_nothing_on_any_slide_passes_the_lower_or_the_right_edge(site, talk):
    beyond = {}
    for name in decks(site):
        page = talk(name)
        page.evaluate("Promise.all([...document.images].map((each) => each.decode().catch(() => {})))")
        for place in range(page.evaluate("Reveal.getTotalSlides()")):
            page.evaluate("(place) => Reveal.slide(place, 0, 99)", place)
            page.evaluate(PAINTED)
            if found := page.evaluate(BEYOND):
                beyond[f"{name}, slide {place + 1}"] = found[:3]
        page.close()
    assert beyond == {}, json.dumps(beyond, indent=1, ensure_ascii=False)


def test_no_picture_could_be_much_larger_on_its_slide(site, talk):
    small, shares = {}, []
    for name in decks(site):
        page = talk(name)
        for place in page.evaluate(PICTURES):
            page.evaluate("(place) => Reveal.slide(place, 0, 99)", place)
            page.evaluate(PAINTED)
            room = page.evaluate(ROOM)
            shares.append(room["share"])
            if room["larger"] > 1.15:
                small[f"{name}, slide {place + 1}"] = room
        page.close()
    assert small == {}, json.dumps(small, indent=1)
    assert sorted(shares)[len(shares) // 2] > 0.5, "of the room below the heading, at half of the pictures"


def test_a_question_of_a_quiz_fits_its_slide_before_and_after_its_answer(talk):
    page = talk("classification")
    quizzes = page.evaluate("Reveal.getSlides().flatMap((each, i) => each.matches('.deck-quiz') ? [i] : [])")
    assert len(quizzes) == 5
    for place in quizzes:
        page.evaluate("(place) => Reveal.slide(place)", place)
        page.wait_for_selector("section.present .marubatsu-widget[data-mounted]", timeout=15000)
        page.wait_for_timeout(300)
        assert page.evaluate(IN_WIDGET) == []
        first = page.locator("section.present input").first
        first.fill("1") if first.get_attribute("type") == "text" else first.check()
        page.locator("section.present").get_by_role("button", name="Check", exact=True).click()
        page.wait_for_timeout(300)
        assert page.locator("section.present .mb-quiz-verdict strong").is_visible()
        assert page.evaluate("() => Reveal.getCurrentSlide().scrollHeight - Reveal.getCurrentSlide().clientHeight") <= 1


def mounted(page):
    """Turn to the widget for lectures and wait until it is alive."""
    show(page, ".deck-lecture")
    page.wait_for_selector("section.present .marubatsu-widget[data-mounted]", timeout=15000)
    page.wait_for_timeout(300)
    page.evaluate(PAINTED)


@pytest.mark.parametrize(("name", "module"), WIDGETS.items())
def test_a_class_sees_picture_control_and_result_together_in_type_of_24_pixels(talk, name, module):
    page = talk(name)
    mounted(page)
    assert page.locator(f'section.present figure[data-module="{module}"]').count() == 1
    assert page.evaluate(IN_WIDGET) == []
    assert page.locator("section.present canvas:visible, section.present svg:visible").count() > 0
    more = page.get_by_role("button", name="Show more of this widget")
    more.click()
    assert page.locator("section.present .mb-head").is_visible(), "all of the widget, its Reset among it"
    page.get_by_role("button", name="Show the class less of this widget").click()
    assert page.evaluate(IN_WIDGET) == []


def test_slides_are_counted_the_same_before_and_after_a_widget(talk):
    page = talk("convolution")
    total = page.evaluate("document.querySelectorAll('.slides > section').length")
    mounted(page)
    for _ in range(2):
        page.keyboard.press("PageDown")
        page.evaluate(PAINTED)
    assert page.locator(".slide-number").inner_text().split() == [str(here(page) + 1), "/", str(total)]


@pytest.mark.parametrize("label", ["Padding p", "Start from"])
def test_a_clicker_turns_the_slide_wherever_the_focus_is(talk, label):
    page = talk("convolution")
    mounted(page)
    page.get_by_role("button", name="Show more of this widget").click()
    place = here(page)
    page.locator("section.present").get_by_label(label, exact=True).focus()
    page.keyboard.press("PageDown")
    assert here(page) == place + 1
    page.keyboard.press("PageUp")
    assert here(page) == place
    page.locator("section.present .mb-pane-output .mb-view").focus()
    page.keyboard.press("PageUp")
    assert here(page) == place - 1


def test_the_goal_of_a_challenge_is_seen_with_the_kernel_and_what_it_makes(talk):
    page = talk("convolution", "#kernel-tuner?challenge=stroke")
    mounted(page)
    assert page.locator("section.present .mb-challenge").is_visible()
    assert page.evaluate(IN_WIDGET) == []
