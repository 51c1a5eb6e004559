"""Datasets and collation for a DataLoader."""

from __future__ import annotations

import os
from itertools import islice
from pathlib import Path
from typing import Any, Iterator, Optional, Sequence, Union

import torch
from torch import Tensor
from torch.utils.data import Dataset, IterableDataset, get_worker_info

from .files import iterate_synthetic_data, open_file
from .listing import PathLike, sequence_counts
from .records import IGNORED_LABEL


class SyntheticDataset(Dataset):
    """Sequences in memory. Item i is {"input_ids": int64 [L], "length": int}, with "labels": int64 [L]
    if the records have labels.

    sequences: from load_synthetic_data, or any lists of ids.
    max_length: sequences are truncated to it; None keeps them whole.

    `length` counts the tokens that are not padding.
    """

    def __init__(self, sequences: Sequence[Sequence[int]], max_length: Optional[int] = None) -> None:
        if max_length is not None and max_length < 1:
            raise ValueError(f"max_length: got {max_length}; allowed: an integer from 1 up, or None")
        self.sequences = sequences
        self.max_length = max_length

    def __len__(self) -> int:
        return len(self.sequences)

    def __getitem__(self, index: int) -> dict[str, Any]:
        return _item(self.sequences[index], self.max_length)


class StreamingDataset(IterableDataset):
    """The items of SyntheticDataset, read from files as they are used.

    Every rank gets the same number of sequences, and worker w of one rank as many as worker w of any
    other: all ranks have equal numbers of batches, whatever the files, the DataLoader's batch size and
    its drop_last. A DataLoader with drop_last leaves out up to batch_size - 1 sequences of each worker.

    If the files are of equal size and divide evenly among the workers of all ranks, each worker reads
    its own files. Otherwise a worker also reads parts of others' files.

    Sequences are counted on creation: from metadata.json or the shape of a table, else by reading the
    lines of a file once.

    paths: a dataset's directory, a file, or a list of files.
    split: which of a directory's splits.
    max_length: sequences are truncated to it; None keeps them whole.
    rank, world_size: of this process in distributed training; default: those of torch.distributed
        if it is initialised, else 0 and 1.
    drop_last: what happens if the sequences do not divide evenly among the ranks. True leaves out the
        world_size - 1 or fewer that are too many; False repeats as many as are missing.
    """

    def __init__(
        self,
        paths: Union[PathLike, Sequence[PathLike]],
        split: str = "train",
        max_length: Optional[int] = None,
        rank: Optional[int] = None,
        world_size: Optional[int] = None,
        drop_last: bool = False,
    ) -> None:
        if max_length is not None and max_length < 1:
            raise ValueError(f"max_length: got {max_length}; allowed: an integer from 1 up, or None")
        roots = [paths] if isinstance(paths, (str, os.PathLike)) else list(paths)
        counts = [entry for root in roots for entry in sequence_counts(root, split).items()]
        self.files = [file for file, _ in counts]
        self.counts = [open_file(file).count() if count is None else count for file, count in counts]
        self.max_length = max_length
        self.rank, self.world_size = _place(rank, world_size)
        self.drop_last = drop_last

    def __iter__(self) -> Iterator[dict[str, Any]]:
        worker = get_worker_info()
        workers, worker_id = (worker.num_workers, worker.id) if worker else (1, 0)
        for file, start, stop in self.parts(workers, worker_id):
            for sequence in self._sequences(file, start, stop):
                yield _item(sequence, self.max_length)

    def parts(self, workers: int, worker_id: int) -> list[tuple[int, int, int]]:
        """What one of this rank's workers reads: file, first sequence, and the one after the last."""
        readers = self.world_size * workers
        order = [file for reader in range(readers) for file in range(len(self.files))[reader::readers]]
        total = sum(self.counts)
        share = total // self.world_size if self.drop_last else -(-total // self.world_size)
        begin = self.rank * share + share * worker_id // workers
        end = self.rank * share + share * (worker_id + 1) // workers
        found = []
        first = 0  # sequences before the file, with each round starting again
        while first < end and total > 0:
            for file in order:
                start, stop = max(begin - first, 0), min(end - first, self.counts[file])
                if start < stop:
                    found.append((file, start, stop))
                first += self.counts[file]
        return found

    def _sequences(self, file: int, start: int, stop: int) -> Iterator[Sequence[int]]:
        path, count = self.files[file], self.counts[file]
        sequences = iterate_synthetic_data(path, start)
        place = start
        for sequence in islice(sequences, stop - start):
            yield sequence
            place += 1
        if place < stop:
            raise ValueError(f"{path}: has {place} sequences; there were {count}, or metadata.json lists {count}")
        if stop == count and next(sequences, None) is not None:
            raise ValueError(f"{path}: has more than the {count} sequences that were counted or listed")


class PaddingCollate:
    """Pads items of different lengths into a batch.

    The batch has "input_ids" (int64 [B, L], L the longest item), "attention_mask" (bool [B, L], true
    where a token is not padding), "length" (int64 [B]) and, if all items have labels, "labels"
    (int64 [B, L], IGNORED_LABEL where padded).

    pad_token: the id to pad with; the config's `pad_token`, 0 by default.
    """

    def __init__(self, pad_token: int = 0) -> None:
        self.pad_token = pad_token

    def __call__(self, items: Sequence[dict[str, Any]]) -> dict[str, Tensor]:
        length = torch.tensor([item["length"] for item in items], dtype=torch.long)
        input_ids = _stack([item["input_ids"] for item in items], self.pad_token)
        positions = torch.arange(input_ids.shape[1])
        batch = {
            "input_ids": input_ids,
            "attention_mask": positions[None, :] < length[:, None],
            "length": length,
        }
        if all("labels" in item for item in items):
            batch["labels"] = _stack([item["labels"] for item in items], IGNORED_LABEL)
        return batch


def _stack(rows: Sequence[Tensor], fill: int) -> Tensor:
    return torch.nn.utils.rnn.pad_sequence(list(rows), batch_first=True, padding_value=fill)


def _item(sequence: Sequence[int], max_length: Optional[int]) -> dict[str, Any]:
    tokens = sequence[:max_length]
    padding = getattr(sequence, "padding", 0)
    length = min(len(sequence) - padding, len(tokens))
    item: dict[str, Any] = {"input_ids": torch.tensor(tokens, dtype=torch.long), "length": length}
    labels = getattr(sequence, "labels", None)
    if labels is not None:
        item["labels"] = torch.tensor(labels[:max_length], dtype=torch.long)
        item["labels"][length:] = IGNORED_LABEL
    return item


def _place(rank: Optional[int], world_size: Optional[int]) -> tuple[int, int]:
    if (rank is None) != (world_size is None):
        raise ValueError("rank and world_size: give both or neither")
    if rank is None or world_size is None:
        distributed = torch.distributed
        if not (distributed.is_available() and distributed.is_initialized()):
            return 0, 1
        return distributed.get_rank(), distributed.get_world_size()
    if not 0 <= rank < world_size:
        raise ValueError(f"rank: got {rank}; allowed: an integer from 0 to {world_size - 1}")
    return rank, world_size
