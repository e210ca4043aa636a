"""The bytes of an image in; what is wrong with it, in words, before the engine would stop at it, out.

The engine takes PNG, JPEG and PDF. It stops at a damaged file in the middle of a pass, with a message of the library
that reads it; the rules here are those of the formats: PNG (W3C, third edition), JPEG (ITU T.81, annex B) and PDF.
"""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

IMAGE_TYPES = {".pdf": b"%PDF-", ".png": b"\x89PNG\r\n\x1a\n", ".jpg": b"\xff\xd8", ".jpeg": b"\xff\xd8"}
LARGEST = 16383.0
"""Points that a length of TeX can hold (The TeXbook, chapter 10)."""
RESOLUTION = 72
"""Dots per inch of an image that does not say."""
_NAMES = {b"%PDF-": "a PDF file", b"\x89PNG": "a PNG file", b"\xff\xd8": "a JPEG file", b"GIF8": "a GIF file",
          b"RIFF": "a WebP file", b"II*\0": "a TIFF file", b"MM\0*": "a TIFF file", b"%!PS": "a PostScript file",
          b"<?xml": "an XML file, such as SVG", b"<svg": "an SVG file", b"BM": "a bitmap file"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Flaw:
    """What is wrong with an image, and what to do. One that is not `fatal` is typeset, and may be shown in part."""

    what: str
    hint: str = "save it again from the program that made it"
    fatal: bool = True


class _Damaged(Exception):
    """The file is not what its format asks for; the first argument says what."""


def flaw_of(data: bytes, suffix: str) -> Flaw | None:
    """What is wrong with an image of this content and file suffix, in small letters; nothing where it can be set."""
    start = IMAGE_TYPES.get(suffix)
    if start is None or not data.startswith(start[:4]):
        return _other_kind(data, suffix)
    try:
        if suffix == ".png":
            return _png(data)
        return _pdf(data) if suffix == ".pdf" else _jpeg(data)
    except _Damaged as damaged:
        return Flaw(f"the file is damaged: {damaged}")


def _other_kind(data: bytes, suffix: str) -> Flaw:
    name = next((name for start, name in _NAMES.items() if data.lstrip()[: len(start)] == start), "")
    if name and suffix in IMAGE_TYPES and suffix_of(name) == suffix.replace("jpeg", "jpg"):
        return Flaw("the file is damaged: something stands before its beginning")
    if name and suffix in IMAGE_TYPES:
        taken = name in ("a PDF file", "a PNG file", "a JPEG file")
        hint = f"call it {suffix_of(name)}" if taken else "save it as PDF, PNG or JPEG"
        return Flaw(f"it is {name} under the name of another kind", hint)
    if suffix in IMAGE_TYPES:
        return Flaw("it is not a PDF, PNG or JPEG file" if data else "the file is empty")
    return Flaw("it is not a PDF, PNG or JPEG file", "save it as PDF, PNG or JPEG; a drawing is best as PDF")


def suffix_of(name: str) -> str:
    """The suffix of a kind of file."""
    return {"a PDF file": ".pdf", "a PNG file": ".png"}.get(name, ".jpg")


def _too_large(width: float, height: float) -> Flaw | None:
    """A flaw where a side, in points, is longer than TeX can measure."""
    if max(width, height) <= LARGEST:
        return None
    return Flaw(f"its {max(width, height) / 72.27:,.0f} inches are more than TeX can measure",
                "make it smaller, or let it say how many dots it has to the inch")  # fmt: skip


_DEPTHS = {0: (1, 2, 4, 8, 16), 2: (8, 16), 3: (1, 2, 4, 8), 4: (8, 16), 6: (8, 16)}
_SAMPLES = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
_ADAM7 = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2))
"""The passes of an interlaced image: first column and row, and the steps from one to the next."""


def _png(data: bytes) -> Flaw | None:
    if not data.startswith(IMAGE_TYPES[".png"]):
        raise _Damaged("its signature is not that of PNG")
    chunks = list(_chunks(data))
    if not chunks or chunks[0][0] != b"IHDR" or len(chunks[0][1]) != 13:
        raise _Damaged("it does not begin with its header")
    head = chunks[0][1]
    width, height = int.from_bytes(head[:4], "big"), int.from_bytes(head[4:8], "big")
    depth, colour, compression, filtering, interlace = head[8:13]
    if not width or not height:
        raise _Damaged("it has no width or no height")
    if depth not in _DEPTHS.get(colour, ()) or compression or filtering or interlace > 1:
        raise _Damaged("its header asks for what PNG does not have")
    kinds = [kind for kind, _ in chunks]
    if b"IDAT" not in kinds or (colour == 3 and b"PLTE" not in kinds[: kinds.index(b"IDAT")]):
        raise _Damaged("it holds no picture" if b"IDAT" not in kinds else "it has no palette")
    _check_pixels(b"".join(part for kind, part in chunks if kind == b"IDAT"),
                  _png_size(width, height, depth * _SAMPLES[colour], bool(interlace)))  # fmt: skip
    dots = next((part for kind, part in chunks if kind == b"pHYs" and len(part) == 9), None)
    per_inch = [RESOLUTION, RESOLUTION]
    if dots is not None and dots[8] == 1:
        per_inch = [round(int.from_bytes(dots[at : at + 4], "big") * 0.0254) or RESOLUTION for at in (0, 4)]
    return _too_large(width / per_inch[0] * 72.27, height / per_inch[1] * 72.27)


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 8
    while True:
        kind, length = data[at + 4 : at + 8], int.from_bytes(data[at : at + 4], "big")
        body, check = data[at + 8 : at + 8 + length], data[at + 8 + length : at + 12 + length]
        if len(check) < 4:
            raise _Damaged("it ends before its end: it may have been cut off")
        if kind[:1].isupper() and zlib.crc32(kind + body) != int.from_bytes(check, "big"):
            raise _Damaged(f"the check sum of its part {kind.decode('latin-1')} is wrong")
        yield kind, body
        if kind == b"IEND":
            return
        at += 12 + length


