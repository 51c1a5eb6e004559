"""The loader refuses what `synthgen validate` refuses, by file, row and value."""

import gzip
import json
import os
import subprocess
import zipfile

import pytest

numpy = pytest.importorskip("numpy")
torch = pytest.importorskip("torch")

import synthgen_data as data  # noqa: E402


def refusal(file):
    with pytest.raises(ValueError) as caught:
        data.load_synthetic_data(file)
    return str(caught.value)


def program_refuses(file):
    result = subprocess.run([os.environ["SYNTHGEN_BIN"], "validate", str(file)], capture_output=True)
    return result.returncode in (1, 2)


def write_npy(directory, rows, name="train.npy"):
    numpy.save(directory / name, rows)
    return directory / name


def write_safetensors(directory, **tensors):
    header, numbers = {}, b""
    for key, (dtype, array) in tensors.items():
        end = len(numbers) + array.nbytes
        header[key] = {"dtype": dtype, "shape": list(array.shape), "data_offsets": [len(numbers), end]}
        numbers += array.tobytes()
    text = json.dumps(header).encode()
    file = directory / "train.safetensors"
    file.write_bytes(len(text).to_bytes(8, "little") + text + numbers)
    return file


IDS = numpy.array([[7, 8, 0, 0], [5, 6, 7, 0]])


def test_a_mask_may_pad_at_either_end_and_padding_is_never_trained_on(tmp_path):
    left = numpy.array([[0, 0, 7, 8], [0, 5, 6, 7]])
    for ids, mask in ((IDS, [[1, 1, 0, 0], [1, 1, 1, 0]]), (left, [[0, 0, 1, 1], [0, 1, 1, 1]])):
        records = [
            json.dumps({"input_ids": row.tolist(), "attention_mask": kept, "labels": (row + 10).tolist()})
            for row, kept in zip(ids, mask)
        ]
        lines = tmp_path / "a.jsonl"
        lines.write_text("\n".join(records))
        tensors = write_safetensors(
            tmp_path, input_ids=("I64", ids), attention_mask=("I64", numpy.array(mask)), labels=("I64", ids + 10)
        )
        for file in (lines, tensors):
            sequences = data.load_synthetic_data(file)
            assert [list(sequence) for sequence in sequences] == IDS.tolist()
            assert [sequence.labels for sequence in sequences] == (IDS + 10).tolist()
            assert [sequence.padding for sequence in sequences] == [2, 1]


@pytest.mark.parametrize(
    ("mask", "reason"),
    [
        ([1, 0, 1, 0], "attention_mask: has zeros between ones"),
        ([1, 1, 2, 0], "attention_mask 2: got 2; allowed: 0 or 1"),
        ([1, 1, -1, 0], "attention_mask 2: got -1; allowed: 0 or 1"),
    ],
)
def test_a_mask_with_holes_or_numbers_is_refused_by_row(tmp_path, mask, reason):
    lines = tmp_path / "a.jsonl"
    good = json.dumps({"input_ids": [5, 6, 7, 0], "attention_mask": [1, 1, 1, 0]})
    lines.write_text(good + "\n" + json.dumps({"input_ids": [7, 8, 9, 0], "attention_mask": mask}) + "\n")
    masks = numpy.array([[1, 1, 1, 0], mask])
    tensors = write_safetensors(tmp_path, input_ids=("I64", IDS), attention_mask=("I64", masks))
    for file in (lines, tensors):
        message = refusal(file)
        assert message.startswith(f"{file}:2: ") and reason in message
    assert program_refuses(tensors)


