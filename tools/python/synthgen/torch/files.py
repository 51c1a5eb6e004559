"""Reads files of sequences, each in the format that its extension names."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Union

from .lines import CsvFile, JsonlFile, LineFile
from .listing import PathLike, endings, find_files
from .records import TokenSequence
from .streams import RaggedFile, open_bin
from .tables import TableFile, open_npy, open_pt, open_safetensors
from .tensors import check_records

SequenceFile = Union[LineFile, TableFile, RaggedFile]

_openers = dict(
    zip(endings, (*[JsonlFile] * 3, *[CsvFile] * 3, open_npy, open_pt, open_safetensors, open_bin))
)


def load_synthetic_data(path: PathLike) -> list[TokenSequence]:
    """Every sequence of a file, or of the train split of a dataset's directory.

    Reads every format that synthgen writes; what comes from tables stays in the file, memory-mapped. Padding is at
    the end of every sequence, wherever an attention mask has it.

    Raises OSError if a file cannot be read, and ValueError with file, line or row and value if it holds
    what `synthgen validate` refuses.
    """
    sequences = []
    for file in find_files(path, "train"):
        if file.suffix == ".pt":
            check_records(file)
        sequences += iterate_synthetic_data(file)
    return sequences


def iterate_synthetic_data(path: PathLike, start: int = 0) -> Iterator[TokenSequence]:
    """The sequences of one file, in order, from `start` on. Text is read line by line."""
    return open_file(path).sequences(start)


def open_file(path: PathLike) -> SequenceFile:
    """The file's sequences: `count()` of them, `sequences(start)`, and `block(places)` where it `can_seek`."""
    file = Path(path)
    for ending, opener in _openers.items():
        if file.name.endswith(ending):
            return opener(file)
    raise ValueError(f"{file}: not one of {', '.join(endings)}; `synthgen convert` converts other formats")
