"""Sequences and their measures inside a notebook."""

from __future__ import annotations

import base64
import html
import json
import struct
import zlib
from importlib import resources
from typing import Any, Optional
from urllib.parse import urlencode

import numpy as np

from . import _core
from .configs import Config, parameters
from .generating import Generator
from .measuring import analyze_sequences

#: The colour of each kind of token, as in the playground's light theme (web/src/theme/kinds.css).
COLORS = {
    "fresh": "#c3cad6",
    "repetition": "#0072b2",
    "alternation": "#e69f00",
    "progression": "#009e73",
    "reversal": "#cc79a7",
    "key": "#3a6ea5",
    "value": "#8fb8de",
    "query": "#b8860b",
    "answer": "#b03a5b",
    "state": "#31688e",
    "transition": "#26828e",
    "noise": "#d55e00",
    "condition": "#1a2030",
    "successor": "#31688e",
    "band": "#a9c2cf",
    "fixed": "#117a8b",
    "custom": "#6f7ec4",
    "padding": "#eef0f4",
}

_REPORT_PLACE = '"SYNTHGEN_REPORT_DATA"'


class View:
    """Sequences of a config as a notebook shows them: HTML that needs no network."""

    def __init__(self, generator: Generator, split: str, first: int, count: int, playground: Optional[str]) -> None:
        sequences = generator.generate(count, split=split, first=first, latents=True)
        self.title = f"{generator.config['generator']}: {split} {first} to {first + count - 1}"
        #: What `analyze_sequences` says of them.
        self.report = analyze_sequences(sequences)
        #: What the measures should be.
        self.truth = generator.truth(split)
        kinds = generator.kinds(sequences, split)
        rows = [kinds[int(a) : int(b)] for a, b in zip(sequences.offsets, sequences.offsets[1:])]
        self._names = json.loads(_core.token_kinds())
        self._shown = [name for i, name in enumerate(self._names) if (kinds == i).any()]
        self._png = _png(rows, np.array([_rgb(COLORS[name]) for name in self._names] + [(255, 255, 255)], np.uint8))
        self._link = playground and f"{playground}#{_hash_of(generator.config)}"

    def _repr_html_(self) -> str:
        swatch = '<span style="display:inline-block;width:.8em;height:.8em;background:{}"></span> {}'
        legend = " &nbsp; ".join(swatch.format(COLORS[name], name) for name in self._shown)
        picture = base64.b64encode(self._png).decode()
        parts = [
            f"<figure style='margin:0'><figcaption>{html.escape(self.title)}</figcaption>",
            f"<img alt='A row for each sequence, a pixel for each token, coloured by its kind' "
            f"style='image-rendering:pixelated;width:100%' src='data:image/png;base64,{picture}'>",
            f"<div>{legend}</div></figure>",
            self._report(),
        ]
        if self._link:
            parts.append(f"<a href='{html.escape(self._link)}' target='_blank'>Open in the playground</a>")
        return "\n".join(parts)

    def _report(self) -> str:
        """The page of `synthgen analyze --html` in a frame; a plain table where the package was built without it."""
        page = resources.files(__package__).joinpath("report.html")
        if not page.is_file():
            return self._table()
        expected = {entry["name"]: entry for entry in self.truth}
        data = {
            "files": [self.title],
            "version": _core.version,
            "measures": json.loads(_core.measures()),
            "report": {**self.report, "expected": expected},
        }
        text = json.dumps(data).replace("<", "\\u003c")
        document = html.escape(page.read_text(encoding="utf-8").replace(_REPORT_PLACE, text, 1))
        return f'<iframe sandbox="allow-scripts" style="width:100%;height:40em;border:0" srcdoc="{document}"></iframe>'

    def _table(self) -> str:
        """The numbers that are measured, next to those that are expected."""
        expected = {entry["name"]: f"{entry['value']:.6g}" for entry in self.truth}
        names = [name for name, value in self.report.items() if isinstance(value, (int, float))]
        rows = (
            f"<tr><th>{html.escape(name)}</th><td>{self.report[name]:.6g}</td><td>{expected.get(name, '')}</td></tr>"
            for name in names
        )
        return (
            f"<table><tr><th></th><th>measured</th><th>expected</th></tr>{''.join(rows)}</table>"
            "<p>This package was built without the charts: run <code>npm run build:report</code> before "
            "<code>pip install .</code></p>"
        )


def show(
    config: Optional[Config] = None,
    *,
    split: str = "train",
    first: int = 0,
    count: int = 64,
    preset: Optional[str] = None,
    playground: Optional[str] = "http://localhost:4173/",
    **given: Any,
) -> View:
    """Shows sequences of a config in a notebook: a raster coloured by structure, the measures and what is expected.

    given: parameters of the config.
    playground: the address of the playground to link to, by default that of `npm start`; None: no link.
    """
    return View(Generator(config, preset=preset, **given), split, first, count, playground)


def _hash_of(config: dict[str, Any]) -> str:
    """A config in a link of the playground: lists of words and integers with commas, the rest as JSON."""
    types = {entry["key"]: entry["type"] for entry in parameters()}

    def text(key: str, value: Any) -> str:
        if types[key] in ("words", "integers"):
            return ",".join(map(str, value))
        return value if isinstance(value, str) else json.dumps(value, separators=(",", ":"))

    return urlencode({key: text(key, value) for key, value in config.items()})


def _rgb(color: str) -> tuple[int, ...]:
    return tuple(bytes.fromhex(color[1:]))


def _png(rows: list[np.ndarray], palette: np.ndarray) -> bytes:
    """An image with a pixel for each entry, of the palette's last colour where a row has ended."""
    picture = np.full((max(1, len(rows)), max([1, *map(len, rows)])), len(palette) - 1, np.uint8)
    for line, row in zip(picture, rows):
        line[: len(row)] = row
    lines = np.insert(picture, 0, 0, axis=1).tobytes()  # each line begins with the number of its filter, none

    def chunk(kind: bytes, content: bytes) -> bytes:
        check = zlib.crc32(kind + content)
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", check)

    head = struct.pack(">IIBBBBB", picture.shape[1], picture.shape[0], 8, 3, 0, 0, 0)
    chunks = [(b"IHDR", head), (b"PLTE", palette.tobytes()), (b"IDAT", zlib.compress(lines)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(*entry) for entry in chunks)
