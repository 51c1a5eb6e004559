"""Which files of a directory hold a split."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any, Optional, Union

PathLike = Union[str, "os.PathLike[str]"]

#: Of the files that are read.
endings = (
    *(".jsonl", ".jsonl.gz", ".jsonl.zst", ".csv", ".csv.gz", ".csv.zst"),
    *(".npy", ".pt", ".safetensors", ".bin"),
)

#: The last line of a journal whose run has written everything.
_complete_line = b"complete\n"


def find_files(path: PathLike, split: str) -> list[Path]:
    """The files of a split, in order.

    For a directory: the files that synthgen's metadata.json lists, or without one the file or shards
    named after the split. Any other path is returned as it is.

    Raises FileNotFoundError if there are none, and ValueError if metadata.json is damaged, two files
    hold the same part of the split, or a run has replaced only some of the files.
    """
    return list(sequence_counts(path, split))


def sequence_counts(path: PathLike, split: str) -> dict[Path, Optional[int]]:
    """The files of a split, each with its number of sequences where metadata.json lists it."""
    directory = Path(path)
    if not directory.is_dir():
        return {directory: None}
    listed = _listed_files(directory, split)
    if listed is None:
        _check_journals(directory)
    files = dict.fromkeys(_named_files(directory, split)) if listed is None else listed
    if not files:
        raise FileNotFoundError(f"{directory}: has no {split} split")
    return files


def _listed_files(directory: Path, split: str) -> Optional[dict[Path, Optional[int]]]:
    """What metadata.json lists of a split; None without one and where it is another program's."""
    path = directory / "metadata.json"
    if not path.exists():
        return None
    try:
        manifest = json.loads(path.read_text(encoding="utf-8"))
    except (ValueError, RecursionError) as error:
        raise ValueError(f"{path}: {error}") from None
    entries = manifest.get("files") if isinstance(manifest, dict) else None
    if not (isinstance(entries, list) and all(_is_file_entry(entry) for entry in entries)):
        if isinstance(manifest, dict) and (
            manifest.get("program") == "synthgen" or "manifest_xxh128" in manifest
        ):
            raise ValueError(f"{path}: files: not a list of objects with a file's name and its split")
        return None
    return {
        directory / entry["file"]: entry.get("sequences") for entry in entries if entry["split"] == split
    }


def _check_journals(directory: Path) -> None:
    """Refuses a directory where a run that put its files in place has not ended: some are older ones, or missing.

    Its journal ends with a line that says so, and its manifest, which it removes first and writes last, is missing.
    """
    for journal in sorted(directory.glob("metadata*.journal")):
        manifest = journal.with_suffix("")
        if journal.is_symlink() or not journal.is_file() or (manifest.name != "metadata.json" and manifest.exists()):
            continue
        if _last_bytes(journal, len(_complete_line)) == _complete_line:
            raise ValueError(
                f"{journal}: a run that puts its files in place here has not ended; if it was stopped, "
                "`synthgen generate` with the same options and --resume ends it"
            )


def _last_bytes(path: Path, count: int) -> bytes:
    with open(path, "rb") as file:
        file.seek(max(0, path.stat().st_size - count))
        return file.read(count)


def _is_file_entry(entry: Any) -> bool:
    if not (isinstance(entry, dict) and isinstance(entry.get("split"), str)):
        return False
    name, count = entry.get("file"), entry.get("sequences", 0)
    is_name = isinstance(name, str) and name not in ("", ".", "..") and "/" not in name
    return is_name and type(count) is int and count >= 0


def _named_files(directory: Path, split: str) -> list[Path]:
    names = ("val", "valid", "validation", "dev") if split == "val" else (split,)
    patterns = [f"{name}{shard}.*" for name in names for shard in ("", "-*-of-*")]
    candidates = sorted(file for pattern in patterns for file in directory.glob(pattern))
    # Side files, such as train_labels.npy, have an underscore in their name.
    files = [f for f in candidates if f.name.endswith(endings) and "_" not in f.name]
    for one, other in zip(files, files[1:]):
        if one.name.split(".")[0] == other.name.split(".")[0]:
            raise ValueError(f"{directory}: holds {one.name} and {other.name}; name the files")
    return files
