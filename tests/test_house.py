"""The plan of the house: imports point one way, code/ hides no module of Python, no comparison is thrown away."""

import ast
import re
import subprocess
import sys
from fnmatch import fnmatch
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
CODE = ROOT / "code"
WIDGETS = CODE / "marubatsu" / "widgets"
# From the ground up: a room may use those on lines above it, and its own folder.
FLOORS = [
    {"checks"},
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
DEFINES = ast.FunctionDef | ast.ClassDef
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


# A room's test is found by its path: code/a/b/word.py by tests/a/b/test_word.py, or by the test of its room, test_b.py.
# What is proved elsewhere is listed here, from tests/ on; a star stands for several modules of one kind.
PROVED_BY = {
    # data: the sources of the samples, the catalogue of MedMNIST, the soft edge of whatever is painted
    "marubatsu/data/licences.py": "marubatsu/data/test_samples.py",
    "marubatsu/data/medmnist_sets.py": "marubatsu/data/test_medmnist.py",
    "marubatsu/data/edges.py": "marubatsu/data/phantoms/test_shapes.py",
    # a chest is drawn from parts that only a whole chest can be asked about
    "marubatsu/data/phantoms/chest_*.py": "marubatsu/data/phantoms/test_chest.py",
    "marubatsu/data/phantoms/lung_vessels.py": "marubatsu/data/phantoms/test_chest.py",
    "marubatsu/data/phantoms/plane.py": "marubatsu/data/phantoms/test_thigh.py",
    # the head, the patch of lung around a nodule, the plan of a thigh, the form of every answer
    "marubatsu/data/phantoms/brain.py": "marubatsu/data/phantoms/test_blood_flow.py",
    "marubatsu/data/phantoms/nodule_lung.py": "marubatsu/data/phantoms/test_nodules.py",
    "marubatsu/data/phantoms/thigh_plan.py": "marubatsu/data/phantoms/test_thigh.py",
    "marubatsu/data/phantoms/images.py": "marubatsu/data/phantoms/test_contract.py",
    # what all widgets are made of, proved on all widgets
    "marubatsu/widgets/__init__.py": "marubatsu/widgets/kit/test_base.py",
    "marubatsu/widgets/kit/pictures.py": "marubatsu/widgets/kit/test_base.py",
    "marubatsu/widgets/kit/pictured.py": "marubatsu/widgets/kernel_tuner/test_kernel_tuner.py",
    # a lecturer's commands, as they are typed; the walls around a submission, attacked
    "marubatsu_course/__main__.py": "marubatsu_course/test_classroom.py",
    "marubatsu_course/walls/guard.py": "marubatsu_course/walls/test_mischief.py",
    "marubatsu_course/walls/process.py": "marubatsu_course/walls/test_sandbox.py",
    "marubatsu_course/reports/sheet.py": "marubatsu_course/reports/test_report.py",
    "marubatsu_course/reports/table.py": "marubatsu_course/reports/test_report.py",
    "marubatsu_course/question_bank/*.py": "marubatsu_course/question_bank/test_files.py",
    # the builder's: seen in what is built
    "marubatsu_book/__init__.py": "marubatsu_book/notebooks/test_repository.py",
    "marubatsu_book/notebooks/notebooks.py": "pages/test_notebooks.py",
}


def without_a_test(modules, tests, elsewhere):
    """The modules whose test is neither at their path, nor that of their room, nor listed; all as paths in words."""
    missing = []
    for module in modules:
        path = Path(module)
        room, words = path.parent, {path.stem, path.parent.name} - {"__init__"}
        found = {f"{room.as_posix()}/test_{word}{kind}.py" for word in words for kind in ("", "_browser")}
        found.add(f"{room.parent.as_posix()}/test_{room.name}.py")
        if not found & tests and not any(fnmatch(module, each) for each in elsewhere):
            missing.append(module)
    return missing


def modules_and_tests():
    """The modules of the three packages that hold more than names for others, and all files of tests."""
    modules = [path for path in FILES if any(isinstance(node, DEFINES) for node in ast.parse(path.read_text()).body)]
    tests = {path.relative_to(ROOT / "tests").as_posix() for path in (ROOT / "tests").rglob("test_*.py")}
    return [path.relative_to(CODE).as_posix() for path in modules], tests


def test_the_test_of_every_room_is_found_by_its_path():
    assert without_a_test(*modules_and_tests(), PROVED_BY) == []


def test_the_list_of_what_is_proved_elsewhere_holds_nothing_that_is_gone_or_has_a_test_at_its_path():
    modules, tests = modules_and_tests()
    homeless = without_a_test(modules, tests, ())
    assert {each for each in PROVED_BY if not any(fnmatch(module, each) for module in homeless)} == set()
    assert set(PROVED_BY.values()) <= tests


def test_a_room_without_a_test_is_recognised():
    modules, tests = ["a/b/word.py", "a/b/other.py", "a/c/word.py"], {"a/b/test_word.py"}
    assert without_a_test(modules, tests, ()) == ["a/b/other.py", "a/c/word.py"]
    assert without_a_test(modules, tests, ["a/b/o*.py", "a/c/*"]) == []
    assert without_a_test(modules, {"a/test_b.py", "a/c/test_word_browser.py"}, ()) == []


def drives_a_browser(source):
    """Whether a test or a fixture of a file asks for the browser."""
    functions = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.FunctionDef)]
    return any(
        {"browser", "browser_tab", "opened", "talk"} & {each.arg for each in node.args.args} for node in functions
    )


