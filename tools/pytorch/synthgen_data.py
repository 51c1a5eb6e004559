"""PyTorch datasets of files that synthgen wrote.

Copy this file next to a training script. It needs Python 3.9 or newer, PyTorch, and NumPy for `.npy`.

    train = SyntheticDataset(load_synthetic_data("data/custom/train.jsonl"), max_length=512)
    loader = DataLoader(train, batch_size=32, shuffle=True, collate_fn=PaddingCollate())
    for batch in loader:
        batch["input_ids"], batch["attention_mask"]  # int64 [32, longest], bool [32, longest]

Stream data that does not fit into memory, shard by shard:

    stream = StreamingDataset("data/custom", split="train")
    loader = DataLoader(stream, batch_size=32, num_workers=4, collate_fn=PaddingCollate())

Sequences of a split are independent of one another, so streaming them unshuffled is fine.
"""

from __future__ import annotations

import gzip
import json
import mmap
import os
from pathlib import Path
from typing import Any, Callable, Iterable, Iterator, Optional, Sequence, Union

import torch
from torch import Tensor
from torch.utils.data import Dataset, IterableDataset, get_worker_info

__all__ = [
    "IGNORED_LABEL",
    "PaddingCollate",
    "StreamingDataset",
    "SyntheticDataset",
    "TokenSequence",
    "find_files",
    "iterate_synthetic_data",
    "load_synthetic_data",
]

#: The label of a position without loss; torch.nn.functional.cross_entropy ignores it by default.
IGNORED_LABEL = -100

PathLike = Union[str, "os.PathLike[str]"]


class TokenSequence(list):
    """The token ids of one sequence, with the other fields of its record.

    padding: number of padding tokens at the end; 0 in most data.
    labels: one id per token, IGNORED_LABEL where no loss is computed; None without labels.
    latents: the record's latents as a dictionary (`oracle_bits` among them); None without.
    """

    def __init__(
        self,
        tokens: Iterable[int] = (),
        padding: int = 0,
        labels: Optional[list[int]] = None,
        latents: Optional[dict[str, Any]] = None,
    ) -> None:
        super().__init__(tokens)
        self.padding = padding
        self.labels = labels
        self.latents = latents


def load_synthetic_data(path: PathLike) -> list[TokenSequence]:
    """Every sequence of a file, or of the train split of a dataset's directory.

    Reads `.jsonl`, `.jsonl.gz`, `.npy`, `.pt` and `.safetensors`; `synthgen convert` converts other
    formats.
    Raises OSError if a file cannot be read, and ValueError with file and line if its content does not
    match its extension.
    """
    return [sequence for file in find_files(path, "train") for sequence in iterate_synthetic_data(file)]


def iterate_synthetic_data(path: PathLike) -> Iterator[TokenSequence]:
    """The sequences of one file, in order. JSONL is read line by line."""
    file = Path(path)
    for ending, read in _readers.items():
        if file.name.endswith(ending):
            return read(file)
    known = ", ".join(_readers)
    raise ValueError(f"{file}: not one of {known}; `synthgen convert` converts other formats")


def find_files(path: PathLike, split: str) -> list[Path]:
    """The files of a split, in order.

    For a directory: the files that its metadata.json lists, or without one the file or shards named
    after the split. Any other path is returned as it is.

    Raises FileNotFoundError if there are none.
    """
    directory = Path(path)
    if not directory.is_dir():
        return [directory]
    manifest = directory / "metadata.json"
    if manifest.exists():
        entries = json.loads(manifest.read_text(encoding="utf-8"))["files"]
        files = [directory / entry["file"] for entry in entries if entry["split"] == split]
    else:
        candidates = sorted([*directory.glob(f"{split}.*"), *directory.glob(f"{split}-*-of-*.*")])
        # Side files, such as train_labels.npy, have an underscore in their name.
        files = [f for f in candidates if f.name.endswith(tuple(_readers)) and "_" not in f.name]
    if not files:
        raise FileNotFoundError(f"{directory}: has no {split} split")
    return files


class SyntheticDataset(Dataset):
    """Sequences in memory. Item i is {"input_ids": int64 [L], "length": int}, with "labels": int64 [L]
    if the records have labels.

    sequences: from load_synthetic_data, or any lists of ids.
    max_length: sequences are truncated to it; None keeps them whole.

    `length` counts the tokens that are not padding.
    """

    def __init__(self, sequences: Sequence[Sequence[int]], max_length: Optional[int] = None) -> None:
        if max_length is not None and max_length < 1:
            raise ValueError(f"max_length: got {max_length}; allowed: an integer from 1 up, or None")
        self.sequences = sequences
        self.max_length = max_length

    def __len__(self) -> int:
        return len(self.sequences)

    def __getitem__(self, index: int) -> dict[str, Any]:
        return _item(self.sequences[index], self.max_length)


