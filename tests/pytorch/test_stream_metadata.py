"""What a stream's metadata may say, and that the stream keeps what they promise."""

import json
import os
import subprocess

import pytest

numpy = pytest.importorskip("numpy")
pytest.importorskip("torch")

import synthgen_data as data  # noqa: E402


def stream(directory, ids, dtype="<u2", name="train.bin", **metadata):
    file = directory / name
    file.write_bytes(numpy.array(ids, dtype).tobytes())
    text = json.dumps({"dtype": "uint16", **metadata})
    (directory / f"{file.stem}_metadata.json").write_text(text)
    return file


def program_refuses(file):
    command = [os.environ["SYNTHGEN_BIN"], "validate", str(file), "--allow-duplicates"]
    return subprocess.run(command, capture_output=True).returncode in (1, 2)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("[]", "got []; allowed: an object"),
        ("3", "got 3; allowed: an object"),
        ("{", "Expecting"),
        ("[" * 60000, "recursion"),
        ("{}" + " " * (1 << 16), "at most 65536 are read"),
        ('{"dtype": "uint16", "seq_length": 2, "seq_length": 2}', "a key is given twice"),
        ('{"dtype": "uint16", "seq_length": NaN}', "NaN is not JSON"),
        ('{"dtype": "uint16", "seq_len": 2}', "'seq_len' is not a known key; known: dtype, separator"),
        ('{"seq_length": 2}', "dtype: got None; allowed: one of uint16, uint32"),
        ('{"dtype": ["uint16"], "seq_length": 2}', "dtype: got ['uint16']"),
        ('{"dtype": "uint16"}', "seq_length: is missing, and so is separator"),
        ('{"dtype": "uint16", "seq_length": "2"}', "seq_length: got '2'; allowed: an integer from 0 to"),
        ('{"dtype": "uint16", "seq_length": 2.7}', "seq_length: got 2.7"),
        ('{"dtype": "uint16", "seq_length": true}', "seq_length: got True"),
        ('{"dtype": "uint16", "seq_length": -2}', "seq_length: got -2"),
        ('{"dtype": "uint16", "seq_length": 1e999}', "seq_length: got inf"),
        ('{"dtype": "uint16", "separator": -1}', "separator: got -1; allowed: an integer from 0 to 4294967295"),
        ('{"dtype": "uint16", "separator": "9"}', "separator: got '9'"),
        ('{"dtype": "uint16", "separator": 4294967296}', "separator: got 4294967296"),
        ('{"dtype": "uint16", "separator": 9, "separator_first": 1}', "separator_first: got 1; allowed: true or false"),
        ('{"dtype": "uint16", "seq_length": 2, "vocab_size": null}', "vocab_size: got None"),
        ('{"dtype": "uint16", "seq_length": 2, "num_samples": "2"}', "num_samples: got '2'"),
        ('{"dtype": "uint16", "seq_length": 2, "seed": "a"}', "seed: got 'a'"),
    ],
)
def test_malformed_metadata_are_refused_by_name(tmp_path, text, reason):
    file = stream(tmp_path, [1, 2, 3, 4])
    side = tmp_path / "train_metadata.json"
    side.write_text(text)
    with pytest.raises(ValueError) as caught:
        data.load_synthetic_data(file)
    assert str(caught.value).startswith(f"{side}: ") and reason in str(caught.value)
    assert program_refuses(file)


@pytest.mark.parametrize(
    ("ids", "metadata", "reason"),
    [
        ([1, 2, 3, 4], {"seq_length": 2, "num_samples": 3}, "has 2 sequences; num_samples in train_metadata.json is 3"),
        ([1, 2, 3, 4], {"seq_length": 3, "num_samples": 2}, "4 ids are no whole number of rows of the seq_length 3"),
        ([1, 2, 3, 4], {"seq_length": 0}, "seq_length in train_metadata.json is 0"),
        ([1, 9, 2, 9], {"separator": 9, "num_samples": 3}, "has 2 sequences; num_samples"),
        ([1, 9, 2], {"separator": 9, "num_samples": 2}, "no separator 9 after the last sequence"),
        ([9, 1, 9, 2], {"separator": 9}, "begins with the separator 9"),
        ([1, 9, 2], {"separator": 9, "separator_first": True, "num_samples": 2}, "no separator 9 in front"),
        ([], {"separator": 9, "num_samples": 1}, "has 0 sequences"),
        ([1, 0, 2, 0, 3, 0, 4, 0], {"seq_length": 4}, "every second id is 0"),
    ],
)
def test_a_stream_that_breaks_a_promise_is_refused_by_name(tmp_path, ids, metadata, reason):
    file = stream(tmp_path, ids, **metadata)
    for read in (data.load_synthetic_data, data.iterate_synthetic_data, data.StreamingDataset):
        with pytest.raises(ValueError) as caught:
            read(file)
        assert str(caught.value).startswith(f"{file}: ") and reason in str(caught.value)
    assert program_refuses(file)


