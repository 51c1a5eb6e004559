"""The formulas of the measures, written in Python as plainly as their definitions."""

import math
from collections import Counter
from statistics import fmean

try:
    import numpy

    mean, log2 = numpy.mean, numpy.log2
except ImportError:
    mean, log2 = fmean, math.log2


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
