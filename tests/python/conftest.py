"""Runs against the installed package, as tools/test/python installs it; SYNTHGEN_BIN is the built program."""

import os
import subprocess
from pathlib import Path

import pytest

repository = Path(__file__).resolve().parents[2]


@pytest.fixture
def program(tmp_path):
    """Runs the program in a temporary directory."""

    def run(*words):
        command = [os.environ["SYNTHGEN_BIN"], *map(str, words), "--quiet"]
        subprocess.run(command, check=True, cwd=tmp_path)

    return run
