"""Configs as the core reads them, and what the core says of its parameters."""

from __future__ import annotations

import inspect
import json
import math
import os
import textwrap
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Optional, TypeVar, Union

from . import _core

#: Parameters by key, or the path of a config file, of a metadata.json or of a dataset's directory.
Config = Union[Mapping[str, Any], str, "os.PathLike[str]"]

_Function = TypeVar("_Function", bound=Callable[..., Any])


def json_text(value: Any) -> str:
    """JSON of plain values, NumPy's numbers and arrays among them."""
    return json.dumps(_plain(value))


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(key): _plain(member) for key, member in value.items()}
    if hasattr(value, "tolist"):
        value = value.tolist()
    if isinstance(value, (list, tuple, set, frozenset)):
        return [_plain(entry) for entry in value]
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)  # a word, so that the core's error can name it
    if value is None or isinstance(value, (bool, int, float, str)):
        return value
    return str(value)


def config_text(config: Optional[Config], parameters: Mapping[str, Any], preset: Optional[str] = None) -> str:
    """The JSON of a config with other parameters on top of it, and a preset under it."""
    if config is None or isinstance(config, Mapping):
        text = json_text(config or {})
    else:
        path = Path(config)
        text = (path / "metadata.json" if path.is_dir() else path).read_text(encoding="utf-8")
    if parameters:
        known = json.loads(text) if config is None or isinstance(config, Mapping) else None
        if known is None or "stream_version" in known:
            known = json.loads(_core.create(text).config())
        text = json_text({**known, **parameters})
    return text if preset is None else _core.with_preset(preset, text)


def parameters() -> list[dict[str, Any]]:
    """Each parameter of a config: key, type, default, range, help and the families that use it."""
    return json.loads(_core.parameters())


def families() -> list[dict[str, Any]]:
    """Each family of sequences: its name and what it makes."""
    return json.loads(_core.families())


def presets() -> list[dict[str, Any]]:
    """Each preset: its config, the paper that it is from and what is known about it."""
    return json.loads(_core.presets())


def measures() -> list[dict[str, Any]]:
    """Each measure of `analyze_sequences`."""
    return json.loads(_core.measures())


def formats() -> list[dict[str, Any]]:
    """Each format that `write` writes."""
    return json.loads(_core.formats())


def describe_parameters(function: _Function) -> _Function:
    """Appends every parameter to the documentation of a function or class."""
    lines = ["", "", "Parameters of a config:"]
    for entry in parameters():
        default = "" if entry.get("default") is None else f", default {json.dumps(entry['default'])}"
        lines.append(f"    {entry['key']}: {entry['type']}{default}.")
        lines += textwrap.wrap(entry["help"], 100, initial_indent=" " * 8, subsequent_indent=" " * 8)
    function.__doc__ = inspect.cleandoc(function.__doc__ or "") + "\n".join(lines) + "\n"
    return function
