"""The plan of the house: imports point one way, code/ hides no module of Python, no comparison is thrown away."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
CODE = ROOT / "code"
WIDGETS = CODE / "marubatsu" / "widgets"
# From the ground up: a room may use those on lines above it, and its own folder.
FLOORS = [
    {"notation"},
    {"arithmetic"},
    {"data", "metrics", "layers", "questions", "answers"},
    {"network"},
    {"learning", "methods"},
    {"architectures"},
    {"exchange"},
    {"figures", "widgets"},
]
FLOOR = {room: level for level, rooms in enumerate(FLOORS) for room in rooms}
NEVER = {
    "figures": {"layers", "network", "metrics", "widgets"},
    "widgets": {"figures"},
    "data": {"layers"},
}
# A package may use those before it: what a reader imports, what a lecturer runs, what builds the book.
PACKAGES = ["marubatsu", "marubatsu_course", "marubatsu_book"]
# The widgets' own floors: a widget stands on these three, and on no other widget.
GROUND = {"kit": set(), "arithmetic": {"kit"}, "files": {"kit"}}


def imported(path):
    """The modules that a file of Python imports, by their whole names, as lists of words."""
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            assert not node.level, f"{path}: an import says where a room lies from the top of the library"
            found += [[*(node.module or "").split("."), alias.name] for alias in node.names]
        if isinstance(node, ast.Import):
            found += [alias.name.split(".") for alias in node.names]
    return found


FILES = sorted(path for package in PACKAGES for path in (CODE / package).rglob("*.py"))
every_file = pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(CODE).as_posix())


@every_file
def test_imports_point_one_way(path):
    package, *inner = path.relative_to(CODE).parts
    used = imported(path)
    packages = {words[0] for words in used} & set(PACKAGES)
    assert packages <= set(PACKAGES[: PACKAGES.index(package) + 1])
    if package != "marubatsu" or inner == ["__init__.py"]:
        return
    room = inner[0].removesuffix(".py")
    assert room in FLOOR, f"{room} has no place in the plan: give it one here and in CONTRIBUTING.md"
    others = {words[1] for words in used if words[0] == "marubatsu" and len(words) > 1} - {room}
    upwards = {other for other in others if FLOOR[other] > FLOOR[room] or other in NEVER.get(room, ())}
    sideways = {other for other in others if FLOOR[other] == FLOOR[room]}
    assert upwards | sideways == set()


def test_the_plan_names_no_room_that_is_gone():
    rooms = {path.name.removesuffix(".py") for path in (CODE / "marubatsu").iterdir() if path.name[0] != "_"}
    assert rooms - {"py.typed"} == set(FLOOR)


def used_by(folder):
    """The other folders of the widgets that one uses, in Python and in JavaScript."""
    found = set()
    for path in folder.rglob("*.py"):
        found |= {words[2] for words in imported(path) if words[:2] == ["marubatsu", "widgets"]}
    for path in folder.rglob("*.js"):
        found |= set(re.findall(r"""from\s*"\.\./(\w+)/""", path.read_text(encoding="utf-8")))
    return found - {folder.name}


@pytest.mark.parametrize(
    "folder", sorted(path for path in WIDGETS.iterdir() if path.name[0] != "_"), ids=lambda p: p.name
)
def test_a_widget_stands_on_the_kit_and_on_no_other_widget(folder):
    assert used_by(folder) <= GROUND.get(folder.name, {"kit", "files", "arithmetic"})


def test_code_hides_no_module_of_python():
    assert [path.name for path in (ROOT / "code").iterdir() if path.suffix == ".py"] == []
    program = "import code, pdb, sys; assert 'site-packages' not in code.__file__; print(code.__file__)"
    shown = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert str(ROOT / "code") not in shown.stdout


def test_the_library_needs_numpy_alone():
    rooms = [*sorted(set().union(*FLOORS[:-1]) - {"data"}), "data.marks", "exchange.bridge", "learning.training"]
    program = "import sys\n" + "\n".join(f"import marubatsu.{room}" for room in rooms)
    program += "\nheavy = {'matplotlib', 'anywidget', 'ipywidgets', 'pydicom', 'skimage', 'PIL', 'scipy', 'torch'}"
    program += "\nassert not heavy & set(sys.modules), heavy & set(sys.modules)"
    subprocess.run([sys.executable, "-c", program], check=True)


def thrown_away(source):
    """Lines whose comparison nobody looks at: `np.allclose(a, b)` or `a == b` as a statement of its own."""
    statements = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Expr)]
    return [node.lineno for node in statements if isinstance(node.value, ast.Compare) or compares(node.value)]


def compares(call):
    """Whether it is a call that compares, and says nothing by itself where things differ."""
    if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Attribute | ast.Name):
        return False
    name = ast.unparse(call.func)
    known = r"allclose|array_equal|isclose|^equal$|\.equal$|^all$|\.all$"
    return bool(re.search(known, name)) and "testing.assert" not in name


def test_no_comparison_of_a_test_is_thrown_away():
    tests = list((ROOT / "tests").rglob("*.py"))
    assert {str(path): lines for path in tests if (lines := thrown_away(path.read_text(encoding="utf-8")))} == {}


def test_a_comparison_that_is_thrown_away_is_recognised():
    assert thrown_away("np.allclose(a, b)\na == b\nassert a == b\nnp.testing.assert_allclose(a, b)\n") == [1, 2]


def test_nothing_generated_and_no_notebook_is_kept():
    kept = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()
    assert kept and not [name for name in kept if re.search(r"\.ipynb$|_build/|__pycache__|\.pyc$|egg-info", name)]
