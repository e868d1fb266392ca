"""Do the tests notice a mistake? Draw small changes to the code and run the narrow tests of what was changed.

Run ``python -m tests.mutants --area ui --count 20 --seed 7``. It works on a copy of the project; every test
file is first run without a change, so that one that fails anyway kills nothing.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from tests.mutants.narrow import UI, narrow_tests
from tests.mutants.sites import ROOT, Mutant, mutants

_AREAS = ("library", "ui")
_FAILED = {1, 2}  # pytest's codes: a test failed, or could not be collected, as it could without the change
_SLACK = 3.0  # times as long as without the change, after which a run is taken for endless
_LEAST = 20.0  # seconds
_LEFT = shutil.ignore_patterns(".git", ".venv", "__pycache__", ".*_cache", ".hypothesis", "out")


@dataclass
class Copy:
    """A copy of the project to break.

    Attributes
    ----------
    longest : seconds a test file may take without a change; a slower one is no narrow test
    """

    root: Path
    longest: float
    usual: dict[str, float | None] = field(default_factory=dict)

    def notices(self, mutant: Mutant, tests: list[str]) -> bool:
        """Whether a narrow test fails once the change is made; one that never ends shows nothing."""
        timed = ((test, usual) for test in tests if (usual := self._usual(test)) is not None)
        return any(self._fails(test, mutant, max(_LEAST, _SLACK * usual)) for test, usual in timed)

    def _usual(self, test: str) -> float | None:
        """Seconds a test file takes; None where it fails, takes too long or holds nothing."""
        if test not in self.usual:
            start = time.monotonic()
            code = self._run(test, self.longest)
            self.usual[test] = time.monotonic() - start if code == 0 else None
        return self.usual[test]

    def _fails(self, test: str, mutant: Mutant, limit: float) -> bool:
        self._write(mutant.path, mutant.source())
        try:
            return self._run(test, limit) in _FAILED
        finally:
            self._write(mutant.path, (ROOT / mutant.path).read_text(encoding="utf-8"))

    def _run(self, test: str, limit: float) -> int | None:
        command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", test]
        threads = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
        try:
            done = subprocess.run(
                command,
                cwd=self.root,
                env={**os.environ, **threads},
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                timeout=limit,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return None
        return done.returncode

    def _write(self, path: str, source: str) -> None:
        """Write a module, and forget how it was compiled: within a second it would pass for the same."""
        file = self.root / path
        file.write_text(source, encoding="utf-8")
        for compiled in (file.parent / "__pycache__").glob(f"{file.stem}.*.pyc"):
            compiled.unlink()


def drawn(area: str, count: int, seed: int) -> list[Mutant]:
    """Mutants of an area, each as likely as any other."""
    every = _every(area)
    return random.Random(seed).sample(every, min(count, len(every)))  # noqa: S311  nothing secret


@cache
def _every(area: str) -> list[Mutant]:
    files = sorted((ROOT / "retention").rglob("*.py"))
    inside = [file for file in files if str(file.relative_to(ROOT)).startswith(UI) == (area == "ui")]
    return [mutant for file in inside for mutant in mutants(file)]


def main() -> None:
    """Draw, try, and print the score of each area with what nobody noticed."""
    asked = _asked()
    with tempfile.TemporaryDirectory(prefix="mutants_") as folder:
        copied = Copy(Path(shutil.copytree(ROOT, Path(folder) / "project", ignore=_LEFT)), asked.longest)
        for area in (asked.area,) if asked.area else _AREAS:
            _try(copied, area, asked)


def _try(copied: Copy, area: str, asked: argparse.Namespace) -> None:
    found = Counter()
    for mutant in drawn(area, asked.count, asked.seed):
        tests = narrow_tests(mutant.path, asked.files)
        killed = copied.notices(mutant, tests)
        found[killed] += 1
        said = f"{mutant.path}:{mutant.line}: {mutant.before}  ->  {mutant.after}"
        print("killed  " if killed else "SURVIVED", said, flush=True)
        if not killed:
            print("         by", *(test for test in tests if copied.usual[test]), flush=True)
    print(f"{area}: {found[True]} of {found.total()} killed, seed {asked.seed}", flush=True)


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.mutants", description=__doc__.splitlines()[0])
    parser.add_argument("--area", choices=_AREAS, help="retention without ui and charts, or these; both")
    parser.add_argument("--count", type=int, default=20, help="mutants of each area (20)")
    parser.add_argument("--seed", type=int, default=1, help="of the draw (1)")
    parser.add_argument("--files", type=int, default=4, help="test files a mutant meets at most (4)")
    parser.add_argument("--longest", type=float, default=240.0, help="seconds of a test file at most (240)")
    return parser.parse_args()


if __name__ == "__main__":
    main()
