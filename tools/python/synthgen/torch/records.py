"""One sequence and what its fields may hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Optional, Union

import numpy as np

#: The label of a position without loss; torch.nn.functional.cross_entropy ignores it by default.
IGNORED_LABEL = -100

#: Ids have at most 32 bits.
LARGEST_ID = 2**32 - 1


class Ids(Sequence):
    """Integers in an array, which compare like a list: 2 to 8 bytes each instead of 40."""

    __slots__ = ("array",)
    __hash__ = None  # type: ignore[assignment]

    def __init__(self, values: Union[np.ndarray, Iterable[int]] = ()) -> None:
        self.array = values if isinstance(values, np.ndarray) else np.array(list(values), dtype=np.int64)

    def __len__(self) -> int:
        return len(self.array)

    def __getitem__(self, index: Any) -> Any:
        found = self.array[index]
        return Ids(found) if isinstance(index, slice) else int(found)

    def __iter__(self) -> Iterator[int]:
        return iter(self.array.tolist())

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, (Sequence, np.ndarray)):
            return NotImplemented
        return len(self) == len(other) and self.array.tolist() == list(other)

    def __array__(self, dtype: Any = None, copy: Optional[bool] = None) -> np.ndarray:
        return self.array if dtype is None else self.array.astype(dtype, copy=bool(copy))

    def __repr__(self) -> str:
        return repr(self.array.tolist())


class TokenSequence(Ids):
    """The token ids of one sequence, with the other fields of its record.

    padding: number of padding tokens at the end; 0 in most data.
    labels: one id per token, IGNORED_LABEL where no loss is computed; None without labels.
    latents: the record's latents as a dictionary (`oracle_bits` among them); None without.
    """

    __slots__ = ("labels", "latents", "padding")

    def __init__(
        self,
        tokens: Union[np.ndarray, Iterable[int]] = (),
        padding: int = 0,
        labels: Union[None, np.ndarray, Iterable[int]] = None,
        latents: Optional[dict[str, Any]] = None,
    ) -> None:
        super().__init__(tokens)
        self.padding = padding
        self.labels = None if labels is None else Ids(labels)
        self.latents = latents


def start_of(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 40 else text[:40] + "..."


def checked_numbers(values: list[Any], what: str, ignored: Optional[int] = None) -> np.ndarray:
    """The numbers as an array; refuses all but ids, and one more number."""
    if not set(map(type, values)) <= {int}:
        _refuse(values, what, ignored)
    try:
        array = np.array(values, dtype=np.int64)
    except OverflowError:
        _refuse(values, what, ignored)
        raise
    check_ids(array, what, ignored)
    return array


def check_ids(array: np.ndarray, what: str, ignored: Optional[int] = None, largest: int = LARGEST_ID) -> None:
    """Refuses an array with anything but ids up to the largest, and one more number."""
    if not all_ids(array, ignored, largest):
        _refuse(array.tolist(), what, ignored, largest)


def all_ids(array: np.ndarray, ignored: Optional[int] = None, largest: int = LARGEST_ID) -> bool:
    """Whether all numbers are ids up to the largest, or one more number."""
    return _all_ids(array, largest) or ignored is not None and _all_ids(array[array != ignored], largest)


def _all_ids(array: np.ndarray, largest: int) -> bool:
    if array.size == 0:
        return True
    fits = largest == LARGEST_ID and array.dtype.itemsize <= 4
    return (array.dtype.kind == "u" or bool(array.min() >= 0)) and (fits or bool(array.max() <= largest))


def _refuse(values: list[Any], what: str, ignored: Optional[int], largest: int = LARGEST_ID) -> None:
    for place, value in enumerate(values):
        if type(value) is not int or not (0 <= value <= largest or value == ignored):
            allowed = f"an id from 0 to {largest}" + ("" if ignored is None else f", or {ignored}")
            raise ValueError(f"{what} {place}: got {start_of(value)}; allowed: {allowed}")


def checked_sequence(
    tokens: np.ndarray,
    padding: Optional[int],
    mask: Optional[list[int]],
    labels: Optional[np.ndarray],
    latents: Any = None,
    largest: int = LARGEST_ID,
) -> TokenSequence:
    """A checked sequence whose padding is at its end, wherever its mask has it."""
    if mask is not None:
        if len(mask) != len(tokens):
            raise ValueError(f"attention_mask: {len(mask)} numbers for {len(tokens)} tokens")
        for place, value in enumerate(mask):
            if type(value) not in (int, bool) or value not in (0, 1):
                raise ValueError(f"attention_mask {place}: got {start_of(value)}; allowed: 0 or 1")
        kept = sum(mask)
        first = mask.index(1) if kept else 0
        if not all(mask[first : first + kept]):
            raise ValueError("attention_mask: has zeros between ones; padding is at one end")
        last_zeros = len(mask) - first - kept
        if padding not in (None, last_zeros):
            raise ValueError(f"padding: got {padding}; the attention_mask has {last_zeros} zeros at the end")
        padding = len(mask) - kept
        if first:
            if latents is not None:
                raise ValueError("latents: their positions count from the padding; it must be at the end")
            order = np.r_[first : first + kept, 0:first, first + kept : len(mask)]
            tokens = tokens[order]
            labels = None if labels is None else labels[order]
    padding = padding or 0
    length = len(tokens) - padding
    check_ids(tokens[:length], "token", largest=largest)
    if labels is not None:
        check_ids(labels[:length], "label", IGNORED_LABEL)
    return TokenSequence(tokens, padding, labels, latents)
