"""Sequences are those of the program, in arrays over the core's memory."""

import inspect
import json
import sys
import threading

import numpy as np
import pytest

import synthgen

from conftest import repository


def golden_lines():
    for file in sorted((repository / "tests/golden").glob("*.txt")):
        config = None
        for line in file.read_text(encoding="utf-8").splitlines():
            if line.startswith("config "):
                config = json.loads(line[7:])
            elif line.startswith(("train ", "val ", "test ")):
                split, index, record = line.split(" ", 2)
                yield config, split, int(index), json.loads(record)


def test_every_golden_sequence_is_the_same():
    seen = 0
    for config, split, index, record in golden_lines():
        if index >= 2**53:
            continue
        data = synthgen.generate(config, split=split, first=index, count=1, latents=True)
        assert data[0].tolist() == record["input_ids"], (config, split, index)
        assert data.latents == [record["latents"]], (config, split, index)
        if "labels" in record:
            assert data.labels.ravel().tolist() == record["labels"]
        seen += 1
    assert seen > 100


def test_equal_lengths_are_a_table_and_others_are_one_after_another():
    table = synthgen.generate(generator="pattern", vocab_size=50, seq_length=16, count=5)
    assert table.tokens.shape == (5, 16) and table.tokens.dtype == np.uint32
    assert np.array_equal(np.asarray(table), table.tokens)
    ragged = synthgen.generate(vocab_size=50, seq_length=16, length_variation=0.5, count=5)
    assert ragged.tokens.ndim == 1 and len(ragged.tokens) == ragged.offsets[-1]
    assert [len(row) for row in ragged] == ragged.lengths.tolist()
    with pytest.raises(ValueError, match="different lengths"):
        np.asarray(ragged)


def test_arrays_lie_over_the_cores_memory_and_keep_it():
    data = synthgen.generate(vocab_size=50, seq_length=16, count=5)
    address = data.tokens.__array_interface__["data"][0]
    assert data.batch.tokens.__array_interface__["data"][0] == address
    assert data[2].__array_interface__["data"][0] == address + 2 * 16 * 4
    row, expected = data[2], data[2].tolist()
    del data
    assert row.tolist() == expected
    with pytest.raises(ValueError):
        synthgen.generate(vocab_size=50, seq_length=16, count=5).offsets[0] = 7


def test_any_range_is_a_part_of_the_whole():
    generator = synthgen.Generator(generator="hierarchical", vocab_size=64, seq_length=32, seed=9)
    whole = generator.generate(20)
    part = generator.generate(3, first=11)
    assert [row.tolist() for row in part] == [row.tolist() for row in whole[11:14]]
    assert generator.generate(1, first=2**52)[0].size == 32
    assert len(synthgen.generate(vocab_size=5, seq_length=4, num_train=7, first=2)) == 5
    assert len(synthgen.generate(vocab_size=5, seq_length=4, num_val=3, split="val")) == 3


def test_labels_are_shaped_like_the_tokens():
    data = synthgen.generate(generator="recall", vocab_size=256, seq_length=64, num_kv_pairs=4, count=3)
    assert data.labels.shape == data.tokens.shape == (3, 64)
    assert (data.labels == -100).any() and (data.labels >= 0).any()
    assert synthgen.generate(vocab_size=5, seq_length=4, count=1).labels is None


def test_a_preset_lies_under_what_is_given():
    name = synthgen.presets()[0]["name"]
    config = synthgen.Generator(preset=name, seed=5).config
    assert config["seed"] == 5
    assert config["generator"] == synthgen.Generator(preset=name).config["generator"]
    with pytest.raises(ValueError, match="preset"):
        synthgen.Generator(preset="nothing")


def test_a_config_is_also_a_file_or_a_dataset(tmp_path):
    expected = synthgen.generate(vocab_size=50, seq_length=8, seed=3, count=2).tokens
    file = tmp_path / "config.json"
    file.write_text('{"vocab_size": 50, "seq_length": 8, "seed": 3}')
    assert np.array_equal(synthgen.generate(file, count=2).tokens, expected)
    synthgen.write({"vocab_size": 50, "seq_length": 8, "seed": 3, "num_train": 2, "num_val": 0}, tmp_path / "data")
    assert np.array_equal(synthgen.generate(tmp_path / "data", count=2).tokens, expected)
    other = synthgen.generate(tmp_path / "data", seed=4, count=2).tokens
    assert not np.array_equal(other, expected)
    assert np.array_equal(other, synthgen.generate(vocab_size=50, seq_length=8, seed=4, count=2).tokens)


