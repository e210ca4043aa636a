"""Letters with their marks: as some programs write them, in two signs, in; each as the one sign that it is, out.

macOS writes `ü` in names of files as `u` and a mark, and so does much that is copied from a PDF. Two such texts look the same
and are not, so every text of a source is composed where it is read.
"""

from __future__ import annotations

import re
import unicodedata

_PARTED = re.compile(
    r".[\u0300-\u036f\u0653-\u0655\u3099\u309a]+|[\u1100-\u1112][\u1161-\u1175][\u11a8-\u11c2]?", re.DOTALL
)


def composed(text: str) -> str:
    """The text with each letter and its marks as one sign where Unicode has one; nothing else of it is changed.

    Normalisation (NFC) would also change signs that were chosen on purpose, such as the forms of Han characters in names.
    """
    if text.isascii() or unicodedata.is_normalized("NFC", text):
        return text
    return _PARTED.sub(_as_one, text)


def _as_one(found: re.Match[str]) -> str:
    one = unicodedata.normalize("NFC", found[0])
    return one if len(one) < len(found[0]) else found[0]
