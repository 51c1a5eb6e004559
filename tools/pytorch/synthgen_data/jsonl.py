"""Sequences of JSON lines, plain or compressed by gzip."""

from __future__ import annotations

import gzip
import json
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Callable, Iterator, NoReturn

from .records import IGNORED_LABEL, TokenSequence, check_numbers, checked_sequence, start_of


def _members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) < len(pairs):
        keys = [key for key, _ in pairs]
        for key in _record_keys & members.keys():
            if keys.count(key) > 1:
                raise ValueError(f"more than one {key}")
    return members


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


_record_keys = {"input_ids", "tokens", "attention_mask", "padding", "labels", "latents"}
_decoder = json.JSONDecoder(object_pairs_hook=_members, parse_constant=_refuse_constant)


def _sequence_of_record(text: str) -> TokenSequence:
    try:
        record = _decoder.decode(text)
    except RecursionError:
        raise ValueError("nested too deep") from None
    if isinstance(record, list):
        record = {"input_ids": record}
    if not isinstance(record, dict):
        raise ValueError("neither an object nor an array")
    if "input_ids" in record and "tokens" in record:
        raise ValueError("both input_ids and tokens")
    tokens = record.get("input_ids", record.get("tokens"))
    if not isinstance(tokens, list):
        raise ValueError("no input_ids with token ids")
    check_numbers(tokens, "token")
    labels, mask, latents = (record.get(key) for key in ("labels", "attention_mask", "latents"))
    if labels is not None:
        if not (isinstance(labels, list) and len(labels) == len(tokens)):
            raise ValueError("labels: not one integer for each token")
        check_numbers(labels, "label", IGNORED_LABEL)
    if mask is not None and not isinstance(mask, list):
        raise ValueError(f"attention_mask: got {start_of(mask)}; allowed: a list of 0 and 1")
    padding = record.get("padding")
    if padding is not None and not (type(padding) is int and 0 <= padding <= len(tokens)):
        raise ValueError(
            f"padding: got {start_of(padding)}; allowed: an integer from 0 to {len(tokens)}"
        )
    if latents is not None and not isinstance(latents, dict):
        raise ValueError(f"latents: got {start_of(latents)}; allowed: an object")
    return checked_sequence(tokens, padding, mask, labels, latents)


@dataclass
class JsonlFile:
    path: Path

    def count(self) -> int:
        return sum(1 for _, line in self._lines() if line.strip())

    def sequences(self, start: int = 0) -> Iterator[TokenSequence]:
        place, blank = 0, 0
        for number, line in self._lines():
            if not line.strip():
                blank = blank or number
                continue
            if blank:
                raise ValueError(f"{self.path}:{blank}: blank line between sequences")
            place += 1
            if place <= start:
                continue
            try:
                yield _sequence_of_record(line.decode("utf-8-sig" if number == 1 else "utf-8"))
            except ValueError as error:
                raise ValueError(f"{self.path}:{number}: {error}") from None

    def _lines(self) -> Iterator[tuple[int, bytes]]:
        opener: Callable[..., Any] = gzip.open if self.path.name.endswith(".gz") else open
        number = 0
        with opener(self.path, "rb") as lines:
            try:
                for number, line in enumerate(lines, start=1):
                    yield number, line
            except (EOFError, zlib.error, gzip.BadGzipFile) as error:
                raise ValueError(f"{self.path}:{number + 1}: {error}") from None
