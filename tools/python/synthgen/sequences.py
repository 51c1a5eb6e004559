"""Sequences as arrays over the core's memory."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import Any, Optional, Union, overload

import numpy as np

from . import _core

#: The label of a token that is not scored.
IGNORED_LABEL = -100

_LARGEST_ID = 2**32 - 1


class Sequences(Sequence):
    """Sequences of token ids. `len(s)` is their number, `s[i]` the ids of one, with its padding.

    The arrays lie over the core's memory: nothing is copied.
    """

    def __init__(self, batch: _core.Batch) -> None:
        self.batch = batch

    @cached_property
    def tokens(self) -> np.ndarray:
        """The ids, uint32: a table [sequences, tokens] if all sequences are of one length, else one after another."""
        return self._shaped(self.batch.tokens)

    @cached_property
    def offsets(self) -> np.ndarray:
        """Where each sequence begins among the ids one after another, and where the last one ends."""
        return self.batch.offsets

    @cached_property
    def labels(self) -> Optional[np.ndarray]:
        """A label for each token, int64, shaped like `tokens`: an id, or -100 where none is scored."""
        labels = self.batch.labels
        if len(labels) == 0:
            return None
        if labels.min() < IGNORED_LABEL:  # of a sequence that came without
            labels[labels < IGNORED_LABEL] = IGNORED_LABEL
        return self._shaped(labels)

    @cached_property
    def padding(self) -> np.ndarray:
        """How many ids at the end of each sequence are padding."""
        padding = np.zeros(len(self), np.uint64)
        padding[: len(self.batch.padding)] = self.batch.padding
        return padding

    @cached_property
    def lengths(self) -> np.ndarray:
        """The tokens of each sequence, without padding."""
        return np.diff(self.offsets) - self.padding

    @cached_property
    def latents(self) -> Optional[list[Optional[dict[str, Any]]]]:
        """What the tokens do not show (spans, noise, `oracle_bits`), for each sequence; None if not asked for."""
        return json.loads(self.batch.latents()) if self.batch.has_latents() else None

    def __len__(self) -> int:
        return self.batch.size()

    @overload
    def __getitem__(self, index: int) -> np.ndarray: ...
    @overload
    def __getitem__(self, index: slice) -> list[np.ndarray]: ...
    def __getitem__(self, index: Union[int, slice]) -> Union[np.ndarray, list[np.ndarray]]:
        if isinstance(index, slice):
            return [self[i] for i in range(*index.indices(len(self)))]
        place = range(len(self))[index]
        return self._flat[int(self.offsets[place]) : int(self.offsets[place + 1])]

    def __iter__(self) -> Iterator[np.ndarray]:
        ends = self.offsets.tolist()
        return (self._flat[begin:end] for begin, end in zip(ends, ends[1:]))

    def __array__(self, dtype: Any = None, copy: Optional[bool] = None) -> np.ndarray:
        if self.tokens.ndim != 2:
            raise ValueError("sequences of different lengths are no table; pad them, or use tokens and offsets")
        return self.tokens if dtype is None else self.tokens.astype(dtype, copy=bool(copy))

    def __repr__(self) -> str:
        return f"Sequences({len(self)} sequences, {self._flat.size} tokens)"

    @cached_property
    def _flat(self) -> np.ndarray:
        return self.batch.tokens

    @cached_property
    def _width(self) -> Optional[int]:
        widths = np.diff(self.offsets)
        return int(widths[0]) if len(widths) and (widths == widths[0]).all() else None

    def _shaped(self, values: np.ndarray) -> np.ndarray:
        return values if self._width is None else values.reshape(len(self), self._width)


def batch_of(sequences: Union[Sequences, np.ndarray, Iterable[Any]]) -> _core.Batch:
    """The core's sequences for a table of ids or any lists of ids.

    Raises ValueError with the place of what is no id.
    """
    if isinstance(sequences, Sequences):
        return sequences.batch
    rows = [ids_of(row, f"sequence {i}") for i, row in enumerate(sequences)]
    offsets = np.zeros(len(rows) + 1, np.uint64)
    np.cumsum([len(row) for row in rows], out=offsets[1:])
    padding = np.array([getattr(row, "padding", 0) for row in sequences], np.uint64)
    if (padding > np.diff(offsets)).any():
        raise ValueError("sequences: the padding of a sequence is longer than the sequence")
    tokens = np.concatenate(rows) if rows else np.zeros(0, np.uint32)
    return _core.batch_of(tokens, offsets, padding)


def ids_of(sequence: Any, name: str = "sequence") -> np.ndarray:
    """The ids of one sequence as uint32."""
    ids = np.asarray(sequence)
    if ids.dtype == np.uint32 and ids.ndim == 1:
        return ids
    if ids.ndim != 1 or (ids.size > 0 and ids.dtype.kind not in "iu"):
        raise ValueError(f"{name}: {ids.dtype} of shape {ids.shape}; allowed: a list of ids")
    bad = np.flatnonzero((ids < 0) | (ids > _LARGEST_ID))
    if bad.size:
        raise ValueError(f"{name}: token {bad[0]}: got {ids[bad[0]]}; allowed: an id from 0 to {_LARGEST_ID}")
    return ids.astype(np.uint32)