@pytest.mark.parametrize(
    ("record", "reason"),
    [
        ('{"input_ids": [1], "padding": true}', "padding: got True; allowed: an integer from 0 to 1"),
        ('{"input_ids": [1], "padding": "max_length"}', "padding: got 'max_length'"),
        ('{"input_ids": [1], "padding": 0.5}', "padding: got 0.5"),
        ('{"input_ids": [1], "padding": -1}', "padding: got -1"),
        ('{"input_ids": [1, 0], "attention_mask": [1, 0], "padding": 2}', "the attention_mask has 1 zeros at the end"),
        ('{"input_ids": [1], "attention_mask": [1, 1]}', "attention_mask: 2 numbers for 1 tokens"),
        ('{"input_ids": [1], "attention_mask": 1}', "attention_mask: got 1; allowed: a list of 0 and 1"),
        ('{"input_ids": [5, -100]}', "token 1: got -100; allowed: an id from 0 to 4294967295"),
        ('{"input_ids": [4294967296]}', "token 0: got 4294967296"),
        ('{"input_ids": [0.7]}', "token 0: got 0.7"),
        ('{"input_ids": [[1, 2]]}', "token 0: got [1, 2]"),
        ('{"input_ids": null}', "no input_ids with token ids"),
        ('{"input_ids": [1], "labels": [-1]}', "label 0: got -1; allowed: an id from 0 to 4294967295, or -100"),
        ('{"input_ids": [1], "labels": [true]}', "label 0: got True"),
        ('{"input_ids": [1], "labels": {}}', "labels: not one integer for each token"),
        ('{"input_ids": [1], "input_ids": [2]}', "more than one input_ids"),
        ('{"input_ids": [1], "tokens": [2]}', "both input_ids and tokens"),
        ('{"input_ids": [1], "latents": [0.5]}', "latents: got [0.5]; allowed: an object"),
        ('{"input_ids": [1], "labels": [NaN]}', "label 0: got nan"),
        ("[" * 100_000, "nested too deep"),
        ('{"input_ids": [1]}{"input_ids": [2]}', "Extra data"),
        ('{"input_ids": [1]}\r{"input_ids": [2]}', "Extra data"),
    ],
)
def test_a_record_is_refused_by_line_and_value(tmp_path, record, reason):
    file = tmp_path / "a.jsonl"
    file.write_bytes(b"[1]\n" + record.encode() + b"\n[2]\n")
    message = refusal(file)
    assert message.startswith(f"{file}:2: ") and reason in message
    assert len(message) < 300


def test_lines_that_are_no_text_or_cut_short_are_refused_by_line(tmp_path):
    file = tmp_path / "a.jsonl"
    file.write_bytes(b"[1]\n[2\xff]\n")
    assert refusal(file).startswith(f"{file}:2: ")
    file.write_bytes(b"[1]\n\n[2]\n")
    assert refusal(file) == f"{file}:2: blank line between sequences"
    whole = gzip.compress(b"".join(b"[%d]\n" % i for i in range(5000)))
    packed = tmp_path / "a.jsonl.gz"
    for content in (whole[:-9], whole[:-8] + bytes(8), whole[:40] + b"\xff" * 40 + whole[80:]):
        packed.write_bytes(content)
        assert refusal(packed).startswith(f"{packed}:")


@pytest.mark.parametrize("dtype", ["float64", "float16", "bool", "complex64", "U1"])
def test_tables_of_anything_but_integers_are_refused(tmp_path, dtype):
    file = write_npy(tmp_path, IDS.astype(dtype))
    assert refusal(file).startswith(f"{file}: dtype ")
    assert program_refuses(file)


@pytest.mark.parametrize("dtype", [torch.float32, torch.bool, torch.float16])
def test_tensors_of_anything_but_integers_are_refused(tmp_path, dtype):
    file = tmp_path / "train.pt"
    torch.save(torch.tensor([[0.7, 1.0]]).to(dtype), file)
    assert refusal(file) == f"{file}: dtype {dtype}; integers are read"
    assert program_refuses(file)


@pytest.mark.parametrize("dtype", ["F32", "BF16", "BOOL", "F8_E4M3"])
def test_safetensors_of_anything_but_integers_are_refused(tmp_path, dtype):
    width = {"F32": "<f4", "BF16": "<u2"}.get(dtype, "u1")
    file = write_safetensors(tmp_path, input_ids=(dtype, numpy.ones((2, 2), width)))
    assert f"input_ids is of {dtype}; integers are read" in refusal(file)


