"""The question bank among the files of the site: in ``question-bank/`` of its root, where pages link to it."""

from pathlib import Path

from marubatsu_course.question_bank import files as bank

FOLDER = "question-bank"


def write(app, error):
    """Write both files into a finished site."""
    if error is None and app.builder.name == "html":
        bank.write(Path(app.outdir) / FOLDER, toc=Path(app.srcdir) / app.config.external_toc_path)


def setup(app):
    """Register with Sphinx; before the site is packed."""
    app.connect("build-finished", write, priority=700)
