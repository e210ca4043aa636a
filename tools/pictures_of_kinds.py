"""Makes the pictures of `docs/kinds.md`: a new review with the entries that the page shows in, a PNG of each out.

The review is what `synopse init` begins in English, where no language is asked for; a template of its own gives each part a page. Needs TeX and pdftoppm.

python -m tools.pictures_of_kinds
"""

from __future__ import annotations

import os
import re
import struct
import subprocess
import sys
import tempfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from synopse.commands.starter import Wish, starting_files

ROOT = Path(__file__).resolve().parent.parent
PAGE, PICTURES = ROOT / "docs/kinds.md", ROOT / "docs/images/kinds"
SHOWN = re.compile(r"^## (?P<kind>\w+)\n.*?```yaml\n(?P<entry>.*?)```", re.MULTILINE | re.DOTALL)
RESOLUTION, WHITE, MARGIN = 88, 250, 6
DIFFERS = "\ncitation:\n  date: May 2018\n  title: An example study\n"
"""What the kind `differences` has to show."""
READ_OTHERWISE = (("experiment", "survey"), ("participants: 120", "participants: 118"), ("start: 2019", "start: 2018"))
"""What the second of two readers has otherwise, for the kinds that show readings."""


def entries(page: str) -> dict[str, str]:
    """The entries of `synthesis:` that the page shows, by their kind; the heading first, so that the others stand under it."""
    found = {found["kind"]: found["entry"] for found in SHOWN.finditer(page)}
    return {"heading": found.pop("heading"), **found}


def review(shown: dict[str, str]) -> dict[str, str]:
    """The files of a review whose synthesis is those entries."""
    files = starting_files(Wish())
    report = files["sources/report.yaml"].partition("\nsynthesis:\n")[0]
    lines = "".join(re.sub(r"(?m)^", "  ", entry.strip()) + "\n" for entry in shown.values())
    files["sources/report.yaml"] = f"{report}\nsynthesis:\n{lines}"
    files["sources/fiches/example2019.yaml"] += DIFFERS
    fiches = {name: text for name, text in files.items() if name.startswith("sources/fiches/")}
    for name, text in fiches.items():
        other = text.replace(DIFFERS, "\n")
        for was, read in READ_OTHERWISE:
            other = other.replace(was, read)
        files[name.replace("fiches", "readings/ana")], files[name.replace("fiches", "readings/bo")] = text, other
    part = (ROOT / "templates/part.tex").read_text("utf-8")
    files["templates/part.tex"] = part.replace(
        "\n%% if part.groups", "\n\\clearpage\\pagestyle{empty}\n%% if part.groups", 1
    )
    return files


@dataclass(frozen=True)
class Image:
    """A picture of red, green and blue bytes, a row after the other."""

    width: int
    rows: list[bytes]


def pages(pdf: Path) -> Iterator[Image]:
    """The pages of a PDF, as pdftoppm draws them."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["pdftoppm", "-r", str(RESOLUTION), str(pdf), f"{folder}/page"], check=True)
        for path in sorted(Path(folder).iterdir()):
            _, size, _, data = path.read_bytes().split(b"\n", 3)
            width = int(size.split()[0])
            yield Image(width, [data[at : at + 3 * width] for at in range(0, len(data), 3 * width)])


def parts(drawn: Iterable[Image]) -> list[Image]:
    """The page of each part: where its table lies across a page of its own, that page."""
    found: list[Image] = []
    for image in drawn:
        found[len(found) - (image.width > len(image.rows)) :] = [image]
    return found


def cut(image: Image) -> Image:
    """The picture without its white margins."""
    inked = [row for row, data in enumerate(image.rows) if min(data) < WHITE]
    rows = image.rows[max(inked[0] - MARGIN, 0) : inked[-1] + MARGIN]
    left = min(_white(data) for data in rows) // 3 - MARGIN
    right = image.width - min(_white(data[::-1]) for data in rows) // 3 + MARGIN
    left, right = max(left, 0), min(right, image.width)
    return Image(right - left, [data[3 * left : 3 * right] for data in rows])


def _white(data: bytes) -> int:
    """How many bytes at the beginning are white."""
    found = re.search(rb"[\x00-\xf9]", data)
    return found.start() if found else len(data)


def png(image: Image) -> bytes:
    """The picture as a PNG with a palette: the colours of a page of text are few (PNG, 2nd edition, § 11.2)."""
    coarse = [bytes(min(value // 17 * 17 + 8, 255) if value < WHITE else 255 for value in data) for data in image.rows]
    palette = sorted({data[at : at + 3] for data in coarse for at in range(0, len(data), 3)})
    if len(palette) > 256:
        raise ValueError(f"{len(palette)} colours are too many for a palette")
    place = {colour: number for number, colour in enumerate(palette)}
    lines = b"".join(b"\0" + bytes(place[data[at : at + 3]] for at in range(0, len(data), 3)) for data in coarse)
    header = struct.pack(">IIBBBBB", image.width, len(image.rows), 8, 3, 0, 0, 0)
    chunks = (b"IHDR", header), (b"PLTE", b"".join(palette)), (b"IDAT", zlib.compress(lines, 9)), (b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in chunks
    )


def main() -> None:
    """Makes the review, draws its pages and writes the picture of each kind."""
    shown = entries(PAGE.read_text("utf-8"))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for file, text in review(shown).items():
            (folder / file).parent.mkdir(parents=True, exist_ok=True)
            (folder / file).write_text(text, "utf-8")
        command = [sys.executable, "-c", "import sys; from synopse.cli import main; sys.exit(main())"]
        subprocess.run(command, cwd=folder, env=os.environ | {"PYTHONPATH": str(ROOT)}, check=True)
        drawn = parts(pages(folder / "build/report.pdf"))
    PICTURES.mkdir(parents=True, exist_ok=True)
    for kind, image in zip(shown, drawn[-len(shown) - 1 : -1], strict=True):
        (PICTURES / f"{kind}.png").write_bytes(png(cut(image)))


if __name__ == "__main__":
    main()
