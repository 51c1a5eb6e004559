"""What load_synthetic_data and find_files read, and what they refuse."""

import gzip
import json

import pytest

numpy = pytest.importorskip("numpy")
torch = pytest.importorskip("torch")

import synthgen_data as data  # noqa: E402


def write(path, text):
    path.write_text(text, encoding="utf-8")
    return path


def test_loads_the_sequences_that_the_program_wrote(generate):
    directory = generate("--vocab-size", 50, "--seq-length", 16, "--num-train", 20, "--num-val", 3)
    lines = (directory / "train.jsonl").read_text().splitlines()
    sequences = data.load_synthetic_data(directory / "train.jsonl")
    assert [list(sequence) for sequence in sequences] == [json.loads(line)["input_ids"] for line in lines]
    assert len(sequences) == 20


def test_a_directory_means_its_train_split(generate):
    directory = generate("--vocab-size", 50, "--seq-length", 16, "--num-train", 20, "--num-val", 3)
    assert data.load_synthetic_data(directory) == data.load_synthetic_data(directory / "train.jsonl")
    assert [file.name for file in data.find_files(directory, "val")] == ["val.jsonl"]
    with pytest.raises(FileNotFoundError, match="no test split"):
        data.find_files(directory, "test")


def test_shards_come_in_order_with_and_without_a_manifest(tmp_path):
    names = [f"train-{i:05}-of-00012.jsonl" for i in range(12)]
    for i, name in enumerate(names):
        write(tmp_path / name, f"[{i}]\n")
    assert [list(s) for s in data.load_synthetic_data(tmp_path)] == [[i] for i in range(12)]
    entries = [{"file": name, "split": "train"} for name in names[:2]]
    write(tmp_path / "metadata.json", json.dumps({"files": entries}))
    assert [list(s) for s in data.load_synthetic_data(tmp_path)] == [[0], [1]]


def test_records_keep_padding_labels_and_latents(tmp_path):
    record = {"input_ids": [5, 6, 0], "padding": 1, "labels": [-100, 6, -100], "latents": {"oracle_bits": 2.5}}
    file = write(tmp_path / "a.jsonl", json.dumps(record) + "\n[7]\n" + '{"tokens": [8, 9]}\n')
    first, second, third = data.load_synthetic_data(file)
    assert (first, first.padding, first.labels) == ([5, 6, 0], 1, [-100, 6, -100])
    assert first.latents == {"oracle_bits": 2.5}
    assert (second, second.padding, second.labels, second.latents) == ([7], 0, None, None)
    assert third == [8, 9]


def test_reads_compressed_lines(tmp_path):
    file = tmp_path / "a.jsonl.gz"
    with gzip.open(file, "wt") as out:
        out.write("[1,2]\n")
    assert data.load_synthetic_data(file) == [[1, 2]]


@pytest.mark.parametrize("dtype", ["uint16", "int32", "int64"])
def test_reads_rectangles_of_any_integers(tmp_path, dtype):
    rows = numpy.array([[1, 2, 3], [4, 5, 0]], dtype=dtype)
    numpy.save(tmp_path / "train.npy", rows)
    assert data.load_synthetic_data(tmp_path / "train.npy") == [[1, 2, 3], [4, 5, 0]]
    numpy.save(tmp_path / "train_lengths.npy", numpy.array([3, 2]))
    assert [s.padding for s in data.load_synthetic_data(tmp_path / "train.npy")] == [0, 1]


def test_reads_tensors(tmp_path):
    torch.save(torch.tensor([[1, 2], [3, 4]]), tmp_path / "train.pt")
    assert data.load_synthetic_data(tmp_path / "train.pt") == [[1, 2], [3, 4]]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", "Expecting"),
        ("3", "neither an object nor an array"),
        ("{}", "no input_ids"),
        ("[1, -1]", "no input_ids"),
        ("[1, true]", "no input_ids"),
        ('{"input_ids": [1], "labels": []}', "labels"),
        ('{"input_ids": [1], "padding": 2}', "padding: got 2; allowed: an integer from 0 to 1"),
    ],
)
def test_a_bad_record_is_named_by_file_and_line(tmp_path, line, reason):
    file = write(tmp_path / "bad.jsonl", "[1]\n" + line + "\n")
    with pytest.raises(ValueError) as caught:
        data.load_synthetic_data(file)
    assert str(caught.value).startswith(f"{file}:2: ")
    assert reason in str(caught.value)


def test_what_it_cannot_read_is_refused_by_name(tmp_path):
    with pytest.raises(ValueError, match="a.csv: not one of .jsonl"):
        data.load_synthetic_data(write(tmp_path / "a.csv", "1,2\n"))
    with pytest.raises(FileNotFoundError):
        data.load_synthetic_data(tmp_path / "missing.jsonl")
    numpy.save(tmp_path / "flat.npy", numpy.arange(3))
    with pytest.raises(ValueError, match="flat.npy: has 1 dimensions"):
        data.load_synthetic_data(tmp_path / "flat.npy")
    numpy.save(tmp_path / "rows.npy", numpy.zeros((3, 2)))
    numpy.save(tmp_path / "rows_lengths.npy", numpy.array([2, 2]))
    with pytest.raises(ValueError, match="2 lengths for 3 sequences"):
        data.load_synthetic_data(tmp_path / "rows.npy")
