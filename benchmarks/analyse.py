"""How much quicker `analyse` is than at another commit, on the sample shop and on a million customers.

The other commit is checked out beside this tree for the time of the run, and both run in turn on the same
files: whole processes, measured by the operating system in seconds of the processor (their own and their
children's) and in the most memory of one process. Both run once before it counts, and may keep what Python
compiled, as on a user's machine: neither gets PYTHONDONTWRITEBYTECODE. Printed are both and their ratios.
Run ``python -m benchmarks.analyse --against COMMIT [--customers 1000000] [--times 3]`` from the repository's
root; both get one thread.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks.lifetime_value import simulated

ROOT = Path(__file__).parents[1]
SHOP = str(ROOT / "sample_data" / "negozio.csv")  # for both: at the other commit the sample may differ
CUSTOMERS = 1_000_000
_GIGABYTE = 2**20  # kilobytes
_ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
_COMPILES_ANEW = "PYTHONDONTWRITEBYTECODE"


@dataclass(frozen=True)
class Run:
    """Seconds of the processor, and the most memory of one process in GB."""

    seconds: float
    memory: float


def run(tree: Path, file: str, out: Path) -> Run:
    """Analyse a file with the code of a tree, once."""
    command = [sys.executable, "-W", "ignore", "-m", "retention", "analyse", file, "--json", str(out)]
    environment = {name: value for name, value in os.environ.items() if name != _COMPILES_ANEW} | _ONE_THREAD
    process = subprocess.Popen(command, cwd=tree, env=environment, stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    if status:
        raise subprocess.CalledProcessError(status, command)
    return Run(used.ru_utime + used.ru_stime, used.ru_maxrss / _GIGABYTE)


def compared(name: str, file: str, trees: dict[str, Path], times: int, folder: Path) -> None:
    """Print the medians of both trees, run in turn, and their ratio."""
    runs: dict[str, list[Run]] = {tree: [] for tree in trees}
    for _ in range(times):
        for tree, path in trees.items():
            runs[tree].append(run(path, file, folder / f"{tree}.json"))
    ratios = [old.seconds / new.seconds for new, old in zip(*runs.values(), strict=True)]
    for tree, found in runs.items():
        seconds, memory = median(one.seconds for one in found), max(one.memory for one in found)
        print(f"{name:20} {tree:12} {seconds:8.2f} s  {memory:6.2f} GB")
    print(
        f"{name:20} {'times':12} {median(ratios):8.2f}    from {min(ratios):.2f} to {max(ratios):.2f}",
        flush=True,
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--against", required=True, metavar="COMMIT")
    parser.add_argument("--customers", type=int, default=CUSTOMERS)
    parser.add_argument("--times", type=int, default=3)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        other, million = folder / "other", folder / "customers.parquet"
        subprocess.run(["git", "worktree", "add", "--detach", other, given.against], cwd=ROOT, check=True)
        try:
            trees = {"this": ROOT, given.against[:12]: other}
            for path in trees.values():
                run(path, SHOP, folder / "first.json")
            compared("sample shop", SHOP, trees, given.times, folder)
            table = simulated(given.customers)
            table.assign(order=range(len(table)))[["customer_id", "order", "date", "value"]].to_parquet(
                million
            )
            compared(f"{given.customers:,} customers", str(million), trees, given.times, folder)
        finally:
            subprocess.run(["git", "worktree", "remove", "--force", other], cwd=ROOT, check=True)


if __name__ == "__main__":
    main()
