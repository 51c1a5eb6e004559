"""The tensor of a .pt file, memory-mapped and without running what its pickle asks for."""

from __future__ import annotations

import errno
import io
import pickle
import zipfile
from collections import OrderedDict
from dataclasses import dataclass
from math import prod
from pathlib import Path
from typing import Any

import numpy as np

#: Storages of integers by the names that PyTorch gives them, and how errors call the others.
_integers = {"ByteStorage": "u1", "CharStorage": "i1", "ShortStorage": "<i2", "IntStorage": "<i4", "LongStorage": "<i8"}
_others = {
    **{"FloatStorage": "torch.float32", "DoubleStorage": "torch.float64", "HalfStorage": "torch.float16"},
    **{"BFloat16Storage": "torch.bfloat16", "BoolStorage": "torch.bool"},
}


@dataclass
class _Tensor:
    storage: tuple[Any, ...]
    first: int
    shape: tuple[int, ...]
    stride: tuple[int, ...]


class _Unpickler(pickle.Unpickler):
    """Knows what a plain tensor is made of, and refuses the rest."""

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) == ("torch._utils", "_rebuild_tensor_v2"):
            return lambda storage, first, shape, stride, *_: _Tensor(storage, first, tuple(shape), tuple(stride))
        if (module, name) == ("collections", "OrderedDict"):
            return OrderedDict
        if module == "torch" and (name in _integers or name in _others):
            return name
        raise ValueError(f"holds {module}.{name}; one tensor of integers is read")

    def persistent_load(self, storage: Any) -> Any:
        return storage  # ("storage", its class, key, device, numbers)


def load_pt(path: Path) -> np.ndarray:
    """Raises ValueError for anything but one contiguous tensor of integers, saved by `torch.save`."""
    try:
        with zipfile.ZipFile(path) as records:
            names = records.namelist()
            if len(set(names)) < len(names):
                raise ValueError("has two records of one name")
            pickles = [name for name in names if name.split("/")[-1] == "data.pkl"]
            if len(pickles) != 1:
                raise ValueError(f"has {len(pickles)} records data.pkl, where a file of one tensor has one")
            top = pickles[0][: -len("data.pkl")]
            tensor = _Unpickler(io.BytesIO(records.read(f"{top}data.pkl"))).load()
            dtype = _checked_dtype(tensor)
            record = records.getinfo(f"{top}data/{tensor.storage[2]}")
        return _mapped(path, record, tensor, dtype)
    except Exception as error:
        raise refusal(path, error) from None


def refusal(path: Path, error: Exception) -> Exception:
    """Whatever the reader of a damaged file stumbles over, as a ValueError; what the system refuses stays as it is.

    EINVAL is no such refusal: the file names a place that no file has.
    """
    if isinstance(error, OSError) and error.errno != errno.EINVAL:
        return error
    reason = str(error) if type(error) is ValueError else f"{type(error).__name__}: {error}"
    return ValueError(f"{path}: {reason}")


def check_records(path: Path) -> None:
    """Raises ValueError where the checksum of a record is wrong. Reads the whole file."""
    try:
        with zipfile.ZipFile(path) as records:
            damaged = records.testzip()
    except Exception as error:
        raise refusal(path, error) from None
    if damaged is not None:
        raise ValueError(f"{path}: the checksum of the record {damaged} is wrong")


def _checked_dtype(tensor: Any) -> np.dtype:
    if not isinstance(tensor, _Tensor):
        raise ValueError(f"a {type(tensor).__name__}; one tensor is read, and synthgen convert makes a file of it")
    kind = tensor.storage[1]
    if kind in _others:
        raise ValueError(f"dtype {_others[kind]}; integers are read")
    steps = [prod(tensor.shape[i + 1 :]) for i in range(len(tensor.shape))]
    if any(size > 1 and stride != step for size, stride, step in zip(tensor.shape, tensor.stride, steps)):
        raise ValueError("a tensor that is not contiguous; tensor.contiguous() makes one that is read")
    return np.dtype(_integers[kind])


def _mapped(path: Path, record: zipfile.ZipInfo, tensor: _Tensor, dtype: np.dtype) -> np.ndarray:
    count = prod(tensor.shape)
    if record.compress_type != zipfile.ZIP_STORED or (tensor.first + count) * dtype.itemsize > record.file_size:
        raise ValueError(f"its record {record.filename} is compressed, or shorter than the tensor")
    if count == 0:
        return np.zeros(tensor.shape, dtype)
    with open(path, "rb") as file:
        file.seek(record.header_offset)
        head = file.read(30)
    begin = record.header_offset + 30 + int.from_bytes(head[26:28], "little") + int.from_bytes(head[28:30], "little")
    if begin + record.file_size > path.stat().st_size:
        raise ValueError("is cut off")
    return np.memmap(path, dtype, "r", begin + tensor.first * dtype.itemsize, tensor.shape)
