"""The task board: tabs by mouse and keys, marks where truth and network say, links that survive nonsense."""

import numpy as np
import pytest

PAGE, SLUG = "book/machines/six-tasks.html", "task-board"
TITLES = ["Classification", "Regression", "Detection", "Segmentation", "Image quality", "Generation"]


@pytest.fixture
def board(opened):
    return opened(PAGE, SLUG)


def answers(board):
    text = 'script[type="application/json"]'
    return board.figure.locator(text).evaluate("(el) => JSON.parse(el.textContent).state.answers")


def chosen(board):
    return board.live.locator("[role=tab][aria-selected=true]").all_inner_texts()


def go(board, title):
    board.live.get_by_role("tab", name=title, exact=True).click()
    board.settle()


def marks(board, kind):
    return board.live.locator(f".mb-task-out .mb-drawn.mb-{kind}")


def boxes_drawn(board, kind):
    """The boxes on the picture: top, left, bottom, right."""
    paths = [path.get_attribute("d") for path in marks(board, kind).all()]
    return [np.array(_corners(path)) for path in paths]


def _corners(path):
    start, rest = path[1:].split("H", 1)
    left, top = map(float, start.split())
    right, rest = rest.split("V", 1)
    return top, left, float(rest.split("H")[0]), float(right)


def test_six_tabs_one_panel(board):
    tabs = board.live.get_by_role("tab")
    assert tabs.all_inner_texts() == TITLES and chosen(board) == ["Classification"]
    panel = board.live.get_by_role("tabpanel")
    for title in TITLES:
        go(board, title)
        assert chosen(board) == [title]
        tab = board.live.get_by_role("tab", name=title, exact=True)
        assert panel.get_attribute("aria-labelledby") == tab.get_attribute("id")
        assert tab.get_attribute("aria-controls") == panel.get_attribute("id")
        assert len(board.live.locator(".mb-lines tr").all()) == 6


def test_arrow_keys_walk_round_and_home_and_end_jump(board):
    board.live.get_by_role("tab", name="Classification", exact=True).focus()
    for key, title in [
        ("ArrowRight", "Regression"),
        ("ArrowRight", "Detection"),
        ("ArrowLeft", "Regression"),
        ("End", "Generation"),
        ("ArrowRight", "Classification"),
        ("ArrowLeft", "Generation"),
        ("Home", "Classification"),
    ]:
        board.page.keyboard.press(key)
        board.settle()
        assert chosen(board) == [title]
        assert board.page.evaluate("document.activeElement.textContent") == title
    assert [tab.get_attribute("tabindex") for tab in board.live.get_by_role("tab").all()] == ["0"] + ["-1"] * 5
    assert board.spoken().startswith("Classification. Truth:")


def test_the_shares_and_the_truth_of_the_class(board):
    told = answers(board)
    rows = board.live.locator(".mb-label-row").all()
    shares = [float(row.locator(".mb-number").inner_text()) for row in rows]
    np.testing.assert_allclose(shares, told["shares"], atol=5.1e-4)
    right = [bool(row.locator(".mb-true-mark").inner_text()) for row in rows]
    assert right == [kind == told["nodules"][told["measured"]]["malignant"] for kind in (False, True)]
    board.choose("Network")
    assert board.live.locator(".mb-label-row.mb-true").count() == 0
    board.choose("Truth")
    assert board.live.locator(".mb-task-out .mb-bar-fill").count() == 0


def test_the_line_is_as_long_as_its_number(board):
    told = answers(board)
    go(board, "Regression")
    nodule = told["nodules"][told["measured"]]
    for kind, millimetres in (("truth", nodule["mm"]), ("network", told["millimetres"])):
        start, rest = marks(board, kind).get_attribute("d")[1:].split("H", 1)
        left, right = float(start.split()[0]), float(rest.split("M")[0])
        assert (right - left) * told["spacing"] == pytest.approx(millimetres)
        assert (left + right) / 2 == pytest.approx(nodule["column"] + 0.5)
        assert f"{millimetres:.1f}".removesuffix(".0") + " mm" in board.text(".mb-task-reading")


