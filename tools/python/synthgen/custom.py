"""Generators that are written in Python."""

from __future__ import annotations

import inspect
import json
import random
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Optional

import numpy as np

from . import _core
from .configs import Config, config_text, json_text, parameters
from .generating import Generator
from .sequences import Sequences

_SPLITS = ("train", "val", "test")


class AdjustedSequence(list):
    """The ids of a sequence; the last `padding` ids are padding."""

    padding = 0


class SequenceGenerator:
    """Base class of generators: override `generate_sequence`.

    A sequence depends on the config, the split and its index only, however many others are made before it: the draws
    of `random`, `random_integer`, `random_token` and `generate_pattern_token` are its own, and while it is made the
    global generators of `numpy.random` and `random` are seeded for it.

    Keywords that are parameters of a config become part of it; the others are its `custom_params`.
    """

    #: Whether `generate_sequence` returns labels.
    has_labels = False

    def __init__(self, vocab_size: Optional[int] = None, seq_length: Optional[int] = None, **kwargs: Any) -> None:
        given = {"vocab_size": vocab_size, "seq_length": seq_length, **kwargs}
        given = {key: value for key, value in given.items() if value is not None}
        keys = {entry["key"] for entry in parameters()}
        config = {key: value for key, value in given.items() if key in keys}
        others = {key: value for key, value in given.items() if key not in keys}
        if others:
            config["custom_params"] = {**config.get("custom_params", {}), **others}
        config["generator"] = "custom"
        self._draws: Optional[_core.Draws] = None
        self.config: dict[str, Any] = json.loads(_handle(json_text(config), self, lambda _: self)._core.config())
        self.vocab_size: int = self.config["vocab_size"]
        self.seq_length: int = self.config["seq_length"]
        self.custom_params: dict[str, Any] = self.config.get("custom_params", {})

    def generate_sequence(self) -> Any:
        """One sequence: a list of ids, or {"tokens": ids, "labels": one for each, "padding": how many at the end}."""
        raise NotImplementedError(f"{type(self).__name__} does not override generate_sequence")

    def generate_dataset(self, num_samples: int) -> Sequences:
        """The first `num_samples` sequences of the train split, noise included."""
        return self.generator().generate(num_samples)

    def generator(self) -> Generator:
        """A generator of these sequences, for datasets, ranges and splits."""
        return _handle(json_text(self.config), self, lambda _: self)

    def adjust_length(self, sequence: Any) -> AdjustedSequence:
        """The sequence cut to `seq_length`, or filled up with the config's `pad_token`."""
        adjusted = AdjustedSequence(list(sequence)[: self.seq_length])
        adjusted.padding = self.seq_length - len(adjusted)
        adjusted.extend([self.config["pad_token"]] * adjusted.padding)
        return adjusted

    @property
    def item(self) -> tuple[str, int]:
        """The split and the index of the sequence that is being made."""
        return self._active().item()

    def random(self) -> float:
        """A number from 0 up to 1."""
        return self._active().real()

    def random_integer(self, range: int) -> int:
        """An integer from 0 to range − 1."""
        if not 1 <= range < 2**32:
            raise ValueError(f"random_integer: got {range}; allowed: an integer from 1 to 4294967295")
        return self._active().integer(range)

    def random_token(self) -> int:
        """A token of the config's `vocab_distribution`."""
        return self._active().token()

    def random_length(self) -> int:
        """The length that `length_variation` gives this sequence."""
        return self._active().length()

    def generate_pattern_token(self, position: int) -> int:
        """The token at a position of patterns laid end to end."""
        if not 0 <= position < 2**27:
            raise ValueError(f"generate_pattern_token: got {position}; allowed: a position from 0 to 134217727")
        return self._active().pattern_token(position)

    def _active(self) -> _core.Draws:
        if self._draws is None:
            raise ValueError("draws can only be made inside generate_sequence")
        return self._draws

    def _make(self, draws: _core.Draws) -> _core.CustomSequence:
        self._draws = draws
        try:
            with _seeded(self.config["seed"], *draws.item()):
                made = self.generate_sequence()
        finally:
            self._draws = None
        fields = made if isinstance(made, Mapping) else {"tokens": made}
        tokens = fields["tokens"]
        padding = fields.get("padding", getattr(tokens, "padding", 0))
        sequence = _core.CustomSequence(_integers(tokens, "tokens"), padding)
        if fields.get("labels") is not None:
            sequence.labels = _integers(fields["labels"], "labels")
        return sequence


def custom_generator(
    kind: type[SequenceGenerator], config: Optional[Config] = None, **parameters: Any
) -> Generator:
    """A generator of a class, which is made once for the config and once for each split that overrides some of it."""

    def make(text: str) -> SequenceGenerator:
        known = json.loads(text)
        own = known.pop("custom_params", {})
        return kind(**{key: value for key, value in known.items() if key not in ("generator", "splits")}, **own)

    return _handle(config_text(config, {**parameters, "generator": "custom"}), kind, make)


def _handle(text: str, source: Any, make: Callable[[str], SequenceGenerator]) -> Generator:
    kind = source if isinstance(source, type) else type(source)

    def parts(config: str) -> tuple[Callable[..., Any], bool]:
        made = make(config)
        return made._make, bool(made.has_labels)

    generator = Generator.__new__(Generator)
    generator._core = _core.create_custom(text, parts, kind.__name__, _source_of(kind))
    generator._threads = 1  # the interpreter runs one at a time
    return generator


def _source_of(kind: type) -> str:
    try:
        return inspect.getsource(kind)
    except (OSError, TypeError):
        return ""


@contextmanager
def _seeded(seed: int, split: str, index: int) -> Iterator[None]:
    """The global generators in a state that the item determines; afterwards as they were."""
    words = np.random.SeedSequence([seed, _SPLITS.index(split), index]).generate_state(4)
    states = np.random.get_state(), random.getstate()
    np.random.seed(words)
    random.seed(words.tobytes())
    try:
        yield
    finally:
        np.random.set_state(states[0])
        random.setstate(states[1])


def _integers(values: Any, name: str) -> list[int]:
    numbers = np.asarray(values)
    if numbers.ndim != 1 or (numbers.size and numbers.dtype.kind not in "iu"):
        raise ValueError(f"{name}: {numbers.dtype} of shape {numbers.shape}; allowed: a list of integers")
    return numbers.tolist()
