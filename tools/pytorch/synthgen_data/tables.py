"""Sequences as rows of a table of ids: .npy, .pt and .safetensors."""

from __future__ import annotations

import json
import mmap
import zipfile
from dataclasses import dataclass
from math import prod
from pathlib import Path
from struct import calcsize
from typing import Any, Callable, Iterator, Optional

import torch

from .records import TokenSequence, checked_sequence


@dataclass
class _Array:
    """Integers of some shape, and those at an index of the first dimension."""

    path: Path
    shape: tuple[int, ...]
    at: Callable[[int], Any]


@dataclass
class TableFile:
    """Rows of a table of ids. They are padded where `lengths` or `mask` says."""

    ids: _Array
    lengths: Optional[_Array] = None
    mask: Optional[_Array] = None
    labels: Optional[_Array] = None

    def __post_init__(self) -> None:
        path, shape = self.ids.path, self.ids.shape
        if len(shape) != 2:
            raise ValueError(f"{path}: has {len(shape)} dimensions; a dataset has 2, sequences by tokens")
        if shape[0] > 0 and shape[1] == 0:
            raise ValueError(f"{path}: has empty rows")
        if self.lengths is not None and self.lengths.shape != shape[:1]:
            raise ValueError(f"{path}: lengths of shape {self.lengths.shape} for {shape[0]} sequences")
        for name, other in (("labels", self.labels), ("attention_mask", self.mask)):
            if other is not None and other.shape != shape:
                raise ValueError(f"{path}: {name} of shape {other.shape} for {shape} tokens")

    def count(self) -> int:
        return self.ids.shape[0]

    def sequences(self, start: int = 0) -> Iterator[TokenSequence]:
        count, width = self.ids.shape
        for i in range(start, count):
            length = self.lengths.at(i) if self.lengths else width
            if not 0 <= length <= width:
                path = self.lengths.path if self.lengths else self.ids.path
                raise ValueError(f"{path}:{i + 1}: length: got {length}; allowed: 0 to {width}")
            mask = self.mask.at(i) if self.mask else None
            labels = self.labels.at(i) if self.labels else None
            try:
                yield checked_sequence(self.ids.at(i), None if mask else width - length, mask, labels)
            except ValueError as error:
                raise ValueError(f"{self.ids.path}:{i + 1}: {error}") from None


def open_npy(path: Path) -> TableFile:
    return _open_table(path, _load_npy)


def open_pt(path: Path) -> TableFile:
    return _open_table(path, _load_pt)


def _open_table(path: Path, load: Callable[[Path], _Array]) -> TableFile:
    """Lengths of ragged data and labels are in side files."""
    side_files = [path.with_name(f"{path.stem}_{what}{path.suffix}") for what in ("lengths", "labels")]
    lengths, labels = (load(file) if file.exists() else None for file in side_files)
    return TableFile(load(path), lengths=lengths, labels=labels)


def _load_npy(path: Path) -> _Array:
    import numpy

    try:
        array = numpy.load(path, mmap_mode="r", allow_pickle=False)
    except (ValueError, EOFError, SyntaxError, zipfile.BadZipFile) as error:
        raise ValueError(f"{path}: {error}") from None
    if not isinstance(array, numpy.ndarray):
        raise ValueError(f"{path}: a ZIP of arrays; one array is read")
    if array.dtype.kind not in "iu":
        raise ValueError(f"{path}: dtype {array.dtype}; integers are read")
    if not array.flags.c_contiguous:
        raise ValueError(f"{path}: Fortran order; C order is read (numpy.ascontiguousarray)")
    after = path.stat().st_size - array.nbytes - getattr(array, "offset", path.stat().st_size)
    if after > 0:
        raise ValueError(f"{path}: has {after} bytes after the array of shape {array.shape}")
    return _Array(path, array.shape, lambda i: array[i].tolist())


_torch_integers = (torch.uint8, torch.int8, torch.int16, torch.int32, torch.int64)


