"""A field of page ranges in, its ranges out, parted as biber parts them; and back into the text of a .bib."""

from __future__ import annotations

import re
import unicodedata


def read_pages(value: str) -> str:
    """`101--120, 130` with one en dash in each range; `value` is decoded and still has its braces.

    A dash in braces (`{A-1}--{A-3}`), or the last single one of several (`M-1-4`), follows biber's own rules.
    """
    return ", ".join(_range(part) for part in re.split(r"\s*[;,]\s*", value.strip()) if part.strip())


def _range(text: str) -> str:
    text = text.replace("~", " ").replace("\u00a0", " ").strip()
    marked = _marked(text)
    for pattern in (
        r"\s*(\{[^}]+\}|[^\x00 ]+)\s*(\x00+)\s*(\{[^}]+\}|[^\x00]*)\s*$",
        r"\s*(.+)(\x00{2,})(.+)\s*$",
        r"\s*(.+)(\x00+)(.+)\s*$",
    ):
        match = re.match(pattern, marked)
        if match and not re.fullmatch(r"\s*[^\x00]+\s*", marked):
            first, last = (_bare(text[match.start(n) : match.end(n)]) for n in (1, 3))
            return f"{first}–{last}"
    return _bare(text)


def _marked(text: str) -> str:
    """The text with each dash as one sign."""
    return "".join("\x00" if unicodedata.category(sign) == "Pd" else sign for sign in text)


def _bare(text: str) -> str:
    return re.sub(r"[{}]", "", text).strip()


def has_range_in_braces(value: str) -> bool:
    """Whether biber would part a range within its braces: they protect no dash, but for a range of two such pieces."""
    return any(
        _marked(part).count("\x00") and re.fullmatch(r"\{[^{}]*\}", part.strip()) for part in re.split("[;,]", value)
    )


def backwards(value: str) -> list[tuple[str, str]]:
    """The ranges of `read_pages` whose last page comes before the first, each with what it may be short for, or nothing.

    `1234–56` is 1234–1256, as many styles shorten it; most of these write two figures in full (Chicago Manual, § 9.61), so
    that `12–5` may be either.
    """
    found = []
    for part in value.split(", "):
        match = re.fullmatch(r"(\d+)–(\d+)", part)
        if match is None or int(match[2]) >= int(match[1]):
            continue
        first, last = match.groups()
        whole = first[: -len(last)] + last if len(last) < len(first) else ""
        whole = f"{first}–{whole}" if whole and int(whole) > int(first) else ""
        if not whole or len(first) < 3:
            found.append((part, whole))
    return found


def write_pages(value: str) -> str:
    """The ranges as biber reads them back: a piece that holds a dash of its own stands in braces."""
    return ", ".join("--".join(_kept(piece) for piece in part.split("–")) for part in value.split(", "))


def _kept(piece: str) -> str:
    return f"{{{piece}}}" if any(unicodedata.category(sign) == "Pd" for sign in piece) else piece
