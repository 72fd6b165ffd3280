"""What is installed: the library alone for a reader, the course for a lecturer, the book's tools for its builder."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow  # a wheel is built for each package

ROOT = Path(__file__).resolve().parents[1]
CODE = ROOT / "code"
PROJECTS = {"marubatsu": ROOT, "marubatsu_course": CODE / "marubatsu_course", "marubatsu_book": CODE / "marubatsu_book"}
BESIDE = ("pyproject.toml", ".d.ts")  # what stands in a project's folder and is for those who write it only


def files_of(folder):
    """The files below a folder, as git and a builder see them."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True).stdout.splitlines()
    return {name for name in listed if (folder / name).is_file()}


@pytest.mark.parametrize("package", PROJECTS)
def test_a_wheel_holds_its_package_whole_and_nothing_of_the_others(package, tmp_path):
    source = tmp_path / "source"
    for name in files_of(PROJECTS[package]):  # a copy, so that no build is left in the tree
        (source / name).parent.mkdir(parents=True, exist_ok=True)
        (source / name).write_bytes((PROJECTS[package] / name).read_bytes())
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", str(tmp_path), str(source)]
    subprocess.run(command, check=True, capture_output=True)
    inside = zipfile.ZipFile(next(tmp_path.glob("*.whl"))).namelist()
    kept = {f"{package}/{name}" for name in files_of(CODE / package) if not name.endswith(BESIDE)}
    assert kept and {name for name in inside if ".dist-info/" not in name} == kept
