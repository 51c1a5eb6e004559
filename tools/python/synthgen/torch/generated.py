"""Sequences that are generated as they are used."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Optional

import numpy as np
from torch.utils.data import IterableDataset

from .blocks import ITEM_BLOCK, Block
from .collate import batch_of_block, items_of_block
from .place import Progress, check_positive, place_of, worker_of


class GeneratedDataset(IterableDataset):
    """Endless sequences of a config, without files. Needs the compiled package, unlike the rest of this module.

    Ranks and workers share the sequences from `first` on, each once. Without `batch_size` it yields the items of
    SyntheticDataset; with it, batches for a DataLoader with batch_size=None, in an order that does not depend on
    the number of workers.

    config: as `synthgen.generate` takes it, as are `preset` and other keywords.
    """

    def __init__(
        self,
        config: Optional[Mapping[str, Any]] = None,
        *,
        split: str = "train",
        first: int = 0,
        batch_size: Optional[int] = None,
        max_length: Optional[int] = None,
        rank: Optional[int] = None,
        world_size: Optional[int] = None,
        preset: Optional[str] = None,
        **parameters: Any,
    ) -> None:
        from synthgen import Generator

        check_positive("batch_size", batch_size)
        check_positive("max_length", max_length)
        self.config = Generator(config, preset=preset, **parameters).config
        self.split, self.first = split, first
        self.batch_size, self.max_length = batch_size, max_length
        self.rank, self.world_size = place_of(rank, world_size)
        self._progress = Progress()

    def state_dict(self, taken: Optional[int] = None) -> dict[str, Any]:
        """How many batches (blocks of 64 items without `batch_size`) were taken; see StreamingDataset."""
        return self._progress.state(taken)

    def load_state_dict(self, state: dict[str, Any]) -> None:
        self._progress.load(state)

    def __iter__(self) -> Iterator[dict[str, Any]]:
        from synthgen import Generator

        generator = Generator(self.config)  # of this process
        workers, worker_id = worker_of()
        size = self.batch_size or ITEM_BLOCK
        number = self._progress.start() + worker_id
        while True:
            first = self.first + (number * self.world_size + self.rank) * size
            made = generator.generate(size, split=self.split, first=first)
            flat = made.tokens.ndim == 1
            block = Block(
                list(made) if flat else made.tokens,
                made.lengths.astype(np.int64) if flat or made.padding.any() else None,
                _rows(made.labels, made.offsets) if flat else made.labels,
            )
            self._progress.taken = number + 1
            if self.batch_size is None:
                yield from items_of_block(block, self.max_length)
            else:
                yield batch_of_block(block, self.config["pad_token"], self.max_length)
            number += workers


def _rows(labels: Optional[np.ndarray], offsets: np.ndarray) -> Optional[list[np.ndarray]]:
    return None if labels is None else np.split(labels, offsets[1:-1].astype(np.int64))
