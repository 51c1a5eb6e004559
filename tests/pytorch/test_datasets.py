"""Datasets and collation as a DataLoader uses them."""

import pytest

torch = pytest.importorskip("torch")

from torch.utils.data import DataLoader  # noqa: E402

import synthgen_data as data  # noqa: E402


def first_tokens(loader):
    return [row[0].item() for batch in loader for row in batch["input_ids"]]


def write_files(directory, count, sequences):
    """Sequence k of all files is [k]."""
    each = sequences // count
    for i in range(count):
        lines = "".join(f"[{k}]\n" for k in range(i * each, (i + 1) * each))
        (directory / f"train-{i:05}-of-{count:05}.jsonl").write_text(lines)
    return directory


def test_an_item_has_its_tokens_and_their_number():
    dataset = data.SyntheticDataset([[1, 2, 3], [4]])
    assert len(dataset) == 2
    assert dataset[0]["input_ids"].tolist() == [1, 2, 3]
    assert dataset[0]["input_ids"].dtype == torch.long
    assert (dataset[0]["length"], dataset[1]["length"]) == (3, 1)
    assert "labels" not in dataset[0]


def test_max_length_cuts_and_padding_does_not_count():
    sequence = data.TokenSequence([1, 2, 3, 0, 0], padding=2, labels=[1, 2, 3, 9, 9])
    item = data.SyntheticDataset([sequence], max_length=4)[0]
    assert (item["input_ids"].tolist(), item["length"]) == ([1, 2, 3, 0], 3)
    assert item["labels"].tolist() == [1, 2, 3, -100]
    assert data.SyntheticDataset([sequence], max_length=2)[0]["length"] == 2
    with pytest.raises(ValueError, match="max_length: got 0"):
        data.SyntheticDataset([], max_length=0)


def test_collation_fills_rows_and_masks_what_it_filled():
    dataset = data.SyntheticDataset(
        [data.TokenSequence([1, 2, 3], labels=[1, 2, 3]), data.TokenSequence([4], labels=[4])]
    )
    batch = data.PaddingCollate(pad_token=7)([dataset[0], dataset[1]])
    assert batch["input_ids"].tolist() == [[1, 2, 3], [4, 7, 7]]
    assert batch["attention_mask"].tolist() == [[True, True, True], [True, False, False]]
    assert batch["length"].tolist() == [3, 1]
    assert batch["labels"].tolist() == [[1, 2, 3], [4, -100, -100]]


@pytest.mark.parametrize("workers", [0, 2])
def test_a_loader_of_the_dataset_gives_every_sequence_once(generate, workers):
    directory = generate("--vocab-size", 50, "--seq-length", 16, "--num-train", 21, "--length-variation", 0.5)
    sequences = data.load_synthetic_data(directory)
    loader = DataLoader(
        data.SyntheticDataset(sequences), batch_size=4, num_workers=workers, collate_fn=data.PaddingCollate()
    )
    rows = [
        ids[: int(length)].tolist()
        for batch in loader
        for ids, length in zip(batch["input_ids"], batch["length"])
    ]
    assert rows == sequences
    assert len({len(row) for row in rows}) > 1


@pytest.mark.parametrize("workers", [0, 2])
@pytest.mark.parametrize("files", [1, 3, 4])
@pytest.mark.parametrize("world_size", [1, 2])
def test_streams_split_sequences_over_workers_and_ranks_without_overlap(tmp_path, workers, files, world_size):
    directory = write_files(tmp_path, files, 24)
    seen = []
    for rank in range(world_size):
        stream = data.StreamingDataset(directory, rank=rank, world_size=world_size)
        part = first_tokens(
            DataLoader(stream, batch_size=5, num_workers=workers, collate_fn=data.PaddingCollate())
        )
        assert len(part) == 24 // world_size
        seen += part
    assert sorted(seen) == list(range(24))


def test_whole_files_go_to_one_reader_where_they_divide_evenly(tmp_path):
    directory = write_files(tmp_path, 4, 24)
    stream = data.StreamingDataset(directory, rank=1, world_size=2)
    assert [item["input_ids"].item() for item in stream] == [*range(6, 12), *range(18, 24)]


def test_a_stream_gives_the_items_of_the_dataset_in_memory(generate):
    directory = generate("--vocab-size", 50, "--seq-length", 16, "--num-train", 5, "--num-val", 4)
    stream = data.StreamingDataset(directory, split="val", max_length=7)
    dataset = data.SyntheticDataset(data.load_synthetic_data(directory / "val.jsonl"), max_length=7)
    streamed = list(stream)
    assert len(streamed) == len(dataset) == 4
    for item, expected in zip(streamed, dataset):
        assert item["input_ids"].tolist() == expected["input_ids"].tolist()


def test_places_that_cannot_be_are_refused(tmp_path):
    file = tmp_path / "a.jsonl"
    file.write_text("[1]\n")
    with pytest.raises(ValueError, match="give both or neither"):
        data.StreamingDataset(file, rank=0)
    with pytest.raises(ValueError, match="rank: got 2; allowed: an integer from 0 to 1"):
        data.StreamingDataset(file, rank=2, world_size=2)
