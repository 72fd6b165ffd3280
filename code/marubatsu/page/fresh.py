"""A page is built again when the library behind it changed, not only when its own words did.

Cells are not run again while their text stays the same; their outputs, and the scripts and styles of the widgets,
also depend on every file of the library. Here a digest of those files decides.
"""

import hashlib
import shutil
from pathlib import Path

LIBRARY = Path(__file__).parent.parent
KINDS = (".py", ".js", ".css", ".json", ".html")


def digest_of(folder: Path) -> str:
    """Return a short name for the content of all source files below a folder."""
    found = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.suffix in KINDS):
        found.update(f"{path.relative_to(folder).as_posix()}\n".encode())
        found.update(path.read_bytes())
    return found.hexdigest()[:16]


def forget_outputs(app, config):
    """Delete what cells gave under another library."""
    record = Path(app.doctreedir) / "library.txt"
    app.library_digest = digest_of(LIBRARY)
    app.library_changed = not record.is_file() or record.read_text(encoding="utf-8") != app.library_digest
    cache = Path(getattr(config, "nb_execution_cache_path", "") or Path(app.outdir).parent / ".jupyter_cache")
    if app.library_changed and cache.is_dir():
        shutil.rmtree(cache)


def outdate_pages(app, env, added, changed, removed):
    """Return all pages when the library changed."""
    return sorted(env.found_docs) if app.library_changed else []


def remember(app, error):
    """Keep the digest of a library with which the whole book was built."""
    if error is None:
        (Path(app.doctreedir) / "library.txt").write_text(app.library_digest, encoding="utf-8")


def setup(app):
    """Register with Sphinx; before cells are run."""
    app.connect("config-inited", forget_outputs, priority=100)
    app.connect("env-get-outdated", outdate_pages)
    app.connect("build-finished", remember)
