"""Sequences as rows of a table of ids in memory-mapped files: .npy, .pt, .safetensors and .bin."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import prod
from pathlib import Path
from typing import Any, Optional, Union

import numpy as np

from .blocks import Block, block_of
from .records import IGNORED_LABEL, LARGEST_ID, TokenSequence, all_ids, checked_sequence
from .tensors import load_pt, refusal

#: Rows that are read and checked together have about so many tokens.
BLOCK_TOKENS = 1 << 15

Places = Union[slice, np.ndarray]


@dataclass
class Column:
    """Integers that belong to the rows of a table, and the file that holds them."""

    path: Path
    array: np.ndarray

    def __post_init__(self) -> None:
        self.array = np.asarray(self.array)  # a part of a memmap itself takes several times as long


@dataclass
class TableFile:
    """Rows of a table of ids. They are padded where `lengths` or `mask` says."""

    ids: Column
    lengths: Optional[Column] = None
    mask: Optional[Column] = None
    labels: Optional[Column] = None
    largest_id: int = LARGEST_ID

    can_seek = True

    def __post_init__(self) -> None:
        path, shape = self.ids.path, self.ids.array.shape
        if len(shape) != 2:
            raise ValueError(f"{path}: has {len(shape)} dimensions; a dataset has 2, sequences by tokens")
        if shape[0] > 0 and shape[1] == 0:
            raise ValueError(f"{path}: has empty rows")
        if self.lengths is not None and self.lengths.array.shape != shape[:1]:
            raise ValueError(f"{path}: lengths of shape {self.lengths.array.shape} for {shape[0]} sequences")
        for name, other in (("labels", self.labels), ("attention_mask", self.mask)):
            if other is not None and other.array.shape != shape:
                raise ValueError(f"{path}: {name} of shape {other.array.shape} for {shape} tokens")

    def count(self) -> int:
        return self.ids.array.shape[0]

    def sequences(self, start: int = 0) -> Iterator[TokenSequence]:
        step = max(1, BLOCK_TOKENS // max(1, self.ids.array.shape[1]))
        for begin in range(start, self.count(), step):
            yield from self.run(begin, min(begin + step, self.count())).sequences()

    def run(self, start: int, stop: int) -> Block:
        """The rows from start up to stop."""
        return self.block(slice(start, stop))

    def block(self, places: Places) -> Block:
        """The rows of these places, checked; a range of them is not copied."""
        ids = _rows_at(self.ids, places)
        labels = None if self.labels is None else _rows_at(self.labels, places)
        if self.mask is None and self.lengths is None:
            if self._is_sound(ids, labels):
                return Block(ids, None, labels)
        else:
            lengths = self._lengths(places, ids)
            if lengths is not None and self._is_sound(ids, labels, lengths):
                return Block(ids, lengths, labels)
        return block_of([self._row(place) for place in np.arange(self.count())[places].tolist()])

    def _lengths(self, places: Places, ids: np.ndarray) -> Optional[np.ndarray]:
        """The length of each row by the lengths or the mask; None where these need a look at each row."""
        if self.mask is not None:
            mask = self.mask.array[places]
            lengths = np.count_nonzero(mask, axis=1)
            is_plain = np.array_equal(mask, np.arange(ids.shape[1]) < lengths[:, None])
        else:
            lengths = self.lengths.array[places]
            is_plain = bool(((lengths >= 0) & (lengths <= ids.shape[1])).all())
            lengths = lengths.astype(np.int64)
        return lengths if is_plain else None

    def _row(self, place: int) -> TokenSequence:
        """One row, or the error that names it."""
        width = self.ids.array.shape[1]
        length = width
        if self.lengths is not None:
            length = int(self.lengths.array[place])
            if not 0 <= length <= width:
                raise ValueError(f"{self.lengths.path}:{place + 1}: length: got {length}; allowed: 0 to {width}")
        mask = None if self.mask is None else self.mask.array[place].tolist()
        labels = None if self.labels is None else self.labels.array[place]
        try:
            padding = None if mask else width - length
            return checked_sequence(self.ids.array[place], padding, mask, labels, largest=self.largest_id)
        except ValueError as error:
            raise ValueError(f"{self.ids.path}:{place + 1}: {error}") from None

    def _is_sound(
        self, ids: np.ndarray, labels: Optional[np.ndarray], lengths: Optional[np.ndarray] = None
    ) -> bool:
        if all_ids(ids, largest=self.largest_id) and (labels is None or all_ids(labels, IGNORED_LABEL)):
            return True
        if lengths is None:
            return False
        content = np.arange(ids.shape[1]) < lengths[:, None]  # padding may be anything
        return self._is_sound(ids[content], None if labels is None else labels[content])


def _rows_at(column: Column, places: Places) -> np.ndarray:
    return column.array[places] if isinstance(places, slice) else column.array.take(places, axis=0)


def open_npy(path: Path) -> TableFile:
    return _open_table(path, ".npy", _load_npy)


def open_pt(path: Path) -> TableFile:
    return _open_table(path, ".pt", lambda file: Column(file, load_pt(file)))


def side_tables(path: Path, ending: str) -> list[Path]:
    """Where lengths and labels are."""
    return [path.with_name(f"{path.stem}_{what}{ending}") for what in ("lengths", "labels")]


def _open_table(path: Path, ending: str, load: Callable[[Path], Column]) -> TableFile:
    """Lengths of ragged data and labels are in side files."""
    lengths, labels = (load(file) if file.exists() else None for file in side_tables(path, ending))
    return TableFile(load(path), lengths=lengths, labels=labels)


def _load_npy(path: Path) -> Column:
    try:
        array = np.load(path, mmap_mode="r", allow_pickle=False)
    except Exception as error:
        raise refusal(path, error) from None
    if not isinstance(array, np.ndarray):
        raise ValueError(f"{path}: a ZIP of arrays; one array is read")
    if array.dtype.kind not in "iu":
        raise ValueError(f"{path}: dtype {array.dtype}; integers are read")
    if not array.flags.c_contiguous:
        raise ValueError(f"{path}: Fortran order; C order is read (numpy.ascontiguousarray)")
    after = path.stat().st_size - array.nbytes - getattr(array, "offset", path.stat().st_size)
    if after > 0:
        raise ValueError(f"{path}: has {after} bytes after the array of shape {array.shape}")
    return Column(path, array)


#: BOOL is read where 0 and 1 are meant.
_safetensors_types = {
    **{"U8": "u1", "I8": "i1", "U16": "<u2", "I16": "<i2", "U32": "<u4", "I32": "<i4", "U64": "<u8", "I64": "<i8"},
    "BOOL": "u1",
}
_longest_header = 1 << 20


def open_safetensors(path: Path) -> TableFile:
    """The tensors input_ids (or inputs, or tokens), attention_mask and labels."""
    size = path.stat().st_size
    content = np.memmap(path, np.uint8, "r") if size else np.zeros(0, np.uint8)
    header_bytes = int.from_bytes(content[:8].tobytes(), "little")
    if size < 8 or header_bytes > min(size - 8, _longest_header):
        raise ValueError(
            f"{path}: a header of {header_bytes} bytes; the file has {size}, and {_longest_header} are allowed"
        )
    numbers = content[8 + header_bytes :]
    try:
        header = json.loads(content[8 : 8 + header_bytes].tobytes())
    except (ValueError, RecursionError) as error:
        raise ValueError(f"{path}: header: {error}") from None
    if not isinstance(header, dict):
        raise ValueError(f"{path}: header: no object")
    ids_key = next((key for key in ("input_ids", "inputs", "tokens") if key in header), None)
    if ids_key is None:
        raise ValueError(f"{path}: no tensor named input_ids, inputs or tokens")
    keys = [key for key in (ids_key, "attention_mask", "labels") if key in header]
    columns = {key: _safetensors_column(path, key, header[key], numbers) for key in keys}
    _check_places(path, header, len(numbers))
    return TableFile(columns[ids_key], mask=columns.get("attention_mask"), labels=columns.get("labels"))


def _check_places(path: Path, header: dict[str, Any], size: int) -> None:
    """The tensors follow one another from the header to the file's end, as the format asks."""
    end = 0
    try:
        places = sorted(tuple(entry["data_offsets"]) for key, entry in header.items() if key != "__metadata__")
        sound = all(type(number) is int for begin, after in places for number in (begin, after))
    except (KeyError, TypeError, ValueError):
        sound = False
    if not sound:
        raise ValueError(f"{path}: the data_offsets of a tensor are missing or malformed")
    for begin, after in places:
        if begin != end or after < begin:
            raise ValueError(f"{path}: a tensor from byte {begin} to {after}, where one before ends at {end}")
        end = after
    if end != size:
        raise ValueError(f"{path}: the tensors have {end} bytes, but {size} follow the header")


def _safetensors_column(path: Path, key: str, entry: Any, numbers: np.ndarray) -> Column:
    try:
        dtype, shape, (begin, end) = entry["dtype"], tuple(entry["shape"]), entry["data_offsets"]
        sound = all(type(number) is int and number >= 0 for number in (*shape, begin, end))
    except (KeyError, TypeError, ValueError):
        sound = False
    if not sound:
        raise ValueError(f"{path}: {key}: dtype, shape or data_offsets is missing or malformed")
    if dtype not in _safetensors_types or (dtype == "BOOL" and key != "attention_mask"):
        raise ValueError(f"{path}: {key} is of {dtype}; integers are read")
    kind = np.dtype(_safetensors_types[dtype])
    if not begin <= end <= len(numbers) or prod(shape) * kind.itemsize != end - begin:
        raise ValueError(
            f"{path}: {key}: shape and dtype do not make the bytes {begin} to {end} of {len(numbers)}"
        )
    return Column(path, numbers[begin:end].view(kind).reshape(shape))
