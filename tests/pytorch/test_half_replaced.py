"""A dataset that a run was replacing when it was stopped is refused, as the program refuses it."""

import os
import shutil
import subprocess

import pytest

pytest.importorskip("numpy")
pytest.importorskip("torch")

import synthgen_data as data  # noqa: E402

FLAGS = ["--vocab-size", 50, "--seq-length", 8, "--num-train", 8, "--num-val", 0]
DONE = "some run\ncomplete\n"
REFUSAL = "a run that puts its files in place here has not ended"


WAYS = (data.load_synthetic_data, lambda path: data.find_files(path, "train"), data.StreamingDataset)


def assert_is_refused(directory, journal):
    for read in WAYS:
        with pytest.raises(ValueError) as caught:
            read(directory)
        assert str(caught.value).startswith(f"{directory / journal}: {REFUSAL}")
    command = [os.environ["SYNTHGEN_BIN"], "validate", str(directory), "--allow-duplicates"]
    validated = subprocess.run(command, capture_output=True, text=True)
    assert validated.returncode == 1 and REFUSAL in validated.stdout + validated.stderr


@pytest.mark.parametrize("journal", ["metadata.json.journal", "metadata-00000-of-00002.json.journal"])
def test_without_a_manifest_a_complete_journal_refuses_the_dataset(generate, journal):
    directory = generate(*FLAGS)
    (directory / "metadata.json").unlink()
    (directory / journal).write_text(DONE)
    assert_is_refused(directory, journal)


def test_a_manifest_of_the_whole_dataset_says_that_its_files_are_in_place(generate):
    directory = generate(*FLAGS)
    (directory / "metadata-00000-of-00002.json.journal").write_text(DONE)
    assert [len(read(directory)) for read in WAYS] == [8, 1, 8]


def test_a_journal_of_a_run_that_still_writes_changes_nothing(generate):
    directory = generate(*FLAGS)
    (directory / "metadata.json").unlink()
    for text in ("", "some run\n", "complete", "\n"):
        (directory / "metadata.json.journal").write_text(text)
        assert [len(read(directory)) for read in WAYS] == [8, 1, 8]


@pytest.mark.skipif(shutil.which("strace") is None, reason="needs strace")
def test_a_run_that_is_killed_between_its_renames_leaves_whole_data_or_a_refusal(generate, tmp_path):
    old = generate(*FLAGS, "--seed", 1, name="old")
    new = generate(*FLAGS, "--seed", 2, name="new")
    wholes = [data.load_synthetic_data(directory) for directory in (old, new)]
    command = [os.environ["SYNTHGEN_BIN"], "generate", *map(str, FLAGS), "--seed", "2", "--num-shards", "2"]
    command += ["--force", "--quiet", "--threads", "1", "--output-dir"]
    outcomes = []
    for count in range(1, 20):
        directory = tmp_path / f"killed-{count}"
        shutil.copytree(old, directory)
        kill = ["strace", "-f", "-o", "/dev/null", "-e", f"inject=rename:signal=KILL:when={count}"]
        killed = subprocess.run([*kill, *command, directory], capture_output=True, text=True)
        if "ptrace" in killed.stderr.lower():
            pytest.skip("strace is not allowed here")
        try:
            found = data.load_synthetic_data(directory)
        except ValueError as error:
            assert REFUSAL in str(error)
            outcomes.append("refused")
        else:
            assert found in wholes, (count, sorted(path.name for path in directory.iterdir()))
            outcomes.append("whole")
        if killed.returncode == 0:
            break
    assert killed.returncode == 0 and "refused" in outcomes and outcomes[-1] == "whole", outcomes
