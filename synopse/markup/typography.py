"""A text in, the same with the apostrophes and quotation marks of its language out: one typography wherever it is printed."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from synopse.locale import catalogue

if TYPE_CHECKING:
    from markdown_it import MarkdownIt


_HELD = re.compile(r"(?<=«) | (?=[»;:!?](?:[\s»”)\].,…]|$))|(?<=\bet) (?=al\.)")
"""A space at which no line may end: inside guillemets, before a high sign (Lexique, « Espacements »), and in "et al."."""


def held(text: str) -> str:
    """The text with spaces that break no line where a plain one was typed before a sign that begins none."""
    return _HELD.sub("\u00a0", text) if " " in text else text


def printed(text: str, lang: str) -> str:
    """The text as print has it in a language: `curled`, and `held`."""
    return held(curled(text, lang))


@lru_cache(maxsize=4)
def _parser(lang: str) -> MarkdownIt:
    from markdown_it import MarkdownIt

    options: Any = {"typographer": True, "quotes": catalogue(lang).quotes}
    return MarkdownIt("zero", options).enable(["smartquotes"])


@lru_cache(maxsize=4096)
def curled(text: str, lang: str) -> str:
    """The text with straight apostrophes and pairs of straight quotes as print has them; nothing else has a meaning.

    A sign that closes nothing, as in 5", stays as it was typed.
    """
    if "'" not in text and '"' not in text:
        return text
    tokens = _parser(lang).parseInline(text)
    return "".join(child.content for token in tokens for child in token.children or ())
