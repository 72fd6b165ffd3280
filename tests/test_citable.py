"""Whoever cites the book finds one version, one title and one year, wherever she looks."""

import re
import tomllib
from importlib.metadata import version
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def project():
    """What pyproject.toml says: the one place where the version is set."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


@pytest.fixture(scope="module")
def citation():
    """What programs read."""
    return yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def released():
    """The newest released version of the changelog and its day."""
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    return re.search(r"^## \[(\d+\.\d+\.\d+)\] - (\d{4}-\d{2}-\d{2})$", text, re.MULTILINE).groups()


@pytest.fixture(scope="module")
def cover():
    """The first page of the book."""
    return (ROOT / "book/index.md").read_text(encoding="utf-8")


def test_package_citation_changelog_and_cover_name_one_version(project, citation, released, cover):
    found = {project["version"], version("marubatsu"), str(citation["version"]), released[0]}
    assert len(found) == 1, found
    cited = re.findall(r"version(?:\s+= \{|\s)(\d+\.\d+\.\d+)", cover)
    assert cited == [project["version"]] * 2, "the line to cite, and the BibTeX entry"


def test_the_day_of_release_is_the_same_and_its_year_is_cited(citation, released, cover):
    assert str(citation["date-released"]) == released[1]
    year = released[1][:4]
    assert f"(The marubatsu authors ({year})" in cover.replace("> The", "(The") and f"year    = {{{year}}}" in cover


def test_title_authors_and_licences_agree(project, citation, cover):
    config = yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))
    assert citation["title"] == config["title"]
    assert f"title   = {{{config['title']}}}" in cover
    names = {config["author"], citation["authors"][0]["name"], project["authors"][0]["name"]}
    assert names == {"The marubatsu authors"}
    assert citation["license"] == [project["license"], "CC-BY-4.0"]


def test_both_lectures_are_among_the_references(citation):
    bibliography = (ROOT / "book/references.bib").read_text(encoding="utf-8")
    assert [each["title"] in bibliography for each in citation["references"]] == [True, True]


def test_no_doi_is_claimed_before_there_is_one(citation, cover):
    assert "doi" not in citation and "identifiers" not in citation
    assert "The book has no DOI" in cover
