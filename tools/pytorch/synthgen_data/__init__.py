"""PyTorch datasets of files that synthgen wrote.

Copy this folder next to a training script. It needs Python 3.9 or newer, PyTorch, and NumPy for `.npy`.

    train = SyntheticDataset(load_synthetic_data("data/custom/train.jsonl"), max_length=512)
    loader = DataLoader(train, batch_size=32, shuffle=True, collate_fn=PaddingCollate())
    for batch in loader:
        batch["input_ids"], batch["attention_mask"]  # int64 [32, longest], bool [32, longest]

Stream data that does not fit into memory, shard by shard:

    stream = StreamingDataset("data/custom", split="train")
    loader = DataLoader(stream, batch_size=32, num_workers=4, collate_fn=PaddingCollate())

Sequences of a split are independent of one another, so streaming them unshuffled is fine.
"""

from .datasets import PaddingCollate, StreamingDataset, SyntheticDataset
from .files import iterate_synthetic_data, load_synthetic_data
from .listing import find_files
from .records import IGNORED_LABEL, TokenSequence

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