def test_the_boxes_are_where_they_are(board):
    told = answers(board)
    go(board, "Detection")
    grown = np.array([-1, -1, 1, 1])  # drawn around, not on, the outermost pixels
    for kind, boxes in (("truth", [each["box"] for each in told["nodules"]]), ("network", told["boxes"])):
        drawn = boxes_drawn(board, kind)
        assert len(drawn) == len(boxes)
        for box, expected in zip(drawn, boxes, strict=True):
            np.testing.assert_allclose(box, np.array(expected[:4]) + grown)
    scores = told["scores"]
    assert f"Nodules found: {scores['found']}. False alarms: {scores['false']}." in board.text(".mb-task-reading")
    board.choose("Truth")
    assert marks(board, "network").count() == 0 and marks(board, "truth").count() == len(told["nodules"])


def test_the_outline_runs_around_every_pixel_of_a_mask(call):
    rng = np.random.default_rng(4)
    mask = (rng.random((9, 7)) > 0.5).astype(float)
    mask[0, 0] = mask[8, 6] = 1  # also at the border of the image
    path = call("outlines", "outline", {"rows": 9, "columns": 7, "data": {"numbers": mask.ravel().tolist()}})
    across = sum(float(part.split("h")[1]) for part in path.split("M") if "h" in part)
    down = sum(float(part.split("v")[1]) for part in path.split("M") if "v" in part)
    framed = np.pad(mask, 1)
    assert across == np.abs(np.diff(framed, axis=0)).sum() and down == np.abs(np.diff(framed, axis=1)).sum()


def test_the_mask_and_the_cleaned_picture_are_told_with_their_scores(board):
    scores = answers(board)["scores"]
    go(board, "Segmentation")
    assert marks(board, "truth").count() == marks(board, "network").count() == 1
    assert f"Dice {scores['dice']:.3f}".rstrip("0") in board.text(".mb-task-reading")
    go(board, "Image quality")
    assert f"off by {scores['before']:.0f} HU" in board.text(".mb-task-reading")
    pictures = board.live.locator(".mb-task-flow canvas")
    before, after, truth = (board.canvas(pictures.nth(place)).astype(float) for place in range(3))
    heart = np.s_[100:150, 120:160]
    assert np.abs(after - truth)[heart].mean() < np.abs(before - truth)[heart].mean()


def test_as_many_pictures_are_made_as_noise_went_in(board):
    count, numbers = answers(board)["noise"]["shape"]
    go(board, "Generation")
    assert board.live.locator(".mb-made canvas").count() == count
    noise = board.canvas(board.live.locator(".mb-noise"))
    assert noise.shape == (count, numbers, 3)
    made = [board.canvas(board.live.locator(".mb-made canvas").nth(place)) for place in (0, 1)]
    assert np.abs(made[0].astype(float) - made[1]).mean() > 5, "other noise, another picture"


def test_the_link_of_each_task_leads_to_its_page(board):
    for title, slug in zip(
        TITLES, [*[name.lower() for name in TITLES[:4]], "image-quality", "generation"], strict=True
    ):
        go(board, title)
        assert board.live.locator(".mb-lines a").get_attribute("href").endswith(f"book/tasks/{slug}.html")


def test_the_state_travels_in_the_address_and_reset_returns(opened, board):
    go(board, "Detection")
    board.choose("Network")
    assert (board.state("task"), board.state("shown")) == ("detection", "network")
    again = opened(f"{PAGE}#{board.page.url.split('#', 1)[1]}", SLUG)
    assert chosen(again) == ["Detection"] and marks(again, "truth").count() == 0
    again.press("Reset")
    assert chosen(again) == ["Classification"]


@pytest.mark.parametrize("fragment", ["task=surgery&shown=all", "task=constructor&shown=", "task=3", "shown=%F0"])
def test_an_address_of_nonsense_leaves_a_working_board(opened, fragment):
    board = opened(f"{PAGE}#{SLUG}?{fragment}", SLUG)
    assert chosen(board) == ["Classification"]
    go(board, "Detection")
    assert marks(board, "truth").count() > 0


def test_the_python_line_names_the_state(board):
    go(board, "Segmentation")
    assert board.copied("Copy as Python") == 'board.task, board.shown = "segmentation", "both"'


def test_without_scripts_the_still_stays(browser, site):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site.as_uri()}/{PAGE}")
    still = page.locator(f"figure#{SLUG} .marubatsu-still")
    assert all(title in still.inner_text() for title in TITLES)
    assert still.locator("img").bounding_box()["width"] > 100
    context.close()