def test_numpy_numbers_are_parameters():
    data = synthgen.generate(vocab_size=np.int64(50), seq_length=np.uint8(8), noise_probability=np.float32(0.5), count=1)
    assert data.tokens.shape == (1, 8)


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"vocab_size": 1}, "vocab_size: got 1; allowed: an integer from 2 to"),
        ({"vocab_sise": 5}, "vocab_sise"),
        ({"noise_probability": float("nan")}, 'noise_probability: got "nan"'),
        ({"pattern_types": ["zigzag"]}, "pattern_types"),
        ({"split": "training"}, "split"),
        ({"count": -1}, "count"),
        ({"first": -1, "count": 1}, "first"),
    ],
)
def test_what_is_wrong_is_a_value_error_with_the_cores_text(given, message):
    with pytest.raises(ValueError, match=message):
        synthgen.generate(**{"seq_length": 8, **given})


def test_every_problem_is_named_at_once():
    with pytest.raises(ValueError) as caught:
        synthgen.generate(vocab_size=1, seq_length=0, count=1)
    assert "vocab_size" in str(caught.value) and "seq_length" in str(caught.value)


def test_other_threads_run_while_sequences_are_made():
    generator = synthgen.Generator(vocab_size=1000, seq_length=512)
    go, ran = threading.Event(), []
    waiting = threading.Thread(target=lambda: (go.wait(), ran.append(True)))
    waiting.start()
    interval = sys.getswitchinterval()
    # The interpreter itself then takes the lock from no thread: only who gives it up lets another run.
    sys.setswitchinterval(1000)
    try:
        go.set()
        for _ in range(1000):
            generator.generate(1000)
            if ran:
                break
        assert ran
    finally:
        sys.setswitchinterval(interval)
        waiting.join()


TAKE_A_CONFIG = [
    "Generator",
    "generate",
    "truth",
    "predictor",
    "write",
    *[f"generate_{family}_sequences" for family in ("random", "pattern", "hierarchical", "conditional")],
]


@pytest.mark.parametrize("name", TAKE_A_CONFIG)
def test_the_documentation_lists_every_parameter(name):
    text = inspect.getdoc(getattr(synthgen, name))
    first, *others = text.splitlines()
    assert first.strip() and "Parameters of a config:" in others
    for entry in synthgen.parameters():
        assert any(line.startswith(f"    {entry['key']}: {entry['type']}") for line in others), entry["key"]


def test_the_documentation_of_write_names_every_option(tmp_path):
    with pytest.raises(ValueError, match="zzzzzzzzzzzz: is not a known key; known: ") as caught:
        synthgen.write({}, tmp_path, zzzzzzzzzzzz=1)
    known = str(caught.value).rpartition("known: ")[2].split(", ")
    parameters = inspect.signature(synthgen.Generator.write).parameters
    assert "dtype" in known and "dataset_card" in known
    for key in known:
        assert key in parameters or f"`{key}`" in synthgen.Generator.write.__doc__, key


def test_truth_and_notes_are_the_cores():
    config = {"generator": "random", "vocab_size": 100, "seq_length": 64, "noise_probability": 0.5}
    truth = {entry["name"]: entry for entry in synthgen.truth(config)}
    assert truth["avg_length"]["value"] == 64 and truth["avg_length"]["depends_on"]
    assert any("pattern_length" in note for note in synthgen.Generator({"generator": "random", "pattern_length": 5}).notes)


def test_a_predictor_gives_the_law_that_the_floor_is_made_of():
    config = {"generator": "pattern", "vocab_size": 8, "seq_length": 12}
    predictor = synthgen.predictor(config)
    law = predictor.law()
    assert law.shape == (8,) and abs(law.sum() - 1) < 1e-12
    row = synthgen.generate(config, count=1)[0]
    bits = predictor.bits(row)
    predictor.reset()
    paid = [-np.log2(predictor.observe(int(token))) for token in row]
    assert np.allclose(bits, paid, atol=1e-12)
    predictor.reset()
    assert predictor.entropy_bits() == pytest.approx(3, abs=1e-12)
    with pytest.raises(ValueError, match="no exact law"):
        synthgen.predictor(generator="hierarchical")
