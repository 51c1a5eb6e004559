"""Files of sequences, in every format that the program reads."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Union

from . import _core
from .sequences import Sequences

_BATCH_TOKENS = 1 << 18


class SequenceFiles:
    """The sequences of files, read in order in constant memory: iterating gives `Sequences` of some 10^5 tokens."""

    def __init__(self, paths: list[str]) -> None:
        self.paths = paths

    def __iter__(self) -> Iterator[Sequences]:
        return self.batches(_BATCH_TOKENS)

    def batches(self, tokens: int) -> Iterator[Sequences]:
        """Sequences of about so many tokens at a time."""
        for path in self.paths:
            reader, has_more = _core.open(path), True
            while has_more:
                batch = _core.Batch()
                while has_more and batch.size() == 0:
                    has_more = reader.read(batch, tokens)
                if batch.size() > 0:
                    yield Sequences(batch)


def open_files(path: Union[str, "os.PathLike[str]"], split: str = "train") -> SequenceFiles:
    """The sequences of a file, or of a split of a dataset's directory.

    Raises OSError if it cannot be read, and ValueError with file, line or row where it is malformed.
    """
    if not Path(path).is_dir():
        _core.open(os.fspath(path))
        return SequenceFiles([os.fspath(path)])
    files = [file.path for file in _core.files_of(os.fspath(path)) if file.split == split]
    if not files:
        raise ValueError(f"{os.fspath(path)}: has no {split} split")
    return SequenceFiles(files)


def load_synthetic_data(path: Union[str, "os.PathLike[str]"], split: str = "train") -> Sequences:
    """Every sequence of a file, or of a split of a dataset's directory."""
    whole = _core.Batch()
    for file in open_files(path, split).paths:
        _core.open(file).read(whole, 2**64 - 1)
    return Sequences(whole)
