"""A model that trains on the data learns its structure, and no more than there is."""

import math

import pytest

torch = pytest.importorskip("torch")

from torch.utils.data import DataLoader  # noqa: E402

import synthgen_data as data  # noqa: E402

vocab_size = 32


class NextTokenModel(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.embedding = torch.nn.Embedding(vocab_size, 64)
        self.state = torch.nn.GRU(64, 64, batch_first=True)
        self.scores = torch.nn.Linear(64, vocab_size)

    def forward(self, input_ids):
        return self.scores(self.state(self.embedding(input_ids))[0])


def bits(model, input_ids):
    """Bits that the model pays for each token but the first: [B, L − 1]."""
    scores = model(input_ids[:, :-1])
    nats = torch.nn.functional.cross_entropy(scores.transpose(1, 2), input_ids[:, 1:], reduction="none")
    return nats / math.log(2)


def test_held_out_loss_lies_between_the_oracle_and_a_model_without_structure(generate):
    directory = generate(
        *("--generator", "pattern", "--vocab-size", vocab_size, "--seq-length", 64, "--latents"),
        *("--pattern-probability", 0.9, "--pattern-types", "progression,alternation"),
        *("--num-train", 3000, "--num-val", 300),
    )
    torch.manual_seed(0)
    torch.set_num_threads(1)
    model = NextTokenModel()
    optimizer = torch.optim.Adam(model.parameters(), lr=5e-3)
    train = data.StreamingDataset(directory)
    for batch in DataLoader(train, batch_size=64, collate_fn=data.PaddingCollate()):
        optimizer.zero_grad()
        bits(model, batch["input_ids"]).mean().backward()
        optimizer.step()

    held_out = data.load_synthetic_data(directory / "val.jsonl")
    input_ids = torch.tensor([list(sequence) for sequence in held_out])
    with torch.no_grad():
        # The first token has no past to be guessed from: any model pays log2 V for it.
        paid = (bits(model, input_ids).sum(1) + math.log2(vocab_size)) / input_ids.shape[1]
    oracle = torch.tensor([s.latents["oracle_bits"] / len(s) for s in held_out])
    excess = paid - oracle
    standard_error = excess.std() / math.sqrt(len(held_out))

    assert paid.mean() < 0.6 * math.log2(vocab_size)
    assert excess.mean() > -standard_error
