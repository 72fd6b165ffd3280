"""The two commands of a lecturer: make the notebooks of an assignment, and mark a class."""

import argparse
import sys
from pathlib import Path

try:
    import nbformat
    from tqdm import tqdm

    from marubatsu_course import assignment, classroom, corrections, marking
    from marubatsu_course.first_cell import first_cell
    from marubatsu_course.reports import report, sheet, table
    from marubatsu_course.submissions import collect
    from marubatsu_course.walls import sandbox
except ModuleNotFoundError as error:
    command = f"{sys.executable} -m pip install . ./code/marubatsu_course"
    sys.exit(f"{error.name} is missing. In the book's folder run: {command}")


def make(name: str, out: Path, repository: str = "") -> list[Path]:
    """Write the three notebooks of an assignment into a folder and return their paths."""
    found = assignment.load(name)
    wanted = marking.expected(found)
    notebooks = {
        f"{found.name}.ipynb": assignment.student(found, wanted, first_cell(repository)),
        f"{found.name}-solutions.ipynb": assignment.solved(found),
        f"{found.name}-marking.ipynb": assignment.solved(found, wanted),
    }
    out.mkdir(parents=True, exist_ok=True)
    for file, notebook in notebooks.items():
        nbformat.write(notebook, out / file)
    return [out / file for file in notebooks]


def mark(name: str, folder: Path, out: Path, *, workers: int | None, again: bool, separator: str) -> str:
    """Mark a class with a progress bar, and write its results, after an interruption too; return what to say of it."""
    found = assignment.load(name)
    own = out / found.name
    submissions, aside = collect(folder, leave=out)
    own.mkdir(parents=True, exist_ok=True)
    corrected = corrections.read(own / "corrections.csv", submissions, found)
    done: list[marking.Marked] = []
    try:
        with tqdm(total=len(submissions), unit="submission") as bar:

            def progress(marked):
                done.append(marked)
                bar.update()

            classroom.mark_class(submissions, own, found, workers=workers, again=again, progress=progress)
    finally:
        if done:
            order = [submission.path for submission in submissions]
            done.sort(key=lambda marked: order.index(marked.submission))
            classroom.ask_which_counts(done)
            corrections.apply(corrected, done)
            write(own, done, found, aside=aside, left=len(submissions) - len(done), separator=separator)
    files = "1 other file was" if len(aside) == 1 else f"{len(aside)} other files were"
    missing = f" {files} not marked: see results.html." if aside else ""
    return f"{len(done)} submissions: {own / 'marks.csv'}, {own / 'results.html'}.{missing}"


def write(
    out: Path,
    results: list[marking.Marked],
    found: assignment.Assignment,
    *,
    aside: list[tuple[str, str]],
    left: int,
    separator: str,
) -> None:
    """Write the table, the page of results, and a sheet for each submission."""
    table.write(out / "marks.csv", results, found, separator)
    text = report.page(results, found, sandbox.protections(), aside=aside, left=left)
    (out / "results.html").write_text(text, encoding="utf-8")
    (out / "sheets").mkdir(exist_ok=True)
    for file, marked in zip(sheet.names(results), results, strict=True):
        (out / "sheets" / file).write_text(sheet.page(marked, found), encoding="utf-8")


def _parser():
    parser = argparse.ArgumentParser(prog="python -m marubatsu_course", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    known = f"one of {', '.join(assignment.names())}, or the path of a text of your own"
    making = commands.add_parser("make", help="write the notebooks: for students, with solutions, for marking")
    making.add_argument("assignment", help=known)
    making.add_argument("--out", type=Path, default=Path(), help="the folder to write into")
    making.add_argument("--repository", default="", help="the web address from which students install the library")
    judging = commands.add_parser("mark", help="mark all submissions of a folder; interrupted, it goes on next time")
    judging.add_argument("assignment", help=known)
    judging.add_argument("folder", type=Path, help="holds the submissions, at any depth")
    judging.add_argument("--out", type=Path, default=Path("results"), help="each assignment gets a folder in it")
    judging.add_argument("--workers", type=int, help="how many are marked at a time; left out, one for each core")
    judging.add_argument("--again", action="store_true", help="mark anew what was marked before")
    separators = "between the cells of marks.csv; with a semicolon numbers have a decimal comma"
    judging.add_argument("--separator", choices=[",", ";"], default=",", help=separators)
    return parser


def main(arguments: list[str] | None = None) -> int:
    """Read the command line and do what it says."""
    given = _parser().parse_args(arguments)
    try:
        if given.command == "make":
            for path in make(given.assignment, given.out, given.repository):
                sys.stdout.write(f"{path}\n")
        else:
            options = {"workers": given.workers, "again": given.again, "separator": given.separator}
            sys.stdout.write(f"{mark(given.assignment, given.folder, given.out, **options)}\n")
    except ValueError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    except OSError as error:
        sys.stderr.write(
            f"{error.filename or 'A file'} could not be written: {error.strerror}. Is it open elsewhere?\n"
        )
        return 2
    except KeyboardInterrupt:
        place = "" if given.command == "make" else f" The marks so far stand in {given.out}."
        sys.stderr.write(f"Interrupted.{place} The same command goes on from here.\n")
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
