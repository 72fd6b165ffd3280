"""A page opened as a notebook in a real JupyterLab, as Binder opens it: widgets live, Python at the other end."""

import json
import re
import shutil
import sys
from pathlib import Path

import lab
import pytest


@pytest.fixture(scope="module")
def jupyterlab(tmp_path_factory, site):
    """A JupyterLab over the notebooks that the book offers."""
    folder = tmp_path_factory.mktemp("lab")
    shutil.copytree(site / "_sources" / "book", folder / "book")
    shutil.copytree(site / "assignments", folder / "assignments")
    with lab.jupyterlab(Path(sys.executable), folder) as home:
        yield home


class Notebook:
    """One page, opened in JupyterLab."""

    def __init__(self, page, address):
        self.page = page
        page.goto(f"{address}?reset")  # without the tabs of an earlier test
        page.wait_for_selector(".jp-NotebookPanel .jp-CodeCell", state="attached", timeout=60000)
        page.wait_for_selector(".jp-Notebook-ExecutionIndicator[data-status='idle']", timeout=60000)

    def accept(self):
        """Answer a dialog: on a slow machine it may ask which kernel."""
        if self.page.locator(".jp-Dialog .jp-mod-accept").count():
            self.page.locator(".jp-Dialog .jp-mod-accept").first.click()

    def choose(self, menu, entry):
        """Choose an entry of a menu."""
        self.accept()
        self.page.get_by_role("menuitem", name=menu, exact=True).click()
        self.page.get_by_text(entry, exact=True).click()

    def run(self, text):
        """Run the cell that holds a text, and return its output area."""
        cell = self.page.locator(".jp-CodeCell", has_text=text).first
        for _ in range(5):  # the notebook draws cells while it scrolls, so that a first click may miss
            self.accept()
            cell.scroll_into_view_if_needed()
            cell.locator(".jp-InputArea-editor").first.click()
            self.page.keyboard.press("Control+Enter")
            self.page.wait_for_timeout(1500)
            if cell.locator(".jp-InputPrompt").first.inner_text() not in ("[ ]:", ""):
                break
        return cell

    def ask(self, code):
        """Run a line in a new cell at the end and return what it shows."""
        last = self.page.locator(".jp-CodeCell").last
        last.scroll_into_view_if_needed()
        last.locator(".jp-InputArea-editor").first.click()
        self.page.keyboard.press("Escape")
        self.page.keyboard.press("b")
        self.page.keyboard.press("Enter")
        self.page.keyboard.insert_text(code)
        new = self.page.locator(".jp-CodeCell.jp-mod-selected")
        self.page.keyboard.press("Control+Enter")
        new.locator(".jp-OutputArea-output").first.wait_for(timeout=30000)
        return new.locator(".jp-OutputArea-output").first.inner_text()


@pytest.fixture
def page(browser):
    context = browser.new_context(viewport={"width": 1400, "height": 1000})
    yield context.new_page()
    context.close()


def test_a_slider_moved_in_the_browser_is_seen_by_python_and_back(jupyterlab, page):
    notebook = Notebook(page, f"{jupyterlab}/lab/tree/book/layers/convolution.ipynb")
    cell = notebook.run("KernelTuner(image=")
    live = cell.locator(".marubatsu-live")
    live.wait_for(timeout=60000)
    assert live.locator(".mb-pane-output .mb-size").inner_text() == "32 × 32"
    assert notebook.ask("tuner = KernelTuner(image='head', kernel='mean', padding=1); tuner") is not None
    live = page.locator(".jp-CodeCell", has_text="tuner = KernelTuner").last.locator(".marubatsu-live")
    live.wait_for(timeout=60000)
    live.scroll_into_view_if_needed()
    stride = live.get_by_label("Stride s", exact=True)
    stride.focus()
    page.keyboard.press("Control+a")
    page.keyboard.type("4")
    page.keyboard.press("Tab")
    weight = live.get_by_label("Weight, row 1, column 1", exact=True)
    weight.focus()
    page.keyboard.type("2.5")
    page.keyboard.press("Tab")
    page.wait_for_timeout(800)
    seen = json.loads(
        notebook.ask("import json; print(json.dumps([tuner.stride, tuner.kernel.tolist(), tuner.output().shape]))")
    )
    assert seen[0] == 4 and seen[1][0][0] == 2.5 and seen[2] == [64, 64]
    notebook.ask("tuner.kernel = [[0, 1], [-1, 0]]; tuner.stride = 2; print('set')")
    page.wait_for_timeout(800)
    live.scroll_into_view_if_needed()
    assert live.locator(".mb-pane-output .mb-size").inner_text() == "129 × 129"
    weights = [field.input_value() for field in live.locator(".mb-kernel input").all()]
    assert weights == ["0", "1", "−1", "0"]


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
def test_the_other_widgets_are_live_there_too(jupyterlab, page, path, text, probe):
    notebook = Notebook(page, f"{jupyterlab}/lab/tree/book/{path}.ipynb")
    live = notebook.run(text).locator(".marubatsu-live")
    live.wait_for(timeout=60000)
    live.locator(probe).first.wait_for(timeout=20000)
    assert re.search(r"\d", live.locator(probe).first.inner_text())


