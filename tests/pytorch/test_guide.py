"""The guide's example runs as shown."""

import re
import sys
import types
from pathlib import Path

import pytest

pytest.importorskip("torch")

page = Path(__file__).resolve().parents[2] / "web/guide/pytorch.md"


def test_the_example_runs(generate, monkeypatch):
    (code,) = re.findall(r"^```python\n(.*?)^```$", page.read_text(encoding="utf-8"), re.M | re.S)
    monkeypatch.setitem(sys.modules, "synthgen.torch", sys.modules["synthgen_data"])
    monkeypatch.setitem(sys.modules, "synthgen", types.ModuleType("synthgen"))
    directory = generate("--seq-length", 600, "--num-train", 64, "--num-val", 0, name="data/custom")
    monkeypatch.chdir(directory.parents[1])
    names: dict = {"__name__": "example"}
    exec(compile(code, str(page), "exec"), names)
    assert tuple(names["batch"]["input_ids"].shape) == (32, 512)
