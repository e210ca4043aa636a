"""Images: what the engine would stop at is told before it, and what it can set is not."""

from __future__ import annotations

import io
import struct
import zlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfWriter

from synopse.project.images import flaw_of


def chunk(kind: bytes, body: bytes, damage: int = 0) -> bytes:
    """A part of a PNG: its length, kind, body and check sum."""
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body) ^ damage)


def png(width: int = 3, height: int = 2, depth: int = 8, colour: int = 2, interlace: int = 0, more: bytes = b"",
        missing: int = 0, damage: int = 0) -> bytes:  # fmt: skip
    """A PNG of zeros, which may lack bytes at the end of its pixels or have wrong check sums."""
    samples = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}.get(colour, 1)
    if interlace:
        steps = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2))
        rows = [len(range(left, width, right)) for left, top, right, down in steps for _ in range(top, height, down)]
    else:
        rows = [width] * height
    pixels = b"".join(bytes(1 + (across * samples * depth + 7) // 8) for across in rows if across)
    head = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, interlace)
    palette = chunk(b"PLTE", bytes(6)) if colour == 3 else b""
    body = zlib.compress(pixels[: len(pixels) - missing])
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + more
        + palette
        + chunk(b"IDAT", body, damage)
        + chunk(b"IEND", b"")
    )


def pdf(width: float = 100, height: float = 100, pages: int = 1, password: str = "") -> bytes:
    """A PDF of blank pages."""
    writer, stream = PdfWriter(), io.BytesIO()
    for _ in range(pages):
        writer.add_blank_page(width, height)
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    writer.write(stream)
    return stream.getvalue()


def jpeg(width: int = 4, height: int = 4, frame: int = 0xC0, end: bytes = b"\xff\xd9") -> bytes:
    """The markers of a JPEG, without a picture in it."""
    size = struct.pack(">BHH", 8, height, width) + b"\x01\x01\x11\x00"
    return (
        b"\xff\xd8\xff\xe0\0\x10JFIF\0\1\1\1\0\x48\0\x48\0\0"
        + bytes((0xFF, frame, 0, 11))
        + size
        + b"\xff\xda\0\x08\x01\x01\0\0\x3f\0\x12"
        + end
    )


SOUND = {
    ".png": [png(), png(depth=16), png(colour=0, depth=1), png(colour=3, depth=4), png(colour=6), png(interlace=1),
             png(interlace=1, width=1, height=1), png() + b"trailing", png(more=chunk(b"pHYs", struct.pack(">IIB", 0, 0, 1)))],
    ".pdf": [pdf(), pdf() + b"\n", pdf(pages=3)],
    ".jpg": [jpeg(), jpeg(frame=0xC2), jpeg(end=b"\xff\xd9 trailing")],
    ".jpeg": [jpeg()],
}  # fmt: skip
BROKEN = {
    ".png": [b"", b"\x89PNG", png()[:20], png()[:-4], png()[:-12], png(missing=1), png(damage=1), png(width=0), png(depth=3),
             png(colour=5), png(interlace=2), png(width=17000, colour=0), jpeg(), b"text", png().replace(b"IDAT", b"IDXT"),
             png(colour=3).replace(b"PLTE", b"plte")],
    ".pdf": [b"%PDF-1.5\n", pdf()[:-30], pdf()[:200], pdf(pages=0), pdf(0, 0), pdf(20000, 10), pdf(password="x"), b"\n" + pdf(),
             pdf() + b"\njunk", png()],
    ".jpg": [b"\xff\xd8", jpeg()[:20], jpeg(height=0), jpeg(frame=0xC3), jpeg(frame=0xC9), jpeg(width=20000), b"\xff\xd8 text"],
    ".svg": [b"<svg/>", b"<?xml version='1.0'?><svg/>"],
    ".webp": [b"RIFF....WEBP"],
    "": [png()],
}  # fmt: skip


@pytest.mark.parametrize(("suffix", "data"), [(suffix, data) for suffix, datas in SOUND.items() for data in datas])
def test_a_sound_image_has_no_flaw(suffix: str, data: bytes) -> None:
    assert flaw_of(data, suffix) is None


@pytest.mark.parametrize(("suffix", "data"), [(suffix, data) for suffix, datas in BROKEN.items() for data in datas])
def test_what_the_engine_cannot_read_is_a_flaw(suffix: str, data: bytes) -> None:
    flaw = flaw_of(data, suffix)
    assert flaw is not None and flaw.fatal


def test_a_jpeg_that_was_cut_off_is_set_and_told() -> None:
    flaw = flaw_of(jpeg(end=b""), ".jpg")
    assert flaw is not None and not flaw.fatal


def test_an_image_under_the_name_of_another_kind_is_told_as_what_it_is() -> None:
    flaw = flaw_of(jpeg(), ".png")
    assert flaw is not None and "JPEG" in flaw.what and flaw.hint == "call it .jpg"


def test_a_large_image_that_says_its_resolution_can_be_set() -> None:
    dots = chunk(b"pHYs", struct.pack(">IIB", 11811, 11811, 1))
    assert flaw_of(png(width=17000, height=1, colour=0, more=dots), ".png") is None


@given(st.binary(max_size=80), st.sampled_from([".png", ".jpg", ".pdf"]), st.integers(0, 60))
@settings(max_examples=400, deadline=None)
def test_no_bytes_raise(noise: bytes, suffix: str, at: int) -> None:
    sound = SOUND[suffix][0]
    flaw_of(noise, suffix)
    flaw_of(sound[:at] + noise + sound[at:], suffix)
    flaw_of(sound[: at + 8], suffix)


CASES = [(suffix, data) for group in (SOUND, BROKEN) for suffix, datas in group.items() for data in datas]


@pytest.mark.slow
def test_the_engine_sets_what_has_no_flaw(tmp_path: Path) -> None:
    """All images in which no flaw is found, in one run: it ends without an error."""
    import subprocess

    kept = [(suffix, data) for suffix, data in CASES if suffix != ".jpg" and flaw_of(data, suffix) is None]
    lines = []
    for number, (suffix, data) in enumerate(kept):
        (tmp_path / f"i{number}{suffix}").write_bytes(data)
        lines.append(
            f"\\includegraphics[width=\\linewidth,height=.6\\textheight,keepaspectratio]{{i{number}{suffix}}}\n"
        )
    body = "\\documentclass{article}\\usepackage{graphicx}\\begin{document}\n" + "\n".join(lines) + "\\end{document}\n"
    (tmp_path / "all.tex").write_text(body)
    command = ["lualatex", "-interaction=nonstopmode", "-halt-on-error", "all.tex"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False, timeout=60)
    assert done.returncode == 0, done.stdout[-2000:]
    assert len(kept) > 12
