"""What several files of tests share: the built book, a browser, an assignment, and marks for what a test needs."""

import os
import subprocess
import sys
from pathlib import Path

import hypothesis
import numpy as np
import pytest

TESTS = Path(__file__).resolve().parent
ROOT = TESTS.parent
sys.path.insert(0, str(TESTS / "support"))
pytest_plugins = ["browsing", "decks"]

from find_chromium import find_chromium  # noqa: E402

# The same examples in every run: a test that fails, fails again.
hypothesis.settings.register_profile("fixed", derandomize=True, deadline=None, database=None, print_blob=True)
hypothesis.settings.load_profile("fixed")

# Which mark a test gets that uses one of these: fixtures, and what the modules of tests/support give.
NEEDS = {"browser": "browser", "find_chromium": "browser", "site": "pages", "pages": "pages"}
PAGES = TESTS / "pages"

# A browser that asks nothing of the network by itself, so that every request seen is the page's.
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def marks_of(item) -> set[str]:
    """What a test needs beyond the library, read off its path, its fixtures and its calls, so that no hand forgets it.

    A fixture counts when it is the shared one: a file of tests may have a small `site` of its own.
    """
    if not isinstance(item, pytest.Function):
        return set()
    marks = {"pages"} if PAGES in item.path.parents else set()
    for name, found in item._fixtureinfo.name2fixturedefs.items():
        if name in NEEDS and Path(found[-1].func.__code__.co_filename).parent in (TESTS, TESTS / "support"):
            marks.add(NEEDS[name])
    called = (getattr(item.module, name, None) for name in item.function.__code__.co_names)
    return marks | {NEEDS[each.__module__] for each in called if getattr(each, "__module__", None) in NEEDS}


def pytest_collection_modifyitems(items):
    """Give each test the marks of what it needs, before `-m` chooses among them."""
    for item in items:
        for mark in sorted(marks_of(item)):
            item.add_marker(mark)


@pytest.fixture(scope="session")
def site() -> Path:
    """The folder of the built book. `make test` builds it first; a test run alone builds it when it is missing.

    MARUBATSU_SITE names another built book, for example one of a single page.
    """
    if "MARUBATSU_SITE" in os.environ:
        return Path(os.environ["MARUBATSU_SITE"])
    folder = ROOT / "_build" / "html"
    if not (folder / "searchindex.js").exists():
        command = [Path(sys.executable).with_name("jupyter-book"), "build", str(ROOT), "-W", "-n", "--keep-going"]
        built = subprocess.run(command, capture_output=True, text=True, env=os.environ, check=False)
        assert built.returncode == 0, built.stdout[-4000:] + built.stderr[-4000:]
    return folder


@pytest.fixture(scope="session")
def browser():
    """A headless Chromium."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=find_chromium(), args=CHROMIUM_FLAGS)


@pytest.fixture(scope="session")
def layers():
    """The assignment `layers`: it, what its tests should give, the student notebook, and the solved answers."""
    import simulated

    found, wanted, notebook = simulated.template()
    return found, wanted, notebook, simulated.solutions(found)


@pytest.fixture(scope="session")
def slope():
    """Finite differences in float64: how `loss()` changes with each number of an array, which is put back after."""

    def measure(loss, array, step=1e-6):
        measured = np.empty_like(array)
        for place in np.ndindex(array.shape):
            before = array[place]
            array[place] = before + step
            above = loss()
            array[place] = before - step
            below = loss()
            array[place] = before
            measured[place] = (above - below) / (2 * step)
        return measured

    return measure
