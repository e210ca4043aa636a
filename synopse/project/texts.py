"""Every text of a project, parsed once: its blocks, with images brought to where LaTeX finds them, and its mistakes."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from synopse.diagnostics import Diagnostic, Severity, Span, problem
from synopse.ground.files import as_named, reason
from synopse.ground.notes import note
from synopse.ground.review import Review
from synopse.markup.grammar import Mode
from synopse.markup.keys import KnownKeys
from synopse.markup.parse import parse
from synopse.markup.tree import Block, Cite, CitedKey, Figure, Image, Inline, Text, mapped_blocks, walk, walk_blocks
from synopse.project.images import flaw_of
from synopse.read.tree import Scalar

Read = tuple[tuple[Block, ...], list[Diagnostic]]


class Texts:
    """Parses texts on demand and remembers them, for each file, by place and words."""

    def __init__(self, root: Path, lang: str, keys: KnownKeys | None = None) -> None:
        """`keys` are those of the library that can only be read by knowing them."""
        self.root, self.lang, self.keys = root, lang, keys or KnownKeys()
        self.known: dict[str, dict[tuple[Span, str, Mode, str], Read]] = {}
        self.images: dict[str, Path] = {}

    def blocks(self, text: Scalar, mode: Mode = "text") -> tuple[Block, ...]:
        """The blocks of a text of a fiche or of the report."""
        return self.read(text, mode)[0]

    def chapter(self, text: Scalar) -> tuple[Block, ...]:
        """The blocks of a chapter, in which `#` begins a heading."""
        return self.read(text, "chapter")[0]

    def read(self, text: Scalar, mode: Mode = "text", lang: str = "") -> Read:
        """The blocks of a text, and what is wrong in it; with the quotes of `lang`, if it is not in the report's language."""
        note(*(("keys", "images") if "![" in text.text else ("keys",)))
        known = self.known.setdefault(text.span.file, {})
        key = (text.span, text.text, mode, lang)
        if key not in known:
            blocks, found = parse(text, lang or self.lang, mode, self.keys)
            known[key] = (self._with_images(blocks, text, found), found)
        return known[key]

    def forget(self, file: str) -> None:
        """Forgets the texts of a file that is read anew."""
        self.known.pop(file, None)

    def _with_images(self, blocks: tuple[Block, ...], text: Scalar, found: list[Diagnostic]) -> tuple[Block, ...]:
        if "![" not in text.text:
            return blocks
        for image in _within_lines(blocks):
            at = max(text.text.find(image.path), 0)
            message = f'the picture "{image.path}" stands within a line, or in a cell: its caption is not printed'
            found.append(
                problem("inline-caption", message, text.place(at, at + len(image.path)), "give it a line of its own")
            )

        def place(inline: Inline) -> tuple[Inline, ...]:
            if not isinstance(inline, Image):
                return (inline,)
            at = max(text.text.find(inline.path), 0)
            span = text.place(at, at + max(1, len(inline.path)))
            wrong = self._wrong_image(inline.path, span)
            if wrong:
                found.append(wrong)
            if wrong and wrong.severity is Severity.ERROR:
                return (Text(inline.alt),)
            source = as_named(Review(self.root).sources / inline.path)
            suffix = source.suffix.lower()
            name = image_name(source.read_bytes(), suffix)
            self.images[name] = source
            return (replace(inline, path=name),)

        return mapped_blocks(blocks, place)

    def _wrong_image(self, path: str, span: Span) -> Diagnostic | None:
        folder = Review(self.root).sources.resolve()
        source = as_named(folder / path).resolve()
        if not source.is_relative_to(folder):
            return problem("image-outside", f'the image "{path}" is not under sources/', span)
        if not source.is_file():
            return problem("image-missing", f'the image "sources/{path}" is not there', span)
        try:
            flaw = flaw_of(source.read_bytes(), source.suffix.lower())
        except OSError as error:
            message = f'the image "sources/{path}" cannot be read: {reason(error)}'
            return problem("image-missing", message, span)
        if flaw is None:
            return None
        code = "image-format" if flaw.fatal else "image-damaged"
        return problem(code, f'the image "sources/{path}" cannot be set: {flaw.what}' if flaw.fatal else
                       f'of the image "sources/{path}" a part may be missing: {flaw.what}', span, flaw.hint)  # fmt: skip


def image_name(data: bytes, suffix: str) -> str:
    """Where an image lies under `build/tex`: it is named by its content, so that another image has another name."""
    return f"images/{hashlib.blake2b(data, digest_size=8).hexdigest()}{suffix}"


def _within_lines(blocks: tuple[Block, ...]) -> Counter[Image]:
    """The images with a caption that do not stand alone in their paragraph."""
    alone = Counter(block.image for block in walk_blocks(blocks) if isinstance(block, Figure))
    return Counter(each for each in walk(blocks) if isinstance(each, Image) and each.caption) - alone


def cited(blocks: tuple[Block, ...]) -> Iterator[CitedKey]:
    """Every key that the blocks cite."""
    for inline in walk(blocks):
        if isinstance(inline, Cite):
            yield from inline.keys
