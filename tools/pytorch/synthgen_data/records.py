"""One sequence and what its fields may hold."""

from __future__ import annotations

from typing import Any, Iterable, Optional

#: The label of a position without loss; torch.nn.functional.cross_entropy ignores it by default.
IGNORED_LABEL = -100

_LARGEST_ID = 2**32 - 1


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


def check_numbers(values: list[Any], what: str, ignored: Optional[int] = None) -> None:
    """Refuses all but ids, and one more number."""
    if set(map(type, values)) <= {int} and (not values or (min(values) >= 0 and max(values) <= _LARGEST_ID)):
        return
    for place, value in enumerate(values):
        if type(value) is not int or not (0 <= value <= _LARGEST_ID or value == ignored):
            allowed = f"an id from 0 to {_LARGEST_ID}" + ("" if ignored is None else f", or {ignored}")
            raise ValueError(f"{what} {place}: got {start_of(value)}; allowed: {allowed}")


def start_of(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 40 else text[:40] + "..."


def checked_sequence(
    tokens: list[int],
    padding: Optional[int],
    mask: Optional[list[int]],
    labels: Optional[list[int]],
    latents: Any = None,
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
            tokens = tokens[first : first + kept] + tokens[:first] + tokens[first + kept :]
            labels = labels and labels[first : first + kept] + labels[:first] + labels[first + kept :]
    padding = padding or 0
    length = len(tokens) - padding
    check_numbers(tokens[:length], "token")
    if labels is not None:
        check_numbers(labels[:length], "label", IGNORED_LABEL)
    return TokenSequence(tokens, padding, labels, latents)
