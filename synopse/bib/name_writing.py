"""`Names` in, the text of a name field that biber reads back as the same names out."""

from __future__ import annotations

import re
from collections.abc import Callable

from synopse.bib.reference import Name, Names

Escape = Callable[[str], str]


def write_names(names: Names, escape: Escape) -> str:
    """A whole field; `escape` writes a text to the letter."""
    written = [write_name(name, escape) for name in names.names]
    return " and ".join([*names.options, *written, *(["others"] if names.others else [])])


def write_name(name: Name, escape: Escape) -> str:
    """A name as biber reads it back: `particle Family, Suffix, Given`, with braces where a part would be misread."""
    if name.corporate or (" " in name.family and not (name.given or name.particle or name.suffix)):
        return f"{{{escape(name.family)}}}"
    if _needs_names_of_parts(name):
        return _extended(name, escape)
    family = _kept(name.family, escape, small=True)
    if name.particle:
        family = f"{escape(name.particle)} {family}"
    if not name.given and not name.suffix:
        return family
    suffix = [_kept(name.suffix, escape)] if name.suffix else []
    return ", ".join([family, *suffix, _kept(name.given, escape)])


def _needs_names_of_parts(name: Name) -> bool:
    """Whether BibTeX's own form cannot say the name: a particle in capitals, initials, a suffix without a given name."""
    particle = name.particle.split()
    if name.initials or name.options or (name.suffix and not name.given):
        return True
    return bool(particle) and (not all(word[:1].islower() for word in particle) or not name.family)


def _kept(text: str, escape: Escape, *, small: bool = False) -> str:
    """A part, in braces where a comma, an "and", a "=" or a small first word would make it another."""
    misread = re.search(r",|=|(?:^|\s)and(?:\s|$)", text, re.IGNORECASE) or (
        small and text[:1].islower() and " " in text
    )
    return f"{{{escape(text)}}}" if misread else escape(text)


def _extended(name: Name, escape: Escape) -> str:
    parts = {"family": name.family, "prefix": name.particle, "given": name.given, "suffix": name.suffix}
    written = [_part(part, escape(text)) for part, text in parts.items() if text]
    written += [f"given-i={name.initials}"] if name.initials else []
    return ", ".join([*written, *name.options])


def _part(name: str, text: str) -> str:
    kept = f"{name}={{{text}}}" if re.search(r",|(?:^|\s)and(?:\s|$)", text, re.IGNORECASE) else f"{name}={text}"
    return f'"{kept}"' if "," in text else kept
