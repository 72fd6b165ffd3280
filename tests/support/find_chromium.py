"""Where the browser for the tests is: run as a program, says so and exits with 1 when there is none."""

import os
import shutil
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def find_chromium() -> str | None:
    """Return the path of an installed Chromium, or None. ``CHROMIUM`` in the environment wins."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)


if __name__ == "__main__":
    print(find_chromium() or "No Chromium was found on this machine.")
    sys.exit(find_chromium() is None)
