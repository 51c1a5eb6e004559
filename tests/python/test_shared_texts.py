"""The texts for Python and PyTorch in the playground's share menu make the dataset that the program makes."""

import json
import subprocess

import pytest

from conftest import repository


@pytest.fixture(scope="module")
def shared():
    script = repository / "tests/support/shared_texts.js"
    printed = subprocess.run(["node", script], check=True, cwd=repository, capture_output=True, text=True)
    return json.loads(printed.stdout)


@pytest.fixture
def made(shared, program, tmp_path, monkeypatch):
    (tmp_path / "config.json").write_text(json.dumps(shared["given"]), encoding="utf-8")
    program("generate", "--config", "config.json", "--output-dir", "made")
    monkeypatch.chdir(tmp_path)
    return tmp_path / "made"


def rows_of(path):
    return [json.loads(line)["input_ids"] for line in path.read_text(encoding="utf-8").splitlines()]


def test_the_text_for_python_makes_the_same_arrays_and_files(shared, made):
    names = {}
    exec(shared["texts"]["Python"], names)
    assert names["data"].tokens.tolist() == rows_of(made / "train.jsonl")
    files = sorted(path.name for path in made.iterdir())
    for name in files:
        assert (made.parent / "data/custom" / name).read_bytes() == (made / name).read_bytes()


def test_the_text_for_pytorch_makes_the_same_batches(shared, made):
    pytest.importorskip("torch")
    names = {}
    exec(shared["texts"]["PyTorch"], names)
    assert names["batch"]["input_ids"].tolist() == rows_of(made / "train.jsonl")[:32]