class StreamingDataset(IterableDataset):
    """The items of SyntheticDataset, read from files as they are used.

    Every sequence goes to exactly one DataLoader worker of one rank. If the files divide evenly among
    these n readers, each reads its own files. Otherwise each reads all files and keeps every n-th
    sequence, so that the readers' counts differ by at most one.

    paths: a dataset's directory, a file, or a list of files.
    split: which of a directory's splits.
    max_length: sequences are truncated to it; None keeps them whole.
    rank, world_size: of this process in distributed training; default: those of torch.distributed
        if it is initialised, else 0 and 1.
    """

    def __init__(
        self,
        paths: Union[PathLike, Sequence[PathLike]],
        split: str = "train",
        max_length: Optional[int] = None,
        rank: Optional[int] = None,
        world_size: Optional[int] = None,
    ) -> None:
        if max_length is not None and max_length < 1:
            raise ValueError(f"max_length: got {max_length}; allowed: an integer from 1 up, or None")
        roots = [paths] if isinstance(paths, (str, os.PathLike)) else list(paths)
        self.files = [file for root in roots for file in find_files(root, split)]
        self.max_length = max_length
        self.rank, self.world_size = _place(rank, world_size)

    def __iter__(self) -> Iterator[dict[str, Any]]:
        worker = get_worker_info()
        workers, worker_id = (worker.num_workers, worker.id) if worker else (1, 0)
        readers = self.world_size * workers
        reader = self.rank * workers + worker_id
        if len(self.files) % readers == 0:
            sequences = (s for file in self.files[reader::readers] for s in iterate_synthetic_data(file))
        else:
            everything = (s for file in self.files for s in iterate_synthetic_data(file))
            sequences = (s for i, s in enumerate(everything) if i % readers == reader)
        return (_item(sequence, self.max_length) for sequence in sequences)


class PaddingCollate:
    """Pads items of different lengths into a batch.

    The batch has "input_ids" (int64 [B, L], L the longest item), "attention_mask" (bool [B, L], true
    where a token is not padding), "length" (int64 [B]) and, if all items have labels, "labels"
    (int64 [B, L], IGNORED_LABEL where padded).

    pad_token: the id to pad with; the config's `pad_token`, 0 by default.
    """

    def __init__(self, pad_token: int = 0) -> None:
        self.pad_token = pad_token

    def __call__(self, items: Sequence[dict[str, Any]]) -> dict[str, Tensor]:
        length = torch.tensor([item["length"] for item in items], dtype=torch.long)
        input_ids = _stack([item["input_ids"] for item in items], self.pad_token)
        positions = torch.arange(input_ids.shape[1])
        batch = {
            "input_ids": input_ids,
            "attention_mask": positions[None, :] < length[:, None],
            "length": length,
        }
        if all("labels" in item for item in items):
            batch["labels"] = _stack([item["labels"] for item in items], IGNORED_LABEL)
        return batch


def _stack(rows: Sequence[Tensor], fill: int) -> Tensor:
    return torch.nn.utils.rnn.pad_sequence(list(rows), batch_first=True, padding_value=fill)


def _item(sequence: Sequence[int], max_length: Optional[int]) -> dict[str, Any]:
    tokens = sequence[:max_length]
    padding = getattr(sequence, "padding", 0)
    length = min(len(sequence) - padding, len(tokens))
    item: dict[str, Any] = {"input_ids": torch.tensor(tokens, dtype=torch.long), "length": length}
    labels = getattr(sequence, "labels", None)
    if labels is not None:
        item["labels"] = torch.tensor(labels[:max_length], dtype=torch.long)
        item["labels"][length:] = IGNORED_LABEL
    return item


def _place(rank: Optional[int], world_size: Optional[int]) -> tuple[int, int]:
    if (rank is None) != (world_size is None):
        raise ValueError("rank and world_size: give both or neither")
    if rank is None or world_size is None:
        distributed = torch.distributed
        if not (distributed.is_available() and distributed.is_initialized()):
            return 0, 1
        return distributed.get_rank(), distributed.get_world_size()
    if not 0 <= rank < world_size:
        raise ValueError(f"rank: got {rank}; allowed: an integer from 0 to {world_size - 1}")
    return rank, world_size