def test_the_network_explorer_and_the_training_player_talk_with_python(jupyterlab, page):
    notebook = Notebook(page, f"{jupyterlab}/lab/tree/book/layers/convolution.ipynb")
    notebook.run("KernelTuner(image=")
    notebook.ask(
        "import numpy as np; from marubatsu import by_hand; from marubatsu.architectures import marubatsu_net; "
        "from marubatsu.data import marks; from marubatsu.widgets import NetworkExplorer, TrainingPlayer; "
        "from marubatsu.losses import cross_entropy; from marubatsu.optimisers import SGD; "
        "from marubatsu.training import train; explorer = NetworkExplorer(by_hand.network(), image='circle'); explorer"
    )
    live = page.locator(".jp-CodeCell", has_text="explorer = NetworkExplorer").last.locator(".marubatsu-live")
    live.wait_for(timeout=60000)
    weight = live.get_by_label("Weight, row 1, column 2", exact=True)
    weight.focus()
    page.keyboard.press("Control+a")
    page.keyboard.type("3.5")
    page.keyboard.press("Tab")
    page.wait_for_timeout(800)
    assert notebook.ask("print(explorer.network()[0].weight.value[0, 0, 0, 1])").strip() == "3.5"
    notebook.ask("explorer.edits = []; explorer.image = 'cross'; print('set')")
    page.wait_for_timeout(800)
    assert live.locator(".mb-verdict-card strong").all_inner_texts() == ["×", "×"]
    notebook.ask(
        "x, y = marks.sample(64, rng=np.random.default_rng(1)); net = marubatsu_net(rng=np.random.default_rng(2)); "
        "player = TrainingPlayer(net, (x, y)); player"
    )
    live = page.locator(".jp-CodeCell", has_text="player = TrainingPlayer").last.locator(".marubatsu-live")
    live.wait_for(timeout=60000)
    notebook.ask(
        "train(net, x, y, loss=cross_entropy, epochs=3, optimiser=SGD(net.parameters(), 0.01), "
        "rng=np.random.default_rng(3), validation=(x, y), after_epoch=player.record); print('trained')"
    )
    page.wait_for_timeout(1000)
    assert live.get_by_label("Epoch", exact=True).get_attribute("max") == "3", "the player follows the training"


def test_the_threshold_explorer_and_the_task_board_talk_with_python(jupyterlab, page):
    notebook = Notebook(page, f"{jupyterlab}/lab/tree/book/layers/convolution.ipynb")
    notebook.run("KernelTuner(image=")
    notebook.ask(
        "from marubatsu.widgets import ThresholdExplorer; "
        "explorer = ThresholdExplorer([0.9, 0.8, 0.4, 0.3, 0.6, 0.1], [1, 1, 1, 0, 0, 0]); explorer"
    )
    live = page.locator(".jp-CodeCell", has_text="explorer = ThresholdExplorer").last.locator(".marubatsu-live")
    live.wait_for(timeout=60000)
    live.get_by_role("button", name="Sensitivity 95 %", exact=True).click()
    page.wait_for_timeout(800)
    assert notebook.ask("print(explorer.counts())").strip() == "{'tp': 3, 'fn': 0, 'fp': 1, 'tn': 2}"
    notebook.ask("explorer.threshold = 0.7; print('set')")
    page.wait_for_timeout(800)
    assert live.locator(".mb-four-field [class^=mb-field] strong").all_inner_texts() == ["2", "0", "1", "3"]
    notebook.ask(
        "import numpy as np; from marubatsu.data import phantoms; from marubatsu.widgets import TaskBoard; "
        "board = TaskBoard(phantoms.chest(rng=np.random.default_rng(1), nodules=2)); board"
    )
    live = page.locator(".jp-CodeCell", has_text="board = TaskBoard").last.locator(".marubatsu-live")
    live.wait_for(timeout=60000)
    live.get_by_role("tab", name="Detection", exact=True).click()
    page.wait_for_timeout(800)
    assert notebook.ask("print(board.task)").strip() == "detection"
    notebook.ask("board.task = 'regression'; print('set')")
    page.wait_for_timeout(800)
    assert live.locator("[role=tab][aria-selected=true]").inner_text() == "Regression"


