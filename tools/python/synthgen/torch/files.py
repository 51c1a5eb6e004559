"""Reads files of sequences, each in the format that its extension names, or its content."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Union

from .content import checked_ending
from .lines import CsvFile, JsonlFile, LineFile
from .listing import PathLike, find_files
from .ragged import RaggedFile
from .records import TokenSequence
from .streams import open_bin
from .tables import TableFile, open_npy, open_pt, open_safetensors, side_tables
from .tensors import check_records

SequenceFile = Union[LineFile, TableFile, RaggedFile]

_openers: dict[str, Callable[[Path], Any]] = {
    **dict.fromkeys((".jsonl", ".ndjson", ".txt"), JsonlFile),
    **{".csv": CsvFile, ".npy": open_npy, ".pt": open_pt, ".pth": open_pt},
    **{".safetensors": open_safetensors, ".bin": open_bin},
}


def load_synthetic_data(path: PathLike) -> list[TokenSequence]:
    """Every sequence of a file, or of the train split of a dataset's directory.

    Reads every format that synthgen writes; what comes from tables stays in the file, memory-mapped. Padding is at
    the end of every sequence, wherever an attention mask has it.

    Raises OSError if a file cannot be read, and ValueError with file, line or row and value if it holds
    what `synthgen validate` refuses. Files of PyTorch are read once more to verify their checksums.
    """
    sequences = []
    for file in find_files(path, "train"):
        if _opener_of(file) is open_pt:
            for tensor in filter(Path.exists, (file, *side_tables(file, ".pt"))):
                check_records(tensor)
        sequences += iterate_synthetic_data(file)
    return sequences


def iterate_synthetic_data(path: PathLike, start: int = 0) -> Iterator[TokenSequence]:
    """The sequences of one file, in order, from `start` on. Text is read line by line.

    Raises what `load_synthetic_data` raises, as far as the file is read. The checksums of a file of PyTorch are not
    verified, for which all of it would have to be read first.
    """
    return open_file(path).sequences(start)


def open_file(path: PathLike) -> SequenceFile:
    """The file's sequences: `count()` of them, `sequences(start)`, and `block(places)` where it `can_seek`."""
    file = Path(path)
    return _opener_of(file)(file)


def _opener_of(file: Path) -> Callable[[Path], Any]:
    return _openers[checked_ending(file, tuple(_openers))]
