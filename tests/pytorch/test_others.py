"""What PyTorch and NumPy save is read by the program, and nanoGPT's scripts find what they look for."""

import json
import os
import pickle
import subprocess

import pytest

numpy = pytest.importorskip("numpy")
torch = pytest.importorskip("torch")

import synthgen_data as data  # noqa: E402

ROWS = [[1, 2, 3], [4, 5, 6]]


@pytest.fixture
def converted(tmp_path):
    """Converts a file to JSONL and returns its sequences."""

    def run(path, *flags):
        output = tmp_path / "out.jsonl"
        command = [os.environ["SYNTHGEN_BIN"], "convert", path, "--format", "jsonl", "--output", output, "--force"]
        subprocess.run([str(word) for word in (*command, *flags)], check=True, capture_output=True)
        records = [json.loads(line) for line in output.read_text().splitlines()]
        return [r["input_ids"][: len(r["input_ids"]) - r.get("padding", 0)] for r in records]

    return run


@pytest.mark.parametrize("protocol", [2, 3, 4, 5])
def test_what_torch_saves_is_read(converted, tmp_path, protocol):
    table = torch.tensor(ROWS)
    saved = [
        table,
        {"input_ids": table, "attention_mask": torch.ones(2, 3, dtype=torch.bool), "epoch": 3, "name": "x"},
        {"loss": torch.zeros(2), "inputs": table.to(torch.int32)},
        {"tokens": [torch.tensor(row) for row in ROWS]},
        list(table),
        ROWS,
        torch.nn.utils.rnn.pad_sequence([torch.tensor(row) for row in ROWS], batch_first=True),
    ]
    for value in saved:
        torch.save(value, tmp_path / "data.pt", pickle_protocol=protocol)
        assert converted(tmp_path / "data.pt") == ROWS, value
    torch.save({"x": table[:, :2].contiguous()}, tmp_path / "data.pt", pickle_protocol=protocol)
    assert converted(tmp_path / "data.pt", "--tensor", "x") == [[1, 2], [4, 5]]
    torch.save([torch.tensor([7]), torch.tensor([], dtype=torch.long)], tmp_path / "data.pt", pickle_protocol=protocol)
    assert converted(tmp_path / "data.pt") == [[7], []]


def test_what_numpy_saves_is_read(converted, tmp_path):
    numpy.savez(tmp_path / "data.npz", input_ids=numpy.array(ROWS), attention_mask=[[True, True, False], [True] * 3])
    assert converted(tmp_path / "data.npz") == [[1, 2], [4, 5, 6]]
    numpy.save(tmp_path / "flat.npy", numpy.array([1, 2, 9, 3, 9], numpy.uint16))
    assert converted(tmp_path / "flat.npy", "--input-separator", 9) == [[1, 2], [3]]


def test_the_sampling_script_of_nanogpt_finds_its_texts(generate):
    """The lines of sample.py that use meta.pkl, and those of train.py."""
    directory = generate("--vocab-size", 900, "--seq-length", 8, "--num-train", 4, "--num-val", 0, "--format", "bin")
    with open(directory / "meta.pkl", "rb") as file:
        meta = pickle.load(file)
    stoi, itos = meta["stoi"], meta["itos"]
    encode = lambda s: [stoi[c] for c in s]  # noqa: E731
    decode = lambda l: "".join([itos[i] for i in l])  # noqa: E731, E741
    assert meta["vocab_size"] == 900 and set(itos) == set(range(900))
    start = encode("\n")
    assert all(0 <= token < 900 for token in start) and encode("7") == [7]
    ids = numpy.memmap(directory / "train.bin", dtype=numpy.uint16, mode="r")[:8].tolist()
    assert [int(word) for word in decode(ids).split()] == ids


@pytest.mark.parametrize("form", ["bin", "llmc", "megatron"])
def test_separators_in_front_are_left_out(generate, form):
    flags = ["--vocab-size", 50, "--seq-length", 8, "--num-train", 9, "--num-val", 0, "--length-variation", 0.5]
    plain = [json.loads(line)["input_ids"] for line in (generate(*flags) / "train.jsonl").open()]
    for place in ([], ["--separator-first"]):
        directory = generate(*flags, "--format", form, "--separator", 60, *place, name=f"{form}{len(place)}")
        assert [list(sequence) for sequence in data.load_synthetic_data(directory)] == plain


def test_the_types_of_megatron_deepspeed_are_read(generate):
    directory = generate("--vocab-size", 50, "--seq-length", 4, "--num-train", 3, "--num-val", 0, "--format", "megatron")
    index, ids = bytearray((directory / "train.idx").read_bytes()), directory / "train.bin"
    expected = [list(sequence) for sequence in data.load_synthetic_data(ids)]
    numpy.fromfile(ids, "<u2").astype("<u8").tofile(ids)
    index[34 + 12 : 34 + 36] = (numpy.arange(3) * 32).astype("<i8").tobytes()
    (directory / "train.idx").write_bytes(index + bytes(3))  # with modes
    assert [list(sequence) for sequence in data.load_synthetic_data(ids)] == expected


RECALL = ["--generator", "recall", "--num-train", 5, "--num-val", 0, "--labels"]


@pytest.mark.parametrize("form", ["npy", "bin", "llmc", "megatron"])
def test_labels_reach_the_loader_from_every_format(generate, form):
    def read(directory):
        return [(list(sequence), list(sequence.labels)) for sequence in data.load_synthetic_data(directory)]

    expected = read(generate(*RECALL))
    assert read(generate(*RECALL, "--format", form, name=form)) == expected
    if form != "npy":
        for place in ([], ["--separator-first"]):
            flags = ["--format", form, "--separator", 60000, *place]
            assert read(generate(*RECALL, *flags, name=f"{form}{len(place)}")) == expected


def test_models_that_shift_labels_get_them_one_place_later(generate):
    stream = data.StreamingDataset(generate(*RECALL))
    items = list(stream)
    own, shifted = data.PaddingCollate(3)(items), data.NextTokenCollate(3)(items)
    width = own["labels"].shape[1]
    assert shifted["input_ids"].shape == shifted["labels"].shape == (5, width + 1)
    assert torch.equal(shifted["labels"][:, 1:], own["labels"]) and (shifted["labels"][:, 0] == -100).all()
    assert torch.equal(shifted["input_ids"][:, :-1], own["input_ids"]) and not shifted["attention_mask"][:, -1].any()
    # A model's output at t is held against the label at t + 1, as in Hugging Face's losses.
    logits = torch.randn(5, width + 1, int(own["labels"].max()) + 1)
    of_shifted = torch.nn.functional.cross_entropy(logits[:, :-1].flatten(0, 1), shifted["labels"][:, 1:].flatten())
    of_own = torch.nn.functional.cross_entropy(logits[:, :width].flatten(0, 1), own["labels"].flatten())
    assert torch.equal(of_shifted, of_own)
    unlabelled = [{"input_ids": torch.tensor(ids), "length": len(ids)} for ids in ([1, 2], [3])]
    plain = data.NextTokenCollate()(unlabelled)
    assert plain["labels"].tolist() == [[1, 2], [3, -100]]


def test_columns_for_trainers_are_no_labels(generate):
    flags = ["--vocab-size", 50, "--seq-length", 8, "--num-train", 4, "--num-val", 0, "--trainer-columns"]
    assert all(sequence.labels is None for sequence in data.load_synthetic_data(generate(*flags)))