def test_the_boxes_explorer_talks_with_python(jupyterlab, page):
    notebook = Notebook(page, f"{jupyterlab}/lab/tree/book/layers/convolution.ipynb")
    notebook.run("KernelTuner(image=")
    notebook.ask(
        "import numpy as np; from marubatsu.widgets import BoxesExplorer; truths = [[(8, 8, 16, 16)], []]; "
        "boxes = [[(8, 9, 16, 16), (20, 20, 24, 24)], []]; "
        "found = BoxesExplorer(np.zeros((2, 32, 32)), truths, boxes, [[0.8, 0.4], []]); found"
    )
    live = page.locator(".jp-CodeCell", has_text="found = BoxesExplorer").last.locator(".marubatsu-live")
    live.wait_for(timeout=60000)
    live.get_by_label("Score at least", exact=True).fill("0.5")
    live.locator(".mb-found-view").focus()
    page.keyboard.press("ArrowDown")
    page.wait_for_timeout(800)
    said = notebook.ask("print(found.counts(), [int(edge) for edge in found.own])").strip()
    assert said == "{'hits': 1, 'missed': 0, 'false_alarms': 0} [12, 12, 20, 20]"
    notebook.ask("found.threshold = 0.9; print('set')")
    page.wait_for_timeout(800)
    assert live.locator(".mb-found-line strong").all_inner_texts()[:3] == ["0", "1", "0"]


def test_a_student_is_told_what_is_missing_and_then_that_the_answer_is_right(jupyterlab, page):
    notebook = Notebook(page, f"{jupyterlab}/lab/tree/assignments/layers.ipynb")
    checked = page.locator(".jp-CodeCell", has_text="check(2)").first
    nothing = checked.get_by_text("gives nothing yet. Replace the three dots by your answer;")
    for _ in range(5):
        notebook.choose("Run", "Run All Cells")
        page.wait_for_timeout(4000)
        checked.scroll_into_view_if_needed()
        if nothing.count():
            break
    assert checked.get_by_text("Not yet.").count() == 2
    assert page.locator(".jp-OutputArea-output[data-mime-type='application/vnd.jupyter.stderr']").count() == 0
    answer = page.locator(".jp-CodeCell", has_text="# question 2").first
    answer.locator(".jp-InputArea-editor").first.click()
    page.keyboard.press("Control+End")
    for _ in "...":
        page.keyboard.press("Backspace")
    page.keyboard.type("return (size + 2 * padding - kernel) // stride + 1")
    page.keyboard.press("Shift+Enter")  # runs the answer and goes on to its check
    page.keyboard.press("Shift+Enter")
    checked.get_by_text("output_size(32, 5, padding=2) gives 32.").wait_for(timeout=20000)
    assert checked.get_by_text("Right.").count() == 2 and checked.get_by_text("Not yet.").count() == 0


def test_the_denoising_comparer_talks_with_python(jupyterlab, page):
    notebook = Notebook(page, f"{jupyterlab}/lab/tree/book/layers/convolution.ipynb")
    notebook.run("KernelTuner(image=")
    notebook.ask(
        "import numpy as np; from marubatsu.widgets import DenoisingComparer; rng = np.random.default_rng(1); "
        "full = 40 * np.eye(40); noise = rng.normal(0, 30, (2, 40, 40)); doses = [(300 * (1 + i), {'low': full + n, "
        "'filter': full + n / 2, 'network': full + n / 3}) for i, n in enumerate(noise)]; "
        "comparer = DenoisingComparer(full, doses, span=200); comparer"
    )
    live = page.locator(".jp-CodeCell", has_text="comparer = DenoisingComparer").last.locator(".marubatsu-live")
    live.wait_for(timeout=60000)
    live.get_by_role("radio", name="600", exact=True).check(force=True)
    live.get_by_label("Right", exact=True).select_option("Filter")
    live.get_by_role("slider", name="Divider").focus()
    page.keyboard.press("Home")
    page.wait_for_timeout(800)
    seen = notebook.ask("print(comparer.dose, comparer.left, comparer.right, comparer.split)").strip()
    assert seen == "1 low filter 0"
    said = notebook.ask(
        "import json; comparer.dose, comparer.pixel, comparer.side = 0, [12, 30], 9; "
        "print(json.dumps([[s.here, s.spread, s.psnr] for s in map(comparer.scores, comparer.kinds[:-1])]))"
    )
    page.wait_for_timeout(800)
    assert live.locator(".mb-readout").inner_text() == "row 12, column 30"
    for place, expected in enumerate(json.loads(said)):
        cells = live.locator(".mb-score-table tbody tr").nth(place).locator("td").all_inner_texts()
        shown = [float(cells[column].replace("−", "-")) for column in (0, 1, 3)]
        assert shown == pytest.approx(expected, abs=0.051), "the scores on the screen are those of Python"