@pytest.mark.parametrize(
    ("ids", "metadata"),
    [
        ([1, 2, 3, 4], {"seq_length": 2, "num_samples": 2, "seed": 2**63 - 1, "vocab_size": 5}),
        ([1, 2, 9, 3, 4, 9], {"separator": 9, "seq_length": None, "num_samples": 2}),
        ([9, 1, 2, 9, 3, 4], {"separator": 9, "separator_first": True, "num_samples": 2}),
        ([1, 2, 9, 3, 4], {"separator": 9, "vocab_size": 5}),
        ([], {"seq_length": 0, "num_samples": 0}),
        ([], {"separator": 9, "num_samples": 0}),
    ],
)
def test_a_stream_that_keeps_its_promises_is_read(tmp_path, ids, metadata):
    file = stream(tmp_path, ids, **metadata)
    assert data.load_synthetic_data(file) == ([[1, 2], [3, 4]] if ids else [])
    assert not program_refuses(file)


@pytest.mark.parametrize(
    ("ids", "metadata", "row"),
    [
        ([1, 2, 3, 4], {"seq_length": 2}, 2),
        ([1, 2, 3, 4, 0], {"seq_length": 2}, 2),
        ([1, 9, 4, 9], {"separator": 9}, 2),
    ],
)
def test_an_id_beyond_the_vocabulary_is_refused_by_row(tmp_path, ids, metadata, row):
    file = stream(tmp_path, ids, vocab_size=4, **metadata)
    for read in (data.load_synthetic_data, lambda path: list(data.StreamingDataset(path, batch_size=2))):
        with pytest.raises(ValueError) as caught:
            read(file)
        assert str(caught.value).startswith(f"{file}:{row}: token ")
        assert str(caught.value).endswith("got 4; allowed: an id from 0 to 3")
    assert program_refuses(file)


def test_the_header_of_a_shard_of_llmc_is_held_against_file_and_metadata(generate):
    flags = ["--vocab-size", 50, "--seq-length", 8, "--num-train", 12, "--num-val", 0]
    file = generate(*flags, "--format", "llmc") / "train.bin"
    whole = file.read_bytes()
    for content in (whole[:-2], whole + b"\0\0", whole[:1000], whole[:8]):
        file.write_bytes(content)
        with pytest.raises(ValueError, match="train.bin: .* by the header of a shard of llm.c"):
            data.load_synthetic_data(file)
        assert program_refuses(file)
    file.write_bytes(whole)
    (file.parent / "train_metadata.json").write_text('{"dtype": "uint32", "seq_length": 8}')
    with pytest.raises(ValueError, match="its header says uint16, and its metadata uint32"):
        data.load_synthetic_data(file)


def test_an_index_of_megatron_with_gaps_is_refused_by_row(generate):
    flags = ["--vocab-size", 50, "--seq-length", 8, "--num-train", 4, "--num-val", 0]
    file = generate(*flags, "--format", "megatron") / "train.bin"
    index = file.with_suffix(".idx")
    whole = index.read_bytes()
    places = 34 + 4 * 4
    documents = places + 8 * 4
    second = places + 8
    gap = "train.idx:2: ids from 9 to 17; the sequence before ends at 8"
    for changed, reason in (
        (whole[:second] + b"\x12" + whole[second + 1 :], gap),
        (whole[:34] + b"\x07" + whole[35:], "train.idx:2: "),
        (whole[:documents] + b"\x01" + whole[documents + 1 :], "train.idx: its index of documents"),
    ):
        index.write_bytes(changed)
        with pytest.raises(ValueError, match=reason):
            data.load_synthetic_data(file)
        assert program_refuses(file)
    index.write_bytes(whole)
    content = file.read_bytes()
    for damaged in (content[:-2], content + b"\0\0"):
        file.write_bytes(damaged)
        with pytest.raises(ValueError, match="train.idx:?.*: "):
            data.load_synthetic_data(file)
        assert program_refuses(file)
