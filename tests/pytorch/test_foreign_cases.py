"""Every small file of another program: the loader reads in it what the program reads, and refuses what it refuses."""

import base64
import json
import re
import shutil
import subprocess

import pytest

pytest.importorskip("numpy")
pytest.importorskip("torch")

import synthgen_data as data  # noqa: E402
from conftest import repository  # noqa: E402

#: Prints the table that the command line and the module are held against, too.
SCRIPT = """
import { cases } from './tests/support/foreign/cases.js';
const printed = cases.map(({ bytes, refused, notes, ...rest }) => ({
  bytes: Buffer.from(bytes).toString('base64'), ...rest,
}));
console.log(JSON.stringify(printed));
"""

LINES = "text is read line by line, each line a record, so that workers can begin at any of them"
JSON = "a .json file is one JSON text, and only lines are read"
#: Refused whatever it holds: its arrays may be compressed, and tables are memory-mapped.
NPZ = ".npz"

#: What the program reads and the loader refuses by design, each with the reason.
REFUSED_BY_DESIGN = {
    ("data.jsonl", "a list of records"): LINES,
    ("data.jsonl", "a list in several lines"): LINES,
    ("data.jsonl", "a list of lists"): LINES,
    ("data.jsonl", "records in several lines each"): LINES,
    ("nested.json", "a list of lists"): JSON,
    ("empty.json", "an empty list"): JSON,
    ("empty.json", "an empty list after a byte order mark"): JSON,
    ("empty.json.gz", "an empty list in gzip"): JSON,
    ("data.json.gz", "gzip of JSON"): JSON,
}


def read_cases():
    if shutil.which("node") is None:
        return []
    command = ["node", "--input-type=module", "-e", SCRIPT]
    return json.loads(subprocess.run(command, check=True, cwd=repository, capture_output=True, text=True).stdout)


CASES = read_cases()


def is_refused_by_design(case):
    return case["name"].endswith(NPZ) or (case["name"], case["what"]) in REFUSED_BY_DESIGN


def ids_of(sequences):
    return [list(sequence)[: len(sequence) - sequence.padding] for sequence in sequences]


def ids_of_batches(file):
    stream = data.StreamingDataset(file, batch_size=2)
    return [row[mask].tolist() for batch in stream for row, mask in zip(batch["input_ids"], batch["attention_mask"])]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['name']}, {case['what']}")
def test_the_loader_makes_of_a_file_what_the_program_makes_of_it(case, tmp_path):
    file = tmp_path / case["name"]
    file.write_bytes(base64.b64decode(case["bytes"]))
    for ending, text in case.get("others", {}).items():
        (tmp_path / re.sub(r"\.\w+$", ending, case["name"])).write_text(text, encoding="utf-8")
    if "sequences" not in case or is_refused_by_design(case):
        with pytest.raises(ValueError) as caught:
            data.load_synthetic_data(file)
        assert str(caught.value).startswith(str(file.with_suffix(""))), "the file or one next to it is named"
        return
    assert ids_of(data.load_synthetic_data(file)) == case["sequences"]
    assert ids_of(data.iterate_synthetic_data(file, 1)) == case["sequences"][1:]
    if file.suffix != ".gz":
        assert ids_of_batches(file) == case["sequences"]


@pytest.mark.skipif(not CASES, reason="needs node")
def test_what_is_refused_by_design_is_in_the_table_and_read_by_the_program():
    read = {(case["name"], case["what"]) for case in CASES if "sequences" in case}
    assert REFUSED_BY_DESIGN.keys() <= read
    assert any(name.endswith(NPZ) for name, _ in read)
