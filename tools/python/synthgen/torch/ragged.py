"""Sequences of different lengths in one array of ids."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Optional

import numpy as np

from .blocks import Block, block_of
from .records import LARGEST_ID, TokenSequence, checked_sequence


@dataclass
class RaggedFile:
    """Sequences of different lengths: the i-th is ids[starts[i]:ends[i]]."""

    path: Path
    ids: np.ndarray
    starts: np.ndarray
    ends: np.ndarray
    labels: Optional[np.ndarray] = None  # one for each id
    largest_id: int = LARGEST_ID

    can_seek = True

    def __post_init__(self) -> None:
        side = self.path.with_name(f"{self.path.stem}_labels.bin")
        if self.labels is None and len(self.ids) and side.exists():
            width = side.stat().st_size / len(self.ids)
            if width not in (4, 8):
                raise ValueError(f"{side}: {side.stat().st_size} bytes are not the labels of {len(self.ids)} ids")
            self.labels = np.memmap(side, f"<i{int(width)}", "r")

    def count(self) -> int:
        return len(self.starts)

    def sequences(self, start: int = 0) -> Iterator[TokenSequence]:
        return (self._sequence(place) for place in range(start, self.count()))

    def run(self, start: int, stop: int) -> Block:
        return block_of([self._sequence(place) for place in range(start, stop)])

    def block(self, places: np.ndarray) -> Block:
        return block_of([self._sequence(place) for place in places.tolist()])

    def _sequence(self, place: int) -> TokenSequence:
        part = slice(int(self.starts[place]), int(self.ends[place]))
        labels = None if self.labels is None else self.labels[part]
        try:
            return checked_sequence(self.ids[part], None, None, labels, largest=self.largest_id)
        except ValueError as error:
            raise ValueError(f"{self.path}:{place + 1}: {error}") from None
