"""The plan of the house: imports point one way, code/ hides no module of Python, no comparison is thrown away."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
LIBRARY = ROOT / "code" / "marubatsu"
# From the ground up: a room may use those on lines above it, and its own folder.
FLOORS = [
    {"notation", "windows"},
    {"convolution", "pooling", "activations", "fully_connected", "interpolation", "normalisation", "recurrent"},
    {"data", "metrics", "layers", "questions", "texture"},
    {"network", "templates", "losses", "optimisers"},
    {"by_hand", "training", "detection"},
    {"architectures", "adversarial", "growing"},
    {"weights", "cost"},
    {"bridge"},
    {"figures", "widgets"},
    {"course"},
    {"page"},
]
FLOOR = {room: level for level, rooms in enumerate(FLOORS) for room in rooms}
NEVER = {
    "figures": {"layers", "network", "metrics", "widgets", "page"},
    "widgets": {"figures", "page"},
    "data": {"layers"},
}


def rooms_of(path):
    """The room of a file, and the rooms of the library that it imports."""
    room = path.relative_to(LIBRARY).parts[0].removesuffix(".py")
    package = ["marubatsu", *path.relative_to(LIBRARY).parts[:-1]]
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            module = [*base, *(node.module.split(".") if node.module else [])]
            names = [module] if len(module) > 1 else [[*module, alias.name] for alias in node.names]
            found.update(each[1] for each in names if each[0] == "marubatsu")
        if isinstance(node, ast.Import):
            found.update(alias.name.split(".")[1] for alias in node.names if alias.name.startswith("marubatsu."))
    return room, found - {room}


FILES = sorted(path for path in LIBRARY.rglob("*.py") if path != LIBRARY / "__init__.py")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(LIBRARY).as_posix())
def test_imports_point_one_way(path):
    room, used = rooms_of(path)
    assert room in FLOOR, f"{room} has no place in the plan: give it one here and in CONTRIBUTING.md"
    upwards = {other for other in used if FLOOR[other] > FLOOR[room] or other in NEVER.get(room, ())}
    sideways = {other for other in used if FLOOR[other] == FLOOR[room]}
    assert upwards | sideways == set()


def test_the_plan_names_no_room_that_is_gone():
    assert {path.name.removesuffix(".py") for path in LIBRARY.iterdir() if path.name[0] != "_"} == set(FLOOR)


def test_code_hides_no_module_of_python():
    assert [path.name for path in (ROOT / "code").iterdir() if path.suffix == ".py"] == []
    program = "import code, pdb, sys; assert 'site-packages' not in code.__file__; print(code.__file__)"
    shown = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert str(ROOT / "code") not in shown.stdout


def test_the_library_needs_numpy_alone():
    rooms = [*sorted(set().union(*FLOORS[:8]) - {"data"}), "data.marks"]
    program = "import sys\n" + "\n".join(f"import marubatsu.{room}" for room in rooms)
    program += "\nheavy = {'matplotlib', 'anywidget', 'ipywidgets', 'pydicom', 'skimage', 'PIL', 'scipy', 'torch'}"
    program += "\nassert not heavy & set(sys.modules), heavy & set(sys.modules)"
    subprocess.run([sys.executable, "-c", program], check=True)


def thrown_away(source):
    """Lines whose comparison nobody looks at: `np.allclose(a, b)` or `a == b` as a statement of its own."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Expr) and (
            isinstance(node.value, ast.Compare)
            or (
                isinstance(node.value, ast.Call)
                and isinstance(node.value.func, ast.Attribute | ast.Name)
                and re.search(
                    r"allclose|array_equal|isclose|^equal$|\.equal$|^all$|\.all$", ast.unparse(node.value.func)
                )
                and "testing.assert" not in ast.unparse(node.value.func)
            )
        ):
            found.append(node.lineno)
    return found


def test_no_comparison_of_a_test_is_thrown_away():
    tests = [path for path in (ROOT / "tests").rglob("*.py")]
    assert {str(path): lines for path in tests if (lines := thrown_away(path.read_text(encoding="utf-8")))} == {}


def test_a_comparison_that_is_thrown_away_is_recognised():
    assert thrown_away("np.allclose(a, b)\na == b\nassert a == b\nnp.testing.assert_allclose(a, b)\n") == [1, 2]


def test_nothing_generated_and_no_notebook_is_kept():
    kept = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()
    assert kept and not [name for name in kept if re.search(r"\.ipynb$|_build/|__pycache__|\.pyc$|egg-info", name)]
