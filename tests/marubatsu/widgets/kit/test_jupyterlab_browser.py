"""A page opened as a notebook in a real JupyterLab, as Binder opens it: widgets live, Python at the other end."""

import json
import re
import shutil
import sys
from pathlib import Path

import lab
import pytest
from opened_notebook import Notebook
from playwright.sync_api import expect
from reader import eventually


@pytest.fixture(scope="module")
def jupyterlab(tmp_path_factory, site):
    """A JupyterLab over the notebooks that the book offers."""
    folder = tmp_path_factory.mktemp("lab")
    shutil.copytree(site / "_sources" / "book", folder / "book")
    shutil.copytree(site / "assignments", folder / "assignments")
    with lab.jupyterlab(Path(sys.executable), folder) as home:
        yield home


@pytest.fixture(scope="module")
def lab_tab(jupyterlab, browser):
    """Opens JupyterLab in a tab, by the address of a page as Binder does."""
    opened = []

    def open_tab():
        opened.append(browser.new_context(viewport={"width": 1400, "height": 1000}))
        page = opened[-1].new_page()
        page.goto(f"{jupyterlab}/lab/tree/book/layers/convolution.ipynb?reset")
        page.wait_for_selector(".jp-NotebookPanel .jp-CodeCell", state="attached", timeout=60000)
        return page

    yield open_tab
    for context in opened:
        context.close()


@pytest.fixture(scope="module")
def page(lab_tab):
    """A JupyterLab in which one notebook after the other is opened."""
    return lab_tab()


@pytest.fixture(scope="module")
def notebook(lab_tab):
    """The page of the kernel tuner, whose first cell has run: the book is imported, and a widget is there."""
    opened = Notebook(lab_tab(), "book/layers/convolution.ipynb")
    live = opened.widget(opened.run("KernelTuner(image="))
    expect(live.locator(".mb-pane-output .mb-size")).to_have_text("32 × 32")
    return opened


def test_a_slider_moved_in_the_browser_is_seen_by_python_and_back(notebook):
    live = notebook.widget(notebook.add("tuner = KernelTuner(image='head', kernel='mean', padding=1); tuner"))
    live.get_by_label("Stride s", exact=True).focus()
    notebook.page.keyboard.press("Control+a")
    notebook.page.keyboard.type("4")
    notebook.page.keyboard.press("Tab")
    live.get_by_label("Weight, row 1, column 1", exact=True).focus()
    notebook.page.keyboard.type("2.5")
    notebook.page.keyboard.press("Tab")
    notebook.expect_printed("print(tuner.stride, tuner.kernel[0, 0], tuner.output().shape)", "4 2.5 (64, 64)")
    notebook.printed("tuner.kernel = [[0, 1], [-1, 0]]; tuner.stride = 2")
    expect(live.locator(".mb-pane-output .mb-size")).to_have_text("129 × 129")
    weights = live.locator(".mb-kernel input")
    expect(weights).to_have_count(4)
    for place, weight in enumerate(["0", "1", "−1", "0"]):
        expect(weights.nth(place)).to_have_value(weight)


@pytest.mark.parametrize(
    ("path", "text", "probe"),
    [
        ("layers/images-are-numbers", "PixelReader(image=", ".mb-reading strong"),
        ("layers/template-difference", "TemplateDifference(kind=", ".mb-sum strong"),
        ("layers/max-pooling", "PoolingExplorer(right=", ".mb-change strong"),
        ("architectures/alexnet", "ArchitectureReader(", ".mb-formula strong"),
        ("architectures/three-dimensions", "MemoryBalance(side=", ".mb-pane-result strong"),
        ("machines/reading-a-programme", "ProgrammeExercise()", ".mb-talk-card span"),
    ],
)
def test_the_other_widgets_are_live_there_too(page, path, text, probe):
    opened = Notebook(page, f"book/{path}.ipynb")
    live = opened.widget(opened.run(text))
    expect(live.locator(probe).first).to_contain_text(re.compile(r"\d"))


def test_the_network_explorer_and_the_training_player_talk_with_python(notebook):
    cell = notebook.add(
        "import numpy as np; from marubatsu.methods import by_hand; from marubatsu.architectures import marubatsu_net; "
        "from marubatsu.data import marks; from marubatsu.widgets import NetworkExplorer, TrainingPlayer; "
        "from marubatsu.learning.losses import cross_entropy; from marubatsu.learning.optimisers import SGD; "
        "from marubatsu.learning.training import train; "
        "explorer = NetworkExplorer(by_hand.network(), image='circle'); explorer"
    )
    live = notebook.widget(cell)
    live.get_by_label("Weight, row 1, column 2", exact=True).focus()
    notebook.page.keyboard.press("Control+a")
    notebook.page.keyboard.type("3.5")
    notebook.page.keyboard.press("Tab")
    notebook.expect_printed("print(explorer.network()[0].weight.value[0, 0, 0, 1])", "3.5")
    notebook.printed("explorer.edits = []; explorer.image = 'cross'")
    expect(live.locator(".mb-verdict-card strong")).to_have_text(["×", "×"])
    cell = notebook.add(
        "x, y = marks.sample(64, rng=np.random.default_rng(1)); net = marubatsu_net(rng=np.random.default_rng(2)); "
        "player = TrainingPlayer(net, (x, y)); player"
    )
    live = notebook.widget(cell)
    notebook.printed(
        "train(net, x, y, loss=cross_entropy, epochs=3, optimiser=SGD(net.parameters(), 0.01), "
        "rng=np.random.default_rng(3), validation=(x, y), after_epoch=player.record)"
    )
    expect(live.get_by_label("Epoch", exact=True)).to_have_attribute("max", "3")  # the player follows the training


