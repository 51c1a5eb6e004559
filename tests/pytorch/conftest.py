"""Runs the built program (SYNTHGEN_BIN) and imports the module from tools/pytorch."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tools" / "pytorch"))


@pytest.fixture
def generate(tmp_path):
    """Writes a dataset by the given flags and returns its directory."""

    def run(*flags, name="data"):
        directory = tmp_path / name
        command = [os.environ["SYNTHGEN_BIN"], "generate", "--output-dir", directory, "--quiet", *flags]
        subprocess.run([str(word) for word in command], check=True)
        return directory

    return run
