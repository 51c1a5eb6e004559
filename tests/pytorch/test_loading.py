"""What load_synthetic_data and find_files read, and what they refuse."""

import gzip
import json
import os
import subprocess

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


LABELLED = [([5, 6, 7], [-100, 6, 3]), ([8], [2]), ([9, 4], [-100, -100])]


@pytest.fixture(params=["jsonl", "jsonl.gz", "npy", "pt", "safetensors"])
def labelled(request, tmp_path):
    """A file of LABELLED in each format, as the program converts it."""
    lines = [json.dumps({"input_ids": ids, "labels": labels}) for ids, labels in LABELLED]
    source = write(tmp_path / "source.jsonl", "\n".join(lines))
    output = tmp_path / f"train.{request.param}"
    form = request.param.removesuffix(".gz")
    compress = ["--compress", "gzip"] if request.param.endswith(".gz") else []
    command = [os.environ["SYNTHGEN_BIN"], "convert", source, "--format", form, "--output", output]
    subprocess.run([*map(str, command), *compress, "--labels", "--quiet"], check=True)
    return output


def test_labels_come_along_in_every_format_that_carries_them(labelled):
    sequences = data.load_synthetic_data(labelled)
    for sequence, (ids, labels) in zip(sequences, LABELLED):
        length = len(sequence) - sequence.padding
        assert sequence[:length] == ids
        assert sequence.labels[:length] == labels
        assert set(sequence.labels[length:]) <= {data.IGNORED_LABEL}
    assert len(sequences) == len(LABELLED)


@pytest.mark.parametrize("workers", [0, 2])
def test_labels_reach_the_batch_padded_with_what_is_not_scored(labelled, workers):
    dataset = data.SyntheticDataset(data.load_synthetic_data(labelled))
    loader = torch.utils.data.DataLoader(
        dataset, batch_size=3, num_workers=workers, collate_fn=data.PaddingCollate()
    )
    (batch,) = loader
    assert batch["labels"].dtype == torch.long
    assert batch["labels"].tolist() == [[-100, 6, 3], [2, -100, -100], [-100, -100, -100]]
    assert batch["attention_mask"].sum(dim=1).tolist() == [3, 1, 2]
    stream = data.StreamingDataset(labelled.parent / labelled.name)
    assert [item["labels"].tolist() for item in stream] == [item["labels"].tolist() for item in dataset]


@pytest.mark.parametrize("form", ["npy", "pt", "safetensors"])
def test_rows_of_ragged_data_end_where_their_sequence_does(generate, form):
    flags = ["--vocab-size", 50, "--seq-length", 16, "--length-variation", 0.5, "--num-train", 9, "--num-val", 0]
    plain = data.load_synthetic_data(generate(*flags, name="plain"))
    rows = data.load_synthetic_data(generate(*flags, "--format", form, name=form))
    assert [row[: len(row) - row.padding] for row in rows] == plain


def test_what_belongs_to_a_shard_is_no_shard(tmp_path):
    for i in range(2):
        numpy.save(tmp_path / f"train-0000{i}-of-00002.npy", numpy.array([[i, 1]]))
        numpy.save(tmp_path / f"train-0000{i}-of-00002_lengths.npy", numpy.array([2]))
    assert data.load_synthetic_data(tmp_path) == [[0, 1], [1, 1]]


def test_safetensors_of_other_types_are_refused_by_name(tmp_path):
    header = json.dumps({"input_ids": {"dtype": "F32", "shape": [1, 1], "data_offsets": [0, 4]}}).encode()
    file = tmp_path / "a.safetensors"
    file.write_bytes(len(header).to_bytes(8, "little") + header + bytes(4))
    with pytest.raises(ValueError, match="input_ids is of F32"):
        data.load_synthetic_data(file)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", "Expecting"),
        ("3", "neither an object nor an array"),
        ("{}", "no input_ids"),
        ("[1, -1]", "token 1: got -1; allowed: an id from 0 to 4294967295"),
        ("[1, true]", "token 1: got True; allowed: an id"),
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
    with pytest.raises(ValueError, match="a.txt:1: Extra data"):
        data.load_synthetic_data(write(tmp_path / "a.txt", "1,2\n"))
    with pytest.raises(ValueError, match="a.json: a JSON text; JSONL is read"):
        data.load_synthetic_data(write(tmp_path / "a.json", "[[1, 2]]\n"))
    with pytest.raises(FileNotFoundError):
        data.load_synthetic_data(tmp_path / "missing.jsonl")
    numpy.save(tmp_path / "flat.npy", numpy.arange(3))
    with pytest.raises(ValueError, match="flat.npy: has 1 dimensions"):
        data.load_synthetic_data(tmp_path / "flat.npy")
    numpy.save(tmp_path / "rows.npy", numpy.zeros((3, 2), dtype=int))
    numpy.save(tmp_path / "rows_lengths.npy", numpy.array([2, 2]))
    with pytest.raises(ValueError, match=r"lengths of shape \(2,\) for 3 sequences"):
        data.load_synthetic_data(tmp_path / "rows.npy")
