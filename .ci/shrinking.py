"""Hold what a type checker finds against a list of known errors, which may only become shorter.

    python .ci/shrinking.py LIST COMMAND …            fails on a new error, and on a known one that is gone
    python .ci/shrinking.py --shorten LIST COMMAND …  takes those that are gone off the list

An error is known by its file and its sentence, not by its line, so that a line above it may come and go.
"""

import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

# mypy: path:12: error: sentence  [code]       tsc: path(12,3): error TS2339: sentence
FOUND = re.compile(r"^(?P<path>[^\s:(]+)(?::(?P<line>\d+)(?::\d+)?|\((?P<row>\d+),\d+\)): error:?\s*(?P<words>.+)$")


def errors(text: str) -> dict[str, list[str]]:
    """Return, for each error as it stands in the list, the places where it was found."""
    found: dict[str, list[str]] = {}
    for line in text.splitlines():
        if match := FOUND.match(line):
            path = match["path"].replace("\\", "/")
            found.setdefault(f"{path}: {match['words']}", []).append(f"{path}:{match['line'] or match['row']}")
    return found


def main() -> int:
    """Run the checker, compare, and say in sentences what is new and what is gone."""
    shorten, given = "--shorten" in sys.argv, [each for each in sys.argv[1:] if each != "--shorten"]
    path, command = Path(given[0]), given[1:]
    run = subprocess.run(command, check=False, capture_output=True, text=True, encoding="utf-8")
    found = errors(run.stdout)
    if run.returncode and not found:
        print(run.stdout, run.stderr, f"{command[0]} could not do its work.", sep="\n")
        return run.returncode
    known = Counter(path.read_text(encoding="utf-8").splitlines() if path.exists() else ())
    now = Counter({error: len(places) for error, places in found.items()})
    new, gone = now - known, known - now
    for error in new:
        print(f"{', '.join(found[error])}: {error.partition(': ')[2]}")
    if shorten and gone:
        path.write_text("".join(f"{error}\n" for error in sorted((known & now).elements())), encoding="utf-8")
    elif gone:
        print(*(f"no longer found: {error}" for error in gone), sep="\n")
        print(f"Well done. Take what is gone off {path} with `make shorten`, so that it does not come back.")
    print(f"{path.stem}: {new.total()} new, {(known & now).total()} known errors.")
    return 1 if new or (gone and not shorten) else 0


if __name__ == "__main__":
    sys.exit(main())
