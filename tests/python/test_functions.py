"""The functions that generate, measure, validate and sort agree with plain Python formulas."""

from collections import Counter

import numpy as np
import pytest

import synthgen


@pytest.fixture(scope="module")
def data():
    return synthgen.generate_pattern_sequences(
        vocab_size=20,
        seq_length=30,
        num_samples=200,
        pattern_types=["repetition", "alternation", "progression"],
        pattern_probability=0.5,
        seed=42,
        length_variation=0.3,
    )


def test_generators_take_arguments_by_name():
    random = synthgen.generate_random_sequences(vocab_size=1000, seq_length=128, num_samples=50, seed=42)
    assert random.tokens.shape == (50, 128)
    assert np.array_equal(random.tokens, synthgen.generate(generator="random", vocab_size=1000, seq_length=128, count=50).tokens)
    levels = synthgen.generate_hierarchical_sequences(
        vocab_size=1000, seq_length=512, num_samples=20, hierarchy_levels=3, structure_probability=0.5, seed=42
    )
    assert levels.tokens.shape == (20, 512)
    steered = synthgen.generate_conditional_sequences(
        vocab_size=1000, seq_length=256, num_samples=15, num_conditions=10, condition_strength=0.8, seed=42
    )
    assert set(steered.tokens[:, 0].tolist()) <= set(range(10))
    with pytest.raises(ValueError, match="num_samples: got -1"):
        synthgen.generate_random_sequences(num_samples=-1)


def test_statistics_agree_with_their_formulas(data):
    sequences = [row.tolist() for row in data]
    report = synthgen.analyze_sequences(data)
    assert report["num_sequences"] == len(sequences)
    assert report["avg_length"] == pytest.approx(np.mean([len(s) for s in sequences]), abs=1e-12)
    assert report["vocab_usage"] == len({token for s in sequences for token in s})
    assert synthgen.analyze_dataset(sequences) == report


def test_patterns_are_the_commonest_runs(data):
    counts = Counter(tuple(s[i : i + 3]) for s in (row.tolist() for row in data) for i in range(len(s) - 2))
    expected = sorted(counts.items(), key=lambda entry: (-entry[1], entry[0]))[:10]
    assert synthgen.detect_patterns(data) == expected
    assert len(synthgen.detect_patterns(data, min_length=5)[0][0]) == 5


def test_coherence_agrees_with_its_formulas(data):
    sequences = [row.tolist() for row in data]
    local = np.mean([np.mean([a == b for a, b in zip(s, s[1:])]) for s in sequences])
    whole = np.mean([max(Counter(s).values()) / len(s) for s in sequences])
    metrics = synthgen.measure_coherence(data)
    assert metrics["local_coherence"] == pytest.approx(local, abs=1e-12)
    assert metrics["global_coherence"] == pytest.approx(whole, abs=1e-12)


def test_quality_agrees_with_its_formulas(data):
    sequences = [row.tolist() for row in data]

    def entropy(sequence):
        return -sum(n / len(sequence) * np.log2(n / len(sequence)) for n in Counter(sequence).values())

    metrics = synthgen.compute_quality_metrics(data)
    assert metrics["sequence_diversity"] == len({tuple(s) for s in sequences}) / len(sequences)
    assert metrics["token_diversity"] == len({token for s in sequences for token in s})
    assert metrics["average_entropy"] == pytest.approx(np.mean([entropy(s) for s in sequences]), abs=1e-9)
    assert metrics["pattern_ratio"] == np.mean([synthgen.has_pattern(s) for s in sequences])
    assert synthgen.compute_entropy(sequences[0]) == pytest.approx(entropy(sequences[0]), abs=1e-12)
    assert synthgen.has_pattern([1, 2, 3, 4, 5, 6, 7]) and not synthgen.has_pattern([5, 1, 9])


def test_validation_lists_what_is_wrong():
    config = {"vocab_size": 10, "min_length": 2, "max_length": 3, "seed": 42}
    assert synthgen.validate_synthetic_data([[1, 2], [3, 4, 5]], config) == []
    issues = synthgen.validate_synthetic_data([[1], [1, 2, 3, 4], [10, 2], [-1, 2], []], config)
    kinds = {issue.split(":")[0] for issue in issues}
    assert kinds == {"too_short", "too_long", "id_too_large", "negative_id", "empty"}
    assert any("sequence 4" in issue for issue in issues if issue.startswith("negative_id"))
    with pytest.raises(ValueError, match="min_lenght"):
        synthgen.validate_synthetic_data([[1]], {"min_lenght": 1})


def test_a_curriculum_has_the_given_stages(data):
    stages = {
        "stage1": {"min_complexity": 0.0, "max_complexity": 0.3, "max_length": 8},
        "stage2": {"min_complexity": 0.2, "max_complexity": 1.0, "max_length": 16},
    }
    made = synthgen.create_curriculum_data(data, stages)
    assert list(made) == ["stage1", "stage2"]
    assert len(made["stage1"]) > 0 and max(len(row) for row in made["stage1"]) == 8
    hard = synthgen.filter_by_complexity(data, 0.5, 1.0)
    assert 0 < len(hard) < len(data)
    assert max(map(len, synthgen.adjust_sequence_lengths(hard, 5))) == 5
    with pytest.raises(ValueError, match="stage1.max_length"):
        synthgen.create_curriculum_data(data, {"stage1": {**stages["stage1"], "max_length": 0}})


@pytest.mark.parametrize(
    ("sequences", "message"),
    [
        ([[1], [2, -1]], "sequence 1: token 1: got -1; allowed: an id from 0 to 4294967295"),
        ([[1.5]], "sequence 0: float64"),
        ([[2**32]], "sequence 0: token 0: got 4294967296"),
    ],
)
def test_what_is_no_id_is_named_by_its_place(sequences, message):
    with pytest.raises(ValueError, match=message):
        synthgen.analyze_sequences(sequences)


def test_tables_and_lists_measure_alike():
    table = np.array([[1, 2, 3], [3, 2, 1]])
    assert synthgen.analyze_sequences(table) == synthgen.analyze_sequences(table.tolist())
    assert synthgen.analyze_sequences([])["num_sequences"] == 0
