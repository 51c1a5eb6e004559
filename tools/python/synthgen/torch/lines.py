"""Sequences of text lines, JSONL and CSV, plain or compressed."""

from __future__ import annotations

import gzip
import json
import os
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Optional

import numpy as np

from .blocks import Block, block_of
from .records import IGNORED_LABEL, TokenSequence, all_ids, checked_numbers, checked_sequence, start_of

_CHUNK_BYTES = 1 << 22


class LineFile:
    """A sequence for each line. A plain file is read from any line on, once its lines are indexed."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.can_seek = path.suffix.lower() not in (".gz", ".zst")
        self._starts: Optional[np.ndarray] = None

    def count(self) -> int:
        if self.can_seek:
            return len(self.index()) - 1
        return sum(1 for _ in self._sequence_lines())

    def index(self) -> np.ndarray:
        """Where each sequence's line begins, and where the last one ends; found in one pass over the file."""
        if self._starts is None:
            self._starts = self._found()
        return self._starts

    def sequences(self, start: int = 0) -> Iterator[TokenSequence]:
        if start > 0 and self.can_seek:
            for begin in range(start, self.count(), 64):
                yield from self.run(begin, min(begin + 64, self.count())).sequences()
            return
        for place, (number, line) in enumerate(self._sequence_lines()):
            if place >= start:
                yield self._parsed(line, number)

    def run(self, start: int, stop: int) -> Block:
        """The sequences from start up to stop."""
        return self.block(np.arange(start, stop))

    def block(self, places: np.ndarray) -> Block:
        """The sequences at these places."""
        starts = self.index()
        begins, ends = starts[places].tolist(), starts[places + 1].tolist()
        with open(self.path, "rb", buffering=0) as file:
            lines = [os.pread(file.fileno(), end - begin, begin) for begin, end in zip(begins, ends)]
        return block_of([self._parsed(line, place + 1 + self._skipped) for line, place in zip(lines, places.tolist())])

    #: Lines before the first sequence.
    _skipped = 0

    def _takes_first(self, line: bytes) -> bool:
        """Whether the first line is a sequence."""
        return True

    def _sequence(self, text: str) -> TokenSequence:
        raise NotImplementedError

    def _parsed(self, line: bytes, number: int) -> TokenSequence:
        try:
            return self._sequence(line.decode("utf-8-sig" if number == 1 else "utf-8"))
        except ValueError as error:
            raise ValueError(f"{self.path}:{number}: {error}") from None

    def _found(self) -> np.ndarray:
        ends, size, last = [], 0, b"\n"
        with open(self.path, "rb") as file:
            self._skipped = int(not self._takes_first(file.readline()))
            file.seek(0)
            while chunk := file.read(_CHUNK_BYTES):
                ends.append(np.flatnonzero(np.frombuffer(chunk, np.uint8) == ord("\n")) + (size + 1))
                size += len(chunk)
                last = chunk[-1:]
            starts = np.concatenate([[0], *ends, [] if last == b"\n" else [size]]).astype(np.int64)
            starts = starts[self._skipped :]
            # A blank line is short, but for its spaces: only lines that begin with one can be blank.
            return starts[: self._without_blanks(file, starts) + 1]

    def _without_blanks(self, file: Any, starts: np.ndarray) -> int:
        """How many lines hold sequences: blank ones are allowed at the end."""
        count = len(starts) - 1
        content = np.memmap(self.path, np.uint8, "r") if count > 0 else np.zeros(0, np.uint8)
        blank = 0
        for place in np.flatnonzero(content[starts[:-1]] <= ord(" ")).tolist():
            file.seek(int(starts[place]))
            if file.read(int(starts[place + 1] - starts[place])).strip():
                continue
            blank = blank or place + 1
        if blank and content[starts[blank - 1] :].tobytes().strip():
            raise ValueError(f"{self.path}:{blank + self._skipped}: blank line between sequences")
        return blank - 1 if blank else count

    def _sequence_lines(self) -> Iterator[tuple[int, bytes]]:
        blank = 0
        for number, line in self._lines():
            if number == 1 and not self._takes_first(line):
                continue
            if not line.strip():
                blank = blank or number
                continue
            if blank:
                raise ValueError(f"{self.path}:{blank}: blank line between sequences")
            yield number, line

    def _lines(self) -> Iterator[tuple[int, bytes]]:
        number = 0
        with _opener(self.path)(self.path, "rb") as lines:
            try:
                for number, line in enumerate(lines, start=1):
                    yield number, line
            except (EOFError, zlib.error, gzip.BadGzipFile) as error:
                raise ValueError(f"{self.path}:{number + 1}: {error}") from None


def _opener(path: Path) -> Callable[..., Any]:
    if path.suffix.lower() == ".gz":
        return gzip.open
    if path.suffix.lower() != ".zst":
        return open
    try:
        import zstandard
    except ImportError:
        raise ValueError(f"{path}: reading zstd needs the package zstandard; `zstd -d` unpacks the file") from None
    return zstandard.open


class JsonlFile(LineFile):
    """JSON lines, plain or compressed."""

    def _parsed(self, line: bytes, number: int) -> TokenSequence:
        ids = _ids_of_plain_record(line)
        return super()._parsed(line, number) if ids is None else TokenSequence(ids)

    def _sequence(self, text: str) -> TokenSequence:
        return _sequence_of_record(text)