@pytest.mark.parametrize("dtype", ["U8", "I8", "U16", "I16", "U32", "I32", "U64", "I64"])
def test_safetensors_of_all_integers_are_read(tmp_path, dtype):
    width = ("u" if dtype[0] == "U" else "i") + str(int(dtype[1:]) // 8)
    file = write_safetensors(tmp_path, other=("U8", numpy.ones(3, "u1")), input_ids=(dtype, IDS.astype(width)))
    assert data.load_synthetic_data(file) == IDS.tolist()


@pytest.mark.parametrize("value", [-100, -1, 2**32, 2**63 - 1])
def test_numbers_that_are_no_ids_are_refused_by_row_in_every_table(tmp_path, value):
    rows = numpy.array([[1, 2], [3, value]])
    tensor = tmp_path / "other.pt"
    torch.save(torch.tensor(rows), tensor)
    for file in (write_npy(tmp_path, rows), tensor, write_safetensors(tmp_path, input_ids=("I64", rows))):
        message = refusal(file)
        assert message == f"{file}:2: token 1: got {value}; allowed: an id from 0 to 4294967295"
        assert program_refuses(file)
    write_npy(tmp_path, numpy.array([2, 1]), "train_lengths.npy")  # makes it padding
    assert [sequence.padding for sequence in data.load_synthetic_data(tmp_path / "train.npy")] == [0, 1]


@pytest.mark.parametrize("length", [3, -1, 2**40])
def test_lengths_beyond_the_row_are_refused(tmp_path, length):
    file = write_npy(tmp_path, numpy.array([[1, 2], [3, 4]]))
    lengths = write_npy(tmp_path, numpy.array([2, length]), "train_lengths.npy")
    assert refusal(file) == f"{lengths}:2: length: got {length}; allowed: 0 to 2"
    assert program_refuses(file)
    write_npy(tmp_path, numpy.array([2.0, 1.5]), "train_lengths.npy")
    assert refusal(file).startswith(f"{lengths}: dtype float64")
    assert program_refuses(file)


def test_labels_beside_a_table_are_refused_by_row(tmp_path):
    file = write_npy(tmp_path, numpy.array([[1, 2], [3, 4]]))
    write_npy(tmp_path, numpy.array([[-100, 2], [-1, 4]]), "train_labels.npy")
    assert refusal(file) == f"{file}:2: label 0: got -1; allowed: an id from 0 to 4294967295, or -100"
    assert program_refuses(file)


def test_arrays_of_other_shapes_orders_and_sizes_are_refused(tmp_path):
    numpy.savez(tmp_path / "many.npz", a=IDS)
    (tmp_path / "many.npz").rename(tmp_path / "many.npy")
    whole = write_npy(tmp_path, IDS).read_bytes()
    cases = {
        "cube": numpy.zeros((2, 2, 2), int),
        "empty_rows": numpy.zeros((2, 0), int),
        "fortran": numpy.asfortranarray(IDS),
        "objects": numpy.array([[1, None]], dtype=object),
    }
    for name, rows in cases.items():
        write_npy(tmp_path, rows, f"{name}.npy")
    for name, content in (("cut", whole[:-1]), ("longer", whole + b"\0"), ("none", b""), ("text", b"[1]\n")):
        (tmp_path / f"{name}.npy").write_bytes(content)
    for name in ("many", *cases, "cut", "longer", "none", "text"):
        file = tmp_path / f"{name}.npy"
        assert refusal(file).startswith(f"{file}: "), name
        assert program_refuses(file) == (name != "many"), name
    write_npy(tmp_path, numpy.zeros((0, 4), int))
    assert data.load_synthetic_data(tmp_path / "train.npy") == []


def test_what_is_no_plain_tensor_is_refused(tmp_path):
    tensor = torch.tensor(IDS)
    file = tmp_path / "train.pt"
    for thing in (tensor.T, tensor[0], tensor.to_sparse()):
        torch.save(thing, file)
        assert refusal(file).startswith(f"{file}: ")
        assert program_refuses(file)
    for thing in ({"input_ids": tensor}, [tensor]):
        torch.save(thing, file)
        assert refusal(file).endswith("one tensor is read, and synthgen convert makes a file of it")
    torch.save(tensor, file, _use_new_zipfile_serialization=False)
    assert refusal(file).startswith(f"{file}: ")
    torch.save(tensor, file)
    whole = file.read_bytes()
    for content in (b"", whole[: len(whole) // 2], b"[1]\n"):
        file.write_bytes(content)
        assert refusal(file).startswith(f"{file}: ")


def test_a_tensor_whose_checksum_is_wrong_or_whose_record_is_doubled_is_refused(tmp_path):
    file = tmp_path / "train.pt"
    torch.save(torch.tensor(IDS), file)
    whole = file.read_bytes()
    numbers = IDS.tobytes()
    file.write_bytes(whole.replace(numbers, numbers[:-1] + b"\1"))
    assert "the checksum of the record" in refusal(file)
    for other in ("train.pth", "train", "rows_labels.pt"):
        (tmp_path / other).write_bytes(file.read_bytes())
    torch.save(torch.tensor(IDS), tmp_path / "rows.pt")
    for other in ("train.pth", "train", "rows.pt"):
        assert "the checksum of the record" in refusal(tmp_path / other)
    file.write_bytes(whole)
    with zipfile.ZipFile(file, "a") as records:
        pickle = next(name for name in records.namelist() if name.endswith("data.pkl"))
        with pytest.warns(UserWarning, match="Duplicate name"):
            records.writestr(pickle, records.read(pickle))
    assert "has two records of one name" in refusal(file)


def test_damaged_headers_of_safetensors_are_refused(tmp_path):
    file = write_safetensors(tmp_path, input_ids=("I64", IDS), attention_mask=("I64", (IDS > 0) * 1))
    whole = file.read_bytes()
    for content in (
        *(whole[:size] for size in (0, 7, 8, 60, len(whole) - 1)),
        b"\xff" * 8 + whole[8:],
        whole.replace(b"[2, 4]", b"[2,-4]"),
        whole.replace(b"[2, 4]", b"[2, 5]"),
        whole.replace(b"[64, 128]", b"[32, 96] "),
        whole.replace(b'"dtype"', b'"dtypo"'),
        whole.replace(b"[0, 64]", b"[64, 0]"),
    ):
        assert content != whole
        file.write_bytes(content)
        assert refusal(file).startswith(f"{file}: ")
        assert program_refuses(file)


@pytest.mark.parametrize("text", ["{}", '{"files": {"a": 1}}', '{"files": ["train.jsonl"]}', "[1]", "3"])
def test_a_metadata_json_of_another_program_is_not_a_manifest(tmp_path, text):
    (tmp_path / "train.jsonl").write_text("[1]\n")
    (tmp_path / "metadata.json").write_text(text)
    assert data.load_synthetic_data(tmp_path) == [[1]]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("{", "Expecting"),
        ("[" * 100_000, "recursion"),
        ('{"program": "synthgen"}', "files: not a list of objects"),
        ('{"program": "synthgen", "files": [{"file": "train.jsonl"}]}', "files: not a list"),
        ('{"program": "synthgen", "files": [{"file": "../a", "split": "train"}]}', "files: not a list"),
        ('{"manifest_xxh128": "", "files": [{"file": "a", "split": "train", "sequences": -1}]}', "files: not"),
    ],
)
def test_a_damaged_manifest_is_refused_by_name(tmp_path, text, reason):
    (tmp_path / "train.jsonl").write_text("[1]\n")
    (tmp_path / "metadata.json").write_text(text)
    message = refusal(tmp_path)
    assert message.startswith(f"{tmp_path / 'metadata.json'}: ") and reason in message


def test_two_files_of_one_part_are_not_read_twice(tmp_path):
    (tmp_path / "train.jsonl").write_text("[1]\n")
    write_npy(tmp_path, IDS)
    assert refusal(tmp_path) == f"{tmp_path}: holds train.jsonl and train.npy; name the files"
    (tmp_path / "valid.jsonl").write_text("[1]\n")
    assert [file.name for file in data.find_files(tmp_path, "val")] == ["valid.jsonl"]


def test_damaged_files_are_refused_and_no_error_of_the_system(tmp_path):
    torch.save(torch.tensor(IDS), tmp_path / "saved.pt")
    with zipfile.ZipFile(tmp_path / "saved.pt") as saved, zipfile.ZipFile(tmp_path / "train.pt", "w") as copy:
        for name in saved.namelist():
            copy.writestr(name, saved.read(name))
    assert data.load_synthetic_data(tmp_path / "train.pt") == IDS.tolist()
    whole = (tmp_path / "train.pt").read_bytes()
    end = whole.rindex(b"PK\5\6")
    table = write_npy(tmp_path, IDS).read_bytes()
    for name, content in (
        ("train.pt", whole[: end + 16] + b"\xff\xff\xff\x7f" + whole[end + 20 :]),
        ("train.npy", table.replace(b"{", b" ", 1)),
        ("train.npy", table.replace(b"(2", b"\0\0", 1)),
    ):
        file = tmp_path / name
        file.write_bytes(content)
        assert refusal(file).startswith(f"{file}: ")
        assert program_refuses(file)
