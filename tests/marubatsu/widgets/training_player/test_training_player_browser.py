"""The training player in the built page: what it shows of an epoch is what Python recorded."""

import numpy as np
import pytest

PAGE, SLUG = "book/layers/training.html", "training-player"


def recorded(widget):
    return widget.page.evaluate(f"JSON.parse(document.querySelector('#{SLUG} script').textContent).state")


def kernels(state):
    import base64

    return np.frombuffer(base64.b64decode(state["kernels"]["data"]), "<f4").reshape(state["kernels"]["shape"])


def assert_shows(widget, epoch, kernel=0):
    state = recorded(widget)
    frame = state["frames"][epoch]
    errors = widget.text(".mb-pane-wrong .mb-reading")
    assert errors.startswith(f"{frame['wrong']} of {frame['of']} ")
    low, high = (f"{100 * frame[word]:.1f}".rstrip("0").rstrip(".") for word in ("low", "high"))
    assert f"interval {low} to {high} %" in errors
    assert widget.live.locator(".mb-wrong canvas").count() == len(frame["shown"]) == min(frame["wrong"], 24)
    losses = [
        text.split()[-1] for text in widget.live.locator(".mb-pane-loss > p:not(.mb-pane-head)").all_inner_texts()
    ]
    expected = [
        "–" if frame[word] is None else f"{frame[word]:.4f}".rstrip("0").rstrip(".") for word in ("loss", "validation")
    ]
    assert losses == expected
    weights = [float(text.replace("−", "-")) for text in widget.live.locator(".mb-grid td").all_inner_texts()]
    np.testing.assert_allclose(weights, kernels(state)[epoch, kernel].ravel(), atol=6e-4)


def test_it_opens_before_the_training_and_goes_to_its_end_by_keyboard(opened):
    widget = opened(PAGE, SLUG)
    assert_shows(widget, 0)
    widget.field("Epoch").focus()
    for _ in range(3):
        widget.page.keyboard.press("ArrowRight")
    widget.settle()
    assert_shows(widget, 3)
    assert widget.spoken().startswith("Epoch 3: ")
    widget.page.keyboard.press("End")
    widget.settle()
    assert_shows(widget, len(recorded(widget)["frames"]) - 1)


def test_the_page_says_that_fewer_and_fewer_are_wrong(opened):
    wrong = [frame["wrong"] for frame in recorded(opened(PAGE, SLUG))["frames"]]
    assert wrong[0] > 150 and wrong[2] > 10 and wrong[5] > 0 and wrong[-1] < 5


def test_the_curve_is_a_slider_too(opened):
    widget = opened(PAGE, SLUG)
    box = widget.live.locator(".mb-curves").bounding_box()
    widget.page.mouse.click(box["x"] + box["width"] * 0.99, box["y"] + box["height"] / 2)
    widget.settle()
    assert_shows(widget, len(recorded(widget)["frames"]) - 1)


def test_play_runs_and_pause_stops(opened):
    widget = opened(PAGE, SLUG)
    widget.press("Play")
    widget.page.wait_for_timeout(1500)
    widget.press("Pause")
    epoch = int(widget.live.locator(".mb-controls output").inner_text())
    assert 1 <= epoch <= 4
    widget.page.wait_for_timeout(1000)
    assert_shows(widget, epoch)


def test_another_kernel_can_be_read(opened):
    widget = opened(PAGE, SLUG)
    widget.choose("Kernel 5")
    assert_shows(widget, 0, kernel=4)


def test_the_state_lies_in_the_address_and_comes_back(opened):
    widget = opened(PAGE, SLUG)
    widget.field("Epoch").focus()
    widget.page.keyboard.press("ArrowRight")
    widget.settle_address()
    assert_shows(opened(widget.page.url.split("/html/", 1)[1], SLUG), 1)


@pytest.mark.parametrize("fragment", ["epoch=999", "epoch=-4&kernel=77", "epoch=x"])
def test_an_address_of_nonsense_leaves_a_working_widget(opened, fragment):
    widget = opened(f"{PAGE}#{SLUG}?{fragment}", SLUG)
    assert " of 500 " in widget.text(".mb-pane-wrong .mb-reading")
    widget.press("Reset")
    assert_shows(widget, 0)
