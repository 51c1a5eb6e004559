"""`synthgen.torch` as part of the installed package."""

from itertools import islice

import pytest

torch = pytest.importorskip("torch")

from torch.utils.data import DataLoader  # noqa: E402

import synthgen  # noqa: E402
import synthgen.torch as data  # noqa: E402

CONFIG = {"generator": "pattern", "vocab_size": 50, "seq_length": 16}


def rows_of(batches):
    return [row.tolist() for batch in batches for row in batch["input_ids"]]


@pytest.mark.parametrize("workers", [0, 1, 3])
def test_batches_are_generated_in_one_order_whatever_the_workers(workers):
    loader = DataLoader(data.GeneratedDataset(CONFIG, batch_size=4), batch_size=None, num_workers=workers)
    assert rows_of(islice(loader, 5)) == synthgen.generate(CONFIG, count=20).tokens.tolist()


def test_ranks_and_workers_share_the_sequences_without_overlap():
    rows = []
    for rank in range(2):
        dataset = data.GeneratedDataset(CONFIG, batch_size=3, rank=rank, world_size=2)
        rows += rows_of(islice(dataset, 4))
    assert sorted(rows) == sorted(synthgen.generate(CONFIG, count=24).tokens.tolist())


@pytest.mark.parametrize("variation", [0.0, 0.5])
def test_items_are_those_of_files(tmp_path, variation):
    config = {**CONFIG, "length_variation": variation, "num_train": 70, "num_val": 0}
    synthgen.write(config, tmp_path)
    stored = list(data.StreamingDataset(tmp_path))
    made = list(islice(data.GeneratedDataset(config), 70))
    assert [item["input_ids"].tolist() for item in made] == [item["input_ids"].tolist() for item in stored]


def test_labels_come_along():
    config = {"generator": "recall", "vocab_size": 256, "seq_length": 64, "num_kv_pairs": 4}
    batch = next(iter(data.GeneratedDataset(config, batch_size=2)))
    assert batch["labels"].tolist() == synthgen.generate(config, count=2).labels.tolist()


def test_generation_resumes_where_it_stopped():
    dataset = data.GeneratedDataset(CONFIG, batch_size=2)
    rows_of(islice(dataset, 3))
    other = data.GeneratedDataset(CONFIG, batch_size=2)
    other.load_state_dict(dataset.state_dict())
    assert rows_of(islice(other, 2)) == synthgen.generate(CONFIG, first=6, count=4).tokens.tolist()


def test_a_training_loop_on_a_preset_takes_five_lines():
    name = synthgen.presets()[0]["name"]
    stream = data.GeneratedDataset(preset=name, batch_size=2)
    for batch in islice(DataLoader(stream, batch_size=None), 2):
        assert batch["input_ids"].dtype == torch.long and batch["input_ids"].shape[0] == 2
