#!/usr/bin/env python3
"""Compares the speed of `synthgen analyze FILE` with the measures' formulas written in Python.

    seed_formulas.py PROGRAM [SEQUENCES]

The program's time is that of the whole process, including reading the file, with one thread and
with all. Python's time is that of the formulas alone, on the file's first sequences in memory.
"""

import json
import math
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from statistics import fmean

try:
    import numpy

    mean, log2, means = numpy.mean, numpy.log2, "numpy"
except ImportError:
    mean, log2, means = fmean, math.log2, "the standard library, without numpy"

LENGTH = 512
SAMPLE = 400
LEAST_RATIO = 80


def common_ngrams(sequences, n=3):
    patterns = Counter()
    for sequence in sequences:
        for i in range(len(sequence) - n + 1):
            patterns[tuple(sequence[i : i + n])] += 1
    return patterns.most_common(10)


def statistics(sequences):
    return {
        "num_sequences": len(sequences),
        "avg_length": mean([len(sequence) for sequence in sequences]),
        "vocab_usage": len({token for sequence in sequences for token in sequence}),
        "token_distribution": Counter(token for sequence in sequences for token in sequence),
        "pattern_detection": common_ngrams(sequences),
    }


def coherence(sequences):
    local = []
    for sequence in sequences:
        local.append(
            mean([1 if sequence[i] == sequence[i + 1] else 0 for i in range(len(sequence) - 1)])
        )
    largest = [max(Counter(sequence).values()) / len(sequence) for sequence in sequences]
    return {"local_coherence": mean(local), "global_coherence": mean(largest)}


def entropy(sequence):
    bits = 0
    for count in Counter(sequence).values():
        share = count / len(sequence)
        bits -= share * log2(share)
    return bits


def quality(sequences):
    return {
        "sequence_diversity": len({tuple(sequence) for sequence in sequences}) / len(sequences),
        "token_diversity": len(set([token for sequence in sequences for token in sequence])),
        "average_entropy": mean([entropy(sequence) for sequence in sequences]),
    }


def best_of(times, work):
    best = math.inf
    for _ in range(times):
        start = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - start)
    return best


def main(program, sequences):
    with tempfile.TemporaryDirectory() as folder:
        data = os.path.join(folder, "data")
        generate = [program, "generate", "--quiet", "--output-dir", data, "--num-val", "0"]
        subprocess.run(
            [*generate, "--num-train", str(sequences), "--seq-length", str(LENGTH)], check=True
        )
        path = os.path.join(data, "train.jsonl")
        with open(path, encoding="utf-8") as lines:
            sample = [json.loads(line)["input_ids"] for _, line in zip(range(SAMPLE), lines)]
        formulas = (statistics, coherence, quality)
        python_ns = best_of(3, lambda: [measure(sample) for measure in formulas])
        python_ns *= 1e9 / (len(sample) * LENGTH)
        print(f"the formulas in Python ({means}): {python_ns:.0f} ns/token")
        for threads in (1, os.cpu_count() or 1):
            command = [program, "analyze", "--json", "--threads", str(threads), path]
            process_ns = best_of(
                5, lambda: subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
            )
            process_ns *= 1e9 / (sequences * LENGTH)
            print(
                f"synthgen analyze train.jsonl, {threads} thread(s): {process_ns:.1f} ns/token, "
                f"{python_ns / process_ns:.0f} times as fast (at least {LEAST_RATIO} wanted)"
            )


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    main(sys.argv[1], int(sys.argv[2]) if len(sys.argv) == 3 else 50000)