def test_the_threshold_explorer_and_the_task_board_talk_with_python(notebook):
    cell = notebook.add(
        "from marubatsu.widgets import ThresholdExplorer; "
        "explorer = ThresholdExplorer([0.9, 0.8, 0.4, 0.3, 0.6, 0.1], [1, 1, 1, 0, 0, 0]); explorer"
    )
    live = notebook.widget(cell)
    live.get_by_role("button", name="Sensitivity 95 %", exact=True).click()
    notebook.expect_printed("print(explorer.counts())", "{'tp': 3, 'fn': 0, 'fp': 1, 'tn': 2}")
    notebook.printed("explorer.threshold = 0.7")
    expect(live.locator(".mb-four-field [class^=mb-field] strong")).to_have_text(["2", "0", "1", "3"])
    cell = notebook.add(
        "import numpy as np; from marubatsu.data import phantoms; from marubatsu.widgets import TaskBoard; "
        "board = TaskBoard(phantoms.chest(rng=np.random.default_rng(1), nodules=2)); board"
    )
    live = notebook.widget(cell)
    live.get_by_role("tab", name="Detection", exact=True).click()
    notebook.expect_printed("print(board.task)", "detection")
    notebook.printed("board.task = 'regression'")
    expect(live.locator("[role=tab][aria-selected=true]")).to_have_text("Regression")


def test_the_boxes_explorer_talks_with_python(notebook):
    cell = notebook.add(
        "import numpy as np; from marubatsu.widgets import BoxesExplorer; truths = [[(8, 8, 16, 16)], []]; "
        "boxes = [[(8, 9, 16, 16), (20, 20, 24, 24)], []]; "
        "found = BoxesExplorer(np.zeros((2, 32, 32)), truths, boxes, [[0.8, 0.4], []]); found"
    )
    live = notebook.widget(cell)
    live.get_by_label("Score at least", exact=True).fill("0.5")
    live.locator(".mb-found-view").focus()
    notebook.page.keyboard.press("ArrowDown")
    notebook.expect_printed(
        "print(found.counts(), [int(edge) for edge in found.own])",
        "{'hits': 1, 'missed': 0, 'false_alarms': 0} [12, 12, 20, 20]",
    )
    notebook.printed("found.threshold = 0.9")
    for place, count in enumerate(["0", "1", "0"]):
        expect(live.locator(".mb-found-line strong").nth(place)).to_have_text(count)


def test_a_student_is_told_what_is_missing_and_then_that_the_answer_is_right(page):
    opened = Notebook(page, "assignments/layers.ipynb")
    opened.run_all()
    checked = page.locator(".jp-CodeCell", has_text="check(2)").first
    checked.scroll_into_view_if_needed()
    checked.get_by_text("gives nothing yet. Replace the three dots by your answer;").first.wait_for()
    expect(checked.get_by_text("Not yet.")).to_have_count(2)
    expect(page.locator(".jp-OutputArea-output[data-mime-type='application/vnd.jupyter.stderr']")).to_have_count(0)
    answer = page.locator(".jp-CodeCell", has_text="# question 2").first
    answer.locator(".jp-InputArea-editor").first.click()
    page.keyboard.press("Control+End")
    for _ in "...":
        page.keyboard.press("Backspace")
    page.keyboard.type("return (size + 2 * padding - kernel) // stride + 1")
    page.keyboard.press("Shift+Enter")  # runs the answer and goes on to its check
    page.keyboard.press("Shift+Enter")
    checked.get_by_text("output_size(32, 5, padding=2) gives 32.").wait_for(timeout=60000)
    expect(checked.get_by_text("Right.")).to_have_count(2)
    expect(checked.get_by_text("Not yet.")).to_have_count(0)


@eventually
def expect_scores(live, expected):
    """The scores on the screen are those of Python."""
    for place, scores in enumerate(expected):
        cells = live.locator(".mb-score-table tbody tr").nth(place).locator("td").all_inner_texts()
        shown = [float(cells[column].replace("−", "-")) for column in (0, 1, 3)]
        assert shown == pytest.approx(scores, abs=0.051)


def test_the_denoising_comparer_talks_with_python(notebook):
    cell = notebook.add(
        "import numpy as np; from marubatsu.widgets import DenoisingComparer; rng = np.random.default_rng(1); "
        "full = 40 * np.eye(40); noise = rng.normal(0, 30, (2, 40, 40)); doses = [(300 * (1 + i), {'low': full + n, "
        "'filter': full + n / 2, 'network': full + n / 3}) for i, n in enumerate(noise)]; "
        "comparer = DenoisingComparer(full, doses, span=200); comparer"
    )
    live = notebook.widget(cell)
    live.get_by_role("radio", name="600", exact=True).check(force=True)
    live.get_by_label("Right", exact=True).select_option("Filter")
    live.get_by_role("slider", name="Divider").focus()
    notebook.page.keyboard.press("Home")
    notebook.expect_printed("print(comparer.dose, comparer.left, comparer.right, comparer.split)", "1 low filter 0")
    said = notebook.printed(
        "import json; comparer.dose, comparer.pixel, comparer.side = 0, [12, 30], 9; "
        "print(json.dumps([[s.here, s.spread, s.psnr] for s in map(comparer.scores, comparer.kinds[:-1])]))"
    )
    expect(live.locator(".mb-readout")).to_have_text("row 12, column 30")
    expect_scores(live, json.loads(said))
