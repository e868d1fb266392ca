import ast

import pytest

from tests.mutants.__main__ import drawn
from tests.mutants.narrow import narrow_tests
from tests.mutants.sites import ROOT, mutants

MODULE = ROOT / "retention" / "statistics" / "concentration.py"


def test_every_mutant_is_another_module_that_can_be_read():
    usual = ast.unparse(ast.parse(MODULE.read_text(encoding="utf-8")))
    sources = [mutant.source() for mutant in mutants(MODULE)]
    assert len(sources) > 20
    assert usual not in sources
    assert len(set(sources)) == len(sources)
    assert all(ast.parse(source) for source in sources)


@pytest.mark.parametrize(
    ("code", "ways"),
    [
        ("a < b", {"a <= b", "a >= b"}),
        ("a == b", {"a != b"}),
        ("not a", {"a"}),
        ("a and b", {"a or b"}),
        ("a * b", {"a / b"}),
        ("x = 3", {"4", "2"}),
        ("x = True", {"False"}),
        ("b if a else c", {"c if a else b"}),
        ("show(a)", {"pass"}),
        ("f(a, width=300)", {"pass"}),
        ("x: list[1] = a", set()),
        ("Kind = Literal[1]", set()),
        ("'a' + b", set()),
        ("zip(a, b, strict=True)", {"pass"}),
    ],
)
def test_the_mistakes_made(tmp_path, monkeypatch, code, ways):
    monkeypatch.setattr("tests.mutants.sites.ROOT", tmp_path)
    module = tmp_path / "module.py"
    module.write_text(code, encoding="utf-8")
    assert {mutant.after for mutant in mutants(module)} == ways


def test_a_draw_is_told_by_its_seed():
    assert drawn("ui", 5, 1) == drawn("ui", 5, 1) != drawn("ui", 5, 2)


@pytest.mark.parametrize(("area", "inside"), [("library", False), ("ui", True)])
def test_an_area_holds_its_own(area, inside):
    found = drawn(area, 50, 1)
    assert all(mutant.path.startswith(("retention/ui/", "retention/charts/")) is inside for mutant in found)


@pytest.mark.parametrize(
    ("module", "test"),
    [
        ("retention/audit/two_periods.py", "tests/audit/test_two_periods.py"),
        ("retention/charts/overview/signs.py", "tests/charts/test_overview.py"),
    ],
)
def test_the_closest_test_of_a_module_comes_first(module, test):
    closest = [found for found in narrow_tests(module, 4) if found != module]
    assert closest[0] == test
