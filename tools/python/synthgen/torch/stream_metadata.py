"""`<stem>_metadata.json` next to a stream of ids: where its sequences begin, and what it promises of them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn, Optional

import numpy as np

from .records import LARGEST_ID, start_of

_MOST_BYTES = 1 << 16
_LARGEST_NUMBER = 2**63 - 1
_stream_types = {"uint16": "<u2", "uint32": "<u4"}


@dataclass
class StreamMetadata:
    """A `separator` goes before or after each sequence; without one they have `seq_length` ids each."""

    dtype: Optional[np.dtype] = None
    separator: Optional[int] = None
    separator_first: bool = False
    seq_length: Optional[int] = None
    vocab_size: Optional[int] = None
    num_samples: Optional[int] = None

    @property
    def largest_id(self) -> int:
        return LARGEST_ID if self.vocab_size is None else min(LARGEST_ID, self.vocab_size - 1)


def metadata_file(path: Path) -> Path:
    return path.with_name(f"{path.stem}_metadata.json")


def read_stream_metadata(path: Path, has_type: bool) -> StreamMetadata:
    """The metadata of the stream `path`; `dtype` may be missing where the stream itself `has_type`.

    Raises ValueError where there are none, and for members that are unknown, malformed or out of range.
    """
    side = metadata_file(path)
    if not side.exists():
        raise ValueError(
            f'{path}: needs {side.name}, such as {{"dtype": "uint16", "seq_length": 1024}} or with "separator": ID'
        )
    try:
        return _metadata_of(_object_of(side), has_type)
    except (ValueError, RecursionError) as error:
        raise ValueError(f"{side}: {error}") from None


def separator_of(path: Path) -> tuple[Optional[int], bool]:
    """The separator that the metadata name, if they do, and whether it goes first. Whatever else they have, as those
    of other programs do, is ignored."""
    try:
        members = _object_of(metadata_file(path))
        separator = _number(members, "separator", LARGEST_ID, can_be_null=True)
    except (OSError, ValueError, RecursionError):
        return None, False
    return separator, members.get("separator_first") is True


def _object_of(side: Path) -> dict[str, Any]:
    size = side.stat().st_size
    if size > _MOST_BYTES:
        raise ValueError(f"{size} bytes; at most {_MOST_BYTES} are read")
    members = json.loads(
        side.read_text(encoding="utf-8-sig"), object_pairs_hook=_unique_members, parse_constant=_refuse_number
    )
    if not isinstance(members, dict):
        raise ValueError(f"got {start_of(members)}; allowed: an object")
    return members


def _metadata_of(members: dict[str, Any], has_type: bool) -> StreamMetadata:
    known = ("dtype", "separator", "separator_first", "seq_length", "vocab_size", "num_samples", "seed")
    for key in members:
        if key not in known:
            raise ValueError(f"{start_of(key)} is not a known key; known: {', '.join(known)}")
    dtype = None
    if "dtype" in members or not has_type:
        given = members.get("dtype")
        if not isinstance(given, str) or given not in _stream_types:
            raise ValueError(f"dtype: got {start_of(given)}; allowed: one of {', '.join(_stream_types)}")
        dtype = np.dtype(_stream_types[given])
    is_first = members.get("separator_first", False)
    if not isinstance(is_first, bool):
        raise ValueError(f"separator_first: got {start_of(is_first)}; allowed: true or false")
    _number(members, "seed", _LARGEST_NUMBER)
    metadata = StreamMetadata(
        dtype,
        separator=_number(members, "separator", LARGEST_ID, can_be_null=True),
        separator_first=is_first,
        seq_length=_number(members, "seq_length", _LARGEST_NUMBER, can_be_null=True),
        vocab_size=_number(members, "vocab_size", _LARGEST_NUMBER),
        num_samples=_number(members, "num_samples", _LARGEST_NUMBER),
    )
    if metadata.separator is None and metadata.seq_length is None:
        raise ValueError("seq_length: is missing, and so is separator; one of them is needed")
    return metadata


def _number(members: dict[str, Any], key: str, largest: int, can_be_null: bool = False) -> Optional[int]:
    value = members.get(key)
    if value is None and (can_be_null or key not in members):
        return None
    if type(value) is not int or not 0 <= value <= largest:
        raise ValueError(f"{key}: got {start_of(value)}; allowed: an integer from 0 to {largest}")
    return value


def _unique_members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) < len(pairs):
        raise ValueError("a key is given twice")
    return members


def _refuse_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")
