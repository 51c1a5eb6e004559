"""Which part of the data one process of a distributed run reads."""

from __future__ import annotations

from typing import Any, Optional

import torch
from torch.utils.data import get_worker_info


def place_of(rank: Optional[int], world_size: Optional[int]) -> tuple[int, int]:
    """Both as given, or those of torch.distributed if it is initialised, else 0 and 1."""
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


def worker_of() -> tuple[int, int]:
    """How many workers the DataLoader has, at least 1, and which of them this is."""
    worker = get_worker_info()
    return (worker.num_workers, worker.id) if worker else (1, 0)


#: More than any DataLoader has.
_MOST_WORKERS = 1024


class Progress:
    """How far an epoch is, in memory that a DataLoader's workers share: persistent ones see a new epoch."""

    def __init__(self) -> None:
        self._shared = torch.zeros(2, dtype=torch.long).share_memory_()
        # Whether a worker has ended the iteration that began at the start that was loaded. Each has a place of its
        # own: one may end before another begins.
        self._ended = torch.zeros(_MOST_WORKERS, dtype=torch.bool).share_memory_()
        self.taken = 0

    @property
    def epoch(self) -> int:
        return int(self._shared[0])

    def begin(self, epoch: int, start: int = 0) -> None:
        self._shared[0], self._shared[1] = epoch, start
        self._ended.zero_()
        self.taken = start

    def start(self, worker: int = 0) -> int:
        """Where to start the epoch; in the process that iterates, `taken` counts from there."""
        self.taken = 0 if self._ended[worker] else int(self._shared[1])
        return self.taken

    def end(self, worker: int = 0) -> None:
        """The worker's next iteration starts at the beginning, whether `begin` is called before it or not."""
        self._ended[worker] = True

    def state(self, taken: Optional[int]) -> dict[str, Any]:
        return {"epoch": self.epoch, "taken": self.taken if taken is None else taken}

    def load(self, state: dict[str, Any]) -> None:
        for key in ("epoch", "taken"):
            if key not in state:
                raise ValueError(f"state: {key} is missing in {state}; allowed: epoch and taken, integers from 0 up")
        epoch, taken = state["epoch"], state["taken"]
        if type(epoch) is not int or type(taken) is not int or epoch < 0 or taken < 0:
            raise ValueError(f"state: got {state}; allowed: epoch and taken, integers from 0 up")
        self.begin(epoch, taken)


def check_positive(name: str, value: Optional[int]) -> None:
    if value is not None and value < 1:
        raise ValueError(f"{name}: got {value}; allowed: an integer from 1 up, or None")
