"""A name in that stands between two "and"s and holds `&`, `et`, `und`, `with` or `/`; what to tell of it, out.

BibTeX parts names at "and" alone, so that `A. Smith & B. Jones` is one person. It is read so all the same: a body may be
called `Ernst & Young`. Only what is a family name and a given one on both sides is doubted.
"""

from __future__ import annotations

import re

from synopse.bib.latex import Remark
from synopse.bib.name_writing import write_names
from synopse.bib.stated import stated_names, surely_names_a_body

_BETWEEN = re.compile(r"\s*[&/]\s*|\s+(?:et|und|with|mit|avec|\+)\s+")
_LETTER = re.compile(r"\s+[ye]\s+(?=[^\W\d_]\. |[^,]+,[^,]+$)")
"""A Spanish « y » or an Italian « e » before an initial or before a family name with its comma; `Ortega y Gasset` has none."""
_COUNTED = re.compile(
    r"(?:and |et |und )?(?:\+ ?)?\d+ ?\+? (?:(?:more|other|additional|weitere[rn]?|andere|autres?)\b ?)?"
    r"(?:others?|more|authors?|people|co-?authors?|weitere|andere|autres|autor\w*|auteurs?|coll\w*)?",
    re.IGNORECASE,
)
"""`3 others`, `12 more authors`, `3 weitere`: how many there are that are not named."""


def is_number_of_others(text: str) -> bool:
    """Whether the text says how many more there are: a number, and words for those who are not named."""
    return _COUNTED.fullmatch(text) is not None and re.search(r"[^\W\d_]{3}", text) is not None


def several_in_one(text: str) -> Remark | None:
    """What to tell of a name that looks like several people; nothing where it looks like one, or like a body."""
    written, text = text, _LETTER.sub(" & ", text) if text.count(",") != 1 else text
    if not _BETWEEN.search(text) or re.search(r"[{][^{}]*[\s&/][^{}]*[}]|[;=@\d\ue000-\uf8ff]|://", text):
        return None
    shown = re.sub(r"[{}]", "", written)
    meant = stated_names(_BETWEEN.sub(" & ", re.sub(r"[{}]", "", text)))
    whole = all(name.family and name.given and not name.corporate for name in meant.names)
    if len(meant.names) < 2 or not whole or surely_names_a_body(shown):
        return None
    message = f'"{shown[:60]}{"…" if len(shown) > 60 else ""}" looks like {len(meant.names)} people, and is one, as BibTeX reads it'
    body = shown.replace("&", r"\&")
    hint = f"if they are several, write {{{write_names(meant, str)}}}; for a body, {{{{{body}}}}}"
    return Remark("bib-names", message, hint)
