"""Generators that are written in Python."""

import json
import random

import numpy as np
import pytest

import synthgen
from synthgen import BaseDataGenerator, SequenceGenerator


class CustomDataGenerator(BaseDataGenerator):
    """Options come from kwargs and randomness from NumPy's global generator."""

    def __init__(self, vocab_size, seq_length, **kwargs):
        super().__init__(vocab_size, seq_length, **kwargs)
        self.custom_param = kwargs.get("custom_param", 0.5)

    def generate_sequence(self):
        sequence = []
        for i in range(self.seq_length):
            if np.random.random() < self.custom_param:
                token = self.generate_special_token(i)
            else:
                token = np.random.randint(0, self.vocab_size)
            sequence.append(token)
        return sequence

    def generate_special_token(self, position):
        return position % 100


def test_a_subclass_with_kwargs_makes_a_dataset():
    generator = CustomDataGenerator(vocab_size=1000, seq_length=256, custom_param=0.3)
    sequences = generator.generate_dataset(num_samples=50)
    assert len(sequences) == 50 and sequences.tokens.shape == (50, 256)
    special = np.mean(sequences.tokens == np.arange(256) % 100)
    assert 0.25 < special < 0.35
    assert generator.config["custom_params"] == {"custom_param": 0.3}


def test_a_sequence_depends_on_its_place_only_although_the_code_draws_from_global_generators():
    generator = CustomDataGenerator(vocab_size=1000, seq_length=64, custom_param=0.3).generator()
    whole = generator.generate(10)
    np.random.seed(99)
    random.seed(99)
    expected = np.random.random(), random.random()
    np.random.seed(99)
    random.seed(99)
    part = generator.generate(2, first=7)
    assert [row.tolist() for row in part] == [row.tolist() for row in whole[7:9]]
    assert (np.random.random(), random.random()) == expected  # as they would be without it
    assert generator.generate(1, split="val")[0].tolist() != whole[0].tolist()
    other = CustomDataGenerator(vocab_size=1000, seq_length=64, custom_param=0.3, seed=43).generate_dataset(1)
    assert other[0].tolist() != whole[0].tolist()


class Countdown(SequenceGenerator):
    def generate_sequence(self):
        start = self.random_integer(self.vocab_size)
        return [max(0, start - i) for i in range(self.seq_length)]


def test_its_own_draws_are_those_of_the_other_languages():
    # The output of the JavaScript example in web/guide/custom-generators.md.
    made = Countdown(vocab_size=50, seq_length=8, seed=1).generate_dataset(2)
    assert made.tokens.ravel().tolist() == [9, 8, 7, 6, 5, 4, 3, 2, 43, 42, 41, 40, 39, 38, 37, 36]


class Shorter(SequenceGenerator):
    has_labels = True

    def generate_sequence(self):
        tokens = self.adjust_length([self.random_token() for _ in range(3)])
        return {"tokens": tokens, "labels": [-100, 1, 2, *[-100] * (len(tokens) - 3)]}


def test_padding_and_labels_reach_the_data_and_the_files(tmp_path):
    generator = Shorter(vocab_size=50, seq_length=5, num_train=4, num_val=0).generator()
    made = generator.generate()
    assert made.padding.tolist() == [2] * 4 and made.lengths.tolist() == [3] * 4
    assert made.labels.tolist() == [[-100, 1, 2, -100, -100]] * 4
    manifest = generator.write(tmp_path / "data", labels=True, threads=2)
    assert manifest["files"][0]["sequences"] == 4
    record = json.loads((tmp_path / "data/train.jsonl").read_text().splitlines()[0])
    assert record["labels"][:3] == [-100, 1, 2]
    assert manifest["custom"]["name"] == "Shorter" and "source_xxh128" in manifest["custom"]


def test_a_class_is_made_once_for_each_split_that_differs():
    config = {"seq_length": 8, "vocab_size": 50, "splits": {"test": {"seq_length": 16}}}
    generator = synthgen.custom_generator(Countdown, config)
    assert generator.generate(1)[0].size == 8
    assert generator.generate(1, split="test")[0].size == 16
    with_params = synthgen.custom_generator(
        CustomDataGenerator, {"seq_length": 8, "vocab_size": 200, "custom_params": {"custom_param": 1.0}}
    )
    assert with_params.generate(1)[0].tolist() == list(range(8))


class Wrong(SequenceGenerator):
    def generate_sequence(self):
        return self.custom_params["returned"]


@pytest.mark.parametrize(
    ("returned", "message"),
    [([1.5], "float64"), ([[1]], "allowed: a list of integers"), ([50], "50"), ([-1], "-1"), ([], "0 tokens|empty|length")],
)
def test_what_a_generator_must_not_return_is_named_with_the_sequence(returned, message):
    with pytest.raises(ValueError, match=message):
        Wrong(vocab_size=50, seq_length=4, returned=returned).generate_dataset(1)


def test_failures_inside_a_generator_are_value_errors_with_the_sequence():
    class Failing(SequenceGenerator):
        def generate_sequence(self):
            if self.item == ("train", 3):
                raise RuntimeError("out of ideas")
            return [1]

    with pytest.raises(ValueError, match="3.*out of ideas"):
        Failing(vocab_size=50, seq_length=4).generate_dataset(5)
    class Interrupted(SequenceGenerator):
        def generate_sequence(self):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        Interrupted(vocab_size=50, seq_length=4).generate_dataset(5)
    with pytest.raises(ValueError, match="inside generate_sequence"):
        Countdown(vocab_size=50, seq_length=4).random()
    with pytest.raises(ValueError, match="does not override generate_sequence"):
        SequenceGenerator(vocab_size=50, seq_length=4).generate_dataset(1)
    with pytest.raises(ValueError, match="vocab_size: got 1"):
        Countdown(vocab_size=1, seq_length=4)
