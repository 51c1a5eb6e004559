"""Reads files of sequences, each in the format that its extension names."""

from __future__ import annotations

from pathlib import Path
from typing import Iterator, Union

from .jsonl import JsonlFile
from .listing import PathLike, endings, find_files
from .records import TokenSequence
from .tables import TableFile, open_npy, open_pt, open_safetensors

_openers = dict(zip(endings, (JsonlFile, JsonlFile, open_npy, open_pt, open_safetensors)))


def load_synthetic_data(path: PathLike) -> list[TokenSequence]:
    """Every sequence of a file, or of the train split of a dataset's directory.

    Reads `.jsonl`, `.jsonl.gz`, `.npy`, `.pt` and `.safetensors`; `synthgen convert` converts other
    formats. Padding is at the end of every sequence, wherever an attention mask has it.

    Raises OSError if a file cannot be read, and ValueError with file, line or row and value if it holds
    what `synthgen validate` refuses.
    """
    return [sequence for file in find_files(path, "train") for sequence in iterate_synthetic_data(file)]


def iterate_synthetic_data(path: PathLike, start: int = 0) -> Iterator[TokenSequence]:
    """The sequences of one file, in order, from `start` on. JSONL is read line by line."""
    return open_file(path).sequences(start)


def open_file(path: PathLike) -> Union[JsonlFile, TableFile]:
    """The file's sequences: `count()` of them, and `sequences(start)`."""
    file = Path(path)
    for ending, opener in _openers.items():
        if file.name.endswith(ending):
            return opener(file)
    raise ValueError(f"{file}: not one of {', '.join(endings)}; `synthgen convert` converts other formats")
