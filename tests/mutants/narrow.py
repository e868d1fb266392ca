"""The narrow tests of a module: those that mirror it, and those that speak most of the same things."""

from __future__ import annotations

import ast
import re
from collections import Counter, defaultdict
from functools import cache
from pathlib import Path

from tests.mutants.sites import ROOT

UI = ("retention/ui/", "retention/charts/")
# They judge how the code is written, not what it does; or drive a browser
_OTHERS = (
    "tests/browser/",
    "tests/test_house.py",
    "tests/test_packaging.py",
    "tests/text/test_built_keys.py",
)
_WHOLE_PAGES = "tests/pages/"  # they take the longest
_OF_PAGES = ("tests/pages/", "tests/charts/", "tests/ui/")
_MIRRORED = 10.0
_IMPORTED = 5.0
_FOLDER = 0.5
_BY_IMPORTER = 0.3  # of the weight of a name, where it is defined by who imports the module
_OPENED = 2.0  # for a test that opens no page but those that show what the module makes


def narrow_tests(path: str, most: int) -> list[str]:
    """Test files of a module, the closest first; its own examples before all, whole pages after all."""
    own = [path] if ">>>" in (ROOT / path).read_text(encoding="utf-8") else []
    weights = {test: _weight(test, path) for test in _tests()}
    ranked = sorted((test for test in weights if weights[test] > 0), key=lambda test: (-weights[test], test))
    return [*own, *sorted(ranked[:most], key=lambda test: test.startswith(_WHOLE_PAGES))]


def _weight(test: str, path: str) -> float:
    imported = path in _tests_imports(test)
    if not imported and test.startswith(_OF_PAGES) != path.startswith(UI):
        return 0.0  # a page is no narrow test of the library, nor the library's of a page
    close = _MIRRORED * _mirrors(test, path) + _IMPORTED * imported
    folder = Path(test).parts[1:-1] == Path(path).parts[1:-1]
    said = sum(share * _said(word).get(test, 0.0) for word, share in _words(path).items())
    return close + _FOLDER * folder + said + _OPENED * _opened(test, path)


def _mirrors(test: str, path: str) -> bool:
    """Whether a test is named like a module, or like its folder and lies where that does."""
    module, name = Path(path), Path(test).stem
    stem = module.parent.name if module.stem == "__init__" else module.stem
    beside = Path(test).parts[1:-1] == module.parts[1:-2]
    return name == f"test_{stem.lstrip('_')}" or (beside and name == f"test_{module.parent.name}")


def _words(path: str) -> dict[str, float]:
    """What tells a module's tests: what it defines, in part what its importers define, its texts."""
    found = dict.fromkeys(_texts(path), 1.0 if path.startswith(UI) else 0.5)
    if path.startswith("retention/ui/"):
        return found  # a page's tests call none of its functions
    for importer in _importers()[path]:
        if importer.startswith("retention"):
            found = dict.fromkeys(_defined(importer), _BY_IMPORTER) | found
    return found | dict.fromkeys(_defined(path), 1.0)


def _opened(test: str, path: str) -> float:
    """Which part of the pages a test opens are those that show what a module makes."""
    opened = _tests()[test][1]
    return sum(opened[page] for page in _pages(path)) / max(opened.total(), 1)


def _pages(path: str) -> set[str]:
    """The pages that show what a module of the interface makes."""
    if not path.startswith(UI):
        return set()
    known, new = {path}, {path}
    while new:
        new = {importer for each in new for importer in _importers()[each]} - known
        known |= new
    return {Path(each).stem for each in known if each.startswith("pages/")} - {"main"}


@cache
def _tests() -> dict[str, tuple[frozenset[str], Counter[str]]]:
    """Every test file with the words in it, and how often it opens each page."""
    files = (str(file.relative_to(ROOT)) for file in sorted((ROOT / "tests").rglob("test_*.py")))
    return {file: _read(file) for file in files if not file.startswith(_OTHERS)}


def _read(test: str) -> tuple[frozenset[str], Counter[str]]:
    source = (ROOT / test).read_text(encoding="utf-8")
    words = frozenset(re.findall(r"\w+", source)) | _texts(test)
    return words, Counter(re.findall(r"""open\(["'](\w+)""", source))


@cache
def _tests_imports(test: str) -> frozenset[str]:
    tree = ast.parse((ROOT / test).read_text(encoding="utf-8"))
    return frozenset(module for node in ast.walk(tree) for module in _imported(node))


@cache
def _said(word: str) -> dict[str, float]:
    """The test files that say a word; of many each counts less."""
    found = [test for test, (words, _) in _tests().items() if word in words]
    return dict.fromkeys(found, 1.0 / max(len(found), 1))


@cache
def _texts(path: str) -> frozenset[str]:
    """Codes, keys and names of columns: texts without a blank."""
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    texts = (node.value for node in ast.walk(tree) if isinstance(node, ast.Constant))
    return frozenset(
        text for text in texts if isinstance(text, str) and re.fullmatch(r"[a-z_0-9.]{3,}", text)
    )


@cache
def _defined(path: str) -> tuple[str, ...]:
    body = ast.parse((ROOT / path).read_text(encoding="utf-8")).body
    named = [node.name for node in body if isinstance(node, ast.FunctionDef | ast.ClassDef)]
    return tuple(name for name in named if not name.startswith("_"))


@cache
def _importers() -> dict[str, set[str]]:
    """The modules and pages that import each module."""
    found = defaultdict(set)
    for file in [*(ROOT / "retention").rglob("*.py"), *(ROOT / "pages").glob("*.py")]:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            for module in _imported(node):
                found[module].add(str(file.relative_to(ROOT)))
    return found


def _imported(node: ast.AST) -> list[str]:
    names = []
    if isinstance(node, ast.Import):
        names = [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        names = [node.module or "", *(f"{node.module}.{alias.name}" for alias in node.names)]
    bases = [name.replace(".", "/") for name in names if name.startswith("retention")]
    return [
        file for base in bases for file in (f"{base}.py", f"{base}/__init__.py") if (ROOT / file).exists()
    ]
