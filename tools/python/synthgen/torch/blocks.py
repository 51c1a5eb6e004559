"""Several sequences at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Optional, Union

import numpy as np

from .records import IGNORED_LABEL, TokenSequence

#: Sequences that are looked up or made together where items are yielded one by one.
ITEM_BLOCK = 64

#: Rows of a table, or arrays of different lengths.
Rows = Union[np.ndarray, Sequence[np.ndarray]]


@dataclass
class Block:
    """Sequences that were read together; `lengths` counts their tokens without padding, which is at their ends.

    Without `lengths` the ids are a table without padding.
    """

    ids: Rows
    lengths: Optional[np.ndarray] = None
    labels: Union[None, np.ndarray, Sequence[Optional[np.ndarray]]] = None
    latents: Optional[Sequence[Any]] = None

    def __len__(self) -> int:
        return len(self.ids)

    def lengths_within(self, width: int) -> np.ndarray:
        """The tokens of each sequence, of at most the first `width`."""
        return np.full(len(self), width) if self.lengths is None else np.minimum(self.lengths, width)

    def sequences(self) -> Iterator[TokenSequence]:
        lengths = [len(row) for row in self.ids] if self.lengths is None else self.lengths.tolist()
        for i, length in enumerate(lengths):
            row = self.ids[i]
            labels = None if self.labels is None else self.labels[i]
            latents = None if self.latents is None else self.latents[i]
            yield TokenSequence(row, len(row) - length, labels, latents)

    def table(self, fill: int, max_length: Optional[int] = None) -> tuple[np.ndarray, Optional[np.ndarray]]:
        """Ids and labels as int64 tables whose width is the longest row's, the labels of padding ignored."""
        ids = _filled(self.ids, fill, max_length)
        if self.labels is None or any(row is None for row in self.labels):
            return ids, None
        labels = _filled(self.labels, IGNORED_LABEL, max_length)
        if self.lengths is not None:
            labels[np.arange(labels.shape[1]) >= self.lengths[:, None]] = IGNORED_LABEL
        return ids, labels


def joined(blocks: Sequence[Block], order: np.ndarray) -> Block:
    """The sequences of blocks one after another, sequence i of them in place order[i]."""
    if len(blocks) == 1 and len(order) < 2:
        return blocks[0]
    sequences = [sequence for block in blocks for sequence in block.sequences()]
    placed: list[Any] = [None] * len(sequences)
    for place, sequence in zip(order.tolist(), sequences):
        placed[place] = sequence
    return block_of(placed)


def block_of(sequences: Sequence[TokenSequence]) -> Block:
    labels = [None if s.labels is None else s.labels.array for s in sequences]
    return Block(
        [s.array for s in sequences],
        np.array([len(s) - s.padding for s in sequences], np.int64),
        labels if any(row is not None for row in labels) else None,
        [s.latents for s in sequences],
    )


def _filled(rows: Rows, fill: int, max_length: Optional[int]) -> np.ndarray:
    if isinstance(rows, np.ndarray):
        return (rows if max_length is None else rows[:, :max_length]).astype(np.int64)
    rows = [row[:max_length] for row in rows]
    table = np.full((len(rows), max(map(len, rows), default=0)), fill, np.int64)
    for line, row in zip(table, rows):
        line[: len(row)] = row
    return table
