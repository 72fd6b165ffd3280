"""The whole site as one zip file, for a USB stick or a hospital computer without network."""

import zipfile
from pathlib import Path

from sphinx.util import logging

LOGGER = logging.getLogger(__name__)
NAME = "marubatsu-book.zip"
NOT_FOR_READERS = {".doctrees", ".buildinfo", "objects.inv", NAME}
README = "Unpack this folder anywhere, then open index.html in a browser. No network and no installation is needed.\n"


def write_archive(site: Path) -> Path:
    """Pack a built site into ``marubatsu-book.zip`` inside it and return the file's path.

    Times inside the archive are fixed, so that the same site gives the same bytes.
    """
    target = site / NAME
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        archive.writestr(zipfile.ZipInfo("marubatsu-book/READ-ME-FIRST.txt"), README)
        for path in sorted(site.rglob("*")):
            inside = path.relative_to(site)
            if path.is_file() and not NOT_FOR_READERS & set(inside.parts):
                entry = zipfile.ZipInfo(f"marubatsu-book/{inside.as_posix()}")
                entry.external_attr = 0o644 << 16
                archive.writestr(entry, path.read_bytes(), zipfile.ZIP_DEFLATED, compresslevel=9)
    return target


def pack(app, error):
    """Write the archive when a build of the web pages has succeeded."""
    if error is None and app.builder.name == "html":
        path = write_archive(Path(app.outdir))
        LOGGER.info("packed the site: %s (%.1f MB)", path.name, path.stat().st_size / 1e6)


def setup(app):
    """Register with Sphinx; after ``offline`` has cleaned the site."""
    app.connect("build-finished", pack, priority=900)
