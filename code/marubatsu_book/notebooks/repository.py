"""Where this copy of the book lives, so that the launch buttons of any fork open that fork.

The address comes from the environment in which the book is built: on GitHub Actions from its variables, on a
laptop from the clone's own ``origin``. Without an address there are no launch buttons: a button that opens
somebody else's book is worse than none. The notebook of each page is offered for download in any case.
"""

import os
import re
import subprocess
from pathlib import Path

from docutils import nodes

from marubatsu_book.notebooks.notebooks import BRANCH


def address(environ: dict[str, str], origin: str = "") -> str:
    """Return the web address of the repository, or an empty string when it is not known.

    Parameters
    ----------
    environ : dict
        The environment; ``GITHUB_SERVER_URL`` and ``GITHUB_REPOSITORY`` are set by GitHub Actions.
    origin : str
        What ``git remote get-url origin`` answers; ``git@host:owner/name.git`` and ``https`` are understood.
    """
    if name := environ.get("GITHUB_REPOSITORY"):
        return f"{environ.get('GITHUB_SERVER_URL', 'https://github.com')}/{name}"
    found = re.fullmatch(r"(?:https://|git@|ssh://git@)(github\.com)[:/]([\w.-]+/[\w.-]+?)(?:\.git)?/?", origin.strip())
    return f"https://{found[1]}/{found[2]}" if found else ""


def read_origin(folder: Path) -> str:
    """Return the clone's origin as git tells it; empty where there is no git or no remote."""
    try:
        answer = subprocess.run(
            ["git", "remote", "get-url", "origin"], cwd=folder, capture_output=True, text=True, check=False
        )
    except FileNotFoundError:
        return ""
    return answer.stdout.strip()


def set_address(app, config):
    """Give the theme this copy's address, or take the launch buttons away when there is none."""
    url = address(dict(os.environ), read_origin(Path(app.confdir)))
    if url:
        config.html_theme_options["repository_url"] = url
        config.html_theme_options["repository_branch"] = BRANCH
    else:
        config.html_theme_options.pop("launch_buttons", None)


def role(kind, rawtext, text, lineno, inliner, options=None, content=None):
    """Return the words as a link to this copy's address; where it is not known, say who has the folder."""
    url = inliner.document.settings.env.config.html_theme_options.get("repository_url", "")
    if url:
        return [nodes.reference("", text, refuri=url)], []
    return [nodes.Text(f"{text} (from whoever gave you this book: this copy does not know its web address)")], []


def setup(app):
    """Register with Sphinx; before the theme, which reads the address when the build starts."""
    app.add_role("repository", role)
    app.connect("config-inited", set_address, priority=100)
