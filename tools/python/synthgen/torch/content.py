"""What a file is by its first bytes: a name may be wrong, and any bytes could be a stream of ids."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Optional

_START_BYTES = 1024


@dataclass(frozen=True)
class Content:
    """A kind of file, the endings of names that it belongs to, and what helps where another was expected."""

    name: str
    endings: tuple[str, ...] = ()
    hint: str = ""


_texts = (".jsonl", ".ndjson", ".txt", ".csv")
_packed = ("gzip", ".gz", b"\x1f\x8b"), ("zstd", ".zst", b"\x28\xb5\x2f\xfd")
_formats: list[tuple[Content, Callable[[bytes, int], bool]]] = [
    (Content("NPZ", (), "`synthgen convert` makes a file that is read"), lambda start, _: _begins_npz(start)),
    (Content("NPY", (".npy",)), lambda start, _: start.startswith(b"\x93NUMPY")),
    (
        Content("a ZIP, as PyTorch writes", (".pt", ".pth")),
        lambda start, _: start.startswith(b"PK\x03\x04") and start[5:6] in (b"", b"\0"),
    ),
    (Content("safetensors", (".safetensors",)), lambda start, size: _begins_safetensors(start, size)),
    (Content("a shard of llm.c", (".bin",)), lambda start, _: start.startswith(_llmc_heads)),
    (
        Content("Megatron's index", (), "the .bin next to it is read"),
        lambda start, _: start.startswith(b"MMIDIDX"),
    ),
    (Content("CSV", (".csv",)), lambda start, _: start.startswith((b"t0,t1", b"t0,l0\n", b"t0\n"))),
]
_llmc_heads = (b"\x88\xd8\x34\x01\x01\0\0\0", b"\xa1\xd9\x34\x01\x07\0\0\0")
_as_npy = "write the ids as NPY: numpy.save"
_as_jsonl = "write it as JSONL: Dataset.to_json of Hugging Face's datasets"
_foreign: list[tuple[Content, bytes]] = [
    (Content("bzip2", hint="decompress it first: bunzip2 FILE"), rb"BZh[1-9]1AY&SY"),
    (Content("xz", hint="decompress it first: unxz FILE"), rb"\xfd7zXZ\0"),
    (Content("HDF5", hint=_as_npy), rb"\x89HDF\r\n\x1a\n"),
    (Content("Parquet", hint=_as_jsonl), rb"PAR1"),
    (Content("Arrow", hint=_as_jsonl), rb"ARROW1\0\0"),
    # A message of an Arrow stream: the size of its head follows, then a table's offset.
    (Content("Arrow", hint=_as_jsonl), rb"\xff\xff\xff\xff\x10.\0\0.{17}"),
    (
        Content("a pointer of Git LFS, not the file itself", hint="git lfs pull gets it"),
        rb"(\xef\xbb\xbf)?[ \t\r\n]*version https://git-lfs\.github\.com/spec/",
    ),
    (
        Content("HTML", hint="the server sent a page in place of the file"),
        rb"(\xef\xbb\xbf)?[ \t\r\n]*<(!DOCTYPE|!doctype|html)",
    ),
]
_pickle = Content("a pickle", hint=f"{_as_npy}, or as one tensor with torch.save")
_text = Content("text")
_utf16 = Content("UTF-16 text", hint="iconv -f UTF-16 -t UTF-8 FILE makes text that is read")


def checked_ending(path: Path, known: tuple[str, ...]) -> str:
    """The ending, one of `known`, by which a file is read: from its name, or from its content if the name has
    none of them. Compressed text is read by the ending of the text inside.

    Raises ValueError where the content is surely something else than the name says.
    """
    way = next((ending for _, ending, _ in _packed if path.suffix.lower() == ending), None)
    ending = Path(path.stem).suffix if way else path.suffix
    if ending.lower() == ".json":
        raise ValueError(f"{path}: a JSON text; JSONL is read (jq -c '.[]' FILE, or `synthgen convert`)")
    if way and ending != ".csv":
        ending = ".jsonl"
    content = None
    if path.is_file():  # no pipe
        with open(path, "rb") as file:
            start = file.read(_START_BYTES)
        is_text = ending in _texts or ending not in known
        content = _content_of(start, path.stat().st_size, is_text, ending == ".bin")
        if way:
            if content is None or content.endings != (way,):
                raise _contradiction(path, content or _text)
            return ending
    if ending not in known:
        if content is not None and not content.endings:
            raise ValueError(_with_hint(f"{path}: its content is {content.name}, which is not read", content))
        ending = content.endings[0] if content else ".jsonl"
    if content is not None and ending not in content.endings or ending not in known:
        raise _contradiction(path, content or _text)
    return ending


def _contradiction(path: Path, content: Content) -> ValueError:
    return ValueError(_with_hint(f"{path}: is named {path.suffix}, but its content is {content.name}", content))


def _with_hint(message: str, content: Content) -> str:
    return f"{message}; {content.hint}" if content.hint else message


def _content_of(start: bytes, size: int, is_text: bool, is_stream: bool) -> Optional[Content]:
    """None if it is nothing that is known here. A stream of ids may begin like gzip by chance."""
    for name, ending, magic in _packed:
        if start.startswith(magic) and not (is_stream and name == "gzip" and not _is_surely_gzip(start)):
            return Content(name, (ending,))
    for content, begins in _formats:
        if begins(start, size):
            return content
    for content, pattern in _foreign:
        if re.match(pattern, start, re.DOTALL):
            return content
    if _begins_pickle(start, size):
        return _pickle
    if is_text:
        return _utf16 if _begins_utf16(start) else None
    # More of it than chance would give.
    return _text if len(start) >= 32 and re.fullmatch(rb"[ -~\r\n\t]*", start) else None


def _is_surely_gzip(start: bytes) -> bool:
    if len(start) < 10 or start[2] != 8:
        return False
    flags, speed, system = start[3], start[8], start[9]
    return flags < 0x20 and speed in (0, 2, 4) and (system <= 13 or system == 255)


def _begins_npz(start: bytes) -> bool:
    """A ZIP whose first record is an array."""
    name_bytes = int.from_bytes(start[26:28], "little")
    return start.startswith(b"PK\x03\x04") and start[30 : 30 + name_bytes].endswith(b".npy")


def _begins_safetensors(start: bytes, size: int) -> bool:
    header_bytes = int.from_bytes(start[:8], "little")
    return start[8:9] == b"{" and header_bytes <= size - 8 and not re.search(rb"[\0-\x1f]", start[8 : 8 + header_bytes])


def _begins_utf16(start: bytes) -> bool:
    """UTF-16's byte order mark, or ASCII with a zero byte after or before each character."""
    if start.startswith(b"\xfe\xff") or start.startswith(b"\xff\xfe") and start[2:4] != b"\0\0":
        return True
    checked = start[: min(len(start) & ~1, 64)]
    return len(checked) >= 16 and bool(re.fullmatch(rb"([ -~\r\n\t]\0)*|(\0[ -~\r\n\t])*", checked))


