"""Every page as a notebook, from top to bottom, in a real JupyterLab driven by a browser: run as a program.

It takes minutes, so `make notebooks` does it and `make test` does not. The JupyterLab is that of another environment,
which was made from requirements.txt alone; so a package that only the tests install cannot help.
"""

import argparse
import contextlib
import json
import shutil
import sys
import tempfile
import time
from pathlib import Path

from find_chromium import find_chromium
from lab import jupyterlab
from playwright.sync_api import TimeoutError as Late
from playwright.sync_api import sync_playwright

LIMIT = 240  # seconds that one page may take


def run_all(page, address: str, path: Path) -> list[str]:
    """Open a notebook, run all its cells from the menu, save it, and return what went wrong."""
    page.goto(f"{address}?reset")
    page.wait_for_selector(".jp-NotebookPanel .jp-CodeCell", state="attached", timeout=60_000)
    page.wait_for_selector(".jp-Notebook-ExecutionIndicator[data-status='idle']", timeout=60_000)
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
    end = time.monotonic() + LIMIT
    while time.monotonic() < end:
        page.wait_for_timeout(2000)
        page.wait_for_selector(".jp-Notebook-ExecutionIndicator[data-status='idle']", timeout=1000 * LIMIT)
        for question in page.locator(".jp-Dialog").get_by_role("button", name="Overwrite").all():
            question.click()  # it was saved a moment ago
        page.get_by_role("menuitem", name="File", exact=True).click()
        page.get_by_role("menuitem", name="Save Notebook").first.click()
        page.wait_for_timeout(1500)
        with contextlib.suppress(json.JSONDecodeError):  # it is being saved right now
            cells = [cell for cell in json.loads(path.read_text())["cells"] if cell["cell_type"] == "code"]
            broken = [out for cell in cells for out in cell["outputs"] if out["output_type"] == "error"]
            if broken:
                return [f"{out['ename']}: {out['evalue']}" for out in broken]
            if all(cell["execution_count"] for cell in cells):
                loud = [out["text"] for cell in cells for out in cell["outputs"] if out.get("name") == "stderr"]
                return [f"stderr: {''.join(text)[:200]}" for text in loud]
    return [f"some cells did not run within {LIMIT} s"]


def main() -> int:
    """Read the command line, run every notebook, and say what was seen of each."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("site", type=Path, help="the built book")
    parser.add_argument("--python", type=Path, required=True, help="Python of the clean environment")
    given = parser.parse_args()
    faults = 0
    with tempfile.TemporaryDirectory() as work, sync_playwright() as playwright:
        folder = Path(work)
        shutil.copytree(given.site / "_sources" / "book", folder / "book")
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=["--no-sandbox", "--disable-gpu"])
        with jupyterlab(given.python.absolute(), folder) as home:
            for path in sorted(folder.glob("book/**/*.ipynb")):
                name, begun = path.relative_to(folder).as_posix(), time.monotonic()
                page = browser.new_context(viewport={"width": 1400, "height": 1000}).new_page()
                try:
                    found = run_all(page, f"{home}/lab/tree/{name}", path)
                except Late as error:
                    found = [str(error).splitlines()[0]]
                page.context.close()
                faults += bool(found)
                sys.stdout.write(f"{name}: {'; '.join(found) or 'every cell ran'} ({time.monotonic() - begun:.0f} s)\n")
                sys.stdout.flush()
        browser.close()
    return int(faults > 0)


if __name__ == "__main__":
    sys.exit(main())
