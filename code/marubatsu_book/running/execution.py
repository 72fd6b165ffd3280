"""Cells are run on all cores: pages that wait for outputs run side by side, before Sphinx reads one after the other.

What comes out is put into the cache from which myst-nb takes it. A page whose cell fails is left to myst-nb, which runs
it again and reports the fault at its place.
"""

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from jupyter_cache import get_cache
from jupyter_cache.base import CacheBundleIn
from jupyter_cache.executors.utils import single_nb_execution
from myst_nb.core.read import create_nb_reader
from sphinx.util import logging

LOGGER = logging.getLogger(__name__)
KERNEL_LOG = (
    "--IPKernelApp.log_level=ERROR"  # each kernel would warn that its sockets, on this computer, are not encrypted
)


def cores() -> int:
    """Return how many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def waiting(app, env, docnames, cache):
    """Yield path and notebook of every page with cells whose outputs are not in the cache."""
    for docname in docnames:
        path = Path(env.doc2path(docname))
        text = path.read_text(encoding="utf-8")
        reader = create_nb_reader(str(path), env.myst_config, env.mystnb_config, text)
        if reader is None:
            continue
        notebook = reader.read(text)
        try:
            cache.match_cache_notebook(notebook)
        except KeyError:
            if any(cell["cell_type"] == "code" for cell in notebook.cells):
                yield path, notebook


def run_ahead(app, env, docnames):
    """Run the pages that wait, as many at a time as there are cores, and keep what comes out."""
    settings = env.mystnb_config
    if settings.execution_mode != "cache":
        return
    cache = get_cache(settings.execution_cache_path)
    pages = list(waiting(app, env, docnames, cache))
    if not pages:
        return

    def run(page):
        path, notebook = page
        options = {"timeout": settings.execution_timeout, "allow_errors": False, "extra_arguments": [KERNEL_LOG]}
        return path, notebook, single_nb_execution(notebook, cwd=str(path.parent), **options)

    LOGGER.info("running the cells of %d pages, %d at a time", len(pages), cores())
    with ThreadPoolExecutor(cores()) as pool:
        for path, notebook, result in pool.map(run, pages):
            if result.err is None:
                LOGGER.info("%s: %.1f s", path.stem, result.time)
                kept = CacheBundleIn(notebook, str(path), data={"execution_seconds": result.time})
                cache.cache_notebook_bundle(kept, check_validity=False, overwrite=True)


def setup(app):
    """Register with Sphinx; once it is known which pages will be read."""
    app.connect("env-before-read-docs", run_ahead)
