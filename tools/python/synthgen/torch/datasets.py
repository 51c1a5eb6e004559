"""Datasets of files for a DataLoader."""

from __future__ import annotations

import os
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate, islice
from typing import Any, Optional, Union

import numpy as np
from torch.utils.data import Dataset, IterableDataset

from .blocks import ITEM_BLOCK, Block, block_of, joined
from .collate import batch_of_block, item_of, items_of_block
from .files import open_file
from .lines import LineFile
from .listing import PathLike, sequence_counts
from .order import Permutation
from .place import Progress, check_positive, place_of, worker_of

#: Spans of a shuffled order that are computed together.
_SPANS = 64


class SyntheticDataset(Dataset):
    """Sequences in memory. Item i is {"input_ids": int64 [L], "length": int}, with "labels": int64 [L]
    if the records have labels.

    sequences: from load_synthetic_data, or any lists of ids.
    max_length: sequences are truncated to it; None keeps them whole.

    `length` counts the tokens that are not padding.
    """

    def __init__(self, sequences: Sequence[Sequence[int]], max_length: Optional[int] = None) -> None:
        check_positive("max_length", max_length)
        self.sequences = sequences
        self.max_length = max_length

    def __len__(self) -> int:
        return len(self.sequences)

    def __getitem__(self, index: int) -> dict[str, Any]:
        return item_of(self.sequences[index], self.max_length)


