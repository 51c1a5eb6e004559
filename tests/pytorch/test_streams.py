"""Batches, shuffling, resuming and every format of StreamingDataset."""

import json
import mmap
import pickle

import pytest

numpy = pytest.importorskip("numpy")
torch = pytest.importorskip("torch")

from torch.utils.data import DataLoader  # noqa: E402

import synthgen_data as data  # noqa: E402
from synthgen_data.lines import LineFile  # noqa: E402
from synthgen_data.order import Permutation  # noqa: E402

FORMATS = ["jsonl", "npy", "pt", "safetensors", "bin", "llmc", "megatron", "csv"]


def rows_of(batches):
    return [row.tolist() for batch in batches for row in batch["input_ids"]]


def numbered(directory, count, files=1):
    """Sequence k of all files is [k, k]."""
    each = count // files
    for i in range(files):
        rows = numpy.arange(i * each, (i + 1) * each, dtype=numpy.int32)
        numpy.save(directory / f"train-{i:05}-of-{files:05}.npy", numpy.stack([rows, rows], axis=1))
    return directory


@pytest.mark.parametrize("variation", [0, 0.5])
@pytest.mark.parametrize("form", FORMATS)
def test_every_format_has_the_sequences_that_jsonl_has(generate, form, variation):
    flags = ["--vocab-size", 50, "--seq-length", 16, "--num-train", 20, "--num-val", 0, "--length-variation", variation]
    separator = ["--separator", 60] if form in ("bin", "llmc") and variation else []
    directory = generate(*flags, "--format", form, *separator, name=form)
    lines = (generate(*flags, name="lines") / "train.jsonl").read_text().splitlines()
    expected = [json.loads(line)["input_ids"] for line in lines]
    assert [row[: len(row) - row.padding] for row in data.load_synthetic_data(directory)] == expected
    for shuffle in (False, True):
        stream = data.StreamingDataset(directory, batch_size=6, shuffle=shuffle)
        rows = [
            row[mask].tolist() for batch in stream for row, mask in zip(batch["input_ids"], batch["attention_mask"])
        ]
        assert (sorted(rows) if shuffle else rows) == (sorted(expected) if shuffle else expected)


@pytest.mark.parametrize("form", FORMATS)
def test_batches_are_what_collation_makes_of_the_items(generate, form):
    directory = generate("--vocab-size", 50, "--seq-length", 16, "--num-train", 10, "--num-val", 0, "--format", form)
    items = list(data.StreamingDataset(directory, max_length=9))
    batches = list(data.StreamingDataset(directory, max_length=9, batch_size=4))
    assert [len(batch["length"]) for batch in batches] == [4, 4, 2]
    for i, batch in enumerate(batches):
        expected = data.PaddingCollate()(items[i * 4 : i * 4 + 4])
        assert batch.keys() == expected.keys()
        assert all(torch.equal(batch[key], expected[key]) for key in batch)


@pytest.mark.parametrize("shuffle", [False, True])
@pytest.mark.parametrize("files", [1, 3])
def test_the_order_of_batches_does_not_depend_on_the_workers(tmp_path, files, shuffle):
    numbered(tmp_path, 30, files)

    def batches(workers):
        stream = data.StreamingDataset(tmp_path, batch_size=4, shuffle=shuffle, seed=5)
        return rows_of(DataLoader(stream, batch_size=None, num_workers=workers))

    alone = batches(0)
    assert sorted(row[0] for row in alone) == list(range(30))
    assert (alone == sorted(alone)) == (not shuffle)
    assert batches(2) == batches(3) == alone


def test_each_epoch_has_its_own_order_and_the_same_one_again(tmp_path):
    numbered(tmp_path, 100)
    stream = data.StreamingDataset(tmp_path, shuffle=True, seed=1)
    orders = []
    for epoch in (0, 1, 0):
        stream.set_epoch(epoch)
        orders.append([item["input_ids"][0].item() for item in stream])
    assert orders[0] != orders[1] and orders[0] == orders[2]
    assert sorted(orders[1]) == list(range(100))
    other = data.StreamingDataset(tmp_path, shuffle=True, seed=2)
    assert [item["input_ids"][0].item() for item in other] != orders[0]


def test_persistent_workers_see_the_new_epoch(tmp_path):
    numbered(tmp_path, 40)
    stream = data.StreamingDataset(tmp_path, batch_size=4, shuffle=True)
    loader = DataLoader(stream, batch_size=None, num_workers=2, persistent_workers=True)
    orders = []
    for epoch in range(2):
        stream.set_epoch(epoch)
        orders.append(rows_of(loader))
    assert orders[0] != orders[1] and sorted(orders[0]) == sorted(orders[1])


