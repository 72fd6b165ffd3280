"""The two commands of a lecturer: make the notebooks of an assignment, and mark a class."""

import argparse
import sys
from pathlib import Path

import nbformat

from . import assignment, marking, report, sandbox

FIRST = """import importlib.util

if importlib.util.find_spec('marubatsu') is None:
    raise ModuleNotFoundError("The library is missing. Install it from the book's folder: pip install '.[data]'")"""


def make(name: str, out: Path, first: str = FIRST) -> list[Path]:
    """Write the three notebooks of an assignment into a folder and return their paths."""
    found = assignment.load(name)
    notebooks = {
        f"{found.name}.ipynb": assignment.student(found, marking.expected(found), first),
        f"{found.name}-solutions.ipynb": assignment.solved(found),
        f"{found.name}-marking.ipynb": assignment.solved(found, marking.expected(found)),
    }
    out.mkdir(parents=True, exist_ok=True)
    for file, notebook in notebooks.items():
        nbformat.write(notebook, out / file)
    return [out / file for file in notebooks]


def mark(name: str, folder: Path, out: Path, *, workers: int | None, again: bool) -> list[marking.Marked]:
    """Mark a class with a progress bar, and write the table and the page of results."""
    from tqdm import tqdm

    found = assignment.load(name)
    with tqdm(total=len(marking.submissions(folder)), unit="submission") as bar:
        options = {"workers": workers, "again": again}
        results = marking.mark_class(folder, out, found, progress=lambda _: bar.update(), **options)
    text = report.page(results, found, sandbox.protections())
    (out / "results.html").write_text(text, encoding="utf-8")
    return results


def main(arguments: list[str] | None = None) -> int:
    """Read the command line and do what it says."""
    parser = argparse.ArgumentParser(prog="python -m marubatsu.course", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    known = f"one of {', '.join(assignment.names())}, or the path of a text of your own"
    making = commands.add_parser("make", help="write the notebooks: for students, with solutions, for marking")
    making.add_argument("assignment", help=known)
    making.add_argument("--out", type=Path, default=Path(), help="the folder to write into")
    judging = commands.add_parser("mark", help="mark all submissions of a folder; interrupted, it goes on next time")
    judging.add_argument("assignment", help=known)
    judging.add_argument("folder", type=Path, help="holds the submissions, at any depth")
    judging.add_argument("--out", type=Path, default=Path("results"), help="the folder for the marks")
    judging.add_argument("--workers", type=int, help="how many are marked at a time; left out, one for each core")
    judging.add_argument("--again", action="store_true", help="mark anew what was marked before")
    given = parser.parse_args(arguments)
    try:
        if given.command == "make":
            for path in make(given.assignment, given.out):
                sys.stdout.write(f"{path}\n")
        else:
            results = mark(given.assignment, given.folder, given.out, workers=given.workers, again=given.again)
            sys.stdout.write(f"{len(results)} submissions: {given.out / 'marks.csv'}, {given.out / 'results.html'}\n")
    except ValueError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    except KeyboardInterrupt:
        sys.stderr.write("Interrupted. What was marked is kept; the same command goes on from here.\n")
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
