"""A page is built again when the library behind it changed, not only when its own words did.

Cells are not run again while their text stays the same; their outputs, and the scripts and styles of the widgets,
also depend on every file of the library, and the pages on what builds them. Here digests of those files decide.
"""

import hashlib
import shutil
from pathlib import Path

import marubatsu
import marubatsu_book
import marubatsu_course

LIBRARY = Path(marubatsu.__file__).parent  # what cells see
BUILDERS = tuple(Path(package.__file__).parent for package in (marubatsu_course, marubatsu_book))
KINDS = (".py", ".js", ".css", ".json", ".html", ".toml")


def digest_of(*folders: Path) -> str:
    """Return a short name for the content of all source files below some folders."""
    found = hashlib.sha256()
    for folder in folders:
        for path in sorted(path for path in folder.rglob("*") if path.suffix in KINDS):
            found.update(f"{path.relative_to(folder).as_posix()}\n".encode())
            found.update(path.read_bytes())
    return found.hexdigest()[:16]


def forget_outputs(app, config):
    """Delete what cells gave under another library; what builds the pages does not change an output."""
    record = Path(app.doctreedir) / "library.txt"
    before = record.read_text(encoding="utf-8").split() if record.is_file() else []
    app.library_digests = [digest_of(LIBRARY), digest_of(*BUILDERS)]
    app.library_changed = before != app.library_digests
    cache = Path(getattr(config, "nb_execution_cache_path", "") or Path(app.outdir).parent / ".jupyter_cache")
    if before[:1] != app.library_digests[:1] and cache.is_dir():
        shutil.rmtree(cache)


def outdate_pages(app, env, added, changed, removed):
    """Return all pages when the library changed."""
    return sorted(env.found_docs) if app.library_changed else []


def remember(app, error):
    """Keep the digest of a library with which the whole book was built."""
    if error is None:
        (Path(app.doctreedir) / "library.txt").write_text("\n".join(app.library_digests), encoding="utf-8")


def setup(app):
    """Register with Sphinx; before cells are run."""
    app.connect("config-inited", forget_outputs, priority=100)
    app.connect("env-get-outdated", outdate_pages)
    app.connect("build-finished", remember)
