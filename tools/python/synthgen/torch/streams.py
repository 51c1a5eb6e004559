"""Sequences one after another in a memory-mapped file of ids: nanoGPT's, llm.c's and Megatron's .bin."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Optional, Union

import numpy as np

from .blocks import Block, block_of
from .records import TokenSequence, checked_sequence
from .tables import Column, TableFile

_CHUNK_IDS = 1 << 22
_HEAD_BYTES = 1024
#: The first number of llm.c's header and the type of the ids after it.
_llmc_types = {20240520: "<u2", 20240801: "<u4"}
_megatron_types = {1: "u1", 2: "i1", 3: "<i2", 4: "<i4", 5: "<i8", 7: "<u4"}
#: Megatron counts uint16 as 8 and Megatron-DeepSpeed as 6, where it counts uint64 as 8.
_ambiguous_types = {6: {2: "<u2"}, 8: {2: "<u2", 8: "<u8"}}


@dataclass
class RaggedFile:
    """Sequences of different lengths: the i-th is ids[starts[i]:ends[i]]."""

    path: Path
    ids: np.ndarray
    starts: np.ndarray
    ends: np.ndarray
    labels: Optional[np.ndarray] = None  # one for each id

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
        try:
            return checked_sequence(self.ids[part], None, None, None if self.labels is None else self.labels[part])
        except ValueError as error:
            raise ValueError(f"{self.path}:{place + 1}: {error}") from None


def open_bin(path: Path) -> Union[TableFile, RaggedFile]:
    """Megatron's where an .idx is next to it; else ids whose rows `<stem>_metadata.json` describes."""
    index = path.with_suffix(".idx")
    if index.exists():
        return _open_megatron(path, index)
    side = _side_file(path)
    own = _llmc_type(path)
    if not side.exists():
        raise ValueError(
            f'{path}: needs {side.name}, such as {{"dtype": "uint16", "seq_length": 1024}} or with "separator": ID'
        )
    try:
        about = json.loads(side.read_text(encoding="utf-8"))
        dtype = own if own and "dtype" not in about else np.dtype({"uint16": "<u2", "uint32": "<u4"}[about["dtype"]])
        separator: Optional[int] = about.get("separator")
        is_first = about.get("separator_first", False) is True
        width = int(about["seq_length"]) if separator is None else 0
        if separator is None and width < 1:
            raise ValueError(f"seq_length: got {width}; allowed: an integer from 1 up")
    except (KeyError, TypeError, ValueError, RecursionError) as error:
        raise ValueError(f"{side}: {type(error).__name__}: {error}") from None
    ids = _ids_of(path, dtype)
    if separator is not None:
        return _separated(path, ids, separator, is_first)
    if len(ids) % width == 0 and not path.with_name(f"{path.stem}_labels.bin").exists():
        return TableFile(Column(path, ids.reshape(-1, width)))
    starts = np.arange(0, len(ids), width)
    return RaggedFile(path, ids, starts, np.minimum(starts + width, len(ids)))


def _side_file(path: Path) -> Path:
    return path.with_name(f"{path.stem}_metadata.json")


def _llmc_type(path: Path) -> Optional[np.dtype]:
    """The type of the ids where the file has the header of a shard of llm.c."""
    size = path.stat().st_size
    if size < _HEAD_BYTES:
        return None
    magic, _, count = np.fromfile(path, "<i4", 3).tolist()
    own = np.dtype(_llmc_types[magic]) if magic in _llmc_types else None
    return own if own and size == _HEAD_BYTES + count * own.itemsize else None


def _ids_of(path: Path, dtype: np.dtype) -> np.ndarray:
    size = path.stat().st_size
    begin = 0
    own = _llmc_type(path)
    if own:
        begin, dtype = _HEAD_BYTES, own
    if (size - begin) % dtype.itemsize:
        raise ValueError(f"{path}: {size - begin} bytes are no whole number of {dtype.name}")
    return np.memmap(path, dtype, "r", begin) if size > begin else np.zeros(0, dtype)


def _separated(path: Path, ids: np.ndarray, separator: int, is_first: bool) -> RaggedFile:
    chunks = range(0, len(ids), _CHUNK_IDS)
    found = [np.flatnonzero(ids[begin : begin + _CHUNK_IDS] == separator) + begin for begin in chunks]
    ends = np.concatenate([np.zeros(0, np.int64), *found]).astype(np.int64)
    starts = np.r_[0, ends + 1]
    if is_first:  # each separator begins a sequence, and so does a file that begins inside of one
        ends = np.r_[ends, len(ids)]
        skipped = int(len(ids) == 0 or int(ids[0]) == separator)
        return RaggedFile(path, ids, starts[skipped:], ends[skipped:])
    if len(ids) > starts[-1]:  # a last sequence without a separator
        ends = np.r_[ends, len(ids)]
    return RaggedFile(path, ids, starts[: len(ends)], ends)


def _open_megatron(path: Path, index: Path) -> RaggedFile:
    head = np.fromfile(index, np.uint8, 34).tobytes()
    code, sequences, documents = head[17:18], *np.frombuffer(head[18:34].ljust(16, b"\0"), "<u8").tolist()
    size = index.stat().st_size
    is_index = head[:9] == b"MMIDIDX\0\0" and int.from_bytes(head[9:17], "little") == 1
    # Multimodal data have a byte more for each sequence: its mode.
    sizes = [34 + width * sequences + 8 * documents for width in (12, 13)]
    if not is_index or len(head) < 34 or size not in sizes:
        raise ValueError(f"{index}: not an index of Megatron, or cut off")
    if sequences == 0:
        return RaggedFile(path, np.zeros(0, np.uint16), np.zeros(0, np.int64), np.zeros(0, np.int64))
    lengths = np.memmap(index, "<i4", "r", 34, (sequences,))
    width = path.stat().st_size // max(1, int(lengths.sum(dtype=np.int64)))
    name = _megatron_types.get(code[0], _ambiguous_types.get(code[0], {}).get(width))
    if name is None:
        raise ValueError(f"{index}: a type of ids with the code {code[0]}; integers are read")
    dtype = np.dtype(name)
    starts = np.memmap(index, "<i8", "r", 34 + 4 * sequences, (sequences,)) // dtype.itemsize
    ends = starts + lengths
    size = path.stat().st_size
    ids = np.memmap(path, dtype, "r", shape=(size // dtype.itemsize,)) if size else np.zeros(0, dtype)
    bad = np.flatnonzero((lengths < 0) | (starts < 0) | (ends > len(ids)))
    if bad.size:
        span = f"ids from {starts[bad[0]]} to {ends[bad[0]]}"
        raise ValueError(f"{index}:{bad[0] + 1}: {span}; {path.name} has {len(ids)}")
    return RaggedFile(path, ids, *_without_separators(path, ids, starts, ends))


def _without_separators(path: Path, ids: np.ndarray, starts: np.ndarray, ends: np.ndarray) -> tuple:
    """Where the sequences begin and end without the end of document that `<stem>_metadata.json` names."""
    side = _side_file(path)
    try:
        about = json.loads(side.read_text(encoding="utf-8")) if side.exists() else {}
    except (ValueError, RecursionError):
        about = {}
    separator = about.get("separator") if isinstance(about, dict) else None
    if type(separator) is not int:
        return starts, ends
    is_first = about.get("separator_first", False) is True
    edges = np.clip(starts if is_first else ends - 1, 0, max(0, len(ids) - 1))
    cut = (ends > starts) & (ids[edges] == separator)
    return (starts + cut, ends) if is_first else (starts, ends - cut)
