"""PyTorch datasets of files that synthgen wrote, and of sequences that it generates as they are used.

It is part of the package synthgen (`import synthgen.torch`). `python3 -m synthgen.torch > synthgen_torch.py` makes
one file of it that needs no package.

    train = SyntheticDataset(load_synthetic_data("data/custom/train.jsonl"), max_length=512)
    loader = DataLoader(train, batch_size=32, shuffle=True, collate_fn=PaddingCollate())
    for batch in loader:
        batch["input_ids"], batch["attention_mask"]  # int64 [32, longest], bool [32, longest]

Stream data that does not fit into memory, batch by batch:

    stream = StreamingDataset("data/custom", split="train", batch_size=32, shuffle=True)
    loader = DataLoader(stream, batch_size=None, num_workers=4)
    for epoch in range(3):
        stream.set_epoch(epoch)
        for batch in loader: ...
"""

from .collate import NextTokenCollate, PaddingCollate
from .datasets import StreamingDataset, SyntheticDataset
from .files import iterate_synthetic_data, load_synthetic_data
from .generated import GeneratedDataset
from .listing import find_files
from .records import IGNORED_LABEL, TokenSequence

__all__ = [
    "IGNORED_LABEL",
    "GeneratedDataset",
    "NextTokenCollate",
    "PaddingCollate",
    "StreamingDataset",
    "SyntheticDataset",
    "TokenSequence",
    "find_files",
    "iterate_synthetic_data",
    "load_synthetic_data",
]
