#!/usr/bin/env python3
"""The works of other programs and of our Python package, to be alternated with ours.

    peers.py FOLDER SEQUENCES EXTENSION [WORK]

EXTENSION is the folder of the package's built extension.

Reads names of works from stdin, one a line, does each once and writes its time as a line of JSON;
"absent" where a module is missing. A line that begins with [ is a command as JSON, whose process is
timed as a whole. The first time that a work is named it is done once more before, which warms up.
With WORK it does that one once and ends, so that the memory of the process is that work's.
"""

import glob
import importlib.util
import json
import os
import subprocess
import sys
import time

# One thread, as ours.
for library in ("OMP", "OPENBLAS", "MKL"):
    os.environ[f"{library}_NUM_THREADS"] = "1"

IDS = 10000
LENGTH = 512
BATCH = 512  # sequences in a batch, the same as in our works


class Peers:
    def __init__(self, folder, sequences, extension):
        self.folder = folder
        self.sequences = sequences
        self.extension = extension

    def path(self, name):
        return os.path.join(self.folder, name)

    def rows(self, most=None):
        count = min(self.sequences, most or self.sequences)
        return numpy().random.default_rng(1).integers(0, IDS, (count, LENGTH), dtype="int32")

    def numpy_integers(self):
        """default_rng().integers"""
        rng = numpy().random.default_rng(1)

        def run():
            for _ in range(max(1, self.sequences // BATCH)):
                rng.integers(0, IDS, (BATCH, LENGTH), dtype="int32")

        return run, max(1, self.sequences // BATCH) * BATCH * LENGTH

    def numpy_choice(self):
        """default_rng().choice(p=)"""
        rng = numpy().random.default_rng(1)
        weights = 1 / numpy().arange(1, IDS + 1)
        weights /= weights.sum()
        return lambda: rng.choice(IDS, (BATCH, LENGTH), p=weights), BATCH * LENGTH

    def json_dumps(self):
        """json.dumps of lists that exist already"""
        rows = self.rows(2000).tolist()

        def run():
            with open(self.path("peer.jsonl"), "w", encoding="utf-8") as file:
                for row in rows:
                    file.write(json.dumps({"input_ids": row}) + "\n")

        return run, len(rows) * LENGTH

    def json_loads(self):
        """json.loads of a file's lines"""
        path = self.path("loads.jsonl")
        rows = self.rows(2000).tolist()
        with open(path, "w", encoding="utf-8") as file:
            file.writelines(json.dumps({"input_ids": row}) + "\n" for row in rows)

        def run():
            with open(path, encoding="utf-8") as file:
                for line in file:
                    json.loads(line)

        return run, len(rows) * LENGTH

    def numpy_save(self):
        """draw and numpy.save"""
        rng = numpy().random.default_rng(1)

        def run():
            rows = rng.integers(0, IDS, (self.sequences, LENGTH), dtype="int32")
            numpy().save(self.path("peer.npy"), rows)

        return run, self.sequences * LENGTH

    def numpy_tofile(self):
        """draw and ndarray.tofile"""
        rng = numpy().random.default_rng(1)

        def run():
            rng.integers(0, IDS, (self.sequences, LENGTH), dtype="uint16").tofile(
                self.path("peer.bin")
            )

        return run, self.sequences * LENGTH

    def torch_save(self):
        """torch.randint at once and torch.save"""
        torch = import_torch()

        def run():
            torch.save(torch.randint(IDS, (self.sequences, LENGTH)), self.path("peer.pt"))

        return run, self.sequences * LENGTH

    def torch_rows(self):
        """torch.randint for each sequence, torch.stack, torch.save"""
        torch = import_torch()

        def run():
            rows = [torch.randint(IDS, (LENGTH,)) for _ in range(self.sequences)]
            torch.save(torch.stack(rows), self.path("peer.pt"))

        return run, self.sequences * LENGTH

    def plain_formulas(self):
        """the formulas of the basic measures in plain Python"""
        from plain_formulas import coherence, quality, statistics

        rows = self.rows(400).tolist()
        return lambda: [f(rows) for f in (statistics, coherence, quality)], len(rows) * LENGTH

    def package_generate(self):
        """synthgen.generate in Python"""
        generator = import_package(self.extension).Generator(vocab_size=IDS, seq_length=LENGTH)

        def run():
            for first in range(0, max(1, self.sequences // BATCH) * BATCH, BATCH):
                generator.generate(BATCH, first=first)

        return run, max(1, self.sequences // BATCH) * BATCH * LENGTH

    def mapped_blocks(self):
        """blocks of rows of a memory-mapped table as int64 tensors"""
        torch = import_torch()
        rows = self.table()

        def batches():
            for first in range(0, len(rows), 32):
                yield torch.from_numpy(rows[first : first + 32].astype("int64"))

        def run():
            for _ in batches():
                pass

        return run, rows.size

    def nanogpt_batches(self):
        """batches of rows of a memory-mapped table, as nanoGPT makes them"""
        torch = import_torch()
        rows = self.table()

        def batches():
            for first in range(0, len(rows), 32):
                places = range(first, min(first + 32, len(rows)))
                yield torch.stack([torch.from_numpy(rows[i].astype("int64")) for i in places])

        def run():
            for _ in batches():
                pass

        return run, rows.size

    def loader_batches(self):
        """StreamingDataset, batches"""
        return self.loaded(batch_size=32)

    def loader_shuffled(self):
        """StreamingDataset, shuffled batches"""
        return self.loaded(batch_size=32, shuffle=True)

    def loader_items(self):
        """StreamingDataset, item by item"""
        return self.loaded()

    def loaded(self, **options):
        import_torch()
        rows = self.table()
        import_package(self.extension)
        from synthgen.torch import StreamingDataset

        stream = StreamingDataset(self.path("table.npy"), **options)

        def run():
            for _ in stream:
                pass

        return run, rows.size

    def table(self):
        path = self.path("table.npy")
        if not os.path.exists(path):
            numpy().save(path, self.rows(20000))
        return numpy().load(path, mmap_mode="r")


def import_package(extension):
    """The package of this repository with its extension from a build directory."""
    if "synthgen" not in sys.modules:
        built = glob.glob(os.path.join(extension, "_core.*.so"))
        if not built:
            raise ImportError("no built extension", name="synthgen")
        spec = importlib.util.spec_from_file_location("synthgen._core", built[0])
        sys.modules["synthgen._core"] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(sys.modules["synthgen._core"])
        sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../python"))
    import synthgen

    return synthgen


def numpy():
    import numpy as module

    return module


def import_torch():
    import torch

    torch.set_num_threads(1)
    return torch


def timed(run):
    """Nanoseconds of this process and of the clock."""
    processor, wall = time.process_time_ns(), time.perf_counter_ns()
    run()
    return {
        "processor_ns": time.process_time_ns() - processor,
        "wall_ns": time.perf_counter_ns() - wall,
    }


def timed_command(command):
    """What timed_command.py says of a process."""
    script = os.path.join(os.path.dirname(os.path.abspath(__file__)), "timed_command.py")
    timer = [sys.executable, "-E", "-S", script]
    return json.loads(subprocess.check_output([*timer, *command]))


def main(folder, sequences, extension):
    peers = Peers(folder, sequences, extension)
    made = {}
    for line in sys.stdin:
        name = line.rstrip("\n")
        if name.startswith("["):
            answer = timed_command(json.loads(name))
        else:
            try:
                if name not in made:
                    made[name] = getattr(peers, name)()
                    made[name][0]()
                run, tokens = made[name]
                answer = {**timed(run), "tokens": tokens}
            except ImportError as error:
                answer = {"absent": error.name}
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    if len(sys.argv) not in (4, 5):
        sys.exit(__doc__)
    arguments = (sys.argv[1], int(sys.argv[2]), sys.argv[3])
    if len(sys.argv) == 5:
        getattr(Peers(*arguments), sys.argv[4])()[0]()
    else:
        main(*arguments)
