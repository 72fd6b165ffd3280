"""What is installed is what was tested: all that the requirements bring is pinned, and no lock names a host."""

import json
import re
import tomllib
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).resolve().parents[1]
ASKED = ["requirements.txt", "tests/requirements.txt"]
OURS = {"marubatsu", "marubatsu-course", "marubatsu-book"}


def lines(file):
    """The lines of a file of requirements that ask for a package, without comments, options and our own folders."""
    text = (ROOT / file).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and line[0] not in "#-"]


LOCKED = [Requirement(line) for line in lines("requirements.lock")]


def pinned(name):
    """The version that the lock gives a package on this system; None where it names none."""
    found = [each for each in LOCKED if canonicalize_name(each.name) == canonicalize_name(name)]
    versions = [next(iter(each.specifier)).version for each in found if each.marker is None or each.marker.evaluate()]
    assert len(versions) <= 1, f"{name} is pinned twice"
    return versions[0] if versions else None


def wanted(need, extras):
    """Whether a package needs another on this system, with the extras that were asked for."""
    return need.marker is None or any(need.marker.evaluate({"extra": extra}) for extra in extras or {""})


def brought():
    """The installed packages that the requirements bring, with those that they need in turn."""
    waiting = [Requirement(line) for file in ASKED for line in lines(file)] + [Requirement(name) for name in OURS]
    seen = set()
    while waiting:
        asked = waiting.pop()
        key = (canonicalize_name(asked.name), frozenset(asked.extras))
        if key in seen:
            continue
        seen.add(key)
        waiting += [
            need for need in map(Requirement, metadata.requires(asked.name) or ()) if wanted(need, asked.extras)
        ]
    return sorted({name for name, _ in seen} - OURS)


def test_all_that_the_requirements_bring_is_pinned_as_installed():
    installed = {name: Version(metadata.version(name)).public for name in brought()}
    assert len(installed) > 100
    assert {name: (version, pinned(name)) for name, version in installed.items() if version != pinned(name)} == {}


@pytest.mark.parametrize("file", ASKED)
def test_the_lock_agrees_with_what_is_asked_for(file):
    asked = [Requirement(line) for line in lines(file)]
    assert (
        asked
        and {each.name: pinned(each.name) for each in asked if str(each.specifier) != f"=={pinned(each.name)}"} == {}
    )


def test_the_lock_holds_for_what_binder_and_the_tests_install():
    text = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    assert "\n-c requirements.lock\n" in text
    assert "\n-r ../requirements.txt\n" in (ROOT / "tests/requirements.txt").read_text(encoding="utf-8")


def test_the_lowest_versions_that_are_tried_are_those_that_are_promised():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    named = [*project["dependencies"], *(each for extra in project["optional-dependencies"].values() for each in extra)]
    promised = {each.name: next(iter(each.specifier)).version for each in map(Requirement, named) if each.specifier}
    tried = {each.name: next(iter(each.specifier)).version for each in map(Requirement, lines(".github/lowest.txt"))}
    assert tried and {name: Version(version) for name, version in tried.items()} == {
        name: Version(version) for name, version in promised.items() if name != "torch"
    }


def test_no_lock_names_a_registry():
    assert not re.search(r"://|^-", (ROOT / "requirements.lock").read_text(encoding="utf-8"), re.MULTILINE)
    packages = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    assert len(packages) > 50 and not [name for name, each in packages.items() if "resolved" in each]


def test_the_tools_for_scripts_are_pinned_and_nothing_else_is_needed():
    package = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))
    assert package["private"] and "dependencies" not in package
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in package["devDependencies"].values())