def test_a_file_of_tests_that_drives_a_browser_says_so_in_its_name():
    tests = [path for path in (ROOT / "tests").rglob("test_*.py") if not path.stem.endswith("_browser")]
    assert tests and [str(path) for path in tests if drives_a_browser(path.read_text(encoding="utf-8"))] == []


def test_a_test_that_drives_a_browser_is_recognised():
    assert drives_a_browser("def test_a(opened):\n    pass") and not drives_a_browser("def test_a(open):\n    pass")


SEARCHES = {"findall", "finditer", "iterfind", "glob", "rglob", "select", "find_all", "iterdir"}


def silent_when_empty(source):
    """Lines of tests that check nothing, and pass, when a search that they loop over finds nothing any more."""
    found = []
    for test in ast.walk(ast.parse(source)):
        if not (isinstance(test, ast.FunctionDef) and test.name.startswith("test_")):
            continue
        inside = set()
        for loop in ast.walk(test):
            if isinstance(loop, ast.For) and SEARCHES & _called(loop.iter):
                inside |= {node for node in ast.walk(loop) if isinstance(node, ast.Assert)}
        if inside and inside == {node for node in ast.walk(test) if isinstance(node, ast.Assert)}:
            found.append(test.lineno)
    return found


def _called(node):
    """The names of the functions and methods that are called in an expression."""
    calls = (each.func for each in ast.walk(node) if isinstance(each, ast.Call))
    return {ast.unparse(func).rsplit(".", 1)[-1] for func in calls}


def test_no_test_passes_because_its_search_found_nothing():
    tests = list((ROOT / "tests").rglob("*.py"))
    assert {str(path): lines for path in tests if (lines := silent_when_empty(path.read_text(encoding="utf-8")))} == {}


def test_a_test_that_may_become_empty_is_recognised():
    loop = "def test_a():\n    for each in {}:\n        assert each\n"
    assert silent_when_empty(loop.format("re.findall(a, b)")) == [1]
    assert silent_when_empty(loop.format("sorted(folder.glob('*'))")) == [1]
    assert silent_when_empty(loop.format("ROWS")) == []
    assert silent_when_empty(loop.format("re.findall(a, b)") + "    assert count\n") == []


def test_nothing_generated_and_no_notebook_is_kept():
    kept = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()
    assert kept and not [name for name in kept if re.search(r"\.ipynb$|_build/|__pycache__|\.pyc$|egg-info", name)]
