"""What sequences measure. Each function takes `Sequences`, a table of ids or any lists of ids."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Optional

from . import _core
from .configs import json_text, parameters
from .sequences import Sequences, batch_of, ids_of


def analyze_sequences(sequences: Any, **options: Any) -> dict[str, Any]:
    """Measures sequences.

    Options: `measures` (names from `measures()`), `ngram`, `top`, `per_sequence`, and `vocab_size`, which
    complexities are normalised with.
    """
    return json.loads(_core.analyze(batch_of(sequences), json_text(options)))


analyze_dataset = analyze_sequences


def detect_patterns(sequences: Any, min_length: int = 3) -> list[tuple[tuple[int, ...], int]]:
    """The 10 most common runs of `min_length` ids, with how often each occurs."""
    report = analyze_sequences(sequences, measures=["ngrams"], ngram=min_length)
    return [(tuple(entry["pattern"]), entry["count"]) for entry in report["pattern_detection"]]


def measure_coherence(sequences: Any) -> dict[str, Optional[float]]:
    """`local_coherence`, the share of equal neighbours, and `global_coherence`, that of the commonest id."""
    report = analyze_sequences(sequences, measures=["coherence"])
    return {name: report[name] for name in ("local_coherence", "global_coherence")}


def compute_quality_metrics(sequences: Any) -> dict[str, Any]:
    """`sequence_diversity`, `token_diversity`, `average_entropy` (bits) and `pattern_ratio`."""
    report = analyze_sequences(sequences)
    names = ("sequence_diversity", "token_diversity", "average_entropy", "pattern_ratio")
    return {name: report[name] for name in names}


def compute_entropy(sequence: Any) -> float:
    """The entropy of a sequence's token counts in bits."""
    return analyze_sequences([ids_of(sequence)], measures=["average_entropy"])["average_entropy"] or 0.0


def has_pattern(sequence: Any) -> bool:
    """Whether at least 6 tokens in a row are a repetition, an alternation, a progression or a reversal."""
    return analyze_sequences([ids_of(sequence)], measures=["pattern_ratio"])["pattern_ratio"] == 1


def validate_synthetic_data(sequences: Any, config: Optional[Mapping[str, Any]] = None) -> list[str]:
    """What is wrong with sequences, one entry for each kind of fault; empty if nothing is.

    config: `vocab_size`, `min_length`, `max_length` and `allow_duplicates`; other parameters are ignored.
    """
    ignored = {entry["key"] for entry in parameters()} - {"vocab_size"}
    options = json_text({key: value for key, value in (config or {}).items() if key not in ignored})
    try:
        found = _core.validate(batch_of(sequences), options)
    except ValueError:
        # What is no id at all becomes a fault with its place, too.
        lines = "".join(json_text({"input_ids": sequence}) + "\n" for sequence in sequences)
        found = _core.validate_lines(lines, options)
    firsts = [(fault["kind"], fault["count"], fault["first"][0]) for fault in json.loads(found)["faults"]]
    return [f"{kind}: {count}, first in sequence {at['line']}: {at['message']}" for kind, count, at in firsts]


def create_curriculum_data(
    base_sequences: Any, stages: Mapping[str, Mapping[str, Any]], **options: Any
) -> dict[str, Sequences]:
    """The sequences of each stage, {"min_complexity", "max_complexity", "max_length"}, by its name.

    Options: `complexity` ("entropy" or "lz"), `complexity_scale` ("quantile" or "raw") and `vocab_size`.
    """
    made = _core.curriculum(batch_of(base_sequences), json_text(stages), json_text(options))
    return {stage.name: Sequences(stage.sequences) for stage in made}


def filter_by_complexity(sequences: Any, min_complexity: float, max_complexity: float, **options: Any) -> Sequences:
    """The sequences whose complexity is in a range, its ends included."""
    stage = {"min_complexity": min_complexity, "max_complexity": max_complexity, "max_length": 2**53 - 1}
    return create_curriculum_data(sequences, {"filter": stage}, **options)["filter"]


def adjust_sequence_lengths(sequences: Any, max_length: int) -> Sequences:
    """Sequences cut to at most `max_length` tokens."""
    if max_length < 1:
        raise ValueError(f"max_length: got {max_length}; allowed: an integer from 1 up")
    return Sequences(batch_of(sequences).cut(max_length))
