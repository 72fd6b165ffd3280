"""The speaker's window: its keys turn the slides on the projector, and it shows the notes and what comes next."""

import pytest
from decks import here, show

STATE = "() => [Reveal.getIndices().h, Reveal.getIndices().f ?? -1]"
AHEAD = """([h, f]) => {
  const { h: now, f: shown } = Reveal.getIndices();
  const fragments = Reveal.getSlides()[h].querySelectorAll(".fragment").length;
  return f + 1 < fragments ? now === h && shown === f + 1 : now === h + 1;
}"""
AT = "([h, f]) => Reveal.getIndices().h === h && (Reveal.getIndices().f ?? -1) === f"
# A frame on a busy computer: what it is told waits, and comes all at once.
HOLD = """() => {
  let holding = true;
  window.held = [];
  addEventListener("message", (event) => {
    if (!holding || !event.data.includes("setState")) return;
    held.push(event.data);
    event.stopImmediatePropagation();
  }, true);
  window.release = () => {
    holding = false;
    for (const data of held) dispatchEvent(new MessageEvent("message", { data }));
  };
}"""
REPORTS = 800  # milliseconds; after 500 reveal.js would send the projector where a frame says that it is


def opened(page):
    """The speaker's window, and its two frames: the slide that is shown, and the next."""
    with page.context.expect_page() as opening:
        page.keyboard.press("s")
    window = opening.value
    frames = []
    for place in ("#current-slide", "#upcoming-slide"):
        frames.append(window.wait_for_selector(f"{place} iframe").content_frame())
        frames[-1].wait_for_function("window.Reveal && Reveal.isReady()")
    window.wait_for_selector("#connection-status", state="hidden")
    return window, *frames


def follow(page, now, coming):
    """Wait until both frames have followed the projector: one shows its slide, the other what the next key brings."""
    state = page.evaluate(STATE)
    now.wait_for_function(AT, arg=state)
    coming.wait_for_function(AHEAD, arg=state)


def test_the_window_shows_the_notes_of_the_slide(talk):
    page = talk("training")
    show(page, ".deck-figure")
    window, now, coming = opened(page)
    window.wait_for_selector("text=A weight of 0 knows nothing")
    follow(page, now, coming)


@pytest.mark.parametrize("focus", [None, "#current-slide", "#upcoming-slide"])
def test_every_key_in_the_window_turns_the_projector_by_one_and_the_next_slide_stays_one_ahead(talk, focus):
    page = talk("convolution")
    window, now, coming = opened(page)
    follow(page, now, coming)
    if focus:
        window.locator(f"{focus} iframe").click(position={"x": 60, "y": 60})
    place = here(page)
    for key, step in [("ArrowRight", 1), ("PageDown", 1), ("PageUp", -1), ("Space", 1), ("ArrowLeft", -1), ("n", 1)]:
        window.keyboard.press(key)
        place += step
        page.wait_for_function("(place) => Reveal.getIndices().h === place", arg=place)
        follow(page, now, coming)
    window.keyboard.press("Home")
    page.wait_for_function("Reveal.getIndices().h === 0")
    follow(page, now, coming)


def test_keys_in_quick_succession_are_all_counted_and_answers_come_one_by_one(talk):
    page = talk("convolution")
    show(page, ".deck-figure:has(.fragment)")
    page.evaluate("Reveal.prev()")
    place = here(page)
    window, now, coming = opened(page)
    follow(page, now, coming)
    for _ in range(3):
        window.keyboard.press("PageDown")
    page.wait_for_function("(place) => Reveal.getIndices().h === place", arg=place + 2)  # one key showed the answer
    follow(page, now, coming)


def test_the_arrows_in_the_window_turn_the_projector(talk):
    page = talk("convolution")
    _, now, coming = opened(page)
    follow(page, now, coming)
    place = here(page)
    now.locator(".navigate-right").click()
    page.wait_for_function("(place) => Reveal.getIndices().h === place", arg=place + 1)
    follow(page, now, coming)


def test_a_frame_that_is_late_does_not_throw_the_projector_back(talk):
    page = talk("convolution")
    _, now, coming = opened(page)
    follow(page, now, coming)
    now.evaluate(HOLD)
    place = here(page)
    for step in (1, 2):
        page.keyboard.press("PageDown")
        now.wait_for_function("(count) => held.length === count", arg=step)
    now.evaluate("release()")
    now.wait_for_function(AT, arg=page.evaluate(STATE))
    page.wait_for_timeout(REPORTS)
    assert here(page) == place + 2
    follow(page, now, coming)


def test_the_window_leaves_the_projector_at_the_answer_that_it_shows(talk):
    page = talk("convolution")
    show(page, ".deck-figure:has(.fragment)")
    page.evaluate("Reveal.next()")  # the address of a frame names the slide, not the answer that is shown on it
    state = page.evaluate(STATE)
    _, now, coming = opened(page)
    follow(page, now, coming)
    coming.evaluate("window.gone = true; location.reload()")  # a frame that is ready only now
    coming.wait_for_function("() => !window.gone && window.Reveal && Reveal.isReady()")
    coming.wait_for_function("(h) => Reveal.getIndices().h === h", arg=state[0] + 1)
    page.wait_for_timeout(REPORTS)
    assert page.evaluate(STATE) == state
    follow(page, now, coming)
