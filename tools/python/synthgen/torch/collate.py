"""Items and batches of tensors."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any, Optional

import numpy as np
import torch
from torch import Tensor

from .blocks import Block
from .records import IGNORED_LABEL


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
        labels = None
        if all("labels" in item for item in items):
            labels = _stack([item["labels"] for item in items], IGNORED_LABEL)
        return _batch(input_ids, length, labels)


class NextTokenCollate(PaddingCollate):
    """Makes batches for models that shift labels themselves, as those of Hugging Face do.

    synthgen's labels are scored at their own position (`same_position`). Such a model holds its output at
    position t against labels[t + 1] (`next_token`): labels move one place to the right, and each batch is one
    token of padding longer, so that the last one is kept. Items without labels get their ids as labels, which
    is the loss of every next token.
    """

    def __call__(self, items: Sequence[dict[str, Any]]) -> dict[str, Tensor]:
        batch = super().__call__(items)
        if "labels" not in batch:
            labels = batch["input_ids"].clone()
            labels[~batch["attention_mask"]] = IGNORED_LABEL
            return _labelled(batch, labels)
        rows = len(items)
        pad = torch.full((rows, 1), self.pad_token)
        input_ids = torch.cat([batch["input_ids"], pad], dim=1)
        ignored = torch.full((rows, 1), IGNORED_LABEL)
        return _batch(input_ids, batch["length"], torch.cat([ignored, batch["labels"]], dim=1))


def batch_of_block(block: Block, pad_token: int, max_length: Optional[int]) -> dict[str, Tensor]:
    """A block as PaddingCollate would make it of its items, without items."""
    ids, labels = block.table(pad_token, max_length)
    input_ids = torch.from_numpy(ids)
    scored = None if labels is None else torch.from_numpy(labels)
    if block.lengths is None:
        mask, length = _full_rows(*ids.shape)
        return _labelled({"input_ids": input_ids, "attention_mask": mask.clone(), "length": length.clone()}, scored)
    return _batch(input_ids, torch.from_numpy(block.lengths_within(ids.shape[1])), scored)


def items_of_block(block: Block, max_length: Optional[int]) -> Iterator[dict[str, Any]]:
    """Its sequences as {"input_ids": int64 [L], "length": int} with "labels": int64 [L] if they have some."""
    if not isinstance(block.ids, np.ndarray):
        yield from (item_of(sequence, max_length) for sequence in block.sequences())
        return
    ids, labels = block.table(0, max_length)
    lengths = block.lengths_within(ids.shape[1]).tolist()
    rows = torch.from_numpy(ids).unbind(0)
    if labels is None:
        yield from ({"input_ids": row, "length": length} for row, length in zip(rows, lengths))
        return
    for row, length, scored in zip(rows, lengths, torch.from_numpy(labels).unbind(0)):
        yield {"input_ids": row, "length": length, "labels": scored}


def item_of(sequence: Any, max_length: Optional[int]) -> dict[str, Any]:
    tokens = sequence[:max_length]
    padding = getattr(sequence, "padding", 0)
    length = min(len(sequence) - padding, len(tokens))
    item: dict[str, Any] = {"input_ids": _tensor(tokens), "length": length}
    labels = getattr(sequence, "labels", None)
    if labels is not None:
        item["labels"] = _tensor(labels[:max_length])
        item["labels"][length:] = IGNORED_LABEL
    return item


def _tensor(values: Any) -> Tensor:
    return torch.from_numpy(np.array(getattr(values, "array", values), dtype=np.int64))


def _batch(input_ids: Tensor, length: Tensor, labels: Optional[Tensor]) -> dict[str, Tensor]:
    mask = torch.arange(input_ids.shape[1])[None, :] < length[:, None]
    return _labelled({"input_ids": input_ids, "attention_mask": mask, "length": length}, labels)


@lru_cache(maxsize=8)
def _full_rows(rows: int, width: int) -> tuple[Tensor, Tensor]:
    """The mask and the lengths of rows without padding; to be copied, which is faster than making them."""
    return torch.ones(rows, width, dtype=torch.bool), torch.full((rows,), width)


def _labelled(batch: dict[str, Tensor], labels: Optional[Tensor]) -> dict[str, Tensor]:
    if labels is not None:
        batch["labels"] = labels
    return batch


def _stack(rows: Sequence[Tensor], fill: int) -> Tensor:
    if len({len(row) for row in rows}) == 1:
        return torch.stack(list(rows))
    return torch.nn.utils.rnn.pad_sequence(list(rows), batch_first=True, padding_value=fill)
