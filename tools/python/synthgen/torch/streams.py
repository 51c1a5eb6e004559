"""Sequences one after another in a memory-mapped file of ids: nanoGPT's, llm.c's and Megatron's .bin."""

from __future__ import annotations

from pathlib import Path
from typing import Optional, Union

import numpy as np

from .megatron import open_megatron
from .ragged import RaggedFile
from .stream_metadata import StreamMetadata, metadata_file, read_stream_metadata
from .tables import Column, TableFile

_CHUNK_IDS = 1 << 22
_HEAD_BYTES = 1024
#: The first two numbers of llm.c's header, and the type of the ids after it.
_llmc_types = {(20240520, 1): "<u2", (20240801, 7): "<u4"}


def open_bin(path: Path) -> Union[TableFile, RaggedFile]:
    """Megatron's where an .idx is next to it; else ids whose rows `<stem>_metadata.json` describes."""
    index = path.with_suffix(".idx")
    if index.exists():
        return open_megatron(path, index)
    own = _llmc_type(path)
    about = read_stream_metadata(path, own is not None)
    if own is not None and about.dtype not in (None, own):
        raise ValueError(f"{path}: its header says {own.name}, and its metadata {about.dtype}")
    ids = _mapped_ids(path, own or about.dtype, _HEAD_BYTES if own else 0)
    if own is None and about.dtype == np.uint16 and about.vocab_size is None:
        _check_width(path, ids)
    found = _rows_of_length(path, ids, about) if about.separator is None else _separated(path, ids, about)
    if about.num_samples not in (None, found.count()):
        side = metadata_file(path).name
        raise ValueError(f"{path}: has {found.count()} sequences; num_samples in {side} is {about.num_samples}")
    return found


def _llmc_type(path: Path) -> Optional[np.dtype]:
    """The type of the ids where the file has the header of a shard of llm.c."""
    head = np.fromfile(path, "<i4", 3).tolist()
    if tuple(head[:2]) not in _llmc_types:
        return None
    own = np.dtype(_llmc_types[tuple(head[:2])])
    rest = path.stat().st_size - _HEAD_BYTES
    if rest < 0 or head[2] < 0 or head[2] * own.itemsize != rest:
        raise ValueError(
            f"{path}: {head[2:]} ids of {own.name}, by the header of a shard of llm.c; {rest} bytes follow"
        )
    return own


def _mapped_ids(path: Path, dtype: np.dtype, begin: int) -> np.ndarray:
    size = path.stat().st_size - begin
    if size % dtype.itemsize:
        raise ValueError(f"{path}: {size} bytes are no whole number of {dtype.name}")
    return np.memmap(path, dtype, "r", begin) if size else np.zeros(0, dtype)


def _check_width(path: Path, ids: np.ndarray) -> None:
    """Refuses numbers of 32 bits that are said to have 16: every second one is then 0."""
    some = ids[: 1 << 12]
    if len(ids) >= 8 and len(ids) % 2 == 0 and not some[1::2].any() and some.any():
        raise ValueError(
            f"{path}: every second id is 0, as if they were uint32 and its metadata named another dtype; if they are "
            f"uint16, vocab_size in {metadata_file(path).name} says so"
        )


def _rows_of_length(path: Path, ids: np.ndarray, about: StreamMetadata) -> Union[TableFile, RaggedFile]:
    """Rows of equal length, but for a last one that may be shorter where no number of rows is promised."""
    side = metadata_file(path).name
    if len(ids) == 0:
        return RaggedFile(path, ids, np.zeros(0, np.int64), np.zeros(0, np.int64))
    if not about.seq_length:
        raise ValueError(f"{path}: seq_length in {side} is 0, but the file has ids")
    width = min(about.seq_length, max(1, len(ids)))
    is_whole = len(ids) % about.seq_length == 0
    if about.num_samples is not None and not is_whole:
        raise ValueError(
            f"{path}: {len(ids)} ids are no whole number of rows of the seq_length {about.seq_length} in {side}"
        )
    if is_whole and not path.with_name(f"{path.stem}_labels.bin").exists():
        return TableFile(Column(path, ids.reshape(-1, width)), largest_id=about.largest_id)
    starts = np.arange(0, len(ids), width)
    return RaggedFile(path, ids, starts, np.minimum(starts + width, len(ids)), largest_id=about.largest_id)


def _separated(path: Path, ids: np.ndarray, about: StreamMetadata) -> RaggedFile:
    """Sequences before or after separators; the first or last one may lack its own where no number is promised."""
    separator, promised = about.separator, about.num_samples is not None
    chunks = range(0, len(ids), _CHUNK_IDS)
    found = [np.flatnonzero(ids[begin : begin + _CHUNK_IDS] == separator) + begin for begin in chunks]
    ends = np.concatenate([np.zeros(0, np.int64), *found]).astype(np.int64)
    starts = np.r_[0, ends + 1]
    begins_with_one = len(ids) == 0 or int(ids[0]) == separator
    if about.separator_first:  # each separator begins a sequence, and so does a file that begins inside of one
        if promised and not begins_with_one:
            raise ValueError(f"{path}: no separator {separator} in front of the first sequence")
        skipped = int(begins_with_one)
        starts, ends = starts[skipped:], np.r_[ends, len(ids)][skipped:]
        return RaggedFile(path, ids, starts, ends, largest_id=about.largest_id)
    if len(ids) > 1 and begins_with_one and int(ids[-1]) != separator:
        raise ValueError(
            f"{path}: begins with the separator {separator}, which here precedes each sequence: "
            f'"separator_first": true in {metadata_file(path).name} says so'
        )
    if len(ids) > starts[-1]:  # a last sequence without a separator
        if promised:
            raise ValueError(f"{path}: no separator {separator} after the last sequence")
        ends = np.r_[ends, len(ids)]
    return RaggedFile(path, ids, starts[: len(ends)], ends, largest_id=about.largest_id)