def _png_size(width: int, height: int, bits: int, interlaced: bool) -> int:
    """How many bytes the pixels take before they are compressed: a byte for the filter and the row, for each row."""
    if not interlaced:
        return height * (1 + (width * bits + 7) // 8)
    size = 0
    for column, row, right, down in _ADAM7:
        across, rows = -((column - width) // right), -((row - height) // down)
        size += rows * (1 + (across * bits + 7) // 8) if across > 0 and rows > 0 else 0
    return size


def _check_pixels(packed: bytes, size: int) -> None:
    """Unpacks the pixels, a block at a time, without keeping them; raises where there are too few."""
    count, unpacker = 0, zlib.decompressobj()
    try:
        while count < size and not unpacker.eof and packed:
            count += len(unpacker.decompress(packed, 1 << 20))
            packed = unpacker.unconsumed_tail
    except zlib.error:
        raise _Damaged("its pixels cannot be unpacked") from None
    if count < size:
        raise _Damaged("some of its pixels are missing: it may have been cut off")


_FRAMES = frozenset((0xC0, 0xC1, 0xC2))
"""Frames that PDF viewers decode: baseline, extended and progressive (PDF 1.7, § 7.4.8)."""
_ALL_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_ALONE = frozenset((0x01, *range(0xD0, 0xD9)))
"""Markers without a length."""


def _jpeg(data: bytes) -> Flaw | None:
    size, per_inch, at = (0, 0), RESOLUTION, 2
    while True:
        while data[at : at + 2] == b"\xff\xff":
            at += 1
        if at + 4 > len(data) or data[at] != 0xFF:
            raise _Damaged("it ends, or is unreadable, before its picture begins")
        marker, length = data[at + 1], int.from_bytes(data[at + 2 : at + 4], "big")
        if marker in _ALONE:
            at += 2
            continue
        body = data[at + 4 : at + 2 + length]
        if marker in _ALL_FRAMES:
            if marker not in _FRAMES:
                raise _Damaged("its pixels are packed in a way that PDF does not have")
            size = (int.from_bytes(body[3:5], "big"), int.from_bytes(body[1:3], "big"))
        if marker == 0xE0 and body[:5] == b"JFIF\0" and len(body) >= 12:
            per_inch = _jfif_resolution(body) or per_inch
        if marker == 0xDA:
            break
        at += 2 + length
    if not all(size):
        raise _Damaged("it has no width or no height")
    large = _too_large(size[0] / per_inch * 72.27, size[1] / per_inch * 72.27)
    if large is None and b"\xff\xd9" not in data[at:]:
        return Flaw("the file ends before its end: it may have been cut off", fatal=False)
    return large


def _jfif_resolution(body: bytes) -> int:
    dots = int.from_bytes(body[8:10], "big")
    return dots if body[7] == 1 else round(dots * 2.54) if body[7] == 2 else 0


def _pdf(data: bytes) -> Flaw | None:
    end = re.search(rb"startxref\s+(\d+)\s+%%EOF\s*\Z", data[-1500:])
    if end is None or not re.match(rb"\s*(?:xref|\d+\s+\d+\s+obj)", data[int(end[1]) : int(end[1]) + 40]):
        raise _Damaged("its table of contents is not where it should be: it may have been cut off")
    from pypdf import PdfReader
    from pypdf.errors import DependencyError

    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            return Flaw("it is locked by a password", "save it without one")
        if not reader.pages:
            raise _Damaged("it has no page")
        box = reader.pages[0].cropbox
        width, height = float(box.width), float(box.height)
    except _Damaged:
        raise
    except DependencyError:  # a cipher that is the engine's to read
        return None
    except Exception as error:  # whatever a damaged file makes the reader raise
        raise _Damaged(f"it cannot be read ({error})") from None
    if width <= 0 or height <= 0:
        raise _Damaged("its page has no width or no height")
    return _too_large(width * 72.27 / 72, height * 72.27 / 72)
