"""The launch buttons of any copy of the book open that copy, the same page, as a notebook."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from marubatsu_book.notebooks.repository import address, read_origin, role

ROOT = Path(__file__).resolve().parents[3]


@pytest.mark.parametrize(
    "origin",
    [
        "https://github.com/ward-7/marubatsu.git",
        "https://github.com/ward-7/marubatsu",
        "git@github.com:ward-7/marubatsu.git",
        "ssh://git@github.com/ward-7/marubatsu.git\n",
    ],
)
def test_the_address_of_a_clone_is_its_origin(origin):
    assert address({}, origin) == "https://github.com/ward-7/marubatsu"


def test_the_environment_of_github_actions_comes_before_the_origin():
    environ = {"GITHUB_REPOSITORY": "ward-7/fork", "GITHUB_SERVER_URL": "https://github.com"}
    assert address(environ, "https://github.com/somebody/else") == "https://github.com/ward-7/fork"


def test_without_github_there_is_no_address():
    assert address({}, "") == address({}, "/srv/books/marubatsu") == address({}, "https://git.example/a/b") == ""


def test_a_folder_without_git_has_no_origin(tmp_path):
    assert read_origin(tmp_path) == ""


@pytest.fixture(scope="module")
def fork(tmp_path_factory):
    """A small book with this book's settings, built as GitHub Actions would build a fork of it."""
    folder = tmp_path_factory.mktemp("fork")
    page = (ROOT / "book/layers/images-are-numbers.md").read_text(encoding="utf-8")
    front = re.match(r"---\n.*?\n---\n", page, re.DOTALL)[0]
    (folder / "book/layers").mkdir(parents=True)
    (folder / "book/index.md").write_text("# Cover\n", encoding="utf-8")
    (folder / "book/layers/page.md").write_text(f"{front}\n# Page\n\n```{{code-cell}}\n1 + 1\n```\n", encoding="utf-8")
    shutil.copytree(ROOT / "book/_static", folder / "book/_static")
    shutil.copy(ROOT / "book/references.bib", folder / "book")
    shutil.copy(ROOT / "_config.yml", folder)
    toc = "format: jb-book\nroot: book/index\nchapters:\n- file: book/layers/page\n"
    (folder / "_toc.yml").write_text(toc, encoding="utf-8")
    environ = os.environ | {"GITHUB_REPOSITORY": "ward-7/fork", "GITHUB_SERVER_URL": "https://github.com"}
    command = [Path(sys.executable).with_name("jupyter-book"), "build", str(folder), "-W", "-n"]
    built = subprocess.run(command, capture_output=True, text=True, env=environ, check=False)
    assert built.returncode == 0, built.stdout[-3000:] + built.stderr[-3000:]
    return folder / "_build/html"


def links_of(fork, host):
    return set(re.findall(rf'href="(https://{host}[^"]+)"', (fork / "book/layers/page.html").read_text("utf-8")))


@pytest.mark.slow
def test_binder_opens_the_same_page_of_the_fork_in_jupyterlab(fork):
    expected = "https://mybinder.org/v2/gh/ward-7/fork/notebooks?urlpath=lab/tree/book/layers/page.ipynb"
    assert links_of(fork, "mybinder") == {expected}


@pytest.mark.slow
def test_colab_opens_the_same_page_of_the_fork(fork):
    expected = "https://colab.research.google.com/github/ward-7/fork/blob/notebooks/book/layers/page.ipynb"
    assert links_of(fork, "colab") == {expected}


@pytest.mark.slow
def test_the_notebook_of_the_page_is_offered_for_download_and_installs_that_fork(fork):
    text = (fork / "book/layers/page.html").read_text(encoding="utf-8")
    assert 'href="../../_sources/book/layers/page.ipynb"' in text
    cells = json.loads((fork / "_sources/book/layers/page.ipynb").read_text(encoding="utf-8"))["cells"]
    sources = [cell["source"] for cell in cells if cell["cell_type"] == "code"]
    assert "@ git+https://github.com/ward-7/fork" in sources[0] and sources[1:] == ["1 + 1"]
    assert "(https://ward-7.github.io/fork/book/layers/page.html)" in cells[0]["source"]


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("https://github.com/ward-7/marubatsu", ("the folder", "https://github.com/ward-7/marubatsu")),
        ("", ("the folder (from whoever gave you this book: this copy does not know its web address)", None)),
    ],
)
def test_a_page_that_names_the_folder_links_to_it_where_its_address_is_known(url, said):
    config = SimpleNamespace(html_theme_options={"repository_url": url})
    inliner = SimpleNamespace(document=SimpleNamespace(settings=SimpleNamespace(env=SimpleNamespace(config=config))))
    (node,), troubles = role("repository", "", "the folder", 1, inliner)
    assert (node.astext(), node.get("refuri") if url else None) == said and troubles == []
