"""Runs the built program (SYNTHGEN_BIN) and imports the folder tools/python/synthgen/torch as a copy of it is:
under another name, without the compiled package."""

import importlib.util
import os
import subprocess
import sys
from pathlib import Path

import pytest

repository = Path(__file__).resolve().parents[2]
folder = repository / "tools/python/synthgen/torch"


def import_copy(name):
    spec = importlib.util.spec_from_file_location(
        name, folder / "__init__.py", submodule_search_locations=[str(folder)]
    )
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)


if importlib.util.find_spec("torch") and importlib.util.find_spec("numpy"):
    import_copy("synthgen_data")


@pytest.fixture
def generate(tmp_path):
    """Writes a dataset by the given flags and returns its directory."""

    def run(*flags, name="data"):
        directory = tmp_path / name
        command = [os.environ["SYNTHGEN_BIN"], "generate", "--output-dir", directory, "--quiet", *flags]
        subprocess.run([str(word) for word in command], check=True)
        return directory

    return run