#: Opcodes of a pickle by what follows them: so many bytes, a length in so many bytes and then what it counts, or lines.
_sizes_of_arguments = {
    **dict.fromkeys(b"(.012NQR])}abdelostu\x81\x85\x86\x87\x88\x89\x8f\x90\x91\x92\x93\x94\x97\x98", 0),
    **dict.fromkeys(b"Khq\x80\x82", 1),
    **dict.fromkeys(b"M\x83", 2),
    **dict.fromkeys(b"Jjr\x84", 4),
    **dict.fromkeys(b"G\x95", 8),
}
_sizes_of_lengths = {
    **dict.fromkeys(b"UC\x8a\x8c", 1),
    **dict.fromkeys(b"TXB\x8b", 4),
    **dict.fromkeys(b"\x8d\x8e\x96", 8),
}
_lines_of_arguments = {**dict.fromkeys(b"FILPSVgp", 1), **dict.fromkeys(b"ci", 2)}


def _begins_pickle(start: bytes, size: int) -> bool:
    """Whether a file begins with a protocol number and opcodes that a pickle may have."""
    if len(start) < 4 or start[0] != 0x80 or not 2 <= start[1] <= 5:
        return False
    place = 2
    for opcodes in range(24):
        if place >= len(start):
            return len(start) < size
        opcode = start[place]
        place += 1
        if opcode == ord("."):  # torch.save wrote several pickles, one after another, before PyTorch 1.6
            return place == size or start[place : place + 1] == b"\x80"
        if opcode in _sizes_of_lengths:
            width = _sizes_of_lengths[opcode]
            length = width + int.from_bytes(start[place : place + width], "little")
        elif opcode in _sizes_of_arguments:
            length = _sizes_of_arguments[opcode]
        elif opcode in _lines_of_arguments:
            length = 0
            for _ in range(_lines_of_arguments[opcode]):
                end = start.find(b"\n", place + length)
                if end < 0:
                    return len(start) < size and opcodes > 2
                length = end + 1 - place
        else:
            return False
        if length > size - place:
            return False
        place += length
    return True
