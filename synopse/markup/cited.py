"""What a citation says in plain words: the labels of the style in, a citation as the report prints it out."""

from __future__ import annotations

import re
from collections.abc import Mapping

from synopse.locale import Catalogue
from synopse.markup.text import Cited
from synopse.markup.tree import Cite, CitedKey


def cited_as(labels: Mapping[str, str], catalogue: Catalogue) -> Cited:
    """Says a citation as the report prints it: the labels of its keys, with what stands before and after each."""

    def one(key: CitedKey) -> str:
        label = labels.get(key.key, f"@{key.key}")
        if key.no_author:
            year = re.search(r"\(([^()]+)\)$", label)
            label = year[1] if year else label
        parts = [f"{key.prefix} {label}".strip(), *([pages_said(key, catalogue)] if key.locator else [])]
        return ", ".join(part for part in (*parts, key.suffix) if part)

    def said(cite: Cite) -> str:
        keys = "; ".join(one(key) for key in cite.keys)
        return keys if cite.in_text else f"[{keys}]"

    return said


def pages_said(key: CitedKey, catalogue: Catalogue) -> str:
    """The locator of a citation in the language's words."""
    if key.locator is None:
        return ""
    if key.locator.kind == "page":
        return catalogue.pages(key.locator.value)
    return f"{catalogue[f'locator.{key.locator.kind}']}\u00a0{key.locator.value}"