class StreamingDataset(IterableDataset):
    """The items of SyntheticDataset, read from files as they are used; or, with `batch_size`, whole batches.

    Every rank gets the same number of sequences, and worker w of one rank as many as worker w of any
    other: all ranks have equal numbers of batches, whatever the files, the DataLoader's batch size and
    its drop_last. A DataLoader with drop_last leaves out up to batch_size - 1 sequences of each worker.

    Without shuffling, if the files are of equal size and divide evenly among the workers of all ranks,
    each worker reads its own files. Otherwise a worker also reads parts of others' files. A worker
    touches only the rows that it yields, but in compressed text, which it reads from the beginning.

    Sequences are counted on creation: from metadata.json or the shape of a table, else by reading a file once.
    The lines of plain text are indexed on creation. The checksums of tensors of PyTorch are not verified, for which
    whole files would have to be read: `load_synthetic_data` does.

    paths: a dataset's directory, a file, or a list of files.
    split: which of a directory's splits.
    max_length: sequences are truncated to it; None keeps them whole.
    rank, world_size: of this process in distributed training; default: those of torch.distributed
        if it is initialised, else 0 and 1.
    drop_last: what happens if the sequences do not divide evenly among the ranks. True leaves out the
        world_size - 1 or fewer that are too many; False repeats as many as are missing.
    shuffle: an order that `seed` and the epoch determine; call `set_epoch` before each epoch. Nothing is
        stored for it. Compressed text cannot be shuffled.
    batch_size: yield batches, as PaddingCollate makes them, for a DataLoader with batch_size=None. Fast: rows become
        tensors together. The order of batches does not depend on the number of workers. The last one of a
        rank may be smaller.
    pad_token: the id that fills the batches' shorter rows.
    """

    def __init__(
        self,
        paths: Union[PathLike, Sequence[PathLike]],
        split: str = "train",
        max_length: Optional[int] = None,
        rank: Optional[int] = None,
        world_size: Optional[int] = None,
        drop_last: bool = False,
        shuffle: bool = False,
        seed: int = 0,
        batch_size: Optional[int] = None,
        pad_token: int = 0,
    ) -> None:
        check_positive("max_length", max_length)
        check_positive("batch_size", batch_size)
        roots = [paths] if isinstance(paths, (str, os.PathLike)) else list(paths)
        listed = [entry for root in roots for entry in sequence_counts(root, split).items()]
        self.files = [file for file, _ in listed]
        self._opened = [open_file(file) for file in self.files]
        self.counts = [file.count() if count is None else count for file, (_, count) in zip(self._opened, listed)]
        self.max_length = max_length
        self.rank, self.world_size = place_of(rank, world_size)
        self.drop_last = drop_last
        self.shuffle, self.seed = shuffle, seed
        self.batch_size, self.pad_token = batch_size, pad_token
        self._progress = Progress()
        self._ends = [0, *accumulate(self.counts)]
        for file in self._opened:
            if file.can_seek:
                file.count()  # indexes the lines, which workers then share
            elif shuffle or batch_size is not None:
                raise ValueError(f"{file.path}: compressed text is read in order and item by item; unpack it")

    def __getstate__(self) -> dict[str, Any]:
        # What is mapped is opened again, where workers are started anew, instead of being copied to them.
        return {**self.__dict__, "_opened": [file if isinstance(file, LineFile) else None for file in self._opened]}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state)
        self._opened = [file or open_file(path) for file, path in zip(self._opened, self.files)]

    def __len__(self) -> int:
        """Sequences of this rank; with `batch_size`, its batches."""
        share = self._share()
        return share if self.batch_size is None else -(-share // self.batch_size)

    def set_epoch(self, epoch: int) -> None:
        """Begins an epoch: its own order if shuffled, from the first sequence on. Persistent workers see it, too."""
        self._progress.begin(epoch)

    def state_dict(self, taken: Optional[int] = None) -> dict[str, Any]:
        """The epoch, and how many batches (items without `batch_size`) were taken of it.

        taken: count them yourself where a DataLoader has workers, which read ahead; the data itself counts what
            it yielded in this process.
        """
        return self._progress.state(taken)

    def load_state_dict(self, state: dict[str, Any]) -> None:
        """Resumes there. With `batch_size`, with any number of workers; without, each worker skips so many items,
        as torchdata's StatefulDataLoader needs it. Once that iteration has ended, the next one starts at the beginning;
        after one that was left before its end, call `set_epoch`."""
        self._progress.load(state)

    def __iter__(self) -> Iterator[dict[str, Any]]:
        workers, worker_id = worker_of()
        self._check_counts()
        start = self._progress.start(worker_id)
        yields = self._items if self.batch_size is None else self._batches
        for thing in yields(start, workers, worker_id):
            self._progress.taken += 1
            yield thing
        self._progress.end(worker_id)

    def parts(self, workers: int, worker_id: int) -> list[tuple[int, int, int]]:
        """What one of this rank's workers reads unshuffled: file, first sequence, and the one after the last."""
        readers = self.world_size * workers
        order = [file for reader in range(readers) for file in range(len(self.files))[reader::readers]]
        total = sum(self.counts)
        begin, end = self._span(workers, worker_id)
        found = []
        first = 0  # sequences before the file, with each round starting again
        while first < end and total > 0:
            for file in order:
                start, stop = max(begin - first, 0), min(end - first, self.counts[file])
                if start < stop:
                    found.append((file, start, stop))
                first += self.counts[file]
        return found

    def _share(self) -> int:
        total = sum(self.counts)
        return total // self.world_size if self.drop_last else -(-total // self.world_size)

    def _span(self, workers: int, worker_id: int) -> tuple[int, int]:
        share = self._share()
        begin = self.rank * share
        return begin + share * worker_id // workers, begin + share * (worker_id + 1) // workers

    def _items(self, start: int, workers: int, worker_id: int) -> Iterator[dict[str, Any]]:
        if self.shuffle:
            begin, end = self._span(workers, worker_id)
            for block in self._shuffled(range(begin + start, end, ITEM_BLOCK), ITEM_BLOCK, end):
                yield from items_of_block(block, self.max_length)
            return
        for file, first, stop in self.parts(workers, worker_id):
            skipped = min(start, stop - first)
            start -= skipped
            for block in self._blocks_of_part(file, first + skipped, stop):
                yield from items_of_block(block, self.max_length)

    def _batches(self, start: int, workers: int, worker_id: int) -> Iterator[dict[str, Any]]:
        share, size = self._share(), self.batch_size
        own = self.rank * share
        end = own + share
        # A DataLoader takes batches from its workers in turn, beginning with the first.
        firsts = range(own + (start + worker_id) * size, end, workers * size)
        in_order = (self._run(first, min(first + size, end)) for first in firsts)
        for block in self._shuffled(firsts, size, end) if self.shuffle else in_order:
            yield batch_of_block(block, self.pad_token, self.max_length)

    def _run(self, begin: int, stop: int) -> Block:
        """The sequences from begin up to stop of all files in order; after the last one they begin again."""
        first = begin % self._ends[-1]
        end = first + stop - begin
        file = bisect_right(self._ends, first) - 1
        if end <= self._ends[file + 1]:
            return self._opened[file].run(first - self._ends[file], end - self._ends[file])
        return self._gathered(np.arange(first, end) % self._ends[-1])

    def _shuffled(self, firsts: range, size: int, stop: int) -> Iterator[Block]:
        """Spans of the epoch's order, each `size` sequences from one of `firsts` on, but none from `stop` on."""
        total = self._ends[-1]
        order = Permutation(total, self.seed, self._progress.epoch)
        for i in range(0, len(firsts), _SPANS):
            some = [(first, min(first + size, stop)) for first in firsts[i : i + _SPANS]]
            places = order(np.concatenate([np.arange(*span) for span in some]) % total)
            for part in np.split(places, np.cumsum([end - first for first, end in some])[:-1]):
                yield self._gathered(part)

    def _gathered(self, places: np.ndarray) -> Block:
        if len(self.files) == 1:
            return self._opened[0].block(places)
        files = np.searchsorted(self._ends, places, side="right") - 1
        blocks, order = [], []
        for file in np.unique(files):
            mine = np.flatnonzero(files == file)
            blocks.append(self._opened[file].block(places[mine] - self._ends[file]))
            order.append(mine)
        return joined(blocks, np.concatenate(order))

    def _blocks_of_part(self, file: int, start: int, stop: int) -> Iterator[Block]:
        opened = self._opened[file]
        if opened.can_seek:
            for first in range(start, stop, ITEM_BLOCK):
                yield opened.run(first, min(first + ITEM_BLOCK, stop))
            return
        sequences = opened.sequences(start)
        place = start
        for sequence in islice(sequences, stop - start):
            yield block_of([sequence])
            place += 1
        if place < stop:
            raise self._too_few(file, place)
        if stop == self.counts[file] and next(sequences, None) is not None:
            raise self._too_many(file)

    def _check_counts(self) -> None:
        """Holds what metadata.json lists against the files."""
        for file, opened in enumerate(self._opened):
            if not opened.can_seek:
                continue
            if opened.count() < self.counts[file]:
                raise self._too_few(file, opened.count())
            if opened.count() > self.counts[file]:
                raise self._too_many(file)

    def _too_few(self, file: int, found: int) -> ValueError:
        count = self.counts[file]
        return ValueError(
            f"{self.files[file]}: has {found} sequences; there were {count}, or metadata.json lists {count}"
        )

    def _too_many(self, file: int) -> ValueError:
        return ValueError(
            f"{self.files[file]}: has more than the {self.counts[file]} sequences that were counted or listed"
        )
