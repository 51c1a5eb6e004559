"""Datasets are written as the program writes them, and read in every format."""

import filecmp

import numpy as np
import pytest

import synthgen

CONFIG = {"generator": "pattern", "vocab_size": 50, "seq_length": 16, "num_train": 30, "num_val": 5, "seed": 7}
FLAGS = ["--generator", "pattern", "--vocab-size", 50, "--seq-length", 16, "--num-train", 30, "--num-val", 5, "--seed", 7]
FORMATS = [entry["name"] for entry in synthgen.formats()]


@pytest.mark.parametrize("form", FORMATS)
def test_the_files_are_the_programs(program, tmp_path, form):
    program("generate", "--output-dir", "cli", "--format", form, *FLAGS)
    manifest = synthgen.write(CONFIG, tmp_path / "here", format=form)
    assert manifest["format"] == form
    names = sorted(path.name for path in (tmp_path / "cli").iterdir())
    assert names == sorted(path.name for path in (tmp_path / "here").iterdir())
    for name in names:
        assert filecmp.cmp(tmp_path / "cli" / name, tmp_path / "here" / name, shallow=False), name


@pytest.mark.parametrize("form", FORMATS)
def test_what_was_written_is_read(tmp_path, form):
    synthgen.write(CONFIG, tmp_path, format=form)
    expected = synthgen.generate(CONFIG)
    assert np.array_equal(synthgen.load_synthetic_data(tmp_path).tokens, expected.tokens)
    batches = list(synthgen.open(tmp_path, split="val").batches(32))
    assert len(batches) > 1
    rows = [row.tolist() for batch in batches for row in batch]
    assert rows == synthgen.generate(CONFIG, split="val").tokens.tolist()


def test_files_and_datasets_that_are_not_there_or_malformed_are_named(tmp_path):
    with pytest.raises(OSError, match="nothing.jsonl"):
        synthgen.load_synthetic_data(tmp_path / "nothing.jsonl")
    file = tmp_path / "train.jsonl"
    file.write_text("[1]\n[-1]\n")
    with pytest.raises(ValueError, match="train.jsonl:2"):
        synthgen.load_synthetic_data(file)
    with pytest.raises(ValueError, match="has no val split"):
        synthgen.open(tmp_path, split="val")


def test_a_dataset_is_replaced_only_if_asked(tmp_path):
    synthgen.write(CONFIG, tmp_path)
    with pytest.raises(ValueError):
        synthgen.write(CONFIG, tmp_path)
    assert synthgen.write({**CONFIG, "seed": 8}, tmp_path, overwrite=True)["seed"] == 8
    with pytest.raises(ValueError, match="format"):
        synthgen.write(CONFIG, tmp_path / "other", format="parquet")


def test_options_of_the_format_are_the_programs(tmp_path):
    manifest = synthgen.write(CONFIG, tmp_path, format="bin", separator=50, threads=2)
    assert manifest["separator"] == 50
    assert synthgen.load_synthetic_data(tmp_path).tokens.shape == (30, 16)
