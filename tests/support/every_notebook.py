"""Every page and assignment as a notebook, from top to bottom, in a real JupyterLab driven by a browser: a program.

It takes minutes, so `make notebooks` does it and `make test` does not. The JupyterLab is that of another environment,
which was made from requirements.txt alone; so a package that only the tests install cannot help.
"""

import argparse
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


# The commands behind "Run All Cells" and "Save Notebook" of the menus, once the kernel has answered; a page that takes
# too long is saved as it stands.
RUN_AND_SAVE = """async limit => {
  const { commands, shell } = window.jupyterapp;
  const { context } = shell.currentWidget;
  await Promise.all([context.ready, context.sessionContext.ready]);
  await context.sessionContext.session.kernel.info;
  const late = new Promise(end => setTimeout(end, 1000 * limit));
  await Promise.race([commands.execute('notebook:run-all-cells'), late]);
  await context.save();
}"""


def run_all(page, address: str, path: Path) -> list[str]:
    """Open a notebook, run all its cells as the menu does, save it, and return what went wrong."""
    page.goto(f"{address}?reset")
    page.wait_for_selector(".jp-NotebookPanel .jp-CodeCell", state="attached")
    page.evaluate(RUN_AND_SAVE, LIMIT)
    cells = [cell for cell in json.loads(path.read_text(encoding="utf-8"))["cells"] if cell["cell_type"] == "code"]
    outputs = [out for cell in cells for out in cell["outputs"]]
    faults = [f"{out['ename']}: {out['evalue']}" for out in outputs if out["output_type"] == "error"]
    faults += [f"stderr: {''.join(out['text'])[:200]}" for out in outputs if out.get("name") == "stderr"]
    idle = sum(not cell["execution_count"] for cell in cells)
    return faults + [f"{idle} of {len(cells)} cells did not run"] * bool(idle)


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
        shutil.copytree(given.site / "assignments", folder / "assignments")
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=["--no-sandbox", "--disable-gpu"])
        with jupyterlab(given.python.absolute(), folder) as home:
            for path in sorted([*folder.glob("book/**/*.ipynb"), *folder.glob("assignments/*.ipynb")]):
                name, begun = path.relative_to(folder).as_posix(), time.monotonic()
                page = browser.new_context(viewport={"width": 1400, "height": 1000}).new_page()
                page.set_default_timeout(1000 * LIMIT)
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
