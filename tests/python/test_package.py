"""What the package has beside its functions."""

import ast
import importlib.resources
import struct
import types
import zlib

import synthgen
from synthgen import _core

from conftest import repository


def stub_names():
    text = importlib.resources.files("synthgen").joinpath("_core.pyi").read_text(encoding="utf-8")
    names = {}
    for node in ast.parse(text).body:
        if isinstance(node, ast.ClassDef):
            names[node.name] = {member.name for member in node.body if isinstance(member, ast.FunctionDef)}
        elif isinstance(node, ast.FunctionDef):
            names[node.name] = None
        elif isinstance(node, ast.AnnAssign):
            names[node.target.id] = None
    return names


def test_the_stub_has_what_the_extension_has():
    stubs = stub_names()
    assert set(stubs) == {name for name in dir(_core) if not name.startswith("__")}
    for name, members in stubs.items():
        if members is not None:
            own = {member for member in vars(getattr(_core, name)) if not member.startswith("_")}
            assert members - {"__init__"} == own, name
    assert importlib.resources.files("synthgen").joinpath("py.typed").is_file()


def test_everything_public_is_listed_and_documented():
    for name in synthgen.__all__:
        thing = getattr(synthgen, name)
        if isinstance(thing, (type, types.FunctionType)):
            assert thing.__doc__, name
    assert synthgen.__version__ in (repository / "package.json").read_text(encoding="utf-8")


def test_the_notebook_view_needs_no_network_and_shows_sequences_numbers_and_link():
    view = synthgen.show(generator="pattern", vocab_size=50, seq_length=20, length_variation=0.5, count=7, seed=3)
    html = view._repr_html_()
    assert "data:image/png;base64," in html
    assert "repetition" in html and "noise" not in html.split("<iframe")[0]
    report = importlib.resources.files("synthgen").joinpath("report.html")
    assert ("<iframe sandbox" in html) == report.is_file()
    assert ("average_entropy" in html) and ("Open in the playground" in html)
    assert "generator=pattern" in html and "seed=3" in html
    outside = html.split("<iframe")[0]
    assert "http" not in outside.replace("http://localhost:4173/", "")
    assert "Open in the playground" not in synthgen.show(CONFIG, playground=None)._repr_html_()


def test_without_the_reports_page_the_notebook_view_has_a_table_of_measured_and_expected_numbers():
    view = synthgen.show(generator="random", vocab_size=50, seq_length=20, count=7)
    expected = next(entry["value"] for entry in view.truth if entry["name"] == "average_entropy")
    row = f"<tr><th>average_entropy</th><td>{view.report['average_entropy']:.6g}</td><td>{expected:.6g}</td></tr>"
    assert row in view._table()
    assert "npm run build:report" in view._table()


CONFIG = {"vocab_size": 50, "seq_length": 4}


def test_the_pictures_pixels_are_the_kinds():
    view = synthgen.show(generator="pattern", vocab_size=50, seq_length=20, count=3, pattern_probability=1.0)
    png, chunks, at = view._png, {}, 8
    while at < len(png):
        size, kind = struct.unpack(">I4s", png[at : at + 8])
        chunks[kind] = png[at + 8 : at + 8 + size]
        assert struct.unpack(">I", png[at + 8 + size : at + 12 + size])[0] == zlib.crc32(png[at + 4 : at + 8 + size])
        at += 12 + size
    assert struct.unpack(">II", chunks[b"IHDR"][:8]) == (20, 3)
    lines = zlib.decompress(chunks[b"IDAT"])
    pixels = [lines[row * 21 + 1 : (row + 1) * 21] for row in range(3)]
    made = synthgen.generate(generator="pattern", vocab_size=50, seq_length=20, count=3, pattern_probability=1.0, latents=True)
    names = view._names
    for row, latents in zip(pixels, made.latents):
        for span in latents["spans"]:
            place = slice(span["start"], span["start"] + span["length"])
            assert set(row[place]) == {names.index(span["kind"])}
