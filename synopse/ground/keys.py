"""A reference's key in; whether it can be one, and the name that LaTeX, biber, doit and file names know it by, out.

A person's key is theirs: `at&t2020`, `müller~a`, `100%`. TeX reads some of its characters otherwise, biber refuses
others, and doit takes `=` for a setting. None of them ever sees the key: they see `safe_key(key)`.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata

_PLAIN = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_:.+/-]*")
_REFUSED = re.compile(r'[{},\\"]')
_NAMES = {"\\": "a backslash", '"': "a quotation mark", ",": "a comma", "{": "a brace", "}": "a brace"}
_BIBER = re.compile(r"[^\s\x00-\x1f\"#%'(),={}~\\@]+")
"""What biber takes as a key (btparse's lexer)."""


def wrong_in_key(key: str) -> str:
    """What makes a text no key, in words; empty for a key.

    What is refused is what ends a key, or begins something else, in every reader of .bib files, or is no text at all.
    """
    if not key:
        return "it is empty"
    match = _REFUSED.search(key)
    if match:
        found = match[0]
        return f"it holds {_NAMES[found]}"
    if any(unicodedata.category(character) in ("Cc", "Cf", "Cs", "Cn", "Co") for character in key):
        return "it holds an invisible character"
    return ""


def safe_key(key: str) -> str:
    """The key where it is plain ASCII that no program misreads; else one made from it, the same for the same key."""
    if _PLAIN.fullmatch(key) and "--" not in key:
        return key
    return _hashed(key)


def file_key(key: str) -> str:
    """The name of a file for a key: the key itself where a file can bear it."""
    safe = safe_key(key)
    return safe if not re.search(r"[/:]", safe) else _hashed(key)


def doit_key(key: str) -> str:
    """The name of a task of doit for a key, which may hold no `=`."""
    return safe_key(key) if "=" in key else key


def bib_key(key: str) -> str:
    """The key that other documents cite: as a person knows it, unless biber cannot take it."""
    return key if _BIBER.fullmatch(key) else safe_key(key)


def _hashed(key: str) -> str:
    letters = unicodedata.normalize("NFKD", key).encode("ascii", "ignore").decode()
    plain = re.sub(r"[^A-Za-z0-9]+", "-", letters).strip("-")[:40]
    return f"{plain or 'key'}-{hashlib.blake2b(key.encode('utf-8', 'surrogatepass'), digest_size=4).hexdigest()}"
