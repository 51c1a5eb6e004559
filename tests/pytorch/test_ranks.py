"""Every rank of a distributed run gets the same number of batches."""

import json
from collections import Counter

import pytest

torch = pytest.importorskip("torch")

from torch.utils.data import DataLoader  # noqa: E402

import synthgen_data as data  # noqa: E402

WORLDS = range(1, 9)
WORKERS = range(4)
FILES = range(1, 17)
BATCHES = (1, 2, 3, 7)


def sizes_of(files):
    """Sequences of each file: equal, uneven, with empty ones, and fewer than there are readers."""
    uneven = [5 * i * i % 11 for i in range(files)]
    return [[6] * files, uneven, [i % 3 for i in range(files)], [*[0] * (files - 1), 1]]


@pytest.fixture(scope="module")
def folders(tmp_path_factory):
    """Directories by the sizes of their files. Sequence k of all files is [k]."""

    def write(sizes):
        directory = tmp_path_factory.mktemp("data")
        first = 0
        for i, size in enumerate(sizes):
            lines = "".join(f"[{first + k}]\n" for k in range(size))
            (directory / f"train-{i:05}-of-{len(sizes):05}.jsonl").write_text(lines)
            first += size
        return directory

    return {tuple(sizes): write(sizes) for files in FILES for sizes in sizes_of(files)}


def items_of(stream, workers):
    """The tokens that each worker of a DataLoader would yield, without starting it."""
    parts = []
    for worker in range(max(1, workers)):
        ranges = stream.parts(max(1, workers), worker)
        parts.append([sum(stream.counts[:file]) + k for file, start, stop in ranges for k in range(start, stop)])
    return parts


def batches_of(parts, size, drop_last):
    return sum(len(part) // size if drop_last else -(-len(part) // size) for part in parts)


@pytest.mark.parametrize("drop_last", [True, False])
@pytest.mark.parametrize("world_size", WORLDS)
def test_ranks_have_equal_numbers_of_batches_in_the_whole_grid(folders, world_size, drop_last):
    for sizes, directory in folders.items():
        total = sum(sizes)
        ranks = [
            data.StreamingDataset(directory, rank=rank, world_size=world_size, drop_last=drop_last)
            for rank in range(world_size)
        ]
        for workers in WORKERS:
            parts = [items_of(stream, workers) for stream in ranks]
            seen = Counter(token for rank in parts for part in rank for token in part)
            where = (sizes, workers)
            for size in BATCHES:
                for drops in (True, False):
                    assert len({batches_of(rank, size, drops) for rank in parts}) == 1, where
            if drop_last:
                assert set(seen.values()) <= {1} and total - len(seen) < world_size, where
            else:
                assert set(seen) == set(range(total)), where
                assert sum(seen.values()) - total < world_size, where
                assert not seen or max(seen.values()) - min(seen.values()) <= 1, where


@pytest.mark.parametrize("workers", [0, 1, 3])
@pytest.mark.parametrize(
    ("world_size", "files", "drop_last"), [(1, 3, False), (4, 5, False), (4, 5, True), (3, 9, True)]
)
def test_a_loader_yields_what_the_grid_computes(folders, world_size, files, drop_last, workers):
    sizes = sizes_of(files)[1]
    directory = folders[tuple(sizes)]
    numbers = set()
    for rank in range(world_size):
        stream = data.StreamingDataset(directory, rank=rank, world_size=world_size, drop_last=drop_last)
        loader = DataLoader(stream, batch_size=3, num_workers=workers, collate_fn=data.PaddingCollate())
        batches = [batch["input_ids"][:, 0].tolist() for batch in loader]
        numbers.add(len(batches))
        expected = items_of(stream, workers)
        assert sorted(token for batch in batches for token in batch) == sorted(sum(expected, []))
        assert len(batches) == batches_of(expected, 3, False)
    assert len(numbers) == 1


def test_the_numbers_that_hung_a_training_run_are_equal(folders, tmp_path):
    (tmp_path / "train.jsonl").write_text("".join(f"[{k}]\n" for k in range(10)))
    streams = [data.StreamingDataset(tmp_path, rank=rank, world_size=4) for rank in range(4)]
    loaders = [
        DataLoader(s, batch_size=2, num_workers=2, drop_last=True, collate_fn=data.PaddingCollate())
        for s in streams
    ]
    assert [sum(1 for _ in loader) for loader in loaders] == [1, 1, 1, 1]


def test_counts_come_from_the_manifest_and_are_held_against_the_file(tmp_path):
    file = tmp_path / "train.jsonl"
    file.write_text("[0]\n[1]\n[2]\n")

    def stream(count):
        entry = {"file": file.name, "split": "train", "sequences": count}
        (tmp_path / "metadata.json").write_text(json.dumps({"files": [entry]}))
        return data.StreamingDataset(tmp_path)

    assert [item["input_ids"].item() for item in stream(3)] == [0, 1, 2]
    with pytest.raises(ValueError, match=f"{file}: has 3 sequences; there were 4"):
        list(stream(4))
    with pytest.raises(ValueError, match=f"{file}: has more than the 2 sequences"):
        list(stream(2))


@pytest.mark.parametrize("form", ["jsonl", "npy", "pt", "safetensors"])
def test_a_part_of_any_file_is_what_the_whole_has_there(generate, form):
    directory = generate("--seq-length", 8, "--num-train", 11, "--num-val", 0, "--format", form)
    whole = [item["input_ids"].tolist() for item in data.StreamingDataset(directory)]
    parts = []
    for rank in range(3):
        stream = data.StreamingDataset(directory, rank=rank, world_size=3)
        parts += [item["input_ids"].tolist() for item in stream]
    assert len(whole) == 11
    assert parts == whole + whole[:1]