def _sequence_of(record: Any) -> TokenSequence:
    if isinstance(record, list):
        record = {"input_ids": record}
    if not isinstance(record, dict):
        raise ValueError("neither an object nor an array")
    tokens = record.get("input_ids", record.get("tokens"))
    if not _are_ids(tokens):
        raise ValueError("no input_ids with token ids")
    labels = record.get("labels")
    if labels is not None and not (_are_integers(labels) and len(labels) == len(tokens)):
        raise ValueError("labels: not one integer for each token")
    padding = record.get("padding", 0)
    if not (isinstance(padding, int) and 0 <= padding <= len(tokens)):
        raise ValueError(f"padding: got {padding!r}; allowed: an integer from 0 to {len(tokens)}")
    return TokenSequence(tokens, padding, labels, record.get("latents"))


def _are_integers(values: Any) -> bool:
    return isinstance(values, list) and all(type(value) is int for value in values)


def _are_ids(values: Any) -> bool:
    return _are_integers(values) and all(value >= 0 for value in values)


def _read_jsonl(path: Path) -> Iterator[TokenSequence]:
    opener: Callable[..., Any] = gzip.open if path.name.endswith(".gz") else open
    with opener(path, "rt", encoding="utf-8-sig") as lines:
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            try:
                yield _sequence_of(json.loads(line))
            except ValueError as error:
                raise ValueError(f"{path}:{number}: {error}") from None


def _read_tables(path: Path, load: Callable[[Path], Any]) -> Iterator[TokenSequence]:
    """Rows of a table. Lengths of ragged data and labels are in side files."""
    side_files = [path.with_name(f"{path.stem}_{what}{path.suffix}") for what in ("lengths", "labels")]
    lengths, labels = (load(file) if file.exists() else None for file in side_files)
    return _read_rows(path, load(path), lengths, labels)


def _read_rows(path: Path, rows: Any, lengths: Any, labels: Any) -> Iterator[TokenSequence]:
    if rows.ndim != 2:
        raise ValueError(f"{path}: has {rows.ndim} dimensions; a dataset has 2, sequences by tokens")
    count, width = rows.shape
    if lengths is not None and tuple(lengths.shape) != (count,):
        raise ValueError(f"{path}: lengths of shape {tuple(lengths.shape)} for {count} sequences")
    if labels is not None and labels.shape != rows.shape:
        raise ValueError(f"{path}: labels of shape {tuple(labels.shape)} for {tuple(rows.shape)} tokens")
    for i in range(count):
        padding = width - int(lengths[i]) if lengths is not None else 0
        yield TokenSequence(rows[i].tolist(), padding, labels[i].tolist() if labels is not None else None)


def _read_npy(path: Path) -> Iterator[TokenSequence]:
    import numpy

    return _read_tables(path, lambda file: numpy.load(file, mmap_mode="r", allow_pickle=False))


def _read_pt(path: Path) -> Iterator[TokenSequence]:
    return _read_tables(path, lambda file: torch.load(file, map_location="cpu", weights_only=True))


_safetensors_types = {"I64": torch.int64, "I32": torch.int32, "U8": torch.uint8, "BOOL": torch.bool}


def _read_safetensors(path: Path) -> Iterator[TokenSequence]:
    with open(path, "rb") as file:
        content = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_COPY)
    start = 8 + int.from_bytes(content[:8], "little")
    header = json.loads(content[8:start])
    if "input_ids" not in header:
        raise ValueError(f"{path}: no tensor named input_ids")

    def tensor(key: str) -> Optional[Tensor]:
        if key not in header:
            return None
        dtype, shape = header[key]["dtype"], header[key]["shape"]
        if dtype not in _safetensors_types:
            raise ValueError(f"{path}: {key} is of {dtype}; {', '.join(_safetensors_types)} are read")
        first, last = header[key]["data_offsets"]
        if first == last:
            return torch.empty(shape, dtype=_safetensors_types[dtype])
        numbers = torch.frombuffer(
            content, dtype=torch.uint8, offset=start + first, count=last - first
        )
        return numbers.view(_safetensors_types[dtype]).reshape(shape)

    mask = tensor("attention_mask")
    lengths = None if mask is None else mask.sum(dim=1, dtype=torch.long)
    return _read_rows(path, tensor("input_ids"), lengths, tensor("labels"))


_readers: dict[str, Callable[[Path], Iterator[TokenSequence]]] = {
    ".jsonl": _read_jsonl,
    ".jsonl.gz": _read_jsonl,
    ".npy": _read_npy,
    ".pt": _read_pt,
    ".safetensors": _read_safetensors,
}
