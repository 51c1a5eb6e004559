"""The module as one file, which `python3 -m synthgen.torch` prints, works by itself."""

import json
import os
import re
import subprocess
import sys

import pytest

torch = pytest.importorskip("torch")

from conftest import folder  # noqa: E402

#: Reads each dataset with the only file in its folder: all sequences at once, and in batches.
SCRIPT = """
import importlib.util, json, os, sys
assert os.listdir() == ["synthgen_torch.py"] and importlib.util.find_spec("synthgen") is None
import synthgen_torch
from torch.utils.data import DataLoader
found = {}
for directory in sys.argv[1:]:
    loaded = synthgen_torch.load_synthetic_data(directory)
    stream = synthgen_torch.StreamingDataset(directory, batch_size=4)
    batches = list(DataLoader(stream, batch_size=None, num_workers=1))
    rows = [(ids.tolist(), labels.tolist()) for b in batches for ids, labels in zip(b["input_ids"], b["labels"])]
    found[directory] = [[[*sequence], [*sequence.labels]] for sequence in loaded], rows
print(json.dumps(found))
"""


def formats(program):
    """Those that the program writes, by its own list."""
    refused = subprocess.run([program, "generate", "--output-dir", "x", "--format", "?"], capture_output=True, text=True)
    return re.search(r"one of ([a-z, ]+)", refused.stderr)[1].split(", ")


def test_the_file_alone_reads_every_format_with_labels(generate, tmp_path):
    alone = tmp_path / "alone"
    alone.mkdir()
    text = subprocess.run([sys.executable, "-B", folder], check=True, capture_output=True, text=True).stdout
    (alone / "synthgen_torch.py").write_text(text, encoding="utf-8")
    flags = ["--generator", "recall", "--seq-length", 32, "--num-train", 10, "--num-val", 0, "--labels"]
    names = formats(os.environ["SYNTHGEN_BIN"])
    assert {"jsonl", "npy", "csv"} <= set(names)
    directories = [str(generate(*flags, "--format", name, name=name)) for name in names]
    command = [sys.executable, "-B", "-c", SCRIPT, *directories]
    printed = subprocess.run(command, check=True, cwd=alone, capture_output=True, text=True).stdout
    found = json.loads(printed)
    lines = (tmp_path / "jsonl/train.jsonl").read_text(encoding="utf-8").splitlines()
    expected = [[record["input_ids"], record["labels"]] for record in map(json.loads, lines)]
    for directory in directories:
        loaded, batched = found[directory]
        assert loaded == expected, directory
        assert batched == expected, directory
