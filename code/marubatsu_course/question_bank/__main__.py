"""The command of a lecturer: write the question bank."""

import argparse
import sys
from pathlib import Path

from marubatsu_course.question_bank import files as bank


def main(arguments: list[str] | None = None) -> int:
    """Read the command line and do what it says."""
    parser = argparse.ArgumentParser(prog="python -m marubatsu_course.question_bank", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    writing = commands.add_parser("bank", help="write Moodle XML and a Common Cartridge")
    writing.add_argument("names", nargs="*", help="pages, as training; left out, all that have a quiz")
    writing.add_argument("--out", type=Path, default=Path("question-bank"), help="the folder to write into")
    given = parser.parse_args(arguments)
    try:
        written = bank.write(given.out, given.names or None)
    except ValueError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.write("".join(f"{path}\n" for path in written))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
