"""A name field in, `Names` out: BibTeX's rules as bibtexparser applies them, and biblatex's `family=…, given=…`."""

from __future__ import annotations

import re
from functools import lru_cache

from synopse.bib.decode import Note, words
from synopse.bib.reference import Name, Names


def read_names(value: str, unknown: Note = lambda name: None) -> Names:
    """The names of `Knuth, Donald E. and {The LaTeX Team} and others`."""
    parts = _split(value)
    others = bool(parts) and parts[-1].lower() in ("others", "{others}", "et al.", "et al")
    names = tuple(read_name(part, unknown) for part in (parts[:-1] if others else parts) if part.strip())
    return Names(tuple(name for name in names if name.family or name.given), others)


def _split(value: str) -> list[str]:
    from bibtexparser.middlewares.names import split_multiple_persons_names

    compact = re.sub(r"\s+", " ", value).strip()
    compact = re.sub(r"(?:^|\s)and(?=\s+and\s)", " ", compact)
    return [part.strip().strip(",") for part in split_multiple_persons_names(compact)]


@lru_cache(maxsize=65536)
def _simple(text: str) -> Name | None:
    """The everyday forms `Family, Given` and `Given Family`, which need no parser."""
    if re.search(r"[\\{}$~=%&#]", text):
        return None
    pieces = [piece.strip() for piece in text.split(",")]
    if len(pieces) == 2 and pieces[0] and not re.search(r"(?:^|\s)[^\W\d_A-ZÀ-Þ]", pieces[0]):
        return Name(_composed(pieces[0]), _composed(pieces[1]))
    return None


def _composed(text: str) -> str:
    import unicodedata

    return unicodedata.normalize("NFC", re.sub(r"\s+", " ", text.replace("'", "’")))


def read_name(text: str, unknown: Note = lambda name: None) -> Name:
    """One name. Never raises: what has no form of a name is a body's name."""
    text = text.strip()
    simple = _simple(text)
    if simple is not None:
        return simple
    if re.match(r"\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\}$", text) and _whole(text):
        return Name(words(text[1:-1], unknown).replace("'", "’"), corporate=True)
    if re.match(r"(?:family|given)\s*=", text):
        return _extended(text, unknown)
    from bibtexparser.middlewares.names import InvalidNameError, parse_single_name_into_parts

    try:
        parts = parse_single_name_into_parts(text, strict=False)
    except (InvalidNameError, ValueError, IndexError):
        return Name(words(text, unknown), corporate=True)
    given, particle, family, suffix = (
        words(" ".join(part), unknown).replace("'", "’") for part in (parts.first, parts.von, parts.last, parts.jr)
    )
    if not family:
        given, particle, family = "", "", " ".join(part for part in (given, particle) if part)
    return Name(family, given, particle, suffix, corporate=not given and " " in family and text.startswith("{"))


def _whole(text: str) -> bool:
    depth = 0
    for position, character in enumerate(text):
        depth += {"{": 1, "}": -1}.get(character, 0)
        if depth == 0:
            return position == len(text) - 1
    return False


def _extended(text: str, unknown: Note) -> Name:
    """biblatex's extended name format (biber manual, "extended name format")."""
    parts: dict[str, str] = {}
    for match in re.finditer(r'([\w-]+)\s*=\s*(?:"([^"]*)"|\{([^{}]*)\}|([^,]*))', text):
        value = next((group for group in match.groups()[1:] if group is not None), "")
        parts[match[1].lower()] = words(value.strip(), unknown).replace("'", "’")
    return Name(parts.get("family", ""), parts.get("given", ""), parts.get("prefix", ""), parts.get("suffix", ""))


def write_name(name: Name, escape: object) -> str:
    """A name as biblatex reads it back: `particle Family, Suffix, Given`, with braces where a part would be misread."""
    assert callable(escape)
    if name.corporate:
        return f"{{{escape(name.family)}}}"

    def part(text: str, particle: bool = False) -> str:
        misread = re.search(r",|(?:^|\s)and(?:\s|$)", text, re.IGNORECASE) or re.search(r"=", text)
        lower = not particle and any(word[:1].islower() for word in text.split())
        written: str = escape(text)
        return f"{{{written}}}" if misread or lower else written

    family = " ".join(piece for piece in (part(name.particle, True), part(name.family)) if piece)
    if name.particle and not all(word[:1].islower() for word in name.particle.split()):
        prefix, given = escape(name.particle), escape(name.given)
        extended = f"family={{{escape(name.family)}}}, prefix={{{prefix}}}"
        return (
            extended
            + (f", given={{{given}}}" if given else "")
            + (f", suffix={{{escape(name.suffix)}}}" if name.suffix else "")
        )
    pieces = (
        [family]
        + ([part(name.suffix)] if name.suffix else [])
        + ([escape(name.given)] if name.given or name.suffix else [])
    )
    if re.search(r",", name.given):
        pieces[-1] = f"{{{pieces[-1]}}}"
    if len(pieces) == 1 and " " in name.family:
        return f"{{{escape(name.family)}}}" if not name.particle else f"{family}, {{}}"
    return ", ".join(pieces)
