"""What the README shows of the library runs as it stands there."""

import re
from pathlib import Path

from retention.resources import resource

ROOT = Path(__file__).parent.parent


def test_the_example_of_the_library_runs(monkeypatch):
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    code = re.search(r"```python\n(.*?)```", text, re.DOTALL)[1]
    sample = resource("sample_data/negozio.csv")
    monkeypatch.chdir(sample.parent)
    shown = code.replace("sales.xlsx", sample.name)
    assert shown != code
    for line in shown.splitlines():
        if line.startswith("study."):
            shown = shown.replace(line, f"found.append({line.split('  #')[0]})")
    found = []
    exec(shown, {"found": found})  # noqa: S102  our own README
    pooled, parameters, customers = found
    assert pooled["rate"].between(0, 1).all()
    assert list(parameters) == ["r", "alpha", "a", "b"]
    assert (customers["clv"] > 0).sum() > 1000