class CsvFile(LineFile):
    """One sequence a line: ids with commas between them, then empty fields. A first line of names is skipped.

    Columns l0, l1, … after t0, t1, … are labels.
    """

    _columns = 0
    _has_labels = False

    def _takes_first(self, line: bytes) -> bool:
        names = [name.strip() for name in line.decode("utf-8-sig", "replace").split(",")]
        if names[0] == "" and len(names) > 1:
            raise ValueError(f"{self.path}:1: column 1 has no name; write tables without an index of rows")
        self._has_labels = "l0" in names
        columns = len(names) // 2 if self._has_labels else len(names)
        kinds = "tl" if self._has_labels else "t"
        if names == [f"{kind}{i}" for kind in kinds for i in range(columns)]:
            self._columns = columns
        else:
            self._has_labels = False
        is_header = names[0][:1].isalpha() or names == [str(i) for i in range(len(names))]
        return not is_header

    def _sequence(self, text: str) -> TokenSequence:
        fields = [field.strip() for field in text.split(",")]
        columns = 2 * self._columns if self._has_labels else self._columns
        if len(fields) < columns:
            raise ValueError(f"is cut off: {len(fields)} columns where the header names {columns}")
        if not self._has_labels:
            return TokenSequence(_numbers_of_fields(fields, "token"))
        ids = _numbers_of_fields(fields[: self._columns], "token")
        labels = _numbers_of_fields(fields[self._columns :], "label", IGNORED_LABEL)
        if len(labels) not in (0, len(ids)):
            raise ValueError("labels: not one integer for each token")
        return TokenSequence(ids, labels=labels if len(labels) else None)


def _numbers_of_fields(fields: list[str], what: str, ignored: Optional[int] = None) -> np.ndarray:
    """The numbers before the empty fields at the end."""
    while fields and fields[-1] in ("", '""'):
        fields.pop()
    for place, field in enumerate(fields):
        if not field.lstrip("-").isascii() or not field.lstrip("-").isdigit():
            allowed = "an id from 0 to 4294967295" + ("" if ignored is None else f", or {ignored}")
            raise ValueError(f"{what} {place}: got {start_of(field)}; allowed: {allowed}")
    return checked_numbers([int(field) for field in fields], what, ignored)


_powers_of_ten = 10 ** np.arange(1, 10)


def _ids_of_plain_record(line: bytes) -> Optional[np.ndarray]:
    """The ids of `{"input_ids":[1,2]}` without spaces, as the program writes it: six times as fast as JSON.

    None for any other line, and where a number is not written as JSON has it or is no id.
    """
    line = line.rstrip(b"\n")
    digits = line[14:-2]
    if not (line[:14] == b'{"input_ids":[' and line[-2:] == b"]}" and digits) or digits.translate(None, b"0123456789,"):
        return None
    commas = digits.count(b",")
    if b",," in digits or digits[:1] == b"," or digits[-1:] == b",":
        return None
    ids = np.fromstring(digits, np.int64, sep=",")
    # As many digits as the numbers need: none begins with a zero, and none is too long.
    needed = len(ids) + int(np.searchsorted(_powers_of_ten, ids, side="right").sum())
    if len(ids) != commas + 1 or needed != len(digits) - commas or not all_ids(ids):
        return None
    return ids.astype(np.uint32)


def _members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) < len(pairs):
        keys = [key for key, _ in pairs]
        for key in _record_keys & members.keys():
            if keys.count(key) > 1:
                raise ValueError(f"more than one {key}")
    return members


_record_keys = {"input_ids", "tokens", "attention_mask", "padding", "labels", "latents"}
#: It takes the NaN and infinities that Python writes and JSON lacks, as the program does.
_decoder = json.JSONDecoder(object_pairs_hook=_members)


def _sequence_of_record(text: str) -> TokenSequence:
    try:
        record = _decoder.decode(text)
    except RecursionError:
        raise ValueError("nested too deep") from None
    if isinstance(record, list):
        record = {"input_ids": record}
    if not isinstance(record, dict):
        raise ValueError("neither an object nor an array")
    if "input_ids" in record and not _are_words(record.get("tokens")):
        raise ValueError("both input_ids and tokens")
    tokens = record.get("input_ids", record.get("tokens"))
    if not isinstance(tokens, list):
        raise ValueError("no input_ids with token ids")
    ids = checked_numbers(tokens, "token")
    labels, mask, latents = (record.get(key) for key in ("labels", "attention_mask", "latents"))
    if not isinstance(labels, (list, dict)):
        labels = None  # one of the whole text, such as its class
    if labels is not None:
        if not (isinstance(labels, list) and len(labels) == len(tokens)):
            raise ValueError("labels: not one integer for each token")
        labels = checked_numbers(labels, "label", IGNORED_LABEL)
        repeats = bool(((labels == ids) | (labels == IGNORED_LABEL)).all()) and bool((labels == ids).any())
        if mask is not None and repeats:
            labels = None  # for models that shift them: no labels of their own positions
    if mask is not None and not isinstance(mask, list):
        raise ValueError(f"attention_mask: got {start_of(mask)}; allowed: a list of 0 and 1")
    padding = record.get("padding")
    if padding is not None and not (type(padding) is int and 0 <= padding <= len(tokens)):
        raise ValueError(f"padding: got {start_of(padding)}; allowed: an integer from 0 to {len(tokens)}")
    if latents is not None and not isinstance(latents, dict):
        raise ValueError(f"latents: got {start_of(latents)}; allowed: an object")
    return checked_sequence(ids, padding, mask, labels, latents)


def _are_words(tokens: Any) -> bool:
    """Whether a member `tokens` next to `input_ids` holds no ids but their texts."""
    if isinstance(tokens, list):
        return not any(type(token) in (int, float) for token in tokens)
    return tokens is None or isinstance(tokens, str)