def _load_pt(path: Path) -> _Array:
    try:
        with zipfile.ZipFile(path) as records:  # torch.load does not look at the checksums
            names = records.namelist()
            damaged = records.testzip()
        if damaged is None and len(set(names)) == len(names):
            tensor = torch.load(path, map_location="cpu", weights_only=True)
    except OSError:
        raise
    except Exception as error:  # whatever the reader of a damaged file stumbles over
        raise ValueError(f"{path}: {type(error).__name__}: {error}") from None
    if damaged is not None:
        raise ValueError(f"{path}: the checksum of the record {damaged} is wrong")
    if len(set(names)) < len(names):
        raise ValueError(f"{path}: has two records of one name")
    if not isinstance(tensor, torch.Tensor):
        raise ValueError(f"{path}: a {type(tensor).__name__}; one tensor is read")
    if tensor.dtype not in _torch_integers or tensor.layout != torch.strided:
        raise ValueError(f"{path}: dtype {tensor.dtype}; integers are read")
    if not tensor.is_contiguous():
        raise ValueError(f"{path}: a tensor that is not contiguous; tensor.contiguous() makes one that is read")
    return _Array(path, tuple(tensor.shape), lambda i: tensor[i].tolist())


#: Letters of struct's formats; BOOL is read where 0 and 1 are meant.
_safetensors_types = {
    **{"U8": "B", "I8": "b", "U16": "H", "I16": "h", "U32": "I", "I32": "i", "U64": "Q", "I64": "q"},
    "BOOL": "B",
}
_longest_header = 1 << 20


def open_safetensors(path: Path) -> TableFile:
    """The tensors input_ids, attention_mask and labels."""
    with open(path, "rb") as file:
        size = path.stat().st_size
        content = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) if size else b"")
    header_bytes = int.from_bytes(content[:8], "little")
    if size < 8 or header_bytes > min(size - 8, _longest_header):
        raise ValueError(
            f"{path}: a header of {header_bytes} bytes; the file has {size}, and {_longest_header} are allowed"
        )
    numbers = content[8 + header_bytes :]
    try:
        header = json.loads(bytes(content[8 : 8 + header_bytes]))
    except (ValueError, RecursionError) as error:
        raise ValueError(f"{path}: header: {error}") from None
    if not isinstance(header, dict) or "input_ids" not in header:
        raise ValueError(f"{path}: no tensor named input_ids")
    keys = [key for key in ("input_ids", "attention_mask", "labels") if key in header]
    arrays = {key: _safetensors_array(path, key, header[key], numbers) for key in keys}
    ranges = sorted(header[key]["data_offsets"] for key in keys)
    if any(second[0] < first[1] for first, second in zip(ranges, ranges[1:])):
        raise ValueError(f"{path}: its tensors overlap")
    return TableFile(arrays["input_ids"], mask=arrays.get("attention_mask"), labels=arrays.get("labels"))


def _safetensors_array(path: Path, key: str, entry: Any, numbers: memoryview) -> _Array:
    try:
        dtype, shape, (begin, end) = entry["dtype"], tuple(entry["shape"]), entry["data_offsets"]
        sound = all(type(number) is int and number >= 0 for number in (*shape, begin, end))
    except (KeyError, TypeError, ValueError):
        sound = False
    if not sound:
        raise ValueError(f"{path}: {key}: dtype, shape or data_offsets is missing or malformed")
    if dtype not in _safetensors_types or (dtype == "BOOL" and key != "attention_mask"):
        raise ValueError(f"{path}: {key} is of {dtype}; integers are read")
    letter = _safetensors_types[dtype]
    width = prod(shape[1:])
    if not begin <= end <= len(numbers) or prod(shape) * calcsize("=" + letter) != end - begin:
        raise ValueError(
            f"{path}: {key}: shape and dtype do not make the bytes {begin} to {end} of {len(numbers)}"
        )
    values = numbers[begin:end].cast(letter)
    return _Array(path, shape, lambda i: values[i * width : (i + 1) * width].tolist())