@pytest.mark.parametrize("count", [1, 2, 3, 17, 64, 1000])
def test_a_shuffled_order_has_each_place_once(count):
    for seed in range(5):
        assert sorted(Permutation(count, seed, 0)(numpy.arange(count)).tolist()) == list(range(count))


def test_a_shuffled_order_of_any_number_needs_no_list():
    order = Permutation(10**15, 3, 4)
    found = order(numpy.arange(10**14, 10**14 + 1000))
    assert len(set(found.tolist())) == 1000 and found.min() >= 0 and found.max() < 10**15
    assert order(numpy.array([10**14 + 7]))[0] == found[7]


def test_a_shuffled_order_mixes_near_and_far():
    count = 4096
    order = Permutation(count, 0, 0)(numpy.arange(count))
    places = numpy.corrcoef(order, numpy.arange(count))[0, 1]
    neighbours = numpy.corrcoef(order[1:], order[:-1])[0, 1]
    assert abs(places) < 5 / count**0.5 and abs(neighbours) < 5 / count**0.5


@pytest.mark.parametrize("workers", [0, 2, 3])
@pytest.mark.parametrize("shuffle", [False, True])
def test_a_run_resumes_in_the_middle_of_an_epoch_with_any_number_of_workers(tmp_path, shuffle, workers):
    numbered(tmp_path, 50)

    def stream():
        return data.StreamingDataset(tmp_path, batch_size=4, shuffle=shuffle, seed=3)

    first = stream()
    first.set_epoch(2)
    whole = rows_of(DataLoader(first, batch_size=None))
    second = stream()
    second.load_state_dict(first.state_dict(taken=5))
    rest = rows_of(DataLoader(second, batch_size=None, num_workers=workers))
    assert rest == whole[20:]
    second.set_epoch(2)
    assert rows_of(second) == whole


def test_a_stream_counts_what_it_yielded(tmp_path):
    numbered(tmp_path, 10)
    stream = data.StreamingDataset(tmp_path)
    items = iter(stream)
    for _ in range(3):
        next(items)
    state = stream.state_dict()
    assert state == {"epoch": 0, "taken": 3}
    other = data.StreamingDataset(tmp_path)
    other.load_state_dict(state)
    assert [item["input_ids"][0].item() for item in other] == list(range(3, 10))
    with pytest.raises(ValueError, match="epoch and taken"):
        other.load_state_dict({"epoch": 0, "taken": -1})
    for state, key in (({"epoch": 1}, "taken"), ({"taken": 1}, "epoch"), ({}, "epoch")):
        with pytest.raises(ValueError, match=f"{key} is missing"):
            other.load_state_dict(state)


@pytest.mark.parametrize(("workers", "persistent"), [(0, False), (1, False), (3, False), (3, True)])
def test_after_a_resumed_epoch_the_next_ones_are_whole(tmp_path, workers, persistent):
    numbered(tmp_path, 40)
    stream = data.StreamingDataset(tmp_path, batch_size=4)
    loader = DataLoader(stream, batch_size=None, num_workers=workers, persistent_workers=persistent)
    stream.load_state_dict({"epoch": 0, "taken": 8})
    assert [len(list(loader)) for _ in range(3)] == [2, 10, 10]
    stream.load_state_dict({"epoch": 1, "taken": 7})
    assert [len(list(loader)) for _ in range(2)] == [3, 10]
    stream.load_state_dict({"epoch": 2, "taken": 7})
    next(iter(stream))  # is left before its end
    stream.set_epoch(3)
    assert len(list(stream)) == 10


@pytest.mark.parametrize("world_size", [1, 3])
@pytest.mark.parametrize("drop_last", [True, False])
def test_its_length_is_what_it_yields(tmp_path, world_size, drop_last):
    numbered(tmp_path, 20)
    for rank in range(world_size):
        for batch_size in (None, 3):
            stream = data.StreamingDataset(
                tmp_path, rank=rank, world_size=world_size, drop_last=drop_last, batch_size=batch_size
            )
            assert len(list(stream)) == len(stream) > 0


def test_ranks_share_a_shuffled_epoch(tmp_path):
    numbered(tmp_path, 24, files=2)
    seen = []
    for rank in range(4):
        stream = data.StreamingDataset(tmp_path, shuffle=True, rank=rank, world_size=4, batch_size=5)
        seen += [row[0] for row in rows_of(stream)]
    assert sorted(seen) == list(range(24))


@pytest.mark.parametrize("form", ["jsonl", "npy", "csv", "bin", "megatron", "pt", "safetensors"])
def test_a_reader_touches_only_its_own_rows(generate, monkeypatch, form):
    flags = ["--vocab-size", 50, "--seq-length", 8, "--num-train", 1600, "--num-val", 0]
    directory = generate(*flags, "--format", form, name=form)
    stream = data.StreamingDataset(directory, rank=5, world_size=16)
    opened = stream._opened[0]
    touched = 0
    for name in ("run", "block"):
        inner = getattr(type(opened), name)

        def counted(self, *places, inner=inner, name=name):
            nonlocal touched
            rows = inner(self, *places)
            touched += len(rows) if name == "block" or not hasattr(self, "index") else 0
            return rows

        monkeypatch.setattr(type(opened), name, counted)
    assert len(list(stream)) == 100
    assert touched <= 200  # run may be made of block


