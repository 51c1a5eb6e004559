"""Sequences, truth, laws and files of a config."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any, Optional

import numpy as np

from . import _core
from .configs import Config, config_text, describe_parameters, json_text
from .sequences import Sequences


@describe_parameters
class Generator:
    """Makes the sequences of one config, any number of them from anywhere.

    The functions of the package that take a config make a generator for one call; keep one where calls are many:
    its tables are made once.

    config: parameters by key, or the path of a config file or of a dataset.
    preset: a name from `presets()`, whose parameters lie under those given.
    """

    def __init__(self, config: Optional[Config] = None, *, preset: Optional[str] = None, **parameters: Any) -> None:
        self._core = _core.create(config_text(config, parameters, preset))
        self._threads: Optional[int] = None

    @property
    def config(self) -> dict[str, Any]:
        """The config with its family named."""
        return json.loads(self._core.config())

    @property
    def notes(self) -> list[str]:
        """How the config is understood: the chosen family, keys that it does not use."""
        return self._core.notes()

    def generate(
        self, count: Optional[int] = None, *, split: str = "train", first: int = 0, latents: bool = False
    ) -> Sequences:
        """The sequences first … first + count − 1 of a split; without a count those up to the split's end."""
        if count is None:
            count = max(0, self._core.count(_split(split)) - first)
        request = {"split": split, "first": first, "count": count, "latents": latents}
        return Sequences(self._core.generate(json_text(request)))

    def truth(self, split: str = "train") -> list[dict[str, Any]]:
        """What the measures of a split should be, in closed form: name, value, formula, unit, depends_on."""
        return json.loads(self._core.truth(_split(split)))

    def kinds(self, sequences: Sequences, split: str = "train") -> np.ndarray:
        """The kind of each token of sequences with latents, uint8, one after another."""
        return self._core.kinds(_split(split), sequences.batch)

    def predictor(self, split: str = "train") -> _core.Predictor:
        """The exact law of a split's next token; ValueError with the reason where the config has none."""
        return self._core.predictor(_split(split))

    def write(
        self,
        output_dir: "os.PathLike[str] | str",
        *,
        format: str = "jsonl",
        latents: bool = False,
        labels: bool = False,
        threads: int = 1,
        overwrite: bool = False,
        resume: bool = False,
        **options: Any,
    ) -> dict[str, Any]:
        """Writes the dataset as `synthgen generate` does and returns its manifest.

        format: a name from `formats()`.
        options: those of the format. `dtype` is one of its `dtypes`; `separator` an id after each sequence, or with
            `separator_first` before it; `compress`, "gzip" or "zstd", is for text. `predictive`, "bits" or "law",
            is for JSONL, NPY and safetensors; `trainer_columns` and `dataset_card` are for JSONL.
        overwrite: replace a dataset that exists. resume: continue one that was interrupted.
        """
        chosen = {"format": format, "latents": latents, "labels": labels, **options}
        run = {"output_dir": os.fspath(output_dir), "threads": self._threads or threads}
        self._core.write(json_text({**run, "overwrite": overwrite, "resume": resume, **chosen}))
        return json.loads((Path(output_dir) / "metadata.json").read_text(encoding="utf-8"))


def _split(name: str) -> _core.Split:
    """The split of that name; ValueError with those that exist for any other."""
    return _core.split(json_text(name))


@describe_parameters
def generate(
    config: Optional[Config] = None,
    *,
    split: str = "train",
    first: int = 0,
    count: Optional[int] = None,
    latents: bool = False,
    preset: Optional[str] = None,
    **parameters: Any,
) -> Sequences:
    """The sequences first … first + count − 1 of a split of a config; without a count those up to the split's end.

    config: parameters by key, or the path of a config file or of a dataset. Keywords come on top of it.
    preset: a name from `presets()`, whose parameters lie under those given.
    latents: with what the tokens do not show.
    """
    generator = Generator(config, preset=preset, **parameters)
    return generator.generate(count, split=split, first=first, latents=latents)


@describe_parameters
def truth(
    config: Optional[Config] = None, *, split: str = "train", preset: Optional[str] = None, **parameters: Any
) -> list[dict[str, Any]]:
    """What the measures of a config's split should be; see `Generator.truth`."""
    return Generator(config, preset=preset, **parameters).truth(split)


@describe_parameters
def predictor(
    config: Optional[Config] = None, *, split: str = "train", preset: Optional[str] = None, **parameters: Any
) -> _core.Predictor:
    """The exact law of the next token of a config's split; see `Generator.predictor`."""
    return Generator(config, preset=preset, **parameters).predictor(split)


@describe_parameters
def write(config: Optional[Config], output_dir: "os.PathLike[str] | str", **options: Any) -> dict[str, Any]:
    """Writes a config's dataset; see `Generator.write` for the options."""
    return Generator(config).write(output_dir, **options)


def _samples(family: str, arguments: dict[str, Any]) -> Sequences:
    others = arguments.pop("parameters")
    return Sequences(_core.generate_samples(json_text({"generator": family, **arguments, **others})))


@describe_parameters
def generate_random_sequences(
    vocab_size: int = 10000, seq_length: int = 512, num_samples: int = 1000, seed: int = 42, **parameters: Any
) -> Sequences:
    """Independent tokens. `parameters` are any others of a config."""
    return _samples("random", locals())


@describe_parameters
def generate_pattern_sequences(
    vocab_size: int = 10000, seq_length: int = 512, num_samples: int = 1000, seed: int = 42, **parameters: Any
) -> Sequences:
    """Sequences with patterns in them: `pattern_types`, `pattern_probability` and any other parameters."""
    return _samples("pattern", locals())


@describe_parameters
def generate_hierarchical_sequences(
    vocab_size: int = 10000, seq_length: int = 512, num_samples: int = 1000, seed: int = 42, **parameters: Any
) -> Sequences:
    """Sequences with structure at several levels: `hierarchy_levels`, `structure_probability` and any others."""
    return _samples("hierarchical", locals())


@describe_parameters
def generate_conditional_sequences(
    vocab_size: int = 10000, seq_length: int = 512, num_samples: int = 1000, seed: int = 42, **parameters: Any
) -> Sequences:
    """Sequences steered by their first token: `num_conditions`, `condition_strength` and any others."""
    return _samples("conditional", locals())
