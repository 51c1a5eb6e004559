"""Megatron's indexed dataset: a memory-mapped .bin of ids, and an .idx with each sequence's length and place."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from .ragged import RaggedFile
from .stream_metadata import metadata_file, separator_of

_INDEX_HEAD_BYTES = 34
_megatron_types = {1: "u1", 2: "i1", 3: "<i2", 4: "<i4", 5: "<i8", 7: "<u4"}
#: Megatron counts uint16 as 8 and Megatron-DeepSpeed as 6, where it counts uint64 as 8.
_ambiguous_types = {6: {2: "<u2"}, 8: {2: "<u2", 8: "<u8"}}


def open_megatron(path: Path, index: Path) -> RaggedFile:
    """The sequences of `path`, without the separator that its metadata name."""
    head = np.fromfile(index, np.uint8, _INDEX_HEAD_BYTES).tobytes()
    code, sequences, documents = head[17:18], *np.frombuffer(head[18:34].ljust(16, b"\0"), "<u8").tolist()
    is_index = head[:9] == b"MMIDIDX\0\0" and int.from_bytes(head[9:17], "little") == 1
    # Multimodal data have a byte more for each sequence: its mode.
    sizes = [_INDEX_HEAD_BYTES + width * sequences + 8 * documents for width in (12, 13)]
    if not is_index or len(head) < _INDEX_HEAD_BYTES or index.stat().st_size not in sizes:
        raise ValueError(f"{index}: not an index of Megatron, or cut off")
    lengths = _numbers_at(index, "<i4", _INDEX_HEAD_BYTES, sequences)
    places = _numbers_at(index, "<i8", _INDEX_HEAD_BYTES + 4 * sequences, sequences)
    _check_documents(index, _numbers_at(index, "<i8", _INDEX_HEAD_BYTES + 12 * sequences, documents), sequences)
    size = path.stat().st_size
    total = int(lengths.sum(dtype=np.int64))
    name = _megatron_types.get(code[0], _ambiguous_types.get(code[0], {}).get(size // total if total > 0 else 2))
    if name is None:
        raise ValueError(f"{index}: a type of ids with the code {code[0]}; integers are read")
    dtype = np.dtype(name)
    ends = np.cumsum(lengths, dtype=np.int64)
    starts = ends - lengths
    bad = np.flatnonzero((lengths < 0) | (places != starts * dtype.itemsize) | (ends * dtype.itemsize > size))
    if bad.size:
        begin, end = places[bad[0]] / dtype.itemsize, places[bad[0]] / dtype.itemsize + lengths[bad[0]]
        span = f"ids from {begin:g} to {end:g}; the sequence before ends at {starts[bad[0]]}"
        raise ValueError(f"{index}:{bad[0] + 1}: {span}, and {path.name} has {size // dtype.itemsize}")
    if total * dtype.itemsize != size:
        raise ValueError(f"{index}: sequences of {total * dtype.itemsize} bytes; {path.name} has {size}")
    ids = np.memmap(path, dtype, "r", shape=(total,)) if total else np.zeros(0, dtype)
    return RaggedFile(path, ids, *_without_separators(path, ids, starts, ends))


def _numbers_at(index: Path, dtype: str, begin: int, count: int) -> np.ndarray:
    return np.memmap(index, dtype, "r", begin, (count,)) if count else np.zeros(0, dtype)


def _check_documents(index: Path, ends: np.ndarray, sequences: int) -> None:
    """The index of documents: 0, then ascending numbers up to that of the sequences."""
    if ends.size == 0:
        return
    if ends[0] != 0 or ends[-1] != sequences or bool((np.diff(ends) < 0).any()):
        raise ValueError(
            f"{index}: its index of documents; allowed: 0 first, then ascending numbers up to the last, {sequences}"
        )


def _without_separators(path: Path, ids: np.ndarray, starts: np.ndarray, ends: np.ndarray) -> tuple:
    """Where the sequences begin and end without the end of document that `<stem>_metadata.json` names."""
    separator, is_first = separator_of(path) if metadata_file(path).exists() else (None, False)
    if separator is None or len(ids) == 0:
        return starts, ends
    edges = np.clip(starts if is_first else ends - 1, 0, len(ids) - 1)
    cut = (ends > starts) & (ids[edges] == separator)
    return (starts + cut, ends) if is_first else (starts, ends - cut)