def test_what_is_written_compactly_is_read_as_json_is(tmp_path):
    records = ['{"input_ids":[0,7,4294967295]}', '{"input_ids":[10]}', '{"input_ids": [3,4]}', '{"input_ids":[]}']
    file = tmp_path / "train.jsonl"
    file.write_text("\n".join(records) + "\n")
    assert data.load_synthetic_data(file) == [json.loads(record)["input_ids"] for record in records]
    for bad in ("[01]", "[1,,2]", "[,1]", "[1,]", "[4294967296]", "[99999999999999999999]", "[1 2]"):
        file.write_text(f'{{"input_ids":[5]}}\n{{"input_ids":{bad}}}\n')
        with pytest.raises(ValueError, match="train.jsonl:2: "):
            data.load_synthetic_data(file)


def test_compressed_text_is_streamed_in_order_only(generate):
    flags = ["--vocab-size", 50, "--seq-length", 8, "--num-train", 12, "--num-val", 0, "--compress", "gzip"]
    for form in ("jsonl", "csv"):
        directory = generate(*flags, "--format", form, name=form)
        whole = [item["input_ids"].tolist() for item in data.StreamingDataset(directory)]
        ranks = [data.StreamingDataset(directory, rank=rank, world_size=3) for rank in range(3)]
        assert [item["input_ids"].tolist() for stream in ranks for item in stream] == whole
        assert len(whole) == 12
        with pytest.raises(ValueError, match="unpack it"):
            data.StreamingDataset(directory, shuffle=True)


def test_damaged_streams_of_ids_are_named(generate, tmp_path):
    flags = ["--vocab-size", 50, "--seq-length", 8, "--num-train", 12, "--num-val", 0]
    megatron = generate(*flags, "--format", "megatron", name="megatron")
    index = megatron / "train.idx"
    index.write_bytes(index.read_bytes()[:-1])
    with pytest.raises(ValueError, match="train.idx: not an index of Megatron"):
        data.load_synthetic_data(megatron)
    stream = generate(*flags, "--format", "bin", name="bin")
    (stream / "train.bin").write_bytes((stream / "train.bin").read_bytes()[:-1])
    with pytest.raises(ValueError, match="no whole number of uint16"):
        data.load_synthetic_data(stream)
    (stream / "train_metadata.json").write_text('{"dtype": "float"}')
    with pytest.raises(ValueError, match="train_metadata.json: "):
        data.load_synthetic_data(stream)
    (stream / "train_metadata.json").unlink()
    with pytest.raises(ValueError, match="needs train_metadata.json"):
        data.load_synthetic_data(stream)


@pytest.mark.parametrize("form", FORMATS)
def test_workers_that_are_started_anew_get_no_copy_of_the_data(generate, form):
    flags = ["--vocab-size", 50, "--seq-length", 64, "--num-train", 400, "--num-val", 0, "--format", form]
    stream = data.StreamingDataset(generate(*flags, name=form), batch_size=8)
    sent = pickle.dumps(stream)
    assert len(sent) < 10_000
    assert rows_of(pickle.loads(sent)) == rows_of(stream)


def test_lines_are_indexed_once_for_all_epochs(generate, monkeypatch):
    directory = generate("--vocab-size", 50, "--seq-length", 8, "--num-train", 40, "--num-val", 0)
    indexed = []
    inner = LineFile._found
    monkeypatch.setattr(LineFile, "_found", lambda file: indexed.append(file.path) or inner(file))
    stream = data.StreamingDataset(directory, batch_size=4, shuffle=True)
    for epoch in range(3):
        stream.set_epoch(epoch)
        assert len(list(stream)) == 10
    assert indexed == [directory / "train.jsonl"]


def test_arrays_take_bytes_and_not_objects(generate):
    directory = generate("--vocab-size", 50, "--seq-length", 512, "--num-train", 4, "--num-val", 0)
    (first, *_) = data.load_synthetic_data(directory)
    assert first.array.nbytes == 4 * 512


@pytest.mark.parametrize("form", [form for form in FORMATS if form not in ("jsonl", "csv")])
def test_tables_stay_in_their_file(generate, form):
    tables = generate("--vocab-size", 50, "--seq-length", 512, "--num-train", 4, "--num-val", 0, "--format", form)
    (row, *_) = data.load_synthetic_data(tables)
    owner = row.array
    while isinstance(owner, numpy.ndarray):
        owner = owner.base
    assert isinstance(owner, mmap.mmap)
